//! The same over HTTP, with the practice platform in Meta's place.

use super::*;
use practice::{Fault, Kind, On, Template};
use std::collections::BTreeSet;
use support::{eventually::eventually, shop::Shop};

const PEOPLE: usize = 6;

async fn open() -> Shop {
    open_with(offer().components).await
}

pub async fn open_with(components: serde_json::Value) -> Shop {
    let shop = Shop::open().await;
    let template: Template = serde_json::from_value(json!({
        "name": OFFER, "language": "de", "category": "MARKETING", "quality": "GREEN",
        "components": components,
    }))
    .unwrap();
    shop.control.put_template(template);
    run::sync_templates(&shop.desk, &shop.client).await.unwrap();
    for n in 0..PEOPLE {
        let act = granted(&format!("yes-{n}"), &who(n), &["offers"], NINE - DAY);
        record(&shop.desk, &act);
        shop.desk
            .apply_one(FactKind::Named {
                peer: who(n),
                parent_bsuid: None,
                field: NameField::Book,
                value: format!("Kundin{n} Test"),
                at: NINE - DAY,
            })
            .unwrap();
    }
    shop
}

pub fn begun(shop: &Shop, choice: TemplateChoice) -> String {
    let own = shop.desk.number().phone_number_id;
    let number_id = shop
        .desk
        .store
        .read(|db| store::number::find(db, &own))
        .unwrap();
    let plan = BatchPlan {
        name: "Herbst".into(),
        number_id: number_id.expect("a number"),
        segment: Segment::default(),
        choice,
    };
    let preflight = shop.desk.batch_preflight(&plan).unwrap();
    assert_eq!(preflight.going, PEOPLE as i64, "{preflight:?}");
    let go = BatchGo {
        plan,
        checked_by: STAFF.into(),
        insisted: None,
        going: preflight.going,
    };
    match shop.desk.start_batch(&go, STAFF).unwrap() {
        BatchStart::Started { batch_id } => batch_id,
        other => panic!("not started: {other:?}"),
    }
}

fn of(shop: &Shop, batch_id: &str) -> BatchRow {
    let rows = shop.desk.batches().unwrap();
    rows.into_iter().find(|row| row.id == batch_id).unwrap()
}

pub async fn until(shop: &Shop, batch_id: &str, state: BatchState) -> BatchRow {
    eventually(&format!("a batch that is {state:?}"), || {
        Some(of(shop, batch_id)).filter(|row| row.state == state)
    })
    .await
}

pub fn recipients(shop: &Shop) -> Vec<String> {
    let accepted = shop.control.accepted(None);
    accepted.into_iter().map(|one| one.to).collect()
}

pub fn each_once(shop: &Shop) {
    let went = recipients(shop);
    let met: BTreeSet<&String> = went.iter().collect();
    assert_eq!((met.len(), went.len()), (PEOPLE, PEOPLE), "{went:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_goes_to_everybody_once_and_its_figures_come_back() {
    let shop = open().await;
    let batch_id = begun(&shop, choice("{{first_name}}"));
    let done = until(&shop, &batch_id, BatchState::Done).await;
    assert_eq!(
        (done.sent, done.failed, done.doubtful),
        (PEOPLE as i64, 0, 0)
    );
    each_once(&shop);
    let body = &shop.control.accepted(None)[0].body;
    let text = body.pointer("/template/components/0/parameters/0/text");
    let text = text.and_then(|text| text.as_str()).unwrap_or_default();
    assert!(text.starts_with("Kundin"), "{body}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_for_spam_in_the_middle_pauses_it_and_nobody_gets_it_twice() {
    let shop = open().await;
    // Two seconds between two of them: time to have the second refused.
    shop.run_clock();
    let batch_id = begun(&shop, choice("{{first_name}}"));
    eventually("the first", || (recipients(&shop).len() == 1).then_some(())).await;
    shop.arm(Fault {
        status: Some(400),
        code: Some(131_048),
        ..Fault::new(On::Messages, Kind::Status)
    });
    let paused = until(&shop, &batch_id, BatchState::Paused).await;
    assert_eq!(paused.halt, Some(BatchHalt::SpamRate));
    shop.control.clear_faults();
    assert_eq!(recipients(&shop).len(), 1);
    let stands_still = practice::ClockMove {
        speed: Some(0.0),
        ..Default::default()
    };
    shop.control.move_clock(stands_still).unwrap();
    shop.jump_seconds(3600);
    shop.desk.lift_hold().unwrap();
    shop.desk.resume_batch(&batch_id).unwrap();
    let done = until(&shop, &batch_id, BatchState::Done).await;
    assert_eq!(done.sent, PEOPLE as i64);
    each_once(&shop);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_never_come_send_nobody_a_second_one() {
    let shop = open().await;
    shop.arm(Fault::once(On::Messages, Kind::TimeoutAfter));
    let batch_id = begun(&shop, choice("{{first_name}}"));
    let done = until(&shop, &batch_id, BatchState::Done).await;
    assert_eq!(done.sent + done.doubtful, PEOPLE as i64);
    each_once(&shop);
}
