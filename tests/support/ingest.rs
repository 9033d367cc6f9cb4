//! What a webhook body becomes, one JSON line per fact: for trying bodies by hand.

use cloud_api::webhook::{self, Event, Item, Peer, Webhook};
use inbox::{fact::FactKind, receive};
use serde::Serialize;
use std::{
    io::{self, Write},
    path::Path,
};

/// One line of output.
#[derive(Debug, Serialize, PartialEq)]
#[serde(untagged)]
pub enum Line {
    Fact {
        file: String,
        fact: &'static str,
        wamid: Option<String>,
        from: Option<String>,
        at: Option<i64>,
    },
    /// A message of a kind nobody here knows; the inbox shows a placeholder for it.
    KeptMessage {
        file: String,
        kept_raw: String,
        wamid: Option<String>,
        from: Option<String>,
        at: Option<i64>,
    },
    /// A field, or a part of one, that nobody here knows.
    Kept {
        file: String,
        kept_raw: String,
    },
    Error {
        file: String,
        error: String,
    },
}

/// Every line for every file. A file that says nothing useful never stops the next one.
pub fn run(files: &[impl AsRef<Path>], out: &mut impl Write) -> io::Result<()> {
    for file in files {
        let file = file.as_ref();
        let name = file.to_string_lossy();
        let lines = match std::fs::read(file) {
            Ok(bytes) => lines(&name, &bytes),
            Err(error) => vec![Line::Error {
                file: name.into_owned(),
                error: format!("the file cannot be read: {error}"),
            }],
        };
        for line in lines {
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        }
    }
    Ok(())
}

/// The lines of one body.
pub fn lines(file: &str, body: &[u8]) -> Vec<Line> {
    match webhook::parse(body) {
        Ok(webhook) => webhook
            .items
            .into_iter()
            .flat_map(|item| of_item(file, item))
            .collect(),
        Err(error) => vec![Line::Error {
            file: file.to_owned(),
            error: error.to_string(),
        }],
    }
}

fn of_item(file: &str, item: Item) -> Vec<Line> {
    let Origin { wamid, from, at } = Origin::of(&item);
    let file = file.to_owned();
    let webhook = Webhook { items: vec![item] };
    if let Some(kept) = webhook.kept_raw().next() {
        return match &webhook.items[0].event {
            Event::Unknown(_) => vec![Line::Kept {
                file,
                kept_raw: kept.to_owned(),
            }],
            _ => vec![Line::KeptMessage {
                file,
                kept_raw: kept.to_owned(),
                wamid,
                from,
                at,
            }],
        };
    }
    // Times come from the body itself, so that the output does not depend on when it is read.
    receive::facts(&webhook, 0)
        .iter()
        .filter(|fact| !matches!(fact.kind, FactKind::Met { .. }))
        .map(|fact| Line::Fact {
            file: file.clone(),
            fact: fact.name(),
            wamid: wamid.clone(),
            from: from.clone(),
            at,
        })
        .collect()
}

/// Whom an item is about, as the body itself says.
#[derive(Default)]
struct Origin {
    wamid: Option<String>,
    from: Option<String>,
    at: Option<i64>,
}

impl Origin {
    fn of(item: &Item) -> Self {
        let with = |wamid: Option<&String>, peer: &Peer, at| Self {
            wamid: wamid.cloned(),
            from: named(peer),
            at,
        };
        match &item.event {
            Event::Message(m) | Event::Echo(m) => with(Some(&m.wamid), &m.peer, m.at),
            Event::History(past) => with(
                Some(&past.message.wamid),
                &past.message.peer,
                past.message.at,
            ),
            Event::Status(s) => with(Some(&s.wamid), &s.recipient, s.at),
            Event::IdentityChange(change) => with(Some(&change.wamid), &change.old, change.at),
            Event::Call(call) => with(Some(&call.id), &call.peer, call.at),
            Event::Profile(profile) => with(None, &profile.peer, profile.at),
            Event::UserPreference(preference) => with(None, &preference.peer, preference.at),
            Event::AddressBook(entry) => with(None, &entry.peer, entry.at),
            _ => Self {
                at: item.entry_at,
                ..Self::default()
            },
        }
    }
}

/// As the wire names the other side: the number where there is one, else the BSUID.
fn named(peer: &Peer) -> Option<String> {
    peer.wa_id
        .clone()
        .or_else(|| peer.bsuid.clone())
        .or_else(|| peer.group_id.clone())
}
