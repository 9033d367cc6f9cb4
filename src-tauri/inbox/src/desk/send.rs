//! Sending, undoing, drafting. A refusal is an answer, not an error.

use super::{
    Desk,
    guarding::{Asked, Part, UNDO_INSISTED},
    not_found,
    settings::settings,
    template_values::filled_in,
    templates::given_file,
    threads,
};
use crate::{
    apply_in,
    consent::Gate,
    fact::{Fact, FactKind, Number, Queued},
    send_policy::{self, Intent, Situation, is_stop_confirmation, stop_confirmation_id},
    service_window::{Known, Window},
    template::{OF_FILE, in_place_of_files},
    view::{Body, GuardOverride, Refusal, SendResult, TemplateChoice, UndoResult},
};
use cloud_api::{outgoing::OutgoingContent, webhook::Peer};
use std::collections::HashMap;
use store::{
    Connection, Result, about_person, attachment, message, notice, outbox,
    template::{self, TemplateRow},
    thread::{self, Thread},
};
use uuid::Uuid;

/// What goes into the outbox once the policy allows it.
pub(super) struct Parcel {
    pub content: OutgoingContent,
    pub bubble: Body,
    pub kind: &'static str,
    pub words: String,
    pub reply_wamid: String,
    /// Files of ours that a template names, by their ids.
    pub files: Vec<String>,
}

pub(super) fn text_parcel(text: &str, reply_wamid: String) -> Parcel {
    Parcel {
        content: OutgoingContent::Text {
            body: text.to_owned(),
            preview_url: false,
        },
        bubble: Body::Text {
            text: text.to_owned(),
        },
        kind: "text",
        words: text.to_owned(),
        reply_wamid,
        files: Vec::new(),
    }
}

/// What was weighed and found right: its outbox id, when it leaves, and the facts that make it so.
pub(super) type Weighed = (String, i64, Vec<Fact>);

/// What stands on a parcel that goes out.
pub(super) struct Sealed<'a> {
    pub staff: &'a str,
    pub now: i64,
    pub outbox_id: String,
    /// Of its file.
    pub digest: String,
    /// The undo delay at least, milliseconds of a person's own time.
    pub undo: i64,
}

/// Who sends, and what they say to a warning.
#[derive(Clone, Copy)]
struct Sender<'a> {
    staff: &'a str,
    insisted: Option<&'a GuardOverride>,
}

impl Desk {
    /// A text, perhaps in answer to one message.
    pub fn send_text(
        &self,
        thread_id: i64,
        text: &str,
        reply_to: Option<i64>,
        staff: &str,
    ) -> Result<SendResult> {
        self.send_text_insisting(thread_id, text, reply_to, staff, None)
    }

    /// The same in spite of a warning.
    pub fn send_text_insisting(
        &self,
        thread_id: i64,
        text: &str,
        reply_to: Option<i64>,
        staff: &str,
        insisted: Option<&GuardOverride>,
    ) -> Result<SendResult> {
        let sender = Sender { staff, insisted };
        self.queue_and(thread_id, sender, None, |db, _| {
            let reply_wamid = match reply_to {
                Some(id) => message::get(db, id)?.map(|m| m.wamid).unwrap_or_default(),
                None => String::new(),
            };
            Ok(Ok(text_parcel(text, reply_wamid)))
        })
    }

    pub fn send_template(
        &self,
        thread_id: i64,
        choice: &TemplateChoice,
        staff: &str,
    ) -> Result<SendResult> {
        self.send_template_insisting(thread_id, choice, staff, None)
    }

    /// The same in spite of a warning.
    pub fn send_template_insisting(
        &self,
        thread_id: i64,
        choice: &TemplateChoice,
        staff: &str,
        insisted: Option<&GuardOverride>,
    ) -> Result<SendResult> {
        let now = self.clock.now();
        let sender = Sender { staff, insisted };
        self.queue_and(thread_id, sender, None, |db, _| {
            self.template_parcel(db, choice, now)
        })
    }

