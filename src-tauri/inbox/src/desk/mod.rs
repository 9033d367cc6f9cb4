//! What staff can see and do: the use cases behind every command of the window.
//!
//! Everything here is synchronous and short; what talks to Meta or the relay runs in [`crate::run`].

mod alerts;
mod asking;
mod attaching;
mod auditing;
mod batches;
mod beside;
mod consent_list;
mod consenting;
mod conversation;
mod counter;
mod customer;
mod erasing;
pub mod exports;
mod guarding;
mod importing;
mod marking;
mod quick_replies;
mod retaining;
mod search;
mod send;
mod settings;
mod sync;
mod template_drafts;
mod template_values;
mod template_view;
mod templates;
mod thread_list;
mod threads;
mod word_lists;
mod wordings;

pub use guarding::{GuardEach, GuardPreview, GuardSend, GuardTemplate, GuardWord};

pub(crate) use asking::{answered_by, asked_id};
pub(crate) use batches::Again;
pub use counter::COUNTRY as SHOP_COUNTRY;
pub(crate) use counter::code_in;
pub(crate) use send::drafted;
pub(crate) use settings::settings;
pub(crate) use template_values::back_to_the_form;
pub(crate) use templates::SHOP_NAME;
pub(crate) use wordings::business_name;

use crate::{
    EventSink, apply,
    fact::{Fact, FactKind, Number},
    ledger::{self, Act, LEDGER_BROKEN, Recorded},
    platform_clock::PlatformClock,
    view::{
        Body, Change, ClockView, ConnectionView, ConsentRefusal, HoldView, LedgerCheck, MediaView,
        UploadProgress,
    },
};
use cloud_api::error::classify;
use std::sync::{Arc, Mutex, PoisonError};
use store::{
    Connection, Result, Store, StoreError, attachment, media, message, notice, number, outbox,
    setting,
};
use tokio::sync::Notify;

/// With the relay out of reach for this long the windows are unsure: a customer's message may be waiting.
const UNSURE_AFTER: i64 = 2 * 60 * 1000;

/// The business this profile speaks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    pub phone_number_id: String,
    pub display: String,
    pub waba_id: String,
    /// Further numbers of the same account that are answered from here.
    pub others: Vec<Number>,
}

impl Account {
    /// Every number that is answered from here, the main one first; none before one was connected.
    pub fn numbers(&self) -> impl Iterator<Item = Number> {
        let main = Number {
            phone_number_id: self.phone_number_id.clone(),
            display: self.display.clone(),
        };
        let all = std::iter::once(main).chain(self.others.iter().cloned());
        all.filter(|number| !number.phone_number_id.is_empty())
    }

    pub fn answers_from(&self, phone_number_id: &str) -> bool {
        self.numbers().any(|n| n.phone_number_id == phone_number_id)
    }

    /// The same account with these numbers, the first one being the main one.
    #[must_use]
    pub fn with_numbers(self, numbers: impl IntoIterator<Item = Number>) -> Self {
        let mut numbers = numbers.into_iter();
        let main = numbers.next().unwrap_or_default();
        Self {
            phone_number_id: main.phone_number_id,
            display: main.display,
            waba_id: self.waba_id,
            others: numbers.collect(),
        }
    }
}

/// One open profile.
pub struct Desk {
    pub store: Arc<Store>,
    pub clock: Arc<PlatformClock>,
    pub account: Account,
    sink: Arc<dyn EventSink>,
    relay: Mutex<RelayContact>,
    /// Something was queued, or became due earlier.
    pub(crate) outbox_changed: Notify,
    /// Meta's list of templates may be another than ours.
    pub(crate) templates_stale: Notify,
    pub(crate) sync: sync::Sync,
    /// A file is to be fetched.
    pub(crate) media_wanted: Notify,
    /// A thread was read and the customer is to be told.
    pub(crate) receipts: Mutex<Vec<Receipt>>,
    pub(crate) receipts_due: Notify,
    /// The list that was chosen last, until it is imported.
    import: Mutex<Option<importing::Chosen>>,
    pub(crate) batches: batches::Batches,
    /// The guard. Locked by whoever already has the store, never the other way round.
    watch: Mutex<guarding::Watch>,
    word_lists: word_lists::Known,
}

/// A message the customer is to be told was read.
#[derive(Debug)]
pub(crate) struct Receipt {
    pub phone_number_id: String,
    pub wamid: String,
}

#[derive(Debug, Clone, Copy, Default)]
struct RelayContact {
    /// When we last had everything the relay had, in this session or an earlier one.
    complete_at: Option<i64>,
    complete_since_start: bool,
    refused: bool,
    started_at: i64,
    shown_unsure: bool,
}

