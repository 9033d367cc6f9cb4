//! A template to many, as staff makes it, looks at it and stops it. What sends it is [`sending`], one at a time; what of
//! it is a rule is `crate::batch`.

mod addresses;
mod gather;
mod look;
mod people;
mod rows;
mod sending;

pub(crate) use sending::Again;

use super::{Desk, GuardWord, not_found, settings::me, templates::given_file};
use crate::{
    apply_in,
    batch::{Made, Told, Word, cap},
    fact::{Fact, FactKind, Number},
    ledger,
    outbox::peer_json,
    view::{
        BatchGo, BatchHalt, BatchPlan, BatchRow, BatchStart, BatchState, Change, FrequencyCap,
        GuardLevel, Preflight, Refusal, SlotValue,
    },
};
use cloud_api::webhook::Peer;
use look::Looked;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use store::{
    Connection, Result, attachment,
    batch::{self, BatchRecord},
    setting, template,
};
use tokio::sync::Notify;
use uuid::Uuid;

/// Setting, JSON of `view::FrequencyCap`.
const FREQUENCY_CAP: &str = "frequency_cap";
/// So many batches are listed.
const LISTED: i64 = 200;
/// So long somebody pages through the people of one look without it being made again for each page.
const FRESH: Duration = Duration::from_secs(60);

/// What of batches is only in memory.
#[derive(Default)]
pub(crate) struct Batches {
    /// Something is to be sent, or to stop.
    pub due: Notify,
    /// How far each has come: whoever lies before needs no look.
    after: Mutex<HashMap<String, i64>>,
    looked: Mutex<Option<Kept>>,
}

/// The plan, when it was looked at, and what was found.
type Kept = (String, Instant, Arc<Looked>);

impl Desk {
    /// The newest first.
    pub fn batches(&self) -> Result<Vec<BatchRow>> {
        self.store.read(|db| {
            let all = batch::latest(db, LISTED)?;
            all.iter().map(|batch| self.batch_row(db, batch)).collect()
        })
    }

    pub fn batch_preflight(&self, plan: &BatchPlan) -> Result<Preflight> {
        Ok(self.looked_anew(plan)?.preflight.clone())
    }

    fn looked_anew(&self, plan: &BatchPlan) -> Result<Arc<Looked>> {
        let now = self.clock.now();
        self.guard_ready()?;
        let looked = self
            .store
            .read(|db| self.preflight_of(db, plan, &me(db)?, now))?;
        let looked = Arc::new(looked);
        let kept = (of_plan(plan), Instant::now(), looked.clone());
        *lock(&self.batches.looked) = Some(kept);
        Ok(looked)
    }

    /// The same as the preflight was made from, so that its pages fit its figures.
    fn looked(&self, plan: &BatchPlan) -> Result<Arc<Looked>> {
        let kept = lock(&self.batches.looked)
            .as_ref()
            .filter(|(of, at, _)| *of == of_plan(plan) && at.elapsed() < FRESH)
            .map(|(.., looked)| looked.clone());
        match kept {
            Some(looked) => Ok(looked),
            None => self.looked_anew(plan),
        }
    }

    /// "Send it." Nothing is queued here: that is for whoever sends, one by one.
    pub fn start_batch(&self, go: &BatchGo, staff: &str) -> Result<BatchStart> {
        let now = self.clock.now();
        let looked = self.looked_anew(&go.plan)?;
        let preflight = &looked.preflight;
        let mut reasons = preflight.refusals.clone();
        if !preflight.slots.is_empty() {
            let slots = preflight.slots.clone();
            reasons.push(Refusal::TemplateValues { slots });
        }
        if preflight.guard.level == GuardLevel::Block {
            let reasons_of = preflight.guard.reasons.clone();
            reasons.push(Refusal::Guard {
                reasons: reasons_of,
            });
        }
        if !reasons.is_empty() {
            return Ok(BatchStart::Refused { reasons });
        }
        if preflight.going != go.going || preflight.going == 0 {
            let going = preflight.going;
            return Ok(BatchStart::Changed { going });
        }
        if go.checked_by.trim().is_empty() && looked.claims {
            return Ok(BatchStart::NotChecked);
        }
        let batch_id = Uuid::now_v7().to_string();
        let (start, change) = self.store.write(|db| {
            let verdict = &preflight.guard;
            let digest = digest_of(&go.plan);
            let insisted = go.insisted.as_ref();
            match self.guard_batch(db, &batch_id, staff, &digest, verdict, insisted, now)? {
                GuardWord::Ask(verdict, facts) => {
                    let change = apply_in(db, &facts)?;
                    Ok((BatchStart::Warned { verdict }, change))
                }
                GuardWord::Go(mut facts) => {
                    facts.extend(made(db, &batch_id, go, &looked, (staff, now))?);
                    let batch_id = batch_id.clone();
                    Ok((BatchStart::Started { batch_id }, apply_in(db, &facts)?))
                }
            }
        })?;
        self.tell(change);
        self.batches.due.notify_one();
        Ok(start)
    }

    pub fn pause_batch(&self, batch_id: &str) -> Result<()> {
        self.say_of_batch(batch_id, Word::Paused, &[BatchState::Running])
    }

    /// Where Meta refused for spam the guard has been asked again for each person, and the hold is lifted: whoever
    /// resumes decides.
    pub fn resume_batch(&self, batch_id: &str) -> Result<()> {
        self.say_of_batch(batch_id, Word::Running, &[BatchState::Paused])
    }

