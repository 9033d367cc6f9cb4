//! Templates, once the window is closed: filled without a mistake, sent exactly as Meta wants them, written so that
//! Meta takes them, and known anew whenever Meta changes them. Whole conversations over HTTP.

mod cards;
mod drafts;
mod golden;
mod kept;
mod limit;
mod news;

use inbox::{
    run,
    view::{
        DeliveryState, Refusal, SendResult, SlotSource, SlotValue, TemplateChoice, TemplateDrift,
        TemplateObstacle, TemplateView,
    },
};
use practice::{Fault, Kind, On, Template};
use serde_json::{Value, json};
use support::{
    consent::opted_in,
    counter::phone,
    eventually::eventually,
    shop::{LENA, NINE, STAFF, Shop},
};

const HOUR: i64 = 3600;
const MINUTE: i64 = 60;

/// The smallest picture there is.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82";

fn approved(name: &str, components: Value) -> Template {
    let template =
        json!({ "name": name, "language": "de", "category": "UTILITY", "components": components });
    serde_json::from_value(template).unwrap()
}

fn with_a_picture() -> Template {
    approved(
        "torte_fertig",
        json!([
            { "type": "HEADER", "format": "IMAGE", "example": { "header_handle": ["4::practice"] } },
            { "type": "BODY", "text": "Hallo {{1}}, Ihre Bestellung {{2}} ist fertig und wartet auf Sie.",
              "example": { "body_text": [["Lena", "A1027"]] } },
            { "type": "FOOTER", "text": "Bäckerei am Markt" },
            { "type": "BUTTONS", "buttons": [
                { "type": "QUICK_REPLY", "text": "Danke" },
                { "type": "URL", "text": "Ansehen", "url": "https://www.example.com/b/{{1}}",
                  "example": ["https://www.example.com/b/A1027"] } ] }
        ]),
    )
}

/// A shop that also keeps its list of templates, and a thread whose window closed yesterday.
async fn closed() -> (Shop, i64) {
    let shop = Shop::open().await;
    let thread = shop
        .lena_wrote("Ist die Torte fertig?", NINE - 48 * HOUR * 1000)
        .await;
    opted_in(&shop.desk, &phone(LENA));
    (shop, thread)
}

async fn synced(shop: &Shop) {
    run::sync_templates(&shop.desk, &shop.client).await.unwrap();
}

/// The desk learns the time from `Date` headers, to the second.
fn about_nine(at: Option<i64>) -> bool {
    at.is_some_and(|at| (at - NINE).abs() < 2_000)
}

/// The list is kept in step until the test ends.
fn keep_list(shop: &Shop) {
    let keeping = run::keep_templates(shop.desk.clone(), shop.client.clone());
    drop(tokio::spawn(keeping));
}

fn found(shop: &Shop, thread: Option<i64>, name: &str) -> Option<TemplateView> {
    let templates = shop.desk.templates(thread).unwrap().templates;
    templates
        .into_iter()
        .find(|t| t.name == name && t.language == "de")
}

fn choice(name: &str, values: &[(&str, &str)]) -> TemplateChoice {
    let values = values.iter().map(|(key, text)| SlotValue {
        key: (*key).into(),
        text: (*text).into(),
    });
    TemplateChoice {
        name: name.into(),
        language: "de".into(),
        values: values.collect(),
    }
}

fn send(shop: &Shop, thread: i64, choice: &TemplateChoice) -> SendResult {
    shop.desk.send_template(thread, choice, STAFF).unwrap()
}

