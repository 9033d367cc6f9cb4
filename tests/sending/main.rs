//! An answer leaves exactly once, and staff always sees where it stands: whole conversations over HTTP,
//! with the practice platform making every mistake a network can make. Compared with `golden/*.txt`.

mod doubt;
mod template;

use inbox::view::{DeliveryState::*, Refusal, SendResult, UndoResult};
use practice::{Fault, Kind, On};
use support::{
    eventually::eventually,
    shop::{STAFF, Shop},
    story::Story,
};

const HOUR: i64 = 3600;
const ANSWER: &str = "Ja, es steht bereit.";

/// Meta answers a send with this error.
fn refusing(code: i64) -> Fault {
    Fault {
        status: Some(400),
        code: Some(code),
        ..Fault::once(On::Messages, Kind::Status)
    }
}

async fn begun() -> (Shop, Story, i64) {
    let shop = Shop::open().await;
    let thread = shop.lena_writes("Ist mein Rad fertig?").await;
    (shop, Story::default(), thread)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_climbs_from_accepted_to_read() {
    let (shop, mut story, thread) = begun().await;
    story.step("Lena writes", &shop, thread);
    shop.send(thread, ANSWER);
    shop.until(thread, ANSWER, Accepted).await;
    story.step("Ada answers", &shop, thread);
    for (status, state) in [("sent", Sent), ("delivered", Delivered), ("read", Read)] {
        shop.jump_seconds(1);
        shop.status(status, None);
        shop.until(thread, ANSWER, state).await;
        story.step(status, &shop, thread);
    }
    assert_eq!(shop.accepted(1).await[0].body["text"]["body"], ANSWER);
    story.compare("answer");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_that_outlives_its_window_is_a_draft_again_and_no_red_bubble() {
    let (shop, mut story, thread) = begun().await;
    shop.jump_seconds(23 * HOUR + 1800);
    shop.arm(Fault {
        retry_after_s: Some(3600),
        ..refusing(130_429)
    });
    shop.send(thread, ANSWER);
    eventually("the refusal", || {
        shop.control.faults().is_empty().then_some(())
    })
    .await;
    shop.until(thread, ANSWER, Queued).await;
    story.step(
        "Half an hour before the end Meta says: not now",
        &shop,
        thread,
    );
    shop.jump_seconds(1800);
    shop.until_draft(thread, ANSWER).await;
    story.step("The window closes while the answer waits", &shop, thread);
    assert!(shop.accepted(0).await.is_empty());
    story.compare("outlived_its_window");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_send_too_fast_for_one_customer_is_tried_again_later() {
    let (shop, mut story, thread) = begun().await;
    shop.arm(refusing(131_056));
    shop.send(thread, ANSWER);
    eventually("the refusal", || {
        shop.control.faults().is_empty().then_some(())
    })
    .await;
    shop.until(thread, ANSWER, Queued).await;
    story.step("131056: too many to one customer", &shop, thread);
    shop.jump_seconds(2);
    shop.until(thread, ANSWER, Accepted).await;
    story.step("Two seconds later", &shop, thread);
    story.compare("pair_limit");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_ran_out_stops_everything_until_somebody_signs_in() {
    let (shop, mut story, thread) = begun().await;
    shop.control.set_token(None);
    shop.send(thread, ANSWER);
    eventually("the hold", || shop.desk.connection().unwrap().hold).await;
    shop.until(thread, ANSWER, Queued).await;
    story.step("190: the token is not good any more", &shop, thread);
    let refused = shop
        .desk
        .send_text(thread, "Noch etwas", None, STAFF)
        .unwrap();
    let SendResult::Refused { reasons } = refused else {
        panic!("nothing may be queued while on hold")
    };
    assert!(
        matches!(reasons.as_slice(), [Refusal::OnHold { code: 190, .. }]),
        "{reasons:?}"
    );
    let tried = sends(&shop);
    shop.jump_seconds(600);
    shop.control
        .set_token(Some("practice-access-token".to_owned().into()));
    shop.desk.lift_hold().unwrap();
    shop.until(thread, ANSWER, Accepted).await;
    assert_eq!(sends(&shop), tried + 1, "nothing went out in between");
    story.step("Somebody signs in again", &shop, thread);
    story.compare("signed_out");
}

/// How many messages the platform was asked to take.
fn sends(shop: &Shop) -> usize {
    shop.control
        .requests()
        .iter()
        .filter(|r| r.path.ends_with("/messages"))
        .count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_taken_back_in_time_never_leaves() {
    let (shop, mut story, thread) = begun().await;
    shop.set_undo_ms(5_000);
    shop.run_clock();
    let outbox_id = shop.send(thread, ANSWER);
    story.step("Ada answers", &shop, thread);
    assert_eq!(
        shop.desk.undo(&outbox_id).unwrap(),
        UndoResult::Returned {
            text: ANSWER.into()
        }
    );
    story.step("and takes it back", &shop, thread);
    let next = "Ja, ab zehn Uhr.";
    let outbox_id = shop.send(thread, next);
    shop.jump_seconds(10);
    shop.until(thread, next, Accepted).await;
    assert_eq!(shop.desk.undo(&outbox_id).unwrap(), UndoResult::Gone);
    story.step("The next one leaves after the delay", &shop, thread);
    assert_eq!(shop.accepted(1).await[0].body["text"]["body"], next);
    story.compare("undo");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn meta_saying_that_the_window_is_closed_gives_the_words_back() {
    let (shop, mut story, thread) = begun().await;
    shop.arm(refusing(131_047));
    shop.send(thread, ANSWER);
    shop.until_draft(thread, ANSWER).await;
    story.step("131047 although we thought it open", &shop, thread);
    shop.jump_seconds(60);
    shop.lena_writes("Hallo?").await;
    shop.send(thread, ANSWER);
    shop.until(thread, ANSWER, Accepted).await;
    story.step("Lena writes again and gets her answer", &shop, thread);
    story.compare("closed_by_meta");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ticks_only_climb_whatever_the_order_and_a_failure_is_never_hidden() {
    let (shop, mut story, thread) = begun().await;
    shop.send(thread, ANSWER);
    shop.until(thread, ANSWER, Accepted).await;
    shop.arm(Fault::once(On::Webhook, Kind::ReorderWebhooks));
    shop.status("sent", None);
    shop.jump_seconds(1);
    shop.arm(Fault::once(On::Webhook, Kind::DuplicateWebhook));
    shop.status("delivered", None);
    shop.control.settle().await;
    eventually("both statuses", || {
        let rows = shop.bubbles(thread);
        let delivery = rows.last()?.delivery.as_ref()?;
        delivery.sent_at.and(delivery.delivered_at)
    })
    .await;
    story.step("delivered, delivered again, then sent", &shop, thread);
    shop.jump_seconds(1);
    shop.status("failed", Some(131_026));
    shop.until(thread, ANSWER, Failed).await;
    story.step("failed, later than delivered", &shop, thread);
    shop.jump_seconds(1);
    shop.status("read", None);
    shop.until(thread, ANSWER, Read).await;
    story.step("and yet it was read after that", &shop, thread);
    story.compare("ticks");
}
