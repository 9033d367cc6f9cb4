//! The guard at the desk: asked before each send, and while somebody writes.
//!
//! The policy decides what may be sent at all; what it let through the guard looks at. What it says is a fact where it
//! stands in the way of a send, or where staff saw it as a line: the audit is made of those, and so is how often
//! somebody is asked. Blocks have no override; a warning has one, by whoever was warned, for the same words to the same
//! customer, within the hour.

mod batch;
mod letter;
mod looking;
mod said;
mod setting;
mod watch;

pub use batch::{GuardEach, GuardPreview, GuardSend, GuardTemplate, GuardWord};
pub(in crate::desk) use said::{allowed, reason_named};
pub(crate) use watch::Watch;

use super::{
    Desk,
    send::{Parcel, Route},
};
use crate::{
    apply_in,
    consent::Gate,
    fact::{Fact, FactKind},
    send_policy::is_stop_confirmation,
    service_window::{self, Window},
    spam_guard::{Code, Level, Quality, Verdict},
    view::{Change, GuardOverride, GuardVerdict, OverrideReason, Refusal, SendResult},
};
use cloud_api::outgoing::OutgoingContent;
use letter::{Known, Letter, free_words, staff_number, template_words, wrote_long_ago};
use said::{digest_of, shown, warned};
use std::sync::{MutexGuard, PoisonError};
use store::{Connection, Result, number, setting as settings, thread::Thread, verdict};

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;
/// How long the send that was warned about can be taken back at least (5 s is usual): people read what they insisted on.
pub(super) const UNDO_INSISTED: i64 = 10_000;
/// A reason is a line, not a letter.
const REASON_MAX: usize = 500;

/// One message of a send, and what it is known by.
pub(super) struct Part<'a> {
    pub parcel: &'a Parcel,
    pub outbox_id: &'a str,
    /// Of its file.
    pub digest: &'a str,
    pub at: i64,
}

/// What the guard says to a send.
pub(super) enum Asked {
    /// It may go. The facts belong into the same transaction.
    Go { facts: Vec<Fact>, insisted: bool },
    Stop {
        result: SendResult,
        facts: Vec<Fact>,
    },
}

impl Asked {
    /// Nothing is to be said.
    pub const YES: Self = Self::Go {
        facts: Vec::new(),
        insisted: false,
    };
}

impl Desk {
    /// One send of a running batch, before anything else is written in this transaction. Records nothing.
    pub fn guard_verdict_in(
        &self,
        db: &Connection,
        thread: &Thread,
        content: &OutgoingContent,
        words: &str,
        staff: &str,
        now: i64,
    ) -> Result<GuardVerdict> {
        let letter = self.letter(db, thread, (content, words, ""), staff, now)?;
        let mut verdict = self.judged(&mut self.watching(), db, &letter, thread)?;
        settle_with_policy(&mut verdict);
        Ok(shown(&verdict))
    }

    /// Reads the past where that has to be done, so that no writer waits for it.
    pub fn guard_ready(&self) -> Result<()> {
        let now = self.clock.now();
        self.store.read(|db| {
            let mut watch = self.watching();
            watch.bring_up(db, &self.account.waba_id, now)
        })
    }

    /// What was taken in may not have landed.
    pub(super) fn guard_doubted(&self) {
        self.watching().doubt();
    }

    /// Meta's rating of a number, as the number tells it.
    pub fn quality_told(&self, phone_number_id: &str, rating: &str) -> Result<()> {
        let key = watch::quality_key(phone_number_id);
        self.store.write(
            |db| match settings::get(db, &key)?.as_deref() == Some(rating) {
                true => Ok(()),
                false => settings::set(db, &key, rating),
            },
        )
    }

    /// The same as it was told last.
    pub fn number_quality(&self, db: &Connection, number_id: i64) -> Result<Quality> {
        let (phone_number_id, _) = number::get(db, number_id)?;
        let told = settings::get(db, &watch::quality_key(&phone_number_id))?;
        Ok(match told.unwrap_or_default().as_str() {
            "RED" => Quality::Red,
            "YELLOW" => Quality::Yellow,
            _ => Quality::Green,
        })
    }

