//! The files beside a draft on their way, one message each, and the words under the first that takes some.

use super::{Parcel, Route, Sealed, drafted, text_parcel};
use crate::{
    apply_in,
    desk::{
        Desk, beside,
        guarding::{Asked, Part, UNDO_INSISTED},
        not_found,
    },
    view::{AttachmentRefusal, Body, GuardOverride, MediaState, MediaView, Refusal, SendResult},
};
use cloud_api::{
    outgoing::{CAPTION_MAX, OutgoingContent},
    webhook::MediaKind,
};
use store::{
    Connection, Result,
    attachment::{self, Attachment},
    message,
    thread::{self, Thread},
};
use uuid::Uuid;

impl Desk {
    /// Sends every file beside the draft, one message each; the words go under the first that takes a caption,
    /// else as a message of their own before the files. All are queued, or none.
    pub fn send_attachments(
        &self,
        thread_id: i64,
        text: &str,
        reply_to: Option<i64>,
        staff: &str,
    ) -> Result<Vec<SendResult>> {
        self.send_attachments_insisting(thread_id, text, reply_to, staff, None)
    }

    /// The same in spite of a warning. One word of the guard for all of it.
    pub fn send_attachments_insisting(
        &self,
        thread_id: i64,
        text: &str,
        reply_to: Option<i64>,
        staff: &str,
        insisted: Option<&GuardOverride>,
    ) -> Result<Vec<SendResult>> {
        let now = self.clock.now();
        self.guard_ready()?;
        let sent = self.store.write(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let files = beside::files(db, &thread)?;
            let reply_wamid = match reply_to {
                Some(id) => message::get(db, id)?.map(|m| m.wamid).unwrap_or_default(),
                None => String::new(),
            };
            let parcels = match parcels(&files, text, &reply_wamid) {
                Ok(parcels) => parcels,
                Err(reason) => {
                    let reasons = vec![reason];
                    return Ok((vec![SendResult::Refused { reasons }], None));
                }
            };
            let route = Route::of(db, &thread)?;
            let mut ids = Vec::new();
            for (place, (parcel, file)) in parcels.iter().enumerate() {
                let outbox_id = Uuid::now_v7().to_string();
                // A millisecond apart, so that they are shown and leave in this order.
                let at = now + i64::try_from(place).unwrap_or(0);
                let reasons = self.refusals(db, &thread, &route, parcel, (&outbox_id, at))?;
                if !reasons.is_empty() {
                    return Ok((vec![SendResult::Refused { reasons }], None));
                }
                let digest = match file {
                    Some(file) => attachment::digest(db, &file.id)?,
                    None => String::new(),
                };
                ids.push((outbox_id, digest, at));
            }
            let parts: Vec<Part<'_>> = parcels
                .iter()
                .zip(&ids)
                .map(|((parcel, _), (outbox_id, digest, at))| Part {
                    parcel,
                    outbox_id,
                    digest,
                    at: *at,
                })
                .collect();
            let (mut facts, insisted) =
                match self.ask_guard(db, &thread, &route, &parts, staff, insisted)? {
                    Asked::Go { facts, insisted } => (facts, insisted),
                    Asked::Stop { result, facts } => {
                        return Ok((vec![result], self.keep_said(db, &facts)?));
                    }
                };
            let mut results = Vec::new();
            for ((parcel, file), (outbox_id, digest, at)) in parcels.iter().zip(ids) {
                let sealed = Sealed {
                    staff,
                    now: at,
                    outbox_id: outbox_id.clone(),
                    digest,
                    undo: if insisted { UNDO_INSISTED } else { 0 },
                };
                let (leaves_at, more) = self.pack(&route, parcel, sealed)?;
                if let Some(file) = file {
                    attachment::send_with(db, &file.id, &outbox_id)?;
                }
                facts.extend(more);
                results.push(SendResult::Queued {
                    outbox_id,
                    leaves_at,
                });
            }
            facts.push(drafted(db, &thread, route.peer, "", now)?);
            Ok((results, Some(apply_in(db, &facts)?)))
        });
        if sent.is_err() {
            self.guard_doubted();
        }
        let (results, change) = sent?;
        if let Some(change) = change {
            self.tell(change);
            self.outbox_changed.notify_one();
        }
        Ok(results)
    }
}

