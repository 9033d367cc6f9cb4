//! What staff does with threads: done, asleep, pinned, assigned, seen.

use super::Work;
use crate::fact::{Mark, Number};
use cloud_api::webhook::Peer;
use store::Result;

impl Work<'_> {
    pub(super) fn marked(&mut self, _: &Number, _: &Peer, _: &Mark, _: i64) -> Result<()> {
        Ok(())
    }
}
