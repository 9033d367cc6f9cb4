//! Errors as Meta writes them: one table of codes with the HTTP status and title each comes with.
//!
//! Source: Meta, "Error codes" (support/error-codes) and the `GraphAPIError` schema of the OpenAPI file.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// A refusal: becomes the body of an answer, or the `errors` of a failed status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("(#{code}) {details}")]
pub struct GraphError {
    pub code: i64,
    pub subcode: Option<i64>,
    pub details: String,
    /// Instead of the status the table gives.
    pub http_status: Option<u16>,
    /// Seconds, for the `Retry-After` header.
    pub retry_after: Option<u32>,
}

impl GraphError {
    pub fn new(code: i64, details: impl Into<String>) -> Self {
        Self {
            code,
            subcode: None,
            details: details.into(),
            http_status: None,
            retry_after: None,
        }
    }

    /// With the sentence of the table as details.
    pub fn plain(code: i64) -> Self {
        Self::new(code, title(code).1)
    }

    /// `GET /{node}` with an id nobody knows.
    pub fn no_such_object(id: &str) -> Self {
        Self {
            subcode: Some(33),
            ..Self::new(
                100,
                format!("There is no object {id}, or this token may not see it."),
            )
        }
    }

    pub fn status(&self) -> StatusCode {
        let status = self.http_status.unwrap_or(title(self.code).0);
        StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST)
    }

    /// `{"error":{…}}`.
    pub fn body(&self) -> Value {
        let mut error = json!({
            "message": format!("(#{}) {}", self.code, title(self.code).1),
            "type": if self.subcode == Some(33) { "GraphMethodException" } else { "OAuthException" },
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": format!("AGuichetPractice{:05}", self.code.rem_euclid(100_000)),
        });
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = subcode.into();
        }
        // Template management names the true reason so.
        if self.subcode.is_some_and(|n| n >= 2_388_000) {
            error["error_user_title"] = title(self.code).1.into();
            error["error_user_msg"] = self.details.clone().into();
        }
        json!({ "error": error })
    }

    /// One element of `statuses[].errors`.
    pub fn in_status(&self) -> Value {
        let title = title(self.code).1;
        json!({
            "code": self.code,
            "title": title,
            "message": title,
            "error_data": {"details": self.details},
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        })
    }
}

impl IntoResponse for GraphError {
    fn into_response(self) -> Response {
        let mut answer = (self.status(), Json(self.body())).into_response();
        if let Some(seconds) = self.retry_after {
            answer
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}

/// HTTP status and title of a code.
fn title(code: i64) -> (u16, &'static str) {
    match code {
        0 => (401, "Authentication error"),
        1 => (400, "API Unknown"),
        2 => (503, "API Service"),
        3 => (500, "API Method"),
        4 => (400, "API Too Many Calls"),
        10 => (403, "Permission Denied"),
        33 => (400, "Parameter value is not valid"),
        100 => (400, "Invalid parameter"),
        190 => (401, "Access token has expired"),
        200..=299 => (403, "API Permission"),
        368 => (403, "Temporarily blocked for policies violations"),
        80_007 => (400, "Rate limit issues"),
        130_403 => (400, "The business has blocked this user"),
        130_429 => (400, "Rate limit hit"),
        130_472 => (400, "User's number is part of an experiment"),
        130_497 => (
            403,
            "Business account is restricted from messaging users in this country",
        ),
        131_000 => (500, "Something went wrong"),
        131_005 => (403, "Access denied"),
        131_008 => (400, "Required parameter is missing"),
        131_009 => (400, "Parameter value is not valid"),
        131_016 => (503, "Service unavailable"),
        131_021 => (400, "Recipient cannot be sender"),
        131_026 => (400, "Message undeliverable"),
        131_031 => (403, "Account has been locked"),
        131_037 => (400, "Display name approval needed"),
        131_042 => (400, "Business eligibility payment issue"),
        131_045 => (500, "Incorrect certificate"),
        131_047 => (400, "Re-engagement message"),
        131_048 => (400, "Spam rate limit hit"),
        131_049 => (400, "Meta chose not to deliver"),
        131_050 => (
            400,
            "User has stopped marketing messages from this business",
        ),
        131_051 => (400, "Unsupported message type"),
        131_052 => (400, "Media download error"),
        131_053 => (400, "Media upload error"),
        131_056 => (
            400,
            "Business account and customer account pair rate limit hit",
        ),
        131_057 => (500, "Account in maintenance mode"),
        131_059 => (400, "Invalid paging cursor"),
        131_062 => (
            400,
            "Business-scoped user id is not allowed for this message",
        ),
        132_000 => (400, "Template param count mismatch"),
        132_001 => (404, "Template does not exist"),
        132_005 => (400, "Template hydrated text too long"),
        132_007 => (400, "Template format character policy violated"),
        132_012 => (400, "Template parameter format mismatch"),
        132_015 => (400, "Template is paused"),
        132_016 => (400, "Template is disabled"),
        132_018 => (400, "Template parameter validation failed"),
        133_004 => (503, "Server temporarily unavailable"),
        133_010 => (400, "Phone number not registered"),
        133_016 => (400, "Account register deregister rate limit exceeded"),
        134_011 => (400, "Payments terms of service not accepted"),
        135_000 => (400, "Generic user error"),
        137_000 => (400, "Recipient identity key hash mismatch"),
        _ => (400, "Request refused"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_body_has_the_documented_shape() {
        let body = GraphError::new(131_047, "More than 24 hours have passed").body();
        assert_eq!(body["error"]["message"], "(#131047) Re-engagement message");
        assert_eq!(body["error"]["type"], "OAuthException");
        assert_eq!(body["error"]["code"], 131_047);
        assert_eq!(body["error"]["error_data"]["messaging_product"], "whatsapp");
        assert!(body["error"].get("error_subcode").is_none());
    }
}
