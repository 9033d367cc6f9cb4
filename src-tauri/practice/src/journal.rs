//! The optional state file: one JSON line per thing that happened, written before the answer goes out, so
//! that a platform killed and started again still knows what it accepted.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::Path,
    sync::Mutex,
};

use serde::{Deserialize, Serialize};

use crate::{
    customers::Customer,
    platform::locked,
    state::{Accepted, KnownMessage, State, StatusEvent},
};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    Accepted(Accepted),
    Status(StatusEvent),
    /// A customer as known after he wrote.
    Customer(Customer),
    Inbound {
        wamid: String,
        at: i64,
    },
    /// This scripted customer has written for the first time.
    Script(String),
}

#[derive(Debug, Default)]
pub struct Journal(Mutex<Option<File>>);

/// What a state file held besides what went into the [`State`].
#[derive(Debug, Default)]
pub struct Found {
    pub scripts: Vec<String>,
}

impl Journal {
    /// Reads what the file holds into `state` and appends from now on. A line cut off by a crash is skipped:
    /// its answer never went out.
    pub fn open(path: &Path, state: &mut State) -> io::Result<(Self, Found)> {
        let mut found = Found::default();
        let mut cut_off = false;
        match std::fs::read_to_string(path) {
            Ok(text) => {
                cut_off = !text.is_empty() && !text.ends_with('\n');
                for line in text.lines() {
                    if let Ok(line) = serde_json::from_str(line) {
                        replay(line, state, &mut found);
                    }
                }
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(e),
        }
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        if cut_off {
            file.write_all(b"\n")?;
        }
        Ok((Self(Mutex::new(Some(file))), found))
    }

    /// `false` where the line could not be written.
    pub fn append(&self, line: &Line) -> bool {
        let mut file = locked(&self.0);
        let Some(file) = file.as_mut() else {
            return true;
        };
        let Ok(mut text) = serde_json::to_vec(line) else {
            return false;
        };
        text.push(b'\n');
        file.write_all(&text).is_ok()
    }
}

fn replay(line: Line, state: &mut State, found: &mut Found) {
    match line {
        Line::Accepted(accepted) => state.remember_accepted(accepted),
        Line::Status(event) => {
            state
                .history
                .entry(event.wamid.clone())
                .or_default()
                .push(event);
        }
        Line::Customer(customer) => {
            let known = state
                .customers
                .meet(customer.wa_id.as_deref(), customer.bsuid.as_deref());
            *known = customer;
        }
        Line::Inbound { wamid, at } => {
            state.known.insert(
                wamid,
                KnownMessage {
                    at,
                    reaction: false,
                    inbound: true,
                },
            );
        }
        Line::Script(mark) => found.scripts.push(mark),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_file_with_a_line_cut_off_keeps_all_the_others() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.jsonl");
        let new = || State::new(1, "t".to_owned().into());
        let accepted = |wamid: &str| {
            Line::Accepted(Accepted {
                wamid: wamid.into(),
                to: "493023125101".into(),
                kind: "text".into(),
                callback_data: Some("row-1".into()),
                body: serde_json::json!({}),
                at: 5,
                category: "service".into(),
                fails_with: None,
            })
        };
        {
            let (journal, _) = Journal::open(&path, &mut new()).unwrap();
            assert!(journal.append(&accepted("wamid.A")));
        }
        let mut text = std::fs::read_to_string(&path).unwrap();
        text.push_str("{\"accepted\":{\"wam");
        std::fs::write(&path, text).unwrap();
        {
            let (journal, _) = Journal::open(&path, &mut new()).unwrap();
            assert!(journal.append(&accepted("wamid.B")));
        }
        let mut state = new();
        Journal::open(&path, &mut state).unwrap();
        let wamids: Vec<_> = state.accepted.iter().map(|a| a.wamid.as_str()).collect();
        assert_eq!(wamids, ["wamid.A", "wamid.B"]);
    }
}