    fn watching(&self) -> MutexGuard<'_, Watch> {
        // A panic while it was held leaves a guard that may lack something, never a wrong one.
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn letter(
        &self,
        db: &Connection,
        thread: &Thread,
        (content, words, digest): (&OutgoingContent, &str, &str),
        staff: &str,
        at: i64,
    ) -> Result<Letter> {
        let mut known = Known::default();
        let window = service_window::Known::from_columns(thread.inbound_at, thread.closed_at);
        let customer_id = thread.customer_id;
        Ok(Letter {
            at,
            to: customer_id,
            staff: staff_number(staff),
            number_id: thread.number_id,
            automatic: false,
            words: match content {
                OutgoingContent::Template(send) => {
                    let form = known.form(db, &self.account.waba_id, send)?;
                    template_words(send, form, words, false)
                }
                content => free_words(content, words, digest),
            },
            name: known.name(db, customer_id)?,
            window_open: matches!(window.at(at), Window::Open { .. }),
            consents: Gate::of(db, customer_id)?.consents(),
            last_in: wrote_long_ago(db, customer_id, at)?,
        })
    }

    /// Takes in what is new, and asks.
    fn judged(
        &self,
        watch: &mut Watch,
        db: &Connection,
        letter: &Letter,
        thread: &Thread,
    ) -> Result<Verdict> {
        watch.bring_up(db, &self.account.waba_id, letter.at)?;
        let to = letter.to.unsigned_abs();
        // A stop that the ledger does not know of, or no more: it was put right, or they agreed anew.
        if watch.guard.holds_stop(to) && !Gate::of(db, letter.to)?.has_stopped() {
            watch.guard.observe_pref(letter.at, to, true);
        }
        let quality = self.number_quality(db, thread.number_id)?;
        let number = thread.number_id.unsigned_abs();
        watch.guard.observe_account(number, quality);
        let around = watch.around(db, &self.account.waba_id)?;
        Ok(watch.guard.verdict(&letter.send(around.shop())))
    }

    /// The heaviest word on any of these messages, and the outbox id of that one.
    fn worst<'a>(
        &self,
        watch: &mut Watch,
        db: &Connection,
        thread: &Thread,
        parts: &[Part<'a>],
        staff: &str,
    ) -> Result<Option<(Verdict, &'a str)>> {
        let rank = |v: &Verdict| (v.level, v.interrupt, v.crowd.people);
        let mut worst: Option<(Verdict, &str)> = None;
        for part in parts.iter().filter(|part| is_asked_about(part)) {
            let Parcel { content, words, .. } = part.parcel;
            let what = (content, words.as_str(), part.digest);
            let letter = self.letter(db, thread, what, staff, part.at)?;
            let mut verdict = self.judged(watch, db, &letter, thread)?;
            settle_with_policy(&mut verdict);
            if worst.as_ref().is_none_or(|(w, _)| rank(w) < rank(&verdict)) {
                worst = Some((verdict, part.outbox_id));
            }
        }
        Ok(worst)
    }

