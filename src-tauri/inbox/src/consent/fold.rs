//! From acts to where a customer stands. Pure; the order in which the acts became known does not matter.

use super::{OUT, not_usable_name};
use crate::{
    ledger::{ALL, CALLS, Digest, Event, Suppressed, channel},
    view::NotUsable,
};
use std::collections::{BTreeMap, BTreeSet};
use store::consent::{ActRow, StateRow};

/// So long staff may take back a stop that they put in by a slip of the hand, counted from when they did: what they say of
/// a message counts from when that came. Later only an act of the person's takes it back.
const SLIP: i64 = 10 * 60 * 1000;
/// From this strength on an act proves that it was the person's own.
const GOOD: i64 = 2;

/// Everything that is known of one customer.
pub(super) struct Acts<'a> {
    pub acts: Vec<ActRow>,
    /// Purpose, how often, when last.
    pub uses: Vec<(String, i64, i64)>,
    pub suppressed: Vec<Suppressed>,
    pub weak_offers: bool,
    /// What we send does not arrive any more (`consent::reach`).
    pub unreachable: bool,
    /// Purposes that are advertising.
    pub advertising: &'a BTreeSet<String>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Folded {
    /// In the order of the alphabet.
    pub states: Vec<StateRow>,
    pub question: Option<(Digest, String, i64)>,
}

/// Whether an act of this kind is the person's own, and proven: only that reopens what was stopped.
pub(crate) fn reopens(by: &str, strength: i64) -> bool {
    let own = [
        channel::COUNTER_QR,
        channel::WHATSAPP,
        channel::SIGNATURE,
        channel::PAPER,
    ];
    strength >= GOOD && own.contains(&by)
}

/// In the order in which they count.
pub(super) fn sorted(mut acts: Vec<ActRow>) -> Vec<ActRow> {
    // Of things said at the same moment a stop has the last word.
    acts.sort_by(|x, y| {
        let key = |a: &ActRow| (a.at, Event::named(&a.event));
        (key(x), &x.act_id, &x.purpose, &x.hash).cmp(&(key(y), &y.act_id, &y.purpose, &y.hash))
    });
    acts
}

/// Under age, and whether a guardian agreed, as was said last.
pub(super) fn minor(sorted: &[ActRow]) -> Option<(bool, bool)> {
    sorted
        .iter()
        .rev()
        .find_map(|act| act.minor.map(|minor| (minor, act.guardian)))
}

#[derive(Debug, Clone, Default)]
struct Standing {
    row: StateRow,
    flaw: String,
    /// Where he stood before WhatsApp's own stop, which WhatsApp alone takes back.
    before_meta: Option<Box<Standing>>,
}

pub(super) fn fold(known: Acts<'_>) -> Folded {
    let mut acts = known.acts;
    acts.extend(known.suppressed.into_iter().map(suppression));
    let acts = sorted(acts);
    let voided = voided(&acts);
    let mut state = State {
        of: BTreeMap::new(),
        all: None,
        questions: Vec::new(),
        advertising: known.advertising,
    };
    for act in acts
        .iter()
        .filter(|act| !voided.contains(act.act_id.as_str()))
    {
        state.take(act, &acts);
    }
    let minor = minor(&acts) == Some((true, false));
    let questioned = state.questions.last().copied();
    let mut states: Vec<StateRow> = Vec::new();
    for (purpose, mut standing) in state.of {
        let row = &mut standing.row;
        row.purpose.clone_from(&purpose);
        if row.state == "in" {
            let advertises = known.advertising.contains(&purpose);
            let why_not = if !standing.flaw.is_empty() {
                standing.flaw.as_str()
            } else if minor {
                not_usable_name(NotUsable::Minor)
            } else if advertises && row.strength < GOOD && !known.weak_offers {
                not_usable_name(NotUsable::TooWeak)
            } else if questioned.is_some() && advertises {
                not_usable_name(NotUsable::Questioned)
            } else if known.unreachable {
                not_usable_name(NotUsable::Unreachable)
            } else {
                ""
            };
            why_not.clone_into(&mut row.why_not);
            row.usable = row.why_not.is_empty();
        }
        states.push(standing.row);
    }
    states.extend(state.all);
    for (purpose, uses, last) in known.uses {
        if let Some(row) = states.iter_mut().find(|row| row.purpose == purpose) {
            (row.uses, row.last_used_at) = (uses, last);
        }
    }
    states.sort_by(|x, y| x.purpose.cmp(&y.purpose));
    Folded {
        states,
        question: questioned.map(|asked| (asked.hash, asked.purpose.clone(), asked.at)),
    }
}

