//! Writing internal notes.

use crate::{
    apply::note_key,
    apply_in,
    desk::{Desk, not_found, settings, threads},
    fact::{Fact, FactKind, Number},
};
use cloud_api::webhook::Peer;
use store::{
    Result,
    message::{self, Note},
    thread,
};
use uuid::Uuid;

impl Desk {
    /// Writes an internal note, or changes one; an empty text takes it away. Returns its id.
    pub fn save_note(&self, thread_id: i64, note_id: Option<&str>, text: &str) -> Result<String> {
        let now = self.clock.now();
        let text = text.trim_end();
        let (id, change) = self.store.write(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let (id, peer, written_at, at) = match note_id {
                Some(id) => {
                    let note = message::note(db, &note_key(id))?
                        .filter(|note| note.thread_id == thread_id)
                        .ok_or_else(not_found)?;
                    let at = now.max(note.changed_at + 1);
                    (id.to_owned(), person(&note), note.written_at, at)
                }
                None if text.is_empty() => return Err(not_found()),
                None => {
                    let mut peer = threads::peer(db, &thread)?;
                    if peer.bsuid.is_some() {
                        // A note says nothing about numbers.
                        peer.wa_id = None;
                    }
                    (Uuid::now_v7().to_string(), peer, now, now)
                }
            };
            let number = Number::stored(db, thread.number_id)?;
            let noted = FactKind::Noted {
                id: id.clone(),
                peer,
                staff: settings::me(db)?,
                text: text.to_owned(),
                written_at,
                at,
            };
            Ok((id, apply_in(db, &[Fact::new(&number, noted)])?))
        })?;
        self.tell(change);
        Ok(id)
    }
}

/// Whom a note is about, as its first fact named him.
fn person(note: &Note) -> Peer {
    let mut peer = Peer::default();
    if !note.loose_wa.is_empty() {
        peer.wa_id = Some(note.loose_wa.clone());
        return peer;
    }
    match note.person_key.split_once(':') {
        Some(("b", bsuid)) => peer.bsuid = Some(bsuid.to_owned()),
        Some(("g", group)) => peer.group_id = Some(group.to_owned()),
        _ => {}
    }
    peer
}
