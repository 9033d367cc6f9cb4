//! Between a template being written and what Meta takes: its components, with a sample for every variable.
//!
//! Source: Meta, "Template components", "Media card carousel templates", "Limited-time offer templates".

mod button;
mod reading;

use crate::view::{DraftButton, DraftFile, DraftHeader, TemplateDraft};
use cloud_api::template::{Draft, ParameterFormat, placeholders};
use serde_json::{Value, json};

pub(crate) use reading::of_template;

/// `handle`: Meta's name of the sample file in a place (`header`, `card:I:header`), once it is there.
pub(crate) fn wire(draft: &TemplateDraft, handle: impl Fn(&str) -> Option<String>) -> Draft {
    let parts = Parts {
        draft,
        format: format(draft),
    };
    let mut components = Vec::new();
    if let Some(header) = &draft.header {
        components.push(parts.header("", header, &handle));
    }
    if let Some(offer) = &draft.offer {
        components.push(
            json!({ "type": "LIMITED_TIME_OFFER", "limited_time_offer": {
            "text": offer.text, "has_expiration": offer.has_expiration } }),
        );
    }
    components.push(parts.body("", &draft.body));
    if !draft.footer.is_empty() {
        components.push(json!({ "type": "FOOTER", "text": draft.footer }));
    }
    components.extend(parts.buttons("", &draft.buttons));
    if !draft.cards.is_empty() {
        let cards = draft.cards.iter().enumerate().map(|(n, card)| {
            let place = format!("card:{n}:");
            let mut own = vec![parts.header(&place, &card.header, &handle)];
            if !card.body.is_empty() {
                own.push(parts.body(&place, &card.body));
            }
            own.extend(parts.buttons(&place, &card.buttons));
            json!({ "components": own })
        });
        let cards: Vec<Value> = cards.collect();
        components.push(json!({ "type": "CAROUSEL", "cards": cards }));
    }
    Draft {
        name: draft.name.clone(),
        language: draft.language.clone(),
        category: draft.category.clone(),
        parameter_format: parts.format,
        components,
        message_send_ttl_seconds: None,
    }
}

/// Every heading of a draft, by its place.
pub(crate) fn headings(draft: &TemplateDraft) -> impl Iterator<Item = (String, &DraftHeader)> {
    let own = draft
        .header
        .iter()
        .map(|header| ("header".to_owned(), header));
    let cards = draft.cards.iter().enumerate();
    own.chain(cards.map(|(n, card)| (format!("card:{n}:header"), &card.header)))
}

/// Every sample file of a draft, by its place.
pub(crate) fn files(draft: &TemplateDraft) -> impl Iterator<Item = (String, &DraftFile)> {
    headings(draft).filter_map(|(place, header)| Some((place, header.file.as_ref()?)))
}

/// Every text that may hold variables, with the cards'.
fn texts(draft: &TemplateDraft) -> impl Iterator<Item = &str> {
    let header = draft.header.iter().filter(|header| header.kind == "text");
    let header = header.map(|header| header.text.as_str());
    let cards = draft.cards.iter().map(|card| card.body.as_str());
    header.chain([draft.body.as_str()]).chain(cards)
}

/// Numbers make a positional template, names a named one.
fn format(draft: &TemplateDraft) -> ParameterFormat {
    let named = texts(draft)
        .flat_map(placeholders)
        .any(|label| label.parse::<u32>().is_err());
    if named {
        ParameterFormat::Named
    } else {
        ParameterFormat::Positional
    }
}

/// Writes the parts of the message and of its cards. `place`: nothing, or `card:I:`.
struct Parts<'a> {
    draft: &'a TemplateDraft,
    format: ParameterFormat,
}

impl Parts<'_> {
    fn sample(&self, key: &str) -> Option<&str> {
        let found = self.draft.samples.iter().find(|sample| sample.key == key);
        found
            .map(|sample| sample.text.trim())
            .filter(|text| !text.is_empty())
    }

    fn header(
        &self,
        place: &str,
        header: &DraftHeader,
        handle: &impl Fn(&str) -> Option<String>,
    ) -> Value {
        let kind = header.kind.to_ascii_uppercase();
        let mut own = json!({ "type": "HEADER", "format": kind });
        match header.kind.as_str() {
            "text" => {
                own["text"] = json!(header.text);
                add(&mut own, self.example(place, "header", &header.text));
            }
            "location" => {}
            _ => {
                let handle = handle(&format!("{place}header"));
                add(
                    &mut own,
                    handle.map(|handle| json!({ "header_handle": [handle] })),
                );
            }
        }
        own
    }

    fn body(&self, place: &str, text: &str) -> Value {
        let mut own = json!({ "type": "BODY", "text": text });
        add(&mut own, self.example(place, "body", text));
        own
    }

    fn buttons(&self, place: &str, buttons: &[DraftButton]) -> Option<Value> {
        let written = buttons.iter().enumerate();
        let written =
            written.map(|(n, one)| button::wire(one, self.sample(&format!("{place}button:{n}"))));
        let written: Vec<Value> = written.collect();
        (!written.is_empty()).then(|| json!({ "type": "BUTTONS", "buttons": written }))
    }

    /// As soon as one sample is missing, none: half a list would give the others to the wrong variables.
    fn example(&self, place: &str, part: &str, text: &str) -> Option<Value> {
        let labels = placeholders(text);
        if labels.is_empty() {
            return None;
        }
        let found = labels.iter().map(|label| {
            let text = self.sample(&format!("{place}{part}:{label}"))?;
            Some((label, text))
        });
        let found: Vec<_> = found.collect::<Option<_>>()?;
        Some(match self.format {
            ParameterFormat::Named => {
                let params: Vec<_> = found
                    .iter()
                    .map(|(label, text)| json!({ "param_name": label, "example": text }))
                    .collect();
                json!({ (format!("{part}_text_named_params")): params })
            }
            ParameterFormat::Positional => {
                let texts: Vec<_> = found.iter().map(|(_, text)| *text).collect();
                if part == "header" {
                    json!({ "header_text": texts })
                } else {
                    json!({ "body_text": [texts] })
                }
            }
        })
    }
}

fn add(component: &mut Value, example: Option<Value>) {
    if let Some(example) = example {
        component["example"] = example;
    }
}

#[cfg(test)]
mod tests;
