//! When a customer may be answered freely: every event that counts, every one that does not, and every way
//! in which a clock, a late webhook or a second number could lead us astray.

mod events;

use cloud_api::{clock::Clock, webhook::Peer};
use inbox::{
    platform_clock::{PlatformClock, Source},
    view::{Refusal, SendResult, ThreadQuery, WindowView},
};
use serde_json::Value;
use std::time::Instant;
use support::{
    bodies::{self, LENA, LENA_BSUID, NUMBER, SECOND_NUMBER},
    counter::{Counter, Seen, bsuid, phone},
    eventually::eventually,
    shop::Shop,
};

/// 2026-11-20 09:00:00 UTC.
const NINE: i64 = 1_795_165_200_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const GROUP: &str = "Y2FwaV9ncm91cDowMDAx";

fn lena() -> Peer {
    phone(LENA)
}

fn text(at: i64) -> Value {
    bodies::text(NUMBER, LENA, &format!("wamid.{at}"), at, "Hallo")
}

/// `(Meta's time, arrival)` of each message.
type Arrivals = &'static [(i64, i64)];

/// What is seen at `now`, the third column.
#[test]
fn only_metas_time_counts_never_the_time_of_arrival_nor_the_order() {
    let cases: &[(&str, Arrivals, i64, Seen)] = &[
        (
            "in time",
            &[(NINE, NINE + 2_000)],
            NINE + HOUR,
            Seen::Open(NINE + DAY),
        ),
        (
            "retried for six hours",
            &[(NINE, NINE + 6 * HOUR)],
            NINE + 6 * HOUR,
            Seen::Open(NINE + DAY),
        ),
        (
            "describes a window that is over",
            &[(NINE, NINE + 30 * HOUR)],
            NINE + 30 * HOUR,
            Seen::Closed(NINE + DAY),
        ),
        (
            "the older one comes last",
            &[(NINE + HOUR, NINE + HOUR), (NINE, NINE + 2 * HOUR)],
            NINE + 3 * HOUR,
            Seen::Open(NINE + HOUR + DAY),
        ),
        (
            "the same one comes twice",
            &[(NINE, NINE), (NINE, NINE + 5 * HOUR)],
            NINE + 6 * HOUR,
            Seen::Open(NINE + DAY),
        ),
        (
            "from the future: clipped to arrival",
            &[(NINE + 3 * HOUR, NINE)],
            NINE + MINUTE,
            Seen::Open(NINE + DAY),
        ),
        (
            "years from the future",
            &[(NINE + 900 * DAY, NINE)],
            NINE + DAY,
            Seen::Closed(NINE + DAY),
        ),
        (
            "from the future, then repeated",
            &[(NINE + HOUR, NINE), (NINE + HOUR, NINE + 2 * HOUR)],
            NINE + 3 * HOUR,
            Seen::Open(NINE + DAY),
        ),
        (
            "reopened by the next message",
            &[(NINE, NINE), (NINE + 30 * HOUR, NINE + 30 * HOUR)],
            NINE + 31 * HOUR,
            Seen::Open(NINE + 30 * HOUR + DAY),
        ),
        (
            "a millisecond before the end",
            &[(NINE, NINE)],
            NINE + DAY - 1,
            Seen::Open(NINE + DAY),
        ),
        (
            "at the end",
            &[(NINE, NINE)],
            NINE + DAY,
            Seen::Closed(NINE + DAY),
        ),
        (
            "a millisecond after the end",
            &[(NINE, NINE)],
            NINE + DAY + 1,
            Seen::Closed(NINE + DAY),
        ),
    ];
    for (name, events, now, expected) in cases {
        let counter = Counter::open(*now);
        for &(at, arrived) in *events {
            counter.receive(&text(at), arrived);
        }
        assert_eq!(counter.window(NUMBER, &lena()), *expected, "{name}");
        let restarted = counter.reopened();
        assert_eq!(
            restarted.window(NUMBER, &lena()),
            *expected,
            "{name}, after a restart"
        );
    }
}

#[test]
fn each_business_number_has_a_window_of_its_own() {
    let counter = Counter::open(NINE + HOUR);
    counter.receive(&text(NINE), NINE);
    counter.receive(
        &bodies::text(
            SECOND_NUMBER,
            LENA,
            "wamid.second",
            NINE - 5 * HOUR,
            "Hallo",
        ),
        NINE,
    );
    assert_eq!(counter.window(NUMBER, &lena()), Seen::Open(NINE + DAY));
    assert_eq!(
        counter.window(SECOND_NUMBER, &lena()),
        Seen::Open(NINE + 19 * HOUR)
    );
    counter.receive(
        &bodies::failed(SECOND_NUMBER, LENA, "wamid.OURS", NINE + MINUTE, 131_047),
        NINE + MINUTE,
    );
    assert_eq!(
        counter.window(NUMBER, &lena()),
        Seen::Open(NINE + DAY),
        "the other number's refusal is not ours"
    );
    assert_eq!(
        counter.window(SECOND_NUMBER, &lena()),
        Seen::ClosedByMeta(NINE + MINUTE)
    );
}

