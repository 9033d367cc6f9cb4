//! One case for each kind of template: its components, the values, and exactly the components of the message.

use std::{fs, path::Path};

use serde::Deserialize;
use serde_json::Map;

use super::*;
use crate::{
    outgoing::{Outgoing, OutgoingContent},
    webhook::Peer,
};

#[derive(Deserialize)]
struct Case {
    kind: String,
    format: ParameterFormat,
    category: Option<String>,
    components: Vec<Value>,
    values: Map<String, Value>,
    payload: Value,
}

fn given(value: &Value) -> Given {
    match value {
        Value::String(text) => Given::Text(text.clone()),
        file => Given::Media {
            id: file["id"].as_str().unwrap_or_default().to_owned(),
            filename: file["filename"].as_str().map(str::to_owned),
        },
    }
}

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/template_sends.json");
    serde_json::from_slice(&fs::read(path).expect("the file")).expect("its cases")
}

#[test]
fn every_kind_of_template_becomes_exactly_its_golden_payload() {
    for case in cases() {
        let components = Components::read(&case.components);
        let values: Values = case
            .values
            .iter()
            .map(|(k, v)| (k.clone(), given(v)))
            .collect();
        let send = Sending {
            name: "golden",
            language: "de",
            format: case.format,
            components: &components,
        };
        let filled = send.fill(&values).expect(&case.kind);
        let message = Outgoing {
            to: Peer {
                wa_id: Some("4915155501001".into()),
                ..Peer::default()
            },
            content: OutgoingContent::Template(filled),
            reply_to: None,
            callback_data: None,
        };
        assert_eq!(message.check(), Ok(()), "{}", case.kind);
        let sent = message.to_json();
        let sent = sent["template"].get("components").cloned();
        assert_eq!(
            sent.unwrap_or_else(|| json!([])),
            case.payload,
            "{}",
            case.kind
        );

        let keys: Vec<_> = components
            .slots()
            .into_iter()
            .map(|slot| slot.key)
            .collect();
        for key in case.values.keys() {
            assert!(keys.contains(key), "{}: {key} is no slot", case.kind);
        }
        let stored = serde_json::to_string(&message).expect("the outbox stores it");
        let read: Outgoing = serde_json::from_str(&stored).expect("and reads it");
        assert_eq!(read, message, "{}", case.kind);
    }
}

#[test]
fn every_golden_template_could_be_handed_in() {
    for case in cases() {
        let draft = Draft {
            name: "golden".into(),
            language: "de".into(),
            category: case.category.unwrap_or_else(|| "UTILITY".into()),
            parameter_format: case.format,
            components: case.components,
            message_send_ttl_seconds: None,
        };
        assert_eq!(check(&draft, &[]), [], "{}", case.kind);
    }
}

#[test]
fn each_value_that_is_left_out_is_asked_for_by_its_key() {
    for case in cases() {
        let components = Components::read(&case.components);
        let send = Sending {
            name: "golden",
            language: "de",
            format: case.format,
            components: &components,
        };
        for left_out in case.values.keys() {
            let kept = case.values.iter().filter(|(key, _)| *key != left_out);
            let values: Values = kept.map(|(k, v)| (k.clone(), given(v))).collect();
            let problems = send.fill(&values).expect_err(left_out);
            let expected = Problem {
                key: left_out.clone(),
                why: Why::Missing,
            };
            assert_eq!(problems, [expected], "{}", case.kind);
        }
    }
}
