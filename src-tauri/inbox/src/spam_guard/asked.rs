//! How much of a message its reader did not ask for: the weight with which it counts towards a crowd.
//!
//! The conversation decides first, the wording second. Two deviations from a plain "they wrote within a day": a
//! customer whose last word was "thanks" waits for nothing, so what comes hours later is no answer; and an
//! acknowledgement is one by its words, because a short line may as well be a small advert ("new cakes are here!").

use super::person::{Exchange, Standing};
use super::send::Send;
use super::text::Reading;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Answer,
    /// Part of an exchange that is going on.
    Exchange,
    /// We had said that we would come back, or they left a question of ours open.
    Promised,
    Reminder,
    /// A template that the consent covers.
    Consented,
    Acknowledgement,
    /// About their own order, appointment or payment, or about what they wrote in the last two days.
    Personal,
    /// Advertising as the answer to an open question about something else, or about what they asked the price of lately.
    SidePromotion,
    /// What came with an answer and is about something else: a price, an offer, "by the way".
    Aside,
    Unasked,
}

impl Asked {
    /// It may also be the same circular that others got: the benefit of the doubt.
    pub fn is_doubtful(self) -> bool {
        matches!(self, Self::Exchange | Self::Promised | Self::Reminder)
    }

    pub fn weight(self) -> f32 {
        match self {
            Self::Answer | Self::Exchange | Self::Promised | Self::Reminder | Self::Consented => {
                0.0
            }
            Self::Acknowledgement => 0.05,
            Self::Personal | Self::SidePromotion => 0.2,
            Self::Aside | Self::Unasked => 1.0,
        }
    }
}

/// For everything but templates that a consent covers.
pub(super) fn asked(exchange: Option<&Exchange>, send: &Send<'_>, reading: &Reading) -> Asked {
    let nothing = Exchange::default();
    let exchange = exchange.unwrap_or(&nothing);
    let now = send.at;
    let sells = reading.is_advertising();
    let standing = exchange.standing(now);
    if send.automatic && exchange.last_in.is_some() && standing != Standing::Apart {
        return Asked::Answer;
    }
    let beside = standing == Standing::Going && exchange.is_aside(reading, now);
    // Whoever comes through an advert wants to hear of it; whoever asked for something and was told it does not.
    let wants = exchange.wants_offers(now);
    let lead = exchange.is_first_contact(&send.recipient, now);
    if lead && beside && !wants {
        return Asked::Aside;
    }
    let invited = wants || lead;
    // An answer that advertises is still one if it is about what they asked.
    let answers = standing == Standing::Open && exchange.mentioned(reading, now);
    if !sells || invited || answers {
        match standing {
            Standing::Open => return Asked::Answer,
            Standing::Going if beside && !invited => return Asked::Aside,
            Standing::Going => return Asked::Exchange,
            Standing::Apart => {}
        }
    }
    if !sells && exchange.awaits_word(now) {
        return Asked::Promised;
    }
    if !sells && exchange.may_be_reminded(now) {
        return Asked::Reminder;
    }
    if reading.acknowledges {
        return Asked::Acknowledgement;
    }
    if !sells && (reading.is_own_matter() || exchange.mentioned(reading, now)) {
        return Asked::Personal;
    }
    if sells
        && (standing == Standing::Open
            || exchange.asked_offers_lately(now) && exchange.mentioned(reading, now))
    {
        return Asked::SidePromotion;
    }
    Asked::Unasked
}
