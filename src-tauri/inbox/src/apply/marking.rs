//! What staff does with threads: done, asleep, pinned, assigned, blocked, seen.

use super::Work;
use crate::{
    customer,
    fact::{Mark, Number},
    section,
};
use cloud_api::webhook::Peer;
use store::{Result, about_person::Noted, mark, thread};

impl Work<'_> {
    pub(super) fn marked(
        &mut self,
        number: &Number,
        peer: &Peer,
        mark: &Mark,
        at: i64,
    ) -> Result<()> {
        let (field, value) = match mark {
            Mark::Open | Mark::Done { .. } | Mark::Snoozed { .. } => {
                (mark::STAGE, section::stage_text(mark))
            }
            Mark::Pinned(on) => (mark::PIN, flag(*on)),
            Mark::Assigned(staff) => (mark::ASSIGNEE, staff.clone()),
            Mark::Blocked(on) => (mark::BLOCKED, flag(*on)),
        };
        self.mark(number, peer, field, &value, at)
    }

    /// `staff` has seen everything that had arrived by `arrived`.
    pub(super) fn seen(
        &mut self,
        number: &Number,
        peer: &Peer,
        staff: &str,
        arrived: i64,
        at: i64,
    ) -> Result<()> {
        thread::note_reader(self.db, staff)?;
        let value = seen_text(arrived);
        self.mark(number, peer, &seen_field(staff), &value, at)
    }

    fn mark(
        &mut self,
        number: &Number,
        peer: &Peer,
        field: &str,
        value: &str,
        at: i64,
    ) -> Result<()> {
        let number_id = self.number_id(number)?;
        let found = customer::find(self.db, peer, at, &mut self.touched)?;
        let peer_key = &found.peer_key;
        let row = Noted::Mark {
            number_id,
            peer_key,
            field,
        };
        self.may_move(row, Some(number_id))?;
        mark::observe(self.db, number_id, found.about(), field, value, at)?;
        self.may_move(row, Some(number_id))
    }
}

fn flag(on: bool) -> String {
    if on { "1" } else { "" }.to_owned()
}

/// `mark.field` of what this staff member has seen.
pub(crate) fn seen_field(staff: &str) -> String {
    format!("{}{staff}", mark::SEEN)
}

/// As long as any other, so that the greater number is the greater text.
fn seen_text(arrived: i64) -> String {
    format!("{:019}", arrived.max(0))
}
