//! Settling doubtful sends from Meta's message-history endpoint.
//!
//! The history tells wamids and times, not our outbox id. A wamid carries the recipient's number, so a
//! history entry is taken for a doubtful send only if nobody else can be meant: it names this recipient,
//! it began while the attempt was under way, no other of our messages has this wamid, and neither another
//! doubtful send nor another entry fits. In every other case a person decides.

use crate::{
    desk::Desk,
    fact::{AttemptEnd, Fact, FactKind, Tick},
    outbox as rule,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use cloud_api::{
    client::{Client, HistoryEvent},
    webhook::Peer,
};
use std::collections::BTreeMap;
use store::{Connection, Result, delivery, outbox, setting};

/// An entry may be dated this much around the attempt: Meta's seconds, and Meta's queue.
const SLACK: i64 = 3_000;
/// How often the history is asked while something is in doubt.
const EVERY: i64 = 60_000;
/// Only what happened lately is looked for.
const AT_MOST_PAGES: usize = 5;

struct Doubtful {
    id: String,
    n: i64,
    peer: Peer,
    from: i64,
    to: i64,
}

/// Looks doubtful sends up whose grace is over.
pub(super) async fn ask_history(desk: &Desk, client: &Client) -> Result<()> {
    let now = desk.clock.now();
    let due = desk.store.read(|db| {
        let asked = setting::get_i64(db, "history_asked_at")?.unwrap_or(0);
        let waiting = !outbox::due(db, "doubtful", now, 1)?.is_empty();
        Ok(waiting && (now - asked).abs() >= EVERY)
    })?;
    if !due {
        return Ok(());
    }
    desk.store
        .write(|db| setting::set(db, "history_asked_at", &now.to_string()))?;
    let mut events = Vec::new();
    let mut after = None;
    for _ in 0..AT_MOST_PAGES {
        let Ok(page) = client.message_history(None, after.as_deref()).await else {
            break;
        };
        events.extend(page.events);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let facts = desk.store.read(|db| settle(desk, db, &events, now))?;
    desk.apply(&facts)
}

fn settle(desk: &Desk, db: &Connection, events: &[HistoryEvent], now: i64) -> Result<Vec<Fact>> {
    let doubtful = doubtful(db, now)?;
    let mut messages: BTreeMap<&str, Vec<&HistoryEvent>> = BTreeMap::new();
    for event in events {
        messages.entry(&event.wamid).or_default().push(event);
    }
    let mut facts = Vec::new();
    for item in &doubtful {
        let mut fitting = Vec::new();
        for (wamid, events) in &messages {
            let known = delivery::get(db, wamid)?.is_some_and(|d| !d.outbox_id.is_empty());
            if !known && names(wamid, &item.peer) && began_within(events, item) {
                fitting.push((*wamid, events));
            }
        }
        let rivals = doubtful
            .iter()
            .filter(|other| other.peer == item.peer)
            .count();
        if let ([(wamid, events)], 1) = (fitting.as_slice(), rivals) {
            let end = AttemptEnd::Accepted {
                wamid: (*wamid).to_owned(),
                held: false,
            };
            facts.push(Fact::new(
                &desk.number(),
                FactKind::AttemptEnded {
                    outbox_id: item.id.clone(),
                    n: item.n,
                    end,
                    at: now,
                },
            ));
            for event in events.iter() {
                let tick = Tick {
                    wamid: event.wamid.clone(),
                    kind: event.kind,
                    recipient: item.peer.clone(),
                    callback_data: None,
                    error: None,
                    pricing: None,
                    at: event.at.unwrap_or(now),
                };
                facts.push(Fact::new(&desk.number(), FactKind::Ticked(tick)));
            }
        }
    }
    Ok(facts)
}

fn doubtful(db: &Connection, now: i64) -> Result<Vec<Doubtful>> {
    let mut all = Vec::new();
    for id in outbox::due(db, "doubtful", now, 1_000)? {
        let Some(item) = outbox::get(db, &id)? else {
            continue;
        };
        if let Some(last) = outbox::attempts(db, &id)?.last() {
            let (from, to) = (last.started_at - SLACK, last.ended_at + SLACK);
            all.push(Doubtful {
                id,
                n: last.n,
                peer: rule::peer_of(&item),
                from,
                to,
            });
        }
    }
    Ok(all)
}

fn began_within(events: &[&HistoryEvent], item: &Doubtful) -> bool {
    events
        .iter()
        .filter_map(|e| e.at)
        .min()
        .is_some_and(|at| item.from <= at && at <= item.to)
}

/// A wamid is base64 around the recipient's number, as far as any was seen; one that is not names nobody.
fn names(wamid: &str, peer: &Peer) -> bool {
    let Some(wa_id) = peer.wa_id.as_deref().filter(|wa| wa.len() >= 7) else {
        return false;
    };
    let coded = wamid.strip_prefix("wamid.").unwrap_or(wamid);
    BASE64_STANDARD.decode(coded).is_ok_and(|bytes| {
        bytes
            .windows(wa_id.len())
            .any(|part| part == wa_id.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wamid_names_its_recipient_or_nobody() {
        let wamid = format!(
            "wamid.{}",
            BASE64_STANDARD.encode(b"\x1d\x05\x0c493023125101\x15\x02")
        );
        let peer = |wa: &str| Peer {
            wa_id: Some(wa.into()),
            ..Peer::default()
        };
        assert!(names(&wamid, &peer("493023125101")));
        assert!(!names(&wamid, &peer("493023125102")));
        assert!(!names("wamid.opaque", &peer("493023125101")));
        assert!(!names(
            &wamid,
            &Peer {
                bsuid: Some("DE.1".into()),
                ..Peer::default()
            }
        ));
    }
}
