//! The one function that changes the store: idempotent, commutative, transactional.
//!
//! The same fact twice changes nothing the second time; facts in any order give the same store; a fact and
//! all that follows from it land in one transaction, or not at all. So every rule below keeps a maximum, a
//! minimum, a set, or the latest by (time, value), and whatever depends on several facts is derived anew
//! from their rows each time one of them comes in.

mod account;
mod batching;
mod describing;
mod erasing;
pub(crate) mod marking;
mod noting;
mod outgoing;
mod recording;
pub(crate) mod templates;
mod timeline;
mod warning;
mod writing;

use crate::{
    change::Changed,
    consent::{self, reach},
    customer::{self, Touched},
    fact::{Fact, FactKind, Number},
    gather,
    view::Change,
};
use std::collections::BTreeSet;
use store::{Connection, Result, Store, about_person::form_of, number, suppression};

/// Applies facts in one transaction and says what changed.
pub fn apply(store: &Store, facts: &[Fact]) -> Result<Change> {
    store.write(|db| apply_in(db, facts))
}

/// The same inside a transaction that does more, e.g. moving the relay cursor.
pub fn apply_in(db: &Connection, facts: &[Fact]) -> Result<Change> {
    let mut work = Work::new(db);
    for fact in facts {
        work.apply(fact)?;
    }
    work.finish()
}

/// One transaction's worth of applying.
pub(crate) struct Work<'a> {
    pub db: &'a Connection,
    pub touched: Touched,
    pub changed: Changed,
    /// Templates that Meta took in this transaction, by their outbox ids.
    pub went_out: BTreeSet<String>,
    /// Whether anybody was ever erased: mostly nobody, and nothing has to be looked for.
    pub erasures: Option<bool>,
    /// Somebody is erased in this transaction.
    pub forgets: bool,
}

impl<'a> Work<'a> {
    pub(crate) fn new(db: &'a Connection) -> Self {
        Self {
            db,
            touched: Touched::default(),
            changed: Changed::default(),
            went_out: BTreeSet::new(),
            erasures: None,
            forgets: false,
        }
    }
}

