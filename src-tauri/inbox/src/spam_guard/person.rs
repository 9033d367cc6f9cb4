//! What is remembered of the exchange with one customer: what they wrote, what we last said, whether they stopped us.

use super::limits::{DAY, HOUR, MINUTE};
use super::send::Recipient;
use super::text::{Reading, hash};
use crate::opt_out::Scope;

/// How long what a customer wrote, and what we promised, explains a message.
pub(super) const MEMORY: i64 = 48 * HOUR;
/// An exchange that paused for longer has ended.
const PAUSE: i64 = 30 * MINUTE;
/// Messages in a row that one message of the customer explains.
const PER_INBOUND: u32 = 3;
/// The time for the one confirmation of a stop.
pub(super) const CONFIRMATION: i64 = 10 * MINUTE;

/// Hashes of the first words that carry content; 0: none.
pub(super) type Topics = [u64; 6];

#[derive(Debug, Clone)]
pub(super) struct Said {
    pub at: i64,
    pub subjects: Vec<String>,
    pub meanings: Vec<u64>,
    pub asks_offers: bool,
    /// Only thanks or an "ok": asks for nothing.
    pub closes: bool,
}

#[derive(Debug, Clone)]
pub(super) struct LastOut {
    pub at: i64,
    pub asks: bool,
    pub sells: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Stop {
    pub at: i64,
    pub scope: Scope,
    pub confirmed: bool,
    pub written_since: bool,
}

/// What a message of ours was, for the case that it makes somebody opt out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    Text(u64),
    File(u64),
    Link(u64),
    Template(u64),
}

#[derive(Debug, Clone, Default)]
pub(super) struct Exchange {
    pub said: Vec<Said>,
    pub first_in: Option<i64>,
    pub last_in: Option<i64>,
    pub last_out: Option<LastOut>,
    /// The one before, should the last one be taken back.
    pub out_before: Option<LastOut>,
    /// Our messages since the last one of theirs.
    pub outs_since_in: u32,
    pub promised_at: Option<i64>,
    /// We came back to a question of ours that they left open.
    pub nudged: bool,
    pub stop: Option<Stop>,
    /// Advertising was stopped: by a word, by Meta's preference, by a 131050.
    pub marketing_stopped: Option<i64>,
    /// Meta withheld marketing from this person (131049).
    pub capped_at: Option<i64>,
    /// Marketing messages since they last wrote.
    pub unanswered: Vec<i64>,
    /// The contents of our last messages.
    pub got: Vec<(i64, Key)>,
}

/// How a message stands to what was said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// They wrote and wait for an answer.
    Open,
    /// The exchange is still going on.
    Going,
    /// Neither.
    Apart,
}

impl Exchange {
    pub fn heard(&mut self, at: i64, said: &Reading) {
        let answers_question = self
            .last_out
            .as_ref()
            .is_some_and(|out| out.asks && at - out.at <= DAY);
        let to_an_offer = answers_question && self.last_out.as_ref().is_some_and(|out| out.sells);
        self.said.retain(|said| at - said.at <= MEMORY);
        if self.said.len() >= 12 {
            self.said.remove(0);
        }
        self.said.push(Said {
            at,
            subjects: said.subjects.clone(),
            meanings: said.meanings.clone(),
            asks_offers: said.asks_offers || to_an_offer,
            closes: said.acknowledges && !said.asks && !answers_question,
        });
        // Whatever we answer, "will do" or nothing, they wait for word now.
        if said.asks_word {
            self.promised_at = Some(at);
        }
        self.first_in.get_or_insert(at);
        self.last_in = Some(at);
        self.outs_since_in = 0;
        self.nudged = false;
        self.unanswered.clear();
    }

    pub fn standing(&self, now: i64) -> Standing {
        let Some(last_in) = self.last_in.filter(|at| now - at <= DAY) else {
            return Standing::Apart;
        };
        let asked = self
            .said
            .iter()
            .rev()
            .take_while(|said| self.since_our_last(said))
            .any(|said| !said.closes);
        if self.outs_since_in == 0 && asked {
            return Standing::Open;
        }
        let last_out = self.last_out.as_ref().map_or(last_in, |out| out.at);
        if now - last_in.max(last_out) <= PAUSE && self.outs_since_in < PER_INBOUND {
            Standing::Going
        } else {
            Standing::Apart
        }
    }

