//! Texts that are written again and again, filled for whom they are for.

use super::{Desk, settings, threads};
use crate::{
    apply_in,
    fact::{Fact, FactKind},
    naming::first_name,
    view::{FilledReply, QuickReply},
};
use store::{Connection, Result, quick_reply, thread};
use uuid::Uuid;

/// A shortcut is typed, not read.
const SHORTCUT_MAX: usize = 30;

impl Desk {
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
            apply_in(db, &[Fact::new(&self.number(), kind)])
        })?;
        self.tell(change);
        Ok(id)
    }
}

struct Known {
    name: Option<String>,
    me: String,
}

fn filled(row: quick_reply::QuickReplyRow, known: &Known) -> FilledReply {
    let name = known.name.as_deref().map(str::trim).unwrap_or_default();
    let (mut text, mut missing) = (row.text, Vec::new());
    for (slot, value) in [
        ("name", name),
        ("first_name", first_name(name)),
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
