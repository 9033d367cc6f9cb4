//! The encrypted store: SQLite through SQLCipher, one file per table, all times given from outside.
//!
//! Rules: STRICT tables, NOT NULL with defaults, UTC milliseconds, keyset paging, numbered forward-only
//! migrations. One writer connection, a few readers, WAL, `synchronous = FULL`.

pub mod about_person;
pub mod amendment;
pub mod attachment;
pub mod batch;
pub mod batch_people;
pub mod consent;
pub mod consent_code;
pub mod consent_list;
pub mod customer;
pub mod delivery;
mod dump;
pub mod erasure;
mod error;
pub mod evidence;
pub mod guard_feed;
mod key;
pub mod label;
pub mod ledger;
pub mod ledger_page;
pub mod lookup;
pub mod mark;
pub mod media;
pub mod merge;
pub mod message;
pub mod notice;
pub mod number;
mod open;
pub mod opening;
pub mod outbox;
pub mod quick_reply;
pub mod raw_webhook;
pub mod reach;
pub mod search;
pub mod setting;
pub mod suppression;
pub mod template;
pub mod template_draft;
pub mod template_edit;
pub mod template_use;
pub mod template_word;
pub mod thread;
pub mod verdict;
pub mod wording;

pub use dump::{canonical_dump, check_search};
pub use error::{Result, StoreError};
pub use key::{PassphraseRecipe, StoreKey};
pub use open::{Store, backup_path, database_path, restore_backup, set_aside};
pub use rusqlite::Connection;

/// The error of a look-up that found nothing.
pub fn no_rows() -> rusqlite::Error {
    rusqlite::Error::QueryReturnedNoRows
}
