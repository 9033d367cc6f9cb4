//! What each message of a crowd weighs next to the others: figures that differ make a notice of it, what came with an
//! answer to the same question belongs to the answer.

use super::super::limits::DAY;
use super::super::near::Map;
use super::super::person::Key;
use super::super::send::Person;
use super::super::text::{Kind, Reading, TELLS, hash};
use super::{Count, Crowds, Fact};
use std::collections::{BTreeMap, HashSet};

/// What a message weighs that has one word in common with another.
const ONE_WORD: f32 = 0.65;

impl Crowds {
    /// The fullest crowd of those with unasked messages about one of the same things, in whatever words. A single
    /// word in common says less than two, or than a price.
    pub fn about(&self, anchors: &[u64], fact: &Fact) -> Count {
        let mut in_common: Map<Person, usize> = Map::default();
        let mut crowds: Vec<BTreeMap<Person, Fact>> = Vec::new();
        for anchor in anchors {
            let Some(facts) = self.subjects.get(anchor) else {
                continue;
            };
            let mut latest: BTreeMap<Person, Fact> = BTreeMap::new();
            for other in facts.iter().filter(|other| fact.at - other.at < DAY) {
                latest.insert(other.person, *other);
            }
            for person in latest.keys() {
                *in_common.entry(*person).or_default() += if anchor & TELLS == 0 { 1 } else { 2 };
            }
            crowds.push(latest);
        }
        for other in crowds.iter_mut().flat_map(BTreeMap::values_mut) {
            if other.person != fact.person && in_common.get(&other.person) == Some(&1) {
                other.weight *= ONE_WORD;
            }
        }
        let counts = crowds
            .into_iter()
            .map(|latest| self.tally(latest, fact, false));
        counts
            .max_by(|one, other| one.weight.total_cmp(&other.weight))
            .unwrap_or_default()
    }

    pub(super) fn tally(
        &self,
        mut latest: BTreeMap<Person, Fact>,
        fact: &Fact,
        by_text: bool,
    ) -> Count {
        let own = latest.entry(fact.person).or_insert(*fact);
        if fact.weight >= own.weight {
            *own = *fact;
        }
        let differ = differing(latest.values(), by_text);
        let mut count = Count {
            people: u32::try_from(latest.len()).unwrap_or(u32::MAX),
            ..Count::default()
        };
        for other in latest.values() {
            let weight = self.weight(other, &differ, fact);
            count.weight += weight;
            count.unasked += u32::from(weight >= 0.5);
            count.strangers += u32::from(other.stranger);
        }
        count
    }

    /// What one message weighs among the others.
    fn weight(&self, fact: &Fact, differ: &Differ, new: &Fact) -> f32 {
        if fact.aside.is_some() && differ.asked_the_same {
            return 0.0;
        }
        // Points and vouchers differ, too. What only hints at advertising needs a matter for its figures to be about.
        if fact.sells || fact.hints && !fact.of_business {
            return fact.weight;
        }
        let personal = match fact.figures {
            Some((_, true)) if differ.figures => 0.15,
            Some(_) if differ.figures => 0.2,
            _ if differ.odd => 0.2,
            _ => f32::MAX,
        };
        let alone = fact.file.is_some_and(|file| {
            let crowd = self.crowds.get(&Key::File(file));
            let others = crowd
                .is_some_and(|crowd| crowd.facts.iter().any(|other| other.person != fact.person));
            !others && (new.file != Some(file) || new.person == fact.person)
        });
        let personal = if alone { personal.min(0.15) } else { personal };
        fact.weight.min(personal)
    }
}

struct Differ {
    figures: bool,
    odd: bool,
    /// Most of those who got it with an answer had asked about the same: it belongs to the answer.
    asked_the_same: bool,
}

/// What differs from person to person: figures for at least half, other words for at least three quarters, since
/// greetings and signatures vary a little, too. Under one file or link the texts may differ altogether, and their
/// figures with them, so nearly all have to.
fn differing<'a>(facts: impl Iterator<Item = &'a Fact> + Clone, by_text: bool) -> Differ {
    let with: Vec<u64> = facts
        .clone()
        .filter_map(|fact| fact.figures.map(|(value, _)| value))
        .collect();
    let figures: HashSet<u64> = with.iter().copied().collect();
    let all = facts.clone().count();
    let odd: HashSet<Option<u64>> = facts.clone().map(|fact| fact.odd).collect();
    let mut topics: Map<u64, usize> = Map::default();
    let mut asides = 0;
    for asked in facts.filter_map(|fact| fact.aside) {
        asides += 1;
        let mut asked = asked.to_vec();
        asked.sort_unstable();
        asked.dedup();
        for topic in asked.into_iter().filter(|topic| *topic != 0) {
            *topics.entry(topic).or_default() += 1;
        }
    }
    let most = topics.values().copied().max().unwrap_or(0);
    Differ {
        asked_the_same: asides >= 2 && most * 2 > asides,
        figures: figures.len() * 4 >= with.len() * if by_text { 2 } else { 3 },
        odd: odd.len() >= 2 && odd.len() * 4 >= all * 3,
    }
}

/// The figures of a text as one value.
pub(in super::super) fn figures(reading: &Reading) -> Option<(u64, bool)> {
    let kinds = [
        Kind::Amount,
        Kind::Time,
        Kind::Number,
        Kind::Code,
        Kind::Phone,
    ];
    let values: Vec<(Kind, u64)> = reading
        .values
        .iter()
        .filter(|(kind, _)| kinds.contains(kind))
        .copied()
        .collect();
    let code = values.iter().any(|(kind, _)| *kind == Kind::Code);
    (!values.is_empty()).then(|| (hash(&values), code))
}
