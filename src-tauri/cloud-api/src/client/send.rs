//! The one call that must never happen twice. Meta has no idempotency key, so the end of an attempt is one
//! of: taken, refused, certainly not sent, or doubtful; and whatever is not certain is doubtful.

use std::time::Duration;

use serde_json::Value;

use super::{Client, answer::Answer};
use crate::{
    error::{Action, ApiError, classify},
    outgoing::{NotSendable, Outgoing},
    read::{self, part, text},
};

/// How an attempt to send ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Sent {
    /// Meta took it. Says nothing about delivery.
    Accepted {
        wamid: String,
        /// As WhatsApp writes the number; may differ from what was asked.
        wa_id: Option<String>,
        bsuid: Option<String>,
        hold: Option<Hold>,
    },
    /// Meta said no: it was certainly not taken.
    Refused {
        error: ApiError,
        http_status: u16,
        retry_after: Option<Duration>,
    },
    /// Breaks one of Meta's limits: no request was made, and the same message never will do.
    Invalid(NotSendable),
    /// No connection came about: it was certainly not sent and may be tried again.
    NotSent { reason: NoSend },
    /// May have been sent. Never to be repeated without a person or a status webhook saying so.
    Doubtful { reason: Doubt },
}

/// Meta took it and keeps it back (Meta, "Template pacing").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hold {
    HeldForQualityAssessment,
    Paused,
}

/// Why it is certain that nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoSend {
    #[error("the name of the server could not be found")]
    UnknownHost,
    #[error("no connection to the server")]
    NoConnection,
    #[error("the server did not answer the call in time")]
    ConnectTimeout,
    #[error("the request could not be put together")]
    NotBuilt,
}

/// Why nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Doubt {
    #[error("the connection broke before the answer came")]
    ConnectionLost,
    #[error("no answer in time")]
    NoAnswer,
    #[error("the server reported a fault of its own ({http_status})")]
    ServerFault { http_status: u16 },
    #[error("the answer could not be understood ({http_status})")]
    Unreadable { http_status: u16 },
}

impl Client {
    /// Exactly one HTTP attempt.
    pub async fn send(&self, message: &Outgoing) -> Sent {
        if let Err(why) = message.check() {
            return Sent::Invalid(why);
        }
        let request = self
            .authorised(self.http.post(self.number_url("messages")))
            .timeout(self.config.connect_timeout + self.config.answer_timeout)
            .json(&message.to_json());
        match Answer::of(request, self.dates.as_ref()).await {
            Ok(answer) => judge(&answer),
            Err(error) => judge_failure(&error),
        }
    }
}

fn judge_failure(error: &reqwest::Error) -> Sent {
    let reason = if error.is_builder() {
        NoSend::NotBuilt
    } else if error.is_connect() && error.is_timeout() {
        NoSend::ConnectTimeout
    } else if error.is_connect() && error.is_dns() {
        NoSend::UnknownHost
    } else if error.is_connect() {
        NoSend::NoConnection
    } else {
        let reason = if error.is_timeout() {
            Doubt::NoAnswer
        } else {
            Doubt::ConnectionLost
        };
        return Sent::Doubtful { reason };
    };
    Sent::NotSent { reason }
}

fn judge(answer: &Answer) -> Sent {
    let http_status = answer.status;
    match http_status {
        200..=299 => accepted(answer.json.as_ref()).unwrap_or(Sent::Doubtful {
            reason: Doubt::Unreadable { http_status },
        }),
        400..=599 => match refusal(answer) {
            Some(error) => Sent::Refused {
                error,
                http_status,
                retry_after: answer.retry_after,
            },
            None if http_status >= 500 => Sent::Doubtful {
                reason: Doubt::ServerFault { http_status },
            },
            None => Sent::Doubtful {
                reason: Doubt::Unreadable { http_status },
            },
        },
        _ => Sent::Doubtful {
            reason: Doubt::Unreadable { http_status },
        },
    }
}

/// The error, where the answer is a clear no: any Graph error of a 4xx, a 429 of whatever body (it means
/// "not now"), and a 5xx only if its code names a definite reason, a throttle among them. 131000, 131016, 2
/// and unknown codes in a 5xx are faults in the middle of something.
fn refusal(answer: &Answer) -> Option<ApiError> {
    let status = answer.status;
    let error = match answer.error() {
        Some(error) => error,
        None if status == 429 => {
            return Some(ApiError {
                code: 0,
                subcode: None,
                title: "Too many requests".to_owned(),
                details: None,
                fbtrace_id: None,
            });
        }
        None => return None,
    };
    if status < 500 {
        return Some(error);
    }
    let rule = classify(error.code, Some(status));
    let known = error.code != 0 && rule.codes.contains(&error.code);
    let definite = known && rule.action != Action::Retry && error.code != 1;
    definite.then_some(error)
}

fn accepted(body: Option<&Value>) -> Option<Sent> {
    let body = body?;
    let message = read::list(body, "messages").first()?;
    let contact = read::list(body, "contacts").first().unwrap_or(&Value::Null);
    Some(Sent::Accepted {
        wamid: text(message, "id")?,
        wa_id: read::wa_id(contact, "wa_id"),
        bsuid: text(contact, "user_id"),
        hold: match part(message, "message_status").as_str() {
            Some("held_for_quality_assessment") => Some(Hold::HeldForQualityAssessment),
            Some("paused") => Some(Hold::Paused),
            _ => None,
        },
    })
}
