//! Putting files into the encrypted store: beside a draft, or for a slot of a template, to one or to many.

use super::{Desk, not_found, threads};
use crate::{
    attachment::fit,
    frame::frame,
    outbox::peer_json,
    view::{AttachmentRefusal, AttachmentView, Change},
};
use cloud_api::webhook::Peer;
use store::{
    Connection, Result,
    attachment::{self, Attachment},
    thread,
};
use uuid::Uuid;

/// A file for a slot that no message took is kept so long.
const LEFT_OVER: i64 = 7 * 24 * 60 * 60 * 1000;

impl Desk {
    /// Puts a file beside the draft of a thread, in the encrypted store. What Meta would refuse is said at once,
    /// and not kept.
    pub fn attach(
        &self,
        thread_id: i64,
        filename: &str,
        mime_type: &str,
        bytes: Vec<u8>,
    ) -> Result<AttachmentView> {
        let fit = fit(filename, mime_type, &bytes);
        let view = seen(filename, &bytes, fit.kind, fit.mime_type, fit.refused);
        self.keep(&view, &bytes, false, |db| of(db, thread_id))?;
        if view.refused.is_none() {
            self.tell(of_thread(thread_id));
        }
        Ok(view)
    }

    /// The same for a slot of a template that takes files of this kind: `image`, `video`, `document`.
    pub fn attach_for_template(
        &self,
        thread_id: i64,
        kind: &str,
        filename: &str,
        mime_type: &str,
        bytes: Vec<u8>,
    ) -> Result<AttachmentView> {
        let view = for_slot(kind, filename, mime_type, &bytes);
        self.keep(&view, &bytes, true, |db| of(db, thread_id))?;
        Ok(view)
    }

    /// The same for a template to many. It lies with nobody; a batch that is made with it keeps a copy.
    pub fn attach_for_batch(
        &self,
        number_id: i64,
        kind: &str,
        filename: &str,
        mime_type: &str,
        bytes: Vec<u8>,
    ) -> Result<AttachmentView> {
        let view = for_slot(kind, filename, mime_type, &bytes);
        self.keep(&view, &bytes, true, |_| Ok((number_id, Peer::default())))?;
        Ok(view)
    }

    /// `whose`: the business number, and whom it is for.
    fn keep(
        &self,
        view: &AttachmentView,
        bytes: &[u8],
        for_slot: bool,
        whose: impl FnOnce(&Connection) -> Result<(i64, Peer)>,
    ) -> Result<()> {
        if view.refused.is_some() {
            return Ok(());
        }
        let now = self.clock.now();
        let (width, height) = frame(bytes).unwrap_or_default();
        self.store.write(|db| {
            let mut old = attachment::left_over(db, now - LEFT_OVER, 10)?;
            old.extend(attachment::of_ended_batches(db, 10)?);
            for id in old {
                attachment::remove(db, &id)?;
            }
            let (number_id, peer) = whose(db)?;
            let file = Attachment {
                id: view.id.clone(),
                number_id,
                peer: peer_json(&peer),
                outbox_id: String::new(),
                kind: view.kind.clone(),
                filename: view.filename.clone(),
                mime_type: view.mime_type.clone(),
                size: view.size,
                put_at: now,
                width,
                height,
                media_id: String::new(),
                uploaded_at: -1,
                for_slot,
            };
            attachment::put(db, &file, bytes)
        })
    }
}

fn of(db: &Connection, thread_id: i64) -> Result<(i64, Peer)> {
    let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
    Ok((thread.number_id, threads::peer(db, &thread)?))
}

/// Of a file for a slot that takes this kind.
fn for_slot(kind: &str, filename: &str, mime_type: &str, bytes: &[u8]) -> AttachmentView {
    let fit = fit(filename, mime_type, bytes);
    let other = || AttachmentRefusal::Kind {
        mime_type: fit.mime_type.clone(),
    };
    let refused = match fit.refused {
        None if fit.kind != kind => Some(other()),
        refused => refused,
    };
    seen(filename, bytes, fit.kind, fit.mime_type, refused)
}

fn seen(
    filename: &str,
    bytes: &[u8],
    kind: &str,
    mime_type: String,
    refused: Option<AttachmentRefusal>,
) -> AttachmentView {
    AttachmentView {
        id: Uuid::now_v7().to_string(),
        kind: kind.to_owned(),
        filename: one_line(filename),
        mime_type,
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        refused,
    }
}

pub(super) fn of_thread(thread_id: i64) -> Change {
    Change {
        threads: vec![thread_id],
        ..Change::default()
    }
}

pub(super) fn one_line(filename: &str) -> String {
    let name = filename.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(240).collect();
    let name = name.trim();
    if name.is_empty() {
        "file".to_owned()
    } else {
        name.to_owned()
    }
}
