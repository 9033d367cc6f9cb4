//! The log in an SQLite file: hands bodies to the writer, reads pages beside it.

use std::{
    collections::{HashSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread::JoinHandle,
};

use axum::body::Bytes;
use base64::{Engine, engine::general_purpose::STANDARD};
use cloud_api::{clock::UnixMs, feed::StoredBody};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use tokio::sync::{oneshot, watch};

use super::{
    Appended, Head, Log, LogError, OpenError,
    checkpoint::Checkpointer,
    database::Place,
    writer::{Delivery, Job, Newest, Writer, read_head},
};
use crate::Config;

pub(super) type Digest = [u8; 32];

/// Digests of durable bodies kept in memory (about 1 MiB), so that a repeated delivery costs no query.
const REMEMBERED: usize = 16 * 1024;

/// Connections that stay open for the next reader.
const READERS: usize = 4;

/// The log's only implementation on disk. See the module [`super`] for its promises.
pub struct SqliteLog {
    jobs: mpsc::SyncSender<Job>,
    place: Place,
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl SqliteLog {
    /// Opens or creates `config.database` and starts the writer. Blocks while the file is checked.
    pub fn open(config: &Config) -> Result<Self, OpenError> {
        let place = Place::new(&config.database, config.limits.max_pages);
        let claim = place.claim()?;
        let conn = place.open_writer()?;
        let (cursor, received_at) = read_head(&conn).map_err(|source| OpenError::Database {
            path: config.database.clone(),
            source,
        })?;
        let shared = Arc::new(Shared {
            head: watch::Sender::new(Head {
                cursor,
                received_at,
                writable: true,
            }),
            known: Mutex::default(),
            readers: Mutex::new(Some(Vec::new())),
        });
        let thread_failed = |source| OpenError::File {
            path: config.database.clone(),
            source,
        };
        let (jobs, inbox) = mpsc::sync_channel(config.limits.queue.max(1));
        let writer = Writer {
            place: place.clone(),
            shared: Arc::clone(&shared),
            jobs: inbox,
            clock: config.clock.clone(),
            keep_days: config.keep_days.max(crate::config::KEEP_DAYS_AT_LEAST),
            prune_every: config.limits.prune_every,
            probe_every: config.limits.probe_every,
            checkpointer: Checkpointer::start(place.clone()).map_err(thread_failed)?,
            conn: Some(conn),
            claim,
        };
        let thread = std::thread::Builder::new()
            .name("relay-writer".into())
            .spawn(move || writer.run())
            .map_err(thread_failed)?;
        Ok(Self {
            jobs,
            place,
            shared,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Writes what waits, copies the WAL into the file and closes it. Blocks; later calls find nothing to do.
    pub fn close(&self) {
        let thread = lock(&self.thread).take();
        if let Some(thread) = thread {
            let _ = self.jobs.send(Job::Close);
            let _ = thread.join();
        }
    }
}

impl Log for SqliteLog {
    async fn append(&self, body: Bytes) -> Result<Appended, LogError> {
        let digest: Digest = Sha256::digest(&body).into();
        if self.shared.is_known(&digest) {
            return Ok(Appended::Known);
        }
        let (reply, answer) = oneshot::channel();
        let job = Job::Append(Delivery {
            digest,
            body,
            reply,
        });
        match self.jobs.try_send(job) {
            Ok(()) => answer.await.unwrap_or(Err(LogError::Closed)),
            Err(mpsc::TrySendError::Full(_)) => Err(LogError::Busy),
            Err(mpsc::TrySendError::Disconnected(_)) => Err(LogError::Closed),
        }
    }

    async fn read_page(
        &self,
        after: i64,
        rows: usize,
        bytes: usize,
    ) -> Result<Vec<StoredBody>, LogError> {
        let (place, shared) = (self.place.clone(), Arc::clone(&self.shared));
        let read = move || {
            let reader = match shared.take_reader()? {
                Some(reader) => reader,
                None => place.open_reader().map_err(unreadable)?,
            };
            let page = read_page(&reader, after, rows, bytes).map_err(unreadable)?;
            shared.put_back(reader);
            Ok(page)
        };
        tokio::task::spawn_blocking(read)
            .await
            .unwrap_or(Err(LogError::Closed))
    }

    fn head(&self) -> Head {
        *self.shared.head.borrow()
    }

    async fn wait(&self, cursor: i64) {
        let mut head = self.shared.head.subscribe();
        let _ = head.wait_for(|head| head.cursor > cursor).await;
    }
}

fn unreadable(error: rusqlite::Error) -> LogError {
    tracing::error!(code = ?error.sqlite_error_code(), "cannot read from the database");
    LogError::Storage
}

fn read_page(
    conn: &Connection,
    after: i64,
    rows: usize,
    bytes: usize,
) -> rusqlite::Result<Vec<StoredBody>> {
    let mut statement = conn.prepare_cached(
        "SELECT cursor, received_at, body FROM bodies WHERE cursor > ?1 ORDER BY cursor LIMIT ?2",
    )?;
    let mut found = statement.query((after, i64::try_from(rows).unwrap_or(i64::MAX)))?;
    let (mut page, mut size) = (Vec::new(), 0);
    while let Some(row) = found.next()? {
        let body = row.get_ref(2)?.as_blob()?;
        size += body.len();
        if size > bytes && !page.is_empty() {
            break;
        }
        let text = std::str::from_utf8(body).ok();
        page.push(StoredBody {
            cursor: row.get(0)?,
            received_at: row.get(1)?,
            body: text.map(str::to_owned),
            body_base64: text.is_none().then(|| STANDARD.encode(body)),
        });
    }
    Ok(page)
}

/// What the writer, the readers and those who wait know together.
pub(super) struct Shared {
    head: watch::Sender<Head>,
    known: Mutex<Known>,
    /// `None` once the log is closed.
    readers: Mutex<Option<Vec<Connection>>>,
}

/// The digests that became durable last. Holds only what was committed; the database knows all.
#[derive(Default)]
struct Known {
    set: HashSet<Digest>,
    oldest_first: VecDeque<Digest>,
}

impl Shared {
    pub(super) fn writable(&self) -> bool {
        self.head.borrow().writable
    }

    /// A transaction went through, with or without a new row.
    pub(super) fn wrote(&self, newest: Option<Newest>) {
        self.head.send_if_modified(|head| {
            let before = *head;
            head.writable = true;
            if let Some((cursor, received_at)) = newest {
                head.cursor = cursor;
                head.received_at = Some(received_at);
            }
            *head != before
        });
    }

    /// The database has to be read anew: forget what was concluded from its former state.
    pub(super) fn failed(&self) {
        self.head.send_modify(|head| head.writable = false);
        self.forget_known();
        if let Some(readers) = lock(&self.readers).as_mut() {
            readers.clear();
        }
    }

    pub(super) fn reread(&self, (cursor, received_at): (i64, Option<UnixMs>)) {
        self.head.send_modify(|head| {
            head.cursor = cursor.max(head.cursor);
            head.received_at = received_at.or(head.received_at);
        });
    }

    pub(super) fn remember(&self, digests: impl Iterator<Item = Digest>) {
        let mut known = lock(&self.known);
        for digest in digests {
            if known.set.insert(digest) {
                known.oldest_first.push_back(digest);
            }
        }
        while known.oldest_first.len() > REMEMBERED {
            if let Some(oldest) = known.oldest_first.pop_front() {
                known.set.remove(&oldest);
            }
        }
    }

    pub(super) fn forget_known(&self) {
        *lock(&self.known) = Known::default();
    }

    pub(super) fn close(&self) {
        *lock(&self.readers) = None;
    }

    fn is_known(&self, digest: &Digest) -> bool {
        lock(&self.known).set.contains(digest)
    }

    fn take_reader(&self) -> Result<Option<Connection>, LogError> {
        let mut readers = lock(&self.readers);
        Ok(readers.as_mut().ok_or(LogError::Closed)?.pop())
    }

    fn put_back(&self, reader: Connection) {
        if let Some(readers) = lock(&self.readers).as_mut()
            && readers.len() < READERS
        {
            readers.push(reader);
        }
    }
}

/// Nothing is left half-done under these locks, so a panic elsewhere does not spoil them.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
