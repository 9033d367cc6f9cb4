//! One HTTP answer, read once: status, headers that matter, a body of bounded size, Meta's error in it.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::{DateHook, DateSample};
use crate::{
    error::ApiError,
    read::{self, part, text},
};

/// No answer of the API that we ask for is near this.
pub(super) const BODY_MAX: usize = 16 * 1024 * 1024;

#[derive(Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub retry_after: Option<Duration>,
    /// `None` where the body is no JSON.
    pub json: Option<Value>,
}

impl Answer {
    /// Sends the request once and reads the whole answer. The error carries no address.
    pub async fn of(
        request: reqwest::RequestBuilder,
        dates: Option<&DateHook>,
    ) -> Result<Self, reqwest::Error> {
        let sent = crate::clock::stopwatch();
        let mut response = request.send().await.map_err(reqwest::Error::without_url)?;
        let date_ms = note_date(&response, sent, dates);
        let retry_after = retry_after(response.headers(), date_ms);
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(reqwest::Error::without_url)?
        {
            if body.len() + chunk.len() > BODY_MAX {
                // Cut JSON is no JSON: unreadable, as it should be.
                break;
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Self {
            status,
            retry_after,
            json: serde_json::from_slice(&body).ok(),
        })
    }

    /// Meta's error, where the body holds one with a code.
    pub fn error(&self) -> Option<ApiError> {
        let error = self.json.as_ref()?.get("error")?;
        let code = read::integer(error, "code")?;
        Some(ApiError {
            code,
            subcode: read::integer(error, "error_subcode"),
            title: title(error),
            details: text(part(error, "error_data"), "details")
                .or_else(|| text(error, "error_user_msg")),
            fbtrace_id: text(error, "fbtrace_id"),
        })
    }
}

/// `(#131047) Re-engagement message` without its number.
fn title(error: &Value) -> String {
    let message = text(error, "message").unwrap_or_default();
    match message
        .strip_prefix("(#")
        .and_then(|rest| rest.split_once(") "))
    {
        Some((number, title)) if number.bytes().all(|b| b.is_ascii_digit()) => title.to_owned(),
        _ => message,
    }
}

/// Hands the `Date` header on and returns it in Unix milliseconds.
pub(super) fn note_date(
    response: &reqwest::Response,
    sent: Instant,
    dates: Option<&DateHook>,
) -> Option<i64> {
    let received = crate::clock::stopwatch();
    let date_ms = http_date(
        response
            .headers()
            .get(reqwest::header::DATE)?
            .to_str()
            .ok()?,
    )?;
    if let Some(hook) = dates {
        hook(DateSample {
            sent,
            received,
            date_ms,
        });
    }
    Some(date_ms)
}

/// `Retry-After`, in seconds or as a date. A date is counted from the answer's own `Date`, so that a wrong
/// clock here cannot make it hours.
pub(super) fn retry_after(
    headers: &reqwest::header::HeaderMap,
    date_ms: Option<i64>,
) -> Option<Duration> {
    let value = headers
        .get(reqwest::header::RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = http_date(value)?;
    let pause = until.saturating_sub(date_ms?);
    Some(Duration::from_millis(u64::try_from(pause).unwrap_or(0)))
}

fn http_date(text: &str) -> Option<i64> {
    chrono::DateTime::parse_from_rfc2822(text)
        .ok()
        .map(|date| date.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

    #[test]
    fn retry_after_is_read_in_seconds_and_as_a_date() {
        let date = http_date("Fri, 06 Nov 2026 08:00:00 GMT");
        assert_eq!(date, Some(1_793_952_000_000));
        let cases = [
            ("7", date, Some(7)),
            (" 0 ", date, Some(0)),
            ("Fri, 06 Nov 2026 08:01:30 GMT", date, Some(90)),
            ("Fri, 06 Nov 2026 07:00:00 GMT", date, Some(0)),
            ("Fri, 06 Nov 2026 08:01:30 GMT", None, None),
            ("soon", date, None),
            ("-3", date, None),
        ];
        for (header, date, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_static(header));
            assert_eq!(
                retry_after(&headers, date).map(|d| d.as_secs()),
                expected,
                "{header}"
            );
        }
    }

    #[test]
    fn an_error_without_a_code_is_no_graph_error() {
        let answer = |json: Value| Answer {
            status: 400,
            retry_after: None,
            json: Some(json),
        };
        assert!(answer(serde_json::json!({"error": "no"})).error().is_none());
        assert!(
            answer(serde_json::json!({"error": {"message": "no"}}))
                .error()
                .is_none()
        );
        let error = answer(serde_json::json!({"error": {"message": "(#131047) Re-engagement message", "code": "131047",
            "error_data": {"details": "too late"}, "fbtrace_id": "A1"}}))
        .error()
        .expect("an error");
        assert_eq!(
            (error.code, error.title.as_str()),
            (131_047, "Re-engagement message")
        );
        assert_eq!(error.details.as_deref(), Some("too late"));
    }
}
