//! One table: what each of Meta's error codes asks of us.
//!
//! Source: Meta, "Error codes" (Cloud API) and the pages of the features the codes belong to. Decisions are
//! made on the code alone; titles are Meta's to change and only ever shown.

mod table;

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use veil::Redact;

use Action::{FixRequest, Retry, RetryLater, SignIn, Tell};
pub use table::{OPT_IN_MISSING, OPTED_OUT, RULES};
use table::{rule, stop};

/// An error as a Graph answer carries it. `Debug` hides `details`, which may hold a phone number.
#[derive(Redact, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// 0 where the answer held none (a bare 429).
    pub code: i64,
    pub subcode: Option<i64>,
    /// `message` without the leading `(#code)`.
    pub title: String,
    /// `error_data.details`.
    #[redact]
    pub details: Option<String>,
    /// To be named when asking Meta's support.
    pub fbtrace_id: Option<String>,
}

impl ApiError {
    /// The code that says what happened. Template management answers 100, "Invalid parameter", and names the
    /// true reason in the subcode (Meta, "Error codes": template creation, 2388xxx).
    pub fn deciding_code(&self) -> i64 {
        match (self.code, self.subcode) {
            (100, Some(subcode @ 2_388_000..=2_388_999)) => subcode,
            _ => self.code,
        }
    }
}

/// What to do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A passing fault: once more, after growing pauses. Never blindly after a doubtful send.
    Retry,
    /// Throttled: once more, later and slower.
    RetryLater,
    /// Throttled for this one recipient: 4^X seconds. Others go on.
    RetryLaterForRecipient,
    /// The customer service window is closed: close it here too and offer a template.
    CloseWindow,
    /// Choose or mend a template.
    TemplateProblem,
    /// The token or its permissions: nothing can be sent until somebody signs in again.
    SignIn,
    /// Cannot be reached for now; not to be retried by itself.
    RecipientUnreachable,
    /// Gets no marketing from us for now (at least 24 hours); anything else still works.
    NoMarketingForNow,
    /// The customer stopped marketing: an opt-out like any other.
    RecordOptOut,
    /// The number or the account is at risk or out of service: nothing more goes out, the owner is told.
    StopEverything,
    /// Registration or PIN: the set-up screen.
    SetUp,
    /// The customer's identity changed: make sure who it is before writing again.
    CheckIdentity,
    /// We blocked this customer ourselves: unblock, or leave it.
    Unblock,
    /// Cannot be addressed by business-scoped id here: the phone number is needed.
    AskForPhone,
    /// Start the list again from its first page.
    RestartList,
    /// The file is refused: another format, codec or size.
    FixFile,
    /// Inbound: show a placeholder, and where media failed ask the customer to send it again.
    ShowPlaceholder,
    /// Our request is wrong.
    FixRequest,
    /// Nothing to do but say so.
    Tell,
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct ErrorRule {
    pub codes: RangeInclusive<i64>,
    pub action: Action,
    /// Stable key of the sentence that the window shows.
    pub name: &'static str,
    /// A running campaign must not go on to the next recipient.
    pub stops_campaign: bool,
}

impl ErrorRule {
    /// Meta refused for lack of capacity or pace: the message was certainly not taken.
    pub fn is_throttle(&self) -> bool {
        matches!(
            self.action,
            Action::RetryLater | Action::RetryLaterForRecipient
        )
    }
}

static UNKNOWN: ErrorRule = rule(0..=0, Tell, "unknown");
static UNKNOWN_REQUEST: ErrorRule = rule(0..=0, FixRequest, "request_refused");
static UNKNOWN_ACCESS: ErrorRule = stop(0..=0, SignIn, "access_refused");
static UNKNOWN_THROTTLE: ErrorRule = rule(0..=0, RetryLater, "too_many_requests");
static UNKNOWN_FAULT: ErrorRule = rule(0..=0, Retry, "service_fault");

/// The row of a code; of the HTTP status where nobody knows the code. `http_status` is `None` for the errors
/// that stand in webhooks.
///
/// Code 0 is Meta's "cannot authenticate", but also what stands for a missing code: it is believed only
/// where the HTTP status says the same.
pub fn classify(code: i64, http_status: Option<u16>) -> &'static ErrorRule {
    if code != 0 || matches!(http_status, Some(400 | 401 | 403)) {
        let at = RULES.partition_point(|rule| *rule.codes.end() < code);
        if let Some(rule) = RULES.get(at).filter(|rule| rule.codes.contains(&code)) {
            return rule;
        }
    }
    match http_status {
        Some(401 | 403) => &UNKNOWN_ACCESS,
        Some(429) => &UNKNOWN_THROTTLE,
        Some(400..=499) => &UNKNOWN_REQUEST,
        Some(500..=599) => &UNKNOWN_FAULT,
        _ => &UNKNOWN,
    }
}

#[cfg(test)]
mod tests;
