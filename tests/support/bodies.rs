//! Webhook bodies as Meta posts them, with invented people.

use serde_json::{Value, json};

pub const NUMBER: &str = "301100200300400";
pub const SECOND_NUMBER: &str = "301100200300401";
pub const LENA: &str = "4915155501001";
pub const LENA_BSUID: &str = "DE.7kQm2Lw9ZtR4";

/// One change of one business number.
pub fn change(number: &str, field: &str, mut value: Value) -> Value {
    value["messaging_product"] = "whatsapp".into();
    value["metadata"] =
        json!({ "display_phone_number": "493055501234", "phone_number_id": number });
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "201100200300400", "changes": [{ "field": field, "value": value }] }] })
}

/// A `messages` body with one message; `at` in Unix milliseconds becomes Meta's seconds.
pub fn message(number: &str, from: &str, wamid: &str, at: i64, content: Value) -> Value {
    let mut message = content;
    message["from"] = from.into();
    message["id"] = wamid.into();
    message["timestamp"] = seconds(at);
    change(number, "messages", json!({ "messages": [message] }))
}

pub fn text(number: &str, from: &str, wamid: &str, at: i64, body: &str) -> Value {
    message(
        number,
        from,
        wamid,
        at,
        json!({ "type": "text", "text": { "body": body } }),
    )
}

pub fn status(number: &str, to: &str, wamid: &str, at: i64, status: &str) -> Value {
    let status =
        json!({ "id": wamid, "status": status, "timestamp": seconds(at), "recipient_id": to });
    change(number, "messages", json!({ "statuses": [status] }))
}

pub fn failed(number: &str, to: &str, wamid: &str, at: i64, code: i64) -> Value {
    let mut body = status(number, to, wamid, at, "failed");
    body["entry"][0]["changes"][0]["value"]["statuses"][0]["errors"] = json!([{ "code": code, "title": "Message failed", "error_data": { "details": "Why it failed." } }]);
    body
}

/// Meta's `timestamp`: seconds, as a string.
pub fn seconds(at: i64) -> Value {
    (at / 1000).to_string().into()
}
