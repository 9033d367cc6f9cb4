//! The scripted customers, played by jumps of the clock.

use practice::{AccountChange, Language, On};
use serde_json::{Value, json};

use crate::shop::{LENA, START, Shop, until};

const MINUTE: i64 = 60_000;

fn said(shop: &Shop, from: &str) -> Vec<Value> {
    shop.received
        .messages()
        .into_iter()
        .filter(|m| m["from"] == from || m["from_user_id"] == from)
        .collect()
}

async fn count(shop: &Shop, from: &str, expected: usize) -> Vec<Value> {
    until(&format!("message {expected} of {from}"), || {
        Some(said(shop, from)).filter(|m| m.len() >= expected)
    })
    .await
}

#[tokio::test]
async fn customers_open_answer_and_ask_again_after_a_silence() {
    for language in [Language::De, Language::PtBr, Language::En] {
        let shop = Shop::with(|config| config.auto_customers = true).await;
        shop.platform.run_script(language);
        // Four opened before the start, the others within five minutes.
        until("the first openings", || {
            (shop.received.messages().len() >= 4).then_some(())
        })
        .await;
        let oldest = shop
            .received
            .messages()
            .iter()
            .map(|m| m["timestamp"].as_str().unwrap().parse::<i64>().unwrap())
            .min();
        assert_eq!(oldest, Some((START - 1_560 * MINUTE) / 1_000));
        shop.jump(5 * MINUTE);
        until("all openings", || {
            (shop.received.messages().len() >= 7).then_some(())
        })
        .await;
        assert!(
            shop.received
                .messages()
                .iter()
                .any(|m| m["type"] == "image")
        );
        assert!(
            shop.received
                .messages()
                .iter()
                .any(|m| m.get("from").is_none())
        );

        let first = shop.received.messages()[0]["from"]
            .as_str()
            .unwrap()
            .to_owned();
        shop.jump(30 * MINUTE);
        assert_eq!(
            count(&shop, &first, 2).await.len(),
            2,
            "nobody answered, so the customer asks again"
        );
        let answer = json!({"messaging_product": "whatsapp", "to": first, "type": "text", "text": {"body": "Ja!"}});
        assert_eq!(shop.post(&answer).await.0, 200);
        shop.jump(MINUTE);
        count(&shop, &first, 2).await;
        shop.jump(5 * MINUTE);
        assert_eq!(
            count(&shop, &first, 3).await.len(),
            3,
            "and goes on once answered"
        );
    }
}

#[tokio::test]
async fn the_customer_whose_window_is_closed_taps_the_template_and_opens_it() {
    let shop = Shop::with(|config| config.auto_customers = true).await;
    shop.platform.run_script(Language::De);
    let renate = "493023125134";
    count(&shop, renate, 1).await;
    let text = json!({"messaging_product": "whatsapp", "to": renate, "type": "text", "text": {"body": "?"}});
    assert_eq!(shop.post(&text).await.1["error"]["code"], 131_047);
    assert_eq!(
        shop.post(&Shop::template(
            renate,
            "continue_conversation",
            &["Frau Okafor"]
        ))
        .await
        .0,
        200
    );
    shop.jump(MINUTE);
    until("delivered", || {
        shop.received
            .statuses()
            .iter()
            .find(|s| s["status"] == "delivered")
            .cloned()
    })
    .await;
    shop.jump(MINUTE);
    let tap = count(&shop, renate, 2).await.pop().unwrap();
    assert_eq!(tap["type"], "button");
    assert!(tap["context"]["id"].as_str().unwrap().starts_with("wamid."));
    assert_eq!(shop.post(&text).await.0, 200);
}

#[tokio::test]
async fn a_blast_lowers_quality_and_then_pauses_the_template() {
    let shop = Shop::with(|config| config.auto_customers = true).await;
    shop.control.set_rules(practice::RuleSettings {
        throughput_per_s: 1_000,
        ..Default::default()
    });
    let quality = async || {
        shop.get("318000000000101?fields=quality_rating").await.1["quality_rating"].clone()
    };
    for n in 0..40 {
        let to = format!("+4930231259{n:02}");
        let (status, body) = shop
            .post(&Shop::template(&to, "continue_conversation", &["du"]))
            .await;
        assert_eq!(status, 200, "{body}");
        match n {
            18 => assert_eq!(quality().await, "GREEN"),
            19 => assert_eq!(quality().await, "YELLOW"),
            39 => assert_eq!(quality().await, "RED"),
            _ => {}
        }
    }
    let refused = shop
        .post(&Shop::template(LENA, "continue_conversation", &["du"]))
        .await
        .1;
    assert_eq!(refused["error"]["code"], 132_015);
}