    /// A message of ours of `at` never left.
    pub fn taken_back(&mut self, at: i64) {
        let is_it = |out: &LastOut| out.at == at;
        let counted = if self.last_out.as_ref().is_some_and(is_it) {
            self.last_out = self.out_before.take();
            true
        } else {
            self.out_before.take_if(|out| out.at == at).is_some()
        };
        if counted && self.last_in.is_none_or(|last| last <= at) {
            self.outs_since_in = self.outs_since_in.saturating_sub(1);
        }
        self.promised_at = self.promised_at.filter(|promised| *promised != at);
        self.unanswered.retain(|sent| *sent != at);
        self.got.retain(|(got, _)| *got != at);
    }

    fn since_our_last(&self, said: &Said) -> bool {
        self.last_out.as_ref().is_none_or(|out| said.at >= out.at)
    }

    /// They asked for offers or prices, and this is still about it.
    pub fn wants_offers(&self, now: i64) -> bool {
        match self.standing(now) {
            Standing::Apart => false,
            Standing::Open => self
                .said
                .iter()
                .any(|said| said.asks_offers && self.since_our_last(said)),
            Standing::Going => self.last_in.is_some_and(|last| {
                self.said
                    .iter()
                    .any(|said| said.asks_offers && last - said.at <= PAUSE)
            }),
        }
    }

    pub fn asked_offers_lately(&self, now: i64) -> bool {
        self.said
            .iter()
            .any(|said| said.asks_offers && now - said.at <= MEMORY)
    }

    /// This is the first time that they write to us at all.
    pub fn is_first_contact(&self, recipient: &Recipient<'_>, now: i64) -> bool {
        recipient.last_in.is_none() && self.first_in.is_some_and(|first| now - first <= DAY)
    }

    pub fn mentioned(&self, reading: &Reading, now: i64) -> bool {
        let about = |said: &Said| {
            reading.shares_subject(&said.subjects) || reading.shares_meaning(&said.meanings)
        };
        self.said
            .iter()
            .any(|said| now - said.at <= MEMORY && about(said))
    }

    /// We have answered already, and this is about something else.
    pub fn is_aside(&self, reading: &Reading, now: i64) -> bool {
        self.outs_since_in > 0
            && reading.offers
            && !reading.own_matter
            && !self.mentioned(reading, now)
    }

    /// What they wrote about since we last wrote before: for telling whether several asked the same.
    pub fn topics(&self) -> Topics {
        let mut topics = Topics::default();
        let latest = self.said.iter().rev().take(2);
        let subjects = latest.flat_map(|said| &said.subjects);
        for (place, word) in topics.iter_mut().zip(subjects) {
            *place = hash(word.chars().take(5).collect::<String>());
        }
        topics
    }

    /// We said that we would come back to them.
    pub fn awaits_word(&self, now: i64) -> bool {
        self.promised_at.is_some_and(|at| now - at <= MEMORY)
    }

    /// They left a question of ours unanswered, and we have not come back to it yet.
    pub fn may_be_reminded(&self, now: i64) -> bool {
        let asked = self
            .last_out
            .as_ref()
            .is_some_and(|out| out.asks && now - out.at <= MEMORY);
        asked && !self.nudged && self.last_in.is_some()
    }

    /// Hours since a stop that still holds for everything but answers.
    pub fn stopped(&self) -> Option<&Stop> {
        self.stop.as_ref().filter(|stop| !stop.written_since)
    }

    /// Nothing in it matters any more.
    pub fn is_forgettable(&self, now: i64) -> bool {
        let old = |at: Option<i64>| at.is_none_or(|at| now - at > 7 * DAY);
        old(self.last_in)
            && old(self.last_out.as_ref().map(|out| out.at))
            && old(self.capped_at)
            && self.stop.is_none()
            && self.marketing_stopped.is_none()
    }
}
