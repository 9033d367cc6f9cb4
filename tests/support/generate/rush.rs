//! What a screen has the hardest time with: thousands of windows that run out, and a conversation without end.
//!
//! Added to a store, empty or filled; nobody of [`super::Steps`] is touched.

use super::{CUSTOMERS, Words, number, peer, told::bubble};
use crate::random::Random;
use inbox::view::Body;
use std::ops::Range;
use store::{
    Connection, Result, Store,
    about_person::{self, About},
    customer, mark,
    message::{self, NewMessage},
    number as numbers, thread,
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// A second apart, so that the last of many thousands is still of this year.
const APART: i64 = 1000;
const AT_ONCE: usize = 20_000;
/// Beyond everybody whose window runs out.
const TALKER: usize = CUSTOMERS + 40_000;

/// So many customers wrote within the last day; the first window ends after `first_end`, the last within a day.
///
/// Gives the threads, the one that closes first at the front.
pub fn open_windows(store: &Store, count: usize, now: i64, first_end: i64) -> Result<Vec<i64>> {
    let words = Words::new();
    let apart = (DAY - first_end - 60_000) / i64::try_from(count).unwrap_or(i64::MAX).max(1);
    let mut random = Random::new(24);
    store.write(|db| {
        (0..count)
            .map(|n| {
                let customer = CUSTOMERS + n;
                let at = now - DAY + first_end + apart * n as i64;
                let known = Known::meet(db, customer, &Words::name(&mut random), at)?;
                let text = words.text(customer, &mut random);
                known.writes(db, &format!("RUSH{n:08}"), at, text)?;
                inbox::gather(db, known.thread)?;
                Ok(known.thread)
            })
            .collect()
    })
}

/// One conversation of so many texts, the last one a minute before `now`, all of them seen; gives its thread.
pub fn long_thread(store: &Store, messages: usize, now: i64) -> Result<i64> {
    let words = Words::new();
    let mut random = Random::new(100);
    let last = now - 60_000;
    let at = |n: usize| last - (messages - 1 - n) as i64 * APART;
    let known = store.write(|db| Known::meet(db, TALKER, TALKER_NAME, at(0)))?;
    for some in ranges(messages) {
        store.write(|db| {
            for n in some.clone() {
                let text = words.text(TALKER, &mut random);
                known.writes(db, &format!("LONG{n:08}"), at(n), text)?;
            }
            Ok(())
        })?;
    }
    store.write(|db| {
        let seen = format!("{:019}", (last + 400) * 1000);
        thread::note_reader(db, "")?;
        mark::observe(db, known.number, known.about(), mark::SEEN, &seen, last)?;
        inbox::gather(db, known.thread)
    })?;
    Ok(known.thread)
}

/// The name above [`long_thread`].
pub const TALKER_NAME: &str = "Frau Ohne-Ende";

fn ranges(messages: usize) -> impl Iterator<Item = Range<usize>> {
    (0..messages)
        .step_by(AT_ONCE)
        .map(move |from| from..(from + AT_ONCE).min(messages))
}

struct Known {
    key: String,
    person: i64,
    number: i64,
    thread: i64,
}

impl Known {
    fn meet(db: &Connection, customer: usize, name: &str, at: i64) -> Result<Self> {
        let key = format!("b:{}", peer(customer).bsuid.unwrap_or_default());
        let business = number(4);
        let number = numbers::ensure(db, &business.phone_number_id, &business.display)?;
        let person = customer::ensure(db, &key)?;
        let thread = thread::ensure(db, number, person.customer_id)?;
        let known = Self {
            key,
            person: person.id,
            number,
            thread,
        };
        about_person::observe_profile(db, known.about(), "name", name, at)?;
        Ok(known)
    }

    fn about(&self) -> About<'_> {
        About {
            peer_key: &self.key,
            person_id: self.person,
            loose_wa: "",
        }
    }

    fn writes(&self, db: &Connection, tag: &str, at: i64, text: String) -> Result<()> {
        let wamid = format!("wamid.HBgM{tag}");
        let new = NewMessage {
            key: format!("m:{wamid}"),
            wamid,
            thread_id: self.thread,
            person_id: self.person,
            number_id: self.number,
            direction: message::IN,
            at,
            arrived: (at + 400) * 1000,
            window_at: at,
            shown: true,
            kind: "text".into(),
            payload: bubble(&Body::Text { text: text.clone() }),
            body: text,
            ..NewMessage::default()
        };
        message::put(db, &new).map(drop)
    }
}
