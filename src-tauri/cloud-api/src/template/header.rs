//! What stands on top of a template or of a carousel card.

use serde_json::Value;

use super::Text;
use crate::{
    read::{self, part},
    webhook::MediaKind,
};

/// Meta, "Template components": headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Header {
    Text(Text),
    /// Image, video or document: the file is chosen for each send.
    Media {
        kind: MediaKind,
        sample: MediaSample,
    },
    /// A place that is given for each send; needs no sample.
    Location,
    /// Only through the Marketing Messages API (Meta, "Marketing Messages API: media").
    Gif(MediaSample),
    /// A product of the catalogue (Meta, "Product card carousel templates").
    Product,
    /// A format nobody here knows, by Meta's name for it.
    Other(String),
}

/// `example.header_handle`: the handle of a resumable upload when it is handed in, an address when Meta lists it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MediaSample(pub Option<String>);

impl Header {
    pub(super) fn read(component: &Value) -> Self {
        let format = read::text(component, "format").unwrap_or_else(|| "TEXT".to_owned());
        let sample = || {
            let handles = part(part(component, "example"), "header_handle");
            MediaSample(match handles {
                Value::Array(items) => items.iter().find_map(read::as_text),
                one => read::as_text(one),
            })
        };
        let media = |kind| Self::Media {
            kind,
            sample: sample(),
        };
        match format.to_ascii_uppercase().as_str() {
            "TEXT" => Self::Text(Text::read(component, "header")),
            "IMAGE" => media(MediaKind::Image),
            "VIDEO" => media(MediaKind::Video),
            "DOCUMENT" => media(MediaKind::Document),
            "LOCATION" => Self::Location,
            "GIF" => Self::Gif(sample()),
            "PRODUCT" => Self::Product,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Meta's name of the format, in capitals.
    pub fn format(&self) -> &str {
        match self {
            Self::Text(_) => "TEXT",
            Self::Media { kind, .. } => match kind {
                MediaKind::Video => "VIDEO",
                MediaKind::Document => "DOCUMENT",
                _ => "IMAGE",
            },
            Self::Location => "LOCATION",
            Self::Gif(_) => "GIF",
            Self::Product => "PRODUCT",
            Self::Other(name) => name,
        }
    }
}
