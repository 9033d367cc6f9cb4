//! Meta's own published examples, where they are at hand: nothing is dropped, and what can be filled in is.

use std::{fs, path::Path};

use super::*;
use crate::{
    outgoing::{Outgoing, OutgoingContent},
    read,
    webhook::Peer,
};

/// Every list of components in a JSON document, wherever it stands.
fn lists(value: &Value, found: &mut Vec<Vec<Value>>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::Array(list)) = fields.get("components") {
                found.push(list.clone());
            }
            fields.values().for_each(|value| lists(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| lists(value, found)),
        _ => {}
    }
}

/// Something that fits the slot.
fn sample(slot: &Slot) -> Given {
    match &slot.kind {
        SlotKind::Media(_) => Given::Media {
            id: "811".into(),
            filename: None,
        },
        SlotKind::Latitude | SlotKind::Longitude => Given::Text("13.4".into()),
        SlotKind::Expires => Given::Text("1795200000000".into()),
        _ => Given::Text(slot.example.clone().unwrap_or_else(|| "x".into())),
    }
}

/// Meta's examples; `None` where they are not at hand.
fn documents() -> Option<Vec<Value>> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/payloads/meta-openapi");
    let files = fs::read_dir(folder).ok()?;
    let read = |file: std::io::Result<fs::DirEntry>| {
        let bytes = fs::read(file.expect("a file").path()).expect("its bytes");
        serde_json::from_slice::<Value>(&bytes).ok()
    };
    Some(files.filter_map(read).collect())
}

#[test]
fn every_published_example_is_read_whole_and_can_be_filled_in() {
    let Some(documents) = documents() else {
        println!("skipped: Meta's examples are not here");
        return;
    };
    let (mut seen, mut filled) = (0, 0);
    for document in documents {
        let mut found = Vec::new();
        lists(&document, &mut found);
        for list in found {
            seen += 1;
            let read = Components::read(&list);
            assert_eq!(read.to_json(), list, "nothing is dropped");
            for component in &read.0 {
                if let ComponentKind::Buttons(buttons) = &component.kind {
                    let given = component.raw["buttons"].as_array().map_or(0, Vec::len);
                    assert_eq!(buttons.len(), given);
                }
            }
            let _ = check(&draft(list.clone().into()), &[]);
            let send = Sending {
                name: "example",
                language: "en_US",
                format: ParameterFormat::Positional,
                components: &read,
            };
            let values: Values = read
                .slots()
                .iter()
                .map(|slot| (slot.key.clone(), sample(slot)))
                .collect();
            match send.fill(&values) {
                Ok(message) => {
                    filled += 1;
                    let wanted = read.body().map_or(0, |body| body.placeholders().len());
                    assert_eq!(message.body.len(), wanted);
                }
                Err(problems) => assert!(
                    problems
                        .iter()
                        .all(|p| matches!(p.why, Why::NotSendable(_))),
                    "{problems:?}"
                ),
            }
        }
    }
    assert!(seen >= 21 && filled >= 9, "{seen} lists, {filled} filled");
}

/// The template a published send was made of, and the values it was filled with.
fn made_of(send: &[Value]) -> (Vec<Value>, Values) {
    let (mut components, mut buttons, mut values) = (Vec::new(), Vec::new(), Values::new());
    for component in send {
        let parameters = read::list(component, "parameters");
        match component["type"].as_str() {
            Some("header") => {
                let kind = parameters[0]["type"].as_str().unwrap_or_default();
                components.push(json!({"type": "HEADER", "format": kind.to_uppercase()}));
                values = values.media("header:media", "811", None);
            }
            Some("body") => {
                let mut text = "Hello".to_owned();
                for (n, parameter) in (1..).zip(parameters) {
                    let kind = parameter["type"].as_str().unwrap_or_default();
                    let said = parameter[kind]
                        .get("fallback_value")
                        .unwrap_or(&parameter["text"]);
                    text += &format!(" {{{{{n}}}}} and");
                    values = values.text(format!("body:{n}"), said.as_str().unwrap_or_default());
                }
                components.push(body(&format!("{text} so on.")));
            }
            Some("button") => {
                let kind = component["sub_type"].as_str().unwrap_or_default();
                buttons.push(json!({"type": kind.to_uppercase(), "text": "Go on"}));
            }
            other => panic!("an example of a kind that is new: {other:?}"),
        }
    }
    if !components
        .iter()
        .any(|component| component["type"] == "BODY")
    {
        components.push(body("Hello."));
    }
    if !buttons.is_empty() {
        components.push(json!({"type": "BUTTONS", "buttons": buttons}));
    }
    (components, values)
}

/// What both must have: kinds, places, and the texts. Amounts and dates go as texts from here, and what a quick
/// reply or a catalogue may carry along is left to Meta.
fn essence(components: &[Value]) -> Vec<Value> {
    let optional = |c: &&Value| {
        let kind = c["sub_type"].as_str().unwrap_or_default();
        !matches!(kind.to_lowercase().as_str(), "quick_reply" | "catalog")
    };
    let parameter = |parameter: &Value| {
        let kind = parameter["type"].as_str().unwrap_or_default();
        match kind {
            "text" => parameter["text"].clone(),
            "currency" | "date_time" => parameter[kind]["fallback_value"].clone(),
            other => other.into(),
        }
    };
    let one = |c: &Value| {
        let given = read::list(c, "parameters").iter().map(parameter);
        json!([
            c["type"],
            c["sub_type"],
            c["index"],
            given.collect::<Vec<_>>()
        ])
    };
    components.iter().filter(optional).map(one).collect()
}

#[test]
fn every_published_send_is_what_is_sent_from_here_too() {
    let Some(documents) = documents() else {
        println!("skipped: Meta's examples are not here");
        return;
    };
    let mut seen = 0;
    for document in documents {
        let mut found = Vec::new();
        lists(&document, &mut found);
        found.retain(|list| list.iter().any(|c| c.get("parameters").is_some()));
        for published in found {
            seen += 1;
            let (components, values) = made_of(&published);
            let read = Components::read(&components);
            let send = Sending {
                name: "example",
                language: "en_US",
                format: ParameterFormat::Positional,
                components: &read,
            };
            let message = Outgoing {
                to: Peer {
                    wa_id: Some("4915155501001".into()),
                    ..Peer::default()
                },
                content: OutgoingContent::Template(send.fill(&values).expect("a whole message")),
                reply_to: None,
                callback_data: None,
            };
            let sent = message.to_json();
            let sent = read::list(&sent["template"], "components");
            assert_eq!(essence(sent), essence(&published), "{published:#?}");
        }
    }
    assert!(seen >= 8, "{seen} sends");
}
