//! Copies the WAL into the database file on a thread of its own, so that no delivery waits for it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::JoinHandle,
};

use rusqlite::Connection;

use super::database::Place;

/// Bytes written to the WAL before it is worth copying.
pub(super) const EVERY_BYTES: usize = 4 * 1024 * 1024;

/// Under constant writing a checkpoint beside the writer never catches up to the last page, and only then
/// does SQLite reuse the WAL from its start. Past this many pages (32 MiB) the writer pauses for it once.
const PAUSE_PAGES: i64 = 8192;

enum Order {
    Copy,
    LetGo,
}

/// The writer's handle on the thread.
pub(super) struct Checkpointer {
    orders: mpsc::Sender<Order>,
    pause_wanted: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Checkpointer {
    pub(super) fn start(place: Place) -> std::io::Result<Self> {
        let (orders, inbox) = mpsc::channel();
        let pause_wanted = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&pause_wanted);
        let thread = std::thread::Builder::new()
            .name("relay-checkpoint".into())
            .spawn(move || run(&place, &inbox, &flag))?;
        Ok(Self {
            orders,
            pause_wanted,
            thread,
        })
    }

    pub(super) fn copy(&self) {
        let _ = self.orders.send(Order::Copy);
    }

    /// The writer found the database broken and opens it anew.
    pub(super) fn let_go(&self) {
        let _ = self.orders.send(Order::LetGo);
    }

    /// True once after the WAL has grown so long that the writer has to stand still for a moment.
    pub(super) fn take_pause(&self) -> bool {
        self.pause_wanted.swap(false, Ordering::Relaxed)
    }

    pub(super) fn stop(self) {
        drop(self.orders);
        let _ = self.thread.join();
    }
}

fn run(place: &Place, inbox: &mpsc::Receiver<Order>, pause_wanted: &AtomicBool) {
    let mut conn: Option<Connection> = None;
    for order in inbox {
        match order {
            Order::LetGo => conn = None,
            Order::Copy => match copy(place, &mut conn) {
                Ok(pages) => {
                    if pages > PAUSE_PAGES {
                        pause_wanted.store(true, Ordering::Relaxed);
                    }
                }
                Err(error) => {
                    conn = None;
                    tracing::warn!(code = ?error.sqlite_error_code(), "checkpoint failed");
                }
            },
        }
    }
}

/// Returns the length of the WAL in pages.
fn copy(place: &Place, conn: &mut Option<Connection>) -> rusqlite::Result<i64> {
    let open = match conn.take() {
        Some(open) => open,
        None => place.open_checkpointer()?,
    };
    conn.insert(open)
        .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(1))
}