impl Work<'_> {
    pub(crate) fn apply(&mut self, fact: &Fact) -> Result<()> {
        let number = &fact.number;
        if self.is_of_erased(&fact.kind)? {
            return self.forget(&fact.kind);
        }
        match &fact.kind {
            FactKind::Said(said) => self.said(number, said),
            FactKind::Reacted {
                peer,
                by_us,
                target,
                emoji,
                at,
            } => self.reacted(peer, *by_us, target, emoji.as_deref(), *at),
            FactKind::Edited {
                target,
                content,
                at,
            } => self.edited(target, content, *at),
            FactKind::Revoked { target, at } => self.revoked(target, *at),
            FactKind::Ticked(tick) => self.ticked(number, tick),
            FactKind::Named {
                peer,
                parent_bsuid,
                field,
                value,
                at,
            } => self.named(peer, parent_bsuid.as_deref(), *field, value, *at),
            FactKind::Met { peer, at } => {
                customer::find(self.db, peer, *at, &mut self.touched).map(|_| ())
            }
            FactKind::IdentityChanged {
                wamid,
                old,
                new,
                body,
                at,
                arrived,
            } => self.identity_changed(number, wamid, (old, new), body, *at, *arrived),
            FactKind::Called {
                id,
                peer,
                event,
                from_customer,
                opens_window,
                at,
                arrived,
            } => {
                let call = timeline::CallEvent {
                    id,
                    event,
                    from_customer: *from_customer,
                    opens_window: *opens_window,
                };
                self.called(number, peer, call, *at, *arrived)
            }
            FactKind::Preferred {
                peer,
                category,
                value,
                at,
            } => self.preferred(peer, category, value, *at),
            FactKind::TemplateTold {
                waba_id,
                name,
                language,
                template_id,
                change,
                at,
            } => self.template_told(
                (waba_id, name, language),
                template_id.as_deref(),
                change,
                *at,
            ),
            FactKind::TemplatesListed {
                waba_id,
                templates,
                total,
                at,
            } => self.templates_listed(waba_id, templates, *total, *at),
            FactKind::TemplateFavoured { .. }
            | FactKind::TemplateChecked { .. }
            | FactKind::TemplateEdited { .. }
            | FactKind::TemplateDrafted { .. } => self.template_noted(&fact.kind),
            FactKind::LimitTold { waba_id, limit, at } => self.limit_told(waba_id, limit, *at),
            FactKind::Noticed {
                waba_id,
                kind,
                event,
                detail,
                at,
            } => self.noticed(waba_id, *kind, event, detail, *at),
            FactKind::WindowClosed { source, peer, at } => {
                let number_id = self.number_id(number)?;
                self.window_closed(number_id, source, peer, *at)
            }
            FactKind::Queued(queued) => self.queued(number, queued),
            FactKind::AttemptStarted { outbox_id, n, at } => {
                store::outbox::observe_start(self.db, outbox_id, *n, *at)?;
                self.settle(outbox_id)
            }
            FactKind::AttemptEnded {
                outbox_id,
                n,
                end,
                at,
            } => self.attempt_ended(outbox_id, *n, end, *at),
            FactKind::Returned { outbox_id, at } => {
                store::outbox::observe_returned(self.db, outbox_id, *at)?;
                self.settle(outbox_id)
            }
            FactKind::LeftDoubtful { outbox_id, at } => {
                store::outbox::observe_left(self.db, outbox_id, *at)?;
                self.settle(outbox_id)
            }
            FactKind::Drafted { peer, text, at } => self.drafted(number, peer, "", text, *at),
            FactKind::FilledIn {
                peer,
                name,
                language,
                values,
                at,
            } => self.drafted(number, peer, &form_of(name, language), values, *at),
            FactKind::Seen {
                peer,
                staff,
                arrived,
                at,
            } => self.seen(number, peer, staff, *arrived, *at),
            FactKind::Marked { peer, mark, at } => self.marked(number, peer, mark, *at),
            FactKind::Described {
                peer,
                what,
                value,
                at,
            } => self.described(peer, what, value, *at),
            FactKind::Noted { .. } => self.noted(number, &fact.kind),
            FactKind::Merged { .. } => self.merged(&fact.kind),
            FactKind::Warned(warned) => self.warned(number, warned),
            FactKind::Insisted {
                id,
                outbox_id,
                reason,
                text,
                at,
            } => self.insisted(id, outbox_id, reason, text, *at),
            FactKind::Erased { identifiers, at } => self.erased(identifiers, *at),
            FactKind::Recorded(entry) => self.recorded(entry),
            FactKind::QuickReplySaved { .. } => self.quick_reply_saved(&fact.kind),
            FactKind::BatchMade(made) => self.batch_made(number, made),
            FactKind::BatchTold(told) => self.batch_told(told),
            FactKind::BatchSkipped { id, n, why, at } => self.batch_skipped(id, *n, *why, *at),
            FactKind::HoldSet { code, at } => {
                self.changed.connection = true;
                store::notice::observe_hold(self.db, account::SENDING, *code, *at)
            }
            FactKind::HoldLifted { at } => {
                self.changed.connection = true;
                store::notice::observe_lift(self.db, account::SENDING, *at)
            }
        }
    }

    pub(crate) fn number_id(&self, number: &Number) -> Result<i64> {
        number::ensure(self.db, &number.phone_number_id, &number.display)
    }

    /// Brings every thread something happened in in line, and says which they are.
    pub(crate) fn finish(mut self) -> Result<Change> {
        let heard = self.touched.heard.clone();
        gather::bring_in_line(self.db, &mut self.touched)?;
        let mut threads = std::mem::take(&mut self.touched.threads);
        threads.extend(self.touched.lines.iter().map(|(thread_id, _)| thread_id));
        let consents = self.consents_touched(heard, &threads)?;
        let mut listed = std::mem::take(&mut self.touched.customers);
        listed.extend(&consents);
        self.changed.labels |= self.touched.labels;
        for customer_id in consent::bring_in_line(self.db, &consents)? {
            self.changed.consents = true;
            threads.extend(store::thread::ids_of_customer(self.db, customer_id)?);
        }
        consent::people::bring_in_line(self.db, &listed)?;
        if self.touched.regrouped || self.forgets {
            warning::past_is_another(self.db)?;
        }
        // Last, for names leave the indexes until here.
        if self.forgets {
            store::erasure::forget_in_search(self.db)?;
        }
        Ok(self.changed.into_change(threads))
    }

    /// Whose consents may be otherwise now: those something was recorded of; where anybody is suppressed, those more
    /// became known of; and those whom messages of ours did not reach, where something happened in a thread of theirs.
    fn consents_touched(
        &mut self,
        heard: BTreeSet<i64>,
        threads: &BTreeSet<i64>,
    ) -> Result<BTreeSet<i64>> {
        let mut customers = std::mem::take(&mut self.touched.consents);
        let of_threads = reach::in_doubt(self.db, threads, &self.touched.customers)?;
        customers.extend(of_threads);
        if !(heard.is_empty() && self.touched.customers.is_empty()) && suppression::any(self.db)? {
            customers.extend(heard);
            customers.extend(&self.touched.customers);
        }
        Ok(customers)
    }
}

pub(crate) use erasing::{COPIES_HOLD_ERASED, has_erased};
pub(crate) use noting::note_key;
pub(crate) use warning::past;

/// Scope of the hold on all sending.
pub(crate) const SENDING: &str = account::SENDING;
