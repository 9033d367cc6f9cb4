//! `GET /{phone_number_id}/message_history` and `GET /{history_id}/events`: delivery states only, no content.
//!
//! Source: the OpenAPI file (`MessageHistoryResponse`, `MessageHistoryEventsResponse`).

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    account::APP_ID,
    graph_error::GraphError,
    platform::Shared,
    state::{State, StatusEvent},
};

const DEFAULT_PAGE: usize = 25;
const LARGEST_PAGE: usize = 100;
/// History ids are the number of the accepted message behind this.
const FIRST_ID: usize = 730_000_000_000_000;

fn limit(query: &HashMap<String, String>) -> usize {
    query
        .get("limit")
        .and_then(|n| n.parse().ok())
        .unwrap_or(DEFAULT_PAGE)
        .clamp(1, LARGEST_PAGE)
}

fn cursor(at: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("history:{at}"))
}

fn start(query: &HashMap<String, String>) -> Result<usize, GraphError> {
    let Some(given) = query.get("after").filter(|c| !c.is_empty()) else {
        return Ok(0);
    };
    URL_SAFE_NO_PAD
        .decode(given)
        .ok()
        .and_then(|b| {
            String::from_utf8(b)
                .ok()?
                .strip_prefix("history:")?
                .parse::<usize>()
                .ok()
        })
        .map(|at| at + 1)
        .ok_or_else(|| GraphError::plain(131_059))
}

fn events(state: &State, wamid: &str) -> Vec<StatusEvent> {
    state.history.get(wamid).cloned().unwrap_or_default()
}

fn event_id(message: usize, n: usize) -> String {
    (740_000_000_000_000 + message * 16 + n).to_string()
}

/// `played` is not among the states of this endpoint.
fn delivery_status(event: &StatusEvent) -> Option<&'static str> {
    match event.status.as_str() {
        "sent" => Some("SENT"),
        "delivered" => Some("DELIVERED"),
        "read" => Some("READ"),
        "failed" => Some("FAILED"),
        _ => None,
    }
}

fn described(event: &StatusEvent, mut node: Value) -> Value {
    if let Some(code) = event.code {
        node["error_description"] = GraphError::plain(code).details.into();
    }
    node
}

pub fn list(
    shared: &Shared,
    query: &HashMap<String, String>,
    own_address: &str,
) -> Result<Value, GraphError> {
    let (start, limit) = (start(query)?, limit(query));
    let wanted = query.get("message_id");
    let with_events = query.get("fields").is_none_or(|f| f.contains("events"));
    let webhook_uri = shared.webhooks.target();
    let state = shared.state();
    let matching: Vec<(usize, &str)> = match wanted {
        Some(wamid) => state
            .by_wamid
            .get(wamid)
            .map(|at| (*at, wamid.as_str()))
            .into_iter()
            .collect(),
        // Newest first.
        None => state
            .accepted
            .iter()
            .enumerate()
            .rev()
            .map(|(at, m)| (at, m.wamid.as_str()))
            .collect(),
    };
    let page: Vec<Value> = matching
        .iter()
        .skip(start)
        .take(limit)
        .map(|(at, wamid)| {
            let mut entry = json!({"id": (FIRST_ID + at).to_string(), "message_id": wamid});
            if with_events {
                let nodes: Vec<Value> = events(&state, wamid)
                    .iter()
                    .enumerate()
                    .filter_map(|(n, event)| {
                        let mut node = json!({
                            "id": event_id(*at, n),
                            "delivery_status": delivery_status(event)?,
                            "timestamp": event.at / 1_000,
                            "webhook_update_state": "DELIVERED",
                            "application": {"id": APP_ID},
                        });
                        if !webhook_uri.is_empty() {
                            node["webhook_uri"] = webhook_uri.clone().into();
                        }
                        Some(described(event, node))
                    })
                    .collect();
                entry["events"] = json!({ "data": nodes });
            }
            entry
        })
        .collect();
    Ok(paged(page, start, matching.len(), limit, own_address))
}

pub fn of_message(
    shared: &Shared,
    id: &str,
    query: &HashMap<String, String>,
    own_address: &str,
) -> Result<Value, GraphError> {
    let (start, limit) = (start(query)?, limit(query));
    let state = shared.state();
    let at = id
        .parse::<usize>()
        .ok()
        .and_then(|n| n.checked_sub(FIRST_ID));
    let message = at
        .and_then(|at| state.accepted.get(at))
        .ok_or_else(|| GraphError::no_such_object(id))?;
    let filter = query.get("status_filter");
    let nodes: Vec<Value> = events(&state, &message.wamid)
        .iter()
        .enumerate()
        .filter_map(|(n, event)| {
            let status = delivery_status(event)?;
            let node = json!({
                "id": event_id(at.unwrap_or_default(), n),
                "delivery_status": status,
                "occurrence_timestamp": event.at / 1_000,
                "status_timestamp": event.at / 1_000,
                "application": {"id": APP_ID, "name": "Guichet practice"},
            });
            filter
                .is_none_or(|f| f == status)
                .then(|| json!({"cursor": cursor(n), "node": described(event, node)}))
        })
        .collect();
    let total = nodes.len();
    let page = nodes.into_iter().skip(start).take(limit).collect();
    Ok(paged(page, start, total, limit, own_address))
}

fn paged(page: Vec<Value>, start: usize, total: usize, limit: usize, own: &str) -> Value {
    let (first, last) = (start, start + page.len());
    let mut answer = json!({ "data": page });
    if last > first {
        answer["paging"] = json!({"cursors": {"before": cursor(first), "after": cursor(last - 1)}});
        if last < total {
            answer["paging"]["next"] =
                format!("{own}?limit={limit}&after={}", cursor(last - 1)).into();
        }
    }
    answer
}
