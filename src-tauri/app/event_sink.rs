//! Changes on their way to the window: the first at once, the rest gathered, about ten a second at most. Of a
//! file's progress only the latest word counts.

use inbox::{
    EventSink,
    view::{Change, UploadProgress},
};
use std::{collections::BTreeMap, time::Duration};
use tokio::sync::mpsc;

/// What happens within this time after an event is told with the next one.
const GATHER: Duration = Duration::from_millis(100);

/// What the window is told.
pub enum Told {
    Change(Change),
    Upload(UploadProgress),
}

/// Hands changes over from any thread and never waits.
pub struct WindowSink {
    changes: mpsc::UnboundedSender<Told>,
}

impl WindowSink {
    /// `emit` is called on one task, in order, until the sink is dropped.
    pub fn new(emit: impl Fn(Told) + Send + 'static) -> (Self, impl Future<Output = ()> + Send) {
        let (changes, queue) = mpsc::unbounded_channel();
        (Self { changes }, gather(queue, emit))
    }
}

impl EventSink for WindowSink {
    fn changed(&self, change: Change) {
        // Nobody listens any more: the window is closing.
        let _ = self.changes.send(Told::Change(change));
    }

    fn uploading(&self, progress: UploadProgress) {
        let _ = self.changes.send(Told::Upload(progress));
    }
}

async fn gather(mut queue: mpsc::UnboundedReceiver<Told>, emit: impl Fn(Told)) {
    while let Some(first) = queue.recv().await {
        let mut change = Change::default();
        let mut uploads = BTreeMap::new();
        let mut next = Some(first);
        while let Some(told) = next {
            match told {
                Told::Change(more) => change.merge(more),
                Told::Upload(progress) => {
                    uploads.insert(progress.outbox_id.clone(), progress);
                }
            }
            next = queue.try_recv().ok();
        }
        for progress in uploads.into_values() {
            emit(Told::Upload(progress));
        }
        if !change.is_empty() {
            emit(Told::Change(change));
        }
        tokio::time::sleep(GATHER).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc as plain;

    fn of_thread(id: i64) -> Change {
        Change {
            threads: vec![id],
            ..Change::default()
        }
    }

    #[tokio::test]
    async fn nothing_is_lost_and_what_comes_together_is_told_together() {
        let (told, events) = plain::channel();
        let (sink, run) = WindowSink::new(move |news| {
            if let Told::Change(change) = news {
                let _ = told.send(change);
            }
        });
        for id in 0..100 {
            sink.changed(of_thread(id % 7));
        }
        drop(sink);
        run.await;
        let events: Vec<Change> = events.iter().collect();
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].threads, (0..7).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn of_a_files_progress_only_the_latest_word_is_told() {
        let (told, events) = plain::channel();
        let (sink, run) = WindowSink::new(move |news| {
            if let Told::Upload(progress) = news {
                let _ = told.send((progress.outbox_id, progress.sent));
            }
        });
        for (id, sent) in [("a", 1), ("b", 5), ("a", 2), ("a", 3)] {
            sink.uploading(UploadProgress {
                outbox_id: id.into(),
                sent,
                total: 9,
            });
        }
        drop(sink);
        run.await;
        assert_eq!(
            events.iter().collect::<Vec<_>>(),
            [("a".into(), 3), ("b".into(), 5)]
        );
    }
}
