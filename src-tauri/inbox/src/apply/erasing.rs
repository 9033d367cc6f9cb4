//! A person is erased: everything that names them goes, and what arrives later from before does not come back.
//!
//! What says so afterwards are keyed digests only: of the identifiers, with the time, and of the messages, which other
//! facts (a status, an edit) name without saying whose they are.

use super::Work;
use crate::{
    consent, customer,
    fact::{AttemptEnd, Fact, FactKind},
    ledger::{self, Known},
    phone,
    view::CounterEntry,
};
use cloud_api::webhook::Peer;
use std::collections::{BTreeSet, HashSet};
use store::{
    Connection, Result, consent_code, customer as persons,
    erasure::{self, Traces},
    setting, thread,
};

/// Setting, `1`: somebody was erased, and copies of the store made before that may still be there.
pub(crate) const COPIES_HOLD_ERASED: &str = "copies_hold_erased";

impl Work<'_> {
    pub(crate) fn erased(&mut self, identifiers: &[Known], at: i64) -> Result<()> {
        let of: Vec<(&str, &str)> = identifiers
            .iter()
            .filter(|known| matches!(known.kind.as_str(), "bsuid" | "wa_id"))
            .map(|known| (known.kind.as_str(), known.value.as_str()))
            .collect();
        if !ledger::mark_erased(self.db, &of, at)? {
            return Ok(());
        }
        self.erasures = Some(true);
        setting::set(self.db, COPIES_HOLD_ERASED, "1")?;
        ledger::suppress(self.db, &of, ledger::ALL, at, ledger::ERASURE)?;
        let whom = ledger::customers_with(self.db, &of)?;
        let mut traces = Traces {
            identifiers: of.iter().map(|(_, value)| (*value).to_owned()).collect(),
            ..Traces::default()
        };
        for customer_id in &whom {
            erasure::trace(self.db, *customer_id, at, &mut traces)?;
        }
        erasure::trace_outbox(self.db, at, &mut traces)?;
        mark(self.db, &traces)?;
        erasure::remove_traces(self.db, &traces)?;
        forget_codes(self.db, &traces)?;
        for identifier in &traces.identifiers {
            store::batch::forget(self.db, identifier, at)?;
        }
        for customer_id in whom {
            self.erase_customer(customer_id, at)?;
        }
        self.forgets = true;
        self.changed.consents = true;
        self.changed.labels = true;
        Ok(())
    }

    /// A fact of before an erasure is let go of; and with it what other facts, which say nothing of whose they are, told
    /// of its message when they came before it.
    pub(super) fn forget(&mut self, kind: &FactKind) -> Result<()> {
        let mut traces = Traces::default();
        let (wamids, outbox_ids) = (&mut traces.wamids, &mut traces.outbox_ids);
        match kind {
            FactKind::Said(said) => {
                wamids.insert(said.wamid.clone());
            }
            FactKind::Queued(queued) => {
                outbox_ids.insert(queued.outbox_id.clone());
            }
            FactKind::AttemptEnded {
                outbox_id,
                end: AttemptEnd::Accepted { wamid, .. },
                ..
            } => {
                wamids.insert(wamid.clone());
                outbox_ids.insert(outbox_id.clone());
            }
            FactKind::Warned(warned) => {
                traces.verdicts.insert(warned.id.clone());
            }
            FactKind::Ticked(tick) => {
                if let Some(outbox_id) = &tick.callback_data {
                    wamids.insert(tick.wamid.clone());
                    outbox_ids.insert(outbox_id.clone());
                }
            }
            _ => return Ok(()),
        }
        erasure::trace_sends(self.db, &mut traces)?;
        if mark(self.db, &traces)? {
            erasure::remove_traces(self.db, &traces)?;
        }
        Ok(())
    }

    fn erase_customer(&mut self, customer_id: i64, at: i64) -> Result<()> {
        let threads = thread::ids_of_customer(self.db, customer_id)?;
        erasure::remove_rows(self.db, customer_id, at)?;
        for thread_id in threads {
            if !thread::drop_if_empty(self.db, thread_id)? {
                self.touched.threads.insert(thread_id);
            }
        }
        for person in persons::of_customer(self.db, customer_id)? {
            persons::drop_if_unused(self.db, person.id)?;
        }
        self.touched.consents.insert(customer_id);
        if persons::of_customer(self.db, customer_id)?.is_empty() {
            consent::bring_in_line(self.db, &BTreeSet::from([customer_id]))?;
            persons::drop_if_empty(self.db, customer_id)?;
        } else {
            customer::touch_customer(self.db, customer_id, &mut self.touched)?;
        }
        Ok(())
    }

    /// Whether a fact tells of somebody who was erased after it happened.
    pub(crate) fn is_of_erased(&mut self, kind: &FactKind) -> Result<bool> {
        let any = match self.erasures {
            Some(any) => any,
            None => erasure::any(self.db)?,
        };
        self.erasures = Some(any);
        if !any {
            return Ok(false);
        }
        let told = told(kind);
        if ledger::erased_at(self.db, &told.ids)?.is_some() {
            return Ok(true);
        }
        for peer in told.peers {
            if self.was_erased(peer, told.at)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether somebody known by this was erased at that time or after it.
    fn was_erased(&self, peer: &Peer, at: i64) -> Result<bool> {
        let of = |kind, value: &'_ Option<String>| value.clone().map(|value| (kind, value));
        let known: Vec<_> = [of("bsuid", &peer.bsuid), of("wa_id", &peer.wa_id)]
            .into_iter()
            .flatten()
            .collect();
        let known: Vec<(&str, &str)> = known
            .iter()
            .map(|(kind, value)| (*kind, value.as_str()))
            .collect();
        let erased = ledger::erased_at(self.db, &known)?;
        Ok(erased.is_some_and(|erased| at <= erased))
    }

    /// The same for each of many; mostly nobody was ever erased, and nothing has to be looked for.
    pub(super) fn erased_of(&mut self, peers: &[&Peer], at: i64) -> Result<HashSet<usize>> {
        let any = match self.erasures {
            Some(any) => any,
            None => erasure::any(self.db)?,
        };
        self.erasures = Some(any);
        let mut found = HashSet::new();
        if any {
            for (place, peer) in peers.iter().enumerate() {
                if self.was_erased(peer, at)? {
                    found.insert(place);
                }
            }
        }
        Ok(found)
    }
}

/// Notes of messages that they are erased: for good, so that no time counts. True if that is news.
fn mark(db: &Connection, traces: &Traces) -> Result<bool> {
    let mut news = false;
    for (kind, ids) in [
        ("wamid", &traces.wamids),
        ("outbox", &traces.outbox_ids),
        ("verdict", &traces.verdicts),
    ] {
        let ids: Vec<(&str, &str)> = ids.iter().map(|id| (kind, id.as_str())).collect();
        news |= ledger::mark_erased(db, &ids, 0)?;
    }
    Ok(news)
}

/// Whether any of these facts tells of somebody who was erased since: then what it came in is not kept either.
pub(crate) fn has_erased(db: &Connection, facts: &[Fact]) -> Result<bool> {
    let mut work = Work::new(db);
    for fact in facts {
        if work.is_of_erased(&fact.kind)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Codes of the counter that were made for the person, or scanned.
fn forget_codes(db: &Connection, traces: &Traces) -> Result<()> {
    let wamids: HashSet<&str> = traces.wamids.iter().map(String::as_str).collect();
    for row in consent_code::all(db)? {
        let entry: Option<CounterEntry> = serde_json::from_str(&row.entry).ok();
        let typed = entry.and_then(|entry| phone::read(&entry.number, &entry.country).ok());
        let same = typed.is_some_and(|phone| {
            let mut spellings = customer::variants(&phone.digits);
            spellings.push(phone.digits);
            spellings.iter().any(|wa| traces.identifiers.contains(wa))
        });
        if same || wamids.contains(row.wamid.as_str()) {
            consent_code::remove(db, &row.code)?;
        }
    }
    Ok(())
}

/// Whom and what a fact tells of.
#[derive(Default)]
struct Told<'a> {
    peers: Vec<&'a Peer>,
    at: i64,
    ids: Vec<(&'static str, &'a str)>,
}

fn told(kind: &FactKind) -> Told<'_> {
    let of = |peer, at: &i64| Told {
        peers: vec![peer],
        at: *at,
        ids: Vec::new(),
    };
    let id = |kind, id| Told {
        ids: vec![(kind, id)],
        ..Told::default()
    };
    match kind {
        FactKind::Said(said) => Told {
            ids: vec![("wamid", &said.wamid)],
            ..of(&said.peer, &said.at)
        },
        FactKind::Reacted {
            peer, target, at, ..
        } => Told {
            ids: vec![("wamid", target)],
            ..of(peer, at)
        },
        FactKind::Edited { target, .. } | FactKind::Revoked { target, .. } => id("wamid", target),
        FactKind::Ticked(tick) => {
            let mut ids: Vec<(&'static str, &str)> = vec![("wamid", &tick.wamid)];
            ids.extend(tick.callback_data.as_deref().map(|id| ("outbox", id)));
            Told {
                ids,
                ..of(&tick.recipient, &tick.at)
            }
        }
        FactKind::Named { peer, at, .. }
        | FactKind::Met { peer, at }
        | FactKind::Called { peer, at, .. }
        | FactKind::Preferred { peer, at, .. }
        | FactKind::WindowClosed { peer, at, .. }
        | FactKind::Drafted { peer, at, .. }
        | FactKind::FilledIn { peer, at, .. }
        | FactKind::Seen { peer, at, .. }
        | FactKind::Marked { peer, at, .. }
        | FactKind::Described { peer, at, .. }
        | FactKind::Noted { peer, at, .. } => of(peer, at),
        FactKind::IdentityChanged { old, new, at, .. } => Told {
            peers: vec![old, new],
            at: *at,
            ids: Vec::new(),
        },
        FactKind::Merged { a, b, at, .. } => Told {
            peers: vec![a, b],
            at: *at,
            ids: Vec::new(),
        },
        FactKind::Warned(warned) => Told {
            peers: warned.peer.iter().collect(),
            at: warned.at,
            ids: vec![("verdict", &warned.id)],
        },
        FactKind::Insisted { id: of, .. } => id("verdict", of),
        FactKind::Queued(queued) => Told {
            ids: vec![("outbox", &queued.outbox_id)],
            ..of(&queued.peer, &queued.at)
        },
        FactKind::AttemptEnded {
            outbox_id,
            end: AttemptEnd::Accepted { wamid, .. },
            ..
        } => Told {
            ids: vec![("outbox", outbox_id), ("wamid", wamid)],
            ..Told::default()
        },
        FactKind::AttemptStarted { outbox_id, .. }
        | FactKind::AttemptEnded { outbox_id, .. }
        | FactKind::Returned { outbox_id, .. }
        | FactKind::LeftDoubtful { outbox_id, .. } => id("outbox", outbox_id),
        _ => Told::default(),
    }
}
