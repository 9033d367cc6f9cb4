//! `/{phone_number_id}/block_users` (Meta, "Block users"): only people who wrote in the last 24 hours.

use serde_json::{Value, json};

use crate::{graph_error::GraphError, journal::Line, platform::Shared};

/// `POST` blocks, `DELETE` lets go. Each person is a matter of his own: some may fail.
pub fn change(shared: &Shared, body: &Value, block: bool) -> Result<Value, GraphError> {
    let now = shared.clock.now();
    let users = body["block_users"]
        .as_array()
        .filter(|users| !users.is_empty())
        .ok_or_else(|| GraphError::new(131_008, "The parameter block_users is required."))?;
    let mut state = shared.state();
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for user in users {
        let input = user["user"].as_str().unwrap_or_default();
        let known = state.customers.get(input).cloned();
        let recent = known
            .as_ref()
            .filter(|customer| !block || customer.window_open_at(now));
        let Some(customer) = recent else {
            failed.push(json!({ "input": input, "errors": [{
                "message": "(#131047) Re-engagement message", "code": 131_047,
                "error_data": { "details": "This person has not written to the business in the last 24 hours." },
            }] }));
            continue;
        };
        let changed = state
            .customers
            .meet(customer.wa_id.as_deref(), customer.bsuid.as_deref());
        changed.blocked = block;
        shared.journal.append(&Line::Customer(changed.clone()));
        done.push(json!({ "input": input, "wa_id": changed.key() }));
    }
    if done.is_empty() {
        return Err(GraphError::new(
            131_047,
            "Nobody of these has written to the business in the last 24 hours.",
        ));
    }
    let mut lists = json!({ (if block { "added_users" } else { "removed_users" }): done });
    if !failed.is_empty() {
        lists["failed_users"] = failed.into();
    }
    Ok(json!({ "messaging_product": "whatsapp", "block_users": lists }))
}

/// `GET`: who is blocked.
pub fn list(shared: &Shared) -> Value {
    let state = shared.state();
    let blocked = state
        .customers
        .all()
        .iter()
        .filter(|customer| customer.blocked);
    let rows: Vec<Value> = blocked
        .map(|customer| json!({ "messaging_product": "whatsapp", "wa_id": customer.key() }))
        .collect();
    json!({ "data": rows })
}
