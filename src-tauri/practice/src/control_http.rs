//! `/_practice/…`: the calls of [`Control`] over HTTP, for tests that run the platform as a process of its own.
//! Only for programs on this machine; a web page open in a browser here is turned away.

use std::collections::HashMap;

use axum::{
    Json, Router,
    extract::{ConnectInfo, Path, Query, Request, State},
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    connection::Caller,
    control::Control,
    control_templates_http,
    faults::Fault,
    orders::{AccountChange, ClockMove, ControlError, CustomerChange, Write},
    platform::Shared,
    script_source::Language,
    state::{RuleSettings, StatusPlan},
};

pub fn router() -> Router<Shared> {
    Router::new()
        .route("/customers/write", post(write))
        .route("/customers/{id}", post(change_customer))
        .route("/webhook", post(send_webhook))
        .route("/webhook/target", post(set_target))
        .route("/webhook/verify", post(verify))
        .route("/clock", get(clock).post(move_clock))
        .route("/faults", get(faults).post(arm).delete(clear_faults))
        .route("/accepted", get(accepted))
        .route("/requests", get(requests))
        .route("/reset", post(reset))
        .nest("/templates", control_templates_http::router())
        .route("/account", post(change_account))
        .route("/token", post(set_token))
        .route("/settle", post(settle))
        .route("/statuses", post(status_plan))
        .route("/statuses/send", post(send_status))
        .route("/rules", post(rules))
        .route("/script", post(run_script))
        .route("/state", get(overview))
        .layer(middleware::from_fn(only_this_machine))
}

/// Loopback, no `Origin` (browsers send one), and a host name that is this machine's (no DNS rebinding).
async fn only_this_machine(
    ConnectInfo(caller): ConnectInfo<Caller>,
    request: Request,
    next: Next,
) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|h| h.to_str().ok())
        .unwrap_or_default();
    let local = ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
        host.strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    });
    if caller.address.ip().is_loopback() && local && !request.headers().contains_key(header::ORIGIN)
    {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        (
            StatusCode::BAD_REQUEST,
            Json(json!({"error": self.to_string()})),
        )
            .into_response()
    }
}

pub fn done() -> Json<Value> {
    Json(json!({"success": true}))
}

async fn write(
    State(shared): State<Shared>,
    Json(body): Json<Write>,
) -> Result<Json<Value>, ControlError> {
    let wamid = Control::new(shared).customer_writes(&body)?;
    Ok(Json(json!({ "wamid": wamid })))
}

async fn change_customer(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(change): Json<CustomerChange>,
) -> Json<Value> {
    Control::new(shared).change_customer(&id, &change);
    done()
}

#[derive(Deserialize)]
struct Body {
    /// An object, or a string with the exact bytes.
    body: Value,
}

async fn send_webhook(State(shared): State<Shared>, Json(given): Json<Body>) -> Json<Value> {
    let control = Control::new(shared);
    match given.body {
        Value::String(text) => control.send_webhook_bytes(text.into_bytes()),
        body => control.send_webhook(&body),
    }
    done()
}

#[derive(Deserialize)]
struct Target {
    url: String,
}

async fn set_target(State(shared): State<Shared>, Json(target): Json<Target>) -> Json<Value> {
    Control::new(shared).set_webhook_target(target.url);
    done()
}

async fn verify(State(shared): State<Shared>) -> Json<Value> {
    Json(json!({"verified": Control::new(shared).verify_webhook().await}))
}

async fn clock(State(shared): State<Shared>) -> Response {
    Json(Control::new(shared).clock()).into_response()
}

async fn move_clock(
    State(shared): State<Shared>,
    Json(change): Json<ClockMove>,
) -> Result<Response, ControlError> {
    Ok(Json(Control::new(shared).move_clock(change)?).into_response())
}

async fn faults(State(shared): State<Shared>) -> Response {
    Json(Control::new(shared).faults()).into_response()
}

async fn arm(State(shared): State<Shared>, Json(fault): Json<Fault>) -> Json<Value> {
    Control::new(shared).arm_fault(fault);
    done()
}

async fn clear_faults(State(shared): State<Shared>) -> Json<Value> {
    Control::new(shared).clear_faults();
    done()
}

async fn accepted(
    State(shared): State<Shared>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let wanted = query.get("callback_data").map(String::as_str);
    Json(Control::new(shared).accepted(wanted)).into_response()
}

async fn requests(State(shared): State<Shared>) -> Response {
    Json(Control::new(shared).requests()).into_response()
}

async fn reset(State(shared): State<Shared>) -> Json<Value> {
    Control::new(shared).reset();
    done()
}

async fn change_account(
    State(shared): State<Shared>,
    Json(change): Json<AccountChange>,
) -> Result<Json<Value>, ControlError> {
    Control::new(shared).change_account(&change)?;
    Ok(done())
}

#[derive(Deserialize)]
struct Token {
    /// Missing or null: the token is revoked.
    token: Option<String>,
}

async fn set_token(State(shared): State<Shared>, Json(token): Json<Token>) -> Json<Value> {
    Control::new(shared).set_token(token.token.map(Into::into));
    done()
}

async fn settle(State(shared): State<Shared>) -> Response {
    Json(Control::new(shared).settle().await).into_response()
}

async fn status_plan(State(shared): State<Shared>, Json(plan): Json<StatusPlan>) -> Json<Value> {
    Control::new(shared).set_status_plan(plan);
    done()
}

#[derive(Deserialize)]
struct Status {
    wamid: String,
    status: String,
    code: Option<i64>,
}

async fn send_status(
    State(shared): State<Shared>,
    Json(status): Json<Status>,
) -> Result<Json<Value>, ControlError> {
    Control::new(shared).send_status(&status.wamid, &status.status, status.code)?;
    Ok(done())
}

async fn rules(State(shared): State<Shared>, Json(rules): Json<RuleSettings>) -> Json<Value> {
    Control::new(shared).set_rules(rules);
    done()
}

#[derive(Deserialize)]
struct Script {
    language: Language,
}

async fn run_script(State(shared): State<Shared>, Json(script): Json<Script>) -> Json<Value> {
    Control::new(shared).run_script(script.language);
    done()
}

async fn overview(State(shared): State<Shared>) -> Response {
    Json(Control::new(shared).overview()).into_response()
}
