//! Whatever the bytes: no panic, and nothing lost that could be read.

use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{expected::EXPECTED, payloads};
use crate::webhook::*;

#[test]
fn only_what_is_no_webhook_body_is_an_error() {
    let cases: [(&[u8], NotAWebhook); 9] = [
        (b"", NotAWebhook::NotJson),
        (b"{", NotAWebhook::NotJson),
        (b"\xff\xfe", NotAWebhook::NotJson),
        (b"[]", NotAWebhook::NotAnObject),
        (b"null", NotAWebhook::NotAnObject),
        (b"{}", NotAWebhook::OtherObject),
        (br#"{"object":"page","entry":[]}"#, NotAWebhook::OtherObject),
        (
            br#"{"object":"whatsapp_business_account"}"#,
            NotAWebhook::NoEntries,
        ),
        (
            br#"{"object":"whatsapp_business_account","entry":{}}"#,
            NotAWebhook::NoEntries,
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(
            parse(body).map(|_| ()),
            Err(expected),
            "{}",
            body.escape_ascii()
        );
    }
    assert!(parse(br#"{"object":"whatsapp_business_account","entry":[]}"#).is_ok());
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z0-9_.@+-]{0,12}".prop_map(Value::from),
        prop_oneof![
            Just("text"),
            Just("system"),
            Just("interactive"),
            Just("user_changed_number"),
            Just("edit"),
            Just("1795000000"),
            Just("connect"),
        ]
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 6, |inner| {
        let key = prop_oneof![
            Just("messages"),
            Just("statuses"),
            Just("contacts"),
            Just("errors"),
            Just("value"),
            Just("field"),
            Just("changes"),
            Just("id"),
            Just("from"),
            Just("type"),
            Just("text"),
            Just("timestamp"),
            Just("history"),
            Just("threads"),
            Just("calls"),
            Just("edit"),
            Just("system"),
            Just("interactive"),
            Just("message"),
            Just("user_preferences"),
        ]
        .prop_map(str::to_owned);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::hash_map(key, inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

const FIELDS: &[&str] = &[
    "messages",
    "standby",
    "smb_message_echoes",
    "history",
    "smb_app_state_sync",
    "calls",
    "user_preferences",
    "user_id_update",
    "message_template_status_update",
    "template_category_update",
    "account_update",
    "account_alerts",
    "anything",
];

/// Replaces the `n`-th node of a tree, counted depth first.
fn replace_node(tree: &mut Value, n: &mut usize, with: &Value) -> bool {
    if *n == 0 {
        *tree = with.clone();
        return true;
    }
    *n -= 1;
    match tree {
        Value::Array(items) => items.iter_mut().any(|item| replace_node(item, n, with)),
        Value::Object(fields) => fields.values_mut().any(|item| replace_node(item, n, with)),
        _ => false,
    }
}

fn count_in(body: &Value, keys: &[&str]) -> usize {
    let changes = body["entry"].as_array().into_iter().flatten();
    changes
        .flat_map(|entry| entry["changes"].as_array().into_iter().flatten())
        .flat_map(|change| keys.iter().map(move |key| &change["value"][*key]))
        .filter_map(Value::as_array)
        .map(Vec::len)
        .sum()
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn any_value_in_any_field_is_survived_and_leaves_a_trace(field in proptest::sample::select(FIELDS), value in any_json()) {
        let body = json!({"object": OBJECT, "entry": [{"id": "1", "changes": [{"field": field, "value": value}]}]});
        let webhook = parse(body.to_string().as_bytes()).expect("an envelope");
        prop_assert!(!webhook.items.is_empty());
    }

    #[test]
    fn a_mutated_fixture_loses_no_message_and_no_status(
        which in 0..EXPECTED.len(), node in 3_usize..80, with in any_json(),
    ) {
        let bytes = fs::read(payloads().join(format!("{}.json", EXPECTED[which].0))).expect("a fixture");
        let mut body: Value = serde_json::from_slice(&bytes).expect("JSON");
        replace_node(&mut body, &mut node.clone(), &with);
        if let Ok(webhook) = parse(body.to_string().as_bytes()) {
            let field_is_messages = body["entry"][0]["changes"][0]["field"] == "messages";
            if field_is_messages && EXPECTED[which].0 != "several_entries_some_malformed" {
                prop_assert!(webhook.items.len() >= count_in(&body, &["messages", "statuses"]));
            }
        }
    }

    #[test]
    fn a_flipped_byte_is_survived(which in 0..EXPECTED.len(), at in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let mut bytes = fs::read(payloads().join(format!("{}.json", EXPECTED[which].0))).expect("a fixture");
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let _ = parse(&bytes);
    }
}
