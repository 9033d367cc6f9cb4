//! What a person decides about a message afterwards: to take it back while it waits, or, where nobody knows whether it
//! arrived, to send it again or let it rest.

use super::{parcel::same_again, queueing::Sender};
use crate::{
    apply_in,
    desk::Desk,
    fact::FactKind,
    view::{SendResult, UndoResult},
};
use store::{Result, message, outbox};

impl Desk {
    /// Takes a message back while it still waits; its words return to the composer.
    pub fn undo(&self, outbox_id: &str) -> Result<UndoResult> {
        let now = self.clock.now();
        let (result, change) = self.store.write(|db| {
            let waiting = outbox::state(db, outbox_id)?.state == "queued";
            let (Some(item), true) = (outbox::get(db, outbox_id)?, waiting) else {
                return Ok((UndoResult::Gone, None));
            };
            let facts = crate::run::back_to_the_composer(db, &item, now)?;
            Ok((
                UndoResult::Returned { text: item.body },
                Some(apply_in(db, &facts)?),
            ))
        })?;
        self.tell(change.unwrap_or_default());
        Ok(result)
    }

    /// A person decides about a doubtful one: send it again (as a new message), or let it rest.
    pub fn settle_doubtful(
        &self,
        outbox_id: &str,
        again: bool,
        staff: &str,
    ) -> Result<Option<SendResult>> {
        let now = self.clock.now();
        let found = self.store.read(|db| {
            let doubtful = outbox::state(db, outbox_id)?.state == "doubtful";
            let row = message::by_outbox(db, outbox_id)?;
            Ok(outbox::get(db, outbox_id)?.filter(|_| doubtful).zip(row))
        })?;
        let Some((item, (message_id, thread_id))) = found else {
            return Ok(None);
        };
        if !again {
            self.apply_one(FactKind::LeftDoubtful {
                outbox_id: outbox_id.to_owned(),
                at: now,
            })?;
            return Ok(None);
        }
        // Queued anew and laid to rest together: pressed twice, it is still sent once.
        let sender = Sender::unguarded(staff, Some(outbox_id));
        self.queue(thread_id, sender, |db| {
            same_again(db, &item, message_id).map(Ok)
        })
        .map(Some)
    }
}
