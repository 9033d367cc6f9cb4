//! Everybody a batch may be for, looked up in one walk through each table, and then judged in memory.

use super::{
    super::{Desk, SHOP_NAME, settings::settings},
    addresses::{addresses, once_per_line},
};
use crate::{
    batch::{
        audience::{Asked, DAY, Somebody, fits, skip, stands},
        cap, personal,
    },
    consent::{Gate, OUT, state_named},
    ledger::{self, LEDGER_BROKEN, OFFERS},
    messaging_limit::Limit,
    template::Template,
    view::{BatchPlan, ConsentState, FrequencyCap, SkipReason},
};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::{
    Connection, Result,
    batch_people::{self as look, Standing, ThreadLine},
    consent::StateRow,
    setting, template, template_use,
};

/// Everybody of the segment in the order of sending, and what of the messaging limit is told and used.
pub(super) struct Audience {
    pub people: Vec<Somebody>,
    pub limit: Option<i64>,
    pub limit_used: i64,
    /// What those who get it use of it.
    pub limit_needed: i64,
}

pub(super) fn is_marketing(category: &str) -> bool {
    !category.eq_ignore_ascii_case("UTILITY")
}

pub(super) fn cap_of(db: &Connection) -> Result<FrequencyCap> {
    let set = setting::get(db, super::FREQUENCY_CAP)?;
    let set = set.and_then(|text| serde_json::from_str(&text).ok());
    Ok(cap::bounded(set.unwrap_or(cap::USUAL)))
}

impl Desk {
    pub(super) fn audience(
        &self,
        db: &Connection,
        plan: &BatchPlan,
        template: &Template,
        now: i64,
    ) -> Result<Audience> {
        let category = &template.row.category;
        let mut people = with_thread(db, plan)?;
        without_thread(db, plan, &mut people)?;
        consents(db, plan, category, &mut people)?;
        addresses(db, plan.number_id, &mut people)?;
        // Who wrote last is the least likely to be annoyed, and what the first do decides for all.
        people.sort_by_key(|who| (std::cmp::Reverse(who.wrote_at), who.customer_id));
        let asked = self.asked(db, plan, category, now)?;
        let got = got(db, &self.account.waba_id, &asked, now)?;
        let none = Vec::new();
        for who in &mut people {
            let got = got.get(&who.customer_id).unwrap_or(&none);
            who.skipped = skip(&asked, who, got, false);
        }
        once_per_line(&mut people);
        self.within_limit(db, people, now)
    }

    fn asked(&self, db: &Connection, plan: &BatchPlan, category: &str, now: i64) -> Result<Asked> {
        let choice = &plan.choice;
        let got = look::got_template(db, &choice.name, &choice.language, now - DAY)?;
        Ok(Asked {
            now,
            marketing: is_marketing(category),
            cap: Some(cap_of(db)?),
            personal: personal::is_personal(&choice.values),
            withheld: look::withheld(db, now - DAY)?.into_iter().collect(),
            got_it: got
                .into_iter()
                .map(|(customer_id, _)| customer_id)
                .collect(),
        })
    }

    /// As many outside their windows as Meta's limit still takes; whoever was written to within its day costs nothing.
    fn within_limit(
        &self,
        db: &Connection,
        mut people: Vec<Somebody>,
        now: i64,
    ) -> Result<Audience> {
        let reached: HashSet<i64> = template_use::reached_since(db, now - DAY)?
            .into_iter()
            .map(|(customer_id, _)| customer_id)
            .collect();
        let limit = match Limit::told(db, &self.account.waba_id)? {
            Some(Limit::Customers(n)) => Some(n),
            _ => None,
        };
        let used = i64::try_from(reached.len()).unwrap_or(i64::MAX);
        let mut needed = 0;
        for who in people.iter_mut().filter(|who| who.skipped.is_none()) {
            if who.in_window(now) || reached.contains(&who.customer_id) {
                continue;
            }
            if limit.is_some_and(|limit| used + needed >= limit) {
                who.skipped = Some(SkipReason::OverLimit);
            } else {
                needed += 1;
            }
        }
        Ok(Audience {
            people,
            limit,
            limit_used: used,
            limit_needed: needed,
        })
    }
}

type Labels = Vec<String>;

/// Those with a thread on any number, one row per customer, in the order of the customers.
fn with_thread(db: &Connection, plan: &BatchPlan) -> Result<Vec<Somebody>> {
    let segment = &plan.segment;
    let by_label = !(segment.labels.is_empty() && segment.without_labels.is_empty());
    let mut people: Vec<Somebody> = Vec::new();
    let mut open: Option<(Somebody, Labels)> = None;
    let close = |open: Option<(Somebody, Labels)>, people: &mut Vec<Somebody>| {
        if let Some((who, labels)) = open
            && fits(segment, &who, &labels)
        {
            people.push(who);
        }
    };
    look::threads(db, |line| {
        let same = matches!(&open, Some((who, _)) if who.customer_id == line.customer_id);
        if !same {
            let labels = match by_label {
                true => serde_json::from_str(&line.labels).unwrap_or_default(),
                false => Vec::new(),
            };
            close(open.replace((of_thread(&line), labels)), &mut people);
        }
        if let Some((who, _)) = &mut open {
            who.wrote_at = who.wrote_at.max(line.inbound_at);
            if line.number_id == plan.number_id {
                who.thread_id = Some(line.id);
                who.closes_at = line.closes_at;
                who.blocked = line.blocked;
            }
        }
    })?;
    close(open, &mut people);
    Ok(people)
}

