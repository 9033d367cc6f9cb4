//! A send whose answer never came is doubtful until a status, Meta's history or a person settles it, and never made
//! again by itself.

use crate::{ANSWER, begun};
use inbox::view::{DeliveryState::*, SendResult};
use practice::{Fault, Kind, On, StatusPlan};
use support::{eventually::eventually, shop::STAFF};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_send_without_an_answer_is_settled_by_the_next_status() {
    let (shop, mut story, thread) = begun().await;
    shop.arm(Fault::once(On::Messages, Kind::TimeoutAfter));
    shop.send(thread, ANSWER);
    shop.until(thread, ANSWER, Doubtful).await;
    story.step("Meta accepts, but the answer never comes", &shop, thread);
    shop.status("delivered", None);
    shop.until(thread, ANSWER, Delivered).await;
    story.step("A status brings our own id back", &shop, thread);
    assert_eq!(shop.accepted(1).await.len(), 1, "never sent twice");
    story.compare("doubt_settled_by_status");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_send_without_an_answer_and_without_webhooks_is_settled_by_the_message_history() {
    let (shop, mut story, thread) = begun().await;
    shop.control.set_status_plan(StatusPlan {
        read_ms: None,
        ..StatusPlan::immediate()
    });
    shop.arm(Fault::new(On::Webhook, Kind::DropWebhook));
    shop.arm(Fault::once(On::Messages, Kind::ResetAfter));
    shop.send(thread, ANSWER);
    shop.until(thread, ANSWER, Doubtful).await;
    story.step(
        "The connection breaks, and the webhooks are lost",
        &shop,
        thread,
    );
    shop.jump_seconds(90);
    shop.until(thread, ANSWER, Delivered).await;
    story.step("Meta's history knows of it", &shop, thread);
    assert_eq!(shop.accepted(1).await.len(), 1, "never sent twice");
    story.compare("doubt_settled_by_history");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_can_settle_waits_for_a_person() {
    let (shop, mut story, thread) = begun().await;
    shop.arm(Fault {
        count: Some(2),
        ..Fault::new(On::Messages, Kind::TimeoutBefore)
    });
    let first = shop.send(thread, "Bis morgen!");
    shop.until(thread, "Bis morgen!", Doubtful).await;
    let second = shop.send(thread, ANSWER);
    shop.until(thread, ANSWER, Doubtful).await;
    shop.jump_seconds(90);
    eventually("the history being asked", || {
        shop.control
            .requests()
            .iter()
            .any(|r| r.path.ends_with("/message_history"))
            .then_some(())
    })
    .await;
    story.step("Nobody knows whether they arrived", &shop, thread);
    shop.desk.settle_doubtful(&first, false, STAFF).unwrap();
    shop.until(thread, "Bis morgen!", LeftDoubtful).await;
    story.step("Ada lets one rest", &shop, thread);
    let again = shop.desk.settle_doubtful(&second, true, STAFF).unwrap();
    assert!(
        matches!(again, Some(SendResult::Queued { .. })),
        "{again:?}"
    );
    shop.until(thread, ANSWER, Accepted).await;
    story.step("and sends the other one again", &shop, thread);
    assert_eq!(shop.accepted(1).await.len(), 1);
    story.compare("doubt_settled_by_a_person");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_status_may_overtake_the_answer_to_its_send() {
    let (shop, mut story, thread) = begun().await;
    shop.control.set_status_plan(StatusPlan {
        delivered_ms: 60_000,
        read_ms: None,
        ..StatusPlan::immediate()
    });
    shop.arm(Fault::once(On::Messages, Kind::WebhookBeforeAnswer));
    shop.send(thread, ANSWER);
    shop.until(thread, ANSWER, Sent).await;
    story.step("The webhook is faster than the answer", &shop, thread);
    shop.arm(Fault::once(On::Messages, Kind::WebhookBeforeAnswer));
    shop.arm(Fault::once(On::Messages, Kind::TimeoutAfter));
    shop.send(thread, "Bis gleich!");
    shop.until(thread, "Bis gleich!", Sent).await;
    eventually("no doubt", || {
        (shop.desk.connection().unwrap().doubtful == 0).then_some(())
    })
    .await;
    story.step("and then the answer does not come at all", &shop, thread);
    assert_eq!(shop.accepted(2).await.len(), 2);
    story.compare("status_before_answer");
}
