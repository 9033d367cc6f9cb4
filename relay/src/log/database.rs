//! Opening the log's file: one process at a time, settings that survive a power cut, current schema.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

/// Before it, two connections and a checkpoint could corrupt a WAL database (sqlite.org, "WAL-reset bug").
const OLDEST_SQLITE: i32 = 3_051_003;

/// Why the log does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database {0} is already used by another relay")]
    InUse(PathBuf),
    #[error(
        "this program was built with SQLite {0}, which can damage databases; 3.51.3 or newer is needed"
    )]
    OldSqlite(&'static str),
    #[error("the database file {path} cannot be opened: {source}")]
    File { path: PathBuf, source: io::Error },
    #[error("the database {path} cannot be used: {source}")]
    Database {
        path: PathBuf,
        source: rusqlite::Error,
    },
    #[error("the database {path} was made by another version of this program: {source}")]
    Schema {
        path: PathBuf,
        source: rusqlite_migration::Error,
    },
}

const MIGRATIONS: &[M<'_>] = &[M::up(include_str!("migrations/0001_bodies.sql"))];

/// The version of the built-in SQLite.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

/// The database file and how to open it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    path: PathBuf,
    max_pages: Option<u32>,
}

/// While it lives, no other relay may open the file.
#[derive(Debug)]
pub(super) struct Claim(#[expect(dead_code, reason = "held, not read")] File);

impl Place {
    pub(super) fn new(path: &Path, max_pages: Option<u32>) -> Self {
        Self {
            path: path.to_owned(),
            max_pages,
        }
    }

    /// Creates the file where there is none.
    pub(super) fn claim(&self) -> Result<Claim, OpenError> {
        if rusqlite::version_number() < OLDEST_SQLITE {
            return Err(OpenError::OldSqlite(rusqlite::version()));
        }
        let fail = |source| OpenError::File {
            path: self.path.clone(),
            source,
        };
        let mut lock_path = self.path.as_os_str().to_owned();
        lock_path.push(".lock");
        let lock = private_file(Path::new(&lock_path)).map_err(fail)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse(self.path.clone())),
            Err(TryLockError::Error(source)) => return Err(fail(source)),
        }
        // SQLite gives its side files the rights of this one.
        private_file(&self.path).map_err(fail)?;
        sync_folder_of(&self.path).map_err(fail)?;
        Ok(Claim(lock))
    }

    /// The one connection that writes.
    pub(super) fn open_writer(&self) -> Result<Connection, OpenError> {
        let fail = |source| OpenError::Database {
            path: self.path.clone(),
            source,
        };
        let mut conn = Connection::open_with_flags(&self.path, flags(false)).map_err(fail)?;
        harden(&conn).map_err(fail)?;
        configure_writer(&conn, self.max_pages).map_err(fail)?;
        Migrations::from_slice(MIGRATIONS)
            .to_latest(&mut conn)
            .map_err(|source| OpenError::Schema {
                path: self.path.clone(),
                source,
            })?;
        settle(&conn).map_err(fail)?;
        Ok(conn)
    }

    /// Copies finished pages from the WAL into the file, see [`super::checkpoint`].
    pub(super) fn open_checkpointer(&self) -> rusqlite::Result<Connection> {
        let conn = Connection::open_with_flags(&self.path, flags(false))?;
        harden(&conn)?;
        conn.pragma_update(None, "synchronous", "FULL")?;
        conn.pragma_update(None, "checkpoint_fullfsync", true)?;
        conn.pragma_update(None, "wal_autocheckpoint", 0)?;
        Ok(conn)
    }

    pub(super) fn open_reader(&self) -> rusqlite::Result<Connection> {
        let conn = Connection::open_with_flags(&self.path, flags(true))?;
        harden(&conn)?;
        conn.pragma_update(None, "query_only", true)?;
        Ok(conn)
    }
}

fn flags(read_only: bool) -> OpenFlags {
    let access = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE
    };
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Every connection distrusts the file.
fn harden(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "mmap_size", 0)
}

fn configure_writer(conn: &Connection, max_pages: Option<u32>) -> rusqlite::Result<()> {
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "fullfsync", true)?;
    conn.pragma_update(None, "checkpoint_fullfsync", true)?;
    conn.pragma_update(None, "wal_autocheckpoint", 0)?;
    conn.pragma_update(None, "secure_delete", true)?;
    if let Some(pages) = max_pages {
        conn.pragma_update(None, "max_page_count", pages)?;
    }
    Ok(())
}

/// Makes all that can be read durable.
///
/// A process that died, or a sync that failed, may have left a commit in the operating system's cache that
/// never reached the disk. Nobody was told that it is safe, yet a repeated delivery would now be found and
/// acknowledged. Copying the WAL into the file, with its own sync, removes the doubt before anyone reads.
fn settle(conn: &Connection) -> rusqlite::Result<()> {
    let busy: i64 = conn.query_row("PRAGMA wal_checkpoint(FULL)", [], |row| row.get(0))?;
    if busy == 0 {
        return Ok(());
    }
    Err(rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
        None,
    ))
}

/// Bodies are personal data: nobody but the relay's own user may read the file.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Without it the new file's name may not survive a power cut.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_run_from_nothing() {
        Migrations::from_slice(MIGRATIONS).validate().unwrap();
    }

    #[test]
    fn a_writer_survives_power_cuts_and_distrusts_its_file() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::new(&dir.path().join("log.db"), None);
        let _claim = place.claim().unwrap();
        let conn = place.open_writer().unwrap();
        let number = |name: &str| -> i64 {
            conn.pragma_query_value(None, name, |row| row.get(0))
                .unwrap()
        };
        let mode: String = conn
            .pragma_query_value(None, "journal_mode", |row| row.get(0))
            .unwrap();
        assert_eq!(mode, "wal");
        assert_eq!(number("synchronous"), 2, "FULL");
        assert_eq!(number("trusted_schema"), 0);
        assert_eq!(number("cell_size_check"), 1);
        assert_eq!(number("wal_autocheckpoint"), 0);
    }

    #[test]
    fn a_second_relay_on_the_same_file_is_turned_away() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::new(&dir.path().join("log.db"), None);
        let first = place.claim().unwrap();
        assert!(matches!(place.claim(), Err(OpenError::InUse(_))));
        drop(first);
        place.claim().unwrap();
    }
}
