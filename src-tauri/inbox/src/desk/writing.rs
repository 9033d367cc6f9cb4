//! Attachments beside a draft, and quick replies.

use super::{
    Desk,
    attaching::of_thread,
    guarding::{Asked, Part, UNDO_INSISTED},
    not_found, send,
    send::{Parcel, Route, Sealed},
    settings, threads,
};
use crate::{
    apply_in,
    fact::FactKind,
    view::{
        AttachmentRefusal, AttachmentView, Body, Change, FilledReply, GuardOverride, MediaState,
        MediaView, QuickReply, Refusal, SendResult,
    },
};
use cloud_api::{
    outgoing::{CAPTION_MAX, OutgoingContent},
    webhook::{MediaKind, Peer},
};
use store::{
    Connection, Result,
    attachment::{self, Attachment},
    message, number, quick_reply,
    thread::{self, Thread},
};
use uuid::Uuid;

/// A shortcut is typed, not read.
const SHORTCUT_MAX: usize = 30;

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
            let mut files = files_beside(db, &thread)?;
            let wanted = |file: &Attachment| {
                let named = attachment_ids.iter().position(|id| *id == file.id);
                named.unwrap_or(usize::MAX)
            };
            files.sort_by_key(wanted);
            // Before whatever is put there from now on.
            let first = files.iter().map(|file| file.put_at).min().unwrap_or(0);
            for (file, place) in files.iter().zip(first..) {
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
            let files = files_beside(db, &thread)?;
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
            facts.push(send::drafted(db, &thread, route.peer, "", now)?);
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

    /// Every quick reply, filled for the customer of this thread.
    pub fn quick_replies(&self, thread_id: Option<i64>) -> Result<Vec<FilledReply>> {
        self.store.read(|db| {
            let name = match thread_id {
                Some(id) => thread::get(db, id)?
                    .map(|thread| threads::called(db, thread.customer_id))
                    .transpose()?
                    .flatten(),
                None => None,
            };
            let me = settings::me(db)?;
            let known = Known { name, me };
            let rows = quick_reply::all(db)?;
            Ok(rows.into_iter().map(|row| filled(row, &known)).collect())
        })
    }

    /// As they were written, for changing them.
    pub fn raw_quick_replies(&self) -> Result<Vec<QuickReply>> {
        self.store.read(|db| {
            let rows = quick_reply::all(db)?.into_iter();
            Ok(rows
                .map(|row| QuickReply {
                    id: row.id,
                    shortcut: row.shortcut,
                    text: row.text,
                })
                .collect())
        })
    }

    /// Saves a new or changed one; an empty text takes it away. Returns its id. A shortcut that another one has
    /// gets a number.
    pub fn save_quick_reply(&self, reply: &QuickReply) -> Result<String> {
        let now = self.clock.now();
        let id = if reply.id.is_empty() {
            Uuid::now_v7().to_string()
        } else {
            reply.id.clone()
        };
        let change = self.store.write(|db| {
            let at = now.max(quick_reply::changed_at(db, &id)? + 1);
            let shortcut = free_shortcut(db, &reply.shortcut, &id)?;
            let kind = FactKind::QuickReplySaved {
                id: id.clone(),
                shortcut,
                text: reply.text.trim().to_owned(),
                at,
            };
            apply_in(db, &[crate::fact::Fact::new(&self.number(), kind)])
        })?;
        self.tell(change);
        Ok(id)
    }
}

pub(super) fn beside(db: &Connection, thread: &Thread) -> Result<Vec<AttachmentView>> {
    Ok(files_beside(db, thread)?.into_iter().map(view).collect())
}

/// The files beside this thread's draft. They follow their person wherever later knowledge puts him.
fn files_beside(db: &Connection, thread: &Thread) -> Result<Vec<Attachment>> {
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
        parcels.push((send::text_parcel(text, reply_wamid.to_owned()), None));
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
pub(super) fn as_it_stands(
    db: &Connection,
    thread: &Thread,
    text: &str,
) -> Result<Vec<(Parcel, String)>> {
    let files = files_beside(db, thread)?;
    let Ok(parcels) = parcels(&files, text, "") else {
        let said = !text.trim().is_empty();
        let words = said.then(|| (send::text_parcel(text, String::new()), String::new()));
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

struct Known {
    name: Option<String>,
    me: String,
}

fn filled(row: quick_reply::QuickReplyRow, known: &Known) -> FilledReply {
    let name = known.name.as_deref().map(str::trim).unwrap_or_default();
    let first = name.split_whitespace().next().unwrap_or_default();
    let (mut text, mut missing) = (row.text, Vec::new());
    for (slot, value) in [
        ("name", name),
        ("first_name", first),
        ("me", known.me.as_str()),
    ] {
        let placeholder = format!("{{{{{slot}}}}}");
        if !text.contains(&placeholder) {
            continue;
        }
        if value.is_empty() {
            missing.push(slot.to_owned());
        } else {
            text = text.replace(&placeholder, value);
        }
    }
    FilledReply {
        id: row.id,
        shortcut: row.shortcut,
        text,
        missing,
    }
}

/// Without spaces, short, and nobody else's.
fn free_shortcut(db: &Connection, wanted: &str, id: &str) -> Result<String> {
    let plain: String = wanted
        .trim()
        .trim_start_matches('/')
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take(SHORTCUT_MAX)
        .collect();
    let plain = if plain.is_empty() {
        "1".to_owned()
    } else {
        plain
    };
    let taken: Vec<String> = quick_reply::all(db)?
        .into_iter()
        .filter(|row| row.id != id)
        .map(|row| row.shortcut.to_lowercase())
        .collect();
    let free = |candidate: &String| !taken.contains(&candidate.to_lowercase());
    let numbered = (2..).map(|n| format!("{plain}{n}"));
    Ok(std::iter::once(plain.clone())
        .chain(numbered)
        .find(free)
        .unwrap_or(plain))
}
