//! Carousels: the number of cards, and that all of them are built alike (Meta, "Media card carousel templates").

use super::{
    super::{CARD_BODY_MAX, CARDS, Card, ComponentKind, Components, Header, ParameterFormat},
    Report, Rule, buttons, parts,
};

/// On one card.
const BUTTONS_MAX: usize = 2;

pub(super) fn check(components: &Components, format: ParameterFormat, report: &mut Report) {
    let cards = components.cards();
    let has_carousel = components
        .0
        .iter()
        .any(|component| matches!(component.kind, ComponentKind::Carousel(_)));
    if !has_carousel {
        return;
    }
    if !CARDS.contains(&cards.len()) {
        report.limited(Rule::CardCount, "cards", *CARDS.end());
    }
    let beside = components.0.iter().filter_map(|part| match part.kind {
        ComponentKind::Header(_) => Some("header"),
        ComponentKind::Footer(_) => Some("footer"),
        ComponentKind::Buttons(_) => Some("buttons"),
        ComponentKind::LimitedTimeOffer(_) => Some("offer"),
        ComponentKind::Body(_) | ComponentKind::Carousel(_) | ComponentKind::Other(_) => None,
    });
    for part in beside {
        report.error(Rule::CardsAlone, part);
    }
    for (index, card) in cards.iter().enumerate() {
        if shape(card) != shape(&cards[0]) {
            report.error(Rule::CardShape, &format!("card:{index}"));
        }
        report.prefix = format!("card:{index}:");
        one(card, format, report);
        report.prefix.clear();
    }
}

fn one(card: &Card, format: ParameterFormat, report: &mut Report) {
    let components = &card.components;
    match components.header() {
        // Products stand on cards, and have no sample.
        Some(Header::Product) => {}
        Some(header @ (Header::Media { .. } | Header::Other(_))) => {
            parts::header(header, format, report);
        }
        Some(_) | None => report.error(Rule::CardHeaderMissing, "header"),
    }
    if let Some(body) = components.body() {
        parts::body(body, CARD_BODY_MAX, format, report);
    }
    let own = components.buttons();
    if own.is_empty() || own.len() > BUTTONS_MAX {
        report.limited(Rule::CardButtons, "buttons", BUTTONS_MAX);
    }
    buttons::check(own, report);
}

/// What has to be alike: the header's format, whether there is a body, the kinds of buttons in their order.
fn shape(card: &Card) -> (Option<&str>, bool, Vec<&str>) {
    let components = &card.components;
    let buttons = components.buttons().iter();
    (
        components.header().map(Header::format),
        components.body().is_some(),
        buttons.map(|button| button.kind.name()).collect(),
    )
}
