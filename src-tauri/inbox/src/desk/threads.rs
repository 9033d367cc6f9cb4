//! A row of the thread list, and the head of a thread. Both are one row of the store and the time.

use super::{Desk, not_found, settings::settings};
use crate::{
    consent::Gate,
    customer, gather, outbox, section, send_policy,
    send_policy::{Intent, Situation},
    service_window::Known,
    view::{
        DeliveryState, PersonName, Preview, Refusal, Section, ThreadHead, ThreadRow, WindowView,
    },
};
use cloud_api::webhook::Peer;
use std::collections::HashMap;
use store::{
    Connection, Result, about_person, notice, number,
    thread::{self, Thread},
};

/// Everything that what is shown of a thread depends on beside the thread: the time, who looks, and what is set.
pub(super) struct Look {
    pub now: i64,
    pub margin: i64,
    pub soon: i64,
    pub unsure: Option<i64>,
    pub me: String,
    displays: HashMap<i64, String>,
}

impl Desk {
    pub(super) fn look(&self, db: &Connection) -> Result<Look> {
        let now = self.clock.now();
        let settings = settings(db)?;
        Ok(Look {
            now,
            margin: settings.margin_ms,
            soon: settings.soon_ms,
            unsure: self.unsure_since(now),
            me: settings.me,
            displays: HashMap::new(),
        })
    }

    /// These threads as the list shows them, those that are gone left out.
    pub fn thread_rows(&self, thread_ids: &[i64]) -> Result<Vec<ThreadRow>> {
        self.store.read(|db| {
            let mut look = self.look(db)?;
            let mut rows = Vec::with_capacity(thread_ids.len());
            for &id in thread_ids {
                if let Some(thread) = thread::get(db, id)?.filter(|t| t.last_message_id > 0) {
                    rows.push(look.row(db, thread)?);
                }
            }
            Ok(rows)
        })
    }

    pub fn thread_head(&self, thread_id: i64) -> Result<ThreadHead> {
        self.store.read(|db| {
            let mut look = self.look(db)?;
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let draft = about_person::draft_of(db, thread.number_id, thread.customer_id, "")?;
            let first_unread = match look.seen(&thread) {
                seen if thread.newest_arrival > seen => thread::first_unread(db, thread_id, seen)?,
                _ => None,
            };
            let text_refused = self.text_refused(db, &thread, &look)?;
            let number_id = thread.number_id;
            let attachments = super::beside::views(db, &thread)?;
            let row = look.row(db, thread)?;
            Ok(ThreadHead {
                thread_id,
                name: row.name,
                number: row.number,
                number_id,
                window: row.window,
                draft: draft.map(|(text, _)| text).unwrap_or_default(),
                attachments,
                unread: row.unread,
                first_unread,
                section: row.section,
                pinned: row.pinned,
                assignee: row.assignee,
                snoozed_until: row.snoozed_until,
                waiting_since: row.waiting_since,
                labels: row.labels,
                language: row.language,
                blocked: row.blocked,
                text_refused,
            })
        })
    }

    /// What any text would meet now.
    fn text_refused(&self, db: &Connection, thread: &Thread, look: &Look) -> Result<Vec<Refusal>> {
        let peer = peer(db, thread)?;
        let hold = notice::hold(db, crate::apply::SENDING)?;
        let consent = Gate::of(db, thread.customer_id)?;
        Ok(send_policy::refusals(&Situation {
            now: look.now,
            window: Known::from_columns(thread.inbound_at, thread.closed_at),
            margin: look.margin,
            peer: &peer,
            blocked: thread.blocked,
            hold: hold.as_ref(),
            unconnected: self.unconnected(db, thread.number_id)?,
            consent: &consent,
            message: Intent::FreeForm,
        }))
    }
}

impl Look {
    /// Up to which arrival who looks has seen a thread.
    pub fn seen(&self, thread: &Thread) -> i64 {
        let seen = gather::seen_of(thread);
        seen.get(&self.me).copied().unwrap_or(-1)
    }

    /// Something came in that who looks has not seen, or the thread has just woken up.
    pub fn is_unread(&self, thread: &Thread) -> bool {
        section::is_woken(thread, self.now)
            || gather::is_unseen(thread, &gather::seen_of(thread), &self.me)
    }

    pub fn section(&self, thread: &Thread) -> Section {
        section::section(thread, self.now, self.soon)
    }

    pub fn row(&mut self, db: &Connection, thread: Thread) -> Result<ThreadRow> {
        let unread = thread::unread(db, &thread, self.seen(&thread))?;
        let woken = section::is_woken(&thread, self.now);
        let section = self.section(&thread);
        let window = window(&thread, self.now, self.margin, self.unsure);
        let name = person_name(&thread);
        let state = state(&thread);
        Ok(ThreadRow {
            thread_id: thread.id,
            name,
            number: self.display(db, thread.number_id)?,
            last_at: thread.last_at,
            unread: unread.max(i64::from(woken)),
            window,
            draft: some(thread.draft),
            section,
            pinned: thread.pinned,
            snoozed_until: (section == Section::Snoozed).then_some(thread.snoozed_until),
            waiting_since: (thread.waiting_since >= 0).then_some(thread.waiting_since),
            labels: serde_json::from_str(&thread.labels)?,
            blocked: thread.blocked,
            preview: Preview {
                state,
                text: thread.preview_text,
                kind: thread.preview_kind,
                outgoing: thread.preview_out,
            },
            assignee: some(thread.assignee),
            language: some(thread.language),
        })
    }

    fn display(&mut self, db: &Connection, number_id: i64) -> Result<String> {
        if let Some(known) = self.displays.get(&number_id) {
            return Ok(known.clone());
        }
        let (_, display) = number::get(db, number_id)?;
        self.displays.insert(number_id, display.clone());
        Ok(display)
    }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn state(thread: &Thread) -> Option<DeliveryState> {
    (thread.preview_out && !thread.preview_state.is_empty())
        .then(|| outbox::state_named(&thread.preview_state))
}

pub(super) fn window(thread: &Thread, now: i64, margin: i64, unsure: Option<i64>) -> WindowView {
    Known::from_columns(thread.inbound_at, thread.closed_at).view(now, margin, unsure)
}

/// What the customer of a thread is called.
/// The same of a customer who may have no thread.
pub(super) fn name_of_customer(db: &Connection, customer_id: i64) -> Result<PersonName> {
    let about = crate::naming::about(db, customer_id)?;
    let some = |text: String| (!text.is_empty()).then_some(text);
    Ok(PersonName {
        text: about.name,
        phone: some(about.phone),
        username: some(about.username),
    })
}

pub(super) fn person_name(thread: &Thread) -> PersonName {
    PersonName {
        text: thread.name.clone(),
        phone: some(thread.phone.clone()),
        username: some(thread.username.clone()),
    }
}

/// What a thread is called where only that is shown.
pub(super) fn title(db: &Connection, thread_id: i64) -> Result<String> {
    Ok(thread::get(db, thread_id)?
        .map(|t| t.name)
        .unwrap_or_default())
}

/// The name a customer goes by, if one is known.
pub(super) fn called(db: &Connection, customer_id: i64) -> Result<Option<String>> {
    about_person::called(db, customer_id)
}

/// How the customer of a thread is addressed there.
pub(super) fn peer(db: &Connection, thread: &Thread) -> Result<Peer> {
    customer::address(db, thread.customer_id, Some(thread.number_id))
}