    pub(super) fn template_parcel(
        &self,
        db: &Connection,
        choice: &TemplateChoice,
        now: i64,
    ) -> Result<Result<Parcel, Vec<Refusal>>> {
        let Some(template) = self.template(db, &choice.name, &choice.language)? else {
            return Ok(Err(vec![Refusal::TemplateUnknown]));
        };
        let mut files = HashMap::new();
        for value in &choice.values {
            if let Some(file) = given_file(db, &value.text)? {
                files.insert(value.text.clone(), file);
            }
        }
        let filled = template.fill(&choice.values, now, |id| files.get(id).cloned());
        Ok(match filled {
            Ok(filled) => Ok(Parcel {
                content: filled.content,
                bubble: filled.bubble,
                kind: "template",
                words: filled.words,
                reply_wamid: String::new(),
                files: filled.files,
            }),
            Err(slots) => Err(vec![Refusal::TemplateValues { slots }]),
        })
    }

    /// An empty emoji takes the reaction back.
    pub fn send_reaction(
        &self,
        thread_id: i64,
        message_id: i64,
        emoji: &str,
        staff: &str,
    ) -> Result<SendResult> {
        let sender = Sender {
            staff,
            insisted: None,
        };
        let result = self.queue_and(thread_id, sender, None, |db, _| {
            let target = message::get(db, message_id)?.ok_or_else(not_found)?.wamid;
            let emoji = (!emoji.is_empty()).then(|| emoji.to_owned());
            Ok(Ok(Parcel {
                bubble: Body::System {
                    text: emoji.clone().unwrap_or_default(),
                },
                words: String::new(),
                kind: "reaction",
                reply_wamid: target.clone(),
                files: Vec::new(),
                content: OutgoingContent::Reaction { target, emoji },
            }))
        })?;
        Ok(result)
    }

