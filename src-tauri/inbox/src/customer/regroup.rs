//! Persons tied together are one customer: whenever a tie comes or goes, the groups are made anew.

use super::{Touched, touch_customer};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use store::{
    Connection, Result,
    customer::{self, Person},
    message, thread,
};

/// Gives every group of persons tied together one customer, and every lone person one of his own.
pub(super) fn regroup(
    db: &Connection,
    seeds: impl IntoIterator<Item = i64>,
    touched: &mut Touched,
) -> Result<()> {
    regroup_keeping(db, seeds, None, touched)
}

/// The same; the group this person is in stays the customer he is, so that his threads stay the threads they
/// are while somebody looks at one. Which rows a customer has is not said by that, so order does not matter.
pub(super) fn regroup_keeping(
    db: &Connection,
    seeds: impl IntoIterator<Item = i64>,
    keep: Option<i64>,
    touched: &mut Touched,
) -> Result<()> {
    let mut persons: BTreeMap<i64, Person> = BTreeMap::new();
    let mut former = BTreeSet::new();
    let mut queue: VecDeque<i64> = seeds.into_iter().collect();
    while let Some(id) = queue.pop_front() {
        if persons.contains_key(&id) {
            continue;
        }
        let Ok(person) = customer::get(db, id) else {
            continue;
        };
        former.insert(person.customer_id);
        if person.key.starts_with("w:") && person.key != "w:" && customer::drop_if_unused(db, id)? {
            continue;
        }
        queue.extend(customer::same_as(db, id)?);
        queue.extend(
            customer::of_customer(db, person.customer_id)?
                .into_iter()
                .map(|p| p.id),
        );
        persons.insert(id, person);
    }
    let mut taken = BTreeSet::new();
    let mut groups = groups(db, &persons)?;
    let kept = |group: &[i64]| keep.filter(|id| group.contains(id));
    groups.sort_by_key(|group| {
        let oldest = group.iter().map(|id| persons[id].customer_id).min();
        (kept(group).is_none(), oldest)
    });
    for group in groups {
        let oldest = group
            .iter()
            .map(|id| persons[id].customer_id)
            .filter(|c| !taken.contains(c))
            .min();
        let free = kept(&group).map(|id| persons[&id].customer_id).or(oldest);
        let customer_id = match free {
            Some(id) => id,
            None => customer::new_customer(db)?,
        };
        taken.insert(customer_id);
        for id in group {
            let old = persons[&id].customer_id;
            if old == customer_id {
                continue;
            }
            customer::set_customer(db, id, customer_id)?;
            touched.regrouped = true;
            touched.consents.extend([old, customer_id]);
            touched.labels = true;
            for number_id in message::numbers_of(db, id)? {
                touched.threads.extend(thread::find(db, number_id, old)?);
                let target = thread::ensure(db, number_id, customer_id)?;
                message::move_person(db, id, number_id, target)?;
                touched.threads.insert(target);
            }
        }
        touch_customer(db, customer_id, touched)?;
    }
    for customer_id in former {
        touch_customer(db, customer_id, touched)?;
        for id in thread::ids_of_customer(db, customer_id)? {
            thread::drop_if_empty(db, id)?;
        }
        customer::drop_if_empty(db, customer_id)?;
    }
    Ok(())
}

fn groups(db: &Connection, persons: &BTreeMap<i64, Person>) -> Result<Vec<Vec<i64>>> {
    let mut groups = Vec::new();
    let mut placed = BTreeSet::new();
    for &start in persons.keys() {
        if !placed.insert(start) {
            continue;
        }
        let mut group = vec![start];
        let mut next = 0;
        while next < group.len() {
            for id in customer::same_as(db, group[next])? {
                if persons.contains_key(&id) && placed.insert(id) {
                    group.push(id);
                }
            }
            next += 1;
        }
        groups.push(group);
    }
    Ok(groups)
}
