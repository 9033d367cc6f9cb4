//! One webhook body in, its events out.
//!
//! Tolerant on purpose: Meta answers a 500 of ours with days of retries and its own examples break its own
//! rules, so only what is no webhook body at all is an error. Each entry, change, message and status is
//! read by itself; one that cannot be read becomes [`Event::Unknown`] and the others go on.

mod account;
mod coexistence;
mod content;
mod conversation;
mod model;
mod news;
mod template;

pub use model::*;
pub use news::*;

use serde_json::Value;

use crate::read;

/// The `object` of every body this product subscribes to.
const OBJECT: &str = "whatsapp_business_account";

/// Why a body is not a webhook body. Holds nothing of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAWebhook {
    #[error("the body is not JSON in UTF-8")]
    NotJson,
    #[error("the body is not a JSON object")]
    NotAnObject,
    #[error("the body is not about a WhatsApp Business Account")]
    OtherObject,
    #[error("the body has no list of entries")]
    NoEntries,
}

/// Reads one body as Meta posts it (Meta, "Webhooks overview"). Never panics, whatever the bytes.
pub fn parse(body: &[u8]) -> Result<Webhook, NotAWebhook> {
    let body: Value = serde_json::from_slice(body).map_err(|_| NotAWebhook::NotJson)?;
    let body = body.as_object().ok_or(NotAWebhook::NotAnObject)?;
    if body.get("object").and_then(Value::as_str) != Some(OBJECT) {
        return Err(NotAWebhook::OtherObject);
    }
    let entries = body
        .get("entry")
        .and_then(Value::as_array)
        .ok_or(NotAWebhook::NoEntries)?;
    let mut items = Vec::new();
    for entry in entries {
        read_entry(entry, &mut items);
    }
    Ok(Webhook { items })
}

impl Webhook {
    /// Names of what nobody here knows: fields, malformed parts, and kinds of message.
    pub fn kept_raw(&self) -> impl Iterator<Item = &str> {
        self.items.iter().filter_map(|item| match &item.event {
            Event::Unknown(name) => Some(name.as_str()),
            Event::Message(message) | Event::Echo(message) => message.content.unknown_kind(),
            Event::History(past) => past.message.content.unknown_kind(),
            _ => None,
        })
    }
}

impl Content {
    fn unknown_kind(&self) -> Option<&str> {
        match self {
            Self::Unknown { kind, .. } => Some(kind),
            Self::Edit { new, .. } => new.unknown_kind(),
            _ => None,
        }
    }
}

fn read_entry(entry: &Value, items: &mut Vec<Item>) {
    let waba_id = read::text_or_empty(entry, "id");
    let entry_at = read::moment(entry, "time");
    let malformed = |field: &str| Item {
        waba_id: waba_id.clone(),
        field: field.to_owned(),
        number: None,
        entry_at,
        event: Event::Unknown(field.to_owned()),
    };
    if !matches!(
        entry.get("changes"),
        Some(Value::Array(_) | Value::Object(_))
    ) {
        items.push(malformed("entry"));
        return;
    }
    for change in read::list(entry, "changes") {
        let Some(value) = change.get("value").filter(|value| value.is_object()) else {
            items.push(malformed(&field_of(entry, change)));
            continue;
        };
        let field = field_of(entry, change);
        let number = number_of(value);
        for event in events_of(&field, value, number.as_ref()) {
            items.push(Item {
                waba_id: waba_id.clone(),
                field: field.clone(),
                number: number.clone(),
                entry_at,
                event,
            });
        }
    }
}

/// `field` stands beside `value`; some of Meta's examples put it one level higher, or leave it out.
fn field_of(entry: &Value, change: &Value) -> String {
    read::text(change, "field")
        .or_else(|| read::text(entry, "field"))
        .unwrap_or_else(|| {
            let value = read::part(change, "value");
            let conversation = ["messages", "statuses"];
            if conversation.iter().any(|key| value.get(key).is_some()) {
                "messages".to_owned()
            } else {
                "change".to_owned()
            }
        })
}

fn number_of(value: &Value) -> Option<BusinessNumber> {
    let metadata = value.get("metadata")?;
    Some(BusinessNumber {
        phone_number_id: read::text(metadata, "phone_number_id")?,
        display: read::text_or_empty(metadata, "display_phone_number"),
    })
}

fn events_of(field: &str, value: &Value, number: Option<&BusinessNumber>) -> Vec<Event> {
    let events = match field {
        "messages" => conversation::events(value, number, false),
        "standby" => match value.get("standby") {
            Some(_) => read::list(value, "standby")
                .iter()
                .flat_map(|lane| conversation::events(lane, number, true))
                .collect(),
            None => conversation::events(value, number, true),
        },
        "smb_message_echoes" | "message_echoes" => conversation::events(value, number, false),
        "history" => coexistence::history(value, number),
        "smb_app_state_sync" => coexistence::address_book(value),
        "calls" => conversation::calls(value, number),
        "user_preferences" => account::user_preferences(value),
        "user_id_update" => account::user_id_updates(value),
        "message_template_status_update"
        | "message_template_quality_update"
        | "message_template_components_update"
        | "template_category_update" => template::news(field, value),
        _ => account::notice(field, value),
    };
    if events.is_empty() {
        vec![Event::Unknown(field.to_owned())]
    } else {
        events
    }
}

#[cfg(test)]
mod tests;
