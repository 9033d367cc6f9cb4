//! The one thread that writes: everything that waits goes into one transaction and shares its sync.
//!
//! A failed write is never repeated on the same connection: after a failed sync nobody knows what the disk
//! holds. The connection is thrown away, everyone in the transaction is told, and the database is read anew.

use std::{
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use axum::body::Bytes;
use cloud_api::clock::{Clock, UnixMs};
use rusqlite::{Connection, ErrorCode, OptionalExtension, TransactionBehavior, params};
use tokio::sync::oneshot;

use super::{
    Appended, LogError, OpenError,
    checkpoint::{Checkpointer, EVERY_BYTES},
    database::{Claim, Place},
    sqlite::{Digest, Shared},
};

/// Bodies and bytes that share one transaction at most, so that the first of them does not wait for long.
const GROUP_ROWS: usize = 256;
const GROUP_BYTES: usize = 8 * 1024 * 1024;

/// Old bodies deleted in one transaction.
const PRUNE_ROWS: usize = 200;

/// About what a group of ordinary deliveries takes.
const PROBE_BYTES: i64 = 64 * 1024;

const DAY_MS: i64 = 86_400_000;

/// Cursor and time of the newest row.
pub(super) type Newest = (i64, UnixMs);

pub(super) enum Job {
    Append(Delivery),
    Close,
}

pub(super) struct Delivery {
    pub digest: Digest,
    pub body: Bytes,
    pub reply: oneshot::Sender<Result<Appended, LogError>>,
}

pub(super) struct Writer {
    pub place: Place,
    pub shared: Arc<Shared>,
    pub jobs: mpsc::Receiver<Job>,
    pub clock: Clock,
    pub keep_days: u32,
    pub prune_every: Duration,
    pub probe_every: Duration,
    pub checkpointer: Checkpointer,
    pub conn: Option<Connection>,
    pub claim: Claim,
}

impl Writer {
    pub(super) fn run(mut self) {
        let mut prune_at = Instant::now();
        let mut since_copy = 0;
        loop {
            let pause = if self.shared.writable() {
                prune_at.saturating_duration_since(Instant::now())
            } else {
                self.probe_every
            };
            let (group, closing) = match self.jobs.recv_timeout(pause) {
                Ok(first) => self.gather(first),
                Err(mpsc::RecvTimeoutError::Timeout) => (Vec::new(), false),
                Err(mpsc::RecvTimeoutError::Disconnected) => (Vec::new(), true),
            };
            if !group.is_empty() {
                since_copy += group.iter().map(|d| d.body.len() + 8192).sum::<usize>();
                self.write_group(group);
            } else if !self.shared.writable() && !closing {
                self.probe();
            }
            if closing {
                break;
            }
            if since_copy >= EVERY_BYTES {
                since_copy = 0;
                self.checkpointer.copy();
            }
            if self.checkpointer.take_pause() {
                self.restart_wal();
            }
            if self.shared.writable() && prune_at <= Instant::now() {
                prune_at = Instant::now() + self.prune();
            }
        }
        self.finish();
    }

    /// All that waits, up to the size of a group. True: nothing may come any more.
    fn gather(&self, first: Job) -> (Vec<Delivery>, bool) {
        let (mut group, mut bytes, mut closing) = (Vec::new(), 0, false);
        let mut next = Some(first);
        while let Some(job) = next {
            match job {
                Job::Close => closing = true,
                Job::Append(delivery) => {
                    bytes += delivery.body.len();
                    group.push(delivery);
                }
            }
            // At the end the group may be as large as the queue.
            let room = closing || (group.len() < GROUP_ROWS && bytes < GROUP_BYTES);
            next = if room {
                self.jobs.try_recv().ok()
            } else {
                None
            };
        }
        (group, closing)
    }

    fn write_group(&mut self, group: Vec<Delivery>) {
        let now = self.clock.now();
        match self.try_group(&group, now) {
            Ok((answers, head)) => {
                self.shared.remember(group.iter().map(|d| d.digest));
                self.shared.wrote(head);
                for (delivery, answer) in group.into_iter().zip(answers) {
                    let _ = delivery.reply.send(Ok(answer));
                }
            }
            Err(error) => {
                let answer = self.give_up(&error);
                for delivery in group {
                    let _ = delivery.reply.send(Err(answer));
                }
            }
        }
    }

    /// The answers in the group's order, and the new head where there is one.
    fn try_group(
        &mut self,
        group: &[Delivery],
        now: UnixMs,
    ) -> Result<(Vec<Appended>, Option<Newest>), WriteError> {
        let conn = self.connection()?;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut answers = Vec::with_capacity(group.len());
        let mut head = None;
        {
            let mut find = tx.prepare_cached(
                "SELECT 1 FROM bodies WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1",
            )?;
            let mut insert = tx.prepare_cached(
                "INSERT INTO bodies (received_at, digest, body) VALUES (?1, ?2, ?3)",
            )?;
            for delivery in group {
                if find.exists([&delivery.digest])? {
                    answers.push(Appended::Known);
                    continue;
                }
                let cursor = insert.insert(params![now, delivery.digest, &delivery.body[..]])?;
                head = Some((cursor, now));
                answers.push(Appended::New);
            }
        }
        if head.is_some() {
            tx.commit()?;
        } else {
            // Nothing was written: nothing to sync.
            tx.rollback()?;
        }
        Ok((answers, head))
    }

    fn connection(&mut self) -> Result<&mut Connection, WriteError> {
        if self.conn.is_none() {
            let conn = self.place.open_writer()?;
            self.shared.reread(read_head(&conn)?);
            self.conn = Some(conn);
        }
        self.conn.as_mut().ok_or(WriteError::NotOpen)
    }

    fn give_up(&mut self, error: &WriteError) -> LogError {
        self.conn = None;
        self.checkpointer.let_go();
        if self.shared.writable() {
            tracing::error!(%error, "cannot write to the database; deliveries are refused until it works again");
        }
        self.shared.failed();
        match error.code() {
            Some(ErrorCode::DiskFull) => LogError::Full,
            _ => LogError::Storage,
        }
    }

    /// After a failure: would a delivery be stored now? `healthz` shall not need one to know.
    fn probe(&mut self) {
        let attempt = || -> Result<(), WriteError> {
            let conn = self.connection()?;
            conn.execute(
                "INSERT OR REPLACE INTO probe (id, filler) VALUES (1, zeroblob(?1))",
                [PROBE_BYTES],
            )?;
            conn.execute("DELETE FROM probe", [])?;
            Ok(())
        };
        match { attempt }() {
            Ok(()) => self.shared.wrote(None),
            Err(error) => {
                self.give_up(&error);
            }
        }
    }

    /// Deletes some of the bodies that are too old. Returns when to look again.
    fn prune(&mut self) -> Duration {
        let oldest_kept = self.clock.now() - i64::from(self.keep_days) * DAY_MS;
        match self.try_prune(oldest_kept) {
            Ok(PRUNE_ROWS) => Duration::ZERO,
            Ok(_) => self.prune_every,
            Err(error) => {
                self.give_up(&error);
                self.prune_every
            }
        }
    }

    /// From the oldest on, so that what is left has no holes. Returns the number of deleted rows.
    fn try_prune(&mut self, oldest_kept: UnixMs) -> Result<usize, WriteError> {
        let conn = self.connection()?;
        let last: Option<i64> = conn
            .prepare_cached("SELECT cursor, received_at FROM bodies ORDER BY cursor LIMIT ?1")?
            .query_map([PRUNE_ROWS as i64], |row| Ok((row.get(0)?, row.get(1)?)))?
            .map_while(|row: rusqlite::Result<(i64, UnixMs)>| match row {
                Ok((cursor, received_at)) if received_at < oldest_kept => Some(Ok(cursor)),
                Ok(_) => None,
                Err(error) => Some(Err(error)),
            })
            .last()
            .transpose()?;
        let Some(last) = last else { return Ok(0) };
        let deleted = conn.execute("DELETE FROM bodies WHERE cursor <= ?1", [last])?;
        // They may come again, and would then be new.
        self.shared.forget_known();
        Ok(deleted)
    }

    /// Lets SQLite write the WAL from its start again; the checkpointer has copied nearly all of it already.
    fn restart_wal(&mut self) {
        let Some(conn) = &self.conn else { return };
        let _ = conn.busy_timeout(Duration::from_millis(50));
        let done = conn.query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(()));
        let _ = conn.busy_timeout(Duration::from_secs(5));
        if let Err(error) = done {
            self.give_up(&error.into());
        }
    }

    fn finish(self) {
        self.checkpointer.stop();
        self.shared.close();
        if let Some(conn) = self.conn {
            let copied = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            if let Err(error) = copied {
                tracing::warn!(code = ?error.sqlite_error_code(), "last checkpoint failed");
            }
            drop(conn);
        }
        drop(self.claim);
    }
}

/// The newest entry ever made: its cursor, even where the entry itself is pruned, and its time.
pub(super) fn read_head(conn: &Connection) -> rusqlite::Result<(i64, Option<UnixMs>)> {
    let cursor = conn
        .query_row(
            "SELECT seq FROM sqlite_sequence WHERE name = 'bodies'",
            [],
            |row| row.get(0),
        )
        .optional()?
        .unwrap_or(0);
    let received_at = conn
        .query_row(
            "SELECT received_at FROM bodies ORDER BY cursor DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
        .optional()?;
    Ok((cursor, received_at))
}

#[derive(Debug, thiserror::Error)]
enum WriteError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("the database is not open")]
    NotOpen,
}

impl WriteError {
    fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Sqlite(error) | Self::Open(OpenError::Database { source: error, .. }) => {
                error.sqlite_error_code()
            }
            _ => None,
        }
    }
}
