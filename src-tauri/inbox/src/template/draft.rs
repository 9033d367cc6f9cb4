//! Between a template being written and what Meta takes: its components, with a sample for every variable.
//!
//! Source: Meta, "Template components".

use super::Template;
use crate::view::{DraftButton, DraftHeader, SlotValue, TemplateDraft};
use cloud_api::template::{
    ButtonKind, ComponentKind, Draft, Header, ParameterFormat, placeholders, render,
};
use serde_json::{Value, json};

/// `handle`: Meta's name of the sample file, once it is there.
pub(crate) fn wire(draft: &TemplateDraft, handle: Option<&str>) -> Draft {
    let format = format(draft);
    let sample = |key: &str| {
        let found = draft.samples.iter().find(|sample| sample.key == key);
        found
            .map(|sample| sample.text.trim())
            .filter(|text| !text.is_empty())
    };
    let example = |part: &str, text: &str| example(part, text, format, &sample);
    let mut components = Vec::new();
    if let Some(header) = &draft.header {
        let kind = header.kind.to_ascii_uppercase();
        let mut own = json!({ "type": "HEADER", "format": kind });
        match header.kind.as_str() {
            "text" => {
                own["text"] = json!(header.text);
                add(&mut own, example("header", &header.text));
            }
            "location" => {}
            _ => add(
                &mut own,
                handle.map(|handle| json!({ "header_handle": [handle] })),
            ),
        }
        components.push(own);
    }
    let mut body = json!({ "type": "BODY", "text": draft.body });
    add(&mut body, example("body", &draft.body));
    components.push(body);
    if !draft.footer.is_empty() {
        components.push(json!({ "type": "FOOTER", "text": draft.footer }));
    }
    if !draft.buttons.is_empty() {
        let buttons: Vec<Value> = draft
            .buttons
            .iter()
            .enumerate()
            .map(|(n, one)| button(one, sample(&format!("button:{n}"))))
            .collect();
        components.push(json!({ "type": "BUTTONS", "buttons": buttons }));
    }
    Draft {
        name: draft.name.clone(),
        language: draft.language.clone(),
        category: draft.category.clone(),
        parameter_format: format,
        components,
        message_send_ttl_seconds: None,
    }
}

fn add(component: &mut Value, example: Option<Value>) {
    if let Some(example) = example {
        component["example"] = example;
    }
}

/// Numbers make a positional template, names a named one.
fn format(draft: &TemplateDraft) -> ParameterFormat {
    let header = draft
        .header
        .as_ref()
        .map_or("", |header| header.text.as_str());
    let labels = placeholders(header)
        .into_iter()
        .chain(placeholders(&draft.body));
    let named = labels
        .into_iter()
        .any(|label| label.parse::<u32>().is_err());
    if named {
        ParameterFormat::Named
    } else {
        ParameterFormat::Positional
    }
}

/// As soon as one sample is missing, none: half a list would give the others to the wrong variables.
fn example<'a>(
    part: &str,
    text: &str,
    format: ParameterFormat,
    sample: &impl Fn(&str) -> Option<&'a str>,
) -> Option<Value> {
    let labels = placeholders(text);
    if labels.is_empty() {
        return None;
    }
    let found = labels.iter().map(|label| {
        let text = sample(&format!("{part}:{label}"))?;
        Some((label, text))
    });
    let found: Vec<_> = found.collect::<Option<_>>()?;
    Some(match format {
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

fn button(button: &DraftButton, sample: Option<&str>) -> Value {
    match button.kind.as_str() {
        "url" => {
            let mut own = json!({ "type": "URL", "text": button.text, "url": button.value });
            if !placeholders(&button.value).is_empty()
                && let Some(sample) = sample
            {
                // Meta wants the whole address as it would be opened.
                let whole = if sample.contains("://") {
                    sample.to_owned()
                } else {
                    render(&button.value, |_| Some(sample))
                };
                own["example"] = json!([whole]);
            }
            own
        }
        "phone_number" => {
            json!({ "type": "PHONE_NUMBER", "text": button.text, "phone_number": button.value })
        }
        "copy_code" => json!({ "type": "COPY_CODE", "example": button.value }),
        _ => json!({ "type": "QUICK_REPLY", "text": button.text }),
    }
}

/// A draft that says what the template says now; `None` where it has parts that cannot be written here, and an edit
/// would lose. Its sample file has to be given anew: Meta takes no old one.
pub(crate) fn of_template(template: &Template, id: String, now: i64) -> Option<TemplateDraft> {
    let components = &template.components;
    let known = components.0.iter().all(|component| {
        matches!(
            component.kind,
            ComponentKind::Header(_)
                | ComponentKind::Body(_)
                | ComponentKind::Footer(_)
                | ComponentKind::Buttons(_)
        )
    });
    if !known {
        return None;
    }
    let header = match components.header() {
        None => None,
        Some(Header::Gif(_) | Header::Product | Header::Other(_)) => return None,
        Some(header) => Some(DraftHeader {
            kind: header.format().to_ascii_lowercase(),
            text: match header {
                Header::Text(text) => text.text.clone(),
                _ => String::new(),
            },
            file: None,
        }),
    };
    let buttons = components.buttons().iter().map(|button| {
        let value = match &button.kind {
            ButtonKind::QuickReply => String::new(),
            ButtonKind::Url { url, .. } => url.clone(),
            ButtonKind::PhoneNumber { number } => number.clone(),
            ButtonKind::CopyCode { example } => example.clone().unwrap_or_default(),
            _ => return None,
        };
        Some(DraftButton {
            kind: button.kind.name().to_ascii_lowercase(),
            text: button.text.clone(),
            value,
        })
    });
    let samples = components.slots().into_iter().filter_map(|slot| {
        Some(SlotValue {
            text: slot.example?,
            key: slot.key,
        })
    });
    Some(TemplateDraft {
        id,
        name: template.row.name.clone(),
        language: template.row.language.clone(),
        category: template.row.category.clone(),
        header,
        body: components
            .body()
            .map(|body| body.text.clone())
            .unwrap_or_default(),
        footer: components.footer().unwrap_or_default().to_owned(),
        buttons: buttons.collect::<Option<_>>()?,
        samples: samples.collect(),
        edits: Some(template.row.template_id.clone()).filter(|id| !id.is_empty()),
        changed_at: now,
    })
}
