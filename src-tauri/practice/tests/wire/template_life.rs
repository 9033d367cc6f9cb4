//! What befalls a template once it is approved, through the product's own client.

use cloud_api::{
    client::{Sent, Unpaused},
    webhook::TemplateChange,
};
use practice::StatusPlan;
use serde_json::{Value, json};

use crate::{
    shop::{HOUR, START, Shop, until},
    templates::{DAY, approved, client, code, message, news, news_of, status},
};

#[tokio::test]
async fn complaints_pause_a_template_for_three_hours_then_for_six_and_then_for_good() {
    let shop = Shop::open().await;
    approved(&shop, "bike_ready").await;
    let client = client(&shop);
    shop.control.complain("bike_ready", "de", 2).unwrap();
    news_of(&shop, "YELLOW").await;
    assert_eq!(code(&client.send(&message("bike_ready")).await), 0);
    for (hours, title) in [(3, "FIRST_PAUSE"), (6, "SECOND_PAUSE")] {
        shop.control.complain("bike_ready", "de", 4).unwrap();
        let titled = || {
            let mut all = news(&shop).into_iter().map(|n| n.change);
            all.find(|c| c.other_info().is_some_and(|info| info.title == title))
        };
        let change = until(title, titled).await;
        assert_eq!(change.paused_until(0), Some(hours * HOUR));
        assert_eq!(code(&client.send(&message("bike_ready")).await), 132_015);
        shop.jump(hours * HOUR - 1);
        assert_eq!(status(&shop, "bike_ready"), "PAUSED");
        shop.jump(1);
        until("its end", || {
            (status(&shop, "bike_ready") == "APPROVED").then_some(())
        })
        .await;
        assert_eq!(code(&client.send(&message("bike_ready")).await), 0);
    }
    shop.control.complain("bike_ready", "de", 4).unwrap();
    let change = news_of(&shop, "DISABLED").await;
    assert!(change.disabled_at().is_some());
    assert_eq!(code(&client.send(&message("bike_ready")).await), 132_016);
    assert!(
        client.delete_template("bike_ready").await.is_err(),
        "a disabled one stays"
    );
    assert!(shop.control.complain("unheard_of", "de", 1).is_err());
}

#[tokio::test]
async fn what_pacing_holds_is_released_or_dropped() {
    for good in [true, false] {
        let shop = Shop::open().await;
        shop.control.set_status_plan(StatusPlan::immediate());
        let id = approved(&shop, "bike_ready").await;
        let client = client(&shop);
        shop.control.pace("bike_ready", "de", 1).unwrap();
        let mut held = Vec::new();
        for n in 0..3 {
            let sent = client.send(&message("bike_ready")).await;
            let Sent::Accepted { wamid, hold, .. } = sent else {
                panic!("{sent:?}");
            };
            assert_eq!(hold.is_some(), n > 0, "the first goes out");
            held.extend(hold.map(|_| wamid));
            shop.jump(7_000);
        }
        shop.control.settle().await;
        let told = |wamid: &str| {
            let all = shop.received.statuses().into_iter();
            let own = all.filter(|s| s["id"] == wamid);
            own.map(|s| s["status"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert!(told(&held[0]).is_empty() && told(&held[1]).is_empty());
        shop.control
            .decide_pacing("bike_ready", "de", good)
            .unwrap();
        shop.control.settle().await;
        let expected = if good {
            vec!["sent", "delivered", "read"]
        } else {
            vec!["failed"]
        };
        assert_eq!(told(&held[0]), expected);
        assert_eq!(told(&held[1]), expected);
        let next = code(&client.send(&message("bike_ready")).await);
        assert_eq!(next, if good { 0 } else { 132_015 });
        let unpaused = client.unpause_template(&id).await.unwrap();
        assert_eq!(unpaused == Unpaused::Done, !good);
        assert_eq!(status(&shop, "bike_ready"), "APPROVED");
    }
}

#[tokio::test]
async fn nobody_deciding_releases_what_is_held_after_an_hour() {
    let shop = Shop::open().await;
    approved(&shop, "bike_ready").await;
    shop.control.pace("bike_ready", "de", 0).unwrap();
    let sent = client(&shop).send(&message("bike_ready")).await;
    assert!(matches!(sent, Sent::Accepted { hold: Some(_), .. }));
    shop.jump(HOUR);
    shop.jump(10_000);
    until("its delivery", || {
        let mut all = shop.received.statuses().into_iter();
        all.find(|s| s["status"] == "delivered")
    })
    .await;
}

#[tokio::test]
async fn a_change_of_category_is_announced_and_then_made() {
    let shop = Shop::open().await;
    shop.control
        .recategorise("order_ready", "de", "MARKETING", DAY)
        .unwrap();
    let soon = news_of(&shop, "SOON").await;
    let listed = client(&shop).templates().await.unwrap();
    let row = listed
        .iter()
        .find(|t| t.name == "order_ready" && t.language == "de")
        .unwrap();
    assert_eq!(
        (row.category.as_str(), row.correct_category.as_deref()),
        ("UTILITY", Some("MARKETING"))
    );
    let TemplateChange::Category { due, new, .. } = soon else {
        panic!("{soon:?}");
    };
    assert_eq!(due, Some(START + DAY));
    assert_eq!(new.as_deref(), Some("UTILITY"), "the one it still has");
    shop.jump(DAY);
    let done = news_of(&shop, "DONE").await;
    assert!(matches!(done, TemplateChange::Category { new: Some(new), .. } if new == "MARKETING"));
    shop.control
        .recategorise("order_ready", "de", "UTILITY", 0)
        .unwrap();
    let now = client(&shop).templates().await.unwrap();
    let row = now
        .iter()
        .find(|t| t.name == "order_ready" && t.language == "de")
        .unwrap();
    assert_eq!(
        (row.category.as_str(), row.correct_category.as_deref()),
        ("UTILITY", None)
    );
}

#[tokio::test]
async fn the_trainer_reaches_all_of_it_over_http() {
    let shop = Shop::open().await;
    let tell = |path: &str, body: Value| {
        let url = format!("{}/_practice/{path}", shop.platform.base_url());
        let request = shop.http.post(url).json(&body);
        async move { request.send().await.unwrap().status().as_u16() }
    };
    let named = |more: Value| {
        let mut body = json!({"name": "order_ready", "language": "de"});
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        body
    };
    for (path, body, expected) in [
        ("templates/add", json!({"count": 3}), 200),
        ("templates/pacing", named(json!({"free": 2})), 200),
        ("templates/pacing/decide", named(json!({"good": true})), 200),
        (
            "templates/category",
            named(json!({"category": "MARKETING"})),
            200,
        ),
        ("templates/complaints", named(json!({"count": 4})), 200),
        (
            "templates/complaints",
            json!({"name": "none", "language": "de", "count": 4}),
            400,
        ),
        (
            "templates/status",
            named(json!({"event": "REINSTATED"})),
            200,
        ),
    ] {
        assert_eq!(tell(path, body).await, expected, "{path}");
    }
    assert_eq!(status(&shop, "order_ready"), "APPROVED");
}
