//! What the guard would say to what is being written, before anybody sends it. Records nothing, and waits for nothing.

use super::{Part, said::allowed, shown};
use crate::{
    content_check,
    desk::{
        Desk, not_found,
        send::{Parcel, as_it_stands},
    },
    view::{GuardVerdict, TemplateChoice},
};
use store::{
    Connection, Result,
    thread::{self, Thread},
};

struct Written {
    /// What would go out, each message with the digest of its file.
    messages: Vec<(Parcel, String)>,
    /// As they stand in the field.
    words: String,
}

impl Desk {
    /// Of a text and the files that lie beside it.
    pub fn guard_look(&self, thread_id: i64, text: &str) -> Result<GuardVerdict> {
        self.look_at(thread_id, |db, thread| {
            Ok(Written {
                messages: as_it_stands(db, thread, text)?,
                words: text.to_owned(),
            })
        })
    }

    /// The same of a template; one that cannot be filled with this is nobody's to warn about.
    pub fn guard_look_template(
        &self,
        thread_id: i64,
        choice: &TemplateChoice,
    ) -> Result<GuardVerdict> {
        let now = self.clock.now();
        self.look_at(thread_id, |db, _| {
            let parcel = self.template_parcel(db, choice, now)?.ok();
            Ok(Written {
                words: parcel
                    .as_ref()
                    .map_or_else(String::new, |p| p.words.clone()),
                messages: parcel.map(|p| (p, String::new())).into_iter().collect(),
            })
        })
    }

    fn look_at(
        &self,
        thread_id: i64,
        written: impl FnOnce(&Connection, &Thread) -> Result<Written>,
    ) -> Result<GuardVerdict> {
        let now = self.clock.now();
        let staff = self.me()?;
        self.store.read(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let written = written(db, &thread)?;
            let messages = written.messages.iter();
            let parts: Vec<Part<'_>> = messages
                .map(|(parcel, digest)| Part {
                    parcel,
                    outbox_id: "",
                    digest,
                    at: now,
                })
                .collect();
            // While the past is being read nobody waits for a look.
            let Ok(mut watch) = self.watch.try_lock() else {
                return Ok(allowed());
            };
            let worst = self.worst(&mut watch, db, &thread, &parts, &staff)?;
            drop(watch);
            let Some((verdict, _)) = worst else {
                return Ok(allowed());
            };
            let lists = self.content_lists(db)?;
            Ok(GuardVerdict {
                findings: content_check::look(&written.words, &lists, false),
                ..shown(&verdict)
            })
        })
    }
}
