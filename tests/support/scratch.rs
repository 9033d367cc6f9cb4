//! A directory that vanishes, and stores in it.

use std::path::Path;
use store::{Store, StoreKey};
use tempfile::TempDir;

/// In memory where there is such a place: these tests are about rules, not about the disk.
pub fn directory() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    made.expect("a temporary directory")
}

pub fn key() -> StoreKey {
    StoreKey::from_bytes([7; 32])
}

/// The store of this directory, made if it is not there yet.
pub fn store(directory: &Path, now: i64) -> Store {
    Store::open(directory, &key(), now).expect("a store that opens")
}
