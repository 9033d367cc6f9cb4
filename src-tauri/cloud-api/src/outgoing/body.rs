//! The body of `POST /<PHONE_NUMBER_ID>/messages`.

use serde_json::{Map, Value, json};

use super::{
    Outgoing, OutgoingContent, TemplateButton, TemplateCard, TemplateHeader, TemplateSend,
    TemplateValue,
};
use crate::webhook::{MediaKind, Peer};

impl Outgoing {
    /// The body of `POST /<PHONE_NUMBER_ID>/messages`.
    pub fn to_json(&self) -> Value {
        let mut body = Map::new();
        body.insert("messaging_product".into(), json!("whatsapp"));
        // The phone number comes first: `to` wins over `recipient` anyway, and every account may use it.
        match &self.to {
            Peer {
                group_id: Some(group),
                ..
            } => {
                body.insert("recipient_type".into(), json!("group"));
                body.insert("to".into(), json!(group));
            }
            Peer {
                wa_id: Some(wa_id), ..
            } => {
                body.insert("recipient_type".into(), json!("individual"));
                // Without the plus Meta puts the business's own country code in front.
                let number = format!("+{}", wa_id.trim_start_matches('+'));
                body.insert("to".into(), json!(number));
            }
            Peer { bsuid, .. } => {
                body.insert("recipient_type".into(), json!("individual"));
                body.insert("recipient".into(), json!(bsuid));
            }
        }
        let (kind, own) = self.content.to_json();
        body.insert("type".into(), json!(kind));
        body.insert(kind.into(), own);
        if let Some(wamid) = &self.reply_to
            && !matches!(self.content, OutgoingContent::Reaction { .. })
        {
            body.insert("context".into(), json!({ "message_id": wamid }));
        }
        if let Some(data) = &self.callback_data {
            body.insert("biz_opaque_callback_data".into(), json!(data));
        }
        Value::Object(body)
    }
}

impl OutgoingContent {
    fn to_json(&self) -> (&'static str, Value) {
        match self {
            Self::Text { body, preview_url } => {
                ("text", json!({ "body": body, "preview_url": preview_url }))
            }
            Self::Media {
                kind,
                id,
                caption,
                filename,
                voice,
            } => {
                let mut own = media(
                    id,
                    filename.as_deref().filter(|_| *kind == MediaKind::Document),
                );
                if let Some(caption) = caption {
                    own.insert("caption".into(), json!(caption));
                }
                if *voice && *kind == MediaKind::Audio {
                    own.insert("voice".into(), json!(true));
                }
                (media_key(*kind), Value::Object(own))
            }
            Self::Reaction { target, emoji } => (
                "reaction",
                json!({ "message_id": target, "emoji": emoji.as_deref().unwrap_or_default() }),
            ),
            Self::Template(template) => ("template", template.to_json()),
            Self::Buttons {
                body,
                header,
                footer,
                buttons,
            } => {
                let buttons: Vec<Value> = buttons
                    .iter()
                    .map(|(id, title)| json!({ "type": "reply", "reply": { "id": id, "title": title } }))
                    .collect();
                let mut own = Map::new();
                own.insert("type".into(), json!("button"));
                if let Some(header) = header {
                    own.insert("header".into(), json!({ "type": "text", "text": header }));
                }
                own.insert("body".into(), json!({ "text": body }));
                if let Some(footer) = footer {
                    own.insert("footer".into(), json!({ "text": footer }));
                }
                own.insert("action".into(), json!({ "buttons": buttons }));
                ("interactive", Value::Object(own))
            }
        }
    }
}

impl TemplateSend {
    fn to_json(&self) -> Value {
        let mut components = parts(self.header.as_ref(), &self.body);
        if let Some(ends) = self.offer_expires_at {
            components.push(json!({
                "type": "limited_time_offer",
                "parameters": [{
                    "type": "limited_time_offer",
                    "limited_time_offer": { "expiration_time_ms": ends },
                }],
            }));
        }
        components.extend(self.buttons.iter().map(TemplateButton::to_json));
        if !self.cards.is_empty() {
            let cards: Vec<Value> = (0_u8..).zip(&self.cards).map(card).collect();
            components.push(json!({ "type": "carousel", "cards": cards }));
        }
        let mut own = json!({ "name": self.name, "language": { "policy": "deterministic", "code": self.language } });
        if !components.is_empty() {
            own["components"] = Value::Array(components);
        }
        own
    }
}

fn card((index, card): (u8, &TemplateCard)) -> Value {
    let mut components = parts(card.header.as_ref(), &card.body);
    components.extend(card.buttons.iter().map(TemplateButton::to_json));
    json!({ "card_index": index, "components": components })
}

fn parts(header: Option<&TemplateHeader>, body: &[TemplateValue]) -> Vec<Value> {
    let mut components = Vec::new();
    if let Some(header) = header {
        components.push(json!({ "type": "header", "parameters": [header.to_json()] }));
    }
    if !body.is_empty() {
        let values: Vec<Value> = body
            .iter()
            .map(|value| text_parameter(value.name.as_deref(), &value.text))
            .collect();
        components.push(json!({ "type": "body", "parameters": values }));
    }
    components
}

impl TemplateHeader {
    fn to_json(&self) -> Value {
        match self {
            Self::Text { name, text } => text_parameter(name.as_deref(), text),
            Self::Media { kind, id, filename } => {
                let key = media_key(*kind);
                let own = media(
                    id,
                    filename.as_deref().filter(|_| *kind == MediaKind::Document),
                );
                json!({ "type": key, key: own })
            }
            Self::Location {
                latitude,
                longitude,
                name,
                address,
            } => json!({
                "type": "location",
                "location": { "latitude": latitude, "longitude": longitude, "name": name, "address": address },
            }),
        }
    }
}

impl TemplateButton {
    fn to_json(&self) -> Value {
        let (sub_type, index, parameter) = match self {
            Self::QuickReply { index, payload } => (
                "quick_reply",
                index,
                json!({ "type": "payload", "payload": payload }),
            ),
            Self::Url { index, text } => ("url", index, json!({ "type": "text", "text": text })),
            Self::CopyCode { index, code } => (
                "copy_code",
                index,
                json!({ "type": "coupon_code", "coupon_code": code }),
            ),
            Self::Flow { index, token } => {
                let action = token
                    .as_ref()
                    .map_or_else(|| json!({}), |token| json!({ "flow_token": token }));
                ("flow", index, json!({ "type": "action", "action": action }))
            }
        };
        json!({
            "type": "button",
            "sub_type": sub_type,
            "index": index.to_string(),
            "parameters": [parameter],
        })
    }
}

fn text_parameter(name: Option<&str>, text: &str) -> Value {
    match name {
        Some(name) => json!({ "type": "text", "parameter_name": name, "text": text }),
        None => json!({ "type": "text", "text": text }),
    }
}

fn media_key(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "image",
        MediaKind::Video => "video",
        MediaKind::Audio => "audio",
        MediaKind::Document => "document",
        MediaKind::Sticker => "sticker",
    }
}

fn media(id: &str, filename: Option<&str>) -> Map<String, Value> {
    let mut own = Map::new();
    own.insert("id".into(), json!(id));
    if let Some(filename) = filename {
        own.insert("filename".into(), json!(filename));
    }
    own
}
