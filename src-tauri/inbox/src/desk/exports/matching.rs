//! Which customers and purposes a filter finds, walked by key from end to end.

use super::super::{Desk, consent_list::page};
use crate::view::ConsentFilter;
use store::{Result, consent::StateRow};

/// Read at once.
const PAGE: i64 = 1_000;

impl Desk {
    /// Every customer and purpose under a filter, the latest act first. Purposes nobody ever said anything about have no
    /// row.
    pub fn matching(
        &self,
        filter: &ConsentFilter,
        mut found: impl FnMut(i64, &StateRow),
    ) -> Result<()> {
        let now = self.clock.now();
        let mut after = None;
        loop {
            let (rows, next) = self.store.read(|db| {
                let wanted = self.wanted_list(db, filter, now)?;
                page(db, &wanted, after.as_ref(), PAGE)
            })?;
            for row in &rows {
                found(row.customer_id, &row.state);
            }
            match next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }
}
