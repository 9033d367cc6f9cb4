//! The app core, killed while it takes in, while it sends and while it brings up files, against a platform that drops
//! answers:
//! nothing acknowledged is lost, nothing is sent twice, nothing hangs in a silent state.

mod shop;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde_json::{Value, json};
use store::Store;

use self::shop::{PICTURE, Shop};
use crate::{chance, kept_by, rounds};

const CUSTOMERS: usize = 12;
/// Statuses so late come when the network is well again.
const LATE_MS: u64 = 3_600_000;
/// States in which a person sees what is going on, or nothing is left to do.
const VISIBLE: [&str; 8] = [
    "queued",
    "accepted",
    "sent",
    "delivered",
    "read",
    "failed",
    "doubtful",
    "held",
];

fn rows(store: &Store, query: &str) -> Vec<(String, String)> {
    store
        .read(|db| {
            let mut statement = db.prepare(query)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .unwrap()
}

/// The outbox ids whose queueing the core has confirmed.
fn confirmed(lines: &[String]) -> Vec<String> {
    let sent = lines
        .iter()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    sent.filter_map(|line| line["sent"]["outbox_id"].as_str().map(str::to_owned))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_core_killed_while_receiving_and_sending_loses_nothing_and_sends_nothing_twice() {
    let mut random = chance("core");
    let shop = Shop::open().await;
    let mut written = BTreeSet::new();
    for customer in 0..CUSTOMERS {
        written.insert(shop.write(customer, "Haben Sie morgen offen?").await);
    }
    shop.tell("settle", json!({})).await;
    first_life(&shop).await;
    let threads: Vec<String> = rows(
        &shop.store(),
        "SELECT CAST(id AS TEXT), '' FROM thread ORDER BY id",
    )
    .into_iter()
    .map(|(id, _)| id)
    .collect();
    assert_eq!(threads.len(), CUSTOMERS);
    shop.arm(&mut random).await;

    let rounds = (rounds() / 2).max(1);
    let mut promised = BTreeSet::new();
    let (mut sending, mut doubtful) = (0, 0);
    for round in 0..rounds {
        // A prompt status settles a doubtful message before anything could send it again. Where it is late,
        // nothing but the core's own restraint keeps it from going out twice.
        let late = random.chance(0.5);
        shop.statuses_after(if late { LATE_MS } else { 0 }).await;
        // What waits at the relay when the core starts.
        for n in 0..random.below(12) {
            let customer = random.below(CUSTOMERS);
            let text = format!("Noch etwas. ({round}.{n})");
            written.insert(shop.write(customer, &text).await);
        }
        let mut core = shop.core(250);
        for n in 0..2 + random.below(4) {
            let thread = &threads[random.below(threads.len())];
            if random.chance(0.3) {
                core.order(&format!("picture {thread} {PICTURE}"));
            } else {
                core.order(&format!("send {thread} Ja, ab zehn Uhr. ({round}.{n})"));
            }
            if random.chance(0.5) {
                let customer = random.below(CUSTOMERS);
                written.insert(
                    shop.write(customer, &format!("Und übermorgen? ({round}.{n})"))
                        .await,
                );
            }
        }
        // Not a wait for anything: the instant of death is what the round is about.
        let life = Duration::from_micros(random.below(250_000) as u64);
        tokio::time::sleep(life).await;
        promised.extend(confirmed(&core.kill()));
        let store = shop.store();
        let count = |state: &str| {
            rows(&store, "SELECT outbox_id, state FROM outbox_state")
                .iter()
                .filter(|(_, s)| s == state)
                .count()
        };
        sending += count("sending");
        doubtful = doubtful.max(count("doubtful"));
    }

    last_life(&shop).await;
    judge(&shop, &promised, &written, (rounds, sending, doubtful)).await;
}

/// Takes in the customers' first messages.
async fn first_life(shop: &Shop) {
    let mut core = shop.core(5_000);
    let mut seen = BTreeSet::new();
    core.line(|line| {
        let line: Value = serde_json::from_str(line).ok()?;
        let threads = line["change"]["threads"].as_array()?;
        seen.extend(threads.iter().filter_map(Value::as_i64));
        (seen.len() >= CUSTOMERS).then_some(())
    });
    core.order("sync");
    core.line(|line| line.contains("\"synced\"").then_some(()));
    core.kill();
}

/// The network is well again: the core runs until nothing moves any more.
async fn last_life(shop: &Shop) {
    let cleared = shop
        .http
        .delete(format!("{}/_practice/faults", shop.platform))
        .send()
        .await
        .unwrap();
    assert_eq!(cleared.status(), 200);
    // After several failures a file waits up to a minute for its next way up.
    for _ in 0..120 {
        let core = shop.core(5_000);
        tokio::time::sleep(Duration::from_millis(700)).await;
        drop(core);
        shop.tell("settle", json!({})).await;
        let store = shop.store();
        let waiting = rows(
            &store,
            "SELECT outbox_id, state FROM outbox_state WHERE state IN ('queued', 'sending')",
        );
        let taken: i64 = rows(
            &store,
            "SELECT value, '' FROM setting WHERE key = 'relay_cursor'",
        )[0]
        .0
        .parse()
        .unwrap();
        let kept = kept_by(&shop.relay)
            .await
            .last()
            .map_or(0, |body| body.cursor);
        if waiting.is_empty() && taken == kept {
            return;
        }
    }
    panic!("something is still waiting although the network is well");
}

async fn judge(
    shop: &Shop,
    promised: &BTreeSet<String>,
    written: &BTreeSet<String>,
    seen: (usize, usize, usize),
) {
    let store = shop.store();
    let states: BTreeMap<String, String> = rows(&store, "SELECT o.id, coalesce(s.state, '') FROM outbox o LEFT JOIN outbox_state s ON s.outbox_id = o.id")
        .into_iter()
        .collect();
    let lost: Vec<_> = promised
        .iter()
        .filter(|id| !states.contains_key(*id))
        .collect();
    assert!(lost.is_empty(), "confirmed and lost: {lost:?}");

    let accepted = shop.look("accepted").await;
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let mut pictures = 0;
    for message in accepted.as_array().unwrap() {
        let id = message["callback_data"].as_str().unwrap_or_default();
        if message["type"] == "template" {
            let header = &message["body"]["template"]["components"][0]["parameters"][0];
            let media = header["image"]["id"].as_str().unwrap_or_default();
            assert!(
                media.bytes().all(|b| b.is_ascii_digit()) && !media.is_empty(),
                "{id} went out without its picture: {header}"
            );
            pictures += 1;
        }
        *times.entry(id.to_owned()).or_default() += 1;
    }
    let twice: Vec<_> = times.iter().filter(|(_, times)| **times > 1).collect();
    assert!(
        twice.is_empty(),
        "accepted twice by the platform: {twice:?}"
    );

    for (id, state) in &states {
        assert!(
            VISIBLE.contains(&state.as_str()),
            "{id} hangs in state {state:?}"
        );
        let arrived = times.contains_key(id);
        let ticked = ["sent", "delivered", "read"].contains(&state.as_str());
        assert_eq!(
            arrived, ticked,
            "{id}: {state}, and the platform has it: {arrived}"
        );
    }
    let stored: BTreeSet<String> =
        rows(&store, "SELECT wamid, '' FROM message WHERE direction = 0")
            .into_iter()
            .map(|(w, _)| w)
            .collect();
    assert_eq!(&stored, written, "every customer's message is there, once");
    sound(&store);

    let count = |state: &str| states.values().filter(|s| *s == state).count();
    println!(
        "core: {} kills, {} found in flight, up to {} in doubt; {} messages in, {} out: {} confirmed to staff, \
         {} at the platform, {pictures} of them with a picture, {} read, {} doubtful for ever, {} failed",
        seen.0,
        seen.1,
        seen.2,
        stored.len(),
        states.len(),
        promised.len(),
        times.len(),
        count("read"),
        count("doubtful"),
        count("failed")
    );
}

/// The file, and the search index against the messages.
fn sound(store: &Store) {
    let verdict: String = store
        .read(|db| Ok(db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?))
        .unwrap();
    assert_eq!(verdict, "ok");
    store
        .write(|db| {
            Ok(db.execute(
                "INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)",
                [],
            )?)
        })
        .expect("the search index says what the messages say");
}
