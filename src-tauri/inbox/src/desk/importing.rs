//! A list that is brought along: what is in it, and its rows in the ledger. What went in stays when somebody has had
//! enough of waiting; it is told by its source, and the same file again adds nothing.

mod sorting;

use self::sorting::{Sorting, cell};
use super::{Desk, not_found, wordings::business_name};
use crate::{
    apply::Work,
    consent::wordings,
    fact::{Fact, FactKind, NameField, Trait},
    import::{self, Row, Table},
    ledger::{self, Act, Event, Evidence, LEDGER_BROKEN, ShownWording, TimeSource, channel},
    view::{
        Change, ConsentRefusal, ImportBatch, ImportMapping, ImportPreview, ImportResult, Strength,
    },
};
use cloud_api::webhook::Peer;
use sha2::{Digest, Sha256};
use std::sync::{Arc, PoisonError};
use store::{Connection, Result, about_person, evidence, setting, wording};

/// Rows in one transaction; also how often it is told how far it is.
const BATCH: usize = 1_000;
const SAMPLE: usize = 5;
/// Rows the columns are guessed by.
const JUDGED: usize = 100;

/// A file somebody chose.
#[derive(Clone)]
pub(super) struct Chosen {
    id: String,
    filename: String,
    table: Arc<Table>,
}

impl Desk {
    /// Reads a list and keeps it until the next one; what its columns are is guessed.
    pub fn read_import(
        &self,
        filename: &str,
        bytes: &[u8],
        country: &str,
    ) -> Result<ImportPreview> {
        let chosen = Chosen {
            // By its bytes: the same file is the same list.
            id: hex::encode(&Sha256::digest(bytes)[..8]),
            filename: filename.to_owned(),
            table: Arc::new(Table::read(bytes)),
        };
        let some: Vec<Row> = chosen.table.rows().take(JUDGED).collect();
        let heading = import::heading(some.first());
        let mapping = import::guess(heading, &some, country);
        *self.import.lock().unwrap_or_else(PoisonError::into_inner) = Some(chosen.clone());
        self.previewed(&chosen, mapping, country)
    }

    /// The same list, its columns read as somebody says.
    pub fn preview_import(
        &self,
        id: &str,
        mapping: ImportMapping,
        country: &str,
    ) -> Result<ImportPreview> {
        self.previewed(&self.chosen(id)?, mapping, country)
    }

    fn chosen(&self, id: &str) -> Result<Chosen> {
        let kept = self.import.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clone()
            .filter(|kept| kept.id == id)
            .ok_or_else(not_found)
    }

    fn previewed(
        &self,
        chosen: &Chosen,
        mapping: ImportMapping,
        country: &str,
    ) -> Result<ImportPreview> {
        let now = self.clock.now();
        let first: Vec<Row> = chosen.table.rows().take(SAMPLE + 1).collect();
        let heading = import::heading(first.first()).cloned();
        let columns = match &heading {
            Some(row) => row.cells.clone(),
            None => {
                let width = first.iter().map(|row| row.cells.len()).max().unwrap_or(0);
                (1..=width).map(|n| n.to_string()).collect()
            }
        };
        let mut sorting = Sorting::new(mapping, country, Vec::new());
        self.store.read(|db| {
            for row in body(&chosen.table) {
                sorting.take(db, &row, now)?;
            }
            Ok(())
        })?;
        let sample = first.into_iter().skip(usize::from(heading.is_some()));
        Ok(ImportPreview {
            id: chosen.id.clone(),
            filename: chosen.filename.clone(),
            format: chosen.table.format().to_owned(),
            columns,
            mapping,
            sample: sample.take(SAMPLE).map(|row| row.cells).collect(),
            counts: sorting.counts,
            bad: sorting.bad,
        })
    }

    /// Writes a list into the ledger, batch by batch, until `keep_going` (done, total) says no.
    pub fn import_consents(
        &self,
        batch: &ImportBatch,
        keep_going: &mut dyn FnMut(i64, i64) -> bool,
    ) -> Result<ImportResult> {
        let chosen = self.chosen(&batch.id)?;
        self.supply_wordings()?;
        let total = i64::try_from(body(&chosen.table).count()).unwrap_or(i64::MAX);
        let mut sorting = Sorting::new(batch.mapping, &batch.country, batch.purposes.clone());
        let of_all = match self.store.read(|db| self.shared(db, batch))? {
            Ok(of_all) => of_all,
            Err(why) => return Ok(sorting.result(false, Some(why))),
        };
        let mut rows = body(&chosen.table);
        let mut done = 0;
        loop {
            let some: Vec<Row> = rows.by_ref().take(BATCH).collect();
            if some.is_empty() {
                return Ok(sorting.result(false, None));
            }
            done += i64::try_from(some.len()).unwrap_or(0);
            let written = self
                .store
                .write(|db| self.take_batch(db, &some, batch, &of_all, &mut sorting))?;
            match written {
                Ok(change) => self.tell(change),
                Err(why) => return Ok(sorting.result(false, Some(why))),
            }
            if !keep_going(done, total) && done < total {
                return Ok(sorting.result(true, None));
            }
        }
    }

