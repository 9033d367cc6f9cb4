//! Every body becomes facts, or is kept: nothing that Meta may send is an error.

use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};
use support::ingest::{Line, lines, run};

fn json_files(directory: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "json"));
    files.sort();
    files
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn is_error(line: &Line) -> bool {
    matches!(line, Line::Error { .. })
}

#[test]
fn our_own_bodies_become_these_facts() {
    let mut printed = String::new();
    for file in json_files(&here().join("payloads")) {
        let lines = lines(
            &file.file_name().unwrap().to_string_lossy(),
            &fs::read(&file).unwrap(),
        );
        assert!(!lines.is_empty(), "{} says nothing", file.display());
        for line in lines {
            assert!(!is_error(&line), "{line:?}");
            printed.push_str(&serde_json::to_string(&line).unwrap());
            printed.push('\n');
        }
    }
    support::golden::compare("ingest.jsonl", &printed);
}

/// Published examples, where they are at hand: webhooks never fail, and what is none says so.
#[test]
fn published_bodies_are_facts_and_everything_else_says_that_it_is_none() {
    let published = here().join("../../shared/data/payloads");
    if !published.is_dir() {
        println!("skipped: {} is not here", published.display());
        return;
    }
    let (mut webhooks, mut others) = (0, 0);
    for set in ["meta-openapi", "go-piusalfred"] {
        for file in json_files(&published.join(set)) {
            let bytes = fs::read(&file).unwrap();
            let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let lines = lines(&name, &bytes);
            let is_webhook = body["object"] == "whatsapp_business_account";
            if name.starts_with("webhook_") && set == "meta-openapi" {
                assert!(is_webhook, "{name} is a webhook body");
            }
            if is_webhook {
                webhooks += 1;
                let is_empty = body["entry"].as_array().is_none_or(Vec::is_empty);
                assert!(!lines.is_empty() || is_empty, "{name} says nothing");
                assert!(!lines.iter().any(is_error), "{name}: {lines:?}");
            } else {
                others += 1;
                assert!(
                    matches!(lines.as_slice(), [Line::Error { .. }]),
                    "{name}: {lines:?}"
                );
            }
        }
    }
    assert!(
        webhooks > 0 && others > 0,
        "{webhooks} webhook bodies, {others} others"
    );
}

#[test]
fn a_file_that_is_missing_or_no_json_does_not_stop_the_next_one() {
    let directory = support::scratch::directory();
    let broken = directory.path().join("broken.json");
    fs::write(&broken, "{\"object\":").unwrap();
    let good = here().join("payloads/message_text.json");
    let mut out = Vec::new();
    run(
        &[directory.path().join("missing.json"), broken, good],
        &mut out,
    )
    .unwrap();
    let lines: Vec<Value> = String::from_utf8(out)
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert!(
        lines[0]["error"].is_string() && lines[1]["error"].is_string(),
        "{lines:?}"
    );
    assert!(
        lines[2..].iter().any(|line| line["fact"] == "message"),
        "{lines:?}"
    );
}

#[test]
fn a_message_of_an_unknown_kind_is_one_line_with_its_name() {
    let body = support::bodies::message(
        support::bodies::NUMBER,
        support::bodies::LENA,
        "wamid.NEW",
        1_900_000_000_000,
        serde_json::json!({ "type": "hologram", "hologram": {} }),
    );
    let expected = Line::KeptMessage {
        file: "f".into(),
        kept_raw: "hologram".into(),
        wamid: Some("wamid.NEW".into()),
        from: Some(support::bodies::LENA.into()),
        at: Some(1_900_000_000_000),
    };
    assert_eq!(lines("f", body.to_string().as_bytes()), [expected]);
}
