//! Everything held about one person, to be handed to that person (GDPR Art. 15, LGPD Art. 18).

use serde_json::{Value as Json, json};

use super::{
    ActOnPaper, Letterhead, Person, StateOnPaper,
    person::{act_as_data, person_as_data, states_as_data},
    sealed, setting,
};
use crate::{ExportError, Seal};

#[derive(Clone, Default)]
pub struct MessageOnPaper<'a> {
    pub at: i64,
    /// Sent by us.
    pub own: bool,
    /// Text, picture, template …, in the words of the reader.
    pub kind: &'a str,
    pub text: &'a str,
    /// Name and size of each file that goes with it.
    pub files: Vec<String>,
}

#[derive(Clone, Copy, Default)]
pub struct NoteOnPaper<'a> {
    pub at: i64,
    pub staff: &'a str,
    pub text: &'a str,
}

pub struct AccessPaper<'a> {
    pub letterhead: Letterhead<'a>,
    pub person: Person<'a>,
    pub states: &'a [StateOnPaper<'a>],
    pub acts: &'a [ActOnPaper<'a>],
    pub labels: &'a [String],
    /// Further fields, each with the name it is read by.
    pub other: &'a [(String, String)],
    pub notes: &'a [NoteOnPaper<'a>],
    /// Oldest first.
    pub messages: &'a [MessageOnPaper<'a>],
    /// Older ones are not among them.
    pub left_out: bool,
    pub seal: &'a Seal,
}

impl AccessPaper<'_> {
    pub fn pdf(&self) -> Result<Vec<u8>, ExportError> {
        let head = &self.letterhead;
        let acts: Vec<Json> = self
            .acts
            .iter()
            .map(|act| act_as_data(head, act, &mut Vec::new()))
            .collect();
        let notes: Vec<Json> = self
            .notes
            .iter()
            .map(|note| json!({"at": head.shown(Some(note.at)), "staff": note.staff, "text": note.text}))
            .collect();
        let messages: Vec<Json> = self
            .messages
            .iter()
            .map(|message| {
                json!({
                    "at": head.shown(Some(message.at)),
                    "own": message.own,
                    "kind": message.kind,
                    "text": message.text,
                    "files": message.files,
                })
            })
            .collect();
        let data = json!({
            "title": head.word("access_title"),
            "business": head.business,
            "own_number": head.own_number,
            "made_at": head.shown(Some(head.about.made_at)),
            "person": person_as_data(head, &self.person),
            "states": states_as_data(head, self.states),
            "acts": acts,
            "labels": self.labels,
            "other": self.other,
            "notes": notes,
            "messages": messages,
            "left_out": self.left_out,
            "seal": sealed(self.seal),
        });
        let set = setting::set("access.typ", head, data, Vec::new())?;
        Ok(set.pdf)
    }
}