    /// Asks the policy and the guard, and on their yes puts the message into the outbox, in one transaction; with one
    /// more fact that is true only if the message was queued.
    fn queue_and(
        &self,
        thread_id: i64,
        sender: Sender<'_>,
        also: Option<FactKind>,
        parcel: impl FnOnce(&Connection, &Thread) -> Result<Result<Parcel, Vec<Refusal>>>,
    ) -> Result<SendResult> {
        let now = self.clock.now();
        let staff = sender.staff;
        self.guard_ready()?;
        let queued = self.store.write(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let mut parcel = match parcel(db, &thread)? {
                Ok(parcel) => parcel,
                Err(reasons) => return Ok((SendResult::Refused { reasons }, None)),
            };
            let copies = copies(&mut parcel);
            let file = match &also {
                Some(FactKind::LeftDoubtful { outbox_id, .. }) if copies.is_empty() => {
                    attachment::of_outbox(db, outbox_id)?
                }
                _ => None,
            };
            let outbox_id = Uuid::now_v7().to_string();
            let reasons = self.refusals(db, &thread, &parcel, &outbox_id, now)?;
            if !reasons.is_empty() {
                return Ok((SendResult::Refused { reasons }, None));
            }
            let digest = match &file {
                Some(file) => attachment::digest(db, &file.id)?,
                None => String::new(),
            };
            let part = Part {
                parcel: &parcel,
                outbox_id: &outbox_id,
                digest: &digest,
                at: now,
            };
            // Sent again because nobody knows whether it arrived: whoever gets it twice is one.
            let again = matches!(also, Some(FactKind::LeftDoubtful { .. }));
            let asked = match again {
                true => Asked::YES,
                false => self.ask_guard(db, &thread, &[part], staff, sender.insisted)?,
            };
            let (said, insisted) = match asked {
                Asked::Go { facts, insisted } => (facts, insisted),
                Asked::Stop { result, facts } => return Ok((result, self.keep_said(db, &facts)?)),
            };
            let sealed = Sealed {
                staff,
                now,
                outbox_id: outbox_id.clone(),
                digest,
                undo: if insisted { UNDO_INSISTED } else { 0 },
            };
            let (leaves_at, mut facts) = self.pack(db, &thread, &parcel, sealed)?;
            facts.extend(said);
            if let Some(file) = file {
                attachment::copy(db, &file.id, &Uuid::now_v7().to_string(), &outbox_id)?;
            }
            for (id, copy) in &copies {
                attachment::copy_for_template(db, id, copy, &outbox_id, thread.number_id)?;
            }
            let number = Number::stored(db, thread.number_id)?;
            let peer = threads::peer(db, &thread)?;
            if let (OutgoingContent::Template(send), None) = (&parcel.content, &also) {
                // The values have left the form, in the same transaction.
                let template = (send.name.as_str(), send.language.as_str());
                facts.extend(filled_in(db, &thread, peer.clone(), template, &[], now)?);
            }
            facts.extend(also.map(|kind| Fact::new(&number, kind)));
            if let OutgoingContent::Text { .. } = parcel.content {
                // The words have left the composer, in the same transaction.
                facts.push(drafted(db, &thread, peer.clone(), "", now)?);
            }
            if let OutgoingContent::Reaction { target, emoji } = &parcel.content {
                let kind = FactKind::Reacted {
                    peer,
                    by_us: true,
                    target: target.clone(),
                    emoji: emoji.clone(),
                    at: now,
                };
                facts.push(Fact::new(&number, kind));
            }
            Ok((
                SendResult::Queued {
                    outbox_id,
                    leaves_at,
                },
                Some(apply_in(db, &facts)?),
            ))
        });
        if queued.is_err() {
            self.guard_doubted();
        }
        let (result, change) = queued?;
        if let Some(change) = change {
            self.tell(change);
            self.outbox_changed.notify_one();
        }
        Ok(result)
    }

    /// Asks the policy about one message of a thread, and says what would make it so. The guard is not asked.
    pub(super) fn weigh(
        &self,
        db: &Connection,
        thread: &Thread,
        parcel: &Parcel,
        staff: &str,
        now: i64,
    ) -> Result<Result<Weighed, Vec<Refusal>>> {
        let outbox_id = Uuid::now_v7().to_string();
        self.weigh_as(db, thread, parcel, staff, (now, outbox_id))
    }

    /// The one answer to a stop, if it was not given yet and may be given: nothing but that it was heard.
    /// `act_id`: of the act that stopped. For the transaction that records it.
    pub fn confirm_stop(
        &self,
        db: &Connection,
        thread: &Thread,
        act_id: &str,
        text: &str,
        now: i64,
    ) -> Result<Vec<Fact>> {
        let outbox_id = stop_confirmation_id(act_id);
        if outbox::get(db, &outbox_id)?.is_some() {
            return Ok(Vec::new());
        }
        let parcel = text_parcel(text, String::new());
        let weighed = self.weigh_as(db, thread, &parcel, "", (now, outbox_id))?;
        Ok(weighed.map(|(_, _, facts)| facts).unwrap_or_default())
    }

    fn weigh_as(
        &self,
        db: &Connection,
        thread: &Thread,
        parcel: &Parcel,
        staff: &str,
        (now, outbox_id): (i64, String),
    ) -> Result<Result<Weighed, Vec<Refusal>>> {
        let reasons = self.refusals(db, thread, parcel, &outbox_id, now)?;
        if !reasons.is_empty() {
            return Ok(Err(reasons));
        }
        let sealed = Sealed {
            staff,
            now,
            outbox_id: outbox_id.clone(),
            digest: String::new(),
            undo: 0,
        };
        let (leaves_at, facts) = self.pack(db, thread, parcel, sealed)?;
        Ok(Ok((outbox_id, leaves_at, facts)))
    }

    /// The policy's word on one message of a thread; empty: it may go.
    pub(super) fn refusals(
        &self,
        db: &Connection,
        thread: &Thread,
        parcel: &Parcel,
        outbox_id: &str,
        now: i64,
    ) -> Result<Vec<Refusal>> {
        let number = Number::stored(db, thread.number_id)?;
        if number.phone_number_id.is_empty() {
            // A thread whose webhooks named no number of ours cannot be answered from any.
            return Ok(vec![Refusal::NoRecipient]);
        }
        let peer = threads::peer(db, thread)?;
        let settings = settings(db)?;
        let row = self.template_row(db, &parcel.content)?;
        let hold = notice::hold(db, crate::apply::SENDING)?;
        let window = Known::from_columns(thread.inbound_at, thread.closed_at);
        let consent = Gate::of(db, thread.customer_id)?;
        let reasons = send_policy::refusals(&Situation {
            now,
            window,
            margin: settings.margin_ms,
            peer: &peer,
            blocked: thread.blocked,
            hold: hold.as_ref(),
            unconnected: self.unconnected(db, thread.number_id)?,
            consent: &consent,
            message: match &parcel.content {
                OutgoingContent::Text { body, .. } if is_stop_confirmation(outbox_id) => {
                    Intent::StopConfirmation(body)
                }
                content => Intent::of(content, row.as_ref()),
            },
        });
        self.with_obstacle(db, reasons, row.as_ref(), Some(thread), now)
    }

    /// When it leaves, and the facts that put it into the outbox.
    pub(super) fn pack(
        &self,
        db: &Connection,
        thread: &Thread,
        parcel: &Parcel,
        sealed: Sealed<'_>,
    ) -> Result<(i64, Vec<Fact>)> {
        let settings = settings(db)?;
        let window = Known::from_columns(thread.inbound_at, thread.closed_at);
        // A person undoes in his own seconds, however fast the platform's clock was made.
        let undo = (settings.undo_ms.max(sealed.undo) as f64 * self.clock.speed()) as i64;
        let is_template = parcel.content.is_template();
        let leaves_at = leaves_at(sealed.now, undo, settings.margin_ms, window, is_template);
        let peer = threads::peer(db, thread)?;
        let queued = queued(&peer, parcel, sealed, leaves_at)?;
        let number = Number::stored(db, thread.number_id)?;
        Ok((leaves_at, vec![Fact::new(&number, queued)]))
    }

    /// The same reasons, and what stands in the way of a template that is approved. `to`: nothing is on its way yet,
    /// so that the messaging limit is asked too; later Meta alone knows it.
    pub(crate) fn with_obstacle(
        &self,
        db: &Connection,
        mut reasons: Vec<Refusal>,
        row: Option<&TemplateRow>,
        to: Option<&Thread>,
        now: i64,
    ) -> Result<Vec<Refusal>> {
        let told = |r: &Refusal| matches!(r, Refusal::TemplateNotApproved { .. });
        if let Some(row) = row
            && !reasons.iter().any(told)
            && let Some(obstacle) = self.obstacle(db, row, to, now)?
        {
            reasons.push(Refusal::TemplateObstacle { obstacle });
        }
        Ok(reasons)
    }

    pub(crate) fn template_row(
        &self,
        db: &Connection,
        content: &OutgoingContent,
    ) -> Result<Option<TemplateRow>> {
        match content {
            OutgoingContent::Template(t) => {
                template::get(db, (&self.account.waba_id, &t.name, &t.language))
            }
            _ => Ok(None),
        }
    }

    /// Takes a message back while it still waits; its words return to the composer.
    pub fn undo(&self, outbox_id: &str) -> Result<UndoResult> {
        let now = self.clock.now();
        let (result, change) = self.store.write(|db| {
            let waiting = outbox::state(db, outbox_id)?.state == "queued";
            let (Some(item), true) = (outbox::get(db, outbox_id)?, waiting) else {
                return Ok((UndoResult::Gone, None));
            };
            let facts = crate::run::back_to_the_composer(db, &item, now)?;
            Ok((
                UndoResult::Returned { text: item.body },
                Some(apply_in(db, &facts)?),
            ))
        })?;
        self.tell(change.unwrap_or_default());
        Ok(result)
    }

    /// A person decides about a doubtful one: send it again (as a new message), or let it rest.
    pub fn settle_doubtful(
        &self,
        outbox_id: &str,
        again: bool,
        staff: &str,
    ) -> Result<Option<SendResult>> {
        let now = self.clock.now();
        let found = self.store.read(|db| {
            let doubtful = outbox::state(db, outbox_id)?.state == "doubtful";
            let row = message::by_outbox(db, outbox_id)?;
            Ok(outbox::get(db, outbox_id)?.filter(|_| doubtful).zip(row))
        })?;
        let Some((item, (message_id, thread_id))) = found else {
            return Ok(None);
        };
        let left = FactKind::LeftDoubtful {
            outbox_id: outbox_id.to_owned(),
            at: now,
        };
        if !again {
            self.apply_one(left)?;
            return Ok(None);
        }
        // Queued anew and laid to rest together: pressed twice, it is still sent once.
        let sender = Sender {
            staff,
            insisted: None,
        };
        self.queue_and(thread_id, sender, Some(left), |db, _| {
            let mut content: OutgoingContent = serde_json::from_str(&item.content)?;
            let files = match &content {
                OutgoingContent::Template(_) => attachment::all_of_outbox(db, &item.id)?
                    .into_iter()
                    .map(|file| file.id)
                    .collect(),
                _ => Vec::new(),
            };
            if let OutgoingContent::Media { id, .. } = &mut content {
                // Its file goes up once more, with the new message.
                id.clear();
            }
            let bubble: Body = serde_json::from_str(&message::payload(db, message_id)?)?;
            let kind = match &bubble {
                Body::Template { .. } => "template",
                Body::Media { media } => kind_of(&media.kind),
                _ => "text",
            };
            Ok(Ok(Parcel {
                content,
                bubble,
                kind,
                words: item.body.clone(),
                reply_wamid: item.reply_wamid.clone(),
                files,
            }))
        })
        .map(Some)
    }

    pub fn save_draft(&self, thread_id: i64, text: &str) -> Result<()> {
        let now = self.clock.now();
        let change = self.store.write(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let peer = threads::peer(db, &thread)?;
            apply_in(db, &[drafted(db, &thread, peer, text, now)?])
        })?;
        self.tell(change);
        Ok(())
    }
}

