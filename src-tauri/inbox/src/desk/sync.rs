//! How the fetching of the template list stands. Nothing of it outlives the program but the list itself.

use super::Desk;
use crate::view::{SyncFailure, TemplateSync};
use cloud_api::client::CallError;
use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};
use store::template::{self, Listed};

/// Older than this the list is fetched anew once the connection is back.
const OLD: i64 = 10 * 60 * 1000;

#[derive(Debug, Default)]
pub(crate) struct Sync {
    /// Held while a list is fetched.
    pub turn: tokio::sync::Mutex<()>,
    /// Held while a draft is handed in.
    pub handing_in: tokio::sync::Mutex<()>,
    finished: AtomicU64,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    running: Option<i64>,
    failed: Option<SyncFailure>,
    error: Option<CallError>,
}

impl Sync {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many lists were fetched, well or badly.
    pub fn finished(&self) -> u64 {
        self.finished.load(Ordering::Acquire)
    }

    /// How the last one went.
    pub fn outcome(&self) -> Result<(), CallError> {
        self.state().error.clone().map_or(Ok(()), Err)
    }

    pub fn begin(&self) {
        self.state().running = Some(0);
    }

    /// So many have come so far.
    pub fn reached(&self, count: usize) {
        self.state().running = i64::try_from(count).ok();
    }

    pub fn end(&self, failed: Option<SyncFailure>, error: Option<CallError>) {
        *self.state() = State {
            running: None,
            failed,
            error,
        };
        self.finished.fetch_add(1, Ordering::Release);
    }
}

impl Desk {
    pub(super) fn sync_view(&self, listed: Option<Listed>) -> TemplateSync {
        let state = self.sync.state();
        TemplateSync {
            at: listed.map(|list| list.at),
            loaded: listed.map_or(0, |list| list.loaded),
            total: listed.map_or(0, |list| list.total),
            running: state.running,
            failed: state.failed.clone(),
        }
    }

    /// Meta's list may be another by now: it is fetched soon.
    pub(crate) fn templates_may_differ(&self) {
        self.templates_stale.notify_one();
    }

    /// The connection is back: whatever failed or grew old meanwhile is made good.
    pub(super) fn catch_up_templates(&self) {
        let listed = self
            .store
            .read(|db| template::listed(db, &self.account.waba_id));
        let old = listed
            .ok()
            .flatten()
            .is_none_or(|list| self.clock.now() - list.at > OLD);
        if old || self.sync.state().failed.is_some() {
            self.templates_may_differ();
        }
    }
}
