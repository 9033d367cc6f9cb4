//! What can go wrong with the store, told apart where somebody can act on it.

use std::path::PathBuf;

pub type Result<T, E = StoreError> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The key does not open this file, or the file is no database: SQLCipher cannot tell which.
    #[error("this key does not open the database")]
    WrongKey,
    #[error("the database was written by a newer version of Guichet")]
    TooNew,
    /// Pages fail their check. The file was set aside.
    #[error("the database is damaged; it was set aside as {}", set_aside.display())]
    Damaged { set_aside: PathBuf },
    #[error("the disk is full")]
    DiskFull,
    #[error("another Guichet has this profile open")]
    InUse,
    #[error(
        "SQLite {found} is too old; 3.51.3 or newer is needed (older ones can damage a database in WAL mode)"
    )]
    SqliteTooOld { found: String },
    #[error("the passphrase could not be turned into a key: {0}")]
    Passphrase(String),
    #[error("no random numbers from the system: {0}")]
    Random(String),
    #[error("file: {0}")]
    Io(#[from] std::io::Error),
    #[error("database: {0}")]
    Sqlite(rusqlite::Error),
    #[error("migration: {0}")]
    Migration(String),
    #[error("stored JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::NotADatabase) => Self::WrongKey,
            _ => Self::Sqlite(error),
        }
    }
}

impl StoreError {
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Sqlite(rusqlite::Error::QueryReturnedNoRows))
    }
}
