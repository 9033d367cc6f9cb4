//! What stands on a sheet for the shop: the wordings in force, in full, and a code that whoever scans it sends.
//!
//! The code of a sheet does not run out, and it knows the versions that stand beside it: a sheet that still hangs
//! there when a wording was changed proves what was read, not what is written today.

use super::super::{
    Desk,
    counter::{digits, new_code, scan_text, wa_me},
    wordings::{business_name, purposes},
};
use crate::{
    consent::wordings,
    ledger::PublicWording,
    view::{CounterEntry, Sheet, WordingRef},
};
use store::{
    Connection, Result,
    consent_code::{self, CodeRow},
};
use uuid::Uuid;

/// One purpose and its wording, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetWording {
    /// A key, or the label of a purpose of the shop's own.
    pub purpose: String,
    pub text: String,
    pub id: String,
    pub version: i64,
    /// Hex, of the text as it is shown.
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetRecord {
    pub made_at: i64,
    pub business: String,
    /// As people read it; empty: none is connected.
    pub own_number: String,
    pub wordings: Vec<SheetWording>,
    /// `None`: no number is connected, so there is nobody to write to.
    pub qr: Option<SheetCode>,
    /// By which a filled-in form is found again; empty on other sheets.
    pub form_number: String,
}

/// What a scan leads to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetCode {
    pub url: String,
    /// The message it makes people send.
    pub text: String,
}

impl Desk {
    /// The wordings in force for these purposes in a language, in the order the shop shows them.
    pub fn sheet(&self, sheet: Sheet, language: &str, wanted: &[String]) -> Result<SheetRecord> {
        self.supply_wordings()?;
        let now = self.clock.now();
        let own_number = self.account.display.clone();
        let own = digits(&own_number);
        self.store.write(|db| {
            let business = business_name(db)?;
            let mut shown = Vec::new();
            let mut refs = Vec::new();
            let mut keys = Vec::new();
            for purpose in purposes(db)? {
                if !wanted.contains(&purpose.key) {
                    continue;
                }
                let Some(row) = wordings::current(db, &purpose.key, language)? else {
                    continue;
                };
                let act = wordings::for_act(&row, &business);
                shown.push(SheetWording {
                    sha256: PublicWording::of(&act).sha256,
                    text: act.text,
                    id: row.id.clone(),
                    version: row.version,
                    purpose: match purpose.label.as_str() {
                        "" => purpose.key.clone(),
                        label => label.to_owned(),
                    },
                });
                refs.push(WordingRef {
                    id: row.id,
                    version: row.version,
                });
                keys.push(purpose.key);
            }
            let qr = match own.is_empty() || shown.is_empty() {
                true => None,
                false => Some(standing_code(db, &own, language, keys, refs, now)?),
            };
            Ok(SheetRecord {
                made_at: now,
                wordings: shown,
                business,
                own_number,
                qr,
                form_number: match sheet {
                    Sheet::Form => form_number(),
                    Sheet::Poster | Sheet::Card => String::new(),
                },
            })
        })
    }
}

/// The same sheet printed again has the same code.
fn standing_code(
    db: &Connection,
    own: &str,
    language: &str,
    purposes: Vec<String>,
    wordings: Vec<WordingRef>,
    now: i64,
) -> Result<SheetCode> {
    let entry = CounterEntry {
        number: String::new(),
        country: String::new(),
        name: String::new(),
        language: language.to_owned(),
        purposes,
        wordings,
        minor: None,
        guardian: String::new(),
    };
    let kept = serde_json::to_string(&entry)?;
    let code = match consent_code::standing(db, &kept)? {
        Some(code) => code,
        None => {
            let code = new_code(db)?;
            let row = CodeRow {
                code: code.clone(),
                entry: kept,
                made_at: now,
                expires_at: i64::MAX,
                state: consent_code::STANDING.to_owned(),
                confirmed_at: -1,
                ..CodeRow::default()
            };
            consent_code::put(db, &row)?;
            code
        }
    };
    let text = scan_text(db, &entry, &code)?;
    Ok(SheetCode {
        url: wa_me(own, &text),
        text,
    })
}

/// Enough to tell the forms of a shop apart, short enough to be typed.
fn form_number() -> String {
    let random = Uuid::new_v4().simple().to_string().to_uppercase();
    format!("F-{}", &random[..6])
}
