//! The place an export goes to: written beside it under another name, synced, then renamed, so that what stands
//! there is either the old file or the whole new one.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::ExportError;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub rows: u64,
    pub bytes: u64,
    /// SHA-256 of the file, hex: the ledger keeps it, so that a file can be told from a doctored one.
    pub sha256: String,
}

/// A file on its way. Dropped before `keep`, it is gone.
pub(crate) struct Place {
    file: NamedTempFile,
    target: PathBuf,
}

impl Place {
    pub fn beside(target: &Path) -> Result<Self, ExportError> {
        let folder = folder_of(target);
        // Readable by the owner alone from its first byte on: it is full of people.
        let file = tempfile::Builder::new()
            .prefix(".guichet-")
            .suffix(".part")
            .tempfile_in(folder)?;
        Ok(Self {
            file,
            target: target.to_owned(),
        })
    }

    /// A second handle on the same file, for writers that want to own theirs.
    pub fn handle(&self) -> Result<File, ExportError> {
        Ok(self.file.as_file().try_clone()?)
    }

    /// Syncs the file and gives it its name.
    pub fn keep(self, rows: u64) -> Result<Written, ExportError> {
        self.file.as_file().sync_all()?;
        let (bytes, sha256) = digest(self.file.path())?;
        let folder = folder_of(&self.target);
        self.file
            .persist(&self.target)
            .map_err(|failed| ExportError::from(failed.error))?;
        // The name is only safe once the folder is.
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        Ok(Written {
            rows,
            bytes,
            sha256,
        })
    }
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn digest(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut block = vec![0; 1 << 16];
    loop {
        match file.read(&mut block)? {
            0 => return Ok((bytes, hex::encode(hash.finalize()))),
            n => {
                hash.update(&block[..n]);
                bytes += n as u64;
            }
        }
    }
}
