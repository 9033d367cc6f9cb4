//! The customer service window: when a customer may be answered freely.
//!
//! Source: Meta, "Send messages: customer service windows". A user message or call starts 24 hours, or starts
//! them anew. Key is (business number, customer). The end is derived from the newest inbound's Meta
//! timestamp, never stored; our own messages, statuses, imports and history never move it.
//! The 72 hours after an ad click are a price rule ("Pricing: free entry point windows") and permit nothing.

use crate::view::WindowView;
use cloud_api::webhook::Content;

/// 24 hours in milliseconds.
pub const LENGTH: i64 = 24 * 60 * 60 * 1000;
/// How long before the end free text is refused unless the shop chose otherwise: Meta checks when it
/// processes, not when we send.
pub const DEFAULT_MARGIN: i64 = 60 * 1000;

/// What is known of one thread's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// Effective time of the newest inbound that opens the window.
    pub inbound_at: Option<i64>,
    /// When Meta last answered 131047 or failed a message with it.
    pub closed_by_meta_at: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    Open {
        closes_at: i64,
    },
    Closed {
        since: i64,
        by_meta: bool,
    },
    /// The customer never wrote to this number.
    Never,
}

impl Known {
    /// From the thread's cached columns, where -1 means none.
    pub fn from_columns(inbound_at: i64, closed_at: i64) -> Self {
        let known = |at: i64| (at >= 0).then_some(at);
        Self {
            inbound_at: known(inbound_at),
            closed_by_meta_at: known(closed_at),
        }
    }

    /// The window at `now`.
    ///
    /// Meta's word that it is closed outweighs every inbound up to that time: seconds are all an inbound's
    /// timestamp has, so at a tie the window stays closed.
    pub fn at(self, now: i64) -> Window {
        let Some(inbound_at) = self.inbound_at else {
            return Window::Never;
        };
        let closes_at = inbound_at + LENGTH;
        match self.closed_by_meta_at {
            Some(closed) if closed >= inbound_at && closed < closes_at => Window::Closed {
                since: closed,
                by_meta: true,
            },
            _ if now < closes_at => Window::Open { closes_at },
            _ => Window::Closed {
                since: closes_at,
                by_meta: false,
            },
        }
    }

    /// When it ends or ended, by Meta's word too; `None`: there never was one.
    pub fn ends_at(self) -> Option<i64> {
        match self.at(i64::MAX) {
            Window::Open { closes_at } => Some(closes_at),
            Window::Closed { since, .. } => Some(since),
            Window::Never => None,
        }
    }

    /// As the window is shown. `unsure_since`: the relay has been out of reach since then.
    pub fn view(self, now: i64, margin: i64, unsure_since: Option<i64>) -> WindowView {
        match self.at(now) {
            Window::Open { closes_at } => WindowView::Open {
                closes_at,
                refuse_from: closes_at - margin,
                unsure_since,
            },
            Window::Closed { since, by_meta } => WindowView::Closed {
                since,
                by_meta,
                unsure_since,
            },
            Window::Never => WindowView::Never { unsure_since },
        }
    }
}

/// The effective time of an inbound: Meta's timestamp, but never later than its arrival.
pub fn effective(timestamp: i64, arrived_ms: i64) -> i64 {
    timestamp.min(arrived_ms)
}

/// Whether an inbound message of this kind opens the window.
///
/// Yes for what Meta calls a user message, button and list replies included. Reactions, edits and revocations
/// are nowhere said to, so they do not; system lines are Meta's own. `unsupported` is a message we cannot
/// show, unless Meta names one of the acts that would not count either.
pub fn opened_by(content: &Content) -> bool {
    match content {
        Content::Text { .. }
        | Content::Media(_)
        | Content::Location { .. }
        | Content::Contacts { .. }
        | Content::Button { .. }
        | Content::ButtonReply { .. }
        | Content::ListReply { .. }
        | Content::FlowReply { .. }
        | Content::InteractiveOther { .. }
        | Content::Order { .. } => true,
        Content::Unsupported { kind, .. } => !matches!(
            kind.as_deref(),
            Some(
                "edit"
                    | "reaction"
                    | "pin"
                    | "keep_in_chat"
                    | "poll_update"
                    | "group_invite"
                    | "errors"
                    | "deleted"
            )
        ),
        _ => false,
    }
}
