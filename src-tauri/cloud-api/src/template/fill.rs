//! From components and values to the message.

use std::collections::BTreeMap;

use veil::Redact;

use super::{
    ButtonKind, Components, Header, Obstacle, ParameterFormat, Slot, SlotKind, Text, placeholders,
    render,
};
use crate::outgoing::{
    TEMPLATE_SPACES_MAX, TemplateButton, TemplateCard, TemplateHeader, TemplateSend, TemplateValue,
};

/// A template and how to address it.
#[derive(Debug, Clone, Copy)]
pub struct Sending<'a> {
    pub name: &'a str,
    /// As the template list writes it, e.g. `pt_BR`.
    pub language: &'a str,
    pub format: ParameterFormat,
    pub components: &'a Components,
}

/// One value.
#[derive(Redact, Clone, PartialEq, Eq)]
pub enum Given {
    /// Also numbers and moments, written out.
    Text(#[redact] String),
    /// A file uploaded before. `filename` is for documents.
    Media {
        id: String,
        #[redact]
        filename: Option<String>,
    },
}

/// Values by the keys of the [`Slot`]s.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values(BTreeMap<String, Given>);

/// What is wrong with the value of one slot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {why}")]
pub struct Problem {
    /// A slot's; `body` or `card:I:body` where a text became too long as a whole; empty for the template itself.
    pub key: String,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    #[error("nothing is filled in")]
    Missing,
    #[error("line breaks and tabs are not allowed")]
    LineBreak,
    #[error("more than four spaces in a row are not allowed")]
    Spaces,
    #[error("spaces are not allowed in an address")]
    SpaceInAddress,
    #[error("{length} characters, {max} are allowed")]
    TooLong { length: usize, max: usize },
    #[error("this is not a number in the right range")]
    NotANumber,
    #[error("a file is wanted")]
    NotAFile,
    #[error("a text is wanted")]
    NotAText,
    #[error(transparent)]
    NotSendable(Obstacle),
}

impl Values {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn text(mut self, key: impl Into<String>, text: impl Into<String>) -> Self {
        self.0.insert(key.into(), Given::Text(text.into()));
        self
    }

    #[must_use]
    pub fn media(mut self, key: impl Into<String>, id: &str, filename: Option<&str>) -> Self {
        let given = Given::Media {
            id: id.to_owned(),
            filename: filename.map(str::to_owned),
        };
        self.0.insert(key.into(), given);
        self
    }

    pub fn get(&self, key: &str) -> Option<&Given> {
        self.0.get(key)
    }

    /// The text at a key without the spaces around it; empty where there is none.
    fn trimmed(&self, key: &str) -> &str {
        match self.get(key) {
            Some(Given::Text(text)) => text.trim(),
            _ => "",
        }
    }
}

impl FromIterator<(String, Given)> for Values {
    fn from_iter<I: IntoIterator<Item = (String, Given)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl Sending<'_> {
    /// Everything that keeps these values from being sent: Meta's answers 132000, 132005, 132012 and 132018,
    /// said beforehand.
    pub fn problems(&self, values: &Values) -> Vec<Problem> {
        let mut found: Vec<Problem> = self
            .components
            .obstacles()
            .into_iter()
            .map(|obstacle| Problem {
                key: String::new(),
                why: Why::NotSendable(obstacle),
            })
            .collect();
        for slot in self.components.slots() {
            let why = wrong(&slot, values.get(&slot.key));
            found.extend(why.map(|why| Problem { key: slot.key, why }));
        }
        if found.is_empty() {
            found.extend(too_long(self.components, None, values));
            for (number, card) in self.components.cards().iter().enumerate() {
                found.extend(too_long(&card.components, Some(number), values));
            }
        }
        found
    }

    /// The message, or everything that is wrong with the values.
    pub fn fill(&self, values: &Values) -> Result<TemplateSend, Vec<Problem>> {
        let problems = self.problems(values);
        if !problems.is_empty() {
            return Err(problems);
        }
        let parts = self.parts(self.components, "", values);
        let offer = self.components.offer().filter(|offer| offer.has_expiration);
        Ok(TemplateSend {
            name: self.name.to_owned(),
            language: self.language.to_owned(),
            header: parts.header,
            body: parts.body,
            buttons: parts.buttons,
            offer_expires_at: offer.and_then(|_| values.trimmed("offer:expires").parse().ok()),
            cards: self
                .components
                .cards()
                .iter()
                .enumerate()
                .map(|(number, card)| {
                    let prefix = format!("card:{number}:");
                    self.parts(&card.components, &prefix, values)
                })
                .collect(),
        })
    }

