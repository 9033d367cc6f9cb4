//! The files beside a draft.

use super::{Desk, attaching::of_thread, not_found};
use crate::view::{AttachmentView, Change};
use cloud_api::webhook::Peer;
use store::{
    Connection, Result,
    attachment::{self, Attachment},
    number,
    thread::{self, Thread},
};

impl Desk {
    /// Takes a file away from the draft. One that is on its way already stays on it.
    pub fn detach(&self, attachment_id: &str) -> Result<()> {
        let threads = self.store.write(|db| {
            let file = attachment::get(db, attachment_id)?;
            attachment::remove(db, attachment_id)?;
            let Some(file) = file else {
                return Ok(Vec::new());
            };
            let (phone_number_id, _) = number::get(db, file.number_id)?;
            let peer: Peer = serde_json::from_str(&file.peer)?;
            let thread = crate::thread_with(db, &phone_number_id, &peer, file.put_at)?;
            Ok(thread.into_iter().map(|thread| thread.id).collect())
        })?;
        self.tell(Change {
            threads,
            ..Change::default()
        });
        Ok(())
    }

    /// Puts the files beside a draft in this order, in which they are sent; those not named stay behind them.
    pub fn order_attachments(&self, thread_id: i64, attachment_ids: &[String]) -> Result<()> {
        self.store.write(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let mut beside = files(db, &thread)?;
            let wanted = |file: &Attachment| {
                let named = attachment_ids.iter().position(|id| *id == file.id);
                named.unwrap_or(usize::MAX)
            };
            beside.sort_by_key(wanted);
            // Before whatever is put there from now on.
            let first = beside.iter().map(|file| file.put_at).min().unwrap_or(0);
            for (file, place) in beside.iter().zip(first..) {
                attachment::put_at_place(db, &file.id, place)?;
            }
            Ok(())
        })?;
        self.tell(of_thread(thread_id));
        Ok(())
    }

    /// The bytes of a file of ours, for its preview.
    pub fn attachment(&self, attachment_id: &str) -> Result<Option<Vec<u8>>> {
        self.store.read(|db| attachment::bytes(db, attachment_id))
    }
}

pub(super) fn views(db: &Connection, thread: &Thread) -> Result<Vec<AttachmentView>> {
    Ok(files(db, thread)?.into_iter().map(view).collect())
}

/// The files beside this thread's draft. They follow their person wherever later knowledge puts him.
pub(super) fn files(db: &Connection, thread: &Thread) -> Result<Vec<Attachment>> {
    let (phone_number_id, _) = number::get(db, thread.number_id)?;
    let mut mine = Vec::new();
    for file in attachment::beside(db, thread.number_id)? {
        let peer: Peer = serde_json::from_str(&file.peer)?;
        let found = crate::thread_with(db, &phone_number_id, &peer, file.put_at)?;
        if found.is_some_and(|found| found.id == thread.id) {
            mine.push(file);
        }
    }
    Ok(mine)
}

fn view(file: Attachment) -> AttachmentView {
    AttachmentView {
        id: file.id,
        kind: file.kind,
        filename: file.filename,
        mime_type: file.mime_type,
        size: file.size,
        refused: None,
    }
}
