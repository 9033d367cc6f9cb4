//! Speaks up before the shop sends what looks like mass spam, and stays silent when twenty customers are told what
//! they asked.
//!
//! **Definition.** *The same content goes, within a day, to five or more people who are not waiting for it.* "Same" is
//! judged by meaning and not by spelling ([`text`], [`crowd`]), "waiting" by the conversation ([`person`], [`asked`]).
//! The conversation gives the recall, the meaning of the text gives the precision; neither works alone.
//!
//! **Order.** What is never sent ([`hard`]) · the crowd · the content · the state of the account ([`judge`]).
//!
//! **Pure.** No store, no clock: time, staff and what is known of a customer are arguments, and the same facts give the
//! same verdicts, in the window, on a second laptop and after a restart ([`Guard::rebuilt`]). In memory are the last 24
//! hours (advertising: seven days), whatever the size of the store.
//!
//! Where it goes beyond counting near-duplicates, and why:
//! * Weights are worked out next to the others of the crowd, not at the moment of sending: whether a time or a file is
//!   personal shows only with the second message ([`crowd`]).
//! * Two words that differ for nearly everybody ("Bella is ready", "Rex is ready") make a notice personal as a figure
//!   does; a greeting that varies does not.
//! * A small dictionary of meanings (`assets/guard/meanings.toml`) lets a rewording and a translation fall into the
//!   cluster of the text they repeat: at least four meanings or figures and most of both texts have to agree.
//! * Whatever the wording, unasked messages of a day are also counted by what they are about: a word that carries
//!   content, a price, a day with an hour, a meaning in any language. One more person than for the same text is needed,
//!   and words for orders and appointments do not count, since everybody's notices have them in common.
//! * A price, an offer or a "by the way" that follows an answer and takes up nothing of what was asked counts as
//!   unasked, unless most of those who got it had asked about the same.
//! * Points and vouchers differ from person to person, and are advertising all the same: what bears a mark of
//!   advertising is only personal if it speaks of an order, an appointment or a payment.
//! * Who asked to be told ("let me know when it is here") waits for word, whatever we answered.
//! * Thanks and "ok" open no question, so an advert hours later is no answer to them.
//! * A message to somebody whom we promised word, or whose exchange is still going on, gets the benefit of the doubt
//!   only until the same content went to two people who were not waiting for anything.
//! * A text is compared with the latest texts even if they share no 4-gram, since unasked messages are few and a
//!   missed rewording is dear.

mod account;
mod asked;
mod besides;
mod classify;
mod crowd;
mod fatigue;
mod hard;
mod judge;
mod limits;
mod near;
mod person;
mod preview;
mod reached;
mod send;
#[cfg(test)]
mod tests;
mod text;
mod verdict;

pub use fatigue::{Shown, interrupts};
pub use limits::Limits;
pub use near::Index;
pub use preview::Preview;
pub use send::{
    Category, Consents, Content, Grant, Happened, Past, Person, Quality, Recipient, Send, Shop,
};
pub use text::Grams;
pub(crate) use text::{Phrases, Placed, forbidden, without_article};
pub use verdict::{Code, Crowd, Level, Reason, Verdict};

use crate::opt_out::{self, Tier};
use asked::Asked;
use limits::DAY;
use person::{Exchange, Key, LastOut, Stop};
use std::collections::{HashMap, VecDeque};
use text::read;

/// Meta: "rate limit hit because of spam".
const SPAM_RATE: i64 = 131_048;
/// Meta: "not delivered to maintain healthy ecosystem engagement".
const WITHHELD: i64 = 131_049;
/// Meta: "user stopped marketing messages".
const MARKETING_STOPPED: i64 = 131_050;
/// How long an opt-out is put down to what somebody got.
const BLAME: i64 = DAY;

#[derive(Debug, Clone, Copy, Default)]
struct Number {
    quality: Quality,
    spam_error: Option<i64>,
}

#[derive(Debug, Clone, Copy)]
struct Paced {
    at: i64,
    person: Person,
    chars: usize,
}

/// What a text bears that counts whatever its wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Utility,
    Forbidden,
    Disguised,
}

#[derive(Debug, Clone, Default)]
struct Marks(VecDeque<(i64, Mark, Person)>);

impl Marks {
    /// Other people than `but` in the last 24 hours.
    fn people(&self, mark: Mark, now: i64, but: Person) -> u32 {
        let mut people: Vec<Person> = self
            .0
            .iter()
            .filter(|(at, of, person)| *of == mark && now - at < DAY && *person != but)
            .map(|(.., person)| *person)
            .collect();
        people.sort_unstable();
        people.dedup();
        u32::try_from(people.len()).unwrap_or(u32::MAX)
    }
}

