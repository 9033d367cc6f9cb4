//! Words that are not sent yet.

use crate::{
    apply_in,
    desk::{Desk, not_found, threads},
    fact::{Fact, FactKind, Number},
};
use cloud_api::webhook::Peer;
use store::{
    Connection, Result, about_person,
    thread::{self, Thread},
};

impl Desk {
    pub fn save_draft(&self, thread_id: i64, text: &str) -> Result<()> {
        let now = self.clock.now();
        let change = self.store.write(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let peer = threads::peer(db, &thread)?;
            apply_in(db, &[drafted(db, &thread, peer, text, now)?])
        })?;
        self.tell(change);
        Ok(())
    }
}

/// A draft that takes the place of the one there is, even if the clock was set back meanwhile.
pub(crate) fn drafted(
    db: &Connection,
    thread: &Thread,
    peer: Peer,
    text: &str,
    now: i64,
) -> Result<Fact> {
    let there = about_person::draft_of(db, thread.number_id, thread.customer_id, "")?;
    let at = there.map_or(now, |(_, then)| now.max(then + 1));
    let text = text.to_owned();
    Ok(Fact::new(
        &Number::stored(db, thread.number_id)?,
        FactKind::Drafted { peer, text, at },
    ))
}
