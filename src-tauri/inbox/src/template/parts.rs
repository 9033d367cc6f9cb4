//! A template's parts as the window shows them.

use super::Template;
use crate::view::{
    TemplateButtonView, TemplateCardView, TemplateHeaderView, TemplateOfferView, TemplateParts,
};
use cloud_api::template::{Button, ButtonKind, ComponentKind, Components, Header};

impl Template {
    pub(crate) fn parts(&self) -> TemplateParts {
        let components = &self.components;
        TemplateParts {
            header: components.header().map(header),
            body: body(components),
            footer: components.footer().map(str::to_owned),
            buttons: components.buttons().iter().map(button).collect(),
            cards: components
                .cards()
                .iter()
                .map(|card| TemplateCardView {
                    header: card.components.header().map(header),
                    body: body(&card.components),
                    buttons: card.components.buttons().iter().map(button).collect(),
                })
                .collect(),
            offer: components.offer().map(|offer| TemplateOfferView {
                text: offer.text.clone(),
                has_expiration: offer.has_expiration,
            }),
            unknown: components
                .0
                .iter()
                .filter_map(|component| match &component.kind {
                    ComponentKind::Other(name) => Some(name.to_ascii_lowercase()),
                    _ => None,
                })
                .collect(),
        }
    }
}

pub(super) fn body(components: &Components) -> String {
    components
        .body()
        .map(|body| body.text.clone())
        .unwrap_or_default()
}

/// `image`, `video` … of a heading that is no text.
pub(super) fn header_kind(components: &Components) -> Option<String> {
    match components.header() {
        Some(Header::Text(_)) | None => None,
        Some(header) => Some(header.format().to_ascii_lowercase()),
    }
}

fn header(header: &Header) -> TemplateHeaderView {
    TemplateHeaderView {
        kind: header.format().to_ascii_lowercase(),
        text: match header {
            Header::Text(text) => Some(text.text.clone()),
            _ => None,
        },
    }
}

fn button(button: &Button) -> TemplateButtonView {
    let (url, phone) = match &button.kind {
        ButtonKind::Url { url, .. } => (Some(url.clone()), None),
        ButtonKind::PhoneNumber { number } => (None, Some(number.clone())),
        _ => (None, None),
    };
    TemplateButtonView {
        kind: button.kind.name().to_ascii_lowercase(),
        text: button.text.clone(),
        url,
        phone,
    }
}
