//! The relay, killed under load: every body it answered 200 for is kept, and kept once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use cloud_api::signature::{SIGNATURE_HEADER, sign};
use support::{program::Program, random::Random};

use crate::{APP_SECRET, chance, http, kept_by, relay_command, rounds};

const CLIENTS: usize = 16;

/// What Meta, as it were, knows of its deliveries.
#[derive(Default)]
struct Meta {
    next: AtomicU64,
    acknowledged: Mutex<BTreeSet<u64>>,
    posts: AtomicU64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_killed_under_load_keeps_what_it_acknowledged_and_keeps_it_once() {
    let dir = tempfile::tempdir().unwrap();
    let database = dir.path().join("relay.db");
    let mut random = chance("relay");
    let meta = Arc::new(Meta::default());
    let http = http();
    let rounds = rounds().div_ceil(2);
    let mut slowest = Duration::ZERO;
    for _ in 0..rounds {
        let begun = Instant::now();
        let mut relay = Program::start(&mut relay_command(&database));
        let url = relay.base_url();
        slowest = slowest.max(begun.elapsed());
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                let random = Random::new(random.next_u64());
                tokio::spawn(deliver(http.clone(), url.clone(), meta.clone(), random))
            })
            .collect();
        // Not a wait for anything: the instant of death is what the round is about.
        let life = Duration::from_micros(2_000 + random.below(120_000) as u64);
        tokio::time::sleep(life).await;
        relay.kill();
        for client in clients {
            client.await.unwrap();
        }
    }

    let mut relay = Program::start(&mut relay_command(&database));
    let kept = kept_by(&relay.base_url()).await;
    relay.kill();
    let mut times: BTreeMap<u64, usize> = BTreeMap::new();
    for body in kept {
        let number = numbered(body.body.as_deref().unwrap_or_default());
        *times.entry(number).or_default() += 1;
    }
    let acknowledged = meta.acknowledged.lock().unwrap();
    println!(
        "relay: {rounds} kills, {} posts, {} bodies acknowledged, {} kept, slowest start {slowest:?}",
        meta.posts.load(Ordering::Relaxed),
        acknowledged.len(),
        times.len()
    );
    let lost: Vec<_> = acknowledged
        .iter()
        .filter(|n| !times.contains_key(n))
        .collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let twice: Vec<_> = times.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "kept more than once: {twice:?}");
    assert!(acknowledged.len() > rounds, "the relay was under load");
    intact(&database);
}

/// Posts until the relay is gone. Every fifth post repeats an earlier one, acknowledged or not.
async fn deliver(http: reqwest::Client, url: String, meta: Arc<Meta>, mut random: Random) {
    let secret = APP_SECRET.to_owned().into();
    loop {
        let newest = meta.next.load(Ordering::Relaxed);
        let number = if newest > 0 && random.chance(0.2) {
            newest.saturating_sub(1 + random.below(200) as u64)
        } else {
            meta.next.fetch_add(1, Ordering::Relaxed)
        };
        let body = body(number);
        let answer = http
            .post(format!("{url}/webhook"))
            .header(SIGNATURE_HEADER, sign(&secret, body.as_bytes()))
            .body(body)
            .send()
            .await;
        meta.posts.fetch_add(1, Ordering::Relaxed);
        match answer {
            Ok(answer) if answer.status() == 200 => {
                meta.acknowledged.lock().unwrap().insert(number);
            }
            Ok(answer) => assert!(answer.status().is_server_error(), "{}", answer.status()),
            Err(_) => return,
        }
    }
}

/// About as long as a text message is.
fn body(number: u64) -> String {
    let padding = "x".repeat(400 + (number % 97) as usize);
    format!(r#"{{"object":"whatsapp_business_account","n":{number},"entry":["{padding}"]}}"#)
}

fn numbered(body: &str) -> u64 {
    let value: serde_json::Value = serde_json::from_str(body).expect("a whole body");
    value["n"].as_u64().expect("its number")
}

fn intact(database: &std::path::Path) {
    let db = rusqlite::Connection::open(database).unwrap();
    let verdict: String = db
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(verdict, "ok");
}
