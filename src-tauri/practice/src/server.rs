//! The HTTP side: which request is which, who may make it, and the faults it meets.

use std::{collections::HashMap, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::{
    account,
    answer::{Answer, faulty},
    block,
    connection::Caller,
    control_http,
    faults::{Fault, Kind, On},
    graph_error::GraphError,
    history, media, messages,
    platform::Shared,
    samples,
    schedule::{Job, perform},
    state::SeenRequest,
    template_life, template_list, template_review,
};

/// Media and the multipart around it.
const LARGEST_BODY: usize = media::LARGEST + (1 << 20);
/// How long a hanging answer hangs, where the fault does not say.
const HANG: Duration = Duration::from_secs(600);
/// How long an answer waits for the webhook that is to come first.
const WEBHOOK_FIRST: Duration = Duration::from_secs(5);

pub fn router(shared: Shared) -> Router {
    Router::new()
        .nest("/_practice", control_http::router())
        .fallback(graph)
        .layer(middleware::map_response_with_state(shared.clone(), date))
        .with_state(shared)
}

/// The platform's time, not the machine's.
async fn date(State(shared): State<Shared>, mut answer: Response) -> Response {
    let date = chrono::DateTime::from_timestamp_millis(shared.clock.now())
        .map(|t| t.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    if let Some(value) = date.and_then(|text| HeaderValue::from_str(&text).ok()) {
        answer.headers_mut().insert(header::DATE, value);
    }
    answer
}

/// A request to the Graph API, taken apart.
struct Asked {
    method: Method,
    /// Without the version.
    path: Vec<String>,
    query: HashMap<String, String>,
    headers: HeaderMap,
    body: axum::body::Bytes,
    /// Address of this request without its query, for `next` links.
    address: String,
}

impl Asked {
    fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    fn node(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }

    fn edge(&self) -> &str {
        self.path.get(1).map_or("", String::as_str)
    }

    fn area(&self, shared: &Shared) -> On {
        let is_media = |id: &str| shared.state().media.contains_key(id);
        match (self.node(), self.edge()) {
            (_, "messages") => match self.json() {
                Some(body) if body["status"] == "read" => On::Reads,
                _ => On::Messages,
            },
            (_, "media" | "uploads") | ("lookaside", _) => On::Media,
            (id, "") if id.starts_with("upload:") => On::Media,
            (_, "message_templates" | "unpause") => On::Templates,
            (id, "") if is_template(shared, id) => On::Templates,
            (id, "") if is_media(id) => On::Media,
            _ => On::Account,
        }
    }
}

async fn graph(
    State(shared): State<Shared>,
    ConnectInfo(caller): ConnectInfo<Caller>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let path = parts.uri.path().to_owned();
    let raw_query = parts.uri.query().unwrap_or_default().to_owned();
    let query = axum::extract::Query::<HashMap<String, String>>::try_from_uri(&parts.uri)
        .map(|q| q.0)
        .unwrap_or_default();
    let asked = Asked {
        address: format!("{}{path}", shared.base_url()),
        path: segments(&path),
        method: parts.method,
        query,
        headers: parts.headers,
        body,
    };
    let fault = {
        let area = asked.area(&shared);
        shared.state().faults.meet(area)
    };
    let mut seen = SeenRequest {
        method: asked.method.to_string(),
        path,
        query: raw_query,
        content_type: text(&asked.headers, header::CONTENT_TYPE),
        body: asked.json(),
        status: None,
        response: None,
        at: shared.clock.now(),
    };
    let answer = if fault.as_ref().is_none_or(Fault::lets_through) {
        dispatch(&shared, asked).await
    } else {
        if asked.method == Method::POST && asked.node().starts_with("upload:") {
            samples::cut(&shared, asked.node(), &asked.body);
        }
        Answer::Json(Ok(json!({})))
    };
    let (answer, shown) = faulty(&fault, answer);
    match fault.as_ref().map(|f| f.kind) {
        Some(Kind::TimeoutBefore | Kind::TimeoutAfter) => {
            shared.state().remember_request(seen);
            hang(
                &shared,
                fault
                    .and_then(|f| f.delay_ms)
                    .map_or(HANG, Duration::from_millis),
            )
            .await;
            caller.cut.after(0);
        }
        Some(Kind::ResetBefore) => {
            caller.cut.after(0);
            shared.state().remember_request(seen);
        }
        Some(Kind::ResetAfter) => {
            caller
                .cut
                .after(fault.and_then(|f| f.after_bytes).unwrap_or(0));
            shared.state().remember_request(seen);
        }
        other => {
            seen.status = Some(answer.status().as_u16());
            seen.response = shown;
            shared.state().remember_request(seen);
            if other == Some(Kind::Delay) {
                let late = fault.and_then(|f| f.delay_ms).unwrap_or(1_000);
                hang(&shared, Duration::from_millis(late)).await;
            }
        }
    }
    answer
}

async fn hang(shared: &Shared, how_long: Duration) {
    tokio::select! {
        () = tokio::time::sleep(how_long) => {}
        () = shared.stopped() => {}
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// Path segments after `/v25.0`; empty where the version is missing. Media addresses carry none.
fn segments(path: &str) -> Vec<String> {
    let mut segments = path
        .split('/')
        .filter(|s| !s.is_empty())
        .map(str::to_owned)
        .peekable();
    if segments.peek().is_some_and(|s| s == "lookaside") {
        return segments.collect();
    }
    let version = segments.next().unwrap_or_default();
    let number = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
    let known = version
        .strip_prefix('v')
        .and_then(|v| v.split_once('.'))
        .is_some_and(|(major, minor)| number(major) && number(minor));
    if known {
        segments.collect()
    } else {
        Vec::new()
    }
}

fn authorised(shared: &Shared, headers: &HeaderMap) -> Result<(), GraphError> {
    let given = text(headers, header::AUTHORIZATION);
    let token = given.as_deref().and_then(|h| {
        h.strip_prefix("Bearer ")
            .or_else(|| h.strip_prefix("OAuth "))
    });
    if token == Some(shared.state().token.expose_secret()) {
        Ok(())
    } else {
        Err(GraphError::new(
            190,
            "The access token is missing, wrong or no longer valid.",
        ))
    }
}

async fn dispatch(shared: &Shared, asked: Asked) -> Answer {
    if let Err(refused) = authorised(shared, &asked.headers) {
        return Answer::Json(Err(refused));
    }
    if asked.node() == "lookaside" {
        let id = asked.query.get("mid").map_or("", String::as_str);
        let until = asked
            .query
            .get("ext")
            .and_then(|t| t.parse().ok())
            .unwrap_or(0);
        return Answer::Bytes(media::download(shared, id, until));
    }
    Answer::Json(node(shared, asked).await)
}

async fn node(shared: &Shared, asked: Asked) -> Result<Value, GraphError> {
    let (node, edge) = (asked.node().to_owned(), asked.edge().to_owned());
    let number = shared.config.numbers().any(|id| id == node);
    let account = node == shared.config.waba_id;
    let query = &asked.query;
    let get = asked.method == Method::GET;
    let post = asked.method == Method::POST;
    let delete = asked.method == Method::DELETE;
    match edge.as_str() {
        "messages" if number && post => send(shared, &asked).await,
        "media" if number && post => {
            let mut request = axum::http::Request::new(Body::from(asked.body));
            *request.headers_mut() = asked.headers;
            media::upload(shared, request).await
        }
        "block_users" if number && get => Ok(block::list(shared)),
        "block_users" if number && (post || delete) => {
            block::change(shared, &asked.json().unwrap_or_default(), post)
        }
        "message_history" if number && get => history::list(shared, query, &asked.address),
        "events" if get => history::of_message(shared, &node, query, &asked.address),
        "message_templates" if account && get => {
            template_list::list(&shared.state().templates, query, &asked.address)
        }
        "message_templates" if account && post => {
            let body = asked.json();
            template_review::hand_in(shared, &body.unwrap_or_default())
        }
        "message_templates" if account && delete => template_review::delete(shared, query),
        "unpause" if post => {
            template_life::unpause(shared, &node).ok_or_else(|| GraphError::no_such_object(&node))
        }
        "uploads" if post && matches!(node.as_str(), account::APP_ID | "app") => {
            samples::open(shared, query)
        }
        "" if node.starts_with("upload:") && post => {
            samples::take(shared, &node, &asked.headers, &asked.body)
        }
        "" if node.starts_with("upload:") && get => samples::reached(shared, &node),
        "phone_numbers" if account && get => Ok(account::phone_numbers(shared, query)),
        "subscribed_apps" if account && get => Ok(account::subscribed_apps(shared)),
        "subscribed_apps" if account && (post || delete) => Ok(account::subscribe(shared, post)),
        "" if node == "debug_token" && get => Ok(account::debug_token(shared, query)),
        "" if number && get => Ok(account::phone_number(shared, &node, query)),
        "" if account && get => Ok(account::business_account(shared, query)),
        "" if post && is_template(shared, &node) => {
            template_review::edit(shared, &node, &asked.json().unwrap_or_default())
        }
        "" if delete => media::delete(shared, &node),
        "" if get && !node.is_empty() => {
            let template = shared
                .state()
                .templates
                .iter()
                .find(|t| t.id == node)
                .cloned();
            match template {
                Some(template) => Ok(template.node(query.get("fields").map(String::as_str))),
                None => media::address(shared, &node),
            }
        }
        _ if node.is_empty() => Err(GraphError::new(2_500, "Unknown path components")),
        _ => Err(GraphError::no_such_object(&node)),
    }
}

fn is_template(shared: &Shared, id: &str) -> bool {
    shared.state().templates.iter().any(|t| t.id == id)
}

async fn send(shared: &Shared, asked: &Asked) -> Result<Value, GraphError> {
    let body = asked
        .json()
        .ok_or_else(|| GraphError::new(100, "(#100) The body is not JSON"))?;
    let taken = messages::post(shared, &body)?;
    shared.schedule.wake();
    if let (true, Some(wamid)) = (taken.status_first, taken.wamid) {
        let job = Job::Status {
            wamid,
            status: "sent",
            code: None,
        };
        perform(shared, shared.clock.now(), job);
        shared.webhooks.drained(WEBHOOK_FIRST).await;
    }
    Ok(taken.answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_version_is_spoken_and_nothing_without_one() {
        for (path, expected) in [
            ("/v25.0/1/messages", vec!["1", "messages"]),
            ("/v9.12/1", vec!["1"]),
            ("/1/messages", vec![]),
            ("/vx.0/1", vec![]),
            ("/lookaside/a", vec!["lookaside", "a"]),
        ] {
            assert_eq!(segments(path), expected, "{path}");
        }
    }
}
