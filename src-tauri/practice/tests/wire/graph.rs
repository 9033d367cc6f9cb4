//! What a client of the Graph API sees.

use practice::{AccountChange, CustomerChange, Write};
use serde_json::{Value, json};

use crate::shop::{HOUR, LENA, START, Shop, until};

pub fn code(body: &Value) -> i64 {
    body["error"]["code"].as_i64().unwrap_or_default()
}

#[tokio::test]
async fn an_answer_inside_the_window_is_accepted_and_after_24_hours_it_is_131047() {
    let shop = Shop::open().await;
    shop.lena_writes();
    shop.jump(24 * HOUR - 1);
    let (status, body) = shop.post(&Shop::text("row-1")).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["messaging_product"], "whatsapp");
    assert_eq!(
        body["contacts"],
        json!([{"input": format!("+{LENA}"), "wa_id": LENA}])
    );
    assert!(
        body["messages"][0]["id"]
            .as_str()
            .unwrap()
            .starts_with("wamid.")
    );
    assert!(
        body["messages"][0].get("message_status").is_none(),
        "promised for templates only"
    );

    shop.jump(1);
    let (status, body) = shop.post(&Shop::text("row-2")).await;
    assert_eq!(status, 400);
    assert_eq!(body["error"]["message"], "(#131047) Re-engagement message");
    assert_eq!(code(&body), 131_047);

    let (status, body) = shop
        .post(&Shop::template(
            LENA,
            "order_ready",
            &["Frau Brandt", "2214", "18 Uhr"],
        ))
        .await;
    assert_eq!(
        (status, body["messages"][0]["message_status"].as_str()),
        (200, Some("accepted"))
    );
    assert_eq!(shop.control.accepted(None).len(), 2);
    assert_eq!(shop.control.accepted(Some("row-1")).len(), 1);
}

#[tokio::test]
async fn a_message_from_the_past_opens_only_what_is_left_of_its_window() {
    let shop = Shop::open().await;
    for (minutes_ago, expected) in [(26 * 60, 400), (23 * 60 + 50, 200)] {
        let write = Write {
            wa_id: Some(LENA.into()),
            text: Some("Hallo".into()),
            at: Some(START - minutes_ago * 60_000),
            ..Write::default()
        };
        shop.control.customer_writes(&write).unwrap();
        assert_eq!(
            shop.post(&Shop::text("row")).await.0,
            expected,
            "{minutes_ago} minutes ago"
        );
    }
}

#[tokio::test]
async fn a_customer_known_by_username_only_is_answered_by_bsuid() {
    let shop = Shop::open().await;
    let write = Write {
        bsuid: Some("DE.4021337719".into()),
        username: Some("@meike.radelt".into()),
        text: Some("Hi".into()),
        ..Write::default()
    };
    shop.control.customer_writes(&write).unwrap();
    let body = json!({"messaging_product": "whatsapp", "recipient": "DE.4021337719", "type": "text", "text": {"body": "Hallo"}});
    let (status, answer) = shop.post(&body).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(
        answer["contacts"],
        json!([{"input": "DE.4021337719", "user_id": "DE.4021337719"}])
    );
    shop.control.settle().await;
    let message = &shop.received.messages()[0];
    assert!(message.get("from").is_none());
    assert_eq!(message["from_user_id"], "DE.4021337719");
    let status = &shop.received.statuses()[0];
    assert!(status.get("recipient_id").is_none());
    assert_eq!(status["recipient_user_id"], "DE.4021337719");
}

#[tokio::test]
async fn a_number_may_come_back_under_another_writing() {
    let shop = Shop::open().await;
    shop.lena_writes();
    let change = CustomerChange {
        answers_as: Some("49302312".into()),
        ..Default::default()
    };
    shop.control.change_customer(LENA, &change);
    assert_eq!(
        shop.post(&Shop::text("row")).await.1["contacts"][0]["wa_id"],
        "49302312"
    );
}

#[tokio::test]
async fn without_the_right_token_everything_is_190() {
    let shop = Shop::open().await;
    for path in [
        "318000000000101",
        "318000000000202/message_templates",
        "12345",
    ] {
        let answer = shop
            .http
            .get(shop.url(path))
            .bearer_auth("stolen")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status().as_u16(), 401);
        assert_eq!(code(&answer.json().await.unwrap()), 190);
    }
    shop.lena_writes();
    shop.control.set_token(None);
    let (status, body) = shop.post(&Shop::text("row")).await;
    assert_eq!((status, code(&body)), (401, 190), "revoked");
}