    /// For good; who has not got it does not get it.
    pub fn stop_batch(&self, batch_id: &str) -> Result<()> {
        let from = [BatchState::Running, BatchState::Paused];
        self.say_of_batch(batch_id, Word::Stopped, &from)
    }

    fn say_of_batch(&self, batch_id: &str, word: Word, from: &[BatchState]) -> Result<()> {
        let now = self.clock.now();
        let change = self.store.write(|db| {
            let batch = batch::get(db, batch_id)?.ok_or_else(not_found)?;
            if !from.contains(&self.batch_row(db, &batch)?.state) {
                return Ok(Change::default());
            }
            let halt = match word {
                Word::Paused | Word::Stopped => Some(BatchHalt::Staff),
                Word::Running | Word::Done => None,
            };
            let mut facts = vec![self.told(db, &batch, word, halt, now)?];
            if word == Word::Stopped {
                // What waits in the outbox goes to nobody any more.
                for outbox_id in batch::in_state(db, batch_id, "queued")? {
                    let at = now;
                    let number = Number::stored(db, batch.number_id)?;
                    facts.push(Fact::new(&number, FactKind::Returned { outbox_id, at }));
                }
            }
            apply_in(db, &facts)
        })?;
        self.tell(change);
        self.batches.due.notify_one();
        self.outbox_changed.notify_one();
        Ok(())
    }

    /// A word that takes the place of the one there is, even if the clock was set back meanwhile.
    fn told(
        &self,
        db: &Connection,
        batch: &BatchRecord,
        word: Word,
        halt: Option<BatchHalt>,
        now: i64,
    ) -> Result<Fact> {
        let there = batch::word(db, &batch.id)?;
        let told = Told {
            id: batch.id.clone(),
            word,
            halt,
            quality: self.quality(db, batch)?,
            at: there.map_or(now, |there| now.max(there.at + 1)),
        };
        let number = Number::stored(db, batch.number_id)?;
        Ok(Fact::new(&number, FactKind::BatchTold(told)))
    }

    fn quality(&self, db: &Connection, batch: &BatchRecord) -> Result<String> {
        let key = (
            self.account.waba_id.as_str(),
            batch.template.as_str(),
            batch.language.as_str(),
        );
        Ok(template::get(db, key)?
            .map(|row| row.quality)
            .unwrap_or_default())
    }

    pub fn frequency_cap(&self) -> Result<FrequencyCap> {
        self.store.read(gather::cap_of)
    }

    /// Kept within bounds; gives what was kept.
    pub fn set_frequency_cap(&self, cap: FrequencyCap) -> Result<FrequencyCap> {
        let cap = cap::bounded(cap);
        self.store.write(|db| {
            let text = serde_json::to_string(&cap)?;
            setting::set(db, FREQUENCY_CAP, &text)
        })?;
        *lock(&self.batches.looked) = None;
        self.tell(Change {
            batches: true,
            ..Change::default()
        });
        Ok(cap)
    }
}

/// The facts of a batch that begins.
fn made(
    db: &Connection,
    batch_id: &str,
    go: &BatchGo,
    looked: &Looked,
    (staff, now): (&str, i64),
) -> Result<Vec<Fact>> {
    let plan = &go.plan;
    let number = Number::stored(db, plan.number_id)?;
    let name = match plan.name.trim() {
        "" => plan.choice.name.clone(),
        name => name.to_owned(),
    };
    let values = with_files_of_its_own(db, batch_id, plan)?;
    let people = looked.people.iter();
    let made = Made {
        id: batch_id.to_owned(),
        device: ledger::device(db)?,
        name,
        template: plan.choice.name.clone(),
        language: plan.choice.language.clone(),
        filled: serde_json::to_string(&values)?,
        segment: serde_json::to_string(&plan.segment)?,
        staff: staff.to_owned(),
        checked_by: go.checked_by.trim().to_owned(),
        people: people.map(|who| (who.peer.clone(), who.skipped)).collect(),
        at: now,
    };
    let quality = looked.template.as_ref().map(|t| t.row.quality.clone());
    let told = Told {
        id: batch_id.to_owned(),
        word: Word::Running,
        halt: None,
        quality: quality.unwrap_or_default(),
        at: now,
    };
    Ok(vec![
        Fact::new(&number, FactKind::BatchMade(made)),
        Fact::new(&number, FactKind::BatchTold(told)),
    ])
}

/// What is filled in, with copies of its files that nothing but this batch keeps and lets go of.
fn with_files_of_its_own(
    db: &Connection,
    batch_id: &str,
    plan: &BatchPlan,
) -> Result<Vec<SlotValue>> {
    let mut values = plan.choice.values.clone();
    let nobody = peer_json(&Peer::default());
    for value in &mut values {
        if given_file(db, &value.text)?.is_some() {
            let copy = Uuid::now_v7().to_string();
            attachment::copy_for_batch(db, &value.text, &copy, batch_id, plan.number_id, &nobody)?;
            value.text = copy;
        }
    }
    Ok(values)
}

/// The same for the same plan. The batch's name does not matter.
fn of_plan(plan: &BatchPlan) -> String {
    serde_json::to_string(&(plan.number_id, &plan.segment, &plan.choice)).unwrap_or_default()
}

fn digest_of(plan: &BatchPlan) -> String {
    hex::encode(Sha256::digest(of_plan(plan)))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
