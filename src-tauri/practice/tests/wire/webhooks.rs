//! What the webhook target gets. The receiver refuses what is not signed with the app secret.

use axum::http::StatusCode;
use practice::{CustomerChange, Platform, RuleSettings, StatusPlan};
use serde_json::{Value, json};

use crate::shop::{HOUR, LENA, START, Shop, until};

fn column<'v>(all: &'v [Value], key: &str) -> Vec<&'v str> {
    all.iter()
        .map(|s| s[key].as_str().unwrap_or_default())
        .collect()
}

#[tokio::test]
async fn a_customers_message_arrives_signed_and_in_metas_shape() {
    let shop = Shop::open().await;
    let wamid = shop.lena_writes();
    let body = until("the message", || shop.received.bodies().pop()).await;
    assert_eq!(body["object"], "whatsapp_business_account");
    let value = &body["entry"][0]["changes"][0]["value"];
    assert_eq!(value["metadata"]["phone_number_id"], "318000000000101");
    assert_eq!(value["contacts"][0]["profile"]["name"], "Lena Brandt");
    assert_eq!(value["contacts"][0]["wa_id"], LENA);
    let message = &value["messages"][0];
    assert_eq!(message["from"], LENA);
    assert_eq!(message["from_user_id"], value["contacts"][0]["user_id"]);
    assert_eq!(message["id"], wamid.as_str());
    assert_eq!(message["timestamp"], (START / 1_000).to_string());
    assert_eq!(
        message["text"]["body"],
        "Guten Tag, ist mein Rad fertig? \u{1F6B2}"
    );
}

#[tokio::test]
async fn a_webhook_is_repeated_until_it_is_answered_with_200() {
    let shop = Shop::open().await;
    shop.received.answers.lock().unwrap().extend([
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::INTERNAL_SERVER_ERROR,
        StatusCode::ACCEPTED,
    ]);
    shop.lena_writes();
    until("the message after three refusals", || {
        shop.received.messages().pop()
    })
    .await;
    assert_eq!(shop.control.settle().await.pending_webhooks, 0);
    assert_eq!(shop.received.messages().len(), 1);
}

#[tokio::test]
async fn webhooks_wait_for_their_target() {
    let shop = Shop::with(|config| config.webhook_url.clear()).await;
    shop.lena_writes();
    assert_eq!(shop.control.overview().pending_webhooks, 1);
    let (url, received) = crate::shop::receiver().await;
    shop.control.set_webhook_target(url);
    until("the message", || received.messages().pop()).await;
}

#[tokio::test]
async fn the_handshake_passes_with_the_right_verify_token_only() {
    let shop = Shop::open().await;
    assert!(shop.control.verify_webhook().await);
    let other = Shop::with(|config| config.verify_token = "other".into()).await;
    assert!(!other.control.verify_webhook().await);
}

#[tokio::test]
async fn statuses_climb_by_the_clock_and_carry_the_callback_data() {
    let shop = Shop::open().await;
    shop.lena_writes();
    shop.control.set_status_plan(StatusPlan {
        auto: true,
        sent_ms: 1_000,
        delivered_ms: 2_000,
        read_ms: Some(HOUR),
    });
    let (_, answer) = shop.post(&Shop::text("row-7")).await;
    for (jump, expected) in [(999, 0), (1, 1), (1_000, 2), (HOUR - 2_000, 3)] {
        shop.jump(jump);
        until("the next status", || {
            (shop.received.statuses().len() == expected).then_some(())
        })
        .await;
    }
    let statuses = shop.received.statuses();
    assert_eq!(column(&statuses, "status"), ["sent", "delivered", "read"]);
    assert_eq!(column(&statuses, "biz_opaque_callback_data"), ["row-7"; 3]);
    assert_eq!(column(&statuses, "recipient_id"), [LENA; 3]);
    assert_eq!(
        statuses[2]["timestamp"],
        ((START + HOUR) / 1_000).to_string()
    );
    assert!(
        statuses
            .iter()
            .all(|s| s["id"] == answer["messages"][0]["id"])
    );
    let priced: Vec<bool> = statuses
        .iter()
        .map(|s| s.get("pricing").is_some())
        .collect();
    assert_eq!(priced, [true, true, false]);
    assert_eq!(
        statuses[0]["pricing"],
        json!({"billable": true, "pricing_model": "PMP", "type": "regular", "category": "service"})
    );
}

#[tokio::test]
async fn a_jump_over_all_delays_brings_all_statuses_at_the_times_they_were_due() {
    let shop = Shop::open().await;
    shop.lena_writes();
    shop.post(&Shop::text("row")).await;
    shop.jump(HOUR);
    until("three statuses", || {
        (shop.received.statuses().len() == 3).then_some(())
    })
    .await;
    assert_eq!(
        shop.received.statuses()[2]["timestamp"],
        ((START + 4_000) / 1_000).to_string()
    );
}