    /// What every row of the list has in common; refused where it cannot be an act at all.
    fn shared(
        &self,
        db: &Connection,
        batch: &ImportBatch,
    ) -> Result<std::result::Result<Act, ConsentRefusal>> {
        if batch.purposes.is_empty() {
            return Ok(Err(ConsentRefusal::NoPurpose));
        }
        if let Some(entry) = setting::get(db, LEDGER_BROKEN)?.filter(|entry| !entry.is_empty()) {
            return Ok(Err(ConsentRefusal::LedgerBroken { entry }));
        }
        let mut shown = Vec::new();
        if let Some(named) = &batch.wording {
            // An old list rests on words that may be retired by now.
            let Some(row) = wording::get(db, &named.id, named.version)? else {
                let wording = named.clone();
                return Ok(Err(ConsentRefusal::WordingRetired { wording }));
            };
            shown.push(ShownWording {
                purpose: String::new(),
                ..wordings::for_act(&row, &business_name(db)?)
            });
        }
        let mut proof = Vec::new();
        if let Some(id) = &batch.evidence {
            let Some(row) = evidence::get(db, id)? else {
                return Ok(Err(ConsentRefusal::NoEvidence));
            };
            proof.push(Evidence {
                sha256: row.sha256,
                kind: row.kind,
                mime: row.mime_type,
            });
        }
        let (event, strength) = match proof.is_empty() {
            true => (Event::Claimed, Strength::None),
            false => (Event::Granted, Strength::Good),
        };
        Ok(Ok(Act {
            channel: channel::IMPORT.to_owned(),
            strength,
            wordings: shown,
            evidence: proof,
            own_number: super::counter::digits(&self.account.display),
            staff: super::settings::me(db)?,
            ..Act::new(event, "", self.clock.now())
        }))
    }

    fn take_batch(
        &self,
        db: &Connection,
        some: &[Row],
        batch: &ImportBatch,
        of_all: &Act,
        sorting: &mut Sorting,
    ) -> Result<std::result::Result<Change, ConsentRefusal>> {
        let now = self.clock.now();
        let number = self.number();
        let mut work = Work::new(db);
        for row in some {
            let Some(good) = sorting.take(db, row, now)? else {
                continue;
            };
            let cell = |at: i64| cell(row, at).to_owned();
            let said = import::date(&cell(batch.mapping.date)).or(batch.consented_at);
            let peer = Peer {
                wa_id: Some(good.wa_id),
                ..Peer::default()
            };
            let name = cell(batch.mapping.name);
            let language = spoken(&cell(batch.mapping.language));
            let act = Act {
                act_id: format!("import:{}:{}", batch.id, row.line),
                purposes: good.purposes,
                who: Some(peer.clone()),
                at: said.unwrap_or(now).min(now),
                time_source: match said {
                    Some(_) => TimeSource::Stated,
                    None => TimeSource::default(),
                },
                name: name.clone(),
                language: language.clone(),
                source: format!("{}, {}", batch.source.trim(), row.line),
                ..of_all.clone()
            };
            match ledger::record_in(&mut work, &act, now)? {
                Ok(_) => {}
                // He stopped after the list was looked at, or before the day it names.
                Err(ConsentRefusal::Out { .. }) => {
                    sorting.counts.good -= 1;
                    sorting.counts.known -= i64::from(good.known.is_some());
                    sorting.counts.suppressed += 1;
                    continue;
                }
                Err(why) => return Ok(Err(why)),
            }
            let called = match good.known {
                Some(customer_id) => about_person::called(db, customer_id)?,
                None => None,
            };
            let mut kinds = Vec::new();
            if !name.is_empty() && called.is_none() {
                kinds.push(FactKind::Named {
                    peer: peer.clone(),
                    parent_bsuid: None,
                    field: NameField::Book,
                    value: name,
                    at: now,
                });
            }
            if !language.is_empty() && good.known.is_none() {
                kinds.push(FactKind::Described {
                    peer,
                    what: Trait::Language,
                    value: language,
                    at: now,
                });
            }
            for kind in kinds {
                work.apply(&Fact::new(&number, kind))?;
            }
        }
        work.finish().map(Ok)
    }
}

/// The rows below the heading, if there is one.
fn body(table: &Table) -> impl Iterator<Item = Row> + '_ {
    let first = table.rows().next();
    let skipped = usize::from(import::heading(first.as_ref()).is_some());
    table.rows().skip(skipped)
}

/// A language as lists name it; what nobody would understand is left out.
fn spoken(text: &str) -> String {
    let text = text.trim();
    let first = text.split(['-', '_']).next().unwrap_or_default();
    let is_tag = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    match is_tag && text.len() <= 10 {
        true => text.replace('_', "-"),
        false => String::new(),
    }
}