/// The state of the guard for one business: all staff, all numbers.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    limits: Limits,
    people: HashMap<Person, Exchange>,
    crowds: crowd::Crowds,
    marks: Marks,
    numbers: HashMap<u64, Number>,
    /// Who used up the messaging limit.
    outside: reached::Reached,
    pace: HashMap<u64, VecDeque<Paced>>,
    shown: Vec<Shown>,
    tidied_at: i64,
}

impl Guard {
    pub fn new(limits: Limits) -> Self {
        Self {
            limits: limits.bounded(),
            ..Self::default()
        }
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits.bounded();
    }

    /// The guard that would be there had it lived through `past`, which may come in any order. Nine days suffice: seven
    /// for advertising, two for what explains it. Stops and quality older than that have to be given as well.
    pub fn rebuilt<'a>(limits: Limits, past: impl IntoIterator<Item = Past<'a>>) -> Self {
        let mut guard = Self::new(limits);
        let mut past: Vec<Past<'a>> = past.into_iter().collect();
        past.sort_by_key(|past| (past.at, past.seq));
        for past in past {
            guard.live(&past);
        }
        guard
    }

    /// Takes in one thing that happened; the verdict, if it was a send.
    pub fn live(&mut self, past: &Past<'_>) -> Option<Verdict> {
        match past.what {
            Happened::In { from, text } => self.observe_in(past.at, from, text),
            Happened::Status { to, number, code } => self.observe_status(past.at, number, to, code),
            Happened::Preference { from, resume } => self.observe_pref(past.at, from, resume),
            Happened::Account { number, quality } => self.observe_account(number, quality),
            Happened::Out { send, sent } => {
                let verdict = self.verdict(&send);
                // Whatever is thought of it now, and whoever was asked about it then: that is told apart ([`Shown`]).
                if sent {
                    self.keep(&send, &verdict.judged);
                }
                return Some(verdict);
            }
        }
        None
    }

    /// A send went out, and nobody asks what would have been said about it.
    pub fn observe_out(&mut self, send: &Send<'_>) {
        let judged = self.judged(send);
        self.keep(send, &judged);
    }

    /// A customer wrote. `text`: empty for what has no words.
    pub fn observe_in(&mut self, at: i64, from: Person, text: &str) {
        self.tidy(at);
        let said = read(text, "", &[]);
        let exchange = self.people.entry(from).or_default();
        let after_marketing = exchange.last_out.as_ref().is_some_and(|out| out.sells);
        let found = opt_out::recognise(text, after_marketing);
        exchange.heard(at, &said);
        exchange.capped_at = None;
        if found.tier == Tier::Certain {
            exchange.stop = Some(Stop {
                at,
                scope: found.scope.unwrap_or(opt_out::Scope::All),
                confirmed: false,
                written_since: false,
            });
            exchange.marketing_stopped.get_or_insert(at);
            self.blame(at, from);
        } else if let Some(stop) = &mut exchange.stop {
            stop.written_since = true;
        }
    }

    /// A message of ours came back with `code` (Meta, "Error codes").
    pub fn observe_status(&mut self, at: i64, number: u64, to: Person, code: i64) {
        match code {
            SPAM_RATE => self.numbers.entry(number).or_default().spam_error = Some(at),
            WITHHELD => self.people.entry(to).or_default().capped_at = Some(at),
            // An earlier stop, told late: what did not arrive made nobody opt out.
            MARKETING_STOPPED => {
                self.people
                    .entry(to)
                    .or_default()
                    .marketing_stopped
                    .get_or_insert(at);
            }
            _ => {}
        }
    }

    /// The preference a customer set in WhatsApp (`user_preferences`), or a new opt-in that the ledger took down.
    pub fn observe_pref(&mut self, at: i64, from: Person, resume: bool) {
        let exchange = self.people.entry(from).or_default();
        if resume {
            exchange.marketing_stopped = None;
            exchange.stop = None;
        } else {
            exchange.marketing_stopped.get_or_insert(at);
            self.blame(at, from);
        }
    }

    pub fn observe_account(&mut self, number: u64, quality: Quality) {
        self.numbers.entry(number).or_default().quality = quality;
    }

    /// What became of a send after its verdict. `sent`: it went out, with or without an override.
    pub fn record(&mut self, send: &Send<'_>, verdict: &Verdict, sent: bool) {
        self.asked(send, verdict);
        if sent && verdict.level != Level::Block {
            self.keep(send, &verdict.judged);
        }
    }

    /// Notes the dialog of a warning.
    fn asked(&mut self, send: &Send<'_>, verdict: &Verdict) {
        self.tidy(send.at);
        if verdict.level == Level::Warn && verdict.interrupt {
            self.shown(Shown {
                at: send.at,
                staff: send.staff,
                episode: verdict.episode(),
                people: verdict.reached(),
                dialog: true,
            });
        }
    }

    /// A warning that was shown, here or elsewhere. The same dialog again, because it was left at that, is one.
    pub fn shown(&mut self, shown: Shown) {
        let same = |known: &Shown| {
            known.dialog == shown.dialog
                && (known.staff, known.episode, known.people)
                    == (shown.staff, shown.episode, shown.people)
        };
        match self.shown.iter_mut().find(|known| same(known)) {
            Some(known) => known.at = known.at.max(shown.at),
            None => self.shown.push(shown),
        }
    }

    /// Whether the guard takes it that this person stopped us.
    pub fn holds_stop(&self, person: Person) -> bool {
        self.people
            .get(&person)
            .is_some_and(|known| known.stop.is_some() || known.marketing_stopped.is_some())
    }

    /// A send of `at` never left: it reached nobody, so it counts no more.
    pub fn taken_back(&mut self, person: Person, at: i64) {
        self.crowds.taken_back(person, at);
        self.marks
            .0
            .retain(|(marked, _, of)| (*marked, *of) != (at, person));
        self.outside.taken_back(person, at);
        for pace in self.pace.values_mut() {
            pace.retain(|paced| (paced.at, paced.person) != (at, person));
        }
        if let Some(exchange) = self.people.get_mut(&person) {
            exchange.taken_back(at);
        }
    }

    /// Counts a send that went out.
    fn keep(&mut self, send: &Send<'_>, judged: &judge::Judged) {
        let got = self.count(send, judged);
        self.remember(send, judged.asked, &judged.reading, got);
    }

    /// Counts it for everybody else; what it was, for the one who got it.
    fn count(&mut self, send: &Send<'_>, judged: &judge::Judged) -> Vec<Key> {
        self.tidy(send.at);
        let mut got: Vec<Key> = judged.keys.clone();
        if judged.fact.weight > 0.0 {
            let cluster =
                self.crowds
                    .insert(judged.fact, &judged.reading, &judged.clusters, &judged.keys);
            got.extend(cluster.map(Key::Text));
            for (mark, bears) in [
                (Mark::Utility, judged.sells_in_utility),
                (Mark::Forbidden, judged.forbidden),
                (Mark::Disguised, judged.disguised),
            ] {
                if bears {
                    self.marks.0.push_back((send.at, mark, send.to));
                }
            }
        } else if matches!(send.content, Content::Template { .. }) {
            self.crowds.note(judged.fact, &judged.keys);
        }
        let pace = self.pace.entry(send.staff).or_default();
        pace.push_back(Paced {
            at: send.at,
            person: send.to,
            chars: judged.reading.chars,
        });
        if pace.len() > 4 {
            pace.pop_front();
        }
        if matches!(send.content, Content::Template { .. }) && !send.recipient.window_open {
            self.outside.insert(send.to, send.at);
        }
        got
    }

    fn remember(&mut self, send: &Send<'_>, asked: Asked, reading: &text::Reading, got: Vec<Key>) {
        let exchange = self.people.entry(send.to).or_default();
        let marketing = matches!(
            send.content,
            Content::Template {
                category: Category::Marketing,
                ..
            }
        );
        if let Some(stop) = &mut exchange.stop {
            stop.confirmed = true;
        }
        match asked {
            Asked::Promised => exchange.promised_at = None,
            Asked::Reminder => exchange.nudged = true,
            _ => {}
        }
        if matches!(asked, Asked::Answer | Asked::Exchange) && reading.promises {
            exchange.promised_at = Some(send.at);
        }
        exchange.outs_since_in += 1;
        exchange.out_before = exchange.last_out.take();
        exchange.last_out = Some(LastOut {
            at: send.at,
            asks: reading.asks,
            sells: marketing || reading.is_advertising(),
        });
        if marketing {
            exchange.unanswered.retain(|at| send.at - at < 7 * DAY);
            exchange.unanswered.push(send.at);
        }
        exchange.got.retain(|(at, _)| send.at - at < BLAME);
        exchange
            .got
            .extend(got.into_iter().map(|key| (send.at, key)));
        let surplus = exchange.got.len().saturating_sub(16);
        exchange.got.drain(..surplus);
    }

    /// Puts an opt-out down to what the person got last.
    fn blame(&mut self, at: i64, person: Person) {
        let Some(exchange) = self.people.get(&person) else {
            return;
        };
        let Some(&(last, _)) = exchange.got.last() else {
            return;
        };
        if at - last > BLAME {
            return;
        }
        for &(_, key) in exchange.got.iter().filter(|(got, _)| *got == last) {
            self.crowds.opted_out(key, at, person);
        }
    }

    /// Forgets what nothing depends on any more, at most once an hour.
    fn tidy(&mut self, now: i64) {
        if now - self.tidied_at < limits::HOUR {
            return;
        }
        self.tidied_at = now;
        self.people
            .retain(|_, exchange| !exchange.is_forgettable(now));
        self.shown.retain(|shown| now - shown.at < DAY);
        self.marks.0.retain(|(at, ..)| now - at < DAY);
    }
}
