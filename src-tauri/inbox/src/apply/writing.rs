//! Texts for often.

use super::Work;
use crate::fact::FactKind;
use store::Result;

impl Work<'_> {
    pub(super) fn quick_reply_saved(&mut self, _: &FactKind) -> Result<()> {
        self.changed.writing = true;
        Ok(())
    }
}