#[test]
fn meta_saying_131047_closes_at_once_until_the_customer_writes_again() {
    let counter = Counter::open(NINE + 3 * HOUR);
    let window = || counter.window(NUMBER, &lena());
    counter.receive(&text(NINE), NINE);
    counter.receive(
        &bodies::failed(NUMBER, LENA, "wamid.OURS", NINE + 2 * HOUR, 131_047),
        NINE + 2 * HOUR + 500,
    );
    assert_eq!(window(), Seen::ClosedByMeta(NINE + 2 * HOUR));
    let thread = counter.thread(NUMBER, &lena()).unwrap();
    let refused = counter
        .desk
        .send_text(thread, "Doch noch etwas", None, "Ada")
        .unwrap();
    let reason = Refusal::WindowClosed {
        since: NINE + 2 * HOUR,
        by_meta: true,
    };
    assert_eq!(
        refused,
        SendResult::Refused {
            reasons: vec![reason.clone()]
        },
        "called directly"
    );
    assert_eq!(
        counter.desk.thread_head(thread).unwrap().text_refused,
        [reason],
        "and in the composer"
    );

    counter.receive(&text(NINE + HOUR), NINE + 150 * MINUTE);
    assert_eq!(
        window(),
        Seen::ClosedByMeta(NINE + 2 * HOUR),
        "an inbound from before that comes late reopens nothing"
    );
    counter.receive(&text(NINE + 170 * MINUTE), NINE + 170 * MINUTE);
    assert_eq!(
        window(),
        Seen::Open(NINE + 170 * MINUTE + DAY),
        "the next message reopens"
    );
}

#[test]
fn a_refusal_of_a_window_that_was_over_anyway_changes_nothing() {
    let counter = Counter::open(NINE + 26 * HOUR);
    counter.receive(&text(NINE), NINE);
    counter.receive(
        &bodies::failed(NUMBER, LENA, "wamid.OURS", NINE + 25 * HOUR, 131_047),
        NINE + 25 * HOUR,
    );
    assert_eq!(counter.window(NUMBER, &lena()), Seen::Closed(NINE + DAY));
}

#[test]
fn free_text_is_refused_a_minute_before_the_end() {
    let counter = Counter::open(NINE);
    counter.receive(&text(NINE), NINE);
    let thread = counter.thread(NUMBER, &lena()).unwrap();
    let end = NINE + DAY;
    let ending = vec![Refusal::WindowEnding { closes_at: end }];
    for (before_end, refused) in [
        (MINUTE + 1, vec![]),
        (MINUTE, ending.clone()),
        (1, ending),
        (
            0,
            vec![Refusal::WindowClosed {
                since: end,
                by_meta: false,
            }],
        ),
    ] {
        counter.set(end - before_end);
        let head = counter.desk.thread_head(thread).unwrap();
        assert_eq!(head.text_refused, refused, "{before_end} ms before the end");
        if let WindowView::Open { refuse_from, .. } = head.window {
            assert_eq!(refuse_from, end - MINUTE);
        }
        let sent = counter
            .desk
            .send_text(thread, "Bis morgen", None, "Ada")
            .unwrap();
        match sent {
            SendResult::Refused { reasons } => {
                assert_eq!(reasons, refused, "{before_end} ms before the end")
            }
            SendResult::Queued { .. } => {
                assert!(refused.is_empty(), "{before_end} ms before the end")
            }
            SendResult::Warned { verdict } => panic!("{verdict:?}"),
        }
    }
}

#[test]
fn a_laptop_clock_that_is_minutes_wrong_moves_no_window() {
    for wrong_by in [-7 * MINUTE, 0, 7 * MINUTE] {
        for (left, open) in [(2 * MINUTE, true), (-2 * MINUTE, false)] {
            let written = NINE - DAY + left;
            let counter = Counter::open(NINE);
            counter.receive(&text(written), written);
            let laptop = Clock::adjustable();
            laptop.set(NINE + wrong_by, 1.0).unwrap();
            let clock = PlatformClock::new(laptop.clone(), 0);
            let now = Instant::now();
            clock.observe(Source::Meta, now, now, NINE);
            let counter = counter.with_clock(clock);
            let expected = if open {
                Seen::Open(written + DAY)
            } else {
                Seen::Closed(written + DAY)
            };
            assert_eq!(
                counter.window(NUMBER, &lena()),
                expected,
                "laptop off by {wrong_by}, {left} ms left"
            );
            laptop.set(NINE + 3 * DAY, 1.0).unwrap();
            assert_eq!(
                counter.window(NUMBER, &lena()),
                expected,
                "somebody sets the laptop's clock"
            );
        }
    }
}

