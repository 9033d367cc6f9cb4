//! Where a customer stands: what follows from the acts in the ledger, for each purpose.
//!
//! A fold over everything known of the customer's persons, the same in whatever order it became known; cached per
//! customer at the end of each transaction, as a thread's row is, so that merges carry the history along and undoing
//! one gives each his own back.

mod fold;
mod gate;
pub(crate) mod listen;
pub(crate) mod people;
pub(crate) mod reach;
pub mod retention;
pub mod wordings;
mod words;

pub(crate) use fold::reopens;
pub use gate::Gate;
pub use words::flaw;

use crate::{
    customer,
    ledger::{self, Act, Event, PURPOSES, Personal},
    view::{
        ConsentState, ConsentSummary, NotUsable, OptOutQuestion, PurposeState, Strength, WordingRef,
    },
};
use cloud_api::webhook::Peer;
use fold::{Acts, fold};
use std::collections::BTreeSet;
use store::{
    Connection, Result,
    consent::{self as rows, StateRow},
    setting, wording,
};

/// Setting, `1`: a spoken consent may carry advertising (`view::Retention::weak_offers`).
pub const WEAK_OFFERS: &str = "consent_weak_offers";

/// How a customer stands, for every purpose the shop has or the customer ever said something about.
/// `_now`: platform time; nothing runs out by itself yet.
pub fn state_of(db: &Connection, customer_id: i64, _now: i64) -> Result<ConsentSummary> {
    let mut states = rows::states_of(db, customer_id)?;
    let all = states
        .iter()
        .position(|row| row.purpose == ledger::ALL)
        .map(|at| states.remove(at));
    let mut purposes = Vec::new();
    for key in PURPOSES {
        let found = states.iter().position(|row| row.purpose == key);
        purposes.push(match (found.map(|at| states.remove(at)), &all) {
            (Some(row), _) => shown(row),
            (None, Some(all)) => shown(StateRow {
                purpose: key.to_owned(),
                ..all.clone()
            }),
            (None, None) => shown(StateRow {
                purpose: key.to_owned(),
                since: -1,
                last_used_at: -1,
                ..StateRow::default()
            }),
        });
    }
    purposes.extend(states.into_iter().map(shown));
    Ok(ConsentSummary {
        customer_id,
        purposes,
        out_of_all: all.as_ref().map(|row| row.since),
        question: question(db, customer_id)?,
        erased: all.is_some_and(|row| row.channel == ledger::channel::ERASURE),
    })
}

pub(crate) fn shown(row: StateRow) -> PurposeState {
    let some = |at: i64| (at >= 0).then_some(at);
    PurposeState {
        state: state_named(&row.state),
        usable: row.usable,
        why_not: not_usable_named(&row.why_not),
        since: some(row.since),
        strength: strength_of(row.strength),
        channel: row.channel,
        wording: (!row.wording_id.is_empty()).then_some(WordingRef {
            id: row.wording_id,
            version: row.wording_version,
        }),
        last_used_at: some(row.last_used_at),
        uses: row.uses,
        purpose: row.purpose,
    }
}

fn question(db: &Connection, customer_id: i64) -> Result<Option<OptOutQuestion>> {
    let Some((hash, scope, at)) = rows::question_of(db, customer_id)? else {
        return Ok(None);
    };
    let Some(act) = rows::act(db, &hash)? else {
        return Ok(None);
    };
    let personal = store::ledger::personal(db, &hash)?
        .and_then(|row| Personal::read(&row.personal))
        .unwrap_or_default();
    Ok(Some(OptOutQuestion {
        entry: ledger::entry_name(&act.device, act.seq),
        wamid: personal.wamid,
        text: personal.note,
        scope,
        at,
    }))
}

/// Whom this peer means at `at`, if anything was heard of the person.
pub(crate) fn customer_of(db: &Connection, peer: &Peer, at: i64) -> Result<Option<i64>> {
    let by_bsuid = match &peer.bsuid {
        Some(bsuid) => store::customer::find(db, &format!("b:{bsuid}"))?,
        None => None,
    };
    let person = match (by_bsuid, &peer.wa_id) {
        (Some(person), _) => Some(person),
        (None, Some(wa)) => customer::known_owner(db, wa, at)?,
        (None, None) => None,
    };
    Ok(person.map(|person| person.customer_id))
}

/// Since when a customer is out, where this act would say that he is in and is none of his own that may.
pub(crate) fn stands_against(db: &Connection, customer_id: i64, act: &Act) -> Result<Option<i64>> {
    let says_in = matches!(
        act.event,
        Event::Granted | Event::Confirmed | Event::Claimed
    );
    if !says_in || act.channel == ledger::channel::META {
        return Ok(None);
    }
    let may = act.event != Event::Claimed && reopens(&act.channel, strength_value(act.strength));
    let concerns = |scope: &String| scope == ledger::ALL || act.purposes.contains(scope);
    let states = rows::states_of(db, customer_id)?;
    let mut stops: Vec<i64> = states
        .iter()
        .filter(|row| row.state == OUT && concerns(&row.purpose))
        .map(|row| row.since)
        .collect();
    if states.is_empty() {
        // Nobody was known by this until now.
        let suppressed = ledger::suppressions_of(db, customer_id)?.into_iter();
        stops.extend(
            suppressed
                .filter(|one| concerns(&one.scope))
                .map(|one| one.since),
        );
    }
    Ok(stops
        .into_iter()
        .filter(|since| !(may && act.at > *since))
        .max())
}