/// The files of a template stay where they are, to be proposed again; each send takes copies of its own, under these
/// ids, and names them.
fn copies(parcel: &mut Parcel) -> Vec<(String, String)> {
    let copies: Vec<_> = parcel
        .files
        .iter()
        .map(|id| (id.clone(), Uuid::now_v7().to_string()))
        .collect();
    if let OutgoingContent::Template(send) = &mut parcel.content {
        in_place_of_files(send, |id| {
            let copy = copies.iter().find(|(original, _)| original == id);
            copy.map(|(_, copy)| format!("{OF_FILE}{copy}"))
        });
    }
    copies
}

/// A draft that takes the place of the one there is, even if the clock was set back meanwhile.
pub(crate) fn drafted(
    db: &Connection,
    thread: &Thread,
    peer: Peer,
    text: &str,
    now: i64,
) -> Result<Fact> {
    let there = about_person::draft_of(db, thread.number_id, thread.customer_id, "")?;
    let at = there.map_or(now, |(_, then)| now.max(then + 1));
    let text = text.to_owned();
    Ok(Fact::new(
        &Number::stored(db, thread.number_id)?,
        FactKind::Drafted { peer, text, at },
    ))
}

/// The stored word for a file of ours.
fn kind_of(kind: &str) -> &'static str {
    let known = ["image", "video", "audio", "sticker"];
    let found = known.into_iter().find(|known| *known == kind);
    found.unwrap_or("document")
}

