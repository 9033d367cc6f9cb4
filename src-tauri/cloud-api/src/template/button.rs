//! The buttons under a template or a carousel card.

use serde_json::Value;

use crate::read::{self, part};

/// Meta, "Template components": buttons. Their order is their index in a send.
#[derive(Debug, Clone, PartialEq)]
pub struct Button {
    pub kind: ButtonKind,
    /// What it says; empty for those that WhatsApp words itself (copy code, request for contact info).
    pub text: String,
    /// As Meta wrote it.
    pub raw: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ButtonKind {
    QuickReply,
    Url {
        /// With `{{1}}` at its end where each send has an address of its own.
        url: String,
        /// The whole address, or what stands for the variable.
        example: Option<String>,
    },
    PhoneNumber {
        number: String,
    },
    CopyCode {
        example: Option<String>,
    },
    Flow,
    /// Asks for the phone number (Meta, "Business-scoped user IDs"); takes no value.
    RequestContactInfo,
    VoiceCall,
    /// Opens the catalogue; takes no value of need.
    Catalog,
    /// Multi-product message: wants sections of the catalogue for each send.
    Mpm,
    /// Single-product message, on cards of a product carousel.
    Spm,
    /// Authentication: COPY_CODE, ONE_TAP, ZERO_TAP.
    Otp {
        kind: String,
    },
    /// Known to nobody here, by Meta's name for it.
    Other(String),
}

impl Button {
    pub(super) fn read(raw: &Value) -> Self {
        let name = read::text_or_empty(raw, "type").to_ascii_uppercase();
        let kind = match name.as_str() {
            "QUICK_REPLY" => ButtonKind::QuickReply,
            "URL" => ButtonKind::Url {
                url: read::text_or_empty(raw, "url"),
                example: example(raw),
            },
            "PHONE_NUMBER" => ButtonKind::PhoneNumber {
                number: read::text_or_empty(raw, "phone_number"),
            },
            "COPY_CODE" => ButtonKind::CopyCode {
                example: example(raw),
            },
            "FLOW" => ButtonKind::Flow,
            "REQUEST_CONTACT_INFO" => ButtonKind::RequestContactInfo,
            "VOICE_CALL" => ButtonKind::VoiceCall,
            "CATALOG" => ButtonKind::Catalog,
            "MPM" => ButtonKind::Mpm,
            "SPM" => ButtonKind::Spm,
            "OTP" => ButtonKind::Otp {
                kind: read::text_or_empty(raw, "otp_type").to_ascii_uppercase(),
            },
            _ => ButtonKind::Other(name),
        };
        Self {
            kind,
            text: read::text_or_empty(raw, "text"),
            raw: raw.clone(),
        }
    }

    /// The button can be part of a send from here: it takes no value, or one that a person can type.
    pub fn is_sendable(&self) -> bool {
        !matches!(
            self.kind,
            ButtonKind::Mpm | ButtonKind::Spm | ButtonKind::Otp { .. } | ButtonKind::Other(_)
        )
    }
}

impl ButtonKind {
    /// Meta's name, in capitals.
    pub fn name(&self) -> &str {
        match self {
            Self::QuickReply => "QUICK_REPLY",
            Self::Url { .. } => "URL",
            Self::PhoneNumber { .. } => "PHONE_NUMBER",
            Self::CopyCode { .. } => "COPY_CODE",
            Self::Flow => "FLOW",
            Self::RequestContactInfo => "REQUEST_CONTACT_INFO",
            Self::VoiceCall => "VOICE_CALL",
            Self::Catalog => "CATALOG",
            Self::Mpm => "MPM",
            Self::Spm => "SPM",
            Self::Otp { .. } => "OTP",
            Self::Other(name) => name,
        }
    }

    /// WhatsApp words the button itself.
    pub fn has_fixed_text(&self) -> bool {
        matches!(self, Self::CopyCode { .. } | Self::RequestContactInfo)
    }
}

/// A string, or a list of one.
fn example(raw: &Value) -> Option<String> {
    match part(raw, "example") {
        Value::Array(items) => items.iter().find_map(read::as_text),
        one => read::as_text(one),
    }
}
