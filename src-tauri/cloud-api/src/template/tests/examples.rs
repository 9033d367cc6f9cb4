//! Meta's own published examples, where they are at hand: nothing is dropped, and what can be filled in is.

use std::{fs, path::Path};

use super::*;

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

#[test]
fn every_published_example_is_read_whole_and_can_be_filled_in() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/payloads/meta-openapi");
    let Ok(files) = fs::read_dir(folder) else {
        println!("skipped: Meta's examples are not here");
        return;
    };
    let (mut seen, mut filled) = (0, 0);
    for file in files {
        let bytes = fs::read(file.expect("a file").path()).expect("its bytes");
        let Ok(document) = serde_json::from_slice::<Value>(&bytes) else {
            continue;
        };
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
    assert!(seen > 15 && filled > 5, "{seen} lists, {filled} filled");
}
