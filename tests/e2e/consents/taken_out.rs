//! What leaves the ledger by the screen: a file that proves itself anywhere, tables and papers, and nothing half done.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

use super::pages::{Ledger, Till};
use crate::{
    Outcome,
    desk::built,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    screen::Screen,
    stage::{LENA, LENA_NAME, Stage},
    window::Window,
};

const JONAS: (&str, &str) = ("493023125117", "Jonas Wieland");

#[tokio::test]
async fn the_ledger_proves_itself_as_a_file_until_one_byte_of_it_is_another() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    let (screen, setup) = Screen::with(&stage)?;
    journey("ledger-file", setup, async |_, window| {
        agreed(&stage, window).await?;
        let ledger = Ledger(window);
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("register.jsonl");
        ledger.open().await?;
        window.click("consents-tab-ledger").await?;
        let key = window.text("ledger-key").await?;
        window.click("consents-export").await?;
        ledger.choose_format("json_lines").await?;

        // Thought better of: nothing is written, and one may think again.
        window.click("export-do").await?;
        screen.leave_file_dialog().await?;
        until_ready(window).await?;
        assert!(files(folder.path())?.is_empty());
        assert!(!window.shows("export-done").await? && !window.shows("export-failed").await?);

        window.click("export-do").await?;
        screen.answer_file_dialog(&file).await?;
        let head = window.text("export-head").await?;
        assert_eq!(files(folder.path())?, ["register.jsonl"]);

        // By a program that knows nothing but the file, and by the key that the shop gives out.
        let said = verify(&file, key.trim())?;
        assert_eq!(said.status.code(), Some(0), "{}", text(&said.stderr));
        assert!(
            text(&said.stdout).contains(head.trim()),
            "{}",
            text(&said.stdout)
        );

        let whole = fs::read_to_string(&file)?;
        let third = whole.lines().nth(3).ok_or("the file has no third entry")?;
        let entry: Value = serde_json::from_str(third)?;
        let public: Value = serde_json::from_str(entry["public"].as_str().unwrap_or_default())?;
        let name = format!(
            "{}/{}",
            public["device"].as_str().unwrap_or_default(),
            public["seq"]
        );
        let from = whole.find(third).unwrap_or_default();
        let place = from
            + third
                .find("counter_qr")
                .ok_or("the entry is of another kind")?;
        let mut bytes = whole.into_bytes();
        bytes[place] = b'k';
        fs::write(&file, bytes)?;
        let said = verify(&file, key.trim())?;
        assert_eq!(said.status.code(), Some(1), "{}", text(&said.stdout));
        assert!(
            text(&said.stderr).contains(&name),
            "{name}: {}",
            text(&said.stderr)
        );
        assert!(said.stdout.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn tables_and_papers_appear_whole_and_beside_nothing_else() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    let (screen, setup) = Screen::with(&stage)?;
    journey("exports", setup, async |_, window| {
        agreed(&stage, window).await?;
        let ledger = Ledger(window);
        let folder = tempfile::tempdir()?;
        ledger.open().await?;
        window.click("consents-export").await?;
        ledger.choose_format("xlsx").await?;
        window.click("export-do").await?;
        screen.leave_file_dialog().await?;
        until_ready(window).await?;
        assert!(files(folder.path())?.is_empty());
        window.click("export-do").await?;
        // Typed without its ending, it opens all the same in what it is for.
        screen
            .answer_file_dialog(&folder.path().join("liste"))
            .await?;
        window.one("export-done").await?;
        let table = fs::read(folder.path().join("liste.xlsx"))?;
        assert!(table.starts_with(b"PK\x03\x04"));
        screen.press(&["Escape"])?;
        window.until_gone("export-dialog").await?;

        ledger.open_person(LENA_NAME).await?;
        window.click("person-export").await?;
        for (format, name, begins) in [
            ("person_pdf", "lena.pdf", &b"%PDF-"[..]),
            (
                "person_json",
                "lena.json",
                &b"{\"format\":\"guichet-person\""[..],
            ),
        ] {
            ledger.choose_format(format).await?;
            window.click("export-do").await?;
            screen.answer_file_dialog(&folder.path().join(name)).await?;
            eventually(&format!("{name} is there"), PATIENCE, async || {
                let Ok(bytes) = fs::read(folder.path().join(name)) else {
                    return Ok(None);
                };
                // Never a part of one: it has its name only when it is whole.
                assert!(bytes.starts_with(begins), "{name} begins otherwise");
                Ok(Some(()))
            })
            .await?;
            window.one("export-done").await?;
        }
        let about_her = fs::read_to_string(folder.path().join("lena.json"))?;
        serde_json::from_str::<Value>(&about_her)?;
        assert!(about_her.contains(LENA) && !about_her.contains(JONAS.0));
        assert_eq!(
            files(folder.path())?,
            ["lena.json", "lena.pdf", "liste.xlsx"]
        );

        // Every one of them is noted in the ledger.
        screen.press(&["Escape"])?;
        window.until_gone("export-dialog").await?;
        window.click("consents-tab-ledger").await?;
        window.click("ledger-again").await?;
        window.one("ledger-verdict").await?;
        assert!(!window.shows("ledger-broken").await?);
        Ok(())
    })
    .await
}

/// Two people have agreed.
async fn agreed(stage: &Stage, window: &Window) -> Outcome {
    let till = Till(window);
    till.until_ready().await?;
    for who in [(LENA, LENA_NAME), JONAS] {
        till.scanned_by(stage, who, "de", &["service", "offers"])
            .await?;
    }
    Ok(())
}

/// Waits until another export could begin.
async fn until_ready(window: &Window) -> Outcome {
    window
        .until("return document.querySelector('[data-testid=export-do]')?.disabled === false")
        .await
}

/// What lies in a folder, hidden or not.
fn files(folder: &Path) -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// On a machine without a screen, a profile or a home.
fn verify(file: &Path, key: &str) -> Outcome<Output> {
    let mut command = Command::new(built()?.join("guichet"));
    command.arg("verify").arg(file).args(["--key", key]);
    Ok(command.env_clear().output()?)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
