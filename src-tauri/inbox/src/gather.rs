//! What the list shows of a thread, gathered from everywhere into its one row, so that a page of the list is a
//! part of an index and its rows.
//!
//! Asked for at the end of every transaction, for the threads something happened in; written only where
//! something is different. All of it can be gathered anew at any time and comes out the same.

use crate::{
    apply::templates::judge_answers,
    content,
    customer::{self, Touched},
    naming::{About, about},
    outbox, section,
    service_window::Known,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, btree_map::Entry};
use store::{
    Connection, Result, about_person,
    mark::{self, MarkRow},
    message,
    thread::{self, LastLine, Thread, Timeline},
};

/// Up to which arrival each of the staff has seen a thread.
pub(crate) type Seen = BTreeMap<String, i64>;

pub(crate) fn seen_of(thread: &Thread) -> Seen {
    serde_json::from_str(&thread.seen).unwrap_or_default()
}

/// Gathers one thread anew. Changes nothing where its row was right.
pub fn gather(db: &Connection, thread_id: i64) -> Result<()> {
    let Some(old) = thread::get(db, thread_id)? else {
        return Ok(());
    };
    let about = about(db, old.customer_id)?;
    rebuild(db, &old, &thread::timeline(db, thread_id)?, Some(&about))?;
    Ok(())
}

/// Brings every thread in line with what happened in a transaction, and removes what stands for nothing.
pub(crate) fn bring_in_line(db: &Connection, touched: &mut Touched) -> Result<()> {
    for &(id, message_id) in &touched.lines {
        if !touched.threads.contains(&id) && thread::shows(db, id, message_id)? {
            touched.threads.insert(id);
        }
    }
    let mut found = BTreeMap::new();
    look_at(db, &touched.threads, &mut found)?;
    // Threads that hold nothing are gone now; persons without a row may follow, and be missed in a name.
    customer::sweep(db, touched)?;
    look_at(db, &touched.threads, &mut found)?;
    let mut heard = std::mem::take(&mut touched.heard);
    heard.extend(found.values().map(|(thread, _)| thread.customer_id));
    for customer_id in heard {
        if !touched.customers.contains(&customer_id) && !about_person::is_plain(db, customer_id)? {
            customer::touch_customer(db, customer_id, touched)?;
        }
    }
    look_at(db, &touched.threads, &mut found)?;
    let mut known: HashMap<i64, About> = HashMap::new();
    for (old, timeline) in found.values() {
        judge_answers(db, old.id)?;
        let fresh = old.terms.is_empty() || touched.customers.contains(&old.customer_id);
        if fresh && !known.contains_key(&old.customer_id) {
            known.insert(old.customer_id, about(db, old.customer_id)?);
        }
        let about = known.get(&old.customer_id);
        touched.labels |= rebuild(db, old, timeline, about)?;
    }
    Ok(())
}

/// Reads what the timelines of these threads say, and removes the empty ones.
fn look_at(
    db: &Connection,
    ids: &BTreeSet<i64>,
    found: &mut BTreeMap<i64, (Thread, Timeline)>,
) -> Result<()> {
    for &id in ids {
        if let Entry::Vacant(place) = found.entry(id)
            && let Some(thread) = thread::get(db, id)?
        {
            let timeline = thread::timeline(db, id)?;
            if timeline.last.is_some() || !thread::drop_if_empty(db, id)? {
                place.insert((thread, timeline));
            }
        }
    }
    Ok(())
}

/// `about`: where something may be new of the customer. True if it bears other labels now.
fn rebuild(
    db: &Connection,
    old: &Thread,
    timeline: &Timeline,
    about: Option<&About>,
) -> Result<bool> {
    let mut new = old.clone();
    take_timeline(&mut new, timeline);
    let draft = about_person::draft_of(db, old.number_id, old.customer_id, "")?;
    let (draft, _) = draft.unwrap_or_default();
    new.draft = content::first_line(draft.trim_start());
    // What was returned is trouble for as long as its words lie in the composer.
    let returned = match draft.is_empty() {
        true => -1,
        false => timeline.returned_at,
    };
    let trouble_at = timeline.trouble_at.max(returned);
    let marks = mark::of_thread(db, old.number_id, old.customer_id)?;
    take_marks(&mut new, &marks, trouble_at, timeline.blocked_at)?;
    // Our own times count milliseconds, arrivals thousandths of them.
    let asks = timeline.waiting_since >= 0
        || (trouble_at >= 0 && trouble_at.saturating_mul(1000) > timeline.answered);
    // Nobody can answer whom we blocked, so no time runs out.
    new.waits = asks && !new.blocked;
    if let Some(about) = about {
        take_about(&mut new, about)?;
    }
    if new == *old {
        return Ok(false);
    }
    thread::save(db, old, &new)?;
    let labels = new.labels != old.labels;
    if let Some(about) = about.filter(|_| labels) {
        thread::set_labels(db, new.id, &about.labels)?;
    }
    keep_unseen(db, old, &new)?;
    Ok(labels)
}

