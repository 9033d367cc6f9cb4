//! The app core, killed while it takes in, while it sends and while it brings up files, against a platform that drops
//! answers:
//! nothing acknowledged is lost, nothing is sent twice, nothing hangs in a silent state.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
    process::Command,
    sync::MutexGuard,
    time::Duration,
};

use serde_json::{Value, json};
use store::Store;
use support::{
    program::{Program, built, nothing_starts},
    random::Random,
    scratch,
};

use crate::{APP_SECRET, BEARER, VERIFY_TOKEN, chance, http, kept_by, relay_command, rounds};

const CUSTOMERS: usize = 12;
/// Statuses so late come when the network is well again.
const LATE_MS: u64 = 3_600_000;
const TOKEN: &str = "practice-access-token";
/// A template with a picture on top.
const PICTURE: &str = "torte_im_bild";
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

/// Relay and platform, which live through all rounds, and the core's directory.
struct Shop {
    dir: tempfile::TempDir,
    _relay: Program,
    _platform: Program,
    relay: String,
    platform: String,
    http: reqwest::Client,
}

impl Shop {
    async fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut relay = Program::start(&mut relay_command(&dir.path().join("relay.db")));
        let relay_url = relay.base_url();
        let mut platform = Program::start(
            Command::new(built("practice"))
                .args([
                    "--app-secret",
                    APP_SECRET,
                    "--verify-token",
                    VERIFY_TOKEN,
                    "--token",
                    TOKEN,
                ])
                .arg("--webhook-url")
                .arg(format!("{relay_url}/webhook"))
                .env("RUST_LOG", "error"),
        );
        let platform_url = platform.base_url();
        let shop = Self {
            dir,
            _relay: relay,
            _platform: platform,
            relay: relay_url,
            platform: platform_url,
            http: http(),
        };
        shop.tell(
            "templates",
            json!({
                "name": PICTURE, "language": "de", "category": "UTILITY",
                "components": [
                    { "type": "HEADER", "format": "IMAGE", "example": { "header_handle": ["4::practice"] } },
                    { "type": "BODY", "text": "So sieht Ihre Torte aus." },
                ],
            }),
        )
        .await;
        shop.tell(
            "rules",
            json!({"pair_limit": false, "throughput_per_s": 1000}),
        )
        .await;
        shop
    }

    async fn tell(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/_practice/{path}", self.platform);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    async fn look(&self, path: &str) -> Value {
        let url = format!("{}/_practice/{path}", self.platform);
        self.http
            .get(url)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// What is accepted from now on gets its statuses so much later.
    async fn statuses_after(&self, ms: u64) {
        let plan =
            json!({"auto": true, "sent_ms": ms + 5, "delivered_ms": ms + 15, "read_ms": ms + 40});
        self.tell("statuses", plan).await;
    }

    /// A customer writes; gives the wamid.
    async fn write(&self, customer: usize, text: &str) -> String {
        let write = json!({"wa_id": format!("4930231251{customer:02}"), "name": "Lena Testmann", "text": text});
        let told = self.tell("customers/write", write).await;
        told["wamid"].as_str().expect("a wamid").to_owned()
    }

    /// The answers that go astray from now on, in one seventh each of the sends.
    async fn arm(&self, random: &mut Random) {
        for (kind, more) in [
            ("timeout_after", json!({"delay_ms": 2_000})),
            ("timeout_before", json!({"delay_ms": 2_000})),
            ("reset_after", json!({})),
            ("reset_after", json!({"after_bytes": 40})),
            ("reset_before", json!({})),
            ("status", json!({"status": 500})),
            ("webhook_before_answer", json!({})),
        ] {
            let mut fault = json!({"on": "messages", "kind": kind, "probability": 0.14, "seed": random.next_u64() >> 1});
            for (name, value) in more.as_object().unwrap() {
                fault[name] = value.clone();
            }
            self.tell("faults", fault).await;
        }
        // Files on their way up, and what is answered when they are there.
        for (kind, more) in [
            ("reset_before", json!({})),
            ("reset_after", json!({})),
            ("delay", json!({"delay_ms": 120})),
            ("status", json!({"status": 503})),
        ] {
            let mut fault = json!({"on": "media", "kind": kind, "probability": 0.12, "seed": random.next_u64() >> 1});
            for (name, value) in more.as_object().unwrap() {
                fault[name] = value.clone();
            }
            self.tell("faults", fault).await;
        }
    }

    fn core(&self, answer_ms: u64) -> Program {
        let key = scratch::key().to_hex();
        let mut core = Program::start(
            Command::new(env!("CARGO_BIN_EXE_core"))
                .arg("--store")
                .arg(self.dir.path())
                .args(["--relay", &self.relay, "--platform", &self.platform])
                .args(["--answer-ms", &answer_ms.to_string()])
                .env("GUICHET_CORE_KEY", key.as_str())
                .env("GUICHET_CORE_BEARER", BEARER)
                .env("GUICHET_CORE_TOKEN", TOKEN)
                .env("RUST_LOG", "off"),
        );
        core.line(|line| line.contains("\"ready\"").then_some(()));
        core
    }

    /// The core's store, between two lives of the core.
    fn store(&self) -> Opened {
        let alone = nothing_starts();
        Opened {
            store: scratch::store(self.dir.path(), 0),
            _alone: alone,
        }
    }
}

/// An open store; the profile is free again as soon as this is dropped, and not when a child of the other test's is.
struct Opened {
    store: Store,
    _alone: MutexGuard<'static, ()>,
}

impl Deref for Opened {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

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
