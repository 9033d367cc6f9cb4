//! Meta's limits, held against a message before the wire, so that a text that is too long is a sentence in
//! the composer and not a failed bubble.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{
    Outgoing, OutgoingContent, TemplateButton, TemplateHeader, TemplateSend, TemplateValue,
};
use crate::webhook::{MediaKind, Peer};

/// Characters in a text message.
pub const TEXT_MAX: usize = 4_096;
/// Characters under an image, video or document.
pub const CAPTION_MAX: usize = 1_024;
/// Characters in the body above reply buttons.
pub const BUTTONS_BODY_MAX: usize = 1_024;
pub const BUTTONS_HEADER_MAX: usize = 60;
pub const BUTTONS_FOOTER_MAX: usize = 60;
pub const BUTTONS_MAX: usize = 3;
pub const BUTTON_TITLE_MAX: usize = 20;
pub const BUTTON_ID_MAX: usize = 256;
/// Characters in `biz_opaque_callback_data`.
pub const CALLBACK_DATA_MAX: usize = 512;
/// Consecutive spaces that a template value may hold.
pub const TEMPLATE_SPACES_MAX: usize = 4;

/// Why a message cannot go out as it stands. Found before any request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotSendable {
    #[error("nobody to send it to")]
    NoRecipient,
    #[error("the {0} is empty")]
    Empty(Part),
    #[error("the {part} has {length} characters, {max} are allowed")]
    TooLong {
        part: Part,
        length: usize,
        max: usize,
    },
    #[error("{0} buttons, 1 to 3 are allowed")]
    ButtonCount(usize),
    #[error("two buttons have the same title or id")]
    ButtonTwice,
    #[error("stickers and audio have no caption")]
    CaptionNotAllowed,
    #[error("this kind of file cannot stand in a template's header")]
    HeaderKind,
    #[error("line breaks, tabs and more than four spaces in a row are not allowed in a template")]
    TemplateWhitespace,
}

/// Which part of a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Text,
    Caption,
    Header,
    Footer,
    Button,
    TemplateValue,
    Reference,
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Caption => "caption",
            Self::Header => "header",
            Self::Footer => "footer",
            Self::Button => "button",
            Self::TemplateValue => "value for the template",
            Self::Reference => "reference",
        })
    }
}

impl Outgoing {
    /// Holds the message against Meta's limits.
    pub fn check(&self) -> Result<(), NotSendable> {
        if self.to == Peer::default() {
            return Err(NotSendable::NoRecipient);
        }
        if let Some(data) = &self.callback_data {
            fits(Part::Reference, data, CALLBACK_DATA_MAX)?;
        }
        self.content.check()
    }
}

impl OutgoingContent {
    fn check(&self) -> Result<(), NotSendable> {
        match self {
            Self::Text { body, .. } => filled(Part::Text, body, TEXT_MAX),
            Self::Media { kind, caption, .. } => {
                let Some(caption) = caption else {
                    return Ok(());
                };
                if matches!(kind, MediaKind::Audio | MediaKind::Sticker) {
                    return Err(NotSendable::CaptionNotAllowed);
                }
                fits(Part::Caption, caption, CAPTION_MAX)
            }
            Self::Reaction { .. } => Ok(()),
            Self::Template(template) => template.check(),
            Self::Buttons {
                body,
                header,
                footer,
                buttons,
            } => {
                filled(Part::Text, body, BUTTONS_BODY_MAX)?;
                if let Some(header) = header {
                    filled(Part::Header, header, BUTTONS_HEADER_MAX)?;
                }
                if let Some(footer) = footer {
                    filled(Part::Footer, footer, BUTTONS_FOOTER_MAX)?;
                }
                check_buttons(buttons)
            }
        }
    }
}

impl TemplateSend {
    fn check(&self) -> Result<(), NotSendable> {
        check_parts(self.header.as_ref(), &self.body, &self.buttons)?;
        self.cards
            .iter()
            .try_for_each(|card| check_parts(card.header.as_ref(), &card.body, &card.buttons))
    }
}

fn check_parts(
    header: Option<&TemplateHeader>,
    body: &[TemplateValue],
    buttons: &[TemplateButton],
) -> Result<(), NotSendable> {
    match header {
        Some(TemplateHeader::Text { text, .. }) => check_template_text(text)?,
        Some(TemplateHeader::Media { kind, .. }) => {
            if matches!(kind, MediaKind::Audio | MediaKind::Sticker) {
                return Err(NotSendable::HeaderKind);
            }
        }
        Some(TemplateHeader::Location { .. }) | None => {}
    }
    for value in body {
        check_template_text(&value.text)?;
    }
    for button in buttons {
        if let TemplateButton::Url { text, .. } | TemplateButton::CopyCode { code: text, .. } =
            button
        {
            check_template_text(text)?;
        }
    }
    Ok(())
}

fn check_buttons(buttons: &[(String, String)]) -> Result<(), NotSendable> {
    if buttons.is_empty() || buttons.len() > BUTTONS_MAX {
        return Err(NotSendable::ButtonCount(buttons.len()));
    }
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    for (id, title) in buttons {
        filled(Part::Button, title, BUTTON_TITLE_MAX)?;
        filled(Part::Button, id, BUTTON_ID_MAX)?;
        if !ids.insert(id) || !titles.insert(title) {
            return Err(NotSendable::ButtonTwice);
        }
    }
    Ok(())
}

fn check_template_text(text: &str) -> Result<(), NotSendable> {
    filled(Part::TemplateValue, text, TEXT_MAX)?;
    let too_many_spaces = " ".repeat(TEMPLATE_SPACES_MAX + 1);
    if text.contains(['\n', '\r', '\t']) || text.contains(&too_many_spaces) {
        return Err(NotSendable::TemplateWhitespace);
    }
    Ok(())
}

fn filled(part: Part, text: &str, max: usize) -> Result<(), NotSendable> {
    if text.trim().is_empty() {
        return Err(NotSendable::Empty(part));
    }
    fits(part, text, max)
}

fn fits(part: Part, text: &str, max: usize) -> Result<(), NotSendable> {
    let length = text.chars().count();
    if length > max {
        return Err(NotSendable::TooLong { part, length, max });
    }
    Ok(())
}