fn picture(shop: &Shop, thread: i64) -> String {
    let file = shop
        .desk
        .attach_for_template(thread, "image", "torte.png", "", PNG.to_vec())
        .unwrap();
    assert_eq!(file.refused, None);
    file.id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_and_the_end_of_an_address_arrive_exactly_as_meta_wants_them() {
    let (shop, thread) = closed().await;
    shop.control.put_template(with_a_picture());
    synced(&shop).await;
    let template = found(&shop, Some(thread), "torte_fertig").unwrap();
    let proposed: Vec<_> = template
        .slots
        .iter()
        .map(|slot| {
            (
                slot.key.as_str(),
                slot.proposed.as_deref(),
                slot.source.clone(),
            )
        })
        .collect();
    assert_eq!(
        proposed,
        [
            ("body:1", Some("Lena"), Some(SlotSource::Customer)),
            ("body:2", None, None),
            ("header:media", None, None),
            ("button:1", None, None),
        ]
    );
    let file = picture(&shop, thread);
    assert!(
        shop.desk
            .thread_head(thread)
            .unwrap()
            .attachments
            .is_empty(),
        "a file for a slot never lies beside the draft"
    );
    let filled = choice(
        "torte_fertig",
        &[
            ("body:1", "Lena"),
            ("body:2", "A1027"),
            ("header:media", &file),
            ("button:1", "A1027"),
        ],
    );
    assert!(matches!(
        send(&shop, thread, &filled),
        SendResult::Queued { .. }
    ));
    let accepted = shop.accepted(1).await.pop().unwrap();
    let media_id = accepted.body["template"]["components"][0]["parameters"][0]["image"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        accepted.body["template"],
        json!({
            "name": "torte_fertig",
            "language": { "policy": "deterministic", "code": "de" },
            "components": [
                { "type": "header", "parameters": [{ "type": "image", "image": { "id": media_id } }] },
                { "type": "body", "parameters": [
                    { "type": "text", "text": "Lena" }, { "type": "text", "text": "A1027" }] },
                { "type": "button", "sub_type": "url", "index": "1",
                  "parameters": [{ "type": "text", "text": "A1027" }] },
            ],
        })
    );
    let there = shop
        .client
        .download_media(&media_id, 1 << 20)
        .await
        .unwrap();
    assert_eq!(there, PNG);

    let words = "Hallo Lena, Ihre Bestellung A1027 ist fertig und wartet auf Sie.";
    for (status, state) in [
        ("sent", DeliveryState::Sent),
        ("delivered", DeliveryState::Delivered),
        ("read", DeliveryState::Read),
    ] {
        shop.status(status, None);
        shop.until(thread, words, state).await;
    }
    shop.jump_seconds(HOUR);
    shop.lena_writes("Danke, ich komme!").await;
    let figures = eventually("an answer in the figures", || {
        let template = found(&shop, Some(thread), "torte_fertig")?;
        (template.figures.answered == 1).then_some(template)
    })
    .await;
    assert_eq!((figures.figures.sent, figures.figures.read), (1, 1));
    assert!(about_nine(figures.used_here_at));
    assert!(about_nine(figures.last_used_at));
    // The picture is there for the next time, and needs no second upload.
    let media = figures
        .slots
        .iter()
        .find(|s| s.key == "header:media")
        .unwrap();
    assert_eq!(media.source, Some(SlotSource::LastTime));
    let again = choice(
        "torte_fertig",
        &[
            ("body:1", "Lena"),
            ("body:2", "A1028"),
            ("header:media", media.proposed.as_deref().unwrap()),
            ("button:1", "A1028"),
        ],
    );
    assert!(matches!(
        send(&shop, thread, &again),
        SendResult::Queued { .. }
    ));
    let second = shop.accepted(2).await.pop().unwrap();
    let used = &second.body["template"]["components"][0]["parameters"][0]["image"]["id"];
    assert_eq!(used, &json!(media_id));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_template_that_meta_changed_meanwhile_says_what_changed() {
    let (shop, thread) = closed().await;
    shop.control.put_template(approved(
        "bereit",
        json!([{ "type": "BODY", "text": "Hallo {{1}}, Ihre {{2}} ist fertig und wartet auf Sie.",
                 "example": { "body_text": [["Lena", "Torte"]] } }]),
    ));
    keep_list(&shop);
    eventually("the list", || found(&shop, None, "bereit")).await;
    shop.control.put_template(approved(
        "bereit",
        json!([{ "type": "BODY", "text": "Hallo {{1}}, Ihre {{2}} ist ab {{3}} fertig und wartet auf Sie.",
                 "example": { "body_text": [["Lena", "Torte", "12 Uhr"]] } }]),
    ));
    let filled = choice("bereit", &[("body:1", "Lena"), ("body:2", "Torte")]);
    assert!(matches!(
        send(&shop, thread, &filled),
        SendResult::Queued { .. }
    ));
    eventually("what changed", || {
        let rows = shop.bubbles(thread);
        let failure = rows.last()?.delivery.as_ref()?.failure.as_ref()?;
        (failure.code == 132_000 && failure.drift == [TemplateDrift::Slots { now: 3, sent: 2 }])
            .then_some(())
    })
    .await;
    let now = found(&shop, Some(thread), "bereit").unwrap();
    assert_eq!(now.slots.len(), 3, "the list was fetched anew by itself");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_template_is_seen_but_cannot_be_sent_until_meta_lets_it_go() {
    let (shop, thread) = closed().await;
    shop.control.put_template(with_a_picture());
    keep_list(&shop);
    eventually("the list", || found(&shop, None, "torte_fertig")).await;
    shop.control.complain("torte_fertig", "de", 4).unwrap();
    let until = NINE + 3 * HOUR * 1000;
    eventually("the pause", || {
        let template = found(&shop, Some(thread), "torte_fertig")?;
        (template.obstacle == Some(TemplateObstacle::Paused { until: Some(until) })).then_some(())
    })
    .await;
    let file = picture(&shop, thread);
    let filled = choice(
        "torte_fertig",
        &[
            ("body:1", "Lena"),
            ("body:2", "A1"),
            ("header:media", &file),
            ("button:1", "A1"),
        ],
    );
    assert!(matches!(
        send(&shop, thread, &filled),
        SendResult::Refused { reasons } if matches!(reasons.as_slice(), [Refusal::TemplateNotApproved { status }] if status == "PAUSED")
    ));
    shop.jump_seconds(3 * HOUR + 1);
    eventually("the end of the pause", || {
        found(&shop, Some(thread), "torte_fertig")?
            .obstacle
            .is_none()
            .then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_comes_in_and_a_failed_fetch_keeps_what_there_was() {
    let (shop, thread) = closed().await;
    shop.control.add_templates(300);
    synced(&shop).await;
    let list = shop.desk.templates(Some(thread)).unwrap();
    let there = i64::try_from(shop.control.templates().len()).unwrap();
    assert_eq!((list.sync.loaded, list.sync.total), (there, there));
    assert!(about_nine(list.sync.at));
    assert_eq!(list.templates.len(), usize::try_from(there).unwrap());
    shop.arm(Fault {
        status: Some(400),
        code: Some(190),
        ..Fault::once(On::Templates, Kind::Status)
    });
    run::sync_templates(&shop.desk, &shop.client)
        .await
        .unwrap_err();
    let after = shop.desk.templates(Some(thread)).unwrap();
    assert_eq!(after.templates.len(), list.templates.len());
    assert_eq!(
        after.sync.failed.and_then(|failure| failure.code),
        Some(190)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staffs_word_on_a_template_stays() {
    let (shop, thread) = closed().await;
    shop.control.put_template(with_a_picture());
    synced(&shop).await;
    shop.desk
        .favourite_template("torte_fertig", "de", true)
        .unwrap();
    shop.desk.template_checked("torte_fertig", "de").unwrap();
    synced(&shop).await;
    let template = found(&shop, Some(thread), "torte_fertig").unwrap();
    assert!(template.favourite);
    assert!(about_nine(template.checked_at));
    shop.desk
        .favourite_template("torte_fertig", "de", false)
        .unwrap();
    assert!(!found(&shop, None, "torte_fertig").unwrap().favourite);
    assert!(shop.desk.favourite_template("nobody", "de", true).is_err());
}