/// What an erasure, or a stop that could not be written down, left behind.
fn suppression(left: Suppressed) -> ActRow {
    ActRow {
        act_id: format!("suppressed:{}", left.scope),
        event: Event::Withdrawn.name().to_owned(),
        purpose: left.scope,
        at: left.since,
        channel: match left.erased {
            true => channel::ERASURE,
            false => channel::SUPPRESSION,
        }
        .to_owned(),
        ..ActRow::default()
    }
}

/// Acts that were recorded wrongly, as somebody said later.
fn voided(acts: &[ActRow]) -> BTreeSet<&str> {
    let of_event = |event: Event| acts.iter().filter(move |act| act.event == event.name());
    of_event(Event::Corrected)
        .filter_map(|said| {
            let wrong = meant(acts, said)?;
            let may = match Event::named(&wrong.event) {
                Some(Event::Withdrawn | Event::Paused) => {
                    let after = said.at - wrong.recorded_at;
                    wrong.channel == channel::STAFF && (0..=SLIP).contains(&after)
                }
                _ => true,
            };
            may.then_some(wrong.act_id.as_str())
        })
        .collect()
}

/// The act another one is about.
fn meant<'a>(acts: &'a [ActRow], said: &ActRow) -> Option<&'a ActRow> {
    let hash = said.refers_to?;
    acts.iter().find(|act| act.hash == hash)
}

struct State<'a> {
    of: BTreeMap<String, Standing>,
    all: Option<StateRow>,
    questions: Vec<&'a ActRow>,
    advertising: &'a BTreeSet<String>,
}

impl<'a> State<'a> {
    fn take(&mut self, act: &'a ActRow, acts: &[ActRow]) {
        match Event::named(&act.event) {
            Some(Event::Asked) => self.unless_said(act, "asked", &["none"]),
            Some(Event::Claimed) => self.unless_said(act, "claimed", &["none", "asked"]),
            Some(Event::Granted | Event::Confirmed) => self.grant(act),
            Some(Event::Expired) => {
                if let Some(standing) = self.of.get_mut(&act.purpose)
                    && standing.row.state == "in"
                {
                    *standing = Standing {
                        row: row(act, "none"),
                        ..Standing::default()
                    };
                }
            }
            Some(Event::Paused) => {
                let standing = self.of.entry(act.purpose.clone()).or_default();
                if standing.row.state != OUT && self.all.is_none() {
                    *standing = Standing {
                        row: row(act, "paused"),
                        ..Standing::default()
                    };
                }
            }
            Some(Event::Questioned) => self.questions.push(act),
            Some(Event::Dismissed) => self.answer(act, acts),
            Some(Event::Withdrawn) => {
                self.answer(act, acts);
                self.questions
                    .retain(|asked| act.purpose != ALL && act.purpose != asked.purpose);
                self.withdraw(act);
            }
            _ => {}
        }
    }

    fn unless_said(&mut self, act: &ActRow, state: &str, over: &[&str]) {
        if self.all.is_some() {
            return;
        }
        let standing = self.of.entry(act.purpose.clone()).or_default();
        if standing.row.state.is_empty() || over.contains(&standing.row.state.as_str()) {
            *standing = Standing {
                row: row(act, state),
                flaw: act.flaw.clone(),
                before_meta: None,
            };
        }
    }

