//! Who got the same content: clusters of near-duplicates, files by digest, links by address, and all unasked
//! advertising together; and how much of that nobody asked for.
//!
//! Whether a message is personal shows only next to the others: a time, an amount or a code that differs from person to
//! person makes a notice, the same one for everybody makes a circular. So the weights of a crowd are worked out anew
//! for each question, and a first notice that looked personal counts in full as soon as the second one equals it.

mod weighing;

pub(super) use weighing::figures;

use super::limits::{DAY, Limits};
use super::near::{Index, Map, Set};
use super::person::{Key, Topics};
use super::reached::Reached;
use super::send::Person;
use super::text::{Compared, Reading, hash};
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::Arc;

/// Texts of a cluster that are kept to compare with, so that a chain of rewordings holds together.
const MEMBERS: usize = 6;
/// Texts that one text is compared with.
const CANDIDATES: usize = 64;
/// What a message counts as advertising that bears one mark of it: nine in a day are no accident.
const HINT: f32 = 0.6;
/// Messages that are kept of what is about one thing. No threshold reaches so far.
const PER_SUBJECT: usize = 48;

/// One message that went out and was not wholly asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fact {
    pub at: i64,
    pub person: Person,
    /// From the conversation alone.
    pub weight: f32,
    pub sells: bool,
    /// One mark of advertising: too little to call it so, but a chain of rewordings has such links.
    pub hints: bool,
    /// The figures filled in; `true`: a code is among them.
    pub figures: Option<(u64, bool)>,
    pub file: Option<u64>,
    /// The words in which it differs from the first text of its cluster, at most two.
    pub odd: Option<u64>,
    pub stranger: bool,
    /// Came with an answer: what the reader had asked about.
    pub aside: Option<Topics>,
    /// An order, an appointment, a payment: figures may be the reader's own.
    pub of_business: bool,
}

#[derive(Debug, Clone, Default)]
struct Crowd {
    /// Those with a weight.
    facts: VecDeque<Fact>,
    /// Everybody who got it, however welcome.
    reached: Reached,
    members: Vec<(u32, Arc<Reading>)>,
    opt_outs: Vec<(i64, Person)>,
}

/// A crowd with one more message counted in.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Count {
    pub people: u32,
    pub weight: f32,
    /// People who count in full.
    pub unasked: u32,
    pub strangers: u32,
    pub opt_outs: u32,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Crowds {
    crowds: BTreeMap<Key, Crowd>,
    index: Index,
    /// The texts in the index, each with its cluster.
    texts: Map<u32, (u64, Arc<Reading>)>,
    next: u32,
    /// Unasked messages by what they are about, the latest ones of each.
    subjects: Map<u64, VecDeque<Fact>>,
    /// Unasked advertising of seven days.
    adverts: VecDeque<(i64, Person, f32)>,
    pruned_at: i64,
}

impl Crowd {
    fn push(&mut self, fact: Fact) {
        self.reached.insert(fact.person, fact.at);
        self.facts.push_back(fact);
    }
}

impl Crowds {
    /// The clusters that `reading` belongs to, best first.
    pub fn clusters(&self, reading: &Reading, limits: &Limits) -> Vec<u64> {
        if reading.words.is_empty() {
            return Vec::new();
        }
        let mut candidates = self.index.candidates(&reading.grams, CANDIDATES);
        // Rewordings and translations may share no 4-gram: the latest are compared in any case.
        let known: Set<u32> = candidates.iter().copied().collect();
        let latest = (0..self.next)
            .rev()
            .take(4 * CANDIDATES)
            .filter(|id| self.texts.contains_key(id));
        candidates.extend(latest.filter(|id| !known.contains(id)).take(CANDIDATES));
        let compared = Compared::new(reading);
        let mut best: BTreeMap<u64, f32> = BTreeMap::new();
        for id in candidates {
            let Some((cluster, member)) = self.texts.get(&id) else {
                continue;
            };
            let least = if reading.is_advertising() && member.is_advertising() {
                limits.same_advertising
            } else {
                limits.same
            };
            if let Some(alike) = compared.with(member, least) {
                let so_far = best.entry(*cluster).or_default();
                *so_far = so_far.max(alike);
            }
        }
        let mut found: Vec<(u64, f32)> = best.into_iter().collect();
        found.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        found.into_iter().map(|(cluster, _)| cluster).collect()
    }

