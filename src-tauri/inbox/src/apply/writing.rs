//! Texts for often.

use super::Work;
use crate::fact::FactKind;
use store::{
    Result,
    quick_reply::{self, QuickReplyRow},
};

impl Work<'_> {
    pub(super) fn quick_reply_saved(&mut self, fact: &FactKind) -> Result<()> {
        let FactKind::QuickReplySaved {
            id,
            shortcut,
            text,
            at,
        } = fact
        else {
            return Ok(());
        };
        self.changed.writing = true;
        quick_reply::observe(
            self.db,
            &QuickReplyRow {
                id: id.clone(),
                shortcut: shortcut.clone(),
                text: text.clone(),
                at: *at,
            },
        )
    }
}
