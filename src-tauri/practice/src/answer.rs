//! What goes back to a client: the true answer, or what a fault makes of it.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde_json::Value;

use crate::{
    faults::{Fault, Kind},
    graph_error::GraphError,
};

pub enum Answer {
    Json(Result<Value, GraphError>),
    /// Bytes of a media file.
    Bytes(Response),
}

/// The answer a fault makes of the true one, and its JSON for the list of requests.
pub fn faulty(fault: &Option<Fault>, answer: Answer) -> (Response, Option<Value>) {
    let Some(fault) = fault else {
        return plain(answer);
    };
    match fault.kind {
        Kind::Status => {
            let status = fault.status.unwrap_or(500);
            let Some(code) = fault.code else {
                let mut answer = StatusCode::from_u16(status)
                    .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                    .into_response();
                if let Some(seconds) = fault.retry_after_s {
                    answer
                        .headers_mut()
                        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
                }
                return (answer, None);
            };
            plain(Answer::Json(Err(GraphError {
                http_status: fault.status,
                retry_after: fault.retry_after_s,
                ..GraphError::plain(code)
            })))
        }
        Kind::Html200 => (
            Html("<!doctype html><title>Network login</title><p>Please sign in.").into_response(),
            None,
        ),
        Kind::NoId200 => match answer {
            Answer::Json(Ok(mut value)) => {
                if let Some(object) = value.as_object_mut() {
                    object.remove("messages");
                    object.remove("id");
                }
                plain(Answer::Json(Ok(value)))
            }
            other => plain(other),
        },
        Kind::MalformedJson => {
            let whole = match answer {
                Answer::Json(Ok(value)) => value.to_string(),
                _ => "{\"messaging_product\":\"whatsapp\"}".to_owned(),
            };
            let half: String = whole.chars().take(whole.chars().count() / 2).collect();
            (
                ([(header::CONTENT_TYPE, "application/json")], half).into_response(),
                None,
            )
        }
        _ => plain(answer),
    }
}

fn plain(answer: Answer) -> (Response, Option<Value>) {
    match answer {
        Answer::Json(Ok(value)) => (Json(value.clone()).into_response(), Some(value)),
        Answer::Json(Err(error)) => {
            let shown = error.body();
            (error.into_response(), Some(shown))
        }
        Answer::Bytes(response) => (response, None),
    }
}
