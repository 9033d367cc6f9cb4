//! What we send, as the outbox stores it, and the request body it becomes.
//!
//! Meta, "Send messages" and the page of each type. The outbox stores these types as JSON; the request body
//! is another matter, in `body`.

mod body;
mod limits;

pub use limits::*;

use serde::{Deserialize, Serialize};
use veil::Redact;

use crate::webhook::{MediaKind, Peer};

/// One message to one customer or group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outgoing {
    pub to: Peer,
    pub content: OutgoingContent,
    /// wamid of the message that is quoted. Not for reactions, which name their target themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// Comes back in every status webhook: the outbox id, and nothing personal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_data: Option<String>,
}

#[derive(Redact, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OutgoingContent {
    Text {
        #[redact]
        body: String,
        preview_url: bool,
    },
    /// Media uploaded before, by id. `filename` is for documents, `voice` for audio recorded in the chat.
    Media {
        kind: MediaKind,
        id: String,
        #[redact]
        #[serde(default)]
        caption: Option<String>,
        #[redact]
        #[serde(default)]
        filename: Option<String>,
        #[serde(default)]
        voice: bool,
    },
    /// `emoji: None` takes the reaction back.
    Reaction {
        target: String,
        emoji: Option<String>,
    },
    Template(TemplateSend),
    /// Up to three reply buttons, each `(id, title)`.
    Buttons {
        #[redact]
        body: String,
        #[redact]
        #[serde(default)]
        header: Option<String>,
        #[redact]
        #[serde(default)]
        footer: Option<String>,
        #[redact]
        buttons: Vec<(String, String)>,
    },
}

/// Built from a template's components and values by `template::Sending`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TemplateSend {
    pub name: String,
    /// As the template list writes it, e.g. `pt_BR`.
    pub language: String,
    #[serde(default)]
    pub header: Option<TemplateHeader>,
    /// In order for positional templates; each with its name for named ones.
    #[serde(default)]
    pub body: Vec<TemplateValue>,
    #[serde(default)]
    pub buttons: Vec<TemplateButton>,
    /// When a limited-time offer ends, in Unix milliseconds (Meta, "Limited-time offer templates").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer_expires_at: Option<i64>,
    /// As many as the template has, in its order (Meta, "Media card carousel templates").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<TemplateCard>,
}

/// The values of one carousel card.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TemplateCard {
    #[serde(default)]
    pub header: Option<TemplateHeader>,
    #[serde(default)]
    pub body: Vec<TemplateValue>,
    /// `index` counts the buttons of the card.
    #[serde(default)]
    pub buttons: Vec<TemplateButton>,
}

#[derive(Redact, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TemplateHeader {
    Text {
        #[serde(default)]
        name: Option<String>,
        #[redact]
        text: String,
    },
    Media {
        kind: MediaKind,
        id: String,
        #[redact]
        #[serde(default)]
        filename: Option<String>,
    },
    Location {
        #[redact]
        latitude: f64,
        #[redact]
        longitude: f64,
        #[redact]
        name: String,
        #[redact]
        address: String,
    },
}

#[derive(Redact, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateValue {
    /// `parameter_name` of a named template.
    #[serde(default)]
    pub name: Option<String>,
    #[redact]
    pub text: String,
}

/// A button that takes a value. `index` counts all buttons of the template from 0.
#[derive(Redact, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TemplateButton {
    QuickReply {
        index: u8,
        payload: String,
    },
    /// `text` fills the variable at the end of the address.
    Url {
        index: u8,
        #[redact]
        text: String,
    },
    CopyCode {
        index: u8,
        #[redact]
        code: String,
    },
    Flow {
        index: u8,
        #[serde(default)]
        token: Option<String>,
    },
}

impl OutgoingContent {
    /// True for what Meta takes outside the customer service window.
    pub fn is_template(&self) -> bool {
        matches!(self, Self::Template(_))
    }
}

#[cfg(test)]
mod tests;