#[tokio::test]
async fn every_answer_carries_the_platforms_date() {
    let shop = Shop::open().await;
    for path in ["318000000000101", "nothing/here/at/all"] {
        let answer = shop.http.get(shop.url(path)).send().await.unwrap();
        assert_eq!(answer.headers()["date"], "Fri, 20 Nov 2026 09:00:00 GMT");
    }
    shop.jump(25 * HOUR);
    let answer = shop.http.get(shop.url("x")).send().await.unwrap();
    assert_eq!(answer.headers()["date"], "Sat, 21 Nov 2026 10:00:00 GMT");
}

#[tokio::test]
async fn the_account_in_trouble_refuses_and_says_so() {
    let shop = Shop::open().await;
    shop.lena_writes();
    for (state, expected, http) in [
        ("restricted", 368, 403),
        ("locked", 131_031, 403),
        ("spam_limited", 131_048, 400),
        ("no_permission", 131_005, 403),
    ] {
        let change = AccountChange {
            state: Some(state.into()),
            ..Default::default()
        };
        shop.control.change_account(&change).unwrap();
        let (status, body) = shop.post(&Shop::text("row")).await;
        assert_eq!((status, code(&body)), (http, expected), "{state}");
    }
    let change = AccountChange {
        state: Some("ok".into()),
        quality: Some("YELLOW".into()),
        ..Default::default()
    };
    shop.control.change_account(&change).unwrap();
    assert_eq!(shop.post(&Shop::text("row")).await.0, 200);
    let (_, number) = shop
        .get("318000000000101?fields=quality_rating,status,health_status")
        .await;
    assert_eq!(number["quality_rating"], "YELLOW");
    assert_eq!(number["status"], "CONNECTED");
    assert_eq!(number["health_status"]["can_send_message"], "AVAILABLE");
    assert_eq!(
        number.as_object().unwrap().len(),
        4,
        "the fields asked for, and the id"
    );
}

#[tokio::test]
async fn templates_come_to_the_last_page_and_a_bad_cursor_is_131059() {
    let shop = Shop::open().await;
    let built_in = shop
        .get("318000000000202/message_templates?limit=1000")
        .await
        .1["data"]
        .as_array()
        .unwrap()
        .len();
    shop.control.add_templates(251);
    let mut url =
        shop.url("318000000000202/message_templates?fields=name,language,status&limit=40");
    let mut names = std::collections::HashSet::new();
    let mut pages = 0;
    loop {
        let (status, page) = shop.get_url(&url).await;
        assert_eq!(status, 200, "{page}");
        pages += 1;
        for template in page["data"].as_array().unwrap() {
            assert!(
                names.insert((
                    template["name"].to_string(),
                    template["language"].to_string()
                )),
                "twice"
            );
        }
        match page["paging"]["next"].as_str() {
            Some(next) => next.clone_into(&mut url),
            None => break,
        }
    }
    assert_eq!(names.len(), built_in + 251);
    assert_eq!(pages, names.len().div_ceil(40));
    let (status, body) = shop
        .get("318000000000202/message_templates?after=QUFB")
        .await;
    assert_eq!((status, code(&body)), (400, 131_059));
}

#[tokio::test]
async fn a_paused_template_is_refused_and_announced() {
    let shop = Shop::open().await;
    let order = Shop::template(LENA, "order_ready", &["Frau Brandt", "2214", "18 Uhr"]);
    for (event, expected) in [
        ("PAUSED", 132_015),
        ("DISABLED", 132_016),
        ("REJECTED", 132_001),
        ("APPROVED", 0),
    ] {
        shop.control
            .set_template_status("order_ready", "de", event, None)
            .unwrap();
        assert_eq!(code(&shop.post(&order).await.1), expected, "{event}");
    }
    shop.control.settle().await;
    let first = &shop.received.bodies()[0];
    assert_eq!(
        first["entry"][0]["changes"][0]["field"],
        "message_template_status_update"
    );
    assert_eq!(first["entry"][0]["changes"][0]["value"]["event"], "PAUSED");
    assert_eq!(first["entry"][0]["time"], START / 1_000);
}

