//! What the guard does, told with explicit times.

mod account;
mod content;
mod crowd;
mod drip;
mod fatigue;
mod hard;
mod limits;
mod personal;
mod restart;
mod staff;
mod subject;
mod trouble;

use super::limits::{DAY, HOUR, MINUTE};
use super::*;

const SOFT: &str = "The pottery shelf is up at last and it looks lovely, come and have a browse.";
const ADVERT: &str = "Half price on all candles until Sunday, grab yours before they sell out!";

fn send(at: i64, to: Person, content: Content<'_>) -> Send<'_> {
    let template = matches!(content, Content::Template { .. });
    Send {
        at,
        to,
        staff: 1,
        number: 1,
        automatic: false,
        content,
        recipient: Recipient {
            name: "",
            window_open: !template,
            consents: Consents {
                marketing: Grant::In,
                service: Grant::In,
            },
            last_in: Some(-3 * HOUR),
            unanswered_marketing: 0,
        },
        shop: Shop::default(),
    }
}

fn text(at: i64, to: Person, words: &str) -> Send<'_> {
    send(at, to, Content::Text(words))
}

fn news(at: i64, to: Person) -> Send<'static> {
    let content = Content::Template {
        name: "news",
        category: Category::Marketing,
        approved: true,
        body: "Our winter range is here. Atelier Lux",
        footer: "Reply STOP to stop.",
        params: &[],
    };
    send(at, to, content)
}

/// A notice that the opt-in for service messages covers.
fn ready(at: i64, to: Person) -> Send<'static> {
    let content = Content::Template {
        name: "order_ready",
        category: Category::Utility,
        approved: true,
        body: "Your order is ready. Atelier Lux",
        footer: "",
        params: &[],
    };
    send(at, to, content)
}

/// Sends although warned; the verdict.
fn go(guard: &mut Guard, send: &Send<'_>) -> Verdict {
    let verdict = guard.verdict(send);
    guard.record(send, &verdict, true);
    verdict
}

/// The person at whom the guard first speaks when `words` go to `most` people.
fn first_warned(guard: &mut Guard, words: &str, from: i64, most: u64) -> Option<u64> {
    (1..=most)
        .find(|&n| go(guard, &text(from + n as i64 * MINUTE, 1000 + n, words)).level == Level::Warn)
}
