//! Every kind of template through the whole product: picked, filled in, queued, its files brought up, sent; and what the
//! platform got is exactly the golden payload.

use std::{collections::BTreeMap, fs, path::Path};

use inbox::view::{Body, SlotValue, TemplateChoice};
use serde_json::{Value, json};

use crate::{PNG, closed, synced};

const VIDEO: &[u8] = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom";
const DOCUMENT: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";

/// What a golden value stands for: a text, or a file by the word that stands for its id.
fn file(value: &Value) -> Option<(&str, &str, &[u8])> {
    let name = value["filename"].as_str();
    Some(match value["id"].as_str()? {
        "VIDEO" => ("video", name.unwrap_or("film.mp4"), VIDEO),
        "DOCUMENT" => ("document", name.unwrap_or("rechnung.pdf"), DOCUMENT),
        _ => ("image", name.unwrap_or("torte.png"), PNG),
    })
}

/// Puts the golden file's words where the platform's ids stand, and gives those ids.
fn named(sent: &mut Value, golden: &Value, ids: &mut BTreeMap<String, String>) {
    match (sent, golden) {
        (Value::Object(sent), Value::Object(golden)) => {
            for (key, value) in sent {
                let Some(wanted) = golden.get(key) else {
                    continue;
                };
                if let (Some(word), Some(id), "id") =
                    (wanted.as_str(), value.as_str(), key.as_str())
                {
                    ids.insert(id.to_owned(), word.to_owned());
                    *value = wanted.clone();
                } else {
                    named(value, wanted, ids);
                }
            }
        }
        (Value::Array(sent), Value::Array(golden)) => {
            for (sent, golden) in sent.iter_mut().zip(golden) {
                named(sent, golden, ids);
            }
        }
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_template_arrives_exactly_as_its_golden_payload() {
    let (shop, thread) = closed().await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/template_sends.json");
    let cases: Vec<Value> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    for (number, case) in cases.iter().enumerate() {
        let template = json!({
            "name": format!("golden_{number}"), "language": "de", "category": case["category"].as_str().unwrap_or("UTILITY"),
            "parameter_format": case["format"], "components": case["components"],
        });
        shop.control
            .put_template(serde_json::from_value(template).unwrap());
    }
    synced(&shop).await;
    // A send that a busy machine did not let out in time is made again a second later.
    shop.run_clock();
    for (number, case) in cases.iter().enumerate() {
        let kind = case["kind"].as_str().unwrap();
        // One customer takes few messages at once (131056).
        shop.jump_seconds(20);
        let mut values = Vec::new();
        for (key, value) in case["values"].as_object().unwrap() {
            let text = match file(value) {
                Some((kind, name, bytes)) => {
                    let put = shop
                        .desk
                        .attach_for_template(thread, kind, name, "", bytes.to_vec())
                        .unwrap();
                    assert_eq!(put.refused, None, "{kind}");
                    put.id
                }
                None => value.as_str().unwrap().to_owned(),
            };
            values.push(SlotValue {
                key: key.clone(),
                text,
            });
        }
        let choice = TemplateChoice {
            name: format!("golden_{number}"),
            language: "de".into(),
            values,
        };
        let (outbox_id, accepted) = shop.template_arrives(thread, &choice).await;
        let template = &accepted.body["template"];
        assert_eq!(template["name"], choice.name.as_str(), "{kind}");
        assert_eq!(
            template["language"],
            json!({ "policy": "deterministic", "code": "de" }),
            "{kind}"
        );
        let mut sent = template.get("components").cloned().unwrap_or(json!([]));
        let mut ids = BTreeMap::new();
        named(&mut sent, &case["payload"], &mut ids);
        assert_eq!(sent, case["payload"], "{kind}");
        for (id, word) in ids {
            let bytes = shop.client.download_media(&id, 1 << 20).await.unwrap();
            let wanted = match word.as_str() {
                "VIDEO" => VIDEO,
                "DOCUMENT" => DOCUMENT,
                _ => PNG,
            };
            assert_eq!(bytes, wanted, "{kind}: {word}");
        }
        // The bubble has the words that the customer reads.
        let rows = shop.bubbles(thread);
        let row = rows
            .iter()
            .find(|row| row.outbox_id.as_deref() == Some(&outbox_id));
        match &row.unwrap().body {
            Body::Template { text, .. } => assert!(!text.contains("{{"), "{kind}: {text}"),
            other => panic!("{kind}: {other:?}"),
        }
    }
    assert!(cases.len() >= 13, "{} kinds", cases.len());
}
