//! The whole ledger as a file of JSON lines: a header, every entry as it was hashed, and the signed head.
//!
//! Texts that were hashed are strings inside the lines, byte for byte, so that nobody has to write JSON the same way.
//! Of an erased entry salt and personal part are not there.

use super::{
    entry::Digest,
    signing::{self, SignedHead},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::{
    Connection, Result,
    ledger::{self, Walked},
};

pub const FORMAT: &str = "guichet-ledger";
pub const VERSION: u32 = 1;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHeader {
    pub format: String,
    pub version: u32,
    /// The shop's name as customers see it.
    pub business: String,
    /// The device that wrote the file.
    pub device: String,
    pub made_at: i64,
    /// Ed25519, hex.
    pub public_key: String,
}

/// One entry. Hashes and salt in hex.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    pub public: String,
    pub commitment: String,
    pub prev: String,
    pub hash: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal: Option<String>,
}

impl FileEntry {
    fn of(walked: Walked) -> Self {
        let (salt, personal) = walked
            .personal
            .map(|part| (hex::encode(part.salt), part.personal))
            .unzip();
        Self {
            public: walked.entry.public,
            commitment: hex::encode(walked.entry.commitment),
            prev: hex::encode(walked.entry.prev),
            hash: hex::encode(walked.entry.hash),
            salt,
            personal,
        }
    }
}

/// What the signature covers of the first line.
pub(super) fn header_digest(line: &str) -> String {
    hex::encode(Digest::from(Sha256::digest(line.as_bytes())))
}

/// Hands every line to `line`, without its end, until it says no. Says whether all were written. Memory does not
/// grow with the ledger. `db` may only read if the key was made before ([`signing::public_key`]).
pub fn lines(
    db: &Connection,
    business: &str,
    now: i64,
    mut line: impl FnMut(&str) -> bool,
) -> Result<bool> {
    let header = serde_json::to_string(&FileHeader {
        format: FORMAT.to_owned(),
        version: VERSION,
        business: business.to_owned(),
        device: super::device(db)?,
        made_at: now,
        public_key: signing::public_key(db)?,
    })?;
    if !line(&header) {
        return Ok(false);
    }
    for device in ledger::devices(db)? {
        let mut wanted = true;
        ledger::walk(db, &device, 0, |walked| {
            wanted = line(&serde_json::to_string(&FileEntry::of(walked))?);
            Ok(wanted)
        })?;
        if !wanted {
            return Ok(false);
        }
    }
    let head: SignedHead = signing::sign_head(db, now, &header_digest(&header))?;
    Ok(line(&serde_json::to_string(&head)?))
}