impl Desk {
    pub fn new(
        store: Arc<Store>,
        clock: Arc<PlatformClock>,
        account: Account,
        sink: Arc<dyn EventSink>,
    ) -> Result<Self> {
        let complete_at = store.read(|db| setting::get_i64(db, RELAY_REACHED))?;
        known_to(&store, &account)?;
        let started_at = clock.now();
        Ok(Self {
            store,
            clock,
            account,
            sink,
            relay: Mutex::new(RelayContact {
                complete_at,
                started_at,
                ..RelayContact::default()
            }),
            outbox_changed: Notify::new(),
            templates_stale: Notify::new(),
            sync: sync::Sync::default(),
            media_wanted: Notify::new(),
            receipts: Mutex::default(),
            receipts_due: Notify::new(),
            import: Mutex::default(),
            batches: batches::Batches::default(),
            watch: Mutex::default(),
            word_lists: word_lists::Known::default(),
        })
    }

    /// The business number as facts name it.
    pub fn number(&self) -> Number {
        Number {
            phone_number_id: self.account.phone_number_id.clone(),
            display: self.account.display.clone(),
        }
    }

    /// How a business number is written, where nothing may be sent from it.
    pub(crate) fn unconnected(&self, db: &Connection, number_id: i64) -> Result<Option<String>> {
        let number = Number::stored(db, number_id)?;
        let id = number.phone_number_id;
        if id.is_empty() || self.account.answers_from(&id) {
            return Ok(None);
        }
        let named = number.display;
        Ok(Some(if named.is_empty() { id } else { named }))
    }

    /// Applies facts and tells the window.
    pub fn apply(&self, facts: &[Fact]) -> Result<()> {
        let now = self.clock.now();
        let change = self
            .store
            .write(|db| ledger::apply_and_record(db, facts, now, &self.account.waba_id))?;
        self.tell(change);
        // Another device's word of an erasure counts for the copies of this one.
        match facts
            .iter()
            .any(|fact| matches!(fact.kind, FactKind::Erased { .. }))
        {
            true => self.forget_copies(),
            false => Ok(()),
        }
    }

    /// Records an act in the ledger, and tells the window.
    pub fn record(&self, act: &Act) -> Result<std::result::Result<Recorded, ConsentRefusal>> {
        let now = self.clock.now();
        let recorded = self.store.write(|db| ledger::record(db, act, now))?;
        if let Ok(recorded) = &recorded {
            self.tell(recorded.change.clone());
        }
        Ok(recorded)
    }

    /// Walks the chains and says whether they are what was written; from where the last look ended, or from the start.
    /// The window is told where that makes the ledger read-only, or opens it again.
    pub fn check_ledger(&self, whole: bool) -> Result<LedgerCheck> {
        let now = self.clock.now();
        let broken = || self.store.read(|db| setting::get(db, LEDGER_BROKEN));
        let before = broken()?.unwrap_or_default();
        let check = ledger::check(&self.store, whole, now)?;
        for broken in &check.broken {
            let (entry, why) = (&broken.entry, &broken.why);
            tracing::error!(entry, why, "the consent ledger was changed");
        }
        if broken()?.unwrap_or_default() != before {
            self.tell(Change {
                consents: true,
                connection: true,
                ..Change::default()
            });
        }
        Ok(check)
    }

    pub fn apply_one(&self, kind: FactKind) -> Result<()> {
        self.apply(&[Fact::new(&self.number(), kind)])
    }

    pub(crate) fn tell(&self, change: Change) {
        if !change.is_empty() {
            self.sink.changed(change);
        }
    }

    pub(crate) fn tell_upload(&self, progress: UploadProgress) {
        self.sink.uploading(progress);
    }

    pub fn clock_view(&self) -> ClockView {
        ClockView {
            now: self.clock.now(),
            speed: self.clock.speed(),
            laptop_ahead_by: self.clock.laptop_ahead_by(),
        }
    }

    /// Since when a customer's message may be waiting somewhere; `None` while we have all the relay has.
    pub(crate) fn unsure_since(&self, now: i64) -> Option<i64> {
        let relay = self.contact();
        // The relay's patience is real time; a practice clock that is sped up must not outrun it.
        let silence = (UNSURE_AFTER as f64 * self.clock.speed().max(1.0)) as i64;
        match relay.complete_at {
            Some(at) if relay.complete_since_start => (now - at > silence).then_some(at),
            Some(at) => Some(at),
            None => Some(relay.started_at),
        }
    }

