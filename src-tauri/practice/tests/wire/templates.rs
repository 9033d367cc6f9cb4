//! Handing in, editing and deleting templates on the platform, through the product's own client.

use cloud_api::{
    client::{self, CallError, Client, Sent, TemplateEdit, TemplateError, TemplateRefusal},
    outgoing::{Outgoing, OutgoingContent, TemplateSend, TemplateValue},
    template::Draft,
    webhook::{self, Event, Peer, TemplateChange, TemplateNews},
};
use practice::{Fault, Kind, On};
use serde_json::{Value, json};

use crate::shop::{HOUR, LENA, Shop, until};

const APP: &str = "120000000000000001";
const MINUTE: i64 = 60_000;
pub const DAY: i64 = 24 * HOUR;

pub fn client(shop: &Shop) -> Client {
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

pub fn draft(name: &str, body: &str) -> Draft {
    Draft {
        name: name.into(),
        language: "de".into(),
        category: "UTILITY".into(),
        components: components(body),
        ..Draft::default()
    }
}

pub fn components(body: &str) -> Vec<Value> {
    vec![
        json!({"type": "BODY", "text": body, "example": {"body_text": [["Lena", "Rad", "9 Uhr"]]}}),
    ]
}

/// The news about templates so far, as the product reads them.
pub fn news(shop: &Shop) -> Vec<TemplateNews> {
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

pub async fn news_of(shop: &Shop, event: &str) -> TemplateChange {
    let is_it = |change: &TemplateChange| match change {
        TemplateChange::Status { event: told, .. } => told == event,
        TemplateChange::Quality { new, .. } => new == event,
        TemplateChange::Category { correct, .. } => (event == "SOON") == correct.is_some(),
        TemplateChange::Components { .. } => false,
    };
    let last = || news(shop).into_iter().rev().map(|n| n.change).find(is_it);
    until(event, last).await
}

pub async fn approved(shop: &Shop, name: &str) -> String {
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

pub fn status(shop: &Shop, name: &str) -> String {
    let all = shop.control.templates();
    let found = all
        .into_iter()
        .find(|t| t.name == name && t.language == "de");
    found.map(|t| t.status).unwrap_or_default()
}

pub fn message(name: &str) -> Outgoing {
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

pub fn code(sent: &Sent) -> i64 {
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
async fn a_sample_goes_up_in_spite_of_a_cut_and_stands_in_a_header() {
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

    // Cut while the first bytes are on their way.
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
