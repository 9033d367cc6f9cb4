//! What one message holds, by its `type`.

use serde_json::Value;

use super::{Content, Media, MediaKind, MetaError};
use crate::read::{self, part, text, text_or_empty};

/// Who wrote it. The same `interactive` is a customer's answer or our own question.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    In,
    Out,
}

/// Keys that name their type, in the order they are tried where `type` is missing.
const KINDS: &[&str] = &[
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "interactive",
    "button",
    "order",
    "system",
    "edit",
    "revoke",
    "template",
    "unsupported",
];

/// `type`, or the key that is there: Meta's example of a location comes without one.
pub(super) fn kind_of(message: &Value) -> String {
    text(message, "type")
        .or_else(|| {
            let present = |kind: &&&str| message.get(**kind).is_some();
            KINDS.iter().find(present).map(|kind| (*kind).to_owned())
        })
        .unwrap_or_else(|| {
            if message.get("errors").is_some() {
                "unsupported".to_owned()
            } else {
                "without type".to_owned()
            }
        })
}

/// Never fails: what cannot be read is [`Content::Unknown`] and shows as a placeholder.
pub(super) fn read(message: &Value, direction: Direction) -> Content {
    let kind = kind_of(message);
    known(message, &kind, direction).unwrap_or_else(|| Content::Unknown {
        kind,
        raw: message.clone(),
    })
}

fn known(message: &Value, kind: &str, direction: Direction) -> Option<Content> {
    let own = part(message, kind);
    match kind {
        "text" => Some(Content::Text {
            body: own.get("body")?.as_str()?.to_owned(),
        }),
        "image" => media(own, MediaKind::Image),
        "video" => media(own, MediaKind::Video),
        "audio" | "voice" => media(own, MediaKind::Audio),
        "document" => media(own, MediaKind::Document),
        "sticker" => media(own, MediaKind::Sticker),
        "location" => Some(Content::Location {
            latitude: read::decimal(own, "latitude")?,
            longitude: read::decimal(own, "longitude")?,
            name: text(own, "name"),
            address: text(own, "address"),
            url: text(own, "url"),
        }),
        "contacts" => Some(contact_cards(own)?),
        "button" => Some(Content::Button {
            text: text(own, "text").or_else(|| text(own, "payload"))?,
            payload: text_or_empty(own, "payload"),
        }),
        "interactive" => Some(interactive(own, direction)),
        "order" => own
            .is_object()
            .then(|| Content::Order { order: own.clone() }),
        "reaction" => Some(Content::Reaction {
            target: text(own, "message_id")?,
            emoji: text(own, "emoji"),
        }),
        "edit" => Some(Content::Edit {
            target: text(own, "original_message_id")?,
            new: Box::new(read(own.get("message")?, direction)),
        }),
        "revoke" => Some(Content::Revoke {
            target: text(own, "original_message_id")?,
        }),
        "system" => Some(Content::System {
            kind: text(own, "type").unwrap_or_else(|| kind.to_owned()),
            body: text_or_empty(own, "body"),
        }),
        "request_welcome" => Some(Content::System {
            kind: kind.to_owned(),
            body: String::new(),
        }),
        "unsupported" => Some(Content::Unsupported {
            kind: text(own, "type"),
            errors: errors(message),
        }),
        "unknown" | "ephemeral" | "deleted" | "media_placeholder" => Some(Content::Unsupported {
            kind: Some(kind.to_owned()),
            errors: errors(message),
        }),
        "template" | "hsm" if direction == Direction::Out => Some(Content::Sent {
            kind: kind.to_owned(),
            raw: own.clone(),
        }),
        _ => None,
    }
}

fn media(own: &Value, kind: MediaKind) -> Option<Content> {
    own.is_object().then(|| {
        Content::Media(Media {
            kind,
            id: text(own, "id"),
            mime_type: text(own, "mime_type"),
            sha256: text(own, "sha256"),
            caption: text(own, "caption"),
            filename: text(own, "filename"),
            voice: read::flag(own, "voice"),
            animated: read::flag(own, "animated"),
        })
    })
}

fn contact_cards(own: &Value) -> Option<Content> {
    let cards = own.as_array()?;
    let requested = cards
        .iter()
        .any(|card| text(card, "origin").as_deref() == Some("contact_request"));
    Some(Content::Contacts {
        cards: own.clone(),
        requested,
    })
}

fn interactive(own: &Value, direction: Direction) -> Content {
    const REPLIES: &[&str] = &[
        "button_reply",
        "list_reply",
        "nfm_reply",
        "call_permission_reply",
    ];
    let kind = text(own, "type")
        .filter(|kind| own.get(kind).is_some() || !REPLIES.contains(&kind.as_str()))
        .or_else(|| {
            let present = |kind: &&&str| own.get(**kind).is_some();
            REPLIES.iter().find(present).map(|kind| (*kind).to_owned())
        })
        .unwrap_or_else(|| "interactive".to_owned());
    let reply = part(own, &kind);
    let known = match kind.as_str() {
        "button_reply" => text(reply, "id").map(|id| Content::ButtonReply {
            id,
            title: text_or_empty(reply, "title"),
        }),
        "list_reply" => text(reply, "id").map(|id| Content::ListReply {
            id,
            title: text_or_empty(reply, "title"),
            description: text(reply, "description"),
        }),
        "nfm_reply" => Some(Content::FlowReply {
            name: text_or_empty(reply, "name"),
            body: text_or_empty(reply, "body"),
            response: flow_response(part(reply, "response_json")),
        }),
        "call_permission_reply" => text(reply, "response").map(|answer| Content::CallPermission {
            granted: answer.eq_ignore_ascii_case("accept"),
        }),
        _ => None,
    };
    known.unwrap_or_else(|| match direction {
        Direction::In => Content::InteractiveOther {
            kind,
            raw: own.clone(),
        },
        Direction::Out => Content::Sent {
            kind,
            raw: own.clone(),
        },
    })
}

/// `response_json` is a string of JSON; one that is none stays a string.
fn flow_response(given: &Value) -> Value {
    given
        .as_str()
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_else(|| given.clone())
}

/// `errors[]` of a message, a status or a value.
pub(super) fn errors(value: &Value) -> Vec<MetaError> {
    read::list(value, "errors").iter().map(error).collect()
}

fn error(entry: &Value) -> MetaError {
    let title = read::text_of(entry, &["title", "message"]).unwrap_or_default();
    let details = text(part(entry, "error_data"), "details")
        .or_else(|| text(entry, "details"))
        .or_else(|| text(entry, "message"))
        .filter(|details| *details != title);
    MetaError {
        code: read::integer(entry, "code").unwrap_or(0),
        title,
        details,
    }
}
