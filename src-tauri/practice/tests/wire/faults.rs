//! Each fault as a client meets it on a real socket.

use std::time::Duration;

use practice::{Fault, Kind, On};
use serde_json::Value;

use crate::shop::{LENA, Shop};

#[derive(Debug, PartialEq)]
enum Seen {
    NoAnswer,
    TimedOut,
    Http(u16),
    /// 200, but the body is no JSON with a message id.
    Useless,
    Fine,
}

async fn send(shop: &Shop, row: &str, patience: Duration) -> Seen {
    let sent = shop
        .http
        .post(shop.url("318000000000101/messages"))
        .bearer_auth("practice-access-token")
        .timeout(patience)
        .json(&Shop::text(row))
        .send()
        .await;
    let answer = match sent {
        Ok(answer) => answer,
        Err(e) if e.is_timeout() => return Seen::TimedOut,
        Err(_) => return Seen::NoAnswer,
    };
    let status = answer.status().as_u16();
    if status != 200 {
        return Seen::Http(status);
    }
    match answer.bytes().await {
        Err(_) => Seen::NoAnswer,
        Ok(bytes) => match serde_json::from_slice::<Value>(&bytes) {
            Ok(body) if body["messages"][0]["id"].is_string() => Seen::Fine,
            _ => Seen::Useless,
        },
    }
}

#[tokio::test]
async fn each_fault_is_seen_as_what_it_is_and_accepts_or_does_not() {
    let shop = Shop::open().await;
    shop.lena_writes();
    let fault = |kind| Fault::once(On::Messages, kind);
    let cases = [
        ("none", None, Seen::Fine, 1),
        (
            "timeout before",
            Some(fault(Kind::TimeoutBefore)),
            Seen::TimedOut,
            0,
        ),
        (
            "timeout after",
            Some(fault(Kind::TimeoutAfter)),
            Seen::TimedOut,
            1,
        ),
        (
            "reset before",
            Some(fault(Kind::ResetBefore)),
            Seen::NoAnswer,
            0,
        ),
        (
            "reset after",
            Some(fault(Kind::ResetAfter)),
            Seen::NoAnswer,
            1,
        ),
        (
            "reset within the head",
            Some(Fault {
                after_bytes: Some(9),
                ..fault(Kind::ResetAfter)
            }),
            Seen::NoAnswer,
            1,
        ),
        (
            "reset within the body",
            Some(Fault {
                after_bytes: Some(200),
                ..fault(Kind::ResetAfter)
            }),
            Seen::NoAnswer,
            1,
        ),
        (
            "503",
            Some(Fault {
                status: Some(503),
                ..fault(Kind::Status)
            }),
            Seen::Http(503),
            0,
        ),
        (
            "500 although accepted",
            Some(Fault {
                accepted: Some(true),
                ..fault(Kind::Status)
            }),
            Seen::Http(500),
            1,
        ),
        ("html", Some(fault(Kind::Html200)), Seen::Useless, 1),
        (
            "html, not accepted",
            Some(Fault {
                accepted: Some(false),
                ..fault(Kind::Html200)
            }),
            Seen::Useless,
            0,
        ),
        ("no id", Some(fault(Kind::NoId200)), Seen::Useless, 1),
        (
            "half a body",
            Some(fault(Kind::MalformedJson)),
            Seen::Useless,
            1,
        ),
        (
            "late",
            Some(Fault {
                delay_ms: Some(20),
                ..fault(Kind::Delay)
            }),
            Seen::Fine,
            1,
        ),
    ];
    for (n, (case, fault, expected, accepted)) in cases.into_iter().enumerate() {
        let patience = if expected == Seen::TimedOut {
            250
        } else {
            5_000
        };
        if let Some(fault) = fault {
            shop.control.arm_fault(fault);
        }
        let row = format!("row-{n}");
        assert_eq!(
            send(&shop, &row, Duration::from_millis(patience)).await,
            expected,
            "{case}"
        );
        assert_eq!(shop.control.accepted(Some(&row)).len(), accepted, "{case}");
        assert!(shop.control.faults().is_empty(), "{case}: used up");
    }
    shop.control.settle().await;
    let told: std::collections::HashSet<String> = shop
        .received
        .statuses()
        .iter()
        .map(|s| s["biz_opaque_callback_data"].as_str().unwrap().to_owned())
        .collect();
    let accepted: std::collections::HashSet<String> = shop
        .control
        .accepted(None)
        .into_iter()
        .filter_map(|a| a.callback_data)
        .collect();
    assert_eq!(told, accepted, "every lost answer is settled by a status");
}

