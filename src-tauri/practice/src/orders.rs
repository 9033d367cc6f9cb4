//! What the platform can be told to do: the arguments of [`crate::Control`], which are also the JSON bodies
//! under `/_practice`.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use veil::Redact;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ControlError {
    #[error("a customer needs a wa_id or a bsuid")]
    NoCustomer,
    #[error("a message needs a text, a message object or media")]
    NoMessage,
    #[error("the media's bytes are not base64")]
    NotBase64,
    #[error("there is no template of this name and language")]
    NoTemplate,
    #[error("there is no accepted message with this id")]
    NoAcceptedMessage,
    #[error("this account state is not known; give a code")]
    UnknownAccountState,
    #[error("the clock could not be moved")]
    ClockNotMoved,
}

/// A message a customer writes. One of `text`, `message`, `media`.
#[derive(Redact, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Write {
    #[redact]
    pub wa_id: Option<String>,
    #[redact]
    pub bsuid: Option<String>,
    #[redact]
    pub name: Option<String>,
    #[redact]
    pub username: Option<String>,
    #[redact]
    pub text: Option<String>,
    /// A raw `messages[]` object; sender, id and timestamp are filled in where missing.
    #[redact]
    pub message: Option<Value>,
    #[redact]
    pub media: Option<WriteMedia>,
    /// wamid of the message this one answers.
    pub reply_to: Option<String>,
    /// Unix milliseconds; default: now.
    pub at: Option<i64>,
    /// As before 2026: no `user_id` beside the number.
    pub without_bsuid: bool,
}

#[derive(Redact, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WriteMedia {
    /// image, audio, video, document, sticker.
    pub kind: String,
    pub mime_type: String,
    #[redact]
    pub base64: String,
    #[redact]
    pub caption: Option<String>,
    #[redact]
    pub filename: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClockMove {
    pub jump_ms: i64,
    /// Before the jump; default: where the clock stands.
    pub set_ms: Option<i64>,
    /// Seconds per second; default: as before.
    pub speed: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClockState {
    pub now_ms: i64,
    pub speed: f64,
}

#[derive(Redact, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CustomerChange {
    #[redact]
    pub name: Option<String>,
    #[redact]
    pub username: Option<String>,
    pub blocks: Option<bool>,
    pub unreachable: Option<bool>,
    /// Sends the `user_preferences` webhook, too.
    pub stops_marketing: Option<bool>,
    pub marketing_capped: Option<bool>,
    #[redact]
    pub answers_as: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountChange {
    /// `ok`, `restricted`, `locked`, `spam_limited`, `no_permission`, `marketing_capped`, `payment`, `maintenance`.
    pub state: Option<String>,
    /// Or: the code every send is refused with.
    pub code: Option<i64>,
    /// GREEN, YELLOW, RED.
    pub quality: Option<String>,
}

/// Numbers that tell whether everything has gone out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    pub pending_webhooks: usize,
    pub delivered_webhooks: u64,
    pub planned: usize,
    pub accepted: usize,
    pub customers: usize,
    pub webhook_url: String,
}
