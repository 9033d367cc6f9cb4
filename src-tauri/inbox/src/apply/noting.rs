//! Internal notes in the timeline.
//!
//! A note is a row like a message, but of a direction of its own: nothing that sends, counts or answers looks
//! at those. Every fact about one note names the same person and the same time of writing.

use super::Work;
use crate::{
    customer,
    fact::{FactKind, Number},
    view::Body,
};
use store::{
    Result,
    message::{self, NewMessage},
};

impl Work<'_> {
    pub(super) fn noted(&mut self, number: &Number, fact: &FactKind) -> Result<()> {
        let FactKind::Noted {
            id,
            peer,
            staff,
            text,
            written_at,
            at,
        } = fact
        else {
            return Ok(());
        };
        let found = customer::find(self.db, peer, *written_at, &mut self.touched)?;
        let number_id = self.number_id(number)?;
        let key = note_key(id);
        self.put(
            number_id,
            &found,
            NewMessage {
                key: key.clone(),
                direction: message::NOTE,
                at: *written_at,
                arrived: written_at * 1000,
                window_at: -1,
                kind: "note".into(),
                ..NewMessage::default()
            },
        )?;
        let bubble = serde_json::to_string(&Body::Note { text: text.clone() })?;
        message::observe_note(self.db, &key, text, &bubble, staff, *at)
    }
}

/// The key of a note's row.
pub(crate) fn note_key(id: &str) -> String {
    format!("n:{id}")
}
