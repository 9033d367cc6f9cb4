//! Which rows of a list may go in: whose number can be read, who stands in it once, and who has not stopped.

use crate::{
    consent,
    customer::{known_owner, variants},
    import::Row,
    ledger, phone,
    view::{BadRow, ConsentRefusal, ImportCounts, ImportMapping, ImportResult, NumberProblem},
};
use cloud_api::webhook::Peer;
use std::collections::HashSet;
use store::{Connection, Result, consent as rows};

/// Digits as they stand in a list: hardly a mobile number has fewer, and "n/a 1204" is none.
const SHORTEST: usize = 7;
const BAD_SHOWN: usize = 100;

/// A row that may go in.
pub(super) struct Good {
    /// As he is known already, where his line has two spellings.
    pub(super) wa_id: String,
    /// What he is not out of.
    pub(super) purposes: Vec<String>,
    pub(super) known: Option<i64>,
}

/// Counts rows and tells the good ones from the others.
pub(super) struct Sorting {
    mapping: ImportMapping,
    country: String,
    purposes: Vec<String>,
    seen: HashSet<String>,
    pub(super) counts: ImportCounts,
    pub(super) bad: Vec<BadRow>,
}

impl Sorting {
    pub(super) fn new(mapping: ImportMapping, country: &str, purposes: Vec<String>) -> Self {
        Self {
            mapping,
            country: country.to_owned(),
            purposes,
            seen: HashSet::new(),
            counts: ImportCounts::default(),
            bad: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, db: &Connection, row: &Row, now: i64) -> Result<Option<Good>> {
        self.counts.rows += 1;
        let text = cell(row, self.mapping.phone);
        // Where a country has numbers of any length, a house number is one too.
        let read = phone::read(text, &self.country).and_then(|phone| {
            match text.chars().filter(|c| c.is_numeric()).count() < SHORTEST {
                true => Err(NumberProblem::TooShort),
                false => Ok(phone),
            }
        });
        let phone = match read {
            Ok(phone) => phone,
            Err(why) => {
                self.unusable(row, text, why);
                return Ok(None);
            }
        };
        let mut spellings = vec![phone.digits.clone()];
        spellings.extend(variants(&phone.digits));
        if spellings.iter().any(|wa| self.seen.contains(wa)) {
            self.counts.twice += 1;
            return Ok(None);
        }
        let mut known = None;
        let mut out = HashSet::new();
        for wa in &spellings {
            if known.is_none()
                && let Some(person) = known_owner(db, wa, now)?
            {
                known = Some((person.customer_id, wa.clone()));
            }
            let peer = Peer {
                wa_id: Some(wa.clone()),
                ..Peer::default()
            };
            out.extend(
                ledger::suppressed(db, &peer)?
                    .into_iter()
                    .map(|(scope, _)| scope),
            );
        }
        self.seen.insert(phone.digits.clone());
        if let Some((customer_id, _)) = &known {
            let states = rows::states_of(db, *customer_id)?.into_iter();
            out.extend(
                states
                    .filter(|row| row.state == consent::OUT)
                    .map(|row| row.purpose),
            );
        }
        let mut purposes = self.purposes.clone();
        purposes.retain(|purpose| !out.contains(purpose));
        let all_out = purposes.is_empty() && !self.purposes.is_empty();
        if out.contains(ledger::ALL) || all_out {
            self.counts.suppressed += 1;
            return Ok(None);
        }
        self.counts.good += 1;
        self.counts.known += i64::from(known.is_some());
        let (known, wa_id) = match known {
            Some((customer_id, wa)) => (Some(customer_id), wa),
            None => (None, phone.digits),
        };
        Ok(Some(Good {
            wa_id,
            purposes,
            known,
        }))
    }

    fn unusable(&mut self, row: &Row, text: &str, why: NumberProblem) {
        self.counts.bad += 1;
        if self.bad.len() < BAD_SHOWN {
            self.bad.push(BadRow {
                line: row.line,
                text: text.chars().take(60).collect(),
                why,
            });
        }
    }

    pub(super) fn result(self, cancelled: bool, refused: Option<ConsentRefusal>) -> ImportResult {
        ImportResult {
            counts: self.counts,
            bad: self.bad,
            cancelled,
            refused,
        }
    }
}

pub(super) fn cell(row: &Row, at: i64) -> &str {
    let at = usize::try_from(at).ok();
    at.and_then(|at| row.cells.get(at))
        .map_or("", String::as_str)
}
