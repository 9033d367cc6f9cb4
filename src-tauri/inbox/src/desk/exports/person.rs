//! Everything the ledger holds about one person, the evidence's bytes with it, for a paper that proves it.

use super::super::{Desk, not_found};
use crate::{
    consent, customer,
    ledger::{self, Personal, Public},
    view::ConsentSummary,
};
use store::{
    Connection, Result, about_person, customer as rows, evidence, ledger as entries, ledger_page,
};

/// The most of a person's evidence that is put on paper: beyond it, pictures are named only.
const PICTURES: usize = 64 << 20;

#[derive(Clone, Default, serde::Serialize)]
pub struct PersonRecord {
    pub customer_id: i64,
    /// Empty: without one.
    pub name: String,
    /// `phone`, `wa_id`, `bsuid`, `parent_bsuid`, `username` with their values.
    pub identifiers: Vec<(String, String)>,
    pub language: String,
    pub minor: Option<bool>,
    pub summary: Option<ConsentSummary>,
    /// The oldest first; uses are counted in the summary.
    pub acts: Vec<PersonAct>,
}

#[derive(Clone, Default, serde::Serialize)]
pub struct PersonAct {
    pub public: Public,
    pub personal: Personal,
    /// `DEVICE/SEQ`.
    pub entry: String,
    pub hash: String,
    pub prev: String,
    pub evidence: Vec<PersonEvidence>,
}

#[derive(Clone, Default, serde::Serialize)]
pub struct PersonEvidence {
    pub sha256: String,
    pub kind: String,
    pub mime_type: String,
    /// `None`: its time was over and it was let go. Base64 in JSON.
    #[serde(rename = "base64", serialize_with = "as_base64")]
    pub bytes: Option<Vec<u8>>,
}

fn as_base64<S: serde::Serializer>(
    bytes: &Option<Vec<u8>>,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    match bytes {
        Some(bytes) => serializer.serialize_some(&STANDARD.encode(bytes)),
        None => serializer.serialize_none(),
    }
}

/// As he is called and reached in a list.
#[derive(Clone, Default)]
pub struct Addressee {
    /// Empty: without one.
    pub name: String,
    /// With its plus; empty: none is known.
    pub phone: String,
    /// With its @; empty: none is known.
    pub username: String,
}

impl Desk {
    pub fn addressee(&self, customer_id: i64) -> Result<Addressee> {
        self.store.read(|db| {
            let number = customer::number(db, customer_id)?;
            let username = about_person::profile_of(db, customer_id, "username")?;
            Ok(Addressee {
                name: called(db, customer_id)?,
                phone: number.map(|wa| format!("+{wa}")).unwrap_or_default(),
                username: username
                    .filter(|name| !name.is_empty())
                    .map(|name| format!("@{}", name.trim_start_matches('@')))
                    .unwrap_or_default(),
            })
        })
    }

    pub fn export_person(&self, customer_id: i64) -> Result<PersonRecord> {
        let now = self.clock.now();
        self.store.read(|db| {
            let persons = rows::of_customer(db, customer_id)?;
            if persons.is_empty() {
                return Err(not_found());
            }
            let mut room = PICTURES;
            let acts = ledger_page::acts_of(db, customer_id)?
                .iter()
                .filter_map(|hash| act(db, hash, &mut room).transpose())
                .collect::<Result<Vec<_>>>()?;
            let mut said = acts.iter().rev().map(|act| &act.personal.language);
            let language = said.find(|language| !language.is_empty()).cloned();
            Ok(PersonRecord {
                customer_id,
                name: called(db, customer_id)?,
                identifiers: identifiers(db, customer_id, &acts)?,
                language: language.unwrap_or_default(),
                minor: consent::minor_of(db, customer_id)?.map(|(minor, _)| minor),
                summary: Some(consent::state_of(db, customer_id, now)?),
                acts,
            })
        })
    }
}

/// As staff or the person says; somebody of the ledger alone is called as was written down at the counter.
fn called(db: &Connection, customer_id: i64) -> Result<String> {
    if let Some(name) = about_person::called(db, customer_id)? {
        return Ok(name);
    }
    for hash in ledger_page::acts_of(db, customer_id)?.iter().rev() {
        let personal = entries::personal(db, hash)?.and_then(|part| Personal::read(&part.personal));
        if let Some(personal) = personal.filter(|personal| !personal.name.is_empty()) {
            return Ok(personal.name);
        }
    }
    Ok(String::new())
}

fn identifiers(
    db: &Connection,
    customer_id: i64,
    acts: &[PersonAct],
) -> Result<Vec<(String, String)>> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut note = |kind: &str, value: String| {
        let pair = (kind.to_owned(), value);
        if !pair.1.is_empty() && !all.contains(&pair) {
            all.push(pair);
        }
    };
    if let Some(number) = customer::number(db, customer_id)? {
        note("phone", format!("+{number}"));
    }
    for person in rows::of_customer(db, customer_id)? {
        match person.key.split_once(':') {
            Some(("b", bsuid)) => note("bsuid", bsuid.to_owned()),
            Some(("w", wa)) => note("wa_id", wa.split('@').next().unwrap_or(wa).to_owned()),
            _ => {}
        }
        for identity in rows::identities(db, person.id)? {
            note(&identity.kind, identity.value);
        }
    }
    // Named in an act and not known any more, as a number that passed on.
    for known in acts.iter().flat_map(|act| &act.personal.known) {
        note(&known.kind, known.value.clone());
    }
    Ok(all)
}

fn act(db: &Connection, hash: &entries::Digest, room: &mut usize) -> Result<Option<PersonAct>> {
    let Some(row) = entries::by_hash(db, hash)? else {
        return Ok(None);
    };
    let Some(public) = Public::read(&row.public) else {
        return Ok(None);
    };
    let personal = entries::personal(db, hash)?
        .and_then(|part| Personal::read(&part.personal))
        .unwrap_or_default();
    let mut shown = Vec::new();
    for item in &personal.evidence {
        let kept = evidence::get(db, &item.sha256)?;
        let size = kept
            .as_ref()
            .map_or(0, |row| usize::try_from(row.size).unwrap_or(usize::MAX));
        let bytes = match kept {
            Some(_) if size <= *room => {
                *room -= size;
                evidence::bytes(db, &item.sha256)?
            }
            Some(_) => Some(Vec::new()),
            None => None,
        };
        shown.push(PersonEvidence {
            sha256: item.sha256.clone(),
            kind: item.kind.clone(),
            mime_type: item.mime.clone(),
            bytes,
        });
    }
    Ok(Some(PersonAct {
        entry: ledger::entry_name(&row.device, row.seq),
        hash: hex::encode(row.hash),
        prev: hex::encode(row.prev),
        public,
        personal,
        evidence: shown,
    }))
}
