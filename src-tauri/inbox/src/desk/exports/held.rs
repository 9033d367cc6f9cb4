//! Everything held about one person beside the ledger: what was written, files, notes, labels, what they are called.
//! For the answer to "what do you hold about me?" (GDPR Art. 15 and 20, LGPD Art. 18).

use super::super::{Desk, not_found};
use crate::view::Body;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Serialize;
use store::{
    Connection, Result, StoreError, about_person, attachment, customer as rows, media,
    message::{self, MessageRecord},
    thread,
};

/// Read at once; files are read one by one.
const PAGE: i64 = 500;

/// What is noted about the person.
#[derive(Clone, Default, Serialize)]
pub struct Held {
    /// Field and value, as `name`, `book` (what the shop calls them), `email`, `about`.
    pub profile: Vec<(String, String)>,
    pub labels: Vec<String>,
    pub language: String,
    pub blocked: bool,
}

/// A message, a line about what happened, or a note of the staff's.
#[derive(Clone, Serialize)]
pub struct HeldMessage {
    /// UTC milliseconds.
    pub at: i64,
    /// `from_them`, `from_us`, `line`, `note`.
    pub direction: &'static str,
    pub kind: String,
    pub text: String,
    /// All of it, as it is stored.
    pub content: serde_json::Value,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub staff: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub wamid: String,
    /// What became of one of ours; times are -1 where it never came so far.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    pub delivered_at: i64,
    pub read_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<HeldFile>,
}

#[derive(Clone, Serialize)]
pub struct HeldFile {
    pub filename: String,
    pub mime_type: String,
    pub size: usize,
    /// `None`: not on this machine, or not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
}

impl Desk {
    pub fn held_about(&self, customer_id: i64) -> Result<Held> {
        self.store.read(|db| {
            if rows::of_customer(db, customer_id)?.is_empty() {
                return Err(not_found());
            }
            let threads = thread::of_customer(db, customer_id)?;
            let mut labels: Vec<String> = threads
                .iter()
                .flat_map(|thread| serde_json::from_str::<Vec<String>>(&thread.labels))
                .flatten()
                .collect();
            labels.sort_unstable();
            labels.dedup();
            let language = threads.iter().find(|thread| !thread.language.is_empty());
            let mut profile = about_person::profiles_of(db, customer_id)?;
            // They stand under their own heading.
            profile.retain(|(field, _)| !field.starts_with("label:"));
            Ok(Held {
                profile,
                labels,
                language: language
                    .map(|thread| thread.language.clone())
                    .unwrap_or_default(),
                blocked: threads.iter().any(|thread| thread.blocked),
            })
        })
    }

    /// Every message with the person, the oldest first within a thread, until `take` says no; memory does not grow
    /// with them. `with_files`: their bytes too.
    pub fn held_messages<E>(
        &self,
        customer_id: i64,
        with_files: bool,
        mut take: impl FnMut(&HeldMessage) -> std::result::Result<bool, E>,
    ) -> std::result::Result<bool, E>
    where
        E: From<StoreError>,
    {
        let threads = self
            .store
            .read(|db| thread::ids_of_customer(db, customer_id))?;
        for thread_id in threads {
            let mut from = (i64::MIN, i64::MIN, i64::MIN);
            loop {
                let page = self
                    .store
                    .read(|db| message::page_from(db, thread_id, from, PAGE))?;
                let Some(last) = page.last() else { break };
                from = (last.at, last.arrived, last.id + 1);
                for record in &page {
                    let held = self.store.read(|db| held(db, record, with_files))?;
                    if !take(&held)? {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }
}

fn held(db: &Connection, record: &MessageRecord, with_files: bool) -> Result<HeldMessage> {
    let file = match serde_json::from_str(&record.payload) {
        Ok(Body::Media { media: named }) => {
            let bytes = match (with_files, record.outbox_id.as_str()) {
                (false, _) => None,
                (true, "") => media::bytes(db, &record.wamid)?,
                (true, outbox_id) => match attachment::of_outbox(db, outbox_id)? {
                    Some(file) => attachment::bytes(db, &file.id)?,
                    None => None,
                },
            };
            Some(HeldFile {
                filename: named.filename.unwrap_or_default(),
                mime_type: named.mime_type.unwrap_or_default(),
                size: bytes.as_ref().map_or(0, Vec::len),
                base64: bytes.map(|bytes| STANDARD.encode(bytes)),
            })
        }
        _ => None,
    };
    Ok(HeldMessage {
        at: record.at,
        direction: match record.direction {
            message::IN => "from_them",
            message::OUT => "from_us",
            message::NOTE => "note",
            _ => "line",
        },
        kind: record.kind.clone(),
        text: record.body.clone(),
        content: serde_json::from_str(&record.payload).unwrap_or_default(),
        staff: record.staff.clone(),
        wamid: record.wamid.clone(),
        state: record.state.clone(),
        delivered_at: record.delivered_at,
        read_at: record.read_at,
        file,
    })
}
