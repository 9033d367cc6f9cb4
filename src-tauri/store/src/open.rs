//! Opening: one writer, a few readers, and what to do with a file that does not open.
//!
//! Order matters: lock the profile, key first, then a first read (only that tells a wrong key), a quick
//! check of the pages, a backup before any migration, then the pragmas of the design.

use crate::{
    error::{Result, StoreError},
    key::StoreKey,
    search,
};
use rusqlite::{Connection, OpenFlags, backup::Backup, config::DbConfig};
use rusqlite_migration::{M, Migrations};
use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

const FILE: &str = "guichet.db";
const BACKUP: &str = "guichet.backup.db";
/// Ending of a backup that is not whole yet.
const NEXT: &str = "next";
const READERS: usize = 3;
/// Between two parts of a backup, which somebody may be working beside.
const BREATH: Duration = Duration::from_millis(2);
/// Up to here every page is checked at start: well under a second.
const SMALL_FILE: u64 = 32 << 20;

/// Numbered, forward-only, never edited once released.
const MIGRATIONS: &[M<'static>] = &[M::up(include_str!("../migrations/0001_init.sql"))];

/// The encrypted store of one profile.
pub struct Store {
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    reader_free: Condvar,
    path: PathBuf,
    /// How often the copies were forgotten: a copy that was begun before that must not take its place after it.
    forgotten: Mutex<u64>,
    /// Held for as long as the store is open: a second process must not write to the same profile.
    _lock: File,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

/// Where a profile's database lies.
pub fn database_path(directory: &Path) -> PathBuf {
    directory.join(FILE)
}

/// The copy made before the last migration or on request, if there is one.
pub fn backup_path(directory: &Path) -> PathBuf {
    directory.join(BACKUP)
}

impl Store {
    /// Opens the store in `directory`, or makes a new one.
    ///
    /// `now` (Unix milliseconds) names a file that has to be set aside.
    pub fn open(directory: &Path, key: &StoreKey, now: i64) -> Result<Self> {
        assert_sqlite_version()?;
        std::fs::create_dir_all(directory)?;
        let lock = File::create(directory.join("guichet.lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(StoreError::InUse),
            Err(std::fs::TryLockError::Error(e)) => return Err(e.into()),
        }
        let path = database_path(directory);
        let fresh = !path.exists();
        let mut writer = match connect(&path, key) {
            // The key is the one this file was made with, so it is the file that is ruined.
            Err(StoreError::WrongKey) if key.matches(directory)? => {
                return Err(StoreError::Damaged {
                    set_aside: set_aside(&path, now)?,
                });
            }
            // The first page was readable, so the key is right and another page is ruined.
            Err(StoreError::Sqlite(error)) if is_corrupt(&error) => {
                return Err(StoreError::Damaged {
                    set_aside: set_aside(&path, now)?,
                });
            }
            other => other?,
        };
        if !key.matches(directory)? {
            key.leave_mark(directory)?;
        }
        if !fresh {
            match check(&writer, &path) {
                Ok(true) => {}
                Ok(false) | Err(StoreError::Sqlite(_)) => {
                    drop(writer);
                    return Err(StoreError::Damaged {
                        set_aside: set_aside(&path, now)?,
                    });
                }
                // Somebody else's key and a ruined first page look alike: the caller decides.
                Err(other) => return Err(other),
            }
        }
        writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        let migrations = Migrations::from_slice(MIGRATIONS);
        match migrations.pending_migrations(&writer) {
            Ok(0) => {}
            Ok(n) if n < 0 => return Err(StoreError::TooNew),
            Ok(_) => {
                if !fresh {
                    back_up(&writer, &backup_path(directory), key)?;
                }
                migrations
                    .to_latest(&mut writer)
                    .map_err(|e| StoreError::Migration(e.to_string()))?;
            }
            Err(e) => return Err(StoreError::Migration(e.to_string())),
        }
        let readers = (0..READERS)
            .map(|_| {
                let reader = connect(&path, key)?;
                reader.pragma_update(None, "query_only", true)?;
                reader.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
                Ok(reader)
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            writer: Mutex::new(writer),
            readers: Mutex::new(readers),
            reader_free: Condvar::new(),
            path,
            forgotten: Mutex::new(0),
            _lock: lock,
        })
    }

    /// One transaction on the only writer: all of `work` lands, or nothing.
    pub fn write<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut writer = held(&self.writer);
        let transaction =
            writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }

    /// A consistent look at the store; waits for a free reader.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut free = held(&self.readers);
        let mut reader = loop {
            match free.pop() {
                Some(reader) => break reader,
                None => {
                    free = self
                        .reader_free
                        .wait(free)
                        .unwrap_or_else(PoisonError::into_inner)
                }
            }
        };
        drop(free);
        let value = reader
            .transaction()
            .map_err(StoreError::from)
            .and_then(|transaction| work(&transaction));
        held(&self.readers).push(reader);
        self.reader_free.notify_one();
        value
    }

    /// Writes the log into the file and empties it, so that what was overwritten is nowhere any more.
    pub fn truncate_log(&self) -> Result<()> {
        let writer = held(&self.writer);
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// A consistent copy under the same key, replacing the last one only when complete.
    pub fn back_up(&self, key: &StoreKey) -> Result<PathBuf> {
        let target = self.path.with_file_name(BACKUP);
        loop {
            let begun = *held(&self.forgotten);
            let copied = self.read(|reader| {
                // From here on the reader sees one moment until the copy is whole. Without it every write would make the
                // copy begin again, and that of a large store in use would never be done.
                reader.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
                copy(reader, &target, key)
            });
            let forgotten = held(&self.forgotten);
            if *forgotten == begun {
                std::fs::rename(copied?, &target)?;
                return Ok(target);
            }
            // It is of a moment that is to be forgotten.
            let _ = std::fs::remove_file(target.with_extension(NEXT));
        }
    }

    /// Removes the backup, whole or half made. What it holds beyond the store is what the store has let go of.
    pub fn forget_backup(&self) -> Result<()> {
        let mut forgotten = held(&self.forgotten);
        *forgotten += 1;
        let target = self.path.with_file_name(BACKUP);
        // Where one is being made just now it may not let go of its file; it is thrown away when it is done.
        let _ = std::fs::remove_file(target.with_extension(NEXT));
        match std::fs::remove_file(target) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Counts the virtual machine steps of everything `work` runs on the writer: a measure of effort
    /// that no busy machine can blur.
    pub fn count_steps<T>(&self, work: impl FnOnce() -> T) -> Result<(T, u64)> {
        use std::sync::{
            Arc,
            atomic::{AtomicU64, Ordering},
        };
        let steps = Arc::new(AtomicU64::new(0));
        let arm = |on: bool| -> Result<()> {
            let counter = |steps: Arc<AtomicU64>| {
                move || {
                    steps.fetch_add(1, Ordering::Relaxed);
                    false
                }
            };
            let set = |connection: &Connection| {
                connection.progress_handler(1, on.then(|| counter(steps.clone())))
            };
            set(&held(&self.writer))?;
            held(&self.readers).iter().try_for_each(set)?;
            Ok(())
        };
        arm(true)?;
        let value = work();
        arm(false)?;
        Ok((value, steps.load(Ordering::Relaxed)))
    }
}

/// Puts a damaged database (and its WAL) out of the way, never over another file.
pub fn set_aside(path: &Path, now: i64) -> Result<PathBuf> {
    let target = (0..)
        .map(|n| {
            path.with_file_name(if n == 0 {
                format!("guichet.damaged-{now}.db")
            } else {
                format!("guichet.damaged-{now}-{n}.db")
            })
        })
        .find(|candidate| !candidate.exists())
        .unwrap_or_else(|| path.with_extension("damaged"));
    std::fs::rename(path, &target)?;
    for tail in ["-wal", "-shm"] {
        let side = with_tail(path, tail);
        if side.exists() {
            std::fs::rename(&side, with_tail(&target, tail))?;
        }
    }
    Ok(target)
}

/// Puts the last good backup in the database's place. The backup itself stays.
pub fn restore_backup(directory: &Path, now: i64) -> Result<()> {
    let (backup, path) = (backup_path(directory), database_path(directory));
    if path.exists() {
        set_aside(&path, now)?;
    }
    let next = path.with_extension("restoring");
    std::fs::copy(&backup, &next)?;
    File::open(&next)?.sync_all()?;
    std::fs::rename(next, path)?;
    Ok(())
}

fn with_tail(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    name.into()
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic while holding the connection rolled its transaction back; the connection itself is sound.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// SQLite calls itself ready before SQLCipher, which it starts as an extra, is. Whoever opens a store in that
/// moment finds no encryption and is told that the key is bad, so the first start is waited for here.
fn cipher_is_up() -> Result<()> {
    static FIRST: Mutex<bool> = Mutex::new(false);
    let mut up = held(&FIRST);
    if !*up {
        // Comes back when the extra start is over.
        Connection::open_in_memory()?;
        *up = true;
    }
    Ok(())
}

fn connect(path: &Path, key: &StoreKey) -> Result<Connection> {
    cipher_is_up()?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // Until the file is known to be sound, closing must not write the log into it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    connection.execute_batch(&key.pragma())?;
    // The first read is what tells a wrong key.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384;",
    )?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(256);
    search::teach(&connection)?;
    Ok(connection)
}

/// False if pages fail their authentication. All of them in a small file; in a large one the root of every
/// table, as SQLCipher makes every later read of a damaged page an error too, never wrong data.
fn check(connection: &Connection, path: &Path) -> Result<bool> {
    if std::fs::metadata(path)?.len() <= SMALL_FILE {
        let mut statement = connection.prepare("PRAGMA cipher_integrity_check")?;
        let complains = statement.query([])?.next()?.is_some();
        // It reads the file without its log. A checkpoint that a reader or a crash cut short leaves holes
        // there, for pages that only the log has: no damage, unless it is seen through the log as well.
        if complains && !is_sound_with_log(connection) {
            return Ok(false);
        }
    }
    let names: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE '%fts%'")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for name in names {
        let query = format!("SELECT 1 FROM \"{}\" LIMIT 1", name.replace('"', "\"\""));
        match connection.query_row(&query, [], |_| Ok(())) {
            Ok(()) | Err(rusqlite::Error::QueryReturnedNoRows) => {}
            Err(_) => return Ok(false),
        }
    }
    Ok(true)
}

fn is_sound_with_log(connection: &Connection) -> bool {
    connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
        .is_ok_and(|verdict| verdict == "ok")
}

fn is_corrupt(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt)
}

fn back_up(from: &Connection, to: &Path, key: &StoreKey) -> Result<()> {
    std::fs::rename(copy(from, to, key)?, to)?;
    Ok(())
}

/// A whole copy on the disk beside `to`, whose place it may take.
fn copy(from: &Connection, to: &Path, key: &StoreKey) -> Result<PathBuf> {
    let next = to.with_extension(NEXT);
    let _ = std::fs::remove_file(&next);
    {
        let mut target = Connection::open(&next)?;
        target.execute_batch("PRAGMA cipher_log_level = NONE;")?;
        target.execute_batch(&key.pragma())?;
        // Whole on the disk before it takes its place, or thrown away.
        target.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
        Backup::new(from, &mut target)?.run_to_completion(1024, BREATH, None)?;
    }
    File::open(&next)?.sync_all()?;
    Ok(next)
}

/// Older versions can damage a WAL database when a checkpoint races a writer (SQLite 3.51.3 release notes).
fn assert_sqlite_version() -> Result<()> {
    if rusqlite::version_number() < 3_051_003 {
        return Err(StoreError::SqliteTooOld {
            found: rusqlite::version().into(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_apply_to_an_empty_database() {
        cipher_is_up().unwrap();
        let mut db = Connection::open_in_memory().unwrap();
        search::teach(&db).unwrap();
        Migrations::from_slice(MIGRATIONS)
            .to_latest(&mut db)
            .unwrap();
    }
}
