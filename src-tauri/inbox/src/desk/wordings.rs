//! Wordings and purposes, as the owner keeps them.

use super::{Desk, SHOP_NAME, not_found};
use crate::{
    consent::wordings::{self, findings},
    ledger,
    view::{Change, Purpose, Wording, WordingDraft, WordingFinding},
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use store::{
    Connection, Result, consent, setting,
    wording::{self, PurposeRow, WordingRow},
};
use uuid::Uuid;

/// A word on a button beside a box to tick.
const LABEL_MAX: usize = 40;

impl Desk {
    /// Every version of every wording, the newest first.
    pub fn wordings(&self) -> Result<Vec<Wording>> {
        self.supply_wordings()?;
        self.store.read(all_wordings)
    }

    pub fn check_wording(&self, draft: &WordingDraft) -> Result<Vec<WordingFinding>> {
        let business = self.store.read(business_name)?;
        Ok(findings(&draft.text, &business))
    }

    /// The next version of a wording, or the first of a new one. The same words again make no new version.
    pub fn save_wording(&self, draft: &WordingDraft) -> Result<Wording> {
        self.supply_wordings()?;
        let now = self.clock.now();
        let saved = self.store.write(|db| {
            let all = wording::all(db)?;
            let id = match draft.id.as_str() {
                "" => Uuid::now_v7().to_string(),
                id => id.to_owned(),
            };
            // `all` has the newest version of each first.
            let before = all.iter().find(|row| row.id == id);
            if let Some(row) = before
                && row.text == draft.text
                && row.retired_at < 0
            {
                return Ok(row.clone());
            }
            let row = WordingRow {
                version: before.map_or(1, |row| row.version + 1),
                purpose: before.map_or(draft.purpose.clone(), |row| row.purpose.clone()),
                language: before.map_or(draft.language.clone(), |row| row.language.clone()),
                text: draft.text.clone(),
                since: now,
                retired_at: -1,
                supplied: false,
                id,
            };
            wording::retire(db, &row.id, now)?;
            wording::put(db, &row)?;
            Ok(row)
        })?;
        self.tell_of_consents();
        self.store.read(|db| {
            let found = all_wordings(db)?;
            let mut of_it = found.into_iter();
            of_it
                .find(|w| (w.id.as_str(), w.version) == (saved.id.as_str(), saved.version))
                .ok_or_else(not_found)
        })
    }

    /// It is shown no more; what rests on it stays as it is.
    pub fn retire_wording(&self, wording_id: &str) -> Result<()> {
        let now = self.clock.now();
        self.store
            .write(|db| wording::retire(db, wording_id, now))?;
        self.tell_of_consents();
        Ok(())
    }

    /// A purpose of the shop's own; an empty label takes it away. What people agreed to stays in the ledger.
    pub fn save_purpose(&self, purpose: &Purpose) -> Result<()> {
        let label: String = purpose.label.trim().chars().take(LABEL_MAX).collect();
        let key = match purpose.key.strip_prefix("own:") {
            Some(_) => purpose.key.clone(),
            None => format!("own:{}", Uuid::now_v7().simple()),
        };
        let now = self.clock.now();
        self.store.write(|db| {
            let row = PurposeRow {
                key,
                label,
                advertising: purpose.advertising,
                at: now,
            };
            // What counts as advertising decides whom it may be sent to.
            if wording::observe_purpose(db, &row)? {
                crate::consent::rebuild(db)?;
            }
            Ok(())
        })?;
        self.tell_of_consents();
        Ok(())
    }

    pub(super) fn supply_wordings(&self) -> Result<()> {
        let there = self
            .store
            .read(|db| wording::get(db, &wordings::supplied_id(ledger::SERVICE, "en"), 1))?;
        if there.is_none() {
            self.store.write(wordings::supply)?;
        }
        Ok(())
    }

    pub(super) fn tell_of_consents(&self) {
        self.tell(Change {
            consents: true,
            ..Change::default()
        });
    }
}

/// The name customers see; empty while it is not known.
pub(crate) fn business_name(db: &Connection) -> Result<String> {
    Ok(setting::get(db, SHOP_NAME)?.unwrap_or_default())
}

/// The four every shop has, then the shop's own.
pub(super) fn purposes(db: &Connection) -> Result<Vec<Purpose>> {
    let common = ledger::PURPOSES.into_iter().map(|key| Purpose {
        key: key.to_owned(),
        label: String::new(),
        advertising: key == ledger::OFFERS,
    });
    let own = wording::purposes(db)?
        .into_iter()
        .filter(|row| !row.label.is_empty())
        .map(|row| Purpose {
            key: row.key,
            label: row.label,
            advertising: row.advertising,
        });
    Ok(common.chain(own).collect())
}

pub(super) fn all_wordings(db: &Connection) -> Result<Vec<Wording>> {
    let business = business_name(db)?;
    let used: BTreeMap<(String, i64), i64> = consent::wordings_used(db)?.into_iter().collect();
    let rows = wording::all(db)?.into_iter();
    Ok(rows.map(|row| view(row, &business, &used)).collect())
}

fn view(row: WordingRow, business: &str, used: &BTreeMap<(String, i64), i64>) -> Wording {
    let shown = wordings::shown(&row.text, business);
    Wording {
        sha256: hex::encode(Sha256::digest(shown.as_bytes())),
        findings: findings(&row.text, business),
        used: used
            .get(&(row.id.clone(), row.version))
            .copied()
            .unwrap_or(0),
        shown,
        id: row.id,
        version: row.version,
        purpose: row.purpose,
        language: row.language,
        text: row.text,
        since: row.since,
        retired_at: (row.retired_at >= 0).then_some(row.retired_at),
        built_in: row.supplied,
    }
}
