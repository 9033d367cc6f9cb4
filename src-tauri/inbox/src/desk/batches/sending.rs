//! One look at what is to be sent: at most one message of a batch lies in the outbox, so that a pause takes effect at
//! once; before each the policy, the caps and the guard are asked again; and at the first signs of trouble the batch
//! stands still.
//!
//! Everything is read from the store and everything done is a fact there, so that it may be killed at any instant:
//! whoever is in the outbox, under an id that says his place, is never queued again, and whoever is not is next.

use super::{
    super::{
        Desk,
        send::copies,
        templates::{given_file, restricted},
    },
    gather::{cap_of, got_of, is_marketing},
    lock,
    rows::standing,
};
use crate::{
    apply_in,
    batch::{
        Word,
        audience::DAY,
        audience::refused_meanwhile,
        cap,
        halt::{self, BLAME, Watched, halt},
        pace, personal,
    },
    consent::{Gate, customer_of},
    customer,
    fact::{Fact, FactKind, Number, Queued},
    ledger,
    messaging_limit::used_up_until,
    send_policy::{self, Intent, Situation},
    service_window::Known,
    template::{Filled, Template},
    view::{BatchHalt, GuardLevel, Refusal, SkipReason, SlotValue},
};
use cloud_api::webhook::Peer;
use std::collections::{HashMap, HashSet};
use store::{
    Connection, Result, about_person, attachment,
    batch::{self, BatchRecord},
    batch_people, notice, setting,
    thread::{self, Thread},
};

/// In one look at most so many are passed over, so that no transaction takes long.
const PASSED_OVER_AT_MOST: usize = 100;
/// Meta refused for spam.
const SPAM_RATE: i64 = 131_048;
/// What Meta says of a number that got worse (Meta, "phone_number_quality_update").
const WORSE: [&str; 2] = ["FLAGGED", "DOWNGRADE"];

/// When to look again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Again {
    /// More may be done right away.
    Now,
    /// At this platform time.
    At(i64),
    /// When something is told of it.
    WhenTold,
}

/// What becomes of the one whose turn it is.
enum Turn {
    Queue(Vec<Fact>),
    PassOver(SkipReason),
    Halt(BatchHalt),
}

impl Desk {
    /// Looks at each number's oldest batch that runs, and sends one message of it if it is time.
    pub(crate) fn look_at_batches(&self) -> Result<Again> {
        let running = self.store.read(|db| {
            let device = setting::get(db, ledger::DEVICE)?.unwrap_or_default();
            batch::running(db, &device)
        })?;
        let (mut numbers, mut again) = (HashSet::new(), Again::WhenTold);
        for batch in running {
            if numbers.insert(batch.number_id) {
                again = again.min(self.look_at_batch(&batch)?);
            }
        }
        Ok(again)
    }

    fn look_at_batch(&self, batch: &BatchRecord) -> Result<Again> {
        let now = self.clock.now();
        self.guard_ready()?;
        let mut after = lock(&self.batches.after)
            .get(&batch.id)
            .copied()
            .unwrap_or(-1);
        let (again, change) = self.store.write(|db| {
            let mut facts = Vec::new();
            let again = self.turn(db, batch, &mut after, &mut facts, now)?;
            Ok((again, apply_in(db, &facts)?))
        })?;
        lock(&self.batches.after).insert(batch.id.clone(), after);
        let queued = change.batches;
        self.tell(change);
        if queued {
            self.outbox_changed.notify_one();
        }
        Ok(again)
    }

