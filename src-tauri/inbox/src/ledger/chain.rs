//! Whether the stored chain is what was written: walked from the last place it was found right, or from the start.

use super::{
    entry::{BEGINNING, Digest, LedgerEntry, Public, commitment, digest, hash},
    signing,
};
use crate::view::{BrokenEntry, LedgerCheck};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Connection, Result, Store, ledger, setting};

/// Setting: the entry that does not fit, while the ledger is read-only; empty or missing while all is well.
pub const LEDGER_BROKEN: &str = "ledger_broken";
/// Setting: up to where each device's chain was found right.
const CHECKED: &str = "ledger_checked";
/// Setting: this device's newest entry, beside the ledger, so that a chain cut short is seen.
const HEAD: &str = "ledger_head";

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Mark {
    seq: i64,
    hash: String,
    clock_back: i64,
}

type Marks = BTreeMap<String, Mark>;

/// Walks the chains. `whole`: from the start, else from the last entry that was found right. What does not fit in this
/// device's own chain makes the ledger read-only; a whole walk that finds nothing wrong opens it again.
/// Reads beside whatever is written meanwhile.
pub fn check(store: &Store, whole: bool, now: i64) -> Result<LedgerCheck> {
    let (own, public_key) = store.write(|db| Ok((super::device(db)?, signing::public_key(db)?)))?;
    let (marks, check) = store.read(|db| {
        let (marks, broken) = walked(db, &own, whole)?;
        let head = ledger::head(db, &own)?;
        let check = LedgerCheck {
            entries: ledger::count(db)?,
            broken,
            head: head.map(|head| hex::encode(head.hash)).unwrap_or_default(),
            public_key,
            clock_back: marks.values().map(|mark| mark.clock_back).sum(),
            checked_at: now,
        };
        Ok((marks, check))
    })?;
    let of_ours = |found: &&BrokenEntry| {
        super::entry_named(&found.entry).is_some_and(|(device, _)| device == own)
    };
    let ours = check
        .broken
        .iter()
        .find(of_ours)
        .map(|found| found.entry.as_str());
    store.write(|db| {
        setting::set(db, CHECKED, &serde_json::to_string(&marks)?)?;
        match ours {
            Some(entry) => setting::set(db, LEDGER_BROKEN, entry),
            None if whole => setting::set(db, LEDGER_BROKEN, ""),
            None => Ok(()),
        }
    })?;
    Ok(check)
}

fn walked(db: &Connection, own: &str, whole: bool) -> Result<(Marks, Vec<BrokenEntry>)> {
    let mut marks: Marks = match whole {
        true => Marks::new(),
        false => read(db, CHECKED)?.unwrap_or_default(),
    };
    let mut broken = Vec::new();
    for device in ledger::devices(db)? {
        let mut walk = Walk::from(db, &device, marks.remove(&device), device == own)?;
        if walk.wrong.is_none() {
            ledger::walk(db, &device, walk.seq, |walked| {
                walk.step(&walked);
                Ok(walk.wrong.is_none())
            })?;
        }
        if device == own {
            walk.ends_at(read::<Mark>(db, HEAD)?.as_ref());
        }
        broken.extend(walk.wrong.take());
        marks.insert(device, walk.mark());
    }
    // A device that wrote before and has nothing here any more.
    if ledger::head(db, own)?.is_none() && read::<Mark>(db, HEAD)?.is_some() {
        broken.push(missing(own, 1));
    }
    Ok((marks, broken))
}

/// Remembers this device's newest entry.
pub(super) fn note_head(db: &Connection, entry: &LedgerEntry) -> Result<()> {
    let mark = Mark {
        seq: entry.seq,
        hash: hex::encode(entry.hash),
        clock_back: 0,
    };
    setting::set(db, HEAD, &serde_json::to_string(&mark)?)
}

fn read<T: serde::de::DeserializeOwned>(db: &Connection, key: &str) -> Result<Option<T>> {
    Ok(setting::get(db, key)?.and_then(|text| serde_json::from_str(&text).ok()))
}

/// One device's chain, as far as it was walked.
struct Walk {
    device: String,
    own: bool,
    seq: i64,
    prev: Digest,
    clock_back: i64,
    wrong: Option<BrokenEntry>,
}

impl Walk {
    fn from(db: &Connection, device: &str, mark: Option<Mark>, own: bool) -> Result<Self> {
        let mut walk = Self {
            device: device.to_owned(),
            own,
            seq: 0,
            prev: BEGINNING,
            clock_back: 0,
            wrong: None,
        };
        if let Some(mark) = mark.filter(|mark| mark.seq > 0)
            && let Some(hash) = digest(&mark.hash)
        {
            let there = ledger::by_place(db, device, mark.seq)?;
            if !there.iter().any(|entry| entry.hash == hash) {
                walk.wrong = Some(broken(device, mark.seq, "changed"));
            }
            (walk.seq, walk.prev, walk.clock_back) = (mark.seq, hash, mark.clock_back);
        }
        Ok(walk)
    }

    fn step(&mut self, walked: &ledger::Walked) {
        let entry = &walked.entry;
        let public = Public::read(&entry.public);
        let in_place = public
            .as_ref()
            .is_some_and(|public| public.device == entry.device && public.seq == entry.seq);
        self.wrong = if entry.seq > self.seq + 1 {
            Some(missing(&self.device, self.seq + 1))
        } else if hash(&entry.prev, &entry.commitment, &entry.public) != entry.hash {
            Some(broken(&self.device, entry.seq, "changed"))
        } else if entry.seq != self.seq + 1 || entry.prev != self.prev || !in_place {
            Some(broken(&self.device, entry.seq, "out_of_place"))
        } else {
            match &walked.personal {
                Some(part) if commitment(&part.salt, &part.personal) != entry.commitment => {
                    Some(broken(&self.device, entry.seq, "personal_changed"))
                }
                // Another device may have erased it, and its word about that may still come.
                None if !walked.erased && self.own => {
                    Some(broken(&self.device, entry.seq, "personal_changed"))
                }
                _ => None,
            }
        };
        if self.wrong.is_none() {
            (self.seq, self.prev) = (entry.seq, entry.hash);
            self.clock_back += i64::from(public.is_some_and(|p| p.clock_back.is_some()));
        }
    }

    /// `head`: the newest entry as it was remembered beside the ledger.
    fn ends_at(&mut self, head: Option<&Mark>) {
        if self.wrong.is_none()
            && let Some(head) = head
            && head.seq > self.seq
        {
            self.wrong = Some(missing(&self.device, self.seq + 1));
        }
    }

    fn mark(&self) -> Mark {
        Mark {
            seq: self.seq,
            hash: hex::encode(self.prev),
            clock_back: self.clock_back,
        }
    }
}

fn missing(device: &str, seq: i64) -> BrokenEntry {
    broken(device, seq, "missing")
}

fn broken(device: &str, seq: i64, why: &str) -> BrokenEntry {
    BrokenEntry {
        entry: super::entry_name(device, seq),
        why: why.to_owned(),
    }
}
