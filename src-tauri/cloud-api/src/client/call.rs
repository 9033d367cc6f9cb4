//! Every call that may be repeated without harm, and the small ones that are made once.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use serde_json::{Value, json};

use super::{Client, answer::Answer};
use crate::{
    error::{ApiError, ErrorRule, classify},
    read,
};

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
const REPEATS: usize = 4;
/// Asked to wait longer than this, a read gives up and says so instead of hanging.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(30);

/// Why a call that is no send failed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CallError {
    #[error("Meta refused: {}", error.title)]
    Refused {
        error: ApiError,
        http_status: u16,
        retry_after: Option<Duration>,
    },
    #[error("no connection to the server")]
    Unreachable,
    #[error("the server did not answer in time, or the connection broke")]
    NoAnswer,
    /// Neither Meta's answer nor Meta's error.
    #[error("the server gave an answer that could not be understood ({http_status})")]
    Unreadable {
        http_status: u16,
        retry_after: Option<Duration>,
    },
    #[error("the file is larger than {max} bytes")]
    TooLarge { max: u64 },
    #[error("the file arrived damaged: its checksum is another")]
    Damaged,
    #[error("the file would come from a server that is not Meta's")]
    ForeignServer,
    #[error("the list of pages does not end")]
    EndlessList,
    #[error("this provider does not offer that")]
    NotOffered,
}

impl CallError {
    /// The row of the error table, where Meta gave a reason.
    pub fn rule(&self) -> Option<&'static ErrorRule> {
        match self {
            Self::Refused {
                error, http_status, ..
            } => Some(classify(error.deciding_code(), Some(*http_status))),
            _ => None,
        }
    }

    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Refused { http_status, .. } | Self::Unreadable { http_status, .. } => {
                *http_status == 429 || *http_status >= 500
            }
            Self::Unreachable | Self::NoAnswer => true,
            _ => false,
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } | Self::Unreadable { retry_after, .. } => {
                *retry_after
            }
            _ => None,
        }
    }
}

impl From<reqwest::Error> for CallError {
    fn from(error: reqwest::Error) -> Self {
        if error.is_connect() {
            Self::Unreachable
        } else {
            Self::NoAnswer
        }
    }
}

impl Client {
    /// Marks this message and the earlier ones of its thread as read; with `typing`, the customer sees that
    /// an answer is being written (until it comes, or 25 seconds). Made once.
    pub async fn mark_read(&self, wamid: &str, typing: bool) -> Result<(), CallError> {
        let mut body =
            json!({ "messaging_product": "whatsapp", "status": "read", "message_id": wamid });
        if typing {
            body["typing_indicator"] = json!({ "type": "text" });
        }
        let request = self.http.post(self.number_url("messages")).json(&body);
        self.once(request).await.map(drop)
    }

    /// One attempt, a JSON answer or an error.
    pub(super) async fn once(&self, request: reqwest::RequestBuilder) -> Result<Value, CallError> {
        let patience = self.config.connect_timeout + self.config.answer_timeout;
        let request = request.timeout(patience);
        self.once_with_own_timeout(request).await
    }

    pub(super) async fn once_with_own_timeout(
        &self,
        request: reqwest::RequestBuilder,
    ) -> Result<Value, CallError> {
        self.already_authorised(self.authorised(request)).await
    }

    pub(super) async fn already_authorised(
        &self,
        request: reqwest::RequestBuilder,
    ) -> Result<Value, CallError> {
        let answer = Answer::of(request, self.dates.as_ref()).await?;
        outcome(answer)
    }

    /// A read: repeated on 5xx, 429 and a lost connection, with growing pauses of random length, or with the
    /// pause that the server asks for.
    pub(super) async fn get(&self, url: &str, query: &[(&str, &str)]) -> Result<Value, CallError> {
        self.repeated(|| self.once(self.http.get(url).query(query)))
            .await
    }

    /// Makes the same read again as described at [`Client::get`].
    pub(super) async fn repeated<F>(&self, read: impl FnMut() -> F) -> Result<Value, CallError>
    where
        F: Future<Output = Result<Value, CallError>>,
    {
        let plan = ExponentialBuilder::default()
            .with_min_delay(FIRST_PAUSE)
            .with_max_delay(LONGEST_PAUSE)
            .with_max_times(REPEATS)
            .with_jitter();
        read.retry(plan)
            .when(CallError::may_pass)
            .adjust(|error, pause| {
                // No pause means that the plan is used up.
                let pause = pause?;
                match error.retry_after() {
                    Some(asked) => (asked <= RETRY_AFTER_MAX).then_some(asked),
                    None => Some(pause),
                }
            })
            .notify(|error, pause| {
                tracing::debug!(kind = %error_kind(error), ?pause, "a read is repeated");
            })
            .await
    }
}

/// For the log: the kind alone, no word of Meta's.
fn error_kind(error: &CallError) -> String {
    match error {
        CallError::Refused {
            error, http_status, ..
        } => format!("refused {http_status} {}", error.code),
        CallError::Unreadable { http_status, .. } => format!("unreadable {http_status}"),
        other => other.to_string(),
    }
}

fn outcome(answer: Answer) -> Result<Value, CallError> {
    let http_status = answer.status;
    let retry_after = answer.retry_after;
    if let Some(error) = answer.error() {
        return Err(CallError::Refused {
            error,
            http_status,
            retry_after,
        });
    }
    match answer.json {
        Some(body) if (200..300).contains(&http_status) && body.is_object() => Ok(body),
        _ => Err(CallError::Unreadable {
            http_status,
            retry_after,
        }),
    }
}

/// The cursor of the next page, where there is one: `next` must be there, its address is not used.
pub(super) fn next_cursor(page: &Value) -> Option<String> {
    let paging = page.get("paging")?;
    paging.get("next")?;
    read::text(read::part(paging, "cursors"), "after")
}
