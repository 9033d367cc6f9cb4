//! A template that exists, as a draft that says the same.

use super::{super::Template, button};
use crate::view::{DraftButton, DraftCard, DraftHeader, DraftOffer, SlotValue, TemplateDraft};
use cloud_api::{
    template::{Button, Card, ComponentKind, Components, Header},
    webhook::MediaKind,
};

/// A draft that says what the template says now; `None` where it has parts that cannot be written here, and an edit
/// would lose. Its sample files have to be given anew: Meta takes no old ones.
pub(crate) fn of_template(template: &Template, id: String, now: i64) -> Option<TemplateDraft> {
    let components = &template.components;
    let unknown = |kind: &ComponentKind| matches!(kind, ComponentKind::Other(_));
    if components
        .0
        .iter()
        .any(|component| unknown(&component.kind))
    {
        return None;
    }
    let header = match components.header() {
        None => None,
        Some(header) => Some(heading(header)?),
    };
    let cards = components.cards().iter().map(card);
    let samples = components.slots().into_iter().filter_map(|slot| {
        Some(SlotValue {
            text: slot.example?,
            key: slot.key,
        })
    });
    Some(TemplateDraft {
        id,
        name: template.row.name.clone(),
        language: template.row.language.clone(),
        category: template.row.category.clone(),
        header,
        body: text(components),
        footer: components.footer().unwrap_or_default().to_owned(),
        buttons: buttons(components.buttons())?,
        cards: cards.collect::<Option<_>>()?,
        offer: components.offer().map(|offer| DraftOffer {
            text: offer.text.clone(),
            has_expiration: offer.has_expiration,
        }),
        samples: samples.collect(),
        edits: Some(template.row.template_id.clone()).filter(|id| !id.is_empty()),
        changed_at: now,
    })
}

fn heading(header: &Header) -> Option<DraftHeader> {
    let text = match header {
        Header::Gif(_) | Header::Product | Header::Other(_) => return None,
        Header::Text(text) => text.text.clone(),
        Header::Media { .. } | Header::Location => String::new(),
    };
    Some(DraftHeader {
        kind: header.format().to_ascii_lowercase(),
        text,
        file: None,
    })
}

fn card(card: &Card) -> Option<DraftCard> {
    let components = &card.components;
    let written = |kind: &ComponentKind| {
        matches!(
            kind,
            ComponentKind::Header(_) | ComponentKind::Body(_) | ComponentKind::Buttons(_)
        )
    };
    if !components
        .0
        .iter()
        .all(|component| written(&component.kind))
    {
        return None;
    }
    let header = components.header().filter(|header| {
        let kind = |kind: &MediaKind| matches!(kind, MediaKind::Image | MediaKind::Video);
        matches!(header, Header::Media { kind: found, .. } if kind(found))
    });
    Some(DraftCard {
        header: heading(header?)?,
        body: text(components),
        buttons: buttons(components.buttons())?,
    })
}

fn text(components: &Components) -> String {
    components
        .body()
        .map(|body| body.text.clone())
        .unwrap_or_default()
}

fn buttons(all: &[Button]) -> Option<Vec<DraftButton>> {
    all.iter().map(button::read).collect()
}