    /// Asks about one send of one or several messages that the policy has let through. What is in it counts once it is
    /// in the store, not before.
    pub(super) fn ask_guard(
        &self,
        db: &Connection,
        thread: &Thread,
        route: &Route,
        parts: &[Part<'_>],
        staff: &str,
        insisted: Option<&GuardOverride>,
    ) -> Result<Asked> {
        let Some(first) = parts.first() else {
            return Ok(Asked::YES);
        };
        let now = first.at;
        let worst = self.worst(&mut self.watching(), db, thread, parts, staff)?;
        let Some((mut verdict, outbox_id)) = worst else {
            return Ok(Asked::YES);
        };
        let digest = digest_of(parts);
        let record = |verdict: &Verdict, dialog: bool, outbox_id: &str| {
            let fact = warned(
                verdict,
                (staff, Some(route.peer.clone()), now),
                &digest,
                (dialog, outbox_id),
            );
            (
                fact.id.clone(),
                Fact::new(&route.number, FactKind::Warned(fact)),
            )
        };
        match verdict.level {
            Level::Allow => Ok(Asked::YES),
            Level::Block => {
                let (_, fact) = record(&verdict, true, "");
                let reasons = shown(&verdict).reasons;
                Ok(Asked::Stop {
                    result: SendResult::Refused {
                        reasons: vec![Refusal::Guard { reasons }],
                    },
                    facts: vec![fact],
                })
            }
            Level::Warn => {
                if let Some(insisted) = insisted
                    && self.answers_for(
                        db,
                        insisted,
                        Some(thread.customer_id),
                        staff,
                        &digest,
                        now,
                    )?
                {
                    let kind = said::insisted(insisted, outbox_id, now);
                    return Ok(Asked::Go {
                        facts: vec![Fact::new(&route.number, kind)],
                        insisted: true,
                    });
                }
                // Whoever was asked and let it be has not answered yet, however often it is tried again.
                let episode = verdict.episode().cast_signed();
                verdict.interrupt |= verdict::is_open(db, episode, staff, now - DAY)?;
                if !verdict.interrupt {
                    let (_, fact) = record(&verdict, false, outbox_id);
                    return Ok(Asked::Go {
                        facts: vec![fact],
                        insisted: false,
                    });
                }
                let (id, fact) = record(&verdict, true, "");
                Ok(Asked::Stop {
                    result: SendResult::Warned {
                        verdict: GuardVerdict {
                            id,
                            ..shown(&verdict)
                        },
                    },
                    facts: vec![fact],
                })
            }
        }
    }

    /// Whether an override is one for just this. `customer_id`: `None` for a batch.
    fn answers_for(
        &self,
        db: &Connection,
        insisted: &GuardOverride,
        customer_id: Option<i64>,
        staff: &str,
        digest: &str,
        now: i64,
    ) -> Result<bool> {
        if insisted.reason == OverrideReason::Other && insisted.text.trim().is_empty() {
            return Ok(false);
        }
        let found = verdict::get(db, &insisted.id)?;
        Ok(found.is_some_and(|row| {
            let said = &row.verdict;
            // Once: pressed twice, it is still sent once.
            row.insisted.is_none()
                && said.level == "warn"
                && said.dialog
                && row.customer_id == customer_id
                && said.staff == staff
                && said.digest == digest
                && (now - said.at).abs() <= HOUR
        }))
    }

    /// Keeps what the guard said where nothing was sent.
    pub(super) fn keep_said(&self, db: &Connection, facts: &[Fact]) -> Result<Option<Change>> {
        match facts.is_empty() {
            true => Ok(None),
            false => apply_in(db, facts).map(Some),
        }
    }
}

/// Answers to a stop are the policy's; reactions are nobody's to count.
fn is_asked_about(part: &Part<'_>) -> bool {
    match &part.parcel.content {
        OutgoingContent::Reaction { .. } | OutgoingContent::Buttons { .. } => false,
        OutgoingContent::Text { .. } => !is_stop_confirmation(part.outbox_id),
        OutgoingContent::Media { .. } | OutgoingContent::Template(_) => true,
    }
}

/// The policy knows the window, the template, the consents and the limit more finely, and it has said yes: what it
/// decides is no reason to refuse.
fn settle_with_policy(verdict: &mut Verdict) {
    if verdict.level != Level::Block {
        return;
    }
    let decided = |code: Code| {
        matches!(
            code,
            Code::WindowClosed | Code::TemplateState | Code::NoOptIn | Code::Tier
        )
    };
    verdict.reasons.retain(|reason| !decided(reason.code));
    if verdict.reasons.is_empty() {
        verdict.level = Level::Allow;
        verdict.interrupt = false;
    }
}