fn of_thread(line: &ThreadLine) -> Somebody {
    let ThreadLine {
        name,
        phone,
        username,
        ..
    } = line;
    Somebody {
        customer_id: line.customer_id,
        named: is_name(name, phone, username),
        title: name.clone(),
        address: shown(phone, username),
        language: line.language.clone(),
        wrote_at: -1,
        closes_at: -1,
        ..Somebody::default()
    }
}

/// What somebody is shown as where no name is known is his number or username.
fn is_name(name: &str, phone: &str, username: &str) -> bool {
    !name.is_empty() && name != phone && name.strip_prefix('@') != Some(username)
}

fn shown(phone: &str, username: &str) -> String {
    match (phone, username) {
        ("", "") => String::new(),
        ("", username) => format!("@{username}"),
        (phone, _) => phone.to_owned(),
    }
}

/// Those of whom only a consent is known: from the counter, from a list. They never wrote.
fn without_thread(db: &Connection, plan: &BatchPlan, people: &mut Vec<Somebody>) -> Result<()> {
    let segment = &plan.segment;
    let mut labels: BTreeMap<i64, Labels> = BTreeMap::new();
    if !(segment.labels.is_empty() && segment.without_labels.is_empty()) {
        for (customer_id, label) in look::labels_without_thread(db)? {
            labels.entry(customer_id).or_default().push(label);
        }
    }
    let none = Labels::new();
    for line in look::listed(db)? {
        let who = Somebody {
            customer_id: line.customer_id,
            named: is_name(&line.name, &line.phone, &line.username),
            address: shown(&line.phone, &line.username),
            title: line.name,
            language: line.language,
            wrote_at: -1,
            closes_at: -1,
            ..Somebody::default()
        };
        if fits(segment, &who, labels.get(&who.customer_id).unwrap_or(&none)) {
            people.push(who);
        }
    }
    people.sort_by_key(|who| who.customer_id);
    Ok(())
}

/// Where everybody stands with the consent the template rests on; those the segment's purpose leaves out go.
fn consents(
    db: &Connection,
    plan: &BatchPlan,
    category: &str,
    people: &mut Vec<Somebody>,
) -> Result<()> {
    let purpose = plan.segment.purpose.as_deref();
    let purpose = purpose.unwrap_or(match is_marketing(category) {
        true => OFFERS,
        false => ledger::SERVICE,
    });
    let nothing = Gate::default().template(category);
    let mut states = vec![ConsentState::None; people.len()];
    for who in people.iter_mut() {
        who.consent.clone_from(&nothing);
    }
    let (mut at, mut open, mut rows) = (0, i64::MIN, Vec::new());
    let mut close = |customer_id: i64, rows: &mut Vec<StateRow>| {
        while people
            .get(at)
            .is_some_and(|who| who.customer_id < customer_id)
        {
            at += 1;
        }
        let rows = std::mem::take(rows);
        if let Some(who) = people
            .get_mut(at)
            .filter(|who| who.customer_id == customer_id)
        {
            let state = |wanted: &str| rows.iter().find(|row| row.purpose == wanted);
            let out = state(ledger::ALL).filter(|row| row.state == OUT);
            let found = state(purpose).or(out);
            states[at] = found.map_or(ConsentState::None, |row| state_named(&row.state));
            who.marketing = state(OFFERS).is_some_and(|row| row.usable);
            who.service = rows.iter().any(|row| row.usable);
            who.consent = Gate::from_rows(rows).template(category);
        }
    };
    look::standings(db, |row| {
        if row.customer_id != open {
            close(open, &mut rows);
            open = row.customer_id;
        }
        rows.push(state_row(row));
    })?;
    close(open, &mut rows);
    let mut states = states.into_iter();
    people.retain(|_| {
        states
            .next()
            .is_some_and(|state| stands(&plan.segment, state))
    });
    Ok(())
}

fn state_row(row: Standing<'_>) -> StateRow {
    StateRow {
        purpose: row.purpose.to_owned(),
        state: row.state.to_owned(),
        usable: row.usable,
        why_not: row.why_not.to_owned(),
        since: row.since,
        ..StateRow::default()
    }
}

/// When each customer got marketing in the last 30 days.
fn got(db: &Connection, waba_id: &str, asked: &Asked, now: i64) -> Result<HashMap<i64, Vec<i64>>> {
    let mut got: HashMap<i64, Vec<i64>> = HashMap::new();
    if !asked.marketing {
        return Ok(got);
    }
    let since = now - cap::LOOK_BACK;
    let mut found = look::uses_since(db, OFFERS, since)?;
    if is_broken(db)? {
        // Nothing is written into the ledger; what was sent is known all the same.
        found.clear();
        for row in template::all(db, waba_id)? {
            if is_marketing(&row.category) {
                found.extend(look::got_template(db, &row.name, &row.language, since)?);
            }
        }
    }
    for (customer_id, at) in found {
        got.entry(customer_id).or_default().push(at);
    }
    Ok(got)
}

/// The same for one customer.
pub(super) fn got_of(db: &Connection, customer_id: i64, now: i64) -> Result<Vec<i64>> {
    look::uses_of(db, customer_id, OFFERS, now - cap::LOOK_BACK)
}

fn is_broken(db: &Connection) -> Result<bool> {
    Ok(setting::get(db, LEDGER_BROKEN)?.is_some_and(|entry| !entry.is_empty()))
}

/// The name customers see.
pub(super) fn shop_name(db: &Connection) -> Result<String> {
    Ok(setting::get(db, SHOP_NAME)?.unwrap_or_default())
}

/// The shop's opening hours, as staff set them.
pub(super) fn hours(db: &Connection) -> Result<crate::view::OpeningHours> {
    Ok(settings(db)?.hours)
}
