//! What the guard said, and who sent all the same; and what the guard has to hear of messages that left.

use super::Work;
use crate::{
    customer,
    fact::{Number, Warned},
    outbox::NotArrived,
};
use store::{
    Connection, Result, guard_feed, setting,
    verdict::{self, OverrideRow, VerdictRow},
};

/// Setting: counts up whenever rows of the past went, or are of somebody else now. Then the guard reads them anew.
const PAST: &str = "guard_past";

impl Work<'_> {
    pub(super) fn warned(&mut self, number: &Number, warned: &Warned) -> Result<()> {
        let found = match &warned.peer {
            Some(peer) => Some(customer::find(self.db, peer, warned.at, &mut self.touched)?),
            None => None,
        };
        let number_id = match &found {
            Some(_) => self.number_id(number)?,
            None => 0,
        };
        let row = VerdictRow {
            id: warned.id.clone(),
            number_id,
            at: warned.at,
            staff: warned.staff.clone(),
            level: if warned.block { "block" } else { "warn" }.to_owned(),
            reasons: warned.reasons.clone(),
            episode: warned.episode,
            reached: warned.reached,
            people: warned.people,
            weight: warned.weight,
            threshold: warned.threshold,
            digest: warned.digest.clone(),
            dialog: warned.dialog,
            outbox_id: warned.outbox_id.clone(),
            batch_id: warned.batch_id.clone(),
        };
        let about = found.as_ref().map(customer::Found::about);
        self.changed.guard |= verdict::put(self.db, &row, about)?;
        Ok(())
    }

    pub(super) fn insisted(
        &mut self,
        id: &str,
        outbox_id: &str,
        reason: &str,
        text: &str,
        at: i64,
    ) -> Result<()> {
        self.changed.guard = true;
        verdict::put_override(
            self.db,
            &OverrideRow {
                verdict_id: id.to_owned(),
                outbox_id: outbox_id.to_owned(),
                reason: reason.to_owned(),
                text: text.to_owned(),
                at,
            },
        )
    }

    /// A message of ours that came back, for the guard.
    pub(super) fn came_back(
        &self,
        number_id: i64,
        message_id: i64,
        news: &[NotArrived],
    ) -> Result<()> {
        for one in news {
            guard_feed::put_news(self.db, number_id, message_id, one.code, one.at)?;
        }
        Ok(())
    }
}

/// How often what the guard read of the past became another.
pub(crate) fn past(db: &Connection) -> Result<i64> {
    Ok(setting::get_i64(db, PAST)?.unwrap_or(0))
}

pub(super) fn past_is_another(db: &Connection) -> Result<()> {
    setting::set(db, PAST, &(past(db)? + 1).to_string())
}
