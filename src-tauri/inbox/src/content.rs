//! From what Meta sent to what a bubble shows: its kind, its words, its shape.

use crate::view::{Body, ContactCard, MediaState, MediaView, OrderItem, ReferralView};
use cloud_api::webhook::{Content, Media, MediaKind};
use serde_json::Value;

/// A message as the timeline keeps it.
pub(crate) struct Shown {
    pub kind: &'static str,
    /// Words for preview and search.
    pub words: String,
    pub body: Body,
}

/// What a list or a quote shows of a longer text.
pub(crate) fn first_line(text: &str) -> String {
    text.lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(160)
        .collect()
}

pub(crate) fn shown(content: &Content) -> Shown {
    let text = |kind, words: String, body| Shown { kind, words, body };
    match content {
        Content::Text { body } => text("text", body.clone(), Body::Text { text: body.clone() }),
        Content::Media(media) => {
            let words = media
                .caption
                .clone()
                .or_else(|| media.filename.clone())
                .unwrap_or_default();
            Shown {
                kind: media_kind(media),
                words,
                body: Body::Media {
                    media: media_view(media),
                },
            }
        }
        Content::Location {
            latitude,
            longitude,
            name,
            address,
            ..
        } => text(
            "location",
            [name.as_deref(), address.as_deref()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", "),
            Body::Location {
                latitude: *latitude,
                longitude: *longitude,
                name: name.clone(),
                address: address.clone(),
            },
        ),
        Content::Contacts { cards, .. } => {
            let cards = contact_cards(cards);
            let names: Vec<&str> = cards.iter().map(|card| card.name.as_str()).collect();
            text("contacts", names.join(", "), Body::Contacts { cards })
        }
        Content::Button { text: title, .. } => choice(title, None),
        Content::ButtonReply { title, .. } => choice(title, None),
        Content::ListReply {
            title, description, ..
        } => choice(title, description.clone()),
        Content::FlowReply { name, body, .. } => text(
            "flow",
            body.clone(),
            Body::Flow {
                name: name.clone(),
                text: body.clone(),
            },
        ),
        Content::Order { order } => {
            let note = order["text"].as_str().unwrap_or_default().to_owned();
            text(
                "order",
                note.clone(),
                Body::Order {
                    items: order_items(order),
                    text: note,
                },
            )
        }
        Content::System { body, .. } => {
            text("system", body.clone(), Body::System { text: body.clone() })
        }
        Content::Sent { kind, raw } => sent_elsewhere(kind, raw),
        Content::Unsupported { kind, .. } => unsupported(kind.as_deref().unwrap_or("unsupported")),
        Content::Unknown { kind, .. } | Content::InteractiveOther { kind, .. } => unsupported(kind),
        Content::CallPermission { granted } => unsupported(if *granted {
            "call_permission_granted"
        } else {
            "call_permission_denied"
        }),
        _ => unsupported("unknown"),
    }
}

fn choice(title: &str, description: Option<String>) -> Shown {
    Shown {
        kind: "choice",
        words: title.to_owned(),
        body: Body::Choice {
            title: title.to_owned(),
            description,
        },
    }
}

fn unsupported(what: &str) -> Shown {
    Shown {
        kind: "unsupported",
        words: String::new(),
        body: Body::Unsupported {
            what: what.to_owned(),
        },
    }
}

/// Our own template or buttons, seen from outside: as much of it as the echo tells.
fn sent_elsewhere(kind: &str, raw: &Value) -> Shown {
    let words = raw
        .pointer("/body/text")
        .or_else(|| raw.get("body"))
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    if words.is_empty() {
        return unsupported(kind);
    }
    Shown {
        kind: "text",
        words: words.clone(),
        body: Body::Text { text: words },
    }
}

/// Shape: Meta, "Contacts messages". Cards without a name are called by their first number.
fn contact_cards(cards: &Value) -> Vec<ContactCard> {
    let cards = cards.as_array().map(Vec::as_slice).unwrap_or_default();
    let texts = |card: &Value, list: &str, field: &str| -> Vec<String> {
        let entries = card[list].as_array().map(Vec::as_slice).unwrap_or_default();
        let texts = entries.iter().filter_map(|entry| entry[field].as_str());
        texts.map(str::to_owned).collect()
    };
    let card = |card: &Value| {
        let phones = texts(card, "phones", "phone");
        let name = card.pointer("/name/formatted_name").and_then(Value::as_str);
        ContactCard {
            name: name
                .map(str::to_owned)
                .or_else(|| phones.first().cloned())
                .unwrap_or_default(),
            organization: card
                .pointer("/org/company")
                .and_then(Value::as_str)
                .map(str::to_owned),
            emails: texts(card, "emails", "email"),
            phones,
        }
    };
    cards.iter().map(card).collect()
}

/// Shape: Meta, "Order messages". Numbers come as numbers or as text.
fn order_items(order: &Value) -> Vec<OrderItem> {
    let items = order["product_items"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let number = |value: &Value| {
        value
            .as_f64()
            .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
            .unwrap_or_default()
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    items
        .iter()
        .map(|item| OrderItem {
            product: text(&item["product_retailer_id"]),
            quantity: number(&item["quantity"]) as i64,
            price: number(&item["item_price"]),
            currency: text(&item["currency"]),
        })
        .collect()
}

/// Shape: Meta, "Text messages", referral of a click-to-WhatsApp ad.
pub(crate) fn referral(raw: &Value) -> ReferralView {
    let text = |field: &str| {
        let value = raw[field].as_str().filter(|text| !text.is_empty());
        value.map(str::to_owned)
    };
    ReferralView {
        headline: text("headline")
            .or_else(|| text("body"))
            .unwrap_or_default(),
        text: text("body"),
        source: text("source_type").unwrap_or_else(|| "ad".to_owned()),
        url: text("source_url"),
    }
}

pub(crate) fn media_kind(media: &Media) -> &'static str {
    match media.kind {
        MediaKind::Image => "image",
        MediaKind::Video => "video",
        MediaKind::Audio if media.voice => "voice",
        MediaKind::Audio => "audio",
        MediaKind::Document => "document",
        MediaKind::Sticker => "sticker",
    }
}

fn media_view(media: &Media) -> MediaView {
    MediaView {
        kind: media_kind(media).to_owned(),
        caption: media.caption.clone(),
        filename: media.filename.clone(),
        mime_type: media.mime_type.clone(),
        state: MediaState::Waiting,
        size: None,
        voice: media.voice,
        animated: media.animated,
        width: None,
        height: None,
    }
}