#[tokio::test]
async fn a_throttled_answer_tells_when_to_come_back() {
    let shop = Shop::open().await;
    shop.lena_writes();
    shop.control.arm_fault(Fault {
        status: Some(429),
        code: Some(130_429),
        retry_after_s: Some(7),
        ..Fault::once(On::Messages, Kind::Status)
    });
    let answer = shop.try_post(&Shop::text("row")).await.unwrap();
    assert_eq!(answer.status().as_u16(), 429);
    assert_eq!(answer.headers()["retry-after"], "7");
    assert_eq!(
        answer.json::<Value>().await.unwrap()["error"]["code"],
        130_429
    );
}

#[tokio::test]
async fn a_fault_meets_only_its_own_traffic() {
    let shop = Shop::open().await;
    let wamid = shop.lena_writes();
    shop.control
        .arm_fault(Fault::new(On::Templates, Kind::Status));
    shop.control
        .arm_fault(Fault::new(On::Messages, Kind::ResetBefore));
    assert_eq!(shop.get("318000000000202/message_templates").await.0, 500);
    assert_eq!(shop.get("318000000000101").await.0, 200);
    let read =
        serde_json::json!({"messaging_product": "whatsapp", "status": "read", "message_id": wamid});
    assert_eq!(
        shop.post(&read).await.0,
        200,
        "a read receipt is not a message"
    );
    assert!(shop.try_post(&Shop::text("row")).await.is_err());
    shop.control.clear_faults();
    assert_eq!(shop.post(&Shop::text("row")).await.0, 200);
}

#[tokio::test]
async fn a_status_can_overtake_the_answer_even_when_the_answer_is_lost() {
    let shop = Shop::open().await;
    shop.lena_writes();
    shop.control
        .arm_fault(Fault::once(On::Messages, Kind::WebhookBeforeAnswer));
    shop.control
        .arm_fault(Fault::once(On::Messages, Kind::ResetAfter));
    assert!(shop.try_post(&Shop::text("row-9")).await.is_err());
    let statuses = shop.received.statuses();
    assert_eq!(
        statuses.len(),
        1,
        "it was there before the connection broke"
    );
    assert_eq!(statuses[0]["biz_opaque_callback_data"], "row-9");
    shop.control.settle().await;
    assert_eq!(shop.received.statuses().len(), 3, "and is not told twice");
}

#[tokio::test]
async fn a_template_held_for_quality_is_released_or_dropped() {
    let shop = Shop::open().await;
    let order = Shop::template(LENA, "order_ready", &["Frau Brandt", "2214", "18 Uhr"]);
    for (code, expected) in [(None, "read"), (Some(132_015), "failed")] {
        shop.control.arm_fault(Fault {
            code,
            ..Fault::once(On::Messages, Kind::HoldQuality)
        });
        let (_, answer) = shop.post(&order).await;
        assert_eq!(
            answer["messages"][0]["message_status"],
            "held_for_quality_assessment"
        );
        shop.control.settle().await;
        assert_eq!(shop.received.statuses().pop().unwrap()["status"], expected);
    }
}

#[tokio::test]
async fn webhooks_can_come_twice_swapped_or_not_at_all() {
    let shop = Shop::open().await;
    for (kind, expected) in [
        (Kind::DuplicateWebhook, vec!["a", "a", "b"]),
        (Kind::ReorderWebhooks, vec!["b", "a"]),
        (Kind::DropWebhook, vec!["b"]),
    ] {
        let before = shop.received.bodies().len();
        shop.control.arm_fault(Fault {
            delay_ms: Some(60_000),
            ..Fault::once(On::Webhook, kind)
        });
        for body in ["a", "b"] {
            shop.control.send_webhook_bytes(body.as_bytes().to_vec());
        }
        shop.control.settle().await;
        assert_eq!(shop.received.bodies()[before..], expected, "{kind:?}");
    }
}