    fn turn(
        &self,
        db: &Connection,
        batch: &BatchRecord,
        after: &mut i64,
        facts: &mut Vec<Fact>,
        now: i64,
    ) -> Result<Again> {
        let said = batch::word(db, &batch.id)?.unwrap_or_default();
        if Word::named(&said.word) != Word::Running {
            return Ok(Again::WhenTold);
        }
        let template = self.template(db, &batch.template, &batch.language)?;
        let why = self.trouble(db, batch, template.as_ref(), &said, now)?;
        let (None, Some(template)) = (why, template) else {
            let why = why.unwrap_or(BatchHalt::Template);
            facts.push(self.told(db, batch, Word::Paused, Some(why), now)?);
            return Ok(Again::Now);
        };
        let standing = standing(db, batch)?;
        if standing.on_the_way > 0 {
            // Its answer is waited for; a tick of it tells.
            return Ok(Again::At(now + self.scaled(1_000)));
        }
        let careful = pace::is_careful(&template.row.quality);
        if standing.last_at >= 0 {
            let due = standing.last_at + self.scaled(pace::gap(standing.queued, careful));
            if now < due && standing.last_at <= now {
                return Ok(Again::At(due));
            }
        }
        let number = Number::stored(db, batch.number_id)?;
        for _ in 0..PASSED_OVER_AT_MOST {
            let Some((n, peer)) = batch::next(db, &batch.id, *after)? else {
                facts.push(self.told(db, batch, Word::Done, None, now)?);
                return Ok(Again::Now);
            };
            match self.turn_of(db, batch, &template, (n, &peer), now)? {
                Turn::Queue(queued) => {
                    *after = n;
                    facts.extend(queued);
                    return Ok(Again::Now);
                }
                Turn::PassOver(why) => {
                    *after = n;
                    let id = batch.id.clone();
                    let skipped = FactKind::BatchSkipped {
                        id,
                        n,
                        why,
                        at: now,
                    };
                    facts.push(Fact::new(&number, skipped));
                }
                Turn::Halt(why) => {
                    facts.push(self.told(db, batch, Word::Paused, Some(why), now)?);
                    return Ok(Again::Now);
                }
            }
        }
        Ok(Again::Now)
    }

    /// A person's own seconds, however fast the platform's clock was made.
    fn scaled(&self, ms: i64) -> i64 {
        (ms as f64 * self.clock.speed()) as i64
    }

    fn trouble(
        &self,
        db: &Connection,
        batch: &BatchRecord,
        template: Option<&Template>,
        said: &batch::Word,
        now: i64,
    ) -> Result<Option<BatchHalt>> {
        let since = said.at;
        let stages = batch::stages(db, &batch.id, since)?;
        let failures = batch::failures(db, &batch.id, since)?;
        let sendable = match template {
            Some(template) => {
                let no: Vec<Refusal> = Vec::new();
                template.row.status == "APPROVED"
                    && !self
                        .with_obstacle(db, no, Some(&template.row), None, now)?
                        .iter()
                        .any(is_of_template)
            }
            None => false,
        };
        let forbidden = restricted(db, &self.account.waba_id)?;
        let watched = Watched {
            spam: batch::held_back_at(db, batch.number_id, SPAM_RATE, since)?.is_some(),
            hold: notice::hold(db, crate::apply::SENDING)?.map(|hold| hold.code),
            unconnected: self.unconnected(db, batch.number_id)?.is_some(),
            restricted: forbidden.is_some_and(|until| until.is_none_or(|end| end > now)),
            template: sendable,
            quality_then: &said.quality,
            quality_now: template.map_or("", |template| &template.row.quality),
            number_fell: notice::came_since(db, "number_quality", &WORSE, since)?,
            sent: stages.sent,
            failed: stages.failed,
            template_failed: failures.into_iter().any(halt::is_of_template),
            opt_outs: batch::opt_outs(db, &batch.id, since, BLAME)?,
        };
        Ok(halt(&watched, halt::USUAL))
    }

    /// The policy, the caps and the guard once more, for one person and with the time of now.
    fn turn_of(
        &self,
        db: &Connection,
        batch: &BatchRecord,
        template: &Template,
        (n, peer): (i64, &str),
        now: i64,
    ) -> Result<Turn> {
        let known: Peer = serde_json::from_str(peer)?;
        let Some(customer_id) = customer_of(db, &known, batch.at)? else {
            return Ok(Turn::PassOver(SkipReason::ChangedMeanwhile));
        };
        let peer = customer::address(db, customer_id, Some(batch.number_id))?;
        let thread = match thread::find(db, batch.number_id, customer_id)? {
            Some(id) => thread::get(db, id)?,
            None => None,
        };
        // Of whom only a consent is known: the thread comes about with the message.
        let thread = thread.unwrap_or_else(|| Thread {
            number_id: batch.number_id,
            customer_id,
            inbound_at: -1,
            closed_at: -1,
            closes_at: -1,
            ..Thread::default()
        });
        if let Some(turn) = self.refused(db, &thread, &peer, template, now)? {
            return Ok(turn);
        }
        if let Some(why) = self.has_enough(db, customer_id, template, now)? {
            return Ok(Turn::PassOver(why));
        }
        if used_up_until(db, &self.account.waba_id, &thread, now)?.is_some() {
            return Ok(Turn::Halt(BatchHalt::Limit));
        }
        let values: Vec<SlotValue> = serde_json::from_str(&batch.filled)?;
        let name = about_person::called(db, customer_id)?;
        let Some(values) = personal::values_for(&values, name.as_deref()) else {
            return Ok(Turn::PassOver(SkipReason::MissingValue));
        };
        let mut files = HashMap::new();
        for value in &values {
            if let Some(file) = given_file(db, &value.text)? {
                files.insert(value.text.clone(), file);
            }
        }
        let Ok(filled) = template.fill(&values, now, |id| files.get(id).cloned()) else {
            return Ok(Turn::PassOver(SkipReason::ChangedMeanwhile));
        };
        let verdict = self.guard_verdict_in(
            db,
            &thread,
            &filled.content,
            &filled.words,
            &batch.staff,
            now,
        )?;
        if verdict.level == GuardLevel::Block {
            return Ok(Turn::PassOver(SkipReason::Guard));
        }
        Ok(Turn::Queue(queued(db, batch, n, peer, filled, now)?))
    }

