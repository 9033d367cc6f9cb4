//! Search over what was written and whom it was written with, newest first: never a ranking of everything
//! that matches.
//!
//! **One trigram index that only proposes.** `message_fts` and `thread_fts` know which rows hold which three
//! characters of the folded text (case, accents, ß as ss: [`fold`]) and nothing else (`detail = none`); every
//! row they propose is read and checked here. So any part of a word is found, in every script, and the check may
//! be finer than the index: ü is u, and ue finds ü and ü finds ue, while `neue` finds no `neu`. The index knows
//! nothing of ue; it is asked for both instead.
//!
//! `cargo run --release -p guichet-tests --bin bench -- --only index`, 200,000 made-up texts of 87 bytes:
//!
//! | index | bytes per text | inserting | newest 50: frequent, middling, rare word |
//! |---|---|---|---|
//! | unicode61, prefix 2 3 (words only) | 108 | 1 | 6.0, 0.2, 0.2 ms |
//! | trigram, detail = full | 239 | 1.6 | 0.2, 0.2, 0.2 ms |
//! | trigram, detail = column | 204 | 1.5 | 0.2, 0.2, 0.2 ms |
//! | trigram, detail = none | 68 | 1.2 | 0.2, 0.2, 0.2 ms |
//!
//! **Less than three characters** have no trigram. They are looked for from the newest message back, as the
//! beginning of a word; most stand in the last few hundred. Each page looks at a bounded number of messages
//! ([`messages`]), whatever was asked: a page may hold few hits, or none, and still say where the next begins.

mod consent_people;
mod fold;
mod links;
mod messages;
mod people;
mod snippet;
mod words;

pub use consent_people::consent_people;
pub use fold::plain;
pub use messages::{Hit, Page, Sender, Wanted, page};
pub use people::{Person, people};
pub use words::Words;

use rusqlite::Connection;

/// Makes the schema's own functions known to a connection.
pub fn teach(db: &Connection) -> rusqlite::Result<()> {
    fold::teach(db)?;
    links::teach(db)
}
