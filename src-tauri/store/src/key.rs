//! The key of the encrypted file: 32 random bytes, or a passphrase stretched to 32 bytes.
//!
//! The raw key spares SQLCipher's PBKDF2 at every open. It is kept in the system keyring; where there is
//! none, a passphrase takes its place, with its Argon2id parameters and salt beside the database.

use crate::error::{Result, StoreError};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::Path;
use zeroize::Zeroizing;

/// 32 bytes, wiped when dropped, never printed.
#[derive(Clone)]
pub struct StoreKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoreKey(…)")
    }
}

impl StoreKey {
    pub fn random() -> Result<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut()).map_err(|e| StoreError::Random(e.to_string()))?;
        Ok(Self(bytes))
    }

    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// From the 64 hex digits kept in the keyring; `None` if they are not that.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text, bytes.as_mut()).ok()?;
        Some(Self(bytes))
    }

    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0.as_ref()))
    }

    /// Whether this is the key the database in `directory` was made with, as far as its mark tells.
    pub(crate) fn matches(&self, directory: &Path) -> Result<bool> {
        match std::fs::read_to_string(directory.join(MARK)) {
            Ok(mark) => Ok(mark.trim() == self.mark()),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(e) => Err(e.into()),
        }
    }

    /// Lays a digest of the key beside a new database, so that a wrong key and a ruined file can be told apart.
    pub(crate) fn leave_mark(&self, directory: &Path) -> Result<()> {
        Ok(std::fs::write(directory.join(MARK), self.mark())?)
    }

    fn mark(&self) -> String {
        hex::encode(
            Sha256::new()
                .chain_update(b"guichet key mark 1")
                .chain_update(self.0.as_ref())
                .finalize(),
        )
    }

    /// SQLCipher's raw-key literal.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", self.to_hex().as_str()))
    }
}

/// How a passphrase becomes the key; lies beside the database as `passphrase.json`.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct PassphraseRecipe {
    /// `argon2id`
    algorithm: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
}

impl PassphraseRecipe {
    /// 64 MiB, 3 passes (RFC 9106's second recommendation), one lane.
    pub fn new() -> Result<Self> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|e| StoreError::Random(e.to_string()))?;
        Ok(Self {
            algorithm: "argon2id".into(),
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 1,
            salt: hex::encode(salt),
        })
    }

    pub fn key(&self, passphrase: &SecretString) -> Result<StoreKey> {
        let broken = |e: &dyn std::fmt::Display| StoreError::Passphrase(e.to_string());
        if self.algorithm != "argon2id" {
            return Err(broken(&format!("unknown algorithm {}", self.algorithm)));
        }
        let salt = hex::decode(&self.salt).map_err(|e| broken(&e))?;
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|e| broken(&e))?;
        let mut bytes = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.expose_secret().as_bytes(), &salt, bytes.as_mut())
            .map_err(|e| broken(&e))?;
        Ok(StoreKey(bytes))
    }

    pub fn load(directory: &Path) -> Result<Option<Self>> {
        match std::fs::read(directory.join(FILE)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// Written aside, synced, then renamed: a cut in the middle leaves no half recipe.
    pub fn save(&self, directory: &Path) -> Result<()> {
        let next = directory.join(format!("{FILE}.next"));
        let file = std::fs::File::create(&next)?;
        serde_json::to_writer_pretty(&file, self)?;
        file.sync_all()?;
        std::fs::rename(next, directory.join(FILE))?;
        std::fs::File::open(directory)?.sync_all()?;
        Ok(())
    }
}

const FILE: &str = "passphrase.json";
const MARK: &str = "key.mark";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_gives_the_same_key_only_with_its_own_salt() {
        let cheap = |salt: &str| PassphraseRecipe {
            algorithm: "argon2id".into(),
            memory_kib: 64,
            passes: 1,
            lanes: 1,
            salt: salt.into(),
        };
        let words = SecretString::from("vier Brötchen und ein Hut");
        let key = |salt| cheap(salt).key(&words).unwrap().to_hex().to_string();
        assert_eq!(
            key("00112233445566778899aabbccddeeff"),
            key("00112233445566778899aabbccddeeff")
        );
        assert_ne!(
            key("00112233445566778899aabbccddeeff"),
            key("ff112233445566778899aabbccddeeff")
        );
    }

    #[test]
    fn debug_shows_no_key() {
        assert_eq!(
            format!("{:?}", StoreKey::from_bytes([7; 32])),
            "StoreKey(…)"
        );
    }

    #[test]
    fn a_recipe_survives_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(PassphraseRecipe::load(dir.path()).unwrap(), None);
        let recipe = PassphraseRecipe::new().unwrap();
        recipe.save(dir.path()).unwrap();
        assert_eq!(PassphraseRecipe::load(dir.path()).unwrap(), Some(recipe));
    }
}
