//! What the relay answers: Meta on `/webhook`, the laptops on `/v1/events`, a watchman on `/healthz`.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{Query, Request, State as From, rejection::QueryRejection},
    http::{HeaderMap, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use cloud_api::feed::Page;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::{sync::watch, time::Instant};

use crate::{
    Config,
    guard::{self, Budget, Refusal},
    log::{self, Log, LogError},
    observe,
};

/// What the handlers share.
pub struct State<L> {
    log: Arc<L>,
    config: Arc<Config>,
    budget: Budget,
    /// Long polls return when it turns true.
    stopping: watch::Receiver<bool>,
}

impl<L> Clone for State<L> {
    fn clone(&self) -> Self {
        Self {
            log: Arc::clone(&self.log),
            config: Arc::clone(&self.config),
            budget: self.budget.clone(),
            stopping: self.stopping.clone(),
        }
    }
}

impl<L: Log> State<L> {
    pub fn new(log: Arc<L>, config: Config, stopping: watch::Receiver<bool>) -> Self {
        Self {
            log,
            budget: Budget::new(config.limits.bytes_in_flight),
            config: Arc::new(config),
            stopping,
        }
    }
}

/// The whole relay as a service, without a socket.
pub fn router<L: Log>(state: State<L>) -> Router {
    let clock = state.config.clock.clone();
    Router::new()
        .route("/webhook", get(handshake::<L>).post(webhook::<L>))
        .route("/v1/events", get(events::<L>))
        .route("/healthz", get(health::<L>))
        .with_state(state)
        .layer(middleware::from_fn_with_state(clock, observe::observe))
}

/// Meta's "Verification requests": the parameters have dots in their names.
#[derive(Deserialize)]
struct Handshake {
    #[serde(rename = "hub.mode")]
    mode: String,
    #[serde(rename = "hub.verify_token")]
    verify_token: String,
    #[serde(rename = "hub.challenge")]
    challenge: String,
}

async fn handshake<L: Log>(
    From(state): From<State<L>>,
    query: Result<Query<Handshake>, QueryRejection>,
) -> Response {
    match query {
        Ok(Query(asked))
            if asked.mode == "subscribe"
                && guard::same(&state.config.verify_token, &asked.verify_token) =>
        {
            let plain = [
                (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (plain, asked.challenge).into_response()
        }
        _ => StatusCode::FORBIDDEN.into_response(),
    }
}

/// 200 only after the body is durable; 503 tells Meta to come again.
async fn webhook<L: Log>(
    From(state): From<State<L>>,
    request: Request,
) -> Result<StatusCode, Response> {
    let config = &state.config;
    let (head, body) = request.into_parts();
    let refuse = |refusal: Refusal| answer(refusal.status(), refusal.code());

    let claim = guard::claim(&config.proof, &head.headers).map_err(refuse)?;
    let time = config.limits.body_timeout;
    let (body, _share) =
        guard::read_body(&head.headers, body, config.body_limit, time, &state.budget)
            .await
            .map_err(refuse)?;
    claim.verify(&body).map_err(refuse)?;

    state.log.append(body).await.map_err(unavailable)?;
    Ok(StatusCode::OK)
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    after: i64,
    /// Seconds.
    #[serde(default)]
    wait: u64,
    limit: Option<usize>,
}

/// The answer to a cursor that this relay never gave out: it was set up anew, the laptop has to start over.
#[derive(Serialize)]
struct CursorAhead {
    error: &'static str,
    head: i64,
}

async fn events<L: Log>(
    From(state): From<State<L>>,
    headers: HeaderMap,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Response> {
    let config = &state.config;
    guard::bearer(&config.bearer_tokens, &headers).map_err(|refusal| {
        let challenge = [(header::WWW_AUTHENTICATE, "Bearer")];
        (challenge, answer(refusal.status(), refusal.code())).into_response()
    })?;
    let Query(asked) = query.map_err(|_| answer(StatusCode::BAD_REQUEST, "bad_query"))?;

    let limits = &config.limits;
    let after = asked.after.max(0);
    let rows = asked.limit.unwrap_or(limits.page_default);
    let rows = rows.clamp(1, limits.page_max);
    let until = Instant::now() + Duration::from_secs(asked.wait).min(limits.wait_max);

    let mut seen = state.log.head().cursor;
    if after > seen {
        let body = CursorAhead {
            error: "cursor_ahead",
            head: seen,
        };
        return Err((StatusCode::CONFLICT, Json(body)).into_response());
    }
    let mut stopping = state.stopping.clone();
    let mut read_up_to = after;
    let events = loop {
        if seen > read_up_to {
            let page = state.log.read_page(after, rows, limits.page_bytes).await;
            let page = page.map_err(unavailable)?;
            if !page.is_empty() {
                break page;
            }
            // All of it was too old and is gone.
            read_up_to = seen;
        }
        let woken = tokio::select! {
            () = state.log.wait(read_up_to) => true,
            () = tokio::time::sleep_until(until) => false,
            _ = stopping.wait_for(|stop| *stop) => false,
        };
        if !woken {
            break Vec::new();
        }
        seen = state.log.head().cursor;
    };
    let next = events.last().map_or(after, |last| last.cursor);
    let page = Page {
        more: !events.is_empty() && state.log.head().cursor > next,
        events,
        next,
        now: config.clock.now(),
    };
    let private = [(header::CACHE_CONTROL, "no-store")];
    Ok((private, Json(page)).into_response())
}

async fn health<L: Log>(From(state): From<State<L>>) -> Response {
    let head = state.log.head();
    let (code, status) = if head.writable {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "cannot_write")
    };
    let body = json!({
        "status": status,
        "head": head.cursor,
        "last_received_at": head.received_at,
        "sqlite_version": log::sqlite_version(),
    });
    (code, Json(body)).into_response()
}

fn unavailable(error: LogError) -> Response {
    let code = match error {
        LogError::Busy => "busy",
        LogError::Full => "disk_full",
        LogError::Storage => "storage",
        LogError::Closed => "shutting_down",
    };
    answer(StatusCode::SERVICE_UNAVAILABLE, code)
}

fn answer(status: StatusCode, error: &'static str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}