    /// What a template and a card have alike.
    fn parts(&self, components: &Components, prefix: &str, values: &Values) -> TemplateCard {
        let value = |rest: &str| values.trimmed(&format!("{prefix}{rest}"));
        let named = |label: String| (self.format == ParameterFormat::Named).then_some(label);
        let header = match components.header() {
            Some(Header::Text(text)) => {
                // Meta allows one.
                text.placeholders()
                    .into_iter()
                    .next()
                    .map(|label| TemplateHeader::Text {
                        text: value(&format!("header:{label}")).to_owned(),
                        name: named(label),
                    })
            }
            Some(Header::Media { kind, .. }) => {
                match values.get(&format!("{prefix}header:media")) {
                    Some(Given::Media { id, filename }) => Some(TemplateHeader::Media {
                        kind: *kind,
                        id: id.clone(),
                        filename: filename.clone(),
                    }),
                    _ => None,
                }
            }
            Some(Header::Location) => Some(TemplateHeader::Location {
                latitude: degrees(value("header:latitude"), 90.0).unwrap_or_default(),
                longitude: degrees(value("header:longitude"), 180.0).unwrap_or_default(),
                name: value("header:place").to_owned(),
                address: value("header:address").to_owned(),
            }),
            _ => None,
        };
        let labels = components.body().map(Text::placeholders);
        let body = labels
            .unwrap_or_default()
            .into_iter()
            .map(|label| TemplateValue {
                text: value(&format!("body:{label}")).to_owned(),
                name: named(label),
            })
            .collect();
        let buttons = (0_u8..)
            .zip(components.buttons())
            .filter_map(|(index, button)| {
                let own = value(&format!("button:{index}")).to_owned();
                match &button.kind {
                    ButtonKind::Url { url, .. } if !placeholders(url).is_empty() => {
                        Some(TemplateButton::Url { index, text: own })
                    }
                    ButtonKind::CopyCode { .. } => {
                        Some(TemplateButton::CopyCode { index, code: own })
                    }
                    // Has to be named, though it needs no token (Meta, "Sending a flow").
                    ButtonKind::Flow => Some(TemplateButton::Flow { index, token: None }),
                    _ => None,
                }
            })
            .collect();
        TemplateCard {
            header,
            body,
            buttons,
        }
    }
}

fn wrong(slot: &Slot, given: Option<&Given>) -> Option<Why> {
    let text = match (&slot.kind, given) {
        (_, None) => return Some(Why::Missing),
        (SlotKind::Media(_), Some(Given::Media { id, .. })) => {
            return id.is_empty().then_some(Why::Missing);
        }
        (SlotKind::Media(_), Some(Given::Text(_))) => return Some(Why::NotAFile),
        (_, Some(Given::Media { .. })) => return Some(Why::NotAText),
        (_, Some(Given::Text(text))) => text.trim(),
    };
    if text.is_empty() {
        return Some(Why::Missing);
    }
    if text.contains(['\n', '\r', '\t']) {
        return Some(Why::LineBreak);
    }
    if text.contains(&" ".repeat(TEMPLATE_SPACES_MAX + 1)) {
        return Some(Why::Spaces);
    }
    match slot.kind {
        SlotKind::Latitude => degrees(text, 90.0).is_none().then_some(Why::NotANumber),
        SlotKind::Longitude => degrees(text, 180.0).is_none().then_some(Why::NotANumber),
        SlotKind::Expires => {
            let moment = text.parse::<i64>().ok().filter(|ms| *ms > 0);
            moment.is_none().then_some(Why::NotANumber)
        }
        SlotKind::UrlSuffix { .. } if text.contains(char::is_whitespace) => {
            Some(Why::SpaceInAddress)
        }
        _ => {
            let length = text.chars().count();
            let max = slot.max.filter(|max| length > *max)?;
            Some(Why::TooLong { length, max })
        }
    }
}

/// Header and body as wholes.
fn too_long(components: &Components, card: Option<usize>, values: &Values) -> Vec<Problem> {
    let prefix = card.map_or_else(String::new, |number| format!("card:{number}:"));
    let header = match components.header() {
        Some(Header::Text(text)) => Some(("header", text, super::HEADER_MAX)),
        _ => None,
    };
    let body = components.body();
    let body = body.map(|text| ("body", text, components.body_max(card)));
    header
        .into_iter()
        .chain(body)
        .filter_map(|(part, text, max)| {
            let filled = render(&text.text, |label| {
                Some(values.trimmed(&format!("{prefix}{part}:{label}")))
            });
            let length = filled.chars().count();
            (length > max).then(|| Problem {
                key: format!("{prefix}{part}"),
                why: Why::TooLong { length, max },
            })
        })
        .collect()
}

/// With a point or a comma.
fn degrees(text: &str, max: f64) -> Option<f64> {
    let number: f64 = text.replace(',', ".").parse().ok()?;
    (number.is_finite() && number.abs() <= max).then_some(number)
}