    /// What `reading` has instead of the words of the first text of a cluster.
    pub fn odd(&self, cluster: u64, reading: &Reading) -> Option<u64> {
        let (_, first) = self.crowds.get(&Key::Text(cluster))?.members.first()?;
        let (one, other) = (&first.words, &reading.words);
        let head = one
            .iter()
            .zip(other)
            .take_while(|(one, other)| one == other)
            .count();
        let left = one.len().min(other.len()) - head;
        let tail = one
            .iter()
            .rev()
            .zip(other.iter().rev())
            .take(left)
            .take_while(|(one, other)| one == other)
            .count();
        let middle = &other[head..other.len() - tail];
        let fits =
            head + tail >= 4 && (1..=2).contains(&middle.len()) && one.len() - head - tail <= 2;
        fits.then(|| hash(middle))
    }

    /// The crowd of `keys` together in the last 24 hours, with `fact` in it.
    pub fn count(&self, keys: &[Key], fact: &Fact) -> Count {
        let mut latest: BTreeMap<Person, Fact> = BTreeMap::new();
        let mut opt_outs: HashSet<Person> = HashSet::new();
        for crowd in keys.iter().filter_map(|key| self.crowds.get(key)) {
            for other in crowd.facts.iter().filter(|other| fact.at - other.at < DAY) {
                let kept = latest.entry(other.person).or_insert(*other);
                if other.weight > kept.weight {
                    *kept = *other;
                }
            }
            opt_outs.extend(
                crowd
                    .opt_outs
                    .iter()
                    .filter(|(at, _)| fact.at - at < DAY)
                    .map(|(_, person)| *person),
            );
        }
        Count {
            opt_outs: u32::try_from(opt_outs.len()).unwrap_or(u32::MAX),
            ..self.tally(
                latest,
                fact,
                keys.iter().all(|key| matches!(key, Key::Text(_))),
            )
        }
    }

    /// People with unasked advertising in the last `span`, with `fact` in it.
    pub fn adverts(&self, fact: &Fact, span: i64) -> Count {
        let mut by_person: BTreeMap<Person, f32> = BTreeMap::new();
        let all = self.adverts.iter().filter(|(at, ..)| fact.at - at < span);
        let own = if fact.sells {
            fact.weight
        } else {
            fact.weight * HINT
        };
        for &(_, person, weight) in all.chain(std::iter::once(&(fact.at, fact.person, own))) {
            let most = by_person.entry(person).or_default();
            *most = most.max(weight);
        }
        Count {
            people: u32::try_from(by_person.len()).unwrap_or(u32::MAX),
            weight: by_person.values().sum(),
            unasked: by_person
                .values()
                .map(|weight| u32::from(*weight >= 0.5))
                .sum(),
            ..Count::default()
        }
    }

    /// How many people but `but` got one of `keys` in the last 24 hours without having asked.
    pub fn unasked(&self, keys: &[Key], now: i64, but: Person) -> usize {
        let crowds = keys.iter().filter_map(|key| self.crowds.get(key));
        let facts = crowds.flat_map(|crowd| &crowd.facts);
        let unasked =
            facts.filter(|fact| now - fact.at < DAY && fact.person != but && fact.weight >= 0.5);
        unasked
            .map(|fact| fact.person)
            .collect::<HashSet<Person>>()
            .len()
    }

    /// How many other people a file went to in the last 24 hours.
    pub fn people(&self, key: Key, now: i64, but: Person) -> u32 {
        self.crowds.get(&key).map_or(0, |crowd| {
            let reached = &crowd.reached;
            reached.known(now) - u32::from(reached.has(but, now))
        })
    }

    pub fn opt_outs(&self, key: Key, now: i64) -> u32 {
        let Some(crowd) = self.crowds.get(&key) else {
            return 0;
        };
        let people: HashSet<Person> = crowd
            .opt_outs
            .iter()
            .filter(|(at, _)| now - at < DAY)
            .map(|(_, person)| *person)
            .collect();
        u32::try_from(people.len()).unwrap_or(u32::MAX)
    }