#[tokio::test]
async fn a_reset_leaves_nothing_behind() {
    let shop = Shop::open().await;
    shop.lena_writes();
    shop.post(&Shop::text("row")).await;
    shop.control
        .arm_fault(practice::Fault::new(On::Any, practice::Kind::Status));
    shop.control
        .change_account(&AccountChange {
            code: Some(368),
            ..Default::default()
        })
        .unwrap();
    shop.control.reset();
    let state = shop.control.overview();
    assert_eq!(
        (
            state.accepted,
            state.customers,
            state.planned,
            state.pending_webhooks
        ),
        (0, 0, 0, 0)
    );
    assert_eq!(
        shop.post(&Shop::text("row")).await.1["error"]["code"],
        131_047
    );
}

#[tokio::test]
async fn the_webhook_parser_understands_all_that_is_sent() {
    let shop = Shop::with(|config| config.auto_customers = true).await;
    for language in [Language::De, Language::PtBr, Language::En] {
        shop.platform.run_script(language);
    }
    shop.jump(5 * MINUTE);
    until("21 openings", || {
        (shop.received.messages().len() >= 21).then_some(())
    })
    .await;
    shop.post(&Shop::template(
        "493023125134",
        "continue_conversation",
        &["Frau Okafor"],
    ))
    .await;
    shop.control
        .set_template_status("order_ready", "en", "PAUSED", None)
        .unwrap();
    for state in ["restricted", "locked", "ok"] {
        let change = AccountChange {
            state: Some(state.into()),
            ..Default::default()
        };
        shop.control.change_account(&change).unwrap();
    }
    let stop = practice::CustomerChange {
        stops_marketing: Some(true),
        ..Default::default()
    };
    shop.control.change_customer("493023125101", &stop);
    shop.jump(10 * MINUTE);
    shop.control.settle().await;
    for body in shop.received.bodies() {
        let parsed = cloud_api::webhook::parse(body.to_string().as_bytes()).unwrap();
        assert!(!parsed.items.is_empty());
        assert_eq!(parsed.kept_raw().count(), 0, "{body}");
    }
}

#[tokio::test]
async fn whoever_had_not_written_yet_when_the_platform_ended_writes_after_its_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("state.jsonl");
    let shop = Shop::with(|config| {
        config.auto_customers = true;
        config.state_file = Some(file.clone());
    })
    .await;
    shop.platform.run_script(Language::De);
    until("the first openings", || {
        (shop.received.messages().len() >= 4).then_some(())
    })
    .await;
    let early = shop.received.messages().len();
    let (url, clock) = (shop.control.overview().webhook_url, shop.clock.clone());
    shop.platform.stop().await;

    let again = practice::Platform::start(practice::Config {
        webhook_url: url,
        state_file: Some(file),
        auto_customers: true,
        ..practice::Config::local(clock)
    })
    .await
    .unwrap();
    again.run_script(Language::De);
    let later = practice::ClockMove {
        jump_ms: 5 * MINUTE,
        ..practice::ClockMove::default()
    };
    again.control().move_clock(later).unwrap();
    let openings = until("the others' openings", || {
        let names: std::collections::BTreeSet<String> = shop
            .received
            .messages()
            .iter()
            .filter_map(|m| Some(m.get("from").or(m.get("from_user_id"))?.to_string()))
            .collect();
        (names.len() >= 7).then_some(names.len())
    })
    .await;
    assert!(early < openings, "{early} before, {openings} in all");
}

#[tokio::test]
async fn who_said_stop_and_gets_another_template_reports_it() {
    let shop = Shop::with(|config| config.auto_customers = true).await;
    shop.platform.run_script(Language::De);
    let dirk = "493023125148";
    let complaints = || {
        let all = shop.control.templates();
        let told = all
            .iter()
            .find(|t| t.name == "continue_conversation" && t.language == "de");
        told.map_or(0, |t| t.life.complaints)
    };
    let said_stop = || {
        let mut all = shop.received.messages().into_iter();
        all.find(|m| m["text"]["body"] == "STOPP")
    };
    for again in [false, true] {
        let before = complaints();
        let template = Shop::template(dirk, "continue_conversation", &["Herr Pohlmann"]);
        assert_eq!(shop.post(&template).await.0, 200);
        for _ in 0..4 {
            shop.jump(MINUTE);
            shop.control.settle().await;
        }
        if again {
            until("his complaint", || (complaints() > before).then_some(())).await;
        } else {
            until("his word", said_stop).await;
            assert_eq!(complaints(), 0, "he only says so");
        }
    }
}
