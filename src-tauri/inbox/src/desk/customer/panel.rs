//! All that is known of the customer of a thread, gathered for the panel.

use super::{
    super::{Desk, not_found, threads},
    identities::identities,
    lookalike::lookalikes,
    persons, windows,
};
use crate::{
    consent,
    view::{CustomerView, MergeView},
};
use cloud_api::webhook::Peer;
use std::collections::{BTreeMap, BTreeSet};
use store::{
    Connection, Result,
    about_person::{self, ProfileRow},
    customer::{self, Person},
    label, merge, thread,
};

impl Desk {
    /// All that is known of the customer of a thread.
    pub fn customer(&self, thread_id: i64) -> Result<CustomerView> {
        let now = self.clock.now();
        self.store.read(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let persons = persons(db, &thread)?;
            let address = threads::peer(db, &thread)?;
            let said = Said::of(db, &persons)?;
            let known = identities(db, &persons, &address)?;
            let given_name = said.latest("book");
            let profile_name = said.latest_name("name");
            let names = [given_name.as_str(), profile_name.as_deref().unwrap_or("")];
            let lookalikes = match address.group_id {
                None => lookalikes(db, &thread, now, &known, names)?,
                Some(_) => Vec::new(),
            };
            Ok(CustomerView {
                name: threads::person_name(&thread),
                language: said.latest("language"),
                labels: said.labels(),
                note: said.latest("note"),
                blocked: thread.blocked,
                first_contact_at: first_contact(db, &persons)?,
                windows: windows::last(db, &thread)?,
                merges: merges(db, &persons)?,
                marketing: about_person::preference_of(
                    db,
                    thread.customer_id,
                    "marketing_messages",
                )?,
                identities: known,
                given_name,
                profile_name,
                lookalikes,
                consent: consent::state_of(db, thread.customer_id, now)?,
            })
        })
    }
}

/// The time of the first line with any of these persons.
fn first_contact(db: &Connection, persons: &[Person]) -> Result<Option<i64>> {
    let mut first = None;
    for person in persons {
        let here = customer::heard_between(db, person.id)?.map(|(at, _)| at);
        first = [first, here].into_iter().flatten().min();
    }
    Ok(first)
}

/// What was said of some persons, each field by its latest word.
struct Said(BTreeMap<String, ProfileRow>, BTreeMap<String, ProfileRow>);

impl Said {
    fn of(db: &Connection, persons: &[Person]) -> Result<Self> {
        let (mut latest, mut latest_name) = (BTreeMap::new(), BTreeMap::new());
        for person in persons {
            for row in about_person::profile(db, person.id)? {
                if !row.value.is_empty() {
                    keep_later(&mut latest_name, &row);
                }
                keep_later(&mut latest, &row);
            }
        }
        Ok(Self(latest, latest_name))
    }

    /// The latest word; empty where there is none, or where it takes the one before away.
    fn latest(&self, field: &str) -> String {
        self.0
            .get(field)
            .map(|row| row.value.clone())
            .unwrap_or_default()
    }

    /// The latest word that says something.
    fn latest_name(&self, field: &str) -> Option<String> {
        self.1.get(field).map(|row| row.value.clone())
    }

    /// In the order of the alphabet; spellings that differ in case only are one label.
    fn labels(&self) -> Vec<String> {
        let given = self.0.values().filter(|row| row.value == "1");
        let mut labels: Vec<_> = given
            .filter_map(|row| row.field.strip_prefix(label::PREFIX))
            .map(|name| (name.to_lowercase(), name.to_owned()))
            .collect();
        labels.sort();
        labels.dedup_by(|x, y| x.0 == y.0);
        labels.into_iter().map(|(_, name)| name).collect()
    }
}

fn keep_later(rows: &mut BTreeMap<String, ProfileRow>, row: &ProfileRow) {
    match rows.get(&row.field) {
        Some(kept) if (kept.at, &kept.value) >= (row.at, &row.value) => {}
        _ => {
            rows.insert(row.field.clone(), row.clone());
        }
    }
}

/// Merges by hand that hold, newest first.
fn merges(db: &Connection, persons: &[Person]) -> Result<Vec<MergeView>> {
    let mut found = BTreeMap::new();
    for person in persons {
        for m in merge::of_person(db, person.id)? {
            if !m.undone {
                found.insert(m.id.clone(), m);
            }
        }
    }
    let mut views = Vec::with_capacity(found.len());
    for m in found.into_values() {
        views.push(MergeView {
            names: vec![
                called_without(db, m.a, &m.id)?,
                called_without(db, m.b, &m.id)?,
            ],
            at: m.made_at,
            merge_id: m.id,
        });
    }
    views.sort_by(|x, y| (y.at, &y.merge_id).cmp(&(x.at, &x.merge_id)));
    Ok(views)
}

/// What the customer this person is would be called if that merge were not.
fn called_without(db: &Connection, person_id: i64, merge_id: &str) -> Result<String> {
    let mut ids = BTreeSet::from([person_id]);
    let mut queue = vec![person_id];
    let mut persons = Vec::new();
    while let Some(id) = queue.pop() {
        let mut ties = customer::changed_with(db, id)?;
        for m in merge::of_person(db, id)? {
            if !m.undone && m.id != merge_id {
                ties.extend([m.a, m.b]);
            }
        }
        queue.extend(ties.into_iter().filter(|tie| ids.insert(*tie)));
        persons.push(customer::get(db, id)?);
    }
    let said = Said::of(db, &persons)?;
    let identities = identities(db, &persons, &Peer::default())?;
    let of_kind = |kind: &str| {
        let mut known = identities.iter().filter(|k| k.kind == kind);
        known.next().map(|k| k.value.clone())
    };
    Ok(Some(said.latest("book"))
        .filter(|name| !name.is_empty())
        .or_else(|| said.latest_name("name"))
        .or_else(|| of_kind("username").map(|u| format!("@{u}")))
        .or_else(|| of_kind("phone").map(|n| format!("+{n}")))
        .or_else(|| of_kind("bsuid").map(|b| b.chars().take(12).collect()))
        .unwrap_or_default())
}
