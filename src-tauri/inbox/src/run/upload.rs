//! A file on its way to Meta, before the message that carries it. An upload that fails was no send: it is made
//! again, as often as it takes, and nothing about it is doubtful.

use super::answer::{pause, refused};
use crate::{
    apply_in,
    desk::Desk,
    fact::{AttemptEnd, Fact, FactKind, Number},
    view::UploadProgress,
};
use cloud_api::client::{CallError, Client};
use std::sync::Arc;
use store::{
    Result,
    attachment::{self, Attachment},
    outbox::OutboxItem,
};

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
        Err(error) => return tracing::error!(%error, "a file could not be read"),
    };
    let (telling, outbox_id) = (desk.clone(), upload.item.id.clone());
    let progress = move |sent: u64, total: u64| {
        let n = |n| i64::try_from(n).unwrap_or(i64::MAX);
        telling.tell_upload(UploadProgress {
            outbox_id: outbox_id.clone(),
            sent: n(sent),
            total: n(total),
        });
    };
    let done = client
        .upload_media(bytes, &file.mime_type, &file.filename, progress)
        .await;
    if let Err(error) = keep(desk, upload, done) {
        tracing::error!(%error, "the end of an upload could not be stored; it will be made again");
    }
}

fn keep(desk: &Desk, upload: &Upload, done: std::result::Result<String, CallError>) -> Result<()> {
    let now = desk.clock.now();
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
        }) if http_status < 500 => refused(&error, http_status, retry_after, upload.n, now),
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
        apply_in(db, &[Fact::new(&upload.from, kind)])
    })?;
    desk.tell(change);
    Ok(())
}
