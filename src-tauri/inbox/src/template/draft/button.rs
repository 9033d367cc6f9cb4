//! The buttons of a draft, to Meta and back. What Meta has on a button beside what is written here goes back as it came.

use crate::view::DraftButton;
use cloud_api::template::{Button, ButtonKind, placeholders, render};
use serde_json::{Map, Value, json};

/// What stands in fields of its own in a draft.
const WRITTEN: [&str; 6] = ["type", "text", "url", "phone_number", "example", "flow_id"];

pub(super) fn wire(button: &DraftButton, sample: Option<&str>) -> Value {
    let mut own = rest(&button.rest);
    let mut put = |key: &str, value: Value| own.insert(key.to_owned(), value);
    put("type", json!(button.kind.to_ascii_uppercase()));
    // WhatsApp words these two itself.
    if !matches!(button.kind.as_str(), "copy_code" | "request_contact_info") {
        put("text", json!(button.text));
    }
    match button.kind.as_str() {
        "url" => {
            put("url", json!(button.value));
            if !placeholders(&button.value).is_empty()
                && let Some(sample) = sample
            {
                // Meta wants the whole address as it would be opened.
                let whole = if sample.contains("://") {
                    sample.to_owned()
                } else {
                    render(&button.value, |_| Some(sample))
                };
                put("example", json!([whole]));
            }
        }
        "phone_number" => {
            put("phone_number", json!(button.value));
        }
        "copy_code" => {
            put("example", json!(button.value));
        }
        "flow" if !button.value.is_empty() => {
            put("flow_id", json!(button.value));
        }
        _ => {}
    }
    Value::Object(own)
}

fn rest(json: &str) -> Map<String, Value> {
    serde_json::from_str(json).unwrap_or_default()
}

/// `None` for a kind that cannot be written here.
pub(super) fn read(button: &Button) -> Option<DraftButton> {
    let value = match &button.kind {
        ButtonKind::Url { url, .. } => url.clone(),
        ButtonKind::PhoneNumber { number } => number.clone(),
        ButtonKind::CopyCode { example } => example.clone().unwrap_or_default(),
        // Meta writes ids as numbers, too.
        ButtonKind::Flow => match &button.raw["flow_id"] {
            Value::String(id) => id.clone(),
            Value::Number(id) => id.to_string(),
            _ => String::new(),
        },
        ButtonKind::QuickReply
        | ButtonKind::RequestContactInfo
        | ButtonKind::VoiceCall
        | ButtonKind::Catalog => String::new(),
        ButtonKind::Mpm | ButtonKind::Spm | ButtonKind::Otp { .. } | ButtonKind::Other(_) => {
            return None;
        }
    };
    let mut rest = button.raw.as_object().cloned().unwrap_or_default();
    rest.retain(|key, _| !WRITTEN.contains(&key.as_str()));
    let rest = (!rest.is_empty()).then(|| Value::Object(rest).to_string());
    let worded = !button.kind.has_fixed_text();
    Some(DraftButton {
        kind: button.kind.name().to_ascii_lowercase(),
        text: if worded {
            button.text.clone()
        } else {
            String::new()
        },
        value,
        rest: rest.unwrap_or_default(),
    })
}