    fn contact(&self) -> RelayContact {
        *self.relay.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The relay answered; `complete`: there was nothing more to fetch.
    pub(crate) fn relay_answered(&self, complete: bool) {
        let now = self.clock.now();
        self.note_contact(|relay| {
            relay.refused = false;
            if complete {
                relay.complete_at = Some(now);
                relay.complete_since_start = true;
            }
        });
    }

    pub(crate) fn relay_silent(&self, refused: bool) {
        self.note_contact(|relay| relay.refused = refused);
    }

    fn note_contact(&self, change: impl FnOnce(&mut RelayContact)) {
        let now = self.clock.now();
        let before = self.contact();
        change(&mut self.relay.lock().unwrap_or_else(PoisonError::into_inner));
        let unsure = self.unsure_since(now).is_some();
        self.relay
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .shown_unsure = unsure;
        if before.shown_unsure != unsure
            || before.refused != self.contact().refused
            || before.complete_since_start != self.contact().complete_since_start
        {
            if !unsure && self.contact().complete_since_start {
                self.catch_up_templates();
            }
            // Every window shown changes its look.
            self.tell(Change {
                connection: true,
                all_threads: true,
                ..Change::default()
            });
        }
    }

    /// The platform's clock was set (practice mode): every countdown shown is another, and more may be due.
    /// A jump is no silence of the relay's.
    pub fn clock_was_set(&self) {
        let now = self.clock.now();
        {
            let mut relay = self.relay.lock().unwrap_or_else(PoisonError::into_inner);
            if !relay.shown_unsure {
                relay.complete_at = relay.complete_at.map(|_| now);
            }
        }
        self.outbox_changed.notify_one();
        self.batches.due.notify_one();
        self.tell(Change {
            all_threads: true,
            connection: true,
            ..Change::default()
        });
    }

    pub fn connection(&self) -> Result<ConnectionView> {
        let relay = self.contact();
        self.store.read(|db| {
            Ok(ConnectionView {
                relay_reached_at: relay.complete_at,
                unsure_since: self.unsure_since(self.clock.now()),
                relay_refused: relay.refused,
                hold: notice::hold(db, apply::SENDING)?.map(|hold| HoldView {
                    code: hold.code,
                    name: classify(hold.code, None).name.to_owned(),
                    since: hold.set_at,
                }),
                doubtful: outbox::count(db, "doubtful")?,
                ledger_broken: setting::get(db, LEDGER_BROKEN)?.filter(|entry| !entry.is_empty()),
            })
        })
    }

    /// Somebody signed in again, or the owner says that sending may go on.
    pub fn lift_hold(&self) -> Result<()> {
        self.apply_one(FactKind::HoldLifted {
            at: self.clock.now(),
        })?;
        self.outbox_changed.notify_one();
        Ok(())
    }

    /// Bytes of a message's file, if they were fetched.
    pub fn media(&self, message_id: i64) -> Result<Option<Vec<u8>>> {
        self.store.read(|db| match message::get(db, message_id)? {
            Some(row) if !row.outbox_id.is_empty() => {
                match attachment::of_outbox(db, &row.outbox_id)? {
                    Some(file) => attachment::bytes(db, &file.id),
                    None => Ok(None),
                }
            }
            Some(row) => media::bytes(db, &row.wamid),
            None => Ok(None),
        })
    }

    /// What the file of a message is called, and what it is.
    pub fn media_name(&self, message_id: i64) -> Result<Option<MediaView>> {
        self.store.read(|db| {
            let row = message::get(db, message_id)?;
            let body = row.and_then(|row| serde_json::from_str(&row.payload).ok());
            Ok(match body {
                Some(Body::Media { media }) => Some(media),
                _ => None,
            })
        })
    }
}

/// Connected numbers are there before anybody writes to them.
fn known_to(store: &Store, account: &Account) -> Result<()> {
    let known = store.read(number::all)?;
    let is_new = |number: &Number| {
        known
            .iter()
            .all(|(_, id, display)| *id != number.phone_number_id || *display < number.display)
    };
    let new: Vec<Number> = account.numbers().filter(is_new).collect();
    if new.is_empty() {
        return Ok(());
    }
    store.write(|db| {
        for number in &new {
            number::ensure(db, &number.phone_number_id, &number.display)?;
        }
        Ok(())
    })
}

/// Where it is remembered when we last had everything the relay had.
pub const RELAY_REACHED: &str = "relay_reached_at";

/// What a command asked for is gone.
pub(crate) fn not_found() -> StoreError {
    StoreError::Sqlite(store::no_rows())
}

#[cfg(test)]
mod tests {
    use super::*;
    use cloud_api::clock::Clock;
    use store::StoreKey;

    struct Nobody;

    impl EventSink for Nobody {
        fn changed(&self, _: Change) {}
    }

    #[test]
    fn only_the_relays_silence_makes_windows_unsure_and_no_clock_that_is_set() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &StoreKey::from_bytes([7; 32]), 0).unwrap();
        let local = Clock::adjustable();
        let clock = Arc::new(PlatformClock::on(local.clone()));
        let desk = Desk::new(Arc::new(store), clock, Account::default(), Arc::new(Nobody)).unwrap();
        let unsure = || desk.unsure_since(desk.clock.now()).is_some();
        let passes = |ms: i64, speed: f64| local.set(local.now() + ms, speed).unwrap();
        assert!(unsure(), "not asked yet");
        desk.relay_answered(true);
        assert!(!unsure());

        passes(24 * 60 * 60 * 1000, 1.0);
        desk.clock_was_set();
        assert!(!unsure(), "a jump of a day");
        passes(UNSURE_AFTER - 5_000, 1.0);
        assert!(!unsure(), "one long poll");
        passes(10_000, 1.0);
        assert!(unsure(), "silence");
        desk.relay_answered(true);

        passes(0, 60.0);
        desk.clock_was_set();
        passes(30 * 60 * 1000, 60.0);
        assert!(!unsure(), "half a minute at sixty times the speed");
    }
}
