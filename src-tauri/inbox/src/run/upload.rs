//! A file on its way to Meta, before the message that carries it. An upload that fails was no send: it is made
//! again, as often as it takes, and nothing about it is doubtful.

use super::answer::{pause, refused, stops_everything};
use crate::{
    apply_in,
    desk::Desk,
    fact::{AttemptEnd, Fact, FactKind, Number},
    view::UploadProgress,
};
use cloud_api::client::{CallError, Client};
use std::{sync::Arc, time::Duration};
use store::{
    Result,
    attachment::{self, Attachment},
    outbox::{self, OutboxItem},
};

/// How often it is looked whether the message was taken back.
const LOOK: Duration = Duration::from_millis(250);
/// Before a store that failed is asked again.
const PATIENCE: Duration = Duration::from_secs(5);

/// A waiting message and the file it waits for.
pub(super) struct Upload {
    pub item: OutboxItem,
    /// Which attempt this would be.
    pub n: i64,
    pub from: Number,
    pub file: Attachment,
}

/// Uploads it and remembers Meta's id; the dispatcher then asks the policy again and sends.
pub(super) async fn bring(desk: &Arc<Desk>, client: &Client, upload: &Upload) {
    let file = &upload.file;
    let bytes = match desk.store.read(|db| attachment::bytes(db, &file.id)) {
        Ok(bytes) => bytes.unwrap_or_default(),
        Err(error) => {
            tracing::error!(%error, "a file could not be read");
            return tokio::time::sleep(PATIENCE).await;
        }
    };
    let (telling, outbox_id) = (desk.clone(), upload.item.id.clone());
    let progress = move |sent: u64, total: u64| telling.tell_upload(far(&outbox_id, sent, total));
    let done = tokio::select! {
        done = client.upload_media(bytes, &file.mime_type, &file.filename, progress) => done,
        // Taken back: nobody needs the file there any more, and the next message must not wait for it.
        () = taken_back(desk, &upload.item.id) => return,
    };
    if let Err(error) = keep(desk, upload, done) {
        tracing::error!(%error, "the end of an upload could not be stored; it will be made again");
        tokio::time::sleep(PATIENCE).await;
    }
}

/// How far the file of a message, or of a template being written, has come.
pub(super) fn far(id: &str, sent: u64, total: u64) -> UploadProgress {
    let n = |n| i64::try_from(n).unwrap_or(i64::MAX);
    UploadProgress {
        outbox_id: id.to_owned(),
        sent: n(sent),
        total: n(total),
    }
}

/// Returns once this message no longer waits to be sent.
async fn taken_back(desk: &Desk, outbox_id: &str) {
    loop {
        tokio::time::sleep(LOOK).await;
        let state = desk.store.read(|db| outbox::state(db, outbox_id));
        if state.is_ok_and(|known| known.state != "queued") {
            return;
        }
    }
}

fn keep(desk: &Desk, upload: &Upload, done: std::result::Result<String, CallError>) -> Result<()> {
    let now = desk.clock.now();
    let mut stops = None;
    let end = match done {
        Ok(media_id) => {
            return desk
                .store
                .write(|db| attachment::uploaded(db, &upload.file.id, &media_id, now));
        }
        Err(CallError::Refused {
            error,
            http_status,
            retry_after,
        }) if http_status < 500 => {
            stops = stops_everything(&error, http_status).then_some(error.code);
            refused(&error, http_status, retry_after, upload.n, now)
        }
        Err(error) => AttemptEnd::NotSent {
            reason: error.to_string(),
            retry_at: now + pause(upload.n),
        },
    };
    let change = desk.store.write(|db| {
        let kind = FactKind::AttemptEnded {
            outbox_id: upload.item.id.clone(),
            n: upload.n,
            end,
            at: now,
        };
        let mut facts = vec![Fact::new(&upload.from, kind)];
        let hold = stops.map(|code| FactKind::HoldSet { code, at: now });
        facts.extend(hold.map(|kind| Fact::new(&upload.from, kind)));
        apply_in(db, &facts)
    })?;
    desk.tell(change);
    Ok(())
}
