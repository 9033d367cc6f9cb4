//! P13: taking webhooks in, one by one and in catch-up batches, against inserting the same rows with nothing
//! else, in transactions of the same size on the same encrypted database, search index included.

use std::{path::Path, sync::Arc, time::Instant};

use cloud_api::{
    clock::Clock,
    feed::{Page, StoredBody},
};
use inbox::{
    EventSink,
    desk::{Account, Desk},
    platform_clock::PlatformClock,
    run::take_page,
    view::Change,
};
use rusqlite::params;
use serde_json::{Value, json};
use store::raw_webhook;
use support::{
    generate::{END, Words, number, peer},
    random::Random,
};

use crate::{
    Shop,
    measure::{Better, per_second, take_turns},
};

/// What Meta sends for one message of a customer, or one tick of ours.
struct Event {
    body: String,
    wamid: String,
    /// Empty: a tick.
    text: String,
    customer: usize,
    thread: i64,
}

struct Silence;

impl EventSink for Silence {
    fn changed(&self, _: Change) {}
}

pub fn desk(dir: &Path) -> Desk {
    desk_at(dir, END + 3_600_000)
}

pub fn desk_at(dir: &Path, now: i64) -> Desk {
    let clock = Clock::adjustable();
    clock.set(now, 0.0).expect("a clock that can be set");
    let store = Arc::new(support::scratch::store(dir, END));
    let number = number(4);
    let account = Account {
        phone_number_id: number.phone_number_id,
        display: number.display,
        waba_id: "318000000000202".into(),
        ..Account::default()
    };
    Desk::new(
        store,
        Arc::new(PlatformClock::on(clock)),
        account,
        Arc::new(Silence),
    )
    .expect("a desk")
}

pub fn run(shops: &[Shop], rounds: usize) {
    for shop in shops {
        let desk = desk(shop.dir.path());
        let ours = ours(&desk);
        for (batch, n) in [(1, 200), (200, 4_000)] {
            let name = format!(
                "P13 webhooks taken in, {batch} at a time, {}",
                shop.messages
            );
            let stream = std::cell::RefCell::new(Stream {
                random: Random::new(9),
                words: Words::new(),
                made: batch << 40,
            });
            let events = || stream.borrow_mut().next(shop, &ours, n);
            take_turns(
                rounds,
                Some(shop.dir.path()),
                Box::new(|| product(&desk, &events(), batch)),
                vec![("bare inserts", Box::new(|| bare(&desk, &events(), batch)))],
            )
            .print(&name, "/s", Better::More, Some(0.60));
        }
    }
}

/// Messages of ours that may still be ticked.
fn ours(desk: &Desk) -> Vec<(String, i64)> {
    desk.store
        .read(|db| {
            let mut statement = db.prepare("SELECT wamid, thread_id FROM message WHERE direction = 1 ORDER BY id DESC LIMIT 2000")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .expect("messages of ours")
}

struct Stream {
    random: Random,
    words: Words,
    made: usize,
}

impl Stream {
    /// 45 % messages, the rest ticks.
    fn next(&mut self, shop: &Shop, ours: &[(String, i64)], n: usize) -> Vec<Event> {
        (0..n)
            .map(|_| {
                self.made += 1;
                let place = self.random.below(shop.filled.customers.len());
                let (customer, thread) = (shop.filled.customers[place], shop.filled.threads[place]);
                if self.random.chance(0.45) {
                    let wamid = format!("wamid.HBgM{:016X}FQIA{:016X}A", self.random.next_u64(), self.made);
                    let text = self.words.text(customer, &mut self.random);
                    let body = message(customer, &wamid, &text, self.made);
                    Event { body, wamid, text, customer, thread }
                } else {
                    let (wamid, thread) = ours[self.random.below(ours.len())].clone();
                    let at = END / 1000 + self.made as i64 % 1_000_000;
                    let state = ["sent", "delivered", "read"][self.random.below(3)];
                    let tick = json!({ "id": wamid, "status": state, "timestamp": at.to_string(), "recipient_id": "493023125101",
                        "biz_opaque_callback_data": null });
                    Event { body: envelope(customer, "statuses", &tick), wamid, text: String::new(), customer, thread }
                }
            })
            .collect()
    }
}

fn message(customer: usize, wamid: &str, text: &str, n: usize) -> String {
    let peer = peer(customer);
    let at = END / 1000 + n as i64 % 1_000_000;
    let message = json!({ "from": peer.wa_id, "from_user_id": peer.bsuid, "id": wamid, "timestamp": at.to_string(),
        "type": "text", "text": { "body": text } });
    envelope(customer, "messages", &message)
}

fn envelope(customer: usize, what: &str, event: &Value) -> String {
    let (peer, number) = (peer(customer), number(customer));
    let mut value = json!({ "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": number.display, "phone_number_id": number.phone_number_id } });
    value[what] = json!([event]);
    if what == "messages" {
        value["contacts"] = json!([{ "profile": { "name": "Lena Testmann" }, "wa_id": peer.wa_id, "user_id": peer.bsuid }]);
    }
    json!({ "object": "whatsapp_business_account",
        "entry": [{ "id": "318000000000202", "changes": [{ "field": "messages", "value": value }] }] })
    .to_string()
}

fn product(desk: &Desk, events: &[Event], batch: usize) -> f64 {
    let pages: Vec<Page> = events
        .chunks(batch)
        .map(|some| Page {
            events: some
                .iter()
                .enumerate()
                .map(|(n, event)| StoredBody {
                    cursor: n as i64 + 1,
                    received_at: END + 1_000_000_000,
                    body: Some(event.body.clone()),
                    body_base64: None,
                })
                .collect(),
            next: some.len() as i64,
            more: true,
            now: END,
        })
        .collect();
    let begun = Instant::now();
    for page in &pages {
        take_page(desk, page).expect("a page that lands");
    }
    per_second(events.len(), begun.elapsed())
}

/// The rows alone: the body as it came, and the message or the tick.
fn bare(desk: &Desk, events: &[Event], batch: usize) -> f64 {
    let begun = Instant::now();
    for some in events.chunks(batch) {
        desk.store
            .write(|db| {
                for event in some {
                    raw_webhook::put(db, event.body.as_bytes(), END)?;
                    insert(db, event)?;
                }
                Ok(())
            })
            .expect("rows that land");
    }
    per_second(events.len(), begun.elapsed())
}

fn insert(db: &store::Connection, event: &Event) -> store::Result<()> {
    if event.text.is_empty() {
        db.prepare_cached(
            "INSERT INTO delivery (wamid, read_at) VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET read_at = excluded.read_at WHERE read_at < 0 OR read_at > excluded.read_at",
        )?
        .execute(params![event.wamid, END])?;
        return Ok(());
    }
    let payload = json!({ "kind": "text", "text": event.text }).to_string();
    let number_id = 1 + event.customer as i64 % 3;
    db.prepare_cached(
        "INSERT INTO message (key, thread_id, person_id, number_id, wamid, direction, at, arrived, window_at, kind, body, payload)
         SELECT ?1, ?2, min(p.id), ?3, ?4, 0, ?5, ?6, ?5, 'text', ?7, ?8 FROM person p
         WHERE p.customer_id = (SELECT customer_id FROM thread WHERE id = ?2)",
    )?
    .execute(params![format!("m:{}", event.wamid), event.thread, number_id, event.wamid, END, END * 1000, event.text, payload])?;
    Ok(())
}
