//! Internal notes in the timeline.

use super::Work;
use crate::fact::{FactKind, Number};
use store::Result;

impl Work<'_> {
    pub(super) fn noted(&mut self, _: &Number, _: &FactKind) -> Result<()> {
        Ok(())
    }
}