/// What each file becomes, and the words where no file takes them.
fn parcels<'a>(
    files: &'a [Attachment],
    text: &str,
    reply_wamid: &str,
) -> std::result::Result<Vec<(Parcel, Option<&'a Attachment>)>, Refusal> {
    if files.is_empty() {
        return Err(Refusal::Empty);
    }
    let text = text.trim();
    let takes = |file: &Attachment| !matches!(file.kind.as_str(), "audio" | "sticker");
    let captioned = files
        .iter()
        .position(|file| takes(file) && !text.is_empty());
    let length = text.chars().count();
    if captioned.is_some() && length > CAPTION_MAX {
        let n = |n| i64::try_from(n).unwrap_or(i64::MAX);
        return Err(Refusal::TooLong {
            length: n(length),
            limit: n(CAPTION_MAX),
        });
    }
    let mut parcels = Vec::new();
    if captioned.is_none() && !text.is_empty() {
        parcels.push((text_parcel(text, reply_wamid.to_owned()), None));
    }
    for (place, file) in files.iter().enumerate() {
        let caption = (captioned == Some(place)).then(|| text.to_owned());
        // What is answered is quoted once.
        let quote = if parcels.is_empty() { reply_wamid } else { "" };
        parcels.push((media_parcel(file, caption, quote)?, Some(file)));
    }
    Ok(parcels)
}

/// What would go out if these words were sent now, each message with the digest of its file; where the files cannot be
/// sent like this, the words alone.
pub(in crate::desk) fn as_it_stands(
    db: &Connection,
    thread: &Thread,
    text: &str,
) -> Result<Vec<(Parcel, String)>> {
    let files = beside::files(db, thread)?;
    let Ok(parcels) = parcels(&files, text, "") else {
        let said = !text.trim().is_empty();
        let words = said.then(|| (text_parcel(text, String::new()), String::new()));
        return Ok(words.into_iter().collect());
    };
    let digest = |file: Option<&Attachment>| match file {
        Some(file) => attachment::digest(db, &file.id),
        None => Ok(String::new()),
    };
    parcels
        .into_iter()
        .map(|(parcel, file)| Ok((parcel, digest(file)?)))
        .collect()
}

fn media_parcel(
    file: &Attachment,
    caption: Option<String>,
    reply_wamid: &str,
) -> std::result::Result<Parcel, Refusal> {
    let (kind, word) = match file.kind.as_str() {
        "image" => (MediaKind::Image, "image"),
        "video" => (MediaKind::Video, "video"),
        "audio" => (MediaKind::Audio, "audio"),
        "document" => (MediaKind::Document, "document"),
        "sticker" => (MediaKind::Sticker, "sticker"),
        _ => {
            let why = AttachmentRefusal::Kind {
                mime_type: file.mime_type.clone(),
            };
            let id = file.id.clone();
            return Err(Refusal::Attachment { id, why });
        }
    };
    let named = (kind == MediaKind::Document).then(|| file.filename.clone());
    Ok(Parcel {
        bubble: Body::Media {
            media: MediaView {
                kind: word.to_owned(),
                caption: caption.clone(),
                filename: named.clone(),
                mime_type: Some(file.mime_type.clone()),
                state: MediaState::Stored,
                size: Some(file.size),
                voice: false,
                animated: false,
                width: (file.width > 0).then_some(file.width),
                height: (file.height > 0).then_some(file.height),
            },
        },
        kind: word,
        words: caption.clone().unwrap_or_default(),
        reply_wamid: reply_wamid.to_owned(),
        files: Vec::new(),
        // Meta's id is put in when the file is there.
        content: OutgoingContent::Media {
            kind,
            id: String::new(),
            caption,
            filename: named,
            voice: false,
        },
    })
}
