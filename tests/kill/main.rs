//! `kill -9`, again and again, at instants nobody chose: what was acknowledged is there afterwards, once.
//!
//! `GUICHET_KILL_ROUNDS` (100): half of them kill the relay, half the app core.
//! `GUICHET_KILL_SEED` repeats a run's choices; the machine's own timing stays its own.

mod core;
mod relay;

use support::random::{Random, seed_from};

const APP_SECRET: &str = "practice-app-secret";
const VERIFY_TOKEN: &str = "practice-verify-token";
const BEARER: &str = "laptop-key-for-tests";

fn rounds() -> usize {
    let asked = std::env::var("GUICHET_KILL_ROUNDS").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(100)
}

fn chance(of: &str) -> Random {
    let seed = seed_from("GUICHET_KILL_SEED");
    println!("{of}: GUICHET_KILL_SEED={seed}");
    Random::new(seed)
}

/// The relay's program on a free port, with its log in `database`.
fn relay_command(database: &std::path::Path) -> std::process::Command {
    let mut command = std::process::Command::new(support::program::built("relay"));
    command
        .args(["--listen", "127.0.0.1:0", "--log-level", "error"])
        .arg("--database")
        .arg(database)
        .env("GUICHET_RELAY_APP_SECRET", APP_SECRET)
        .env("GUICHET_RELAY_VERIFY_TOKEN", VERIFY_TOKEN)
        .env("GUICHET_RELAY_BEARER_TOKEN", BEARER);
    command
}

/// Everything the relay keeps, page by page.
async fn kept_by(relay: &str) -> Vec<cloud_api::feed::StoredBody> {
    let feed = cloud_api::client::FeedClient::new(relay, BEARER.to_owned().into()).unwrap();
    let (mut all, mut after) = (Vec::new(), 0);
    loop {
        let page = feed
            .page(after, std::time::Duration::ZERO, 500)
            .await
            .unwrap();
        after = page.next;
        all.extend(page.events);
        if !page.more {
            return all;
        }
    }
}

fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    // A request that finds its connection dead may wait for ever.
    let patience = std::time::Duration::from_secs(30);
    let client = reqwest::Client::builder().no_proxy().timeout(patience);
    client.build().unwrap()
}
