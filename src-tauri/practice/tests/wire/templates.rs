//! A template's life on the platform, through the product's own client.

use cloud_api::{
    client::{
        self, CallError, Client, Sent, TemplateEdit, TemplateError, TemplateRefusal, Unpaused,
    },
    outgoing::{Outgoing, OutgoingContent, TemplateSend, TemplateValue},
    template::Draft,
    webhook::{self, Event, Peer, TemplateChange, TemplateNews},
};
use practice::{Fault, Kind, On, StatusPlan};
use serde_json::{Value, json};

use crate::shop::{HOUR, LENA, Shop, until};

const APP: &str = "120000000000000001";
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * HOUR;

fn client(shop: &Shop) -> Client {
    let config = client::Config::new(
        "318000000000101".into(),
        "318000000000202".into(),
        "practice-access-token".to_owned().into(),
    );
    Client::new(client::Config {
        base_url: shop.platform.base_url(),
        ..config
    })
    .unwrap()
}

fn draft(name: &str, body: &str) -> Draft {
    Draft {
        name: name.into(),
        language: "de".into(),
        category: "UTILITY".into(),
        components: components(body),
        ..Draft::default()
    }
}

fn components(body: &str) -> Vec<Value> {
    vec![
        json!({"type": "BODY", "text": body, "example": {"body_text": [["Lena", "Rad", "9 Uhr"]]}}),
    ]
}

/// The news about templates so far, as the product reads them.
fn news(shop: &Shop) -> Vec<TemplateNews> {
    let mut found = Vec::new();
    for body in shop.received.bodies() {
        let read = webhook::parse(body.to_string().as_bytes()).unwrap();
        found.extend(read.items.into_iter().filter_map(|item| match item.event {
            Event::Template(news) => Some(news),
            _ => None,
        }));
    }
    found
}

async fn news_of(shop: &Shop, event: &str) -> TemplateChange {
    let is_it = |change: &TemplateChange| match change {
        TemplateChange::Status { event: told, .. } => told == event,
        TemplateChange::Quality { new, .. } => new == event,
        TemplateChange::Category { correct, .. } => (event == "SOON") == correct.is_some(),
        TemplateChange::Components { .. } => false,
    };
    let last = || news(shop).into_iter().rev().map(|n| n.change).find(is_it);
    until(event, last).await
}

async fn approved(shop: &Shop, name: &str) -> String {
    let draft = draft(
        name,
        &format!("Hallo {{{{1}}}}, Ihr Rad {name} ist fertig."),
    );
    let created = client(shop).create_template(&draft).await.unwrap();
    assert_eq!(created.status, "PENDING");
    shop.jump(MINUTE);
    until("the approval", || {
        (status(shop, name) == "APPROVED").then_some(())
    })
    .await;
    created.id
}

fn status(shop: &Shop, name: &str) -> String {
    let all = shop.control.templates();
    let found = all
        .into_iter()
        .find(|t| t.name == name && t.language == "de");
    found.map(|t| t.status).unwrap_or_default()
}

fn message(name: &str) -> Outgoing {
    Outgoing {
        to: Peer {
            wa_id: Some(LENA.into()),
            ..Peer::default()
        },
        content: OutgoingContent::Template(TemplateSend {
            name: name.into(),
            language: "de".into(),
            body: vec![TemplateValue {
                name: None,
                text: "Lena".into(),
            }],
            ..TemplateSend::default()
        }),
        reply_to: None,
        callback_data: None,
    }
}