#[test]
fn after_sleep_the_window_is_what_the_clock_now_says() {
    let counter = Counter::open(NINE + HOUR);
    counter.receive(&text(NINE), NINE);
    let Seen::Open(_) = counter.window(NUMBER, &lena()) else {
        panic!("open before the sleep")
    };
    counter.set(NINE + DAY + 8 * HOUR);
    assert_eq!(counter.window(NUMBER, &lena()), Seen::Closed(NINE + DAY));
    let row = &counter
        .desk
        .threads(&ThreadQuery::default(), None, 10)
        .unwrap()
        .rows[0];
    assert_eq!(
        Seen::of(&row.window),
        Seen::Closed(NINE + DAY),
        "in the list as well"
    );
}

/// 24 hours are 24 hours, on the two Sundays of the year that have 23 or 25.
#[test]
fn summer_time_makes_no_window_longer_or_shorter() {
    // 2026-03-28 and 2026-10-24, 20:00 UTC: the evenings before.
    for evening in [1_774_728_000_000, 1_792_872_000_000] {
        let counter = Counter::open(evening);
        counter.receive(&text(evening), evening);
        for (now, expected) in [
            (evening + DAY - 1, Seen::Open(evening + DAY)),
            (evening + DAY, Seen::Closed(evening + DAY)),
            (evening + 23 * HOUR, Seen::Open(evening + DAY)),
            (evening + 25 * HOUR, Seen::Closed(evening + DAY)),
        ] {
            counter.set(now);
            assert_eq!(
                counter.window(NUMBER, &lena()),
                expected,
                "{} h after",
                (now - evening) as f64 / HOUR as f64
            );
        }
    }
}

#[test]
fn a_customer_without_a_number_has_a_window_like_everybody() {
    let mut body = text(NINE);
    let message = &mut body["entry"][0]["changes"][0]["value"]["messages"][0];
    message.as_object_mut().unwrap().remove("from");
    message["from_user_id"] = LENA_BSUID.into();
    let counter = Counter::open(NINE + HOUR);
    counter.receive(&body, NINE);
    assert_eq!(
        counter.window(NUMBER, &bsuid(LENA_BSUID)),
        Seen::Open(NINE + DAY)
    );
}

#[test]
fn what_we_send_opens_nothing() {
    let counter = Counter::open(NINE + HOUR);
    counter.receive(&text(NINE), NINE);
    let thread = counter.thread(NUMBER, &lena()).unwrap();
    let sent = counter
        .desk
        .send_text(thread, "Gern!", None, "Ada")
        .unwrap();
    assert!(matches!(sent, SendResult::Queued { .. }), "{sent:?}");
    assert_eq!(counter.window(NUMBER, &lena()), Seen::Open(NINE + DAY));
}

/// Until all the relay has was fetched once, and whenever it is out of reach, a message may be waiting.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_the_relay_out_of_reach_every_window_is_unsure_until_it_answers() {
    let counter = Counter::open(NINE);
    assert_eq!(
        counter.desk.connection().unwrap().unsure_since,
        Some(NINE),
        "nothing was fetched yet"
    );

    let shop = Shop::open().await;
    let thread = shop.lena_writes("Ist mein Rad fertig?").await;
    let unsure = || shop.desk.connection().unwrap().unsure_since;
    eventually("a sure window", || unsure().is_none().then_some(())).await;
    shop.stop_relay().await;
    // A last answer may still be on its way; after it there is silence, and two minutes of that are enough.
    let since = eventually("unsure windows", || {
        shop.jump_seconds(60);
        let WindowView::Open { unsure_since, .. } = shop.desk.thread_head(thread).unwrap().window
        else {
            panic!("open")
        };
        // The strip says what the window says.
        unsure_since.filter(|since| unsure() == Some(*since))
    })
    .await;
    let silence = shop.desk.clock_view().now - since;
    assert!(silence > 120_000, "only after two minutes: {silence}");
    shop.start_relay_again().await;
    eventually("a sure window again", || unsure().is_none().then_some(())).await;
}
