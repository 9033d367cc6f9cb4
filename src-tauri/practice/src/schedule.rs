//! What the platform will do later, by its own clock: statuses, customers' next words, reviews.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    sync::Mutex,
    time::Duration,
};

use tokio::sync::Notify;

use crate::{
    platform::{Shared, locked},
    script, statuses, template_life, template_review,
};

/// One thing to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    Status {
        wamid: String,
        status: &'static str,
        code: Option<i64>,
    },
    /// A scripted customer's next act.
    Script(script::Act),
    /// A template handed in is decided on.
    Review { name: String, language: String },
    /// A paused template comes back.
    EndOfPause { id: String, pause: usize },
    /// What pacing holds back is released or dropped.
    Assessment { name: String, language: String },
    /// A template's category changes.
    Recategorise { id: String },
}

#[derive(Default)]
struct Inner {
    due: BinaryHeap<Reverse<(i64, u64)>>,
    jobs: BTreeMap<u64, Job>,
    last: u64,
}

/// Jobs in order of their time; equal times in the order they were planned.
#[derive(Default)]
pub struct Schedule {
    inner: Mutex<Inner>,
    changed: Notify,
}

impl Schedule {
    pub fn plan(&self, due: i64, job: Job) {
        let mut inner = locked(&self.inner);
        inner.last += 1;
        let id = inner.last;
        inner.due.push(Reverse((due, id)));
        inner.jobs.insert(id, job);
        drop(inner);
        self.changed.notify_waiters();
    }

    /// The next job due at `now`, and when it was due.
    pub fn take_due(&self, now: i64) -> Option<(i64, Job)> {
        let mut inner = locked(&self.inner);
        let Reverse((due, id)) = *inner.due.peek()?;
        if due > now {
            return None;
        }
        inner.due.pop();
        inner.jobs.remove(&id).map(|job| (due, job))
    }

    /// All planned statuses in their order, taken out; the rest stays.
    pub fn take_statuses(&self) -> Vec<(i64, Job)> {
        let mut inner = locked(&self.inner);
        let mut all: Vec<_> = std::mem::take(&mut inner.due)
            .into_iter()
            .map(|Reverse(x)| x)
            .collect();
        all.sort_unstable();
        let mut statuses = Vec::new();
        for (due, id) in all {
            if matches!(inner.jobs.get(&id), Some(Job::Status { .. })) {
                statuses.extend(inner.jobs.remove(&id).map(|job| (due, job)));
            } else {
                inner.due.push(Reverse((due, id)));
            }
        }
        statuses
    }

    fn next_due(&self) -> Option<i64> {
        locked(&self.inner).due.peek().map(|Reverse((due, _))| *due)
    }

    pub fn len(&self) -> usize {
        locked(&self.inner).jobs.len()
    }

    pub fn clear(&self) {
        *locked(&self.inner) = Inner::default();
    }

    /// The clock was set: look again.
    pub fn wake(&self) {
        self.changed.notify_waiters();
    }
}

/// Another process may move a clock that is kept in a file, so no sleep is longer than this.
const LONGEST_SLEEP: Duration = Duration::from_millis(50);

/// Does what is due, for as long as the platform runs.
pub async fn run(shared: Shared) {
    loop {
        let changed = shared.schedule.changed.notified();
        tokio::pin!(changed);
        changed.as_mut().enable();
        let now = shared.clock.now();
        while let Some((due, job)) = shared.schedule.take_due(now) {
            perform(&shared, due, job);
        }
        match shared.schedule.next_due() {
            None => changed.await,
            Some(due) => {
                let _ = tokio::time::timeout(real_pause(due - now, shared.clock.speed()), changed)
                    .await;
            }
        }
    }
}

/// Real time until the clock has moved on by `ms`.
fn real_pause(ms: i64, speed: f64) -> Duration {
    if speed <= 0.0 {
        return LONGEST_SLEEP;
    }
    Duration::try_from_secs_f64(ms.max(1) as f64 / 1_000.0 / speed).map_or(LONGEST_SLEEP, |pause| {
        pause.clamp(Duration::from_millis(1), LONGEST_SLEEP)
    })
}

pub fn perform(shared: &Shared, at: i64, job: Job) {
    match job {
        Job::Status {
            wamid,
            status,
            code,
        } => statuses::announce(shared, &wamid, status, code, at),
        Job::Script(act) => script::perform(shared, at, act),
        Job::Review { name, language } => template_review::decide(shared, &name, &language, at),
        Job::EndOfPause { id, pause } => template_life::end_of_pause(shared, &id, pause, at),
        Job::Assessment { name, language } => {
            // Gone meanwhile: nothing to decide.
            let _ = template_life::decide(shared, &name, &language, None, at);
        }
        Job::Recategorise { id } => template_life::change_category(shared, &id, at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(n: usize) -> Job {
        Job::Status {
            wamid: n.to_string(),
            status: "sent",
            code: None,
        }
    }

    #[test]
    fn jobs_come_by_time_and_equal_times_in_the_order_they_were_planned() {
        let schedule = Schedule::default();
        for (n, due) in [20, 10, 10, 30].into_iter().enumerate() {
            schedule.plan(due, job(n));
        }
        assert_eq!(schedule.take_due(9), None);
        let taken: Vec<_> = std::iter::from_fn(|| schedule.take_due(20)).collect();
        assert_eq!(taken, [(10, job(1)), (10, job(2)), (20, job(0))]);
        assert_eq!(schedule.len(), 1);
    }

    #[test]
    fn a_pause_follows_the_speed_of_the_clock() {
        assert_eq!(real_pause(60_000, 6_000.0), Duration::from_millis(10));
        assert_eq!(real_pause(3_600_000, 1.0), LONGEST_SLEEP);
        assert_eq!(
            real_pause(10, 0.0),
            LONGEST_SLEEP,
            "a clock that stands still"
        );
    }
}
