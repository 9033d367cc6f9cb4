//! What has to be filled in before a template can be sent, by key.
//!
//! Keys: `header:LABEL`, `header:media`, `header:latitude`, `header:longitude`, `header:place`, `header:address`,
//! `body:LABEL`, `button:N` (the end of an address, a copy code), `offer:expires`, and for carousels
//! `card:I:header:media`, `card:I:body:LABEL`, `card:I:button:N`. `N` and `I` count from 0, as Meta's `index`
//! and `card_index` do.

use super::{
    BODY_MAX, Button, ButtonKind, CARD_BODY_MAX, CODE_MAX, Components, HEADER_MAX, Header,
    OFFER_BODY_MAX, Text, URL_MAX, placeholders,
};
use crate::webhook::MediaKind;

/// One value that a send needs. All of them are required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub key: String,
    pub kind: SlotKind,
    /// The variable's number or name; empty for slots that are no variable of a text.
    pub label: String,
    /// The sample that Meta's reviewers saw.
    pub example: Option<String>,
    /// Characters that are left for this value if the others were empty.
    pub max: Option<usize>,
    /// The carousel card it belongs to.
    pub card: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotKind {
    /// A variable in the header's or the body's text.
    Text,
    /// A file of this kind, uploaded before.
    Media(MediaKind),
    /// Degrees, -90 to 90.
    Latitude,
    /// Degrees, -180 to 180.
    Longitude,
    /// The place's name.
    Place,
    Address,
    /// Stands for the variable in this address.
    UrlSuffix {
        url: String,
    },
    CopyCode,
    /// Unix milliseconds.
    Expires,
}

impl Components {
    /// Every slot, in the order a person fills them: header, body, offer, buttons, cards.
    pub fn slots(&self) -> Vec<Slot> {
        let mut slots = Vec::new();
        self.add_slots("", None, &mut slots);
        for (number, card) in self.cards().iter().enumerate() {
            let prefix = format!("card:{number}:");
            card.components.add_slots(&prefix, Some(number), &mut slots);
        }
        slots
    }

    /// Characters that the body may have once it is filled in.
    pub(super) fn body_max(&self, card: Option<usize>) -> usize {
        match card {
            Some(_) => CARD_BODY_MAX,
            None if self.offer().is_some() => OFFER_BODY_MAX,
            None => BODY_MAX,
        }
    }

    fn add_slots(&self, prefix: &str, card: Option<usize>, slots: &mut Vec<Slot>) {
        let mut add = |rest: String, kind, label: &str, example: Option<String>, max| {
            slots.push(Slot {
                key: format!("{prefix}{rest}"),
                kind,
                label: label.to_owned(),
                example,
                max,
                card,
            });
        };
        let mut add_text = |part: &str, text: &Text, max: usize| {
            let left = max.saturating_sub(super::render(&text.text, |_| Some("")).chars().count());
            for label in text.placeholders() {
                let example = text.example(&label).map(str::to_owned);
                add(
                    format!("{part}:{label}"),
                    SlotKind::Text,
                    &label,
                    example,
                    Some(left),
                );
            }
        };
        let mut places = Vec::new();
        match self.header() {
            Some(Header::Text(text)) => add_text("header", text, HEADER_MAX),
            Some(Header::Media { kind, .. }) => places.push(("media", SlotKind::Media(*kind))),
            Some(Header::Location) => places.extend([
                ("latitude", SlotKind::Latitude),
                ("longitude", SlotKind::Longitude),
                ("place", SlotKind::Place),
                ("address", SlotKind::Address),
            ]),
            Some(Header::Gif(_) | Header::Product | Header::Other(_)) | None => {}
        }
        if let Some(body) = self.body() {
            add_text("body", body, self.body_max(card));
        }
        for (name, kind) in places {
            add(format!("header:{name}"), kind, "", None, None);
        }
        if self.offer().is_some_and(|offer| offer.has_expiration) {
            add(
                "offer:expires".to_owned(),
                SlotKind::Expires,
                "",
                None,
                None,
            );
        }
        for (index, button) in self.buttons().iter().enumerate() {
            if let Some((kind, example, max)) = button_slot(button) {
                add(format!("button:{index}"), kind, "", example, Some(max));
            }
        }
    }
}

fn button_slot(button: &Button) -> Option<(SlotKind, Option<String>, usize)> {
    match &button.kind {
        ButtonKind::Url { url, example } if !placeholders(url).is_empty() => {
            let fixed = super::render(url, |_| Some("")).chars().count();
            // Meta lists the sample as a whole address; a person fills in its end.
            let start = url.split("{{").next().unwrap_or_default();
            let example = example.as_deref().map(|whole| {
                let end = whole.strip_prefix(start).unwrap_or(whole);
                end.to_owned()
            });
            let kind = SlotKind::UrlSuffix { url: url.clone() };
            Some((kind, example, URL_MAX.saturating_sub(fixed)))
        }
        ButtonKind::CopyCode { example } => Some((SlotKind::CopyCode, example.clone(), CODE_MAX)),
        _ => None,
    }
}
