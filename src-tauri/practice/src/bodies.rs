//! Webhook bodies as Meta writes them (Meta, "Webhooks reference": messages, status, account fields).

use serde_json::{Map, Value, json};

use crate::{
    customers::Customer,
    graph_error::GraphError,
    platform::Config,
    state::{Accepted, StatusEvent},
};

/// One entry with one change.
pub fn envelope(config: &Config, field: &str, value: Value, entry_at: Option<i64>) -> Value {
    let mut entry = json!({
        "id": config.waba_id,
        "changes": [{"value": value, "field": field}],
    });
    // The `messages` field comes without an entry time, the account fields with one.
    if let Some(at) = entry_at {
        entry["time"] = (at / 1_000).into();
    }
    json!({"object": "whatsapp_business_account", "entry": [entry]})
}

fn messages_value(config: &Config) -> Value {
    json!({
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": crate::customers::digits(&config.display_phone_number),
            "phone_number_id": config.phone_number_id,
        },
    })
}

fn contact(customer: &Customer) -> Value {
    let mut profile = Map::new();
    profile.insert("name".into(), customer.name.clone().into());
    if let Some(username) = &customer.username {
        profile.insert("username".into(), username.clone().into());
    }
    let mut contact = json!({ "profile": profile });
    if let Some(wa_id) = &customer.wa_id {
        contact["wa_id"] = wa_id.clone().into();
    }
    if let Some(bsuid) = &customer.bsuid {
        contact["user_id"] = bsuid.clone().into();
    }
    contact
}

/// A message a customer wrote. `content` is the message object; sender, id and time are filled in where missing.
pub fn inbound(
    config: &Config,
    customer: &Customer,
    wamid: &str,
    at: i64,
    content: &Value,
) -> Value {
    let mut message = Map::new();
    if let Some(wa_id) = &customer.wa_id {
        message.insert("from".into(), wa_id.clone().into());
    }
    if let Some(bsuid) = &customer.bsuid {
        message.insert("from_user_id".into(), bsuid.clone().into());
    }
    message.insert("id".into(), wamid.into());
    message.insert("timestamp".into(), (at / 1_000).to_string().into());
    if let Value::Object(given) = content {
        message.extend(given.clone());
    }
    let mut value = messages_value(config);
    // System messages come without a contacts block.
    if message.get("type").is_none_or(|t| t != "system") {
        value["contacts"] = json!([contact(customer)]);
    }
    value["messages"] = json!([message]);
    envelope(config, "messages", value, None)
}

/// A delivery status, with pricing in `sent` and in the first of `delivered` and `read`.
pub fn status(
    config: &Config,
    customer: Option<&Customer>,
    message: &Accepted,
    event: &StatusEvent,
    priced: bool,
) -> Value {
    let mut status = json!({
        "id": event.wamid,
        "status": event.status,
        "timestamp": (event.at / 1_000).to_string(),
    });
    match customer {
        Some(customer) => {
            if let Some(wa_id) = &customer.wa_id {
                status["recipient_id"] = wa_id.clone().into();
            }
            // A failed status names only the id the send was addressed to.
            if let Some(bsuid) = &customer.bsuid
                && (event.status != "failed" || *bsuid == message.to)
            {
                status["recipient_user_id"] = bsuid.clone().into();
            }
        }
        None => status["recipient_id"] = message.to.clone().into(),
    }
    if let Some(data) = &message.callback_data {
        status["biz_opaque_callback_data"] = data.clone().into();
    }
    if priced {
        status["pricing"] = json!({
            "billable": true,
            "pricing_model": "PMP",
            "type": "regular",
            "category": message.category,
        });
    }
    if let Some(code) = event.code {
        status["errors"] = json!([GraphError::plain(code).in_status()]);
    }
    let mut value = messages_value(config);
    if let Some(customer) = customer.filter(|_| event.status != "failed") {
        value["contacts"] = json!([contact(customer)]);
    }
    value["statuses"] = json!([status]);
    envelope(config, "messages", value, None)
}

/// The customer stopped or resumed marketing (field `user_preferences`; its timestamp is a number).
pub fn user_preference(config: &Config, customer: &Customer, stop: bool, at: i64) -> Value {
    let mut preference = json!({
        "category": "marketing_messages",
        "value": if stop { "stop" } else { "resume" },
        "detail": if stop { "User requested to stop marketing messages" } else { "User requested to resume marketing messages" },
        "timestamp": at / 1_000,
    });
    if let Some(wa_id) = &customer.wa_id {
        preference["wa_id"] = wa_id.clone().into();
    }
    if let Some(bsuid) = &customer.bsuid {
        preference["user_id"] = bsuid.clone().into();
    }
    let mut value = messages_value(config);
    value["contacts"] = json!([contact(customer)]);
    value["user_preferences"] = json!([preference]);
    envelope(config, "user_preferences", value, None)
}

/// Bytes as Meta signs them: everything outside ASCII is written `\uXXXX`.
pub fn bytes(body: &Value) -> Vec<u8> {
    let mut out = String::new();
    for c in body.to_string().chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_ascii_and_mean_the_same() {
        let body = json!({"text": "Grüße 🥨, até já"});
        let written = bytes(&body);
        assert!(written.is_ascii());
        assert_eq!(serde_json::from_slice::<Value>(&written).unwrap(), body);
    }
}
