//! The window rule by hand: a story in, one verdict out, through the parser, facts, a real store and the rule.
//!
//! Every story is applied in a transaction of its own and undone afterwards, so each begins with an empty
//! store, and thousands of them a minute are no trouble.

use cloud_api::{
    error::{Action, classify},
    webhook::{self, Peer},
};
use inbox::{
    apply_in,
    fact::{Fact, FactKind, Number},
    receive,
    service_window::{Known, Window},
    thread_with,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{self, BufRead, Write};
use store::{Connection, Store, StoreError};

/// Later than any moment a story may speak of, Unix milliseconds.
const TOO_LATE: i64 = 1_000_000_000_000_000;

#[derive(Deserialize)]
struct Story {
    events: Vec<Event>,
    #[serde(deserialize_with = "text")]
    number: String,
    #[serde(deserialize_with = "text")]
    customer: String,
    at: i64,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Event {
    Webhook {
        arrived: i64,
        body: Value,
    },
    SendError {
        arrived: i64,
        send_error: i64,
        #[serde(deserialize_with = "text")]
        to: String,
    },
}

impl Event {
    fn arrived(&self) -> i64 {
        match self {
            Self::Webhook { arrived, .. } | Self::SendError { arrived, .. } => *arrived,
        }
    }
}

/// One line of output.
#[derive(Debug, Serialize, PartialEq)]
#[serde(untagged)]
pub enum Answer {
    /// `closes_at` of a closed window is when it closed.
    Window {
        id: Value,
        state: &'static str,
        closes_at: Option<i64>,
    },
    Error {
        id: Value,
        error: String,
    },
}

/// Ids come as strings, and now and then as numbers.
fn text<'de, D: serde::Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    match Value::deserialize(from)? {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(serde::de::Error::custom("an id must be a string")),
    }
}

/// One answer per line; a line that cannot be read is answered with an error and the next one follows.
pub fn run(lines: impl BufRead, out: &mut impl Write) -> io::Result<()> {
    let directory = crate::scratch::directory();
    let store = crate::scratch::store(directory.path(), 0);
    for line in lines.split(b'\n') {
        let line = line?;
        if !line.trim_ascii().is_empty() {
            writeln!(out, "{}", serde_json::to_string(&answer(&store, &line))?)?;
        }
    }
    Ok(())
}

/// The answer to one line. Leaves the store as it was.
pub fn answer(store: &Store, line: &[u8]) -> Answer {
    let value: Value = match serde_json::from_slice(line) {
        Ok(value) => value,
        Err(error) => {
            return Answer::Error {
                id: Value::Null,
                error: format!("not JSON: {error}"),
            };
        }
    };
    let id = value.get("id").cloned().unwrap_or_default();
    match judge(store, value) {
        Ok(Window::Open { closes_at }) => Answer::Window {
            id,
            state: "open",
            closes_at: Some(closes_at),
        },
        Ok(Window::Closed { since, .. }) => Answer::Window {
            id,
            state: "closed",
            closes_at: Some(since),
        },
        Ok(Window::Never) => Answer::Window {
            id,
            state: "never",
            closes_at: None,
        },
        Err(error) => Answer::Error { id, error },
    }
}

fn judge(store: &Store, value: Value) -> Result<Window, String> {
    let story: Story = serde_json::from_value(value).map_err(|error| error.to_string())?;
    let times = story.events.iter().map(Event::arrived).chain([story.at]);
    if times.into_iter().any(|at| !(0..TOO_LATE).contains(&at)) {
        return Err("times are Unix milliseconds".to_owned());
    }
    let facts = facts(&story);
    let mut window = Window::Never;
    let undone = store.write(|db| {
        apply_in(db, &facts)?;
        window = window_of(db, &story)?;
        Err::<(), _>(StoreError::Sqlite(store::no_rows()))
    });
    match undone {
        Err(error) if error.is_not_found() => Ok(window),
        Err(error) => Err(error.to_string()),
        Ok(()) => unreachable!("the transaction always ends with an error, which undoes it"),
    }
}

fn facts(story: &Story) -> Vec<Fact> {
    let number = Number {
        phone_number_id: story.number.clone(),
        display: String::new(),
    };
    let mut facts = Vec::new();
    for (place, event) in story.events.iter().enumerate() {
        match event {
            // What has not arrived yet is not known yet.
            event if event.arrived() > story.at => {}
            // A body nobody can read stays raw in the inbox, too, and changes nothing.
            Event::Webhook { arrived, body } => {
                if let Ok(webhook) = webhook::parse(body.to_string().as_bytes()) {
                    facts.extend(receive::facts(&webhook, *arrived));
                }
            }
            Event::SendError {
                arrived,
                send_error,
                to,
            } => {
                if classify(*send_error, None).action == Action::CloseWindow {
                    let kind = FactKind::WindowClosed {
                        source: format!("send {place}"),
                        peer: peer(to),
                        at: *arrived,
                    };
                    facts.push(Fact::new(&number, kind));
                }
            }
        }
    }
    facts
}

fn window_of(db: &Connection, story: &Story) -> Result<Window, StoreError> {
    let mut thread = thread_with(db, &story.number, &peer(&story.customer), story.at)?;
    if thread.is_none() {
        let group = Peer {
            group_id: Some(story.customer.clone()),
            ..Peer::default()
        };
        thread = thread_with(db, &story.number, &group, story.at)?;
    }
    Ok(thread.map_or(Window::Never, |t| {
        Known::from_columns(t.inbound_at, t.closed_at).at(story.at)
    }))
}

/// Digits are a number, everything else a BSUID.
fn peer(id: &str) -> Peer {
    let digits = id.strip_prefix('+').unwrap_or(id);
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        Peer {
            wa_id: Some(digits.to_owned()),
            ..Peer::default()
        }
    } else {
        Peer {
            bsuid: Some(id.to_owned()),
            ..Peer::default()
        }
    }
}
