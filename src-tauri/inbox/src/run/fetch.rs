//! Pulling what the relay keeps: a page, its facts and the cursor in one transaction, then the next.

use crate::{
    apply::has_erased,
    consent,
    desk::{Desk, RELAY_REACHED},
    ledger::apply_and_record,
    receive::facts,
};
use cloud_api::{
    client::{Client, FeedClient, FeedError},
    feed::{Page, StoredBody},
    webhook,
};
use std::{sync::Arc, time::Duration};
use store::{Result, raw_webhook, setting};

const CURSOR: &str = "relay_cursor";
/// Bodies per page; also what one transaction takes in.
const PAGE: u32 = 200;
const WAIT: Duration = Duration::from_secs(25);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// Fetches for ever. `client` is asked for the time where the relay's contradicts Meta's.
pub async fn fetch(desk: Arc<Desk>, feed: FeedClient, client: Client) {
    let mut pause = Duration::from_millis(250);
    let mut caught_up = false;
    loop {
        let after = match cursor(&desk) {
            Ok(after) => after,
            Err(error) => {
                tracing::error!(%error, "the store cannot be read");
                tokio::time::sleep(LONGEST_PAUSE).await;
                continue;
            }
        };
        // The first request does not wait: it finds out whether anything is there.
        let wait = if caught_up { WAIT } else { Duration::ZERO };
        match feed.page(after, wait, PAGE).await {
            Ok(page) => {
                pause = Duration::from_millis(250);
                let more = page.more;
                let taking = desk.clone();
                let taken = tokio::task::spawn_blocking(move || take_page(&taking, &page)).await;
                match taken {
                    Ok(Ok(())) => {
                        caught_up |= !more;
                        desk.relay_answered(!more);
                        ask_the_time(&desk, &client).await;
                    }
                    Ok(Err(error)) => {
                        tracing::error!(%error, "a page could not be stored; it will be asked for again");
                        tokio::time::sleep(LONGEST_PAUSE).await;
                    }
                    Err(error) => tracing::error!(%error, "storing a page panicked"),
                }
            }
            Err(FeedError::CursorAhead { head }) => {
                // The relay was set up anew: everything it has is new to us, and repetition is harmless.
                tracing::warn!(
                    after,
                    head,
                    "the relay knows less than we do; starting over"
                );
                if let Err(error) = desk.store.write(|db| setting::set(db, CURSOR, "0")) {
                    tracing::error!(%error, "the cursor could not be reset");
                }
                tokio::time::sleep(pause).await;
            }
            Err(error) => {
                desk.relay_silent(error == FeedError::Unauthorized);
                // Once it answers again we want to know at once, not after a long poll.
                caught_up = false;
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

fn cursor(desk: &Desk) -> Result<i64> {
    desk.store
        .read(|db| Ok(setting::get_i64(db, CURSOR)?.unwrap_or(0)))
}

/// Stores a page: raw bodies, their facts and the cursor, or nothing of it.
pub fn take_page(desk: &Desk, page: &Page) -> Result<()> {
    let now = desk.clock.now();
    let change = desk.store.write(|db| {
        let mut all = Vec::new();
        for body in &page.events {
            let Some(bytes) = bytes(body) else {
                tracing::warn!(cursor = body.cursor, "a body could not be decoded");
                continue;
            };
            if !raw_webhook::put(db, &bytes, body.received_at)? {
                continue;
            }
            // What is no webhook body at all stays raw; the relay has checked who signed it.
            if let Ok(webhook) = webhook::parse(&bytes) {
                let told = facts(&webhook, body.received_at);
                if has_erased(db, &told)? {
                    raw_webhook::remove(db, &bytes)?;
                }
                all.extend(told);
            }
        }
        let mut change = apply_and_record(db, &all, now, &desk.account.waba_id)?;
        change.merge(consent::listen::listen(desk, db, &all, now)?);
        if let Some(last) = page.events.last() {
            setting::set(db, CURSOR, &last.cursor.max(page.next).to_string())?;
            if !page.more {
                setting::set(db, RELAY_REACHED, &now.to_string())?;
            }
            raw_webhook::prune(db, now, 50)?;
        }
        Ok(change)
    })?;
    if !change.threads.is_empty() || change.all_threads {
        desk.media_wanted.notify_one();
    }
    if change.templates {
        desk.templates_may_differ();
    }
    desk.tell(change);
    Ok(())
}

fn bytes(body: &StoredBody) -> Option<Vec<u8>> {
    use base64::{Engine, prelude::BASE64_STANDARD};
    match (&body.body, &body.body_base64) {
        (Some(text), _) => Some(text.clone().into_bytes()),
        (None, Some(coded)) => BASE64_STANDARD.decode(coded).ok(),
        (None, None) => None,
    }
}

/// Until Meta has told us the time, or where the relay contradicts it, one small call settles it.
async fn ask_the_time(desk: &Desk, client: &Client) {
    if desk.clock.wants_meta() && client.phone_number().await.is_err() {
        desk.clock.trust_relay();
    }
}
