//! Every event there is, and what it does to the window (Meta, "Send messages: customer service windows").

use crate::{DAY, GROUP, HOUR, MINUTE, NINE, lena, text};
use cloud_api::webhook::Peer;
use serde_json::{Value, json};
use support::{
    bodies::{self, LENA, NUMBER, seconds},
    counter::{Counter, Seen},
};

/// A message of Lena's with this content, at nine.
fn message(content: Value) -> Value {
    bodies::message(NUMBER, LENA, "wamid.EVENT", NINE, content)
}

fn change(field: &str, value: Value) -> Value {
    bodies::change(NUMBER, field, value)
}

fn media(kind: &str) -> Value {
    let mut content = json!({ "type": kind });
    content[kind] =
        json!({ "id": "900001", "mime_type": "application/octet-stream", "sha256": "AAAA" });
    message(content)
}

fn interactive(kind: &str, reply: Value) -> Value {
    let mut interactive = json!({ "type": kind });
    interactive[kind] = reply;
    message(json!({ "type": "interactive", "interactive": interactive }))
}

fn unsupported(kind: &str) -> Value {
    message(json!({
        "type": "unsupported",
        "unsupported": { "type": kind },
        "errors": [{ "code": 131_051, "title": "Message type unknown" }],
    }))
}

fn call(part: &str, entry: Value) -> Value {
    let mut entry = entry;
    entry["id"] = "wacid.EVENT".into();
    entry["timestamp"] = seconds(NINE);
    let mut value = json!({});
    value[part] = json!([entry]);
    change("calls", value)
}

fn system(kind: &str) -> Value {
    message(json!({ "type": "system", "system": { "type": kind, "body": "…", "wa_id": LENA } }))
}

fn echo() -> Value {
    let echo = json!({ "from": "493055501234", "to": LENA, "id": "wamid.ECHO", "timestamp": seconds(NINE), "type": "text", "text": { "body": "Vom Telefon" } });
    change("smb_message_echoes", json!({ "message_echoes": [echo] }))
}

fn history() -> Value {
    let past = json!({ "from": LENA, "id": "wamid.PAST", "timestamp": seconds(NINE), "type": "text", "text": { "body": "Damals" }, "history_context": { "status": "READ" } });
    change(
        "history",
        json!({ "history": [{ "metadata": { "phase": 0 }, "threads": [{ "id": LENA, "messages": [past] }] }] }),
    )
}

fn standby(part: &str) -> Value {
    let said = json!({ "from": LENA, "id": "wamid.STANDBY", "timestamp": seconds(NINE), "type": "text", "text": { "body": "Gibt es Brot?" } });
    let mut echo = said.clone();
    (echo["from"], echo["to"]) = ("493055501234".into(), LENA.into());
    let mut lane = json!({});
    lane[part] = json!([if part == "messages" { said } else { echo }]);
    change("standby", json!({ "standby": lane }))
}

fn without_time() -> Value {
    let mut body = message(json!({ "type": "text", "text": { "body": "Wann?" } }));
    let message = &mut body["entry"][0]["changes"][0]["value"]["messages"][0];
    message.as_object_mut().unwrap().remove("timestamp");
    body
}

fn preference() -> Value {
    let stop = json!({ "wa_id": LENA, "category": "marketing_messages", "value": "stop", "timestamp": NINE / 1000 });
    change("user_preferences", json!({ "user_preferences": [stop] }))
}

fn from_group() -> Value {
    message(json!({ "type": "text", "text": { "body": "Wir sind zu acht" }, "group_id": GROUP }))
}

