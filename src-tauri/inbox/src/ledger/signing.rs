//! The shop's signature under the head of its ledger: Ed25519, with a key made once and kept in the encrypted store.

use super::{entry::Digest, record::random};
use ed25519_dalek::{Signer, SigningKey};
use serde::{Deserialize, Serialize};
use store::{Connection, Result, ledger, setting};

const KEY: &str = "ledger_signing_key";

/// Ahead of what is signed, so that the signature means nothing elsewhere.
pub(super) const HEAD_MARK: &[u8] = b"guichet-ledger-head-1\n";

/// The newest entry of every device, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    /// JSON of [`Head`], byte for byte as it was signed.
    pub head: String,
    /// Hex.
    pub signature: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub made_at: i64,
    /// Entries of all devices.
    pub count: i64,
    pub devices: Vec<DeviceHead>,
    /// Hex SHA-256 of the header line of the file this stands in; empty elsewhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub header_sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceHead {
    pub device: String,
    pub seq: i64,
    /// Hex.
    pub hash: String,
}

/// Hex. Made in a transaction that may write, the first time.
pub fn public_key(db: &Connection) -> Result<String> {
    Ok(hex::encode(key(db)?.verifying_key().as_bytes()))
}

/// Signs where the ledger stands. `header_sha256`: of the header line it goes with, if there is one.
pub fn sign_head(db: &Connection, now: i64, header_sha256: &str) -> Result<SignedHead> {
    let mut devices = Vec::new();
    for device in ledger::devices(db)? {
        if let Some(head) = ledger::head(db, &device)? {
            devices.push(DeviceHead {
                device,
                seq: head.seq,
                hash: hex::encode(head.hash),
            });
        }
    }
    let head = serde_json::to_string(&Head {
        made_at: now,
        count: ledger::count(db)?,
        devices,
        header_sha256: header_sha256.to_owned(),
    })?;
    let signature = key(db)?.sign(&[HEAD_MARK, head.as_bytes()].concat());
    Ok(SignedHead {
        head,
        signature: hex::encode(signature.to_bytes()),
    })
}

fn key(db: &Connection) -> Result<SigningKey> {
    let kept = setting::get(db, KEY)?.and_then(|text| super::entry::digest(&text));
    let seed: Digest = match kept {
        Some(seed) => seed,
        None => {
            let seed = random()?;
            setting::set(db, KEY, &hex::encode(seed))?;
            seed
        }
    };
    Ok(SigningKey::from_bytes(&seed))
}
