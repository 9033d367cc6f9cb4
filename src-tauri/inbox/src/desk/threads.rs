//! The thread list and the head of a thread.

use super::{Desk, not_found, settings};
use crate::{
    content, customer, outbox, send_policy,
    send_policy::{Intent, Situation},
    service_window::Known,
    view::{
        MarkChange, OwnNumber, PersonName, Preview, Refusal, Section, SectionCounts, ThreadCursor,
        ThreadHead, ThreadPage, ThreadQuery, ThreadRow, WindowView,
    },
};
use cloud_api::webhook::Peer;
use store::{
    Connection, Result, about_person,
    message::{self, MessageRecord},
    notice, number,
    thread::{self, Thread},
};

impl Desk {
    /// A page of the list.
    pub fn threads(
        &self,
        _query: &ThreadQuery,
        before: Option<ThreadCursor>,
        limit: i64,
    ) -> Result<ThreadPage> {
        let now = self.clock.now();
        let unsure = self.unsure_since(now);
        self.store.read(|db| {
            let margin = settings(db)?.margin_ms;
            let threads = thread::page(db, before.map(|c| (c.key, c.thread_id)), limit)?;
            let full = i64::try_from(threads.len()).unwrap_or(0) == limit;
            let next = if full {
                threads.last().map(|t| ThreadCursor {
                    pinned: false,
                    key: t.last_at,
                    thread_id: t.id,
                })
            } else {
                None
            };
            let rows = threads
                .iter()
                .map(|t| row(db, t, window(t, now, margin, unsure)))
                .collect::<Result<_>>()?;
            Ok(ThreadPage { rows, next })
        })
    }

    /// These threads as the list shows them, those that are gone left out.
    pub fn thread_rows(&self, _thread_ids: &[i64]) -> Result<Vec<ThreadRow>> {
        Ok(Vec::new())
    }

    /// How many threads stand where; `query.section` and `query.sort` do not matter.
    pub fn section_counts(&self, _query: &ThreadQuery) -> Result<SectionCounts> {
        Ok(SectionCounts::default())
    }

    /// What staff does with threads, one or many at once.
    pub fn mark_threads(&self, _thread_ids: &[i64], _change: &MarkChange) -> Result<()> {
        Ok(())
    }

    /// The business's own numbers that threads are with, or that are connected.
    pub fn own_numbers(&self) -> Result<Vec<OwnNumber>> {
        Ok(Vec::new())
    }

    pub fn thread_head(&self, thread_id: i64) -> Result<ThreadHead> {
        let now = self.clock.now();
        let unsure = self.unsure_since(now);
        self.store.read(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let margin = settings(db)?.margin_ms;
            let (_, display) = number::get(db, thread.number_id)?;
            let draft = about_person::draft_of(db, thread.number_id, thread.customer_id)?;
            Ok(ThreadHead {
                thread_id,
                name: name(db, thread.customer_id)?,
                number: display,
                number_id: thread.number_id,
                window: window(&thread, now, margin, unsure),
                draft: draft.map(|(text, _)| text).unwrap_or_default(),
                attachments: Vec::new(),
                unread: thread.unread,
                first_unread: None,
                section: Section::WaitingForUs,
                pinned: false,
                assignee: None,
                snoozed_until: None,
                waiting_since: None,
                labels: Vec::new(),
                language: None,
                blocked: false,
                text_refused: text_refused(db, &thread, now, margin)?,
            })
        })
    }
}

/// What any text would meet now.
fn text_refused(db: &Connection, thread: &Thread, now: i64, margin: i64) -> Result<Vec<Refusal>> {
    let peer = peer(db, thread)?;
    let hold = notice::hold(db, crate::apply::SENDING)?;
    Ok(send_policy::refusals(&Situation {
        now,
        window: Known::from_columns(thread.inbound_at, thread.closed_at),
        margin,
        peer: &peer,
        blocked: about_person::is_blocked(db, thread.customer_id)?,
        hold: hold.as_ref(),
        message: Intent::FreeForm,
    }))
}

pub(super) fn window(thread: &Thread, now: i64, margin: i64, unsure: Option<i64>) -> WindowView {
    Known::from_columns(thread.inbound_at, thread.closed_at).view(now, margin, unsure)
}

fn row(db: &Connection, thread: &Thread, window: WindowView) -> Result<ThreadRow> {
    let (_, display) = number::get(db, thread.number_id)?;
    let last = message::get(db, thread.last_message_id)?;
    let draft = about_person::draft_of(db, thread.number_id, thread.customer_id)?;
    Ok(ThreadRow {
        thread_id: thread.id,
        name: name(db, thread.customer_id)?,
        number: display,
        preview: last.as_ref().map_or_else(Preview::default, preview),
        last_at: thread.last_at,
        unread: thread.unread,
        window,
        has_draft: draft.is_some_and(|(text, _)| !text.is_empty()),
        section: Section::WaitingForUs,
        pinned: false,
        assignee: None,
        snoozed_until: None,
        waiting_since: None,
        labels: Vec::new(),
        language: None,
        blocked: false,
    })
}

fn preview(row: &MessageRecord) -> Preview {
    let outgoing = row.direction == message::OUT;
    Preview {
        text: content::first_line(&row.body),
        kind: row.kind.clone(),
        outgoing,
        state: (outgoing && !row.state.is_empty()).then(|| outbox::state_named(&row.state)),
    }
}

/// What to call a customer, best first: the shop's own address book, his own name, username, number, BSUID.
pub(super) fn name(db: &Connection, customer_id: i64) -> Result<PersonName> {
    let username = about_person::profile_of(db, customer_id, "username")?;
    let phone = customer::number(db, customer_id)?.map(|wa| format!("+{wa}"));
    let text = match called(db, customer_id)? {
        Some(name) => name,
        None => match username
            .as_ref()
            .map(|u| format!("@{u}"))
            .or_else(|| phone.clone())
        {
            Some(text) => text,
            None => {
                let bsuid = customer::address(db, customer_id, None)?.bsuid;
                bsuid.map_or_else(String::new, |b| b.chars().take(12).collect())
            }
        },
    };
    Ok(PersonName {
        text,
        phone,
        username,
    })
}

/// What a thread is called where only that is shown: mostly one look-up, where [`name`] makes several.
pub(super) fn title(db: &Connection, thread_id: i64) -> Result<String> {
    let Some(thread) = thread::get(db, thread_id)? else {
        return Ok(String::new());
    };
    match called(db, thread.customer_id)? {
        Some(name) => Ok(name),
        None => Ok(name(db, thread.customer_id)?.text),
    }
}

/// The name a customer goes by, if one is known.
pub(super) fn called(db: &Connection, customer_id: i64) -> Result<Option<String>> {
    about_person::called(db, customer_id)
}

/// How the customer of a thread is addressed there.
pub(super) fn peer(db: &Connection, thread: &Thread) -> Result<Peer> {
    customer::address(db, thread.customer_id, Some(thread.number_id))
}
