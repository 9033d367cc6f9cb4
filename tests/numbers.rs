//! A number that is taken away sends nothing any more and loses nothing; connected once more it is as before.

use inbox::{
    fact::Number,
    run,
    view::{BlockResult, DeliveryState::Queued, Refusal, SendResult},
};
use practice::{Fault, Kind, On};
use support::{
    eventually::eventually,
    shop::{STAFF, Shop},
};

const SECOND: (&str, &str) = ("318000000000102", "+1 555 010 0102");
const WAITING: &str = "Ja, ab 17 Uhr.";

async fn with_two_numbers() -> (Shop, [Number; 2]) {
    let shop = Shop::open_with(&[SECOND]).await;
    let numbers: Vec<Number> = shop.desk.account.numbers().collect();
    let numbers = numbers.try_into().expect("two numbers");
    (shop, numbers)
}

/// The numbers of the settings, and whether the shop answers from them.
fn shown(shop: &Shop) -> Vec<(String, bool)> {
    let numbers = shop.desk.own_numbers().unwrap();
    numbers
        .into_iter()
        .map(|number| (number.display, number.connected))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_on_a_number_that_is_taken_away_is_a_draft_again_and_nothing_leaves_from_it() {
    let (mut shop, [first, second]) = with_two_numbers().await;
    let thread = shop.lena_writes("Ist mein Rad fertig?").await;
    // Meta says: not now. So the answer waits.
    shop.arm(Fault {
        status: Some(400),
        code: Some(130_429),
        retry_after_s: Some(3600),
        ..Fault::once(On::Messages, Kind::Status)
    });
    shop.send(thread, WAITING);
    shop.desk
        .save_draft(thread, "bitte den Schein mit.")
        .unwrap();
    eventually("the refusal", || {
        shop.control.faults().is_empty().then_some(())
    })
    .await;
    shop.until(thread, WAITING, Queued).await;

    shop.answers_from(vec![second.clone()]);
    let back = format!("{WAITING}\nbitte den Schein mit.");
    shop.until_draft(thread, &back).await;
    let known = shown(&shop);
    let away = vec![Refusal::NotConnected {
        number: known[0].0.clone(),
    }];
    assert_eq!(shop.desk.thread_head(thread).unwrap().text_refused, away);
    let question = shop.bubbles(thread)[0].id;
    for refused in [
        shop.desk.send_text(thread, "Hallo", None, STAFF).unwrap(),
        shop.desk
            .send_reaction(thread, question, "👍", STAFF)
            .unwrap(),
    ] {
        let SendResult::Refused { reasons } = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(reasons, away);
    }
    let blocked = run::block(&shop.desk, Some(&shop.client), thread, true).await;
    assert!(matches!(blocked.unwrap(), BlockResult::NotReached { .. }));
    shop.jump_seconds(7200);
    assert_eq!(
        known.iter().map(|(_, on)| *on).collect::<Vec<_>>(),
        [false, true]
    );

    // What Meta still passes on is read as before.
    shop.lena_writes("Oder erst morgen?").await;
    assert!(shop.accepted(0).await.is_empty());

    shop.answers_from(vec![second.clone(), first.clone()]);
    assert!(
        shop.desk
            .thread_head(thread)
            .unwrap()
            .text_refused
            .is_empty()
    );
    assert_eq!(shop.desk.thread_head(thread).unwrap().draft, back);
    shop.send(thread, &back);
    assert_eq!(shop.accepted(1).await[0].body["text"]["body"], back);
    assert!(shown(&shop).iter().all(|(_, connected)| *connected));
}
