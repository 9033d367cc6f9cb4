//! One entry of the ledger, and what is hashed of it.
//!
//! `commitment = SHA-256(salt ‖ personal)`, `hash = SHA-256("guichet-ledger-1" ‖ prev ‖ commitment ‖ public)`; both
//! JSON texts are kept and passed on byte for byte, so that nobody has to agree on how JSON is written.

use super::act::{Evidence, ShownWording};
use cloud_api::webhook::Peer;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::ledger::{EntryRow, PersonalRow};

pub use store::ledger::Digest;

/// Ahead of everything that is hashed into the chain.
const MARK: &[u8] = b"guichet-ledger-1";

/// What goes before a device's first entry.
pub const BEGINNING: Digest = [0; 32];

pub fn commitment(salt: &Digest, personal: &str) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(personal.as_bytes());
    hasher.finalize().into()
}

pub fn hash(prev: &Digest, commitment: &Digest, public: &str) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(MARK);
    hasher.update(prev);
    hasher.update(commitment);
    hasher.update(public.as_bytes());
    hasher.finalize().into()
}

/// An entry as it is stored, passed from device to device, and exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    pub device: String,
    /// 1, 2, 3 … on its device.
    pub seq: i64,
    pub prev: Digest,
    pub commitment: Digest,
    pub hash: Digest,
    pub public: String,
    /// `None` once it is erased.
    pub personal: Option<PersonalPart>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct PersonalPart {
    pub salt: Digest,
    pub text: String,
}

impl std::fmt::Debug for PersonalPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonalPart(…)")
    }
}

impl LedgerEntry {
    pub fn new(
        prev: Digest,
        salt: Digest,
        public: &Public,
        personal: &Personal,
    ) -> serde_json::Result<Self> {
        let (public_text, text) = (
            serde_json::to_string(public)?,
            serde_json::to_string(personal)?,
        );
        let commitment = commitment(&salt, &text);
        Ok(Self {
            device: public.device.clone(),
            seq: public.seq,
            prev,
            commitment,
            hash: hash(&prev, &commitment, &public_text),
            public: public_text,
            personal: Some(PersonalPart { salt, text }),
        })
    }

    /// Whether it is what its own hash says. Its place in the chain is another matter.
    pub fn is_sound(&self) -> bool {
        hash(&self.prev, &self.commitment, &self.public) == self.hash
            && self
                .personal
                .as_ref()
                .is_none_or(|part| commitment(&part.salt, &part.text) == self.commitment)
            && Public::read(&self.public)
                .is_some_and(|public| public.device == self.device && public.seq == self.seq)
    }

    pub fn name(&self) -> String {
        super::entry_name(&self.device, self.seq)
    }

    pub(crate) fn row(&self) -> EntryRow {
        EntryRow {
            device: self.device.clone(),
            seq: self.seq,
            hash: self.hash,
            prev: self.prev,
            commitment: self.commitment,
            public: self.public.clone(),
        }
    }
}

impl From<store::ledger::Walked> for LedgerEntry {
    fn from(walked: store::ledger::Walked) -> Self {
        let row = walked.entry;
        Self {
            device: row.device,
            seq: row.seq,
            prev: row.prev,
            commitment: row.commitment,
            hash: row.hash,
            public: row.public,
            personal: walked.personal.map(|part| PersonalPart {
                salt: part.salt,
                text: part.personal,
            }),
        }
    }
}

impl PersonalPart {
    pub(crate) fn row(&self) -> PersonalRow {
        PersonalRow {
            salt: self.salt,
            personal: self.text.clone(),
        }
    }
}

/// What stays for ever and names nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Public {
    pub v: u8,
    pub device: String,
    pub seq: i64,
    pub event: String,
    pub purpose: String,
    pub act_at: i64,
    pub recorded_at: i64,
    pub time_source: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<PublicWording>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// none, weak, good, strong.
    pub strength: String,
    /// So many milliseconds earlier than the entry ahead of it: the clock was set back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_back: Option<i64>,
    /// Hex hashes of the entries whose personal part this erases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erases: Vec<String>,
}

impl Public {
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PublicWording {
    pub id: String,
    pub version: i64,
    /// Hex, of the text as it was shown.
    pub sha256: String,
}

impl PublicWording {
    pub(crate) fn of(shown: &ShownWording) -> Self {
        Self {
            id: shown.id.clone(),
            version: shown.version,
            sha256: hex::encode(Sha256::digest(shown.text.as_bytes())),
        }
    }
}

/// What is known of the person, and goes when he is erased.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Personal {
    pub act_id: String,
    /// Whom the act is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<Peer>,
    /// What else he was known by then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<Known>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub business_name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub own_number: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub staff: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The wording word for word, as it was shown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub shown: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub wamid: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub template: String,
    /// Hex hash of the entry it answers or corrects.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub refers_to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minor: Option<bool>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub guardian: String,
}

impl Personal {
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// `(kind, value)` of every identifier by which he may be reached again.
    pub(crate) fn identifiers(&self) -> Vec<(&'static str, &str)> {
        let who = self.who.iter();
        let of_who = who.flat_map(|peer| {
            let bsuid = peer.bsuid.as_deref().map(|value| ("bsuid", value));
            let wa_id = peer.wa_id.as_deref().map(|value| ("wa_id", value));
            bsuid.into_iter().chain(wa_id)
        });
        let of_known = self.known.iter().filter_map(|known| {
            let kind = ["bsuid", "wa_id"].into_iter().find(|k| *k == known.kind)?;
            Some((kind, known.value.as_str()))
        });
        let mut all: Vec<_> = of_who.chain(of_known).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl std::fmt::Debug for Personal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Personal(…)")
    }
}

/// An identifier. kind: bsuid, wa_id, username, parent_bsuid.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    pub kind: String,
    pub value: String,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Known({})", self.kind)
    }
}

/// From 64 hex digits.
pub(crate) fn digest(text: &str) -> Option<Digest> {
    let mut digest = Digest::default();
    hex::decode_to_slice(text, &mut digest).ok()?;
    Some(digest)
}
