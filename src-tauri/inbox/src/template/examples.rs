//! Examples to start from, for the usual reasons to write first, in the three languages of the product.

use crate::view::{DraftButton, DraftHeader, SlotValue, TemplateDraft, TemplateExample};
use serde::Deserialize;
use std::collections::BTreeMap;

const GERMAN: &str = include_str!("../../../../assets/templates/de.json");
const PORTUGUESE: &str = include_str!("../../../../assets/templates/pt-BR.json");
const ENGLISH: &str = include_str!("../../../../assets/templates/en.json");

#[derive(Deserialize)]
struct Written {
    reason: String,
    name: String,
    category: String,
    header: String,
    body: String,
    footer: String,
    buttons: Vec<WrittenButton>,
    samples: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct WrittenButton {
    kind: String,
    text: String,
    #[serde(default)]
    value: String,
}

/// Those of a language; English where there are none of it.
pub fn template_examples(language: &str) -> Vec<TemplateExample> {
    let (language, written) = match language.get(..2) {
        Some("de") => ("de", GERMAN),
        Some("pt") => ("pt_BR", PORTUGUESE),
        _ => ("en", ENGLISH),
    };
    let all: Vec<Written> = serde_json::from_str(written).unwrap_or_default();
    all.into_iter().map(|one| example(one, language)).collect()
}

fn example(written: Written, language: &str) -> TemplateExample {
    let header = Some(written.header).filter(|text| !text.is_empty());
    TemplateExample {
        reason: written.reason,
        draft: TemplateDraft {
            id: String::new(),
            name: written.name,
            language: language.to_owned(),
            category: written.category,
            header: header.map(|text| DraftHeader {
                kind: "text".to_owned(),
                text,
                file: None,
            }),
            body: written.body,
            footer: written.footer,
            buttons: written
                .buttons
                .into_iter()
                .map(|button| DraftButton {
                    kind: button.kind,
                    text: button.text,
                    value: button.value,
                    rest: String::new(),
                })
                .collect(),
            cards: Vec::new(),
            offer: None,
            samples: written
                .samples
                .into_iter()
                .map(|(key, text)| SlotValue { key, text })
                .collect(),
            edits: None,
            changed_at: 0,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::lint::{Shop, lint};

    #[test]
    fn every_language_has_an_example_for_each_reason_and_nothing_stands_against_any() {
        const REASONS: [&str; 6] = [
            "order_ready",
            "appointment",
            "delivery",
            "changed_hours",
            "opt_in_confirmation",
            "reopening",
        ];
        for (asked, language) in [("de", "de"), ("pt-BR", "pt_BR"), ("en", "en"), ("tr", "en")] {
            let examples = template_examples(asked);
            let reasons: Vec<_> = examples.iter().map(|e| e.reason.as_str()).collect();
            assert_eq!(reasons, REASONS, "{asked}");
            for example in examples {
                assert_eq!(example.draft.language, language);
                let shop = Shop {
                    name: Some("Bäckerei am Markt"),
                    german: true,
                    ..Shop::default()
                };
                let found = lint(&example.draft, &shop);
                assert!(found.is_empty(), "{asked} {}: {found:?}", example.reason);
            }
        }
    }
}
