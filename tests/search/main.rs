//! What a search finds, and what it does not.

mod chips;
mod pages;
mod people;
mod words;

use inbox::{
    fact::{FactKind, NameField},
    view::{SearchPage, SearchQuery},
};
use support::{
    bodies::{self, NUMBER},
    counter::{Counter, phone},
};

pub const NINE: i64 = 1_795_165_200_000;
pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;
pub const ANA: &str = "5511987651001";

pub fn name(counter: &Counter, wa_id: &str, field: NameField, name: &str) {
    let named = FactKind::Named {
        peer: phone(wa_id),
        parent_bsuid: None,
        field,
        value: name.into(),
        at: NINE,
    };
    counter.desk.apply_one(named).unwrap();
}

/// Somebody writes this, so many minutes after nine; the wamid is the minute.
pub fn write(counter: &Counter, wa_id: &str, minute: i64, text: &str) {
    let at = NINE + minute * MINUTE;
    let body = bodies::text(NUMBER, wa_id, &format!("wamid.{minute}"), at, text);
    counter.receive(&body, at);
}

/// The same every minute, all at once.
pub fn write_all(counter: &Counter, texts: impl Iterator<Item = (String, String)>) {
    let bodies: Vec<_> = texts
        .enumerate()
        .map(|(minute, (wa_id, text))| {
            let at = NINE + i64::try_from(minute).unwrap() * MINUTE;
            let wamid = format!("wamid.{minute}");
            (bodies::text(NUMBER, &wa_id, &wamid, at, &text), at)
        })
        .collect();
    counter.receive_all(&bodies);
}

/// Words and chips as one would type them; a chip's blanks are written `_`.
pub fn query(typed: &str) -> SearchQuery {
    let mut query = SearchQuery::default();
    let mut words = Vec::new();
    for part in typed.split(' ') {
        let chip = part.split_once(':');
        let value = chip.map(|(_, value)| value.replace('_', " "));
        match chip.map(|(name, _)| name) {
            Some("from") => query.from = value,
            Some("has") => query.has = value,
            Some("label") => query.label = value,
            _ => words.push(part),
        }
    }
    query.text = words.join(" ");
    query
}

pub fn find(counter: &Counter, query: &SearchQuery) -> SearchPage {
    counter.desk.search(query, None, 50).unwrap()
}

/// The snippets of what was found, hits in brackets, one a line.
pub fn hits(counter: &Counter, query: &SearchQuery) -> String {
    let page = find(counter, query);
    assert_eq!(page.next, None);
    let snippets = page.hits.iter().map(|hit| bracketed(&hit.snippet));
    snippets.collect::<Vec<_>>().join("\n")
}

pub fn bracketed(text: &str) -> String {
    text.replace('\u{2}', "[").replace('\u{3}', "]")
}