fn take_timeline(new: &mut Thread, timeline: &Timeline) {
    let window = Known::from_columns(timeline.inbound_at, timeline.closed_at);
    new.inbound_at = timeline.inbound_at;
    new.closed_at = timeline.closed_at;
    new.closes_at = window.ends_at().unwrap_or(-1);
    new.newest_arrival = timeline.newest_arrival;
    new.waiting_since = timeline.waiting_since;
    let none = LastLine::default();
    let last = timeline.last.as_ref().unwrap_or(&none);
    new.last_at = last.at;
    new.last_message_id = last.id;
    new.preview_text = content::first_line(&last.body);
    new.preview_kind.clone_from(&last.kind);
    new.preview_out = last.direction == message::OUT;
    new.preview_state = match last.state.as_str() {
        "" if new.preview_out => outbox::foreign(&last.ticks).to_owned(),
        state => state.to_owned(),
    };
}

/// In the order they were said, so that the last word stays.
fn take_marks(new: &mut Thread, marks: &[MarkRow], trouble_at: i64, refused_at: i64) -> Result<()> {
    let mut seen = Seen::new();
    let (mut stage, mut staged_at) = ("", -1);
    let (mut blocked, mut blocked_at) = (false, -1);
    (new.pinned, new.assignee) = (false, String::new());
    for said in marks {
        match said.field.as_str() {
            mark::STAGE => (stage, staged_at) = (&said.value, said.at),
            mark::PIN => new.pinned = said.value == "1",
            mark::BLOCKED => (blocked, blocked_at) = (said.value == "1", said.at),
            mark::ASSIGNEE => new.assignee.clone_from(&said.value),
            field => {
                if let Some(staff) = field.strip_prefix(mark::SEEN) {
                    seen.insert(staff.to_owned(), said.value.parse().unwrap_or(-1));
                }
            }
        }
    }
    (new.shelf, new.snoozed_until) =
        section::shelf(stage, staged_at, new.newest_arrival, trouble_at);
    // Meta's refusal says so too, until somebody lets go after it.
    new.blocked = blocked || (refused_at >= 0 && refused_at >= blocked_at);
    new.seen = serde_json::to_string(&seen)?;
    Ok(())
}

fn take_about(new: &mut Thread, about: &About) -> Result<()> {
    new.name.clone_from(&about.name);
    new.phone.clone_from(&about.phone);
    new.username.clone_from(&about.username);
    new.language.clone_from(&about.language);
    new.labels = serde_json::to_string(&about.labels)?;
    new.terms.clone_from(&about.terms);
    Ok(())
}

/// For every reader, whether this is among the threads he has not read.
fn keep_unseen(db: &Connection, old: &Thread, new: &Thread) -> Result<()> {
    let same =
        (old.shelf, old.newest_arrival, &old.seen) == (new.shelf, new.newest_arrival, &new.seen);
    if same {
        return Ok(());
    }
    let (before, after) = (seen_of(old), seen_of(new));
    for staff in thread::readers(db)? {
        let was = is_unseen(old, &before, &staff);
        let is = is_unseen(new, &after, &staff);
        if was && (!is || old.shelf != new.shelf) {
            thread::keep_unseen(db, &staff, old.shelf, old.id, false)?;
        }
        if is && (!was || old.shelf != new.shelf) {
            thread::keep_unseen(db, &staff, new.shelf, new.id, true)?;
        }
    }
    Ok(())
}

/// Whether something came in that this staff member has not seen.
pub(crate) fn is_unseen(thread: &Thread, seen: &Seen, staff: &str) -> bool {
    thread.newest_arrival > seen.get(staff).copied().unwrap_or(-1)
}
