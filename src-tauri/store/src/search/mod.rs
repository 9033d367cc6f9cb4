//! Search over what was written and whom it was written with, newest first: never a ranking of everything
//! that matches.
//!
//! **One trigram index that only proposes.** `message_fts` and `thread_fts` know which rows hold which three
//! characters (case and Latin accents folded by SQLite) and nothing else (`detail = none`); every row they
//! propose is read and checked here. So any part of a word is found, in every script, and the check may be finer
//! than the index: ß is ss, ü is u and, typed as ü, also ue.
//!
//! Measured on 1,000,000 made-up messages of 87 bytes, all in memory, next to the plain insert of the row:
//!
//! | index | bytes per message | insert | newest 50: frequent, middling, rare word |
//! |---|---|---|---|
//! | unicode61, prefix 2 3 (words only) | 111 | 1.0 | 0.5, 0.2, 0.2 ms |
//! | trigram, detail = full | 236 | 1.6 | 0.2, 0.2, 0.3 ms |
//! | trigram, detail = none, and a check | 78 | 1.1 | 0.3, 0.4, 0.5 ms |
//!
//! `cargo run --release -p guichet-tests --bin bench -- --only look` measures it as it is now.
//!
//! **Less than three characters** have no trigram. They are looked for from the newest message back, as the
//! beginning of a word; most stand in the last few hundred. Each page looks at a bounded number of messages
//! ([`messages`]), whatever was asked: a page may hold few hits, or none, and still say where the next begins.

mod fold;
mod messages;
mod people;
mod snippet;
mod words;

pub use messages::{Hit, Page, Sender, Wanted, page};
pub use people::{Person, people};
pub use words::Words;
