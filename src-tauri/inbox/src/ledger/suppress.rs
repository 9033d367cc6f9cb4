//! Who must not be written to although the ledger knows nothing of them any more: an erasure takes the person away,
//! and leaves keyed digests of the identifiers, so that the next import cannot bring the person back. A stop that the
//! ledger could not take is kept the same way.

use super::entry::Digest;
use cloud_api::webhook::Peer;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::{BTreeMap, BTreeSet};
use store::{Connection, Result, StoreError, customer, erasure, setting, suppression};

const KEY: &str = "suppression_key";

/// Why somebody is suppressed, `source` of a row.
pub(crate) const ERASURE: &str = "erasure";
pub(crate) const STOP: &str = "stop";

/// The latest word on one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Suppressed {
    pub scope: String,
    pub since: i64,
    /// Else the person said so.
    pub erased: bool,
}

fn key(db: &Connection) -> Result<Option<Vec<u8>>> {
    Ok(setting::get(db, KEY)?.and_then(|text| hex::decode(text).ok()))
}

fn ensured_key(db: &Connection) -> Result<Vec<u8>> {
    if let Some(key) = key(db)? {
        return Ok(key);
    }
    let key = super::record::random()?;
    setting::set(db, KEY, &hex::encode(key))?;
    Ok(key.to_vec())
}

fn digest(key: &[u8], kind: &str, value: &str) -> Result<Digest> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .map_err(|_| StoreError::Random("the suppression key is empty".into()))?;
    mac.update(kind.as_bytes());
    mac.update(b":");
    mac.update(value.as_bytes());
    Ok(mac.finalize().into_bytes().into())
}

/// Suppresses identifiers; says whether any of it is news.
pub(crate) fn suppress(
    db: &Connection,
    identifiers: &[(&str, &str)],
    scope: &str,
    since: i64,
    source: &str,
) -> Result<bool> {
    if identifiers.is_empty() {
        return Ok(false);
    }
    let key = ensured_key(db)?;
    let mut news = false;
    for (kind, value) in identifiers {
        let hash = digest(&key, kind, value)?;
        news |= suppression::observe(db, (kind, &hash), scope, since, source)?;
    }
    Ok(news)
}

/// Notes that everything known by these was erased at `at`. True if any of it is news.
pub(crate) fn mark_erased(db: &Connection, items: &[(&str, &str)], at: i64) -> Result<bool> {
    let key = ensured_key(db)?;
    let mut news = false;
    for (kind, value) in items {
        news |= erasure::observe(db, kind, &digest(&key, kind, value)?, at)?;
    }
    Ok(news)
}

/// When what is known by any of these was erased, at the latest.
pub(crate) fn erased_at(db: &Connection, items: &[(&str, &str)]) -> Result<Option<i64>> {
    let Some(key) = key(db)? else {
        return Ok(None);
    };
    let mut latest = None;
    for (kind, value) in items {
        latest = latest.max(erasure::at(db, kind, &digest(&key, kind, value)?)?);
    }
    Ok(latest)
}

/// Since when somebody known by these is suppressed, by scope.
pub fn suppressed(db: &Connection, who: &Peer) -> Result<Vec<(String, i64)>> {
    let of = |kind, value: &Option<String>| value.clone().map(|value| (kind, value));
    let all = [of("bsuid", &who.bsuid), of("wa_id", &who.wa_id)];
    let found = latest(db, all.into_iter().flatten())?.into_iter();
    Ok(found.map(|one| (one.scope, one.since)).collect())
}

/// The same for a customer, by everything that is known of the persons.
pub(crate) fn suppressions_of(db: &Connection, customer_id: i64) -> Result<Vec<Suppressed>> {
    if !suppression::any(db)? {
        return Ok(Vec::new());
    }
    let mut identifiers = BTreeSet::new();
    for person in customer::of_customer(db, customer_id)? {
        match person.key.split_once(':') {
            Some(("b", bsuid)) => identifiers.insert(("bsuid", bsuid.to_owned())),
            Some(("w", wa)) => {
                let number = wa.split('@').next().unwrap_or_default();
                identifiers.insert(("wa_id", number.to_owned()))
            }
            _ => false,
        };
        for identity in customer::identities(db, person.id)? {
            if identity.kind == "wa_id" {
                identifiers.insert(("wa_id", identity.value));
            }
        }
    }
    latest(db, identifiers)
}

fn latest(
    db: &Connection,
    identifiers: impl IntoIterator<Item = (&'static str, String)>,
) -> Result<Vec<Suppressed>> {
    let Some(key) = key(db)? else {
        return Ok(Vec::new());
    };
    let mut found: BTreeMap<String, (i64, String)> = BTreeMap::new();
    for (kind, value) in identifiers {
        for (scope, since, source) in suppression::of(db, kind, &digest(&key, kind, &value)?)? {
            let kept = found.entry(scope).or_default();
            *kept = (since, source).max(std::mem::take(kept));
        }
    }
    let found = found.into_iter();
    Ok(found
        .map(|(scope, (since, source))| Suppressed {
            scope,
            since,
            erased: source == ERASURE,
        })
        .collect())
}

/// Every customer who has one of these identifiers.
pub(crate) fn customers_with(
    db: &Connection,
    identifiers: &[(&str, &str)],
) -> Result<BTreeSet<i64>> {
    let mut customers = BTreeSet::new();
    for (kind, value) in identifiers {
        if *kind == "bsuid" {
            let person = customer::find(db, &format!("b:{value}"))?;
            customers.extend(person.map(|person| person.customer_id));
            continue;
        }
        let key = format!("w:{value}");
        let loose = customer::with_key_prefix(db, &key)?.into_iter();
        let of_number = |person: &customer::Person| {
            person.key == key || person.key.starts_with(&format!("{key}@"))
        };
        customers.extend(loose.filter(of_number).map(|person| person.customer_id));
        let seen = customer::seen_with(db, "wa_id", value)?;
        customers.extend(seen.into_iter().map(|(person, _)| person.customer_id));
    }
    Ok(customers)
}