/// What an event does to the window between Lena and this number.
fn events() -> Vec<(&'static str, Value, bool)> {
    let reply = json!({ "id": "a", "title": "Ja" });
    vec![
        (
            "text",
            message(json!({ "type": "text", "text": { "body": "Hallo" } })),
            true,
        ),
        ("image", media("image"), true),
        ("audio", media("audio"), true),
        ("video", media("video"), true),
        ("document", media("document"), true),
        ("sticker", media("sticker"), true),
        (
            "location",
            message(
                json!({ "type": "location", "location": { "latitude": 52.5, "longitude": 13.4 } }),
            ),
            true,
        ),
        (
            "contacts",
            message(
                json!({ "type": "contacts", "contacts": [{ "name": { "formatted_name": "Kim Weber" } }] }),
            ),
            true,
        ),
        (
            "order",
            message(
                json!({ "type": "order", "order": { "catalog_id": "1", "product_items": [] } }),
            ),
            true,
        ),
        (
            "quick-reply button of a template",
            message(json!({ "type": "button", "button": { "text": "Ja", "payload": "ja" } })),
            true,
        ),
        (
            "reply button",
            interactive("button_reply", reply.clone()),
            true,
        ),
        ("list row", interactive("list_reply", reply), true),
        (
            "flow reply",
            interactive(
                "nfm_reply",
                json!({ "name": "flow", "body": "Sent", "response_json": "{}" }),
            ),
            true,
        ),
        ("unsupported poll", unsupported("poll_creation"), true),
        (
            "unsupported without a name",
            message(json!({ "type": "unsupported", "errors": [{ "code": 131_051 }] })),
            true,
        ),
        ("unsupported edit", unsupported("edit"), false),
        ("unsupported reaction", unsupported("reaction"), false),
        (
            "reaction",
            message(
                json!({ "type": "reaction", "reaction": { "message_id": "wamid.X", "emoji": "👍" } }),
            ),
            false,
        ),
        (
            "edit",
            message(
                json!({ "type": "edit", "edit": { "original_message_id": "wamid.X", "message": { "type": "text", "text": { "body": "Neu" } } } }),
            ),
            false,
        ),
        (
            "revoke",
            message(json!({ "type": "revoke", "revoke": { "original_message_id": "wamid.X" } })),
            false,
        ),
        (
            "system: identity changed",
            system("customer_identity_changed"),
            false,
        ),
        (
            "request_welcome",
            message(json!({ "type": "request_welcome" })),
            false,
        ),
        (
            "a kind nobody knows",
            message(json!({ "type": "hologram", "hologram": {} })),
            false,
        ),
        (
            "call from the customer",
            call(
                "calls",
                json!({ "from": LENA, "to": "493055501234", "event": "connect", "direction": "USER_INITIATED" }),
            ),
            true,
        ),
        (
            "our call accepted",
            call(
                "statuses",
                json!({ "recipient_id": LENA, "type": "call", "status": "ACCEPTED" }),
            ),
            true,
        ),
        (
            "our call ringing",
            call(
                "statuses",
                json!({ "recipient_id": LENA, "type": "call", "status": "RINGING" }),
            ),
            false,
        ),
        (
            "our call rejected",
            call(
                "statuses",
                json!({ "recipient_id": LENA, "type": "call", "status": "REJECTED" }),
            ),
            false,
        ),
        (
            "our call connecting",
            call(
                "calls",
                json!({ "to": LENA, "from": "493055501234", "event": "connect", "direction": "BUSINESS_INITIATED" }),
            ),
            false,
        ),
        (
            "end of a call",
            call(
                "calls",
                json!({ "from": LENA, "to": "493055501234", "event": "terminate", "direction": "USER_INITIATED" }),
            ),
            false,
        ),
        (
            "call permission",
            interactive("call_permission_reply", json!({ "response": "accept" })),
            false,
        ),
        ("standby: the customer wrote", standby("messages"), true),
        (
            "standby: the agent answered",
            standby("message_echoes"),
            false,
        ),
        ("history import", history(), false),
        ("written on the shop's phone", echo(), false),
        (
            "status sent",
            bodies::status(NUMBER, LENA, "wamid.OURS", NINE, "sent"),
            false,
        ),
        (
            "status delivered",
            bodies::status(NUMBER, LENA, "wamid.OURS", NINE, "delivered"),
            false,
        ),
        (
            "status read",
            bodies::status(NUMBER, LENA, "wamid.OURS", NINE, "read"),
            false,
        ),
        (
            "status failed, not for the window",
            bodies::failed(NUMBER, LENA, "wamid.OURS", NINE, 131_026),
            false,
        ),
        ("message in a group", from_group(), false),
        ("marketing stopped", preference(), false),
        ("without a timestamp", without_time(), false),
    ]
}

#[test]
fn each_event_opens_the_window_or_does_not() {
    for (name, body, opens) in events() {
        let counter = Counter::open(NINE + MINUTE);
        counter.receive(&body, NINE + 300);
        let expected = if opens {
            Seen::Open(NINE + DAY)
        } else {
            Seen::Never
        };
        assert_eq!(counter.window(NUMBER, &lena()), expected, "{name}");
    }
}

#[test]
fn each_event_starts_the_24_hours_anew_or_leaves_them_alone() {
    for (name, body, opens) in events() {
        let counter = Counter::open(NINE + MINUTE);
        counter.receive(&text(NINE - 2 * HOUR), NINE - 2 * HOUR);
        counter.receive(&body, NINE + 300);
        let expected = if opens { NINE + DAY } else { NINE + 22 * HOUR };
        assert_eq!(
            counter.window(NUMBER, &lena()),
            Seen::Open(expected),
            "{name}"
        );
    }
}

#[test]
fn a_message_in_a_group_opens_the_groups_window() {
    let counter = Counter::open(NINE + MINUTE);
    counter.receive(&from_group(), NINE + 300);
    let group = Peer {
        group_id: Some(GROUP.into()),
        ..Peer::default()
    };
    assert_eq!(counter.window(NUMBER, &group), Seen::Open(NINE + DAY));
    assert_eq!(counter.window(NUMBER, &lena()), Seen::Never);
}
