//! What a webhook tells that is no message: calls, preferences, templates, the account.

use serde_json::Value;
use veil::Redact;

use super::Peer;

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
