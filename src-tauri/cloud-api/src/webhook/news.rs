//! What a webhook tells that is no message: calls, preferences, templates, the account.

use serde_json::Value;
use veil::Redact;

use super::Peer;
use crate::read::{self, part, text};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub id: String,
    pub peer: Peer,
    pub at: Option<i64>,
    /// `connect`, `terminate`, `RINGING`, `ACCEPTED`, `REJECTED` … as Meta sent it.
    pub event: String,
    /// `USER_INITIATED`: the customer called us.
    pub from_customer: bool,
}

impl Call {
    /// A customer's call, answered or not, and a customer's yes to our call open the window
    /// (Meta, "Calling: pricing").
    pub fn opens_window(&self) -> bool {
        (self.from_customer && self.event == "connect")
            || (!self.from_customer && self.event.eq_ignore_ascii_case("accepted"))
    }
}

#[derive(Redact, Clone, PartialEq, Eq)]
pub struct UserPreference {
    pub peer: Peer,
    /// `marketing_messages` so far.
    pub category: String,
    /// `stop` or `resume`.
    pub value: String,
    #[redact]
    pub detail: Option<String>,
    pub at: Option<i64>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TemplateNews {
    /// `message_template_id`, as a string (Meta sends a number).
    pub template_id: Option<String>,
    pub name: String,
    /// With an underscore, as the API wants it back (`en-US` becomes `en_US`).
    pub language: String,
    pub change: TemplateChange,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TemplateChange {
    /// `event`, `reason`, and the rest as sent (disable_info, other_info, rejection_info).
    Status {
        event: String,
        reason: Option<String>,
        detail: Value,
    },
    Quality {
        previous: Option<String>,
        new: String,
    },
    Components {
        raw: Value,
    },
    /// `correct` set: still to come, at `due`. Else done.
    Category {
        previous: Option<String>,
        new: Option<String>,
        correct: Option<String>,
        due: Option<i64>,
    },
}

/// `rejection_info` (Meta, "message_template_status_update"): Meta's own words, in English.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rejection {
    pub reason: Option<String>,
    pub recommendation: Option<String>,
}

/// `other_info`: why a template was paused, locked or let go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherInfo {
    /// FIRST_PAUSE, SECOND_PAUSE, RATE_LIMITING_PAUSE, UNPAUSE, DISABLED …
    pub title: String,
    /// Meta's own words, in English; for a pause they name its end.
    pub description: Option<String>,
}

const HOUR_MS: i64 = 60 * 60 * 1_000;

impl TemplateChange {
    /// The rest of a status update as sent; null for other news.
    fn detail(&self) -> &Value {
        match self {
            Self::Status { detail, .. } => detail,
            _ => &Value::Null,
        }
    }

    /// What was wrong, where Meta says it (only with INVALID_FORMAT).
    pub fn rejection(&self) -> Option<Rejection> {
        let info = part(self.detail(), "rejection_info");
        let rejection = Rejection {
            reason: text(info, "reason"),
            recommendation: text(info, "recommendation"),
        };
        (rejection != Rejection::default()).then_some(rejection)
    }

    pub fn other_info(&self) -> Option<OtherInfo> {
        let info = part(self.detail(), "other_info");
        Some(OtherInfo {
            title: text(info, "title")?,
            description: text(info, "description"),
        })
    }

    /// When a paused template comes back by itself, Unix milliseconds. Meta names the moment in words only; the
    /// first pause takes 3 hours, the second 6 (Meta, "Template pausing"). `at` is when the news was sent.
    pub fn paused_until(&self, at: i64) -> Option<i64> {
        let Self::Status { event, .. } = self else {
            return None;
        };
        if event != "PAUSED" {
            return None;
        }
        let hours = match self.other_info()?.title.as_str() {
            "FIRST_PAUSE" => 3,
            "SECOND_PAUSE" => 6,
            _ => return None,
        };
        Some(at + hours * HOUR_MS)
    }

    /// `disable_info.disable_date`, Unix milliseconds.
    pub fn disabled_at(&self) -> Option<i64> {
        read::moment(part(self.detail(), "disable_info"), "disable_date")
    }
}

#[derive(Redact, Clone, PartialEq, Eq)]
pub struct AddressBookEntry {
    pub peer: Peer,
    #[redact]
    pub name: Option<String>,
    #[redact]
    pub username: Option<String>,
    pub removed: bool,
    pub at: Option<i64>,
}

/// News that is no message. `kind` says which field it came in.
#[derive(Redact, Clone, PartialEq)]
pub struct Notice {
    pub kind: NoticeKind,
    /// Meta's `event`, `decision`, `status` or `type`; the error code for `AccountError`.
    pub event: String,
    /// The whole `value` as sent.
    #[redact]
    pub detail: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    AccountUpdate,
    AccountAlert,
    AccountReview,
    AccountSettings,
    /// `value.errors` of a `messages` change.
    AccountError,
    Capability,
    NumberQuality,
    NumberName,
    Security,
    Handover,
    Flow,
    BusinessUsername,
    /// A chunk of a coexistence import: `event` is its phase, 0 to 2, `detail` its `metadata` (progress in per cent).
    HistoryImport,
}