/// Brings customers in line with what is recorded of them; says whose standing is another now.
pub(crate) fn bring_in_line(db: &Connection, customers: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
    let mut changed = BTreeSet::new();
    if customers.is_empty() {
        return Ok(changed);
    }
    let weak_offers = setting::get(db, WEAK_OFFERS)?.as_deref() == Some("1");
    let advertising: BTreeSet<String> = wording::purposes(db)?
        .into_iter()
        .filter(|purpose| purpose.advertising)
        .map(|purpose| purpose.key)
        .chain([ledger::OFFERS.to_owned()])
        .collect();
    for &customer_id in customers {
        let folded = fold(Acts {
            acts: rows::acts_of(db, customer_id)?,
            uses: rows::uses_of(db, customer_id)?,
            suppressed: ledger::suppressions_of(db, customer_id)?,
            weak_offers,
            unreachable: reach::is_unreachable(db, customer_id)?,
            advertising: &advertising,
        });
        let news = rows::save_states(db, customer_id, &folded.states)?;
        if rows::save_question(db, customer_id, folded.question.as_ref())? || news {
            changed.insert(customer_id);
        }
    }
    Ok(changed)
}

/// Brings one customer in line anew. Changes nothing where all was right.
pub fn refresh(db: &Connection, customer_id: i64) -> Result<()> {
    let customers = BTreeSet::from([customer_id]);
    bring_in_line(db, &customers)?;
    people::bring_in_line(db, &customers)
}

/// Brings every customer in line anew: the owner changed what counts.
pub fn rebuild(db: &Connection) -> Result<()> {
    let mut after = 0;
    loop {
        let some: BTreeSet<i64> = rows::customers(db, after, 500)?.into_iter().collect();
        let Some(&last) = some.last() else {
            return Ok(());
        };
        bring_in_line(db, &some)?;
        after = last;
    }
}

/// Whether he is under age, as somebody last said, and whether a guardian agreed.
pub fn minor_of(db: &Connection, customer_id: i64) -> Result<Option<(bool, bool)>> {
    Ok(fold::minor(&fold::sorted(rows::acts_of(db, customer_id)?)))
}

pub(crate) const OUT: &str = "out";

const STATES: [(ConsentState, &str); 6] = [
    (ConsentState::None, "none"),
    (ConsentState::Asked, "asked"),
    (ConsentState::Claimed, "claimed"),
    (ConsentState::In, "in"),
    (ConsentState::Paused, "paused"),
    (ConsentState::Out, OUT),
];

pub fn state_name(state: ConsentState) -> &'static str {
    let found = STATES.iter().find(|(known, _)| *known == state);
    found.map_or("none", |(_, name)| name)
}

pub fn state_named(name: &str) -> ConsentState {
    let found = STATES.iter().find(|(_, known)| *known == name);
    found.map_or(ConsentState::None, |(state, _)| *state)
}

const STRENGTHS: [(Strength, &str); 4] = [
    (Strength::None, "none"),
    (Strength::Weak, "weak"),
    (Strength::Good, "good"),
    (Strength::Strong, "strong"),
];

pub fn strength_name(strength: Strength) -> &'static str {
    let found = STRENGTHS.iter().find(|(known, _)| *known == strength);
    found.map_or("none", |(_, name)| name)
}

/// 0 to 3, as the store has it.
pub fn strength_value(strength: Strength) -> i64 {
    let found = STRENGTHS.iter().position(|(known, _)| *known == strength);
    found.and_then(|at| i64::try_from(at).ok()).unwrap_or(0)
}

pub fn strength_of(value: i64) -> Strength {
    let found = usize::try_from(value).ok().and_then(|at| STRENGTHS.get(at));
    found.map_or(Strength::None, |(strength, _)| *strength)
}

pub(crate) fn strength_named(name: &str) -> i64 {
    let found = STRENGTHS.iter().position(|(_, known)| *known == name);
    found.and_then(|at| i64::try_from(at).ok()).unwrap_or(0)
}

const NOT_USABLE: [(NotUsable, &str); 7] = [
    (NotUsable::BusinessNotNamed, "business_not_named"),
    (NotUsable::NoMessagesMentioned, "no_messages_mentioned"),
    (NotUsable::NoWording, "no_wording"),
    (NotUsable::TooWeak, "too_weak"),
    (NotUsable::Questioned, "questioned"),
    (NotUsable::Minor, "minor"),
    (NotUsable::Unreachable, "unreachable"),
];

pub fn not_usable_name(why: NotUsable) -> &'static str {
    let found = NOT_USABLE.iter().find(|(known, _)| *known == why);
    found.map_or("", |(_, name)| name)
}

pub fn not_usable_named(name: &str) -> Option<NotUsable> {
    let found = NOT_USABLE.iter().find(|(_, known)| *known == name);
    found.map(|(why, _)| *why)
}