fn queued(peer: &Peer, parcel: &Parcel, sealed: Sealed<'_>, leaves_at: i64) -> Result<FactKind> {
    Ok(FactKind::Queued(Queued {
        outbox_id: sealed.outbox_id,
        peer: peer.clone(),
        content: serde_json::to_string(&parcel.content)?,
        bubble: serde_json::to_string(&parcel.bubble)?,
        kind: parcel.kind.to_owned(),
        body: parcel.words.clone(),
        reply_wamid: parcel.reply_wamid.clone(),
        staff: sealed.staff.to_owned(),
        at: sealed.now,
        leaves_at,
        digest: sealed.digest,
    }))
}

/// End of the undo delay; shortened so that it never crosses the moment from which free text is refused.
fn leaves_at(now: i64, undo_ms: i64, margin: i64, window: Known, is_template: bool) -> i64 {
    let wanted = now + undo_ms;
    match window.at(now) {
        Window::Open { closes_at } if !is_template => wanted.min(closes_at - margin - 1).max(now),
        _ => wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service_window::LENGTH;

    #[test]
    fn the_undo_delay_never_crosses_the_windows_end() {
        let written = 1_900_000_000_000;
        let window = Known {
            inbound_at: Some(written),
            closed_by_meta_at: None,
        };
        let end = written + LENGTH;
        for (before_end, is_template, expected) in [
            (3_600_000, false, 5_000),
            (63_000, false, 2_999),
            (60_001, false, 0),
            (63_000, true, 5_000),
        ] {
            let now = end - before_end;
            assert_eq!(
                leaves_at(now, 5_000, 60_000, window, is_template) - now,
                expected,
                "{before_end} ms before the end"
            );
        }
    }
}