    pub fn opted_out(&mut self, key: Key, at: i64, person: Person) {
        self.crowds
            .entry(key)
            .or_default()
            .opt_outs
            .push((at, person));
    }

    /// Takes `fact` into its crowds; the cluster that it is in now.
    pub fn insert(
        &mut self,
        fact: Fact,
        reading: &Arc<Reading>,
        clusters: &[u64],
        keys: &[Key],
    ) -> Option<u64> {
        self.prune(fact.at);
        if fact.sells {
            self.adverts.push_back((fact.at, fact.person, fact.weight));
        } else if fact.hints && fact.weight >= 0.5 {
            self.adverts
                .push_back((fact.at, fact.person, fact.weight * HINT));
        }
        for key in keys {
            self.crowds.entry(*key).or_default().push(fact);
        }
        if fact.weight >= 0.5 {
            for anchor in &reading.anchors {
                let facts = self.subjects.entry(*anchor).or_default();
                facts.push_back(fact);
                if facts.len() > PER_SUBJECT {
                    facts.pop_front();
                }
            }
        }
        if reading.words.is_empty() {
            return None;
        }
        let cluster = clusters
            .first()
            .copied()
            .unwrap_or_else(|| u64::from(self.next));
        let crowd = self.crowds.entry(Key::Text(cluster)).or_default();
        crowd.push(fact);
        let known = crowd
            .members
            .iter()
            .any(|(_, member)| member.similarity(reading) >= 0.85);
        if !known && crowd.members.len() < MEMBERS {
            let id = self.next;
            self.next += 1;
            crowd.members.push((id, Arc::clone(reading)));
            self.texts.insert(id, (cluster, Arc::clone(reading)));
            self.index.insert(id, reading.grams.clone());
        }
        Some(cluster)
    }

    /// Counts `fact` under `keys` alone: for what the reader agreed to.
    pub fn note(&mut self, fact: Fact, keys: &[Key]) {
        self.prune(fact.at);
        for key in keys {
            let crowd = self.crowds.entry(*key).or_default();
            crowd.reached.insert(fact.person, fact.at);
        }
    }

    /// A message of `at` never left.
    pub fn taken_back(&mut self, person: Person, at: i64) {
        for crowd in self.crowds.values_mut() {
            let facts = &mut crowd.facts;
            facts.retain(|fact| (fact.at, fact.person) != (at, person));
            crowd.reached.taken_back(person, at);
        }
        for facts in self.subjects.values_mut() {
            facts.retain(|fact| (fact.at, fact.person) != (at, person));
        }
        self.adverts
            .retain(|(sent, to, _)| (*sent, *to) != (at, person));
    }

    /// What a cluster began with, the same on every machine; its number is not.
    pub fn origin(&self, cluster: u64) -> Option<u64> {
        let (_, first) = self.crowds.get(&Key::Text(cluster))?.members.first()?;
        Some(hash(("text", &first.words)))
    }

    /// Forgets what no question asks for any more; at most once an hour, because nothing depends on it.
    fn prune(&mut self, now: i64) {
        if now - self.pruned_at < DAY / 24 {
            return;
        }
        self.pruned_at = now;
        self.adverts.retain(|(at, ..)| now - at < 7 * DAY);
        self.subjects.retain(|_, facts| {
            facts.retain(|fact| now - fact.at < DAY);
            !facts.is_empty()
        });
        let (index, texts) = (&mut self.index, &mut self.texts);
        self.crowds.retain(|_, crowd| {
            crowd.facts.retain(|fact| now - fact.at < DAY);
            crowd.opt_outs.retain(|(at, _)| now - at < DAY);
            crowd.reached.prune(now);
            let gone = crowd.reached.is_empty() && crowd.opt_outs.is_empty();
            if gone {
                for (id, _) in &crowd.members {
                    index.remove(*id);
                    texts.remove(id);
                }
            }
            !gone
        });
    }
}
