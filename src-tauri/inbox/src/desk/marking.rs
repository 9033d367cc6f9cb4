//! What staff does with threads: done, asleep, pinned, assigned, read and unread, blocked; and the numbers they are with.

use super::{Desk, Receipt, not_found, settings, threads};
use crate::{
    apply::marking::seen_field,
    apply_in,
    fact::{Fact, FactKind, Mark, Number},
    gather, section,
    view::{Change, MarkChange, OwnNumber},
};
use cloud_api::webhook::Peer;
use std::sync::PoisonError;
use store::{
    Connection, Result, mark, message, number,
    thread::{self, ASLEEP, DONE, OPEN, Thread},
};

impl Desk {
    /// What staff does with threads, one or many at once; those that are gone are left out.
    pub fn mark_threads(&self, thread_ids: &[i64], change: &MarkChange) -> Result<()> {
        let now = self.clock.now();
        let change = self.store.write(|db| {
            let me = settings::me(db)?;
            let mut facts = Vec::with_capacity(thread_ids.len());
            for &id in thread_ids {
                if let Some(thread) = thread::get(db, id)? {
                    facts.extend(marked(db, &thread, change, &me, now)?);
                }
            }
            apply_in(db, &facts)
        })?;
        self.tell(change);
        Ok(())
    }

    /// Staff has the thread before their eyes.
    pub fn mark_seen(&self, thread_id: i64) -> Result<()> {
        let now = self.clock.now();
        let change = self.store.write(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let me = settings::me(db)?;
            let mut facts = Vec::new();
            if section::is_woken(&thread, now) {
                facts.push(staged(db, &thread, Mark::Open, now)?);
            }
            if gather::is_unseen(&thread, &gather::seen_of(&thread), &me) {
                facts.push(seen(db, &thread, &me, thread.newest_arrival, now)?);
                if settings::settings(db)?.send_read_receipts
                    && self.unconnected(db, thread.number_id)?.is_none()
                {
                    self.tell_the_customer(db, &thread)?;
                }
            }
            apply_in(db, &facts)
        })?;
        self.tell(change);
        Ok(())
    }

    /// Meta confirmed that this business number blocks the customer of a thread, or no more.
    pub fn note_blocked(&self, thread_id: i64, on: bool) -> Result<()> {
        let now = self.clock.now();
        let change = self.store.write(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            if threads::peer(db, &thread)? == Peer::default() {
                return Err(not_found());
            }
            if thread.blocked == on {
                return Ok(Change::default());
            }
            // Later than the refusal that told us, even if the clock was set back meanwhile.
            let now = now.max(message::blocked_at(db, thread_id)? + 1);
            apply_in(db, &[staged(db, &thread, Mark::Blocked(on), now)?])
        })?;
        self.tell(change);
        Ok(())
    }

    /// Somebody of the staff has another name from now on: his threads and what he has read are his under that
    /// one. Notes and messages stay signed as they were. All of it, or nothing.
    pub fn rename_staff(&self, from: &str, to: &str) -> Result<()> {
        let (now, from, to) = (self.clock.now(), from.trim(), to.trim());
        if from.is_empty() || to.is_empty() || from == to {
            return Ok(());
        }
        let change = self.store.write(|db| {
            let mut facts = Vec::new();
            for shelf in [OPEN, DONE, ASLEEP] {
                for id in thread::assigned(db, from, shelf, i64::MAX)? {
                    if let Some(thread) = thread::get(db, id)? {
                        let mark = Mark::Assigned(to.to_owned());
                        facts.push(staged(db, &thread, mark, now)?);
                    }
                }
            }
            for id in mark::threads_with(db, &seen_field(from))? {
                let Some(thread) = thread::get(db, id)? else {
                    continue;
                };
                let known = gather::seen_of(&thread);
                let up_to = |staff: &str| known.get(staff).copied().unwrap_or(-1);
                if up_to(from) > up_to(to) {
                    facts.push(seen(db, &thread, to, up_to(from), now)?);
                }
            }
            settings::rename(db, from, to)?;
            apply_in(db, &facts)
        })?;
        self.tell(change);
        Ok(())
    }

    fn tell_the_customer(&self, db: &Connection, thread: &Thread) -> Result<()> {
        if let Some(wamid) = message::newest_inbound_wamid(db, thread.id)? {
            let phone_number_id = Number::stored(db, thread.number_id)?.phone_number_id;
            let mut receipts = self.receipts.lock().unwrap_or_else(PoisonError::into_inner);
            receipts.push(Receipt {
                phone_number_id,
                wamid,
            });
            self.receipts_due.notify_one();
        }
        Ok(())
    }

    /// The business's own numbers: those that webhooks have named, and those that are connected.
    pub fn own_numbers(&self) -> Result<Vec<OwnNumber>> {
        let all = self.store.read(number::all)?.into_iter();
        let ours: Vec<Number> = self.account.numbers().collect();
        let named = all.filter(|(_, id, _)| !id.is_empty());
        Ok(named
            .map(|(number_id, phone_number_id, display)| {
                let connected = ours.iter().find(|n| n.phone_number_id == phone_number_id);
                OwnNumber {
                    number_id,
                    display: match connected {
                        Some(number) if display.is_empty() => number.display.clone(),
                        _ => display,
                    },
                    phone_number_id,
                    connected: connected.is_some(),
                }
            })
            .collect())
    }
}

/// The fact a change makes of a thread, if any.
fn marked(
    db: &Connection,
    thread: &Thread,
    change: &MarkChange,
    me: &str,
    now: i64,
) -> Result<Option<Fact>> {
    let arrived = thread.newest_arrival;
    let mark = match change {
        MarkChange::Done => Mark::Done { arrived },
        MarkChange::Reopen => Mark::Open,
        MarkChange::Snooze { until } => Mark::Snoozed {
            until: *until,
            arrived,
        },
        MarkChange::Pin { on } => Mark::Pinned(*on),
        MarkChange::Assign { staff } => Mark::Assigned(staff.trim().to_owned()),
        MarkChange::Unread if arrived < 0 => return Ok(None),
        MarkChange::Unread => return seen(db, thread, me, arrived - 1, now).map(Some),
    };
    staged(db, thread, mark, now).map(Some)
}

fn staged(db: &Connection, thread: &Thread, mark: Mark, now: i64) -> Result<Fact> {
    let field = match mark {
        Mark::Open | Mark::Done { .. } | Mark::Snoozed { .. } => mark::STAGE,
        Mark::Pinned(_) => mark::PIN,
        Mark::Assigned(_) => mark::ASSIGNEE,
        Mark::Blocked(_) => mark::BLOCKED,
    };
    let at = last_word(db, thread, field, now)?;
    let peer = threads::peer(db, thread)?;
    let number = Number::stored(db, thread.number_id)?;
    Ok(Fact::new(&number, FactKind::Marked { peer, mark, at }))
}

fn seen(db: &Connection, thread: &Thread, me: &str, arrived: i64, now: i64) -> Result<Fact> {
    let at = last_word(db, thread, &seen_field(me), now)?;
    let kind = FactKind::Seen {
        peer: threads::peer(db, thread)?,
        staff: me.to_owned(),
        arrived,
        at,
    };
    Ok(Fact::new(&Number::stored(db, thread.number_id)?, kind))
}

/// A time that takes the place of the word there is, even if the clock was set back meanwhile.
fn last_word(db: &Connection, thread: &Thread, field: &str, now: i64) -> Result<i64> {
    let there = mark::last_at(db, thread.number_id, thread.customer_id, field)?;
    Ok(there.map_or(now, |then| now.max(then + 1)))
}
