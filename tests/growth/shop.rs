//! A made-up shop of a given size, and what an action in it costs.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex},
};

use cloud_api::clock::Clock;
use inbox::{
    EventSink,
    desk::{Account, Desk},
    platform_clock::PlatformClock,
    view::Change,
};
use rusqlite::{
    StatementStatus,
    trace::{TraceEvent, TraceEventCodes},
};
use store::Store;
use support::{
    generate::{END, Filled, Spec, fill, number},
    scratch,
};

/// Every statement that ran while it was watched: rows stepped over in full scans, and steps, over all its runs.
pub static RAN: Mutex<BTreeMap<String, (i32, i32)>> = Mutex::new(BTreeMap::new());

struct Silence;

impl EventSink for Silence {
    fn changed(&self, _: Change) {}
}

pub struct Shop {
    pub dir: tempfile::TempDir,
    pub filled: Filled,
    /// The ten customers after the busiest one, who wrote at least a page in either shop.
    pub regulars: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cost {
    pub steps: u64,
    pub bytes: u64,
}

impl Shop {
    pub fn of(messages: usize) -> Self {
        let dir = scratch::directory();
        let store = scratch::store(dir.path(), END);
        let filled = fill(&store, Spec::of(messages)).unwrap();
        let mut held: BTreeMap<i64, usize> = BTreeMap::new();
        let count = |db: &store::Connection| {
            let mut statement = db.prepare("SELECT thread_id FROM message")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                *held.entry(row.get(0)?).or_default() += 1;
            }
            Ok(())
        };
        store.read(count).unwrap();
        let mut long: Vec<_> = held.into_iter().map(|(thread, n)| (n, thread)).collect();
        long.sort_unstable_by(|a, b| b.cmp(a));
        let long = long.iter().skip(1).take(10).map(|(_, thread)| thread);
        let at = |thread: &i64| filled.threads.iter().position(|t| t == thread).unwrap();
        let regulars = long.map(at).collect();
        Self {
            dir,
            filled,
            regulars,
        }
    }

    pub fn regular(&self, n: usize) -> i64 {
        self.filled.threads[self.regulars[n]]
    }

    /// Steps, and bytes read with nothing cached, of `action`. `fresh` counts up, for what happens once only.
    pub fn cost(&self, action: &mut dyn FnMut(&Desk, u64)) -> Cost {
        self.cost_at(&desk(self.dir.path()), action)
    }

    /// The same once the guard has read the past, as it does after each start.
    pub fn cost_of_a_send(&self, action: &mut dyn FnMut(&Desk, u64)) -> Cost {
        let desk = desk(self.dir.path());
        desk.guard_ready().unwrap();
        self.cost_at(&desk, action)
    }

    fn cost_at(&self, desk: &Desk, action: &mut dyn FnMut(&Desk, u64)) -> Cost {
        let before = bytes_read();
        action(desk, 0);
        let bytes = bytes_read() - before;
        let store = desk.store.clone();
        watch(&store, true);
        let ((), steps) = store.count_steps(|| action(desk, 1)).unwrap();
        watch(&store, false);
        Cost { steps, bytes }
    }
}

pub fn desk(dir: &Path) -> Desk {
    let clock = Clock::adjustable();
    clock.set(END + 3_600_000, 0.0).unwrap();
    let store: Arc<Store> = Arc::new(scratch::store(dir, END));
    let account = Account {
        phone_number_id: number(4).phone_number_id,
        display: number(4).display,
        waba_id: "318000000000202".into(),
        ..Account::default()
    };
    Desk::new(
        store,
        Arc::new(PlatformClock::on(clock)),
        account,
        Arc::new(Silence),
    )
    .unwrap()
}

/// Bytes this thread has asked the system for, cached by it or not.
pub fn bytes_read() -> u64 {
    let io = std::fs::read_to_string("/proc/thread-self/io").unwrap_or_default();
    let line = io.lines().find_map(|line| line.strip_prefix("rchar: "));
    line.and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Only one reader is ever in use here, always the same.
pub fn watch(store: &Store, on: bool) {
    let listen: Option<fn(TraceEvent<'_>)> = on.then_some(note as fn(TraceEvent<'_>));
    let set = |db: &store::Connection| {
        db.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, listen);
        Ok(())
    };
    store.write(set).unwrap();
    store.read(set).unwrap();
}

pub fn note(event: TraceEvent<'_>) {
    if let TraceEvent::Profile(statement, _) = event {
        let scanned = statement.get_status(StatementStatus::FullscanStep);
        let steps = statement.get_status(StatementStatus::VmStep);
        let mut ran = RAN.lock().unwrap();
        let most = ran.entry(statement.sql().into_owned()).or_default();
        *most = (most.0.max(scanned), most.1.max(steps));
    }
}
