//! Templates: what they are made of, what has to be filled in, the message that comes of it, and Meta's own rules
//! for one before it is handed in.
//!
//! Sources: Meta, "Template components", "Templates: overview", "Template review", and the pages of carousel,
//! limited-time offer and authentication templates. Reading is tolerant: Meta's own examples write kinds in
//! capitals and in small letters, and a kind never seen before is kept with its name and its JSON.

mod button;
mod check;
mod component;
mod draft;
mod fill;
mod header;
mod placeholder;
mod slot;

pub use button::{Button, ButtonKind};
pub use check::{Finding, Other, Rule, Severity, check};
pub use component::{Card, Component, ComponentKind, Components, LimitedTimeOffer, Obstacle};
pub use draft::{Draft, ParameterFormat};
pub use fill::{Given, Problem, Sending, Values, Why};
pub use header::{Header, MediaSample};
pub use placeholder::{Example, Text, Variable, placeholders, render, variables};
pub use slot::{Slot, SlotKind};

/// Characters of a text header.
pub const HEADER_MAX: usize = 60;
/// Characters of a body, also once it is filled in.
pub const BODY_MAX: usize = 1_024;
/// Characters of a body beside a limited-time offer.
pub const OFFER_BODY_MAX: usize = 600;
/// Characters of the body of a carousel card.
pub const CARD_BODY_MAX: usize = 160;
pub const FOOTER_MAX: usize = 60;
/// Characters of a limited-time offer's own text.
pub const OFFER_MAX: usize = 16;
/// Characters on a button.
pub const BUTTON_MAX: usize = 25;
pub const URL_MAX: usize = 2_000;
/// Characters of the number behind a phone button.
pub const PHONE_MAX: usize = 20;
/// Characters of a copy code; 15 until December 2025.
pub const CODE_MAX: usize = 20;
pub const NAME_MAX: usize = 512;
pub const BUTTONS_MAX: usize = 10;
pub const URL_BUTTONS_MAX: usize = 2;
pub const CARDS: std::ops::RangeInclusive<usize> = 2..=10;

#[cfg(test)]
mod tests;
