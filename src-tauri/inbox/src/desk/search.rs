//! Search over customers and what was written.

use super::{Desk, settings, threads};
use crate::view::{PersonHit, SearchHit, SearchPage, SearchQuery};
use std::collections::{HashMap, hash_map::Entry};
use store::{
    Connection, Result, message,
    search::{self, Sender, Wanted, Words},
    thread,
};

/// Customers shown above the messages.
const PEOPLE: usize = 8;

impl Desk {
    /// Customers and messages that fit, newest first; from behind message `from_hit`.
    ///
    /// What one page looks at is bounded. So a page may hold fewer than `limit` hits, or none, and still have a
    /// `next`: then nothing fitted among the messages looked at, and older ones were not looked at yet.
    pub fn search(
        &self,
        query: &SearchQuery,
        from_hit: Option<i64>,
        limit: i64,
    ) -> Result<SearchPage> {
        let nothing = SearchPage {
            people: Vec::new(),
            hits: Vec::new(),
            next: None,
        };
        let Some(wanted) = wanted(query) else {
            return Ok(nothing);
        };
        let only_text = Wanted {
            text: wanted.text.clone(),
            ..Wanted::default()
        } == wanted;
        self.store.read(|db| {
            let people = if only_text && from_hit.is_none() {
                self.people(db, &query.text)?
            } else {
                Vec::new()
            };
            if only_text && wanted.text.is_empty() {
                return Ok(SearchPage { people, ..nothing });
            }
            let limit = usize::try_from(limit).unwrap_or(0);
            let found = search::page(db, &wanted, from_hit, limit)?;
            // Most hits lie in few threads.
            let mut names: HashMap<i64, String> = HashMap::new();
            let mut hits = Vec::with_capacity(found.hits.len());
            for hit in found.hits {
                let name = match names.entry(hit.thread_id) {
                    Entry::Occupied(known) => known.get().clone(),
                    Entry::Vacant(new) => new.insert(threads::title(db, hit.thread_id)?).clone(),
                };
                hits.push(SearchHit {
                    thread_id: hit.thread_id,
                    message_id: hit.message_id,
                    at: hit.at,
                    name,
                    outgoing: hit.direction == message::OUT,
                    kind: hit.kind,
                    snippet: hit.snippet,
                });
            }
            Ok(SearchPage {
                people,
                hits,
                next: found.next,
            })
        })
    }

    fn people(&self, db: &Connection, text: &str) -> Result<Vec<PersonHit>> {
        let now = self.clock.now();
        let unsure = self.unsure_since(now);
        let margin = settings(db)?.margin_ms;
        let mut people = Vec::new();
        for person in search::people(db, &Words::of_person(text), PEOPLE)? {
            let Some(thread) = thread::get(db, person.thread_id)? else {
                continue;
            };
            people.push(PersonHit {
                thread_id: thread.id,
                name: threads::person_name(&thread),
                matched: person.matched,
                window: threads::window(&thread, now, margin, unsure),
                last_at: thread.last_at,
            });
        }
        Ok(people)
    }
}

/// What the store is asked; `None` where nothing can fit.
fn wanted(query: &SearchQuery) -> Option<Wanted> {
    let said = |chip: &Option<String>| {
        let chip = chip.as_deref().map(str::trim).unwrap_or_default();
        (!chip.is_empty()).then(|| chip.to_owned())
    };
    let text = Words::of(&query.text);
    let mut wanted = Wanted {
        label: said(&query.label),
        before: query.before,
        after: query.after,
        thread_id: query.thread_id,
        ..Wanted::default()
    };
    // Signs that are no words find nothing, rather than everything.
    if text.is_empty() && !query.text.trim().is_empty() {
        return None;
    }
    wanted.text = text;
    if let Some(from) = said(&query.from) {
        wanted.sender = if from.eq_ignore_ascii_case("me") {
            Sender::Us
        } else {
            let words = Words::of_person(&from);
            if words.is_empty() {
                return None;
            }
            Sender::Customer(words)
        };
    }
    if let Some(has) = said(&query.has) {
        wanted.kinds = match has.to_lowercase().as_str() {
            "image" => &["image"],
            "video" => &["video"],
            "audio" => &["audio", "voice"],
            "document" => &["document"],
            "sticker" => &["sticker"],
            "location" => &["location"],
            "contact" => &["contacts"],
            "note" => &["note"],
            "link" => {
                wanted.link = true;
                &[]
            }
            _ => return None,
        };
    }
    Some(wanted)
}
