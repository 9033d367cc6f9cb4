//! A desk without a network: bodies come in as the relay hands them out, and the clock stands where it is put.

use cloud_api::{
    clock::Clock,
    feed::{Page, StoredBody},
    webhook::Peer,
};
use inbox::{
    EventSink,
    desk::{Account, Desk},
    fact::Number,
    platform_clock::PlatformClock,
    run, thread_with,
    view::{Change, ThreadHead, UploadProgress, WindowView},
};
use serde_json::Value;
use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};
use tempfile::TempDir;

/// Keeps what it was told of since it was asked last.
#[derive(Default)]
pub struct Doorbell {
    rung: Mutex<Change>,
    uploads: Mutex<Vec<UploadProgress>>,
}

impl Doorbell {
    /// How far files have come on their way to Meta, as it was told.
    pub fn uploads(&self) -> Vec<UploadProgress> {
        let told = self.uploads.lock().unwrap_or_else(PoisonError::into_inner);
        told.clone()
    }
}

impl EventSink for Doorbell {
    fn changed(&self, change: Change) {
        let mut rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        rung.merge(change);
    }

    fn uploading(&self, progress: UploadProgress) {
        let mut told = self.uploads.lock().unwrap_or_else(PoisonError::into_inner);
        told.push(progress);
    }
}

pub struct Counter {
    directory: TempDir,
    pub clock: Clock,
    pub desk: Arc<Desk>,
    doorbell: Arc<Doorbell>,
    cursor: AtomicI64,
}

impl Counter {
    /// An empty store; the clock stands still at `now`.
    pub fn open(now: i64) -> Self {
        Self::with_others(now, &[])
    }

    /// The same; these numbers are answered from here too.
    pub fn with_others(now: i64, others: &[&str]) -> Self {
        let directory = crate::scratch::directory();
        let clock = Clock::adjustable();
        clock.set(now, 0.0).expect("a clock that can be set");
        let doorbell = Arc::new(Doorbell::default());
        let desk = desk(
            directory.path(),
            PlatformClock::on(clock.clone()),
            now,
            doorbell.clone(),
            others,
        );
        Self {
            directory,
            clock,
            desk,
            doorbell,
            cursor: AtomicI64::new(0),
        }
    }

    /// The same store in a process that has just started.
    pub fn reopened(self) -> Self {
        let now = self.clock.now();
        drop(self.desk);
        let desk = desk(
            self.directory.path(),
            PlatformClock::on(self.clock.clone()),
            now,
            self.doorbell.clone(),
            &[],
        );
        Self { desk, ..self }
    }

    /// The same store under another idea of what time it is.
    pub fn with_clock(self, clock: PlatformClock) -> Self {
        let now = self.clock.now();
        drop(self.desk);
        let desk = desk(
            self.directory.path(),
            clock,
            now,
            self.doorbell.clone(),
            &[],
        );
        Self { desk, ..self }
    }

    pub fn set(&self, now: i64) {
        self.clock.set(now, 0.0).expect("a clock that can be set");
    }

    /// A body that the relay got at `arrived`.
    pub fn receive(&self, body: &Value, arrived: i64) {
        self.receive_all(&[(body.clone(), arrived)]);
    }

    /// One page of bodies, in this order.
    pub fn receive_all(&self, bodies: &[(Value, i64)]) {
        let events: Vec<_> = bodies
            .iter()
            .map(|(body, arrived)| StoredBody {
                cursor: self.cursor.fetch_add(1, Ordering::Relaxed) + 1,
                received_at: *arrived,
                body: Some(body.to_string()),
                body_base64: None,
            })
            .collect();
        let next = events.last().map_or(0, |last| last.cursor);
        run::take_page(
            &self.desk,
            &Page {
                events,
                next,
                more: false,
                now: self.clock.now(),
            },
        )
        .expect("a page that lands");
    }

    /// The new messages that were announced since this, or what changed, was asked last.
    pub fn announced(&self) -> Vec<i64> {
        self.changed().arrived
    }

    /// What changed since this was asked last, as one.
    pub fn changed(&self) -> Change {
        let mut rung = self
            .doorbell
            .rung
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut rung)
    }

    /// The thread with this customer on this number, if there is one.
    pub fn thread(&self, number: &str, peer: &Peer) -> Option<i64> {
        let now = self.desk.clock.now();
        let thread = self
            .desk
            .store
            .read(|db| thread_with(db, number, peer, now));
        thread
            .expect("a store that answers")
            .map(|thread| thread.id)
    }

    pub fn head(&self, number: &str, peer: &Peer) -> Option<ThreadHead> {
        self.thread(number, peer)
            .map(|id| self.desk.thread_head(id).expect("the head of a thread"))
    }

    /// What the window shows; `Never` also where there is no thread yet.
    pub fn window(&self, number: &str, peer: &Peer) -> Seen {
        self.head(number, peer)
            .map_or(Seen::Never, |head| Seen::of(&head.window))
    }
}

/// The window without what is shown beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    Open(i64),
    Closed(i64),
    ClosedByMeta(i64),
    Never,
}

impl Seen {
    pub fn of(window: &WindowView) -> Self {
        match *window {
            WindowView::Open { closes_at, .. } => Self::Open(closes_at),
            WindowView::Closed {
                since,
                by_meta: true,
                ..
            } => Self::ClosedByMeta(since),
            WindowView::Closed { since, .. } => Self::Closed(since),
            WindowView::Never { .. } => Self::Never,
        }
    }
}

/// A customer known by number.
pub fn phone(wa_id: &str) -> Peer {
    Peer {
        wa_id: Some(wa_id.to_owned()),
        ..Peer::default()
    }
}

/// A customer known by BSUID.
pub fn bsuid(bsuid: &str) -> Peer {
    Peer {
        bsuid: Some(bsuid.to_owned()),
        ..Peer::default()
    }
}

fn desk(
    directory: &Path,
    clock: PlatformClock,
    now: i64,
    doorbell: Arc<Doorbell>,
    others: &[&str],
) -> Arc<Desk> {
    let others = others.iter().map(|id| Number {
        phone_number_id: (*id).to_owned(),
        display: String::new(),
    });
    let account = Account {
        phone_number_id: crate::bodies::NUMBER.to_owned(),
        display: "+49 30 55501234".to_owned(),
        waba_id: "201100200300400".to_owned(),
        others: others.collect(),
    };
    let store = Arc::new(crate::scratch::store(directory, now));
    Arc::new(Desk::new(store, Arc::new(clock), account, doorbell).expect("a desk"))
}