#[tokio::test]
async fn a_message_is_marked_read_where_it_exists() {
    let shop = Shop::open().await;
    let wamid = shop.lena_writes();
    let read = |id: &str| json!({"messaging_product": "whatsapp", "status": "read", "message_id": id, "typing_indicator": {"type": "text"}});
    assert_eq!(
        shop.post(&read(&wamid)).await,
        (200, json!({"success": true}))
    );
    assert_eq!(code(&shop.post(&read("wamid.none")).await.1), 131_009);
    assert!(shop.control.accepted(None).is_empty());
}

#[tokio::test]
async fn the_history_of_a_message_tells_its_states() {
    let shop = Shop::open().await;
    shop.lena_writes();
    let (_, answer) = shop.post(&Shop::text("row")).await;
    let wamid = answer["messages"][0]["id"].as_str().unwrap();
    shop.jump(1_000);
    shop.control.settle().await;
    let (_, list) = shop
        .get(&format!(
            "318000000000101/message_history?message_id={}",
            wamid.replace('+', "%2B").replace('=', "%3D")
        ))
        .await;
    let states: Vec<_> = list["data"][0]["events"]["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["delivery_status"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["SENT", "DELIVERED", "READ"]);
    let id = list["data"][0]["id"].as_str().unwrap();
    let (_, events) = shop
        .get(&format!("{id}/events?status_filter=DELIVERED"))
        .await;
    assert_eq!(events["data"].as_array().unwrap().len(), 1);
    assert_eq!(
        events["data"][0]["node"]["occurrence_timestamp"],
        (START + 900) / 1_000
    );
    let (_, unknown) = shop
        .get("318000000000101/message_history?message_id=wamid.none")
        .await;
    assert_eq!(unknown["data"], json!([]));
}

#[tokio::test]
async fn the_token_and_the_subscription_can_be_looked_at() {
    let shop = Shop::open().await;
    let (_, token) = shop
        .get("debug_token?input_token=practice-access-token")
        .await;
    assert_eq!(token["data"]["is_valid"], true);
    assert_eq!(
        shop.get("debug_token?input_token=other").await.1["data"]["is_valid"],
        false
    );
    let apps = "318000000000202/subscribed_apps";
    assert_eq!(shop.get(apps).await.1["data"].as_array().unwrap().len(), 1);
    shop.http
        .delete(shop.url(apps))
        .bearer_auth("practice-access-token")
        .send()
        .await
        .unwrap();
    assert_eq!(shop.get(apps).await.1, json!({"data": []}));
    shop.lena_writes();
    assert_eq!(
        shop.control.overview().pending_webhooks,
        0,
        "no subscription, no webhooks"
    );
    shop.http
        .post(shop.url(apps))
        .bearer_auth("practice-access-token")
        .send()
        .await
        .unwrap();
    shop.lena_writes();
    shop.control.settle().await;
    assert_eq!(shop.received.messages().len(), 1);
}

#[tokio::test]
async fn requests_are_remembered_with_their_answers() {
    let shop = Shop::open().await;
    shop.lena_writes();
    shop.post(&Shop::text("row")).await;
    shop.get("unknown_node").await;
    let seen = shop.control.requests();
    assert_eq!(seen.len(), 2);
    assert_eq!(
        (seen[0].method.as_str(), seen[0].status),
        ("POST", Some(200))
    );
    assert_eq!(seen[0].path, "/v25.0/318000000000101/messages");
    assert_eq!(seen[0].body.as_ref().unwrap()["type"], "text");
    assert!(seen[0].response.as_ref().unwrap()["messages"][0]["id"].is_string());
    assert_eq!(
        (seen[1].status, code(seen[1].response.as_ref().unwrap())),
        (Some(400), 100)
    );
}

#[tokio::test]
async fn a_template_handed_in_is_pending_and_approved_a_minute_later() {
    let shop = Shop::open().await;
    let own = json!({"name": "bike_ready", "language": "de", "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Hallo {{1}}, Ihr Rad ist fertig.",
            "example": {"body_text": [["Lena"]]}}]});
    let answer = shop
        .http
        .post(shop.url("318000000000202/message_templates"))
        .bearer_auth("practice-access-token")
        .json(&own)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap()["status"], "PENDING");
    let send = Shop::template(LENA, "bike_ready", &["Lena"]);
    assert_eq!(code(&shop.post(&send).await.1), 132_001);
    shop.jump(60_000);
    let news = until("the decision", || shop.received.bodies().pop()).await;
    assert_eq!(news["entry"][0]["changes"][0]["value"]["event"], "APPROVED");
    assert_eq!(shop.post(&send).await.0, 200);
}
