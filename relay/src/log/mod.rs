//! The durable, ordered log of webhook bodies: what it promises, apart from how it is stored.

mod checkpoint;
mod database;
mod sqlite;
mod writer;

use std::future::Future;

use axum::body::Bytes;
use cloud_api::{clock::UnixMs, feed::StoredBody};

pub use database::{OpenError, sqlite_version};
pub use sqlite::SqliteLog;

/// Where bodies are kept until a laptop fetches them.
pub trait Log: Send + Sync + 'static {
    /// Returns once the body is durable. A body that already is changes nothing.
    fn append(&self, body: Bytes) -> impl Future<Output = Result<Appended, LogError>> + Send;

    /// The bodies after a cursor, oldest first, at most `rows` of them and about `bytes` bytes, but at least one if there is one.
    fn read_page(
        &self,
        after: i64,
        rows: usize,
        bytes: usize,
    ) -> impl Future<Output = Result<Vec<StoredBody>, LogError>> + Send;

    fn head(&self) -> Head;

    /// Returns once a body with a cursor above `cursor` is durable.
    fn wait(&self, cursor: i64) -> impl Future<Output = ()> + Send;
}

/// What became of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    New,
    /// The very same bytes were durable before.
    Known,
}

/// The newest entry ever made, and whether another one could be made now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// 0 while nothing was ever stored. Never falls.
    pub cursor: i64,
    /// Unix milliseconds.
    pub received_at: Option<UnixMs>,
    /// False from a failed write until the next one that succeeds.
    pub writable: bool,
}

/// Why a body is not (known to be) durable, or a page cannot be read. Whoever sent the body has to send it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    #[error("too many webhook bodies are waiting to be written")]
    Busy,
    #[error("the disk under the database is full")]
    Full,
    #[error("the database could not be written or read")]
    Storage,
    #[error("the relay is shutting down")]
    Closed,
}