    fn refused(
        &self,
        db: &Connection,
        thread: &Thread,
        peer: &Peer,
        template: &Template,
        now: i64,
    ) -> Result<Option<Turn>> {
        let hold = notice::hold(db, crate::apply::SENDING)?;
        let consent = Gate::of(db, thread.customer_id)?;
        let reasons = send_policy::refusals(&Situation {
            now,
            window: Known::from_columns(thread.inbound_at, thread.closed_at),
            margin: 0,
            peer,
            blocked: thread.blocked,
            hold: hold.as_ref(),
            unconnected: self.unconnected(db, thread.number_id)?,
            consent: &consent,
            message: Intent::Template(Some(&template.row)),
        });
        Ok(reasons.first().map(|why| match why {
            Refusal::OnHold { .. } | Refusal::NotConnected { .. } => {
                Turn::Halt(BatchHalt::AccountLocked)
            }
            Refusal::TemplateNotApproved { .. } | Refusal::TemplateUnknown => {
                Turn::Halt(BatchHalt::Template)
            }
            why => Turn::PassOver(refused_meanwhile(why)),
        }))
    }

    /// Got this very template, or as much as may be, since the batch was made.
    fn has_enough(
        &self,
        db: &Connection,
        customer_id: i64,
        template: &Template,
        now: i64,
    ) -> Result<Option<SkipReason>> {
        let row = &template.row;
        let day = now - DAY;
        if batch_people::has_got_template(db, customer_id, &row.name, &row.language, day)? {
            return Ok(Some(SkipReason::AlreadySent));
        }
        if !is_marketing(&row.category) {
            return Ok(None);
        }
        if batch_people::withheld(db, day)?.contains(&customer_id) {
            return Ok(Some(SkipReason::WithheldByMeta));
        }
        Ok(cap::over(&got_of(db, customer_id, now)?, cap_of(db)?, now))
    }
}

/// It cannot be sent to anybody, whatever the account may.
fn is_of_template(why: &Refusal) -> bool {
    use crate::view::TemplateObstacle::OverLimit;
    match why {
        Refusal::TemplateObstacle { obstacle } => !matches!(obstacle, OverLimit { .. }),
        _ => true,
    }
}

/// Into the outbox, to leave at once: whoever regrets it pauses the batch.
fn queued(
    db: &Connection,
    batch: &BatchRecord,
    n: i64,
    peer: Peer,
    mut filled: Filled,
    now: i64,
) -> Result<Vec<Fact>> {
    let outbox_id = batch::outbox_id(&batch.id, n);
    for (id, copy) in copies(&mut filled.content, &filled.files) {
        attachment::copy_for_template(db, &id, &copy, &outbox_id, batch.number_id)?;
    }
    let queued = Queued {
        outbox_id,
        peer,
        content: serde_json::to_string(&filled.content)?,
        bubble: serde_json::to_string(&filled.bubble)?,
        kind: "template".to_owned(),
        body: filled.words,
        digest: String::new(),
        reply_wamid: String::new(),
        staff: batch.staff.clone(),
        at: now,
        leaves_at: now,
    };
    let number = Number::stored(db, batch.number_id)?;
    Ok(vec![Fact::new(&number, FactKind::Queued(queued))])
}
