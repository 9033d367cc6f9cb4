//! What a search finds.

use super::{PersonName, WindowView};

crossing! {
    /// What was typed, its chips already taken apart.
    #[derive(Default)]
    pub struct SearchQuery {
        pub text: String,
        /// `from:` a customer's name, number or username; `me` for what we wrote.
        pub from: Option<String>,
        /// `has:` image, video, audio, document, location, contact, link, note.
        pub has: Option<String>,
        /// `label:`
        pub label: Option<String>,
        /// Before and from this time.
        pub before: Option<i64>,
        pub after: Option<i64>,
        /// Only in this thread.
        pub thread_id: Option<i64>,
    }

    pub struct SearchPage {
        /// Customers by name, number or username; only on the first page.
        pub people: Vec<PersonHit>,
        pub hits: Vec<SearchHit>,
        /// Pass as `from_hit` for the next page.
        pub next: Option<i64>,
    }

    pub struct PersonHit {
        pub thread_id: i64,
        pub name: PersonName,
        /// What was found, the hit between U+0002 and U+0003.
        pub matched: String,
        pub window: WindowView,
        pub last_at: i64,
    }

    pub struct SearchHit {
        pub thread_id: i64,
        pub message_id: i64,
        pub at: i64,
        pub name: String,
        pub outgoing: bool,
        /// `text`, `image`, `note` …
        pub kind: String,
        /// Text around the hit; the hit stands between U+0002 and U+0003.
        pub snippet: String,
    }
}

impl SearchQuery {
    /// Words alone.
    pub fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }
}
