//! From a parcel to the outbox, in one transaction: the policy, the guard, and everything that is true only if the
//! message was queued.

use super::{Parcel, Route, Sealed, drafted, parcel::copies};
use crate::{
    apply_in,
    desk::{
        Desk,
        guarding::{Asked, Part, UNDO_INSISTED},
        not_found,
        template_values::filled_in,
    },
    fact::{Fact, FactKind},
    view::{Change, GuardOverride, Refusal, SendResult},
};
use cloud_api::outgoing::OutgoingContent;
use store::{
    Connection, Result,
    attachment::{self, Attachment},
    thread::{self, Thread},
};
use uuid::Uuid;

/// Who sends, and how.
#[derive(Clone, Copy)]
pub(super) struct Sender<'a> {
    staff: &'a str,
    /// `None`: the guard is not asked.
    guarded: Option<Insisting<'a>>,
    /// The doubtful message that this one takes the place of, by its outbox id.
    in_place_of: Option<&'a str>,
}

/// What they say to a warning.
type Insisting<'a> = Option<&'a GuardOverride>;

impl<'a> Sender<'a> {
    pub fn guarded(staff: &'a str, insisted: Insisting<'a>) -> Self {
        Self {
            staff,
            guarded: Some(insisted),
            in_place_of: None,
        }
    }

    /// Reactions, and what is sent again because nobody knows whether it arrived: whoever gets it twice is one.
    pub fn unguarded(staff: &'a str, in_place_of: Option<&'a str>) -> Self {
        Self {
            staff,
            guarded: None,
            in_place_of,
        }
    }
}

type Queued = (SendResult, Option<Change>);

impl Desk {
    /// Asks the policy and the guard, and on their yes puts the message into the outbox.
    pub(super) fn queue(
        &self,
        thread_id: i64,
        sender: Sender<'_>,
        parcel: impl FnOnce(&Connection) -> Result<Result<Parcel, Vec<Refusal>>>,
    ) -> Result<SendResult> {
        let now = self.clock.now();
        if sender.guarded.is_some() {
            self.guard_ready()?;
        }
        let queued = self.store.write(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            match parcel(db)? {
                Ok(parcel) => self.queue_in(db, &thread, sender, parcel, now),
                Err(reasons) => Ok((SendResult::Refused { reasons }, None)),
            }
        });
        if queued.is_err() && sender.guarded.is_some() {
            self.guard_doubted();
        }
        let (result, change) = queued?;
        if let Some(change) = change {
            self.tell(change);
            self.outbox_changed.notify_one();
        }
        Ok(result)
    }

    fn queue_in(
        &self,
        db: &Connection,
        thread: &Thread,
        sender: Sender<'_>,
        mut parcel: Parcel,
        now: i64,
    ) -> Result<Queued> {
        let outbox_id = Uuid::now_v7().to_string();
        let route = Route::of(db, thread)?;
        let reasons = self.refusals(db, thread, &route, &parcel, (&outbox_id, now))?;
        if !reasons.is_empty() {
            return Ok((SendResult::Refused { reasons }, None));
        }
        let files = Files::of(db, &mut parcel, sender.in_place_of)?;
        let digest = match &files.again {
            Some(file) => attachment::digest(db, &file.id)?,
            None => String::new(),
        };
        let asked = match sender.guarded {
            None => Asked::YES,
            Some(insisted) => {
                let part = Part {
                    parcel: &parcel,
                    outbox_id: &outbox_id,
                    digest: &digest,
                    at: now,
                };
                self.ask_guard(db, thread, &route, &[part], sender.staff, insisted)?
            }
        };
        let (said, insisted) = match asked {
            Asked::Go { facts, insisted } => (facts, insisted),
            Asked::Stop { result, facts } => return Ok((result, self.keep_said(db, &facts)?)),
        };
        let sealed = Sealed {
            staff: sender.staff,
            now,
            outbox_id: outbox_id.clone(),
            digest,
            undo: if insisted { UNDO_INSISTED } else { 0 },
        };
        let (leaves_at, mut facts) = self.pack(&route, &parcel, sealed)?;
        facts.extend(said);
        files.give(db, &outbox_id, thread)?;
        facts.extend(with_it(db, thread, &route, &parcel, sender, now)?);
        let queued = SendResult::Queued {
            outbox_id,
            leaves_at,
        };
        Ok((queued, Some(apply_in(db, &facts)?)))
    }
}

/// What is true as soon as a message is queued, in the same transaction.
fn with_it(
    db: &Connection,
    thread: &Thread,
    route: &Route,
    parcel: &Parcel,
    sender: Sender<'_>,
    now: i64,
) -> Result<Vec<Fact>> {
    let mut facts = Vec::new();
    if let Some(doubtful) = sender.in_place_of {
        let kind = FactKind::LeftDoubtful {
            outbox_id: doubtful.to_owned(),
            at: now,
        };
        facts.push(Fact::new(&route.number, kind));
    }
    let peer = route.peer.clone();
    match &parcel.content {
        // The values have left the form.
        OutgoingContent::Template(send) if sender.in_place_of.is_none() => {
            let template = (send.name.as_str(), send.language.as_str());
            facts.extend(filled_in(db, thread, peer, template, &[], now)?);
        }
        // The words have left the composer.
        OutgoingContent::Text { .. } => facts.push(drafted(db, thread, peer, "", now)?),
        OutgoingContent::Reaction { target, emoji } => {
            let kind = FactKind::Reacted {
                peer,
                by_us: true,
                target: target.clone(),
                emoji: emoji.clone(),
                at: now,
            };
            facts.push(Fact::new(&route.number, kind));
        }
        _ => {}
    }
    Ok(facts)
}

/// What a message takes along.
struct Files {
    /// Of a template: which file, and the id of its copy.
    copies: Vec<(String, String)>,
    /// Of the message that is sent again.
    again: Option<Attachment>,
}

impl Files {
    fn of(db: &Connection, parcel: &mut Parcel, in_place_of: Option<&str>) -> Result<Self> {
        let copies = copies(&mut parcel.content, &parcel.files);
        let again = match in_place_of {
            Some(outbox_id) if copies.is_empty() => attachment::of_outbox(db, outbox_id)?,
            _ => None,
        };
        Ok(Self { copies, again })
    }

    fn give(self, db: &Connection, outbox_id: &str, thread: &Thread) -> Result<()> {
        if let Some(file) = self.again {
            attachment::copy(db, &file.id, &Uuid::now_v7().to_string(), outbox_id)?;
        }
        for (id, copy) in &self.copies {
            attachment::copy_for_template(db, id, copy, outbox_id, thread.number_id)?;
        }
        Ok(())
    }
}
