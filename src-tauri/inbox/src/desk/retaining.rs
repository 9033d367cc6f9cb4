//! Evidence whose time is over: shown to the owner, and let go of by a click only.

use super::{Desk, consent_list::last_needed, threads::name_of_customer};
use crate::{
    consent::{self, retention},
    ledger::{self, Event, entry_named},
    view::{Change, ConsentRefusal, ConsentResult, DueRow, EvidenceView, Retention},
};
use store::{
    Connection, Result,
    consent::{self as rows, ActRow},
    customer, evidence, ledger as entries,
};

impl Desk {
    pub fn retention(&self) -> Result<Retention> {
        self.store
            .read(|db| retention::retention(db, &self.country(db)?))
    }

    pub fn save_retention(&self, wanted: &Retention) -> Result<()> {
        self.store.write(|db| {
            let before = retention::retention(db, &self.country(db)?)?;
            if retention::save(db, &before, wanted)? {
                consent::rebuild(db)?;
            }
            Ok(())
        })?;
        self.tell(Change {
            consents: true,
            ..Change::default()
        });
        Ok(())
    }

    /// The longest due first. Nothing goes by itself.
    pub fn due(&self) -> Result<Vec<DueRow>> {
        let now = self.clock.now();
        self.store.read(|db| {
            let years = retention::retention(db, &self.country(db)?)?.years;
            let mut due = Vec::new();
            for hash in evidence::entries(db)? {
                if let Some(act) = rows::act(db, &hash)? {
                    due.extend(due_row(db, act, years, now)?);
                }
            }
            due.sort_by(|x, y| (x.due_at, &x.entry).cmp(&(y.due_at, &y.entry)));
            Ok(due)
        })
    }

    /// Lets go of the evidence of one entry whose time is over. The entry stays, and what others need too.
    pub fn forget_evidence(&self, entry: &str) -> Result<ConsentResult> {
        let now = self.clock.now();
        let done = self.store.write(|db| {
            let years = retention::retention(db, &self.country(db)?)?.years;
            let Some(act) = act_named(db, entry)? else {
                return Ok(false);
            };
            let hash = act.hash;
            if due_row(db, act, years, now)?.is_none() {
                return Ok(false);
            }
            for row in evidence::of_entry(db, &hash)? {
                let mut needed = false;
                for other in evidence::used_by(db, &row.sha256)? {
                    let other = rows::act(db, &other)?;
                    needed |= match other {
                        Some(act) => due_row(db, act, years, now)?.is_none(),
                        None => false,
                    };
                }
                if !needed {
                    evidence::remove(db, &row.sha256)?;
                }
            }
            Ok(true)
        })?;
        if !done {
            return Ok(ConsentResult::Refused {
                why: ConsentRefusal::NoSuchEntry,
            });
        }
        self.tell(Change {
            consents: true,
            ..Change::default()
        });
        Ok(ConsentResult::Done)
    }
}

fn act_named(db: &Connection, entry: &str) -> Result<Option<ActRow>> {
    let Some((device, seq)) = entry_named(entry) else {
        return Ok(None);
    };
    for row in entries::by_place(db, device, seq)? {
        if let Some(act) = rows::act(db, &row.hash)? {
            return Ok(Some(act));
        }
    }
    Ok(None)
}

/// `None`: nothing of it is here any more, or its time is not over.
fn due_row(db: &Connection, act: ActRow, years: i64, now: i64) -> Result<Option<DueRow>> {
    let customer_id = customer::get(db, act.person_id)?.customer_id;
    let states = rows::states_of(db, customer_id)?;
    let due_at = retention::due_at(last_needed(&act, &states), years);
    let kept = evidence::of_entry(db, &act.hash)?;
    if due_at > now || kept.is_empty() {
        return Ok(None);
    }
    let is_out = |purpose: &str| {
        let mut rows = states.iter();
        rows.any(|row| row.purpose == purpose && row.state == consent::OUT)
    };
    let why = if is_out(&act.purpose) || is_out(ledger::ALL) {
        "withdrawn"
    } else if Event::named(&act.event) == Some(Event::Claimed) {
        "claimed"
    } else {
        "unused"
    };
    Ok(Some(DueRow {
        customer_id,
        name: name_of_customer(db, customer_id)?,
        entry: ledger::entry_name(&act.device, act.seq),
        event: act.event,
        evidence: kept
            .into_iter()
            .map(|row| EvidenceView {
                id: row.sha256,
                kind: row.kind,
                mime_type: row.mime_type,
                size: row.size,
                keep_until: Some(due_at),
            })
            .collect(),
        due_at,
        why: why.to_owned(),
    }))
}
