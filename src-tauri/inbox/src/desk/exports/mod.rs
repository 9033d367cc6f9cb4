//! What leaves the ledger: rows for tables, the whole chain, everything for one person's paper. Each export is an
//! entry of its own, with the head it was made at and the digest of the file.

mod events;
mod held;
mod matching;
mod person;
mod sheet;

pub use events::EventRecord;
pub use held::{Held, HeldFile, HeldMessage};
pub use person::{Addressee, PersonAct, PersonEvidence, PersonRecord};
pub use sheet::{SheetCode, SheetRecord, SheetWording};

use super::{Desk, wordings::business_name as business};
use crate::{
    ledger::{self, Act, Event, Head, SignedHead},
    view::ConsentRefusal,
};
use std::collections::BTreeMap;
use store::{Result, wording};

/// Where the ledger stood when an export was begun; what is recorded while it is written is not in it.
#[derive(Debug, Clone)]
pub struct Export {
    pub made_at: i64,
    pub business: String,
    /// As people read it; empty: none is connected.
    pub own_number: String,
    pub head: Head,
    pub signed: SignedHead,
    /// Hex.
    pub public_key: String,
    /// This device's name in the ledger.
    pub device: String,
    /// What purposes of the shop's own are called, by key.
    pub labels: BTreeMap<String, String>,
}

impl Export {
    /// This device's newest entry: `DEVICE/SEQ` and its hash; both empty while the ledger is.
    pub fn own_head(&self) -> (String, String) {
        let own = self.head.devices.iter().find(|d| d.device == self.device);
        let any = own.or(self.head.devices.first());
        any.map(|d| (ledger::entry_name(&d.device, d.seq), d.hash.clone()))
            .unwrap_or_default()
    }

    /// A purpose as people read it: its key, or the label of one of the shop's own.
    pub fn called<'a>(&'a self, purpose: &'a str) -> &'a str {
        self.labels.get(purpose).map_or(purpose, String::as_str)
    }

    pub fn entries(&self) -> u64 {
        u64::try_from(self.head.count).unwrap_or_default()
    }
}

/// A file that was written.
#[derive(Debug, Clone, Default)]
pub struct Exported {
    /// `csv`, `xlsx` …
    pub format: String,
    pub rows: u64,
    /// Hex, of the file.
    pub sha256: String,
    /// What the list was narrowed to; empty: nothing.
    pub filter: String,
}

impl Desk {
    /// Signs where the ledger stands.
    pub fn begin_export(&self) -> Result<Export> {
        let now = self.clock.now();
        let own_number = self.account.display.clone();
        self.store.write(|db| {
            let signed = ledger::sign_head(db, now, "")?;
            Ok(Export {
                made_at: now,
                business: business(db)?,
                own_number,
                head: serde_json::from_str(&signed.head)?,
                signed,
                public_key: ledger::public_key(db)?,
                device: ledger::device(db)?,
                labels: wording::purposes(db)?
                    .into_iter()
                    .filter(|purpose| !purpose.label.is_empty())
                    .map(|purpose| (purpose.key, purpose.label))
                    .collect(),
            })
        })
    }

    /// Hands out the whole chain, line by line, until `line` says no. Says whether all were wanted.
    pub fn export_chain(&self, line: impl FnMut(&str) -> bool) -> Result<bool> {
        let now = self.clock.now();
        // A reader must not be the one who makes these.
        self.store
            .write(|db| Ok((ledger::public_key(db)?, ledger::device(db)?)))?;
        self.store
            .read(|db| ledger::lines(db, &business(db)?, now, line))
    }

    /// Notes an export in the ledger. A ledger that is read-only is exported all the same: that is when it is needed.
    pub fn record_export(&self, exported: &Exported) -> Result<()> {
        let now = self.clock.now();
        let mut act = Act::new(Event::Exported, uuid::Uuid::new_v4().to_string(), now);
        act.purposes = vec![ledger::ALL.to_owned()];
        act.channel = ledger::channel::STAFF.to_owned();
        act.note = format!(
            "{}, {} rows, SHA-256 {}{}",
            exported.format,
            exported.rows,
            exported.sha256,
            match exported.filter.as_str() {
                "" => String::new(),
                filter => format!(", {filter}"),
            }
        );
        let done = self.store.write(|db| {
            act.staff = super::settings::me(db)?;
            ledger::record(db, &act, now)
        })?;
        match done {
            Ok(recorded) => self.tell(recorded.change),
            Err(ConsentRefusal::LedgerBroken { entry }) => {
                tracing::warn!(entry, "an export could not be noted in the ledger");
            }
            Err(_) => tracing::warn!("an export could not be noted in the ledger"),
        }
        Ok(())
    }
}