#[tokio::test]
async fn a_reaction_only_gets_sent_and_a_customer_who_blocks_gets_nothing() {
    let shop = Shop::open().await;
    let wamid = shop.lena_writes();
    let reaction = json!({"messaging_product": "whatsapp", "to": LENA, "type": "reaction",
        "reaction": {"message_id": wamid, "emoji": "\u{1F44D}"}});
    assert_eq!(shop.post(&reaction).await.0, 200);
    shop.control.settle().await;
    assert_eq!(column(&shop.received.statuses(), "status"), ["sent"]);

    shop.control.change_customer(
        LENA,
        &CustomerChange {
            blocks: Some(true),
            ..Default::default()
        },
    );
    assert_eq!(shop.post(&Shop::text("row")).await.0, 200);
    shop.control.settle().await;
    let statuses = shop.received.statuses();
    assert_eq!(column(&statuses, "status"), ["sent", "sent", "failed"]);
    assert_eq!(statuses[2]["errors"][0]["code"], 131_026);
    assert!(statuses[2]["errors"][0]["error_data"]["details"].is_string());
}

#[tokio::test]
async fn a_refusal_can_come_late_as_a_failed_status() {
    let shop = Shop::open().await;
    shop.control.set_rules(RuleSettings {
        as_status: vec![131_047],
        ..Default::default()
    });
    assert_eq!(shop.post(&Shop::text("row-3")).await.0, 200);
    shop.control.settle().await;
    let statuses = shop.received.statuses();
    assert_eq!(column(&statuses, "status"), ["failed"]);
    assert_eq!(statuses[0]["errors"][0]["code"], 131_047);
    assert_eq!(statuses[0]["biz_opaque_callback_data"], "row-3");
}

#[tokio::test]
async fn statuses_can_be_sent_by_hand() {
    let shop = Shop::open().await;
    shop.lena_writes();
    shop.control.set_status_plan(StatusPlan {
        auto: false,
        ..Default::default()
    });
    let (_, answer) = shop.post(&Shop::text("row")).await;
    let wamid = answer["messages"][0]["id"].as_str().unwrap();
    for status in ["read", "played", "sent"] {
        shop.control.send_status(wamid, status, None).unwrap();
    }
    shop.control.settle().await;
    assert_eq!(
        column(&shop.received.statuses(), "status"),
        ["read", "played", "sent"]
    );
    assert!(
        shop.control
            .send_status("wamid.none", "sent", None)
            .is_err()
    );
}

#[tokio::test]
async fn a_customer_who_stops_marketing_is_announced_and_gets_none() {
    let shop = Shop::open().await;
    shop.lena_writes();
    shop.control.change_customer(
        LENA,
        &CustomerChange {
            stops_marketing: Some(true),
            ..Default::default()
        },
    );
    shop.control.settle().await;
    let body = shop.received.bodies().pop().unwrap();
    let preference = &body["entry"][0]["changes"][0]["value"]["user_preferences"][0];
    assert_eq!(
        (
            preference["value"].as_str(),
            preference["timestamp"].as_i64()
        ),
        (Some("stop"), Some(START / 1_000))
    );
    let offer = json!({"messaging_product": "whatsapp", "to": LENA, "type": "template", "template": {
        "name": "season_news", "language": {"code": "de"}, "components": [{"type": "body", "parameters": [
            {"type": "text", "parameter_name": "customer_name", "text": "Frau Brandt"},
            {"type": "text", "parameter_name": "news", "text": "neue Helme"}]}]}});
    assert_eq!(shop.post(&offer).await.1["error"]["code"], 131_050);
}

#[tokio::test]
async fn any_body_can_be_sent_and_opens_windows_like_the_platforms_own() {
    let shop = Shop::open().await;
    let body = json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": {
        "messages": [{"from": LENA, "id": "wamid.hand", "timestamp": (START / 1_000).to_string(), "type": "sticker"}]}}]}]});
    shop.control.send_webhook(&body);
    shop.control.send_webhook_bytes(b"not json at all".to_vec());
    shop.control.settle().await;
    assert_eq!(shop.received.bodies(), [body, json!("not json at all")]);
    assert_eq!(shop.post(&Shop::text("row")).await.0, 200);
}

#[tokio::test]
async fn a_platform_started_again_with_its_state_file_brings_what_is_missing() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("state.jsonl");
    let shop = Shop::with(|config| config.state_file = Some(file.clone())).await;
    shop.lena_writes();
    shop.post(&Shop::text("row-1")).await;
    shop.jump(300);
    until("sent", || shop.received.statuses().pop()).await;
    let (url, clock) = (shop.control.overview().webhook_url, shop.clock.clone());
    // The 200 is written down right after it was read; wait for that, then stop.
    until("the line in the file", || {
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("\"status\":\"sent\"")
            .then_some(())
    })
    .await;
    shop.platform.stop().await;
    shop.control.reset();

    let config = practice::Config {
        webhook_url: url,
        state_file: Some(file),
        ..practice::Config::local(clock)
    };
    let again = Platform::start(config).await.unwrap();
    assert_eq!(again.control().accepted(Some("row-1")).len(), 1);
    again.control().settle().await;
    assert_eq!(
        column(&shop.received.statuses(), "status"),
        ["sent", "delivered", "read"]
    );
}
