//! What staff says about somebody's consents: a stop by hand, the answer to a question, a correction.

use super::{Desk, not_found};
use crate::{
    customer,
    ledger::{self, Act, Event, OFFERS, channel, entry_named},
    view::{ConsentChange, ConsentRefusal, ConsentResult, Strength},
};
use cloud_api::webhook::Peer;
use store::{
    Connection, Result,
    consent::{self as rows, ActRow},
    number, thread,
};
use uuid::Uuid;

/// A reason is a line, not a letter.
const REASON_MAX: usize = 500;

impl Desk {
    pub fn change_consent(
        &self,
        customer_id: i64,
        change: &ConsentChange,
    ) -> Result<ConsentResult> {
        let now = self.clock.now();
        let staff = self.me()?;
        let recorded = self.store.write(|db| {
            let Some(act) = act(db, customer_id, change, &staff, now)? else {
                return Ok(Err(ConsentRefusal::NoSuchEntry));
            };
            ledger::record(db, &act, now)
        })?;
        Ok(match recorded {
            Ok(recorded) => {
                self.tell(recorded.change);
                ConsentResult::Done
            }
            Err(why) => ConsentResult::Refused { why },
        })
    }

    /// The thread in which this customer is written to: the one heard of last, or a new one with the main number.
    pub fn thread_of_customer(&self, customer_id: i64) -> Result<i64> {
        self.store.write(|db| {
            let threads = thread::of_customer(db, customer_id)?;
            if let Some(latest) = threads.iter().max_by_key(|thread| thread.last_at) {
                return Ok(latest.id);
            }
            let own = self.number();
            let number_id = number::ensure(db, &own.phone_number_id, &own.display)?;
            if customer::address(db, customer_id, None)? == Peer::default() {
                return Err(not_found());
            }
            thread::ensure(db, number_id, customer_id)
        })
    }
}

/// `None`: the entry this is about is not there, or not his.
fn act(
    db: &Connection,
    customer_id: i64,
    change: &ConsentChange,
    staff: &str,
    now: i64,
) -> Result<Option<Act>> {
    let by_staff = |event, purposes: Vec<String>, note: &str| Act {
        purposes,
        channel: channel::STAFF.to_owned(),
        strength: Strength::Weak,
        staff: staff.to_owned(),
        note: note.trim().chars().take(REASON_MAX).collect(),
        ..Act::new(event, Uuid::now_v7().to_string(), now)
    };
    let act = match change {
        ConsentChange::Withdraw { scope, reason } => {
            by_staff(Event::Withdrawn, vec![scope.clone()], reason)
        }
        ConsentChange::Pause { reason } => by_staff(Event::Paused, vec![OFFERS.to_owned()], reason),
        ConsentChange::Answer { entry, was_opt_out } => {
            let Some(asked) = named(db, customer_id, entry)? else {
                return Ok(None);
            };
            let event = match was_opt_out {
                true => Event::Withdrawn,
                false => Event::Dismissed,
            };
            Act {
                refers_to: Some(asked.hash),
                // He stopped when he wrote, not when somebody read it.
                at: if *was_opt_out { asked.at } else { now },
                ..by_staff(event, vec![asked.purpose], "")
            }
        }
        ConsentChange::Correct { entry, reason } => {
            let Some(wrong) = named(db, customer_id, entry)? else {
                return Ok(None);
            };
            Act {
                refers_to: Some(wrong.hash),
                ..by_staff(Event::Corrected, vec![wrong.purpose], reason)
            }
        }
        ConsentChange::Minor { yes, guardian } => Act {
            minor: Some(*yes),
            guardian: guardian.trim().to_owned(),
            ..by_staff(Event::Corrected, vec![ledger::ALL.to_owned()], "")
        },
    };
    Ok(Some(Act {
        who: Some(customer::address(db, customer_id, None)?),
        ..act
    }))
}

/// An act of this customer's, by the name of its entry.
fn named(db: &Connection, customer_id: i64, entry: &str) -> Result<Option<ActRow>> {
    let Some((device, seq)) = entry_named(entry) else {
        return Ok(None);
    };
    let acts = rows::acts_of(db, customer_id)?;
    Ok(acts
        .into_iter()
        .find(|act| act.device == device && act.seq == seq))
}
