//! What a transaction changed, gathered while it runs. Ids only: screens ask for what they show.

use crate::view::{Change, UploadProgress};
use std::collections::BTreeSet;

/// With more threads than this the list is reloaded as a whole.
const NAMED_AT_MOST: usize = 50;
/// More new messages than this are not announced one by one.
const ARRIVED_AT_MOST: usize = 50;

#[derive(Debug, Default)]
pub(crate) struct Changed {
    pub templates: bool,
    pub connection: bool,
    pub writing: bool,
    pub labels: bool,
    pub consents: bool,
    pub guard: bool,
    pub batches: bool,
    /// New live messages of customers.
    pub arrived: Vec<i64>,
}

impl Changed {
    pub fn into_change(self, threads: BTreeSet<i64>) -> Change {
        let all_threads = threads.len() > NAMED_AT_MOST;
        Change {
            threads: if all_threads {
                Vec::new()
            } else {
                threads.into_iter().collect()
            },
            all_threads,
            templates: self.templates,
            connection: self.connection,
            writing: self.writing,
            labels: self.labels,
            consents: self.consents,
            guard: self.guard,
            batches: self.batches,
            arrived: self.arrived.into_iter().take(ARRIVED_AT_MOST).collect(),
        }
    }
}

impl Change {
    pub fn is_empty(&self) -> bool {
        self.threads.is_empty()
            && !self.all_threads
            && !self.templates
            && !self.connection
            && !self.writing
            && !self.labels
            && !self.consents
            && !self.guard
            && !self.batches
    }

    /// Both changes as one.
    pub fn merge(&mut self, other: Self) {
        self.threads.extend(other.threads);
        self.threads.sort_unstable();
        self.threads.dedup();
        self.all_threads |= other.all_threads;
        self.templates |= other.templates;
        self.connection |= other.connection;
        self.writing |= other.writing;
        self.labels |= other.labels;
        self.consents |= other.consents;
        self.guard |= other.guard;
        self.batches |= other.batches;
        self.arrived.extend(other.arrived);
        self.arrived.truncate(ARRIVED_AT_MOST);
    }
}

/// Where changes go: the window, or a test that listens.
pub trait EventSink: Send + Sync {
    fn changed(&self, change: Change);

    /// A file moves on its way to Meta.
    fn uploading(&self, _: UploadProgress) {}
}
