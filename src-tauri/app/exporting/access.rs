//! Everything held about one person: as JSON with the files in it, and on paper to be read.

use super::{Job, Steps, Stopped, papers::identifiers};
use ::export::{
    LinesFile, Written,
    paper::{self, AccessPaper, ActOnPaper, MessageOnPaper, NoteOnPaper, Person},
};
use inbox::desk::exports::HeldMessage;
use std::collections::VecDeque;

/// Messages on paper, the newest; two hundred pages of them.
const ON_PAPER: usize = 4_000;

impl Job<'_> {
    /// One JSON text, written piece by piece: files can be many times larger than memory should be.
    pub(super) fn held(&self, customer_id: i64, steps: &mut Steps<'_>) -> Result<Written, Stopped> {
        let person = self.desk.export_person(customer_id)?;
        let held = self.desk.held_about(customer_id)?;
        let mut file = LinesFile::begin(self.target)?;
        file.line(&format!(
            "{{\"format\":\"guichet-person\",\"version\":1,\"business\":{},\"made_at\":{},",
            json(&self.export.business)?,
            self.export.made_at
        ))?;
        file.line(&format!("\"person\":{},", json(&person)?))?;
        file.line(&format!("\"held\":{},", json(&held)?))?;
        file.line("\"messages\":[")?;
        let mut before: Option<String> = None;
        steps.total = 0;
        let all = self.desk.held_messages(customer_id, true, |message| {
            let text = json(message)?;
            if let Some(before) = before.replace(text) {
                file.line(&format!("{before},"))?;
            }
            Ok::<_, Stopped>(steps.step())
        })?;
        if !all {
            return Err(Stopped::Cancelled);
        }
        file.line(&before.unwrap_or_default())?;
        file.line(&format!("],\"ledger\":{}}}", json(&self.seal)?))?;
        Ok(file.finish()?)
    }

    pub(super) fn access(
        &self,
        customer_id: i64,
        steps: &mut Steps<'_>,
    ) -> Result<Written, Stopped> {
        let person = self.desk.export_person(customer_id)?;
        let held = self.desk.held_about(customer_id)?;
        let mut newest: VecDeque<HeldMessage> = VecDeque::new();
        let mut notes = Vec::new();
        let mut left_out = false;
        steps.total = 0;
        let all = self.desk.held_messages(customer_id, false, |message| {
            match message.direction {
                "note" => notes.push(message.clone()),
                _ => newest.push_back(message.clone()),
            }
            if newest.len() > ON_PAPER {
                newest.pop_front();
                left_out = true;
            }
            Ok::<_, Stopped>(steps.step())
        })?;
        if !all {
            return Err(Stopped::Cancelled);
        }
        // Of several threads, each came by itself.
        newest.make_contiguous().sort_by_key(|message| message.at);
        let messages: Vec<MessageOnPaper<'_>> = newest
            .iter()
            .map(|message| MessageOnPaper {
                at: message.at,
                own: message.direction == "from_us",
                kind: &message.kind,
                text: &message.text,
                files: message
                    .file
                    .iter()
                    .map(|file| {
                        format!("{} {}", file.filename, file.mime_type)
                            .trim()
                            .to_owned()
                    })
                    .collect(),
            })
            .collect();
        let notes: Vec<NoteOnPaper<'_>> = notes
            .iter()
            .map(|note| NoteOnPaper {
                at: note.at,
                staff: &note.staff,
                text: &note.text,
            })
            .collect();
        let acts: Vec<ActOnPaper<'_>> = person.acts.iter().map(|one| self.act(one)).collect();
        let rows = messages.len() + notes.len() + acts.len();
        let document = AccessPaper {
            letterhead: self.letterhead(),
            person: Person {
                name: &person.name,
                identifiers: &identifiers(&person),
                language: match held.language.as_str() {
                    "" => &person.language,
                    language => language,
                },
                minor: person.minor,
            },
            states: &self.states(&person),
            acts: &acts,
            labels: &held.labels,
            other: &held.profile,
            notes: &notes,
            messages: &messages,
            left_out,
            seal: &self.seal,
        };
        Ok(paper::write(self.target, &document.pdf()?, rows as u64)?)
    }
}

fn json(value: &impl serde::Serialize) -> Result<String, Stopped> {
    serde_json::to_string(value).map_err(|error| Stopped::Store(error.into()))
}