    fn grant(&mut self, act: &ActRow) {
        if act.channel == channel::META {
            return self.resume(act);
        }
        let standing = self.of.entry(act.purpose.clone()).or_default();
        let stopped = standing.row.state == OUT || standing.row.state == "paused";
        if stopped || self.all.is_some() {
            if !reopens(&act.channel, act.strength) {
                if standing.row.state.is_empty() {
                    self.of.remove(&act.purpose);
                }
                return;
            }
            *standing = Standing::default();
            self.lift();
        }
        let standing = self.of.entry(act.purpose.clone()).or_default();
        let mut new = Standing {
            row: row(act, "in"),
            flaw: act.flaw.clone(),
            before_meta: None,
        };
        let rests_on_words = standing.row.state == "in" || standing.row.state == "claimed";
        if act.event == Event::Confirmed.name() && act.wording_id.is_empty() && rests_on_words {
            new.row.wording_id.clone_from(&standing.row.wording_id);
            new.row.wording_version = standing.row.wording_version;
            new.flaw.clone_from(&standing.flaw);
        }
        // A weaker word never takes the place of a better proof.
        let worth = |s: &Standing| (s.flaw.is_empty(), s.row.strength);
        if standing.row.state != "in" || worth(&new) >= worth(standing) {
            *standing = new;
        }
    }

    /// A stop of everything is over by the person's own act. What is no advertising can be agreed to anew in any way;
    /// advertising stays stopped until the person says otherwise of that.
    fn lift(&mut self) {
        let Some(all) = self.all.take() else {
            return;
        };
        let stays = self.advertising;
        self.of.retain(|purpose, standing| {
            let row = &standing.row;
            let by_it = row.state == OUT && (row.since, &row.channel) == (all.since, &all.channel);
            !by_it || purpose == CALLS || stays.contains(purpose)
        });
    }

    fn resume(&mut self, act: &ActRow) {
        let Some(standing) = self.of.get_mut(&act.purpose) else {
            return;
        };
        if standing.row.state == OUT && standing.row.channel == channel::META {
            match standing.before_meta.take() {
                Some(before) => *standing = *before,
                None => {
                    self.of.remove(&act.purpose);
                }
            }
        }
    }

    fn withdraw(&mut self, act: &ActRow) {
        if act.purpose == ALL {
            for standing in self.of.values_mut() {
                stop(standing, act);
            }
            if self.all.is_none() {
                self.all = Some(row(act, OUT));
            }
        } else {
            let standing = self.of.entry(act.purpose.clone()).or_default();
            stop(standing, act);
        }
    }

    fn answer(&mut self, act: &ActRow, acts: &[ActRow]) {
        if let Some(asked) = meant(acts, act) {
            let act_id = asked.act_id.as_str();
            self.questions.retain(|open| open.act_id != act_id);
        }
    }
}

fn stop(standing: &mut Standing, act: &ActRow) {
    let by_meta = act.channel == channel::META;
    if standing.row.state == OUT {
        if standing.row.channel == channel::META && !by_meta {
            // His own word too: WhatsApp's resume does not take that back.
            standing.row.channel.clone_from(&act.channel);
            standing.before_meta = None;
        }
        return;
    }
    let before = std::mem::take(standing);
    standing.row = row(act, OUT);
    if by_meta && !before.row.state.is_empty() {
        standing.before_meta = Some(Box::new(before));
    }
}

fn row(act: &ActRow, state: &str) -> StateRow {
    StateRow {
        purpose: act.purpose.clone(),
        state: state.to_owned(),
        since: act.at,
        strength: act.strength,
        channel: act.channel.clone(),
        wording_id: act.wording_id.clone(),
        wording_version: act.wording_version,
        hash: (![channel::ERASURE, channel::SUPPRESSION].contains(&&*act.channel))
            .then_some(act.hash),
        last_used_at: -1,
        ..StateRow::default()
    }
}