fn code(sent: &Sent) -> i64 {
    match sent {
        Sent::Accepted { .. } => 0,
        Sent::Refused { error, .. } => error.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_with_its_reason_and_nothing_is_listed() {
    let shop = Shop::open().await;
    let client = client(&shop);
    let before = shop.control.templates().len();
    for (draft, expected) in [
        (
            draft("at_the_end", "Ihr Code ist {{1}}"),
            TemplateRefusal::VariableAtEdge,
        ),
        (
            draft("too_long", &"x".repeat(1_025)),
            TemplateRefusal::TooLong,
        ),
        (draft("empty", ""), TemplateRefusal::Body),
        (
            draft("many", "Hallo {{1}}, {{2}}, {{3}} ja."),
            TemplateRefusal::TooManyVariables,
        ),
        (
            draft("order_ready", "Guten Tag!"),
            TemplateRefusal::NameTaken,
        ),
        (draft("Order Ready", "Guten Tag!"), TemplateRefusal::Other),
    ] {
        let refused = client.create_template(&draft).await.unwrap_err();
        let TemplateError::Refused { why, .. } = &refused else {
            panic!("{refused:?}");
        };
        assert_eq!(*why, expected, "{}", draft.name);
    }
    assert_eq!(shop.control.templates().len(), before);
}

#[tokio::test]
async fn a_bad_format_is_found_in_the_review_and_explained() {
    let shop = Shop::open().await;
    let bad = draft(
        "gapped",
        "Hallo {{1}}, Ihr Rad {{3}} ist fertig und steht bereit.",
    );
    client(&shop).create_template(&bad).await.unwrap();
    shop.jump(MINUTE);
    let change = news_of(&shop, "REJECTED").await;
    let TemplateChange::Status { reason, .. } = &change else {
        panic!("{change:?}");
    };
    assert_eq!(reason.as_deref(), Some("INVALID_FORMAT"));
    let why = change.rejection().unwrap();
    assert!(why.reason.unwrap().contains("order"));
    assert!(why.recommendation.is_some());
    let edit = TemplateEdit {
        components: Some(components(
            "Hallo {{1}}, Ihr Rad {{2}} ist fertig und steht bereit.",
        )),
        ..TemplateEdit::default()
    };
    let listed = client(&shop).templates().await.unwrap();
    let id = listed
        .iter()
        .find(|t| t.name == "gapped")
        .unwrap()
        .id
        .clone();
    client(&shop).edit_template(&id, &edit).await.unwrap();
    assert_eq!(status(&shop, "gapped"), "PENDING");
    shop.jump(MINUTE);
    news_of(&shop, "APPROVED").await;
}

#[tokio::test]
async fn a_utility_template_that_advertises_is_rejected_for_its_category() {
    let shop = Shop::open().await;
    let bad = draft("offer", "Hallo {{1}}, heute gibt es Rabatt auf alle Räder.");
    client(&shop).create_template(&bad).await.unwrap();
    shop.jump(MINUTE);
    let change = news_of(&shop, "REJECTED").await;
    assert!(change.rejection().is_none());
    assert!(
        matches!(change, TemplateChange::Status { reason: Some(r), .. } if r == "INCORRECT_CATEGORY")
    );
}

#[tokio::test]
async fn an_approved_template_is_edited_once_a_day_and_ten_times_a_month_and_keeps_its_category() {
    let shop = Shop::open().await;
    let client = client(&shop);
    let id = approved(&shop, "bike_ready").await;
    let say = |n: usize| TemplateEdit {
        components: Some(components(&format!(
            "Hallo {{{{1}}}}, Ihr Rad Nummer {n} ist fertig."
        ))),
        ..TemplateEdit::default()
    };
    let other = TemplateEdit {
        category: Some("MARKETING".into()),
        ..TemplateEdit::default()
    };
    assert!(
        client.edit_template(&id, &other).await.is_err(),
        "the category is fixed"
    );
    for n in 0..10 {
        client.edit_template(&id, &say(n)).await.unwrap();
        let pending = client.edit_template(&id, &say(n)).await.unwrap_err();
        assert!(matches!(
            pending,
            TemplateError::Refused {
                why: TemplateRefusal::StatusFixed,
                ..
            }
        ));
        shop.jump(MINUTE);
        until("approved again", || {
            (status(&shop, "bike_ready") == "APPROVED").then_some(())
        })
        .await;
        assert!(
            client.edit_template(&id, &say(99)).await.is_err(),
            "twice in a day"
        );
        shop.jump(DAY);
    }
    assert!(
        client.edit_template(&id, &say(10)).await.is_err(),
        "eleven in 30 days"
    );
    shop.jump(20 * DAY);
    client.edit_template(&id, &say(11)).await.unwrap();
}

#[tokio::test]
async fn the_name_of_a_deleted_template_is_blocked_for_thirty_days() {
    let shop = Shop::open().await;
    let client = client(&shop);
    let id = approved(&shop, "bike_ready").await;
    assert!(client.delete_template("unheard_of").await.is_err());
    client
        .delete_template_language("bike_ready", &id)
        .await
        .unwrap();
    news_of(&shop, "DELETED").await;
    let again = draft("bike_ready", "Guten Tag, Ihr Rad ist fertig.");
    let refused = client.create_template(&again).await.unwrap_err();
    assert!(matches!(
        refused,
        TemplateError::Refused {
            why: TemplateRefusal::NameBlocked,
            ..
        }
    ));
    shop.jump(30 * DAY);
    client.create_template(&again).await.unwrap();
    client.delete_template("order_ready").await.unwrap();
    let left = shop.control.templates();
    assert!(
        left.iter().all(|t| t.name != "order_ready"),
        "in all languages"
    );
}

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
    assert_eq!(due, Some(crate::shop::START + DAY));
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
async fn a_sample_goes_up_in_spite_of_two_cuts_and_stands_in_a_header() {
    let shop = Shop::open().await;
    let client = client(&shop);
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
    let header = |handle: &str| Draft {
        components: vec![
            json!({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [handle]}}),
            json!({"type": "BODY", "text": "So sieht es aus."}),
        ],
        ..draft("with_picture", "")
    };
    let unknown = client.create_template(&header("4::unknown")).await;
    assert!(unknown.is_err(), "a handle of nobody's");

    let opened = client
        .upload_sample(APP, Vec::new(), "image/png", "a.png", |_, _| {})
        .await;
    assert!(
        matches!(opened, Err(CallError::Refused { .. })),
        "{opened:?}"
    );
    let wrong = client
        .upload_sample(APP, bytes.clone(), "text/html", "a.html", |_, _| {})
        .await;
    assert!(matches!(wrong, Err(CallError::Refused { .. })), "{wrong:?}");

    // The first request opens the session, the two after it bring bytes.
    let heard = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let hears = heard.clone();
    let control = shop.control.clone();
    let progress = move |sent: u64, total: u64| {
        let mut heard = hears.lock().unwrap();
        if heard.is_empty() {
            control.arm_fault(Fault::once(On::Media, Kind::ResetBefore));
        }
        heard.push((sent, total));
    };
    let handle = client
        .upload_sample(APP, bytes, "image/png", "a.png", progress)
        .await
        .unwrap();
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard.last(), Some(&(200_000, 200_000)));
    let session_posts = shop.control.requests();
    let posts = session_posts
        .iter()
        .filter(|r| r.path.contains("/upload:") && r.method == "POST");
    assert_eq!(posts.count(), 2, "cut once, and then the rest");
    client.create_template(&header(&handle)).await.unwrap();
}

