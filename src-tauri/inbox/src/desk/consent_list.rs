//! The lists of consents: who is in them, how many, and everything about one person.

use super::{Desk, not_found};
use crate::{
    consent::{self, retention},
    ledger::{self, Personal, Public},
    naming::about,
    view::{
        ConsentCounts, ConsentCursor, ConsentFilter, ConsentPage, ConsentPerson, ConsentRow,
        EvidenceView, LedgerLine, PersonName, StateCount, WordingRef,
    },
};
use store::{
    Connection, Result,
    consent::{self as rows, ActRow, StateRow},
    consent_list::{self, List, ListRow, Place, Wanted},
    customer, evidence, ledger as entries,
    search::Words,
    thread,
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// A consent nobody used for so long has grown old.
pub(super) const AGED: i64 = 365 * DAY;
/// What goes within this time is said to expire.
const EXPIRING: i64 = 30 * DAY;

impl Desk {
    /// One page of a list, the latest act first.
    pub fn consents(
        &self,
        filter: &ConsentFilter,
        after: Option<&ConsentCursor>,
        limit: i64,
    ) -> Result<ConsentPage> {
        let now = self.clock.now();
        let after = after.map(|at| (at.since, at.customer_id, at.purpose.clone()));
        self.store.read(|db| {
            let wanted = self.wanted_list(db, filter, now)?;
            let (found, next) = page(db, &wanted, after.as_ref(), limit)?;
            Ok(ConsentPage {
                rows: found.into_iter().map(shown).collect(),
                next: next.map(|(since, customer_id, purpose)| ConsentCursor {
                    since,
                    customer_id,
                    purpose,
                }),
            })
        })
    }

    /// How many are in each list under a filter.
    pub fn consent_counts(&self, filter: &ConsentFilter) -> Result<ConsentCounts> {
        let now = self.clock.now();
        self.store.read(|db| {
            let counts = consent_list::counts(db, &self.wanted_list(db, filter, now)?)?;
            Ok(ConsentCounts {
                offers_today: counts.offers_today,
                never_contact: counts.never_contact,
                unconfirmed: counts.unconfirmed,
                all: counts.all,
                states: counts
                    .states
                    .into_iter()
                    .map(|(state, rows)| StateCount {
                        state: consent::state_named(&state),
                        rows,
                    })
                    .collect(),
            })
        })
    }

    /// A person's page: where they stand, and what happened, the newest first.
    pub fn consent_person(&self, customer_id: i64) -> Result<ConsentPerson> {
        let now = self.clock.now();
        self.store.read(|db| {
            if customer::of_customer(db, customer_id)?.is_empty() {
                return Err(not_found());
            }
            let about = about(db, customer_id)?;
            let threads = thread::of_customer(db, customer_id)?.into_iter();
            let latest = threads
                .filter(|thread| thread.last_message_id > 0)
                .max_by_key(|thread| (thread.last_at, thread.id));
            let some = |text: String| (!text.is_empty()).then_some(text);
            let years = retention::retention(db, &self.country(db)?)?.years;
            Ok(ConsentPerson {
                customer_id,
                thread_id: latest.map(|thread| thread.id),
                summary: consent::state_of(db, customer_id, now)?,
                history: history(db, customer_id, years)?,
                minor: consent::minor_of(db, customer_id)?.map(|(minor, _)| minor),
                language: about.language,
                name: PersonName {
                    text: about.name,
                    phone: some(about.phone),
                    username: some(about.username),
                },
            })
        })
    }

    /// A filter as the store understands it.
    pub(super) fn wanted_list(
        &self,
        db: &Connection,
        filter: &ConsentFilter,
        now: i64,
    ) -> Result<Wanted> {
        let (wording_id, wording_version) = match filter.wording.split_once('@') {
            Some((id, version)) => (id.to_owned(), version.parse().ok()),
            None => (filter.wording.clone(), None),
        };
        let due_before = match filter.expiring {
            false => None,
            true => {
                let years = retention::retention(db, &self.country(db)?)?.years;
                Some(retention::due_before(now + EXPIRING, years))
            }
        };
        let states = filter.states.iter();
        let strengths = filter.strengths.iter();
        Ok(Wanted {
            list: match filter.list.as_str() {
                "offers_today" => List::OffersToday,
                "never_contact" => List::NeverContact,
                "unconfirmed" => List::Unconfirmed,
                _ => List::All,
            },
            words: Words::of_person(filter.text.trim().trim_start_matches('@')),
            purpose: filter.purpose.clone(),
            states: states
                .map(|state| consent::state_name(*state).to_owned())
                .collect(),
            channel: filter.channel.clone(),
            wording_id,
            wording_version,
            strengths: strengths.map(|s| consent::strength_value(*s)).collect(),
            from: filter.from,
            to: filter.to,
            unused: filter.unused,
            due_before,
            aged_before: now - AGED,
        })
    }
}

/// A page, and where the next one starts.
pub(super) fn page(
    db: &Connection,
    wanted: &Wanted,
    after: Option<&Place>,
    limit: i64,
) -> Result<(Vec<ListRow>, Option<Place>)> {
    let limit = limit.max(1);
    let mut found = consent_list::page(db, wanted, after, limit + 1)?;
    let fits = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > fits;
    found.truncate(fits);
    let next = found.last().filter(|_| more).map(consent_list::place);
    Ok((found, next))
}

fn shown(row: ListRow) -> ConsentRow {
    let some = |text: String| (!text.is_empty()).then_some(text);
    ConsentRow {
        customer_id: row.customer_id,
        name: PersonName {
            text: row.name,
            phone: some(row.phone),
            username: some(row.username),
        },
        language: row.language,
        state: consent::shown(row.state),
        out_of_all: row.out_of_all,
    }
}

fn history(db: &Connection, customer_id: i64, years: i64) -> Result<Vec<LedgerLine>> {
    let mut acts = rows::acts_of(db, customer_id)?;
    acts.extend(rows::uses_by_day(db, customer_id)?);
    acts.sort_by(|x, y| {
        let key = |act: &ActRow| (act.at, act.recorded_at, act.seq);
        (key(y), &y.purpose).cmp(&(key(x), &x.purpose))
    });
    let states = rows::states_of(db, customer_id)?;
    acts.into_iter()
        .map(|act| line(db, act, &states, years))
        .collect()
}

fn line(db: &Connection, act: ActRow, states: &[StateRow], years: i64) -> Result<LedgerLine> {
    let public = entries::by_hash(db, &act.hash)?
        .and_then(|row| Public::read(&row.public))
        .unwrap_or_default();
    let personal = entries::personal(db, &act.hash)?
        .and_then(|part| Personal::read(&part.personal))
        .unwrap_or_default();
    let some = |text: String| (!text.is_empty()).then_some(text);
    let keep_until = retention::due_at(last_needed(&act, states), years);
    // Place, reason or words: one of them was said.
    let said = [
        personal.note,
        personal.place,
        personal.source,
        personal.guardian,
    ];
    Ok(LedgerLine {
        entry: ledger::entry_name(&act.device, act.seq),
        evidence: evidence::of_entry(db, &act.hash)?
            .into_iter()
            .map(|row| EvidenceView {
                id: row.sha256,
                kind: row.kind,
                mime_type: row.mime_type,
                size: row.size,
                keep_until: Some(keep_until),
            })
            .collect(),
        event: act.event,
        purpose: act.purpose,
        act_at: act.at,
        recorded_at: act.recorded_at,
        time_source: public.time_source,
        channel: act.channel,
        strength: consent::strength_of(act.strength),
        wording: (!act.wording_id.is_empty()).then_some(WordingRef {
            id: act.wording_id,
            version: act.wording_version,
        }),
        wording_text: personal.shown,
        business_name: personal.business_name,
        staff: personal.staff,
        note: said
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
        wamid: some(personal.wamid),
        template: some(personal.template),
        hash: hex::encode(act.hash),
    })
}

/// When an act was last needed: since the stop of what it allowed, else since it was done or used.
pub(super) fn last_needed(act: &ActRow, states: &[StateRow]) -> i64 {
    let of = |purpose: &str| states.iter().find(|row| row.purpose == purpose);
    match of(&act.purpose).or_else(|| of(ledger::ALL)) {
        Some(row) if row.state == consent::OUT => row.since.max(act.at).max(row.last_used_at),
        Some(row) => act.at.max(row.last_used_at),
        None => act.at,
    }
}
