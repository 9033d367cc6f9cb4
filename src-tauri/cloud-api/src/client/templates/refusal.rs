//! Why a template was not taken, changed or deleted.

use super::super::CallError;
use crate::error::{ApiError, ErrorRule};

/// What a refusal is about (Meta, "Error codes": template creation).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TemplateRefusal {
    /// The account has as many templates as it may have.
    LimitReached,
    /// A template of this name and language was deleted not long ago: its name is blocked for up to 30 days.
    NameBlocked,
    /// There is one of this name in this language.
    NameTaken,
    /// Neither approved, rejected nor paused: it cannot be edited now.
    StatusFixed,
    TooLong,
    Header,
    Body,
    Footer,
    TooManyVariables,
    VariableAtEdge,
    /// Meta's own words say more.
    Other,
}

impl TemplateRefusal {
    pub(super) fn of(error: &ApiError) -> Self {
        match error.deciding_code() {
            2_388_019 => Self::LimitReached,
            2_388_023 => Self::NameBlocked,
            2_388_024 => Self::NameTaken,
            2_388_039 => Self::StatusFixed,
            2_388_040 => Self::TooLong,
            2_388_047 => Self::Header,
            2_388_072 => Self::Body,
            2_388_073 => Self::Footer,
            2_388_293 => Self::TooManyVariables,
            2_388_299 => Self::VariableAtEdge,
            _ => Self::Other,
        }
    }
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TemplateError {
    #[error("Meta refused: {}", error.title)]
    Refused {
        why: TemplateRefusal,
        error: ApiError,
        http_status: u16,
    },
    /// No clear answer came, and a look afterwards showed that nothing had changed. Meta may still be at work:
    /// only a person decides to try again.
    #[error("no clear answer came, and Meta does not show the change")]
    NotTaken,
    /// No clear answer came, and nobody could look afterwards.
    #[error("no clear answer came, and Meta could not be asked whether the change was made")]
    Unsettled,
    /// Certainly nothing happened.
    #[error(transparent)]
    Call(CallError),
}

impl TemplateError {
    /// The row of the error table, where Meta gave a reason.
    pub fn rule(&self) -> Option<&'static ErrorRule> {
        match self {
            Self::Refused {
                error, http_status, ..
            } => Some(crate::error::classify(
                error.deciding_code(),
                Some(*http_status),
            )),
            Self::Call(error) => error.rule(),
            Self::NotTaken | Self::Unsettled => None,
        }
    }
}

/// What is known after one attempt.
pub(super) enum Failed {
    /// Certainly not done.
    Certain(TemplateError),
    /// May have been done: look.
    Doubtful,
}

impl From<CallError> for Failed {
    fn from(error: CallError) -> Self {
        match error {
            // A fault of the server's in the middle of something.
            CallError::Refused { http_status, .. } if http_status >= 500 => Self::Doubtful,
            CallError::Refused {
                error, http_status, ..
            } => Self::Certain(TemplateError::Refused {
                why: TemplateRefusal::of(&error),
                error,
                http_status,
            }),
            CallError::NoAnswer | CallError::Unreadable { .. } => Self::Doubtful,
            other => Self::Certain(TemplateError::Call(other)),
        }
    }
}