#[tokio::test]
async fn a_create_without_an_answer_is_settled_by_the_list_and_never_made_twice() {
    for (kind, there) in [
        (Kind::ResetBefore, false),
        (Kind::ResetAfter, true),
        (Kind::NoId200, true),
    ] {
        let shop = Shop::open().await;
        shop.control.arm_fault(Fault::once(On::Templates, kind));
        let draft = draft("bike_ready", "Hallo {{1}}, Ihr Rad ist fertig.");
        let created = client(&shop).create_template(&draft).await;
        match created {
            Ok(created) => assert!(there && created.status == "PENDING", "{kind:?}"),
            Err(error) => assert!(
                !there && error == TemplateError::NotTaken,
                "{kind:?} {error:?}"
            ),
        }
        let posts = shop.control.requests();
        let posts = posts
            .iter()
            .filter(|r| r.method == "POST" && r.path.ends_with("message_templates"));
        assert_eq!(posts.count(), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn a_lost_answer_does_not_claim_somebody_elses_template() {
    let shop = Shop::open().await;
    shop.control
        .arm_fault(Fault::once(On::Templates, Kind::ResetBefore));
    let ours = draft("order_ready", "Hallo {{1}}, Ihr Rad ist fertig.");
    let created = client(&shop).create_template(&ours).await;
    assert_eq!(created, Err(TemplateError::NotTaken));
}

#[tokio::test]
async fn more_than_a_page_of_templates_comes_with_its_total() {
    let shop = Shop::open().await;
    shop.control.add_templates(600);
    let all = shop.control.templates().len();
    let list = client(&shop).templates().await.unwrap();
    assert_eq!((list.len(), list.total), (all, Some(all)));
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
