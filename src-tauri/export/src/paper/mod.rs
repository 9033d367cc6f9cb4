//! Documents on paper: proof for one person, everything held about a person, the list, and sheets for the counter.
//!
//! Templates are ours and constant (`typst/`); everything about people goes in as values. Nothing of the machine is
//! read: letters are the ones in `fonts/`, files and packages do not exist.

mod access;
mod letters;
mod list;
mod person;
mod qr;
mod setting;
mod sheet;

use std::path::Path;

pub use access::{AccessPaper, MessageOnPaper, NoteOnPaper};
pub use list::{ListPaper, ListRow, fits_on_paper};
pub use person::{ActOnPaper, Evidence, Person, PersonPaper, StateOnPaper, WordingOnPaper};
pub use sheet::{SheetBlock, SheetKind, SheetPaper};

use crate::{About, ExportError, Seal, Written, moment, place::Place};

/// What every paper says about itself.
#[derive(Clone, Copy)]
pub struct Letterhead<'a> {
    pub about: About<'a>,
    pub business: &'a str,
    /// As people read it there.
    pub own_number: &'a str,
}

impl Letterhead<'_> {
    fn shown(&self, at: Option<i64>) -> String {
        at.map(|at| moment::shown(at, self.about.zone, self.about.language))
            .unwrap_or_default()
    }

    fn day(&self, at: Option<i64>) -> String {
        at.map(|at| moment::shown_day(at, self.about.zone, self.about.language))
            .unwrap_or_default()
    }

    fn word(&self, key: &str) -> String {
        setting::word(self.about.language, key)
    }

    /// A word of a table such as `events`; what the table does not know stands as it is.
    fn named(&self, table: &str, key: &str) -> String {
        setting::named(self.about.language, table, key)
    }
}

/// Puts a finished document at its place. `rows`: what it is about, acts or messages.
pub fn write(target: &Path, pdf: &[u8], rows: u64) -> Result<Written, ExportError> {
    use std::io::Write;
    let place = Place::beside(target)?;
    let mut file = place.handle()?;
    file.write_all(pdf)?;
    place.keep(rows)
}

/// As the templates want it, with a code to scan that holds what is to be compared.
fn sealed(seal: &Seal) -> serde_json::Value {
    let scanned = format!(
        "guichet-ledger-1 {} {} {}",
        seal.entry, seal.head, seal.public_key
    );
    serde_json::json!({
        "entry": seal.entry,
        "entries": seal.entries,
        "head": seal.head,
        "public_key": seal.public_key,
        "signature": seal.signature,
        "code": seal.code(),
        "qr": qr::svg(&scanned).unwrap_or_default(),
    })
}
