//! Search over customers and what was written.

use super::{Desk, threads};
use crate::view::{SearchHit, SearchPage, SearchQuery};
use std::collections::{HashMap, hash_map::Entry};
use store::{Result, search};

impl Desk {
    /// Customers and messages that fit, newest first; from behind message `from_hit`.
    pub fn search(
        &self,
        query: &SearchQuery,
        from_hit: Option<i64>,
        limit: i64,
    ) -> Result<SearchPage> {
        self.store.read(|db| {
            let found = search::page(db, &query.text, from_hit, limit)?;
            let full = i64::try_from(found.len()).unwrap_or(0) == limit;
            let next = if full {
                found.last().map(|hit| hit.message_id)
            } else {
                None
            };
            // Most hits lie in few threads.
            let mut names: HashMap<i64, String> = HashMap::new();
            let mut hits = Vec::with_capacity(found.len());
            for hit in found {
                let name = match names.entry(hit.thread_id) {
                    Entry::Occupied(known) => known.get().clone(),
                    Entry::Vacant(new) => new.insert(threads::title(db, hit.thread_id)?).clone(),
                };
                hits.push(SearchHit {
                    thread_id: hit.thread_id,
                    message_id: hit.message_id,
                    at: hit.at,
                    name,
                    outgoing: false,
                    kind: "text".into(),
                    snippet: hit.snippet,
                });
            }
            Ok(SearchPage {
                people: Vec::new(),
                hits,
                next,
            })
        })
    }
}
