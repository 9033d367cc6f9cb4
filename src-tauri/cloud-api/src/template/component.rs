//! A template taken apart.

use serde_json::Value;

use super::{Button, Header, Text};
use crate::read::{self, part};

/// All components of a template or of a carousel card, in Meta's order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Components(pub Vec<Component>);

/// One component and the JSON it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    pub kind: ComponentKind,
    pub raw: Value,
}

/// Meta, "Template components".
#[derive(Debug, Clone, PartialEq)]
pub enum ComponentKind {
    Header(Header),
    /// Empty text where Meta words it (authentication).
    Body(Text),
    Footer(String),
    Buttons(Vec<Button>),
    /// Meta, "Media card carousel templates".
    Carousel(Vec<Card>),
    /// Meta, "Limited-time offer templates".
    LimitedTimeOffer(LimitedTimeOffer),
    /// Known to nobody here, by Meta's name for it.
    Other(String),
}

/// One card of a carousel.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub components: Components,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitedTimeOffer {
    pub text: String,
    /// The moment it ends is given for each send.
    pub has_expiration: bool,
}

/// Why a template cannot be sent from here, with Meta's name of what is in the way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    #[error("a part of the kind {0} cannot be sent from here yet")]
    Component(String),
    #[error("a header of the kind {0} cannot be sent from here yet")]
    Header(String),
    #[error("a button of the kind {0} cannot be sent from here yet")]
    Button(String),
    #[error("the template has no text")]
    NoBody,
}

impl Components {
    /// Reads the list as Meta wrote it. Nothing is dropped, whatever it is.
    pub fn read(list: &[Value]) -> Self {
        Self(list.iter().map(Component::read).collect())
    }

    /// Reads stored JSON; what is no list has no components.
    pub fn parse(json: &str) -> Self {
        serde_json::from_str::<Vec<Value>>(json)
            .map(|list| Self::read(&list))
            .unwrap_or_default()
    }

    /// As they were read.
    pub fn to_json(&self) -> Vec<Value> {
        self.0.iter().map(|c| c.raw.clone()).collect()
    }

    pub fn header(&self) -> Option<&Header> {
        self.find(|kind| match kind {
            ComponentKind::Header(header) => Some(header),
            _ => None,
        })
    }

    pub fn body(&self) -> Option<&Text> {
        self.find(|kind| match kind {
            ComponentKind::Body(text) => Some(text),
            _ => None,
        })
    }

    pub fn footer(&self) -> Option<&str> {
        self.find(|kind| match kind {
            ComponentKind::Footer(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// Empty where there are none.
    pub fn buttons(&self) -> &[Button] {
        self.find(|kind| match kind {
            ComponentKind::Buttons(buttons) => Some(buttons.as_slice()),
            _ => None,
        })
        .unwrap_or_default()
    }

    /// Empty where there is no carousel.
    pub fn cards(&self) -> &[Card] {
        self.find(|kind| match kind {
            ComponentKind::Carousel(cards) => Some(cards.as_slice()),
            _ => None,
        })
        .unwrap_or_default()
    }

    pub fn offer(&self) -> Option<&LimitedTimeOffer> {
        self.find(|kind| match kind {
            ComponentKind::LimitedTimeOffer(offer) => Some(offer),
            _ => None,
        })
    }

    fn find<'a, T>(&'a self, wanted: impl Fn(&'a ComponentKind) -> Option<T>) -> Option<T> {
        self.0.iter().find_map(|c| wanted(&c.kind))
    }

    /// Everything that keeps the template from being sent from here; empty where it can be.
    pub fn obstacles(&self) -> Vec<Obstacle> {
        let mut found = self.own_obstacles();
        if self.body().is_none_or(|body| body.text.trim().is_empty()) {
            found.push(Obstacle::NoBody);
        }
        for card in self.cards() {
            found.extend(card.components.own_obstacles());
        }
        found
    }

    fn own_obstacles(&self) -> Vec<Obstacle> {
        let mut found = Vec::new();
        for component in &self.0 {
            match &component.kind {
                ComponentKind::Header(
                    header @ (Header::Gif(_) | Header::Product | Header::Other(_)),
                ) => found.push(Obstacle::Header(header.format().to_owned())),
                ComponentKind::Buttons(buttons) => found.extend(
                    buttons
                        .iter()
                        .filter(|button| !button.is_sendable())
                        .map(|button| Obstacle::Button(button.kind.name().to_owned())),
                ),
                ComponentKind::Other(name) => found.push(Obstacle::Component(name.clone())),
                _ => {}
            }
        }
        found
    }
}

impl Component {
    fn read(raw: &Value) -> Self {
        let name = read::text_or_empty(raw, "type").to_ascii_uppercase();
        let kind = match name.as_str() {
            "HEADER" => ComponentKind::Header(Header::read(raw)),
            "BODY" => ComponentKind::Body(Text::read(raw, "body")),
            "FOOTER" => ComponentKind::Footer(read::text_or_empty(raw, "text")),
            "BUTTONS" => ComponentKind::Buttons(
                read::list(raw, "buttons")
                    .iter()
                    .map(Button::read)
                    .collect(),
            ),
            "CAROUSEL" => ComponentKind::Carousel(
                read::list(raw, "cards")
                    .iter()
                    .map(|card| Card {
                        components: Components::read(read::list(card, "components")),
                    })
                    .collect(),
            ),
            "LIMITED_TIME_OFFER" => {
                let offer = part(raw, "limited_time_offer");
                ComponentKind::LimitedTimeOffer(LimitedTimeOffer {
                    text: read::text_or_empty(offer, "text"),
                    has_expiration: read::flag(offer, "has_expiration"),
                })
            }
            _ => ComponentKind::Other(name),
        };
        Self {
            kind,
            raw: raw.clone(),
        }
    }
}
