//! Templates as staff meets them: what they are made of, the slots to fill, what may be in the way, and the message
//! that comes of it.
//!
//! Source: Meta, "Templates: components". Everything is read off the components, so that a template is never sent
//! with the wrong number of values (132000).

pub(crate) mod draft;
mod drift;
pub(crate) mod edit_limit;
mod examples;
mod fill;
pub(crate) mod lint;
mod obstacle;
mod parts;
mod proposal;
mod propose;

pub(crate) use drift::{drifts, tells_of_drift};
pub use examples::template_examples;
pub(crate) use fill::{Filled, GivenFile, OF_FILE, files_of, filled, in_place_of_files, values_of};
pub(crate) use obstacle::{Said, obstacle};
pub(crate) use proposal::{Candidate, propose};
pub(crate) use propose::{Known, hours_text};

use crate::view::{SlotKind, TemplateSlot};
use cloud_api::{
    template::{self, Components, ParameterFormat, Slot},
    webhook::MediaKind,
};
use store::template::TemplateRow;

/// A template with its components read.
#[derive(Debug, Clone)]
pub struct Template {
    pub row: TemplateRow,
    pub components: Components,
}

impl Template {
    pub fn read(row: TemplateRow) -> Self {
        let components = Components::parse(&row.components);
        Self { row, components }
    }

    fn send(&self) -> template::Sending<'_> {
        template::Sending {
            name: &self.row.name,
            language: &self.row.language,
            format: ParameterFormat::of(&self.row.format),
            components: &self.components,
        }
    }

    /// Every slot, in the order a person fills them, with what is known for it.
    pub(crate) fn slots(&self, known: &Known<'_>) -> Vec<TemplateSlot> {
        let body = self.components.body();
        let header = match self.components.header() {
            Some(template::Header::Text(text)) => Some(text),
            _ => None,
        };
        self.components
            .slots()
            .into_iter()
            .map(|slot| {
                let text = match slot.key.split(':').next() {
                    Some("body") => body,
                    Some("header") => header,
                    _ => None,
                };
                let proposed = known.value(&slot, text.map_or("", |text| text.text.as_str()));
                let (proposed, source) = proposed.unzip();
                TemplateSlot {
                    kind: kind(&slot),
                    label: label(&slot),
                    max: slot.max.and_then(|max| i64::try_from(max).ok()),
                    example: slot.example.filter(|text| !text.is_empty()),
                    key: slot.key,
                    proposed,
                    source,
                }
            })
            .collect()
    }
}

fn kind(slot: &Slot) -> SlotKind {
    match &slot.kind {
        template::SlotKind::Media(MediaKind::Video) => SlotKind::Video,
        template::SlotKind::Media(MediaKind::Document) => SlotKind::Document,
        template::SlotKind::Media(_) => SlotKind::Image,
        template::SlotKind::Latitude | template::SlotKind::Longitude => SlotKind::Number,
        template::SlotKind::UrlSuffix { .. } => SlotKind::UrlSuffix,
        template::SlotKind::CopyCode => SlotKind::CouponCode,
        template::SlotKind::Expires => SlotKind::Moment,
        template::SlotKind::Text | template::SlotKind::Place | template::SlotKind::Address => {
            SlotKind::Text
        }
    }
}

/// `1` or `first_name`; for others the last word of the key.
fn label(slot: &Slot) -> String {
    if slot.label.is_empty() {
        slot.key.rsplit(':').next().unwrap_or_default().to_owned()
    } else {
        slot.label.clone()
    }
}

#[cfg(test)]
mod tests;
