//! The guard about a template to many: what it says of the whole, and of each.

use super::{
    letter::{category, staff_number},
    said, settle_with_policy,
};
use crate::{
    desk::Desk,
    fact::{Fact, FactKind, Warned},
    spam_guard::{Consents, Content, Grant, Level, Recipient, Send, Verdict},
    view::{GuardCode, GuardLevel, GuardOverride, GuardReason, GuardVerdict},
};
use std::collections::BTreeMap;
use store::{Connection, Result};
use uuid::Uuid;

/// One template, as everybody of a batch gets it.
#[derive(Debug, Clone, Copy)]
pub struct GuardTemplate<'a> {
    pub name: &'a str,
    /// Meta's word.
    pub category: &'a str,
    pub approved: bool,
    pub footer: &'a str,
}

/// One person of a batch. Everything comes from whoever asks: nothing is looked up per person.
pub struct GuardSend<'a> {
    pub customer_id: i64,
    pub number_id: i64,
    /// When it would leave.
    pub at: i64,
    /// As the customer is called.
    pub name: &'a str,
    /// At `at`.
    pub window_open: bool,
    /// What it rests on is usable.
    pub marketing: bool,
    pub service: bool,
    /// The newest message of theirs that is known; `None`: they never wrote.
    pub last_in: Option<i64>,
    /// As this person reads the body.
    pub words: &'a str,
    /// What is filled in.
    pub values: &'a [String],
}

pub struct GuardPreview {
    /// Of the whole; without an id.
    pub verdict: GuardVerdict,
    /// In the order of the sends.
    pub each: Vec<GuardEach>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct GuardEach {
    pub level: GuardLevel,
    pub codes: Vec<GuardCode>,
}

/// The guard's word on a whole batch, at the press of "send". The facts belong into the same transaction.
pub enum GuardWord {
    /// Nothing stands in the way, or somebody answers for it.
    Go(Vec<Fact>),
    /// Its id is what an override has to name.
    Ask(GuardVerdict, Vec<Fact>),
}

impl Desk {
    /// As if all were sent in turn. Records nothing.
    pub fn guard_preview(
        &self,
        db: &Connection,
        staff: &str,
        template: GuardTemplate<'_>,
        sends: &[GuardSend<'_>],
    ) -> Result<GuardPreview> {
        let Some(first) = sends.first() else {
            return Ok(GuardPreview {
                verdict: said::allowed(),
                each: Vec::new(),
            });
        };
        let mut watch = self.watching();
        watch.bring_up(db, &self.account.waba_id, first.at)?;
        let quality = self.number_quality(db, first.number_id)?;
        let number = first.number_id.unsigned_abs();
        watch.guard.observe_account(number, quality);
        let around = watch.around(db, &self.account.waba_id)?;
        let staff = staff_number(staff);
        let asked: Vec<Send<'_>> = sends
            .iter()
            .map(|send| {
                let grant = |usable: bool| match usable {
                    true => Grant::In,
                    false => Grant::Unknown,
                };
                Send {
                    at: send.at,
                    to: send.customer_id.unsigned_abs(),
                    staff,
                    number: send.number_id.unsigned_abs(),
                    automatic: false,
                    content: Content::Template {
                        name: template.name,
                        category: category(template.category),
                        approved: template.approved,
                        body: send.words,
                        footer: template.footer,
                        params: send.values,
                    },
                    recipient: Recipient {
                        name: send.name,
                        window_open: send.window_open,
                        consents: Consents {
                            marketing: grant(send.marketing),
                            service: grant(send.service),
                        },
                        last_in: send.last_in,
                        unanswered_marketing: 0,
                    },
                    shop: around.shop(),
                }
            })
            .collect();
        let mut verdicts = watch.guard.preview(&asked);
        drop(watch);
        verdicts.iter_mut().for_each(settle_with_policy);
        Ok(GuardPreview {
            verdict: whole(&verdicts),
            each: verdicts
                .iter()
                .map(|verdict| GuardEach {
                    level: verdict.level,
                    codes: verdict.reasons.iter().map(|reason| reason.code).collect(),
                })
                .collect(),
        })
    }

    /// Whether a batch that is warned of may begin. `digest`: of the plan, the same for the same one.
    #[expect(
        clippy::too_many_arguments,
        reason = "one word on one batch, and each of them decides"
    )]
    pub fn guard_batch(
        &self,
        db: &Connection,
        batch_id: &str,
        staff: &str,
        digest: &str,
        verdict: &GuardVerdict,
        insisted: Option<&GuardOverride>,
        now: i64,
    ) -> Result<GuardWord> {
        if verdict.level == GuardLevel::Allow {
            return Ok(GuardWord::Go(Vec::new()));
        }
        if verdict.level == GuardLevel::Warn
            && let Some(insisted) = insisted
            && self.answers_for(db, insisted, None, staff, digest, now)?
        {
            let kind = said::insisted(insisted, batch_id, now);
            return Ok(GuardWord::Go(vec![Fact::new(&self.number(), kind)]));
        }
        let warned = Warned {
            id: Uuid::now_v7().to_string(),
            peer: None,
            at: now,
            staff: staff.to_owned(),
            block: verdict.level == GuardLevel::Block,
            reasons: serde_json::to_string(&verdict.reasons)?,
            episode: episode_of(digest),
            reached: verdict.people,
            people: verdict.people,
            weight: verdict.weight,
            threshold: verdict.threshold,
            digest: digest.to_owned(),
            dialog: true,
            outbox_id: String::new(),
            batch_id: batch_id.to_owned(),
        };
        let shown = GuardVerdict {
            id: warned.id.clone(),
            interrupt: true,
            ..verdict.clone()
        };
        let fact = Fact::new(&self.number(), FactKind::Warned(warned));
        Ok(GuardWord::Ask(shown, vec![fact]))
    }
}

/// The reasons of all together, each with its greatest number; blocks concern the persons they are about.
fn whole(verdicts: &[Verdict]) -> GuardVerdict {
    let mut whole = said::allowed();
    let mut numbers: Vec<GuardReason> = Vec::new();
    let mut place: BTreeMap<u8, usize> = BTreeMap::new();
    for verdict in verdicts.iter().filter(|v| v.level != Level::Block) {
        let shown = said::shown(verdict);
        whole.people = whole.people.max(shown.people);
        whole.weight = whole.weight.max(shown.weight);
        whole.threshold = whole.threshold.max(shown.threshold);
        if shown.level == GuardLevel::Allow {
            continue;
        }
        whole.level = GuardLevel::Warn;
        for reason in shown.reasons {
            let key = reason.code as u8;
            match place.get(&key) {
                Some(&at) => numbers[at].number = numbers[at].number.max(reason.number),
                None => {
                    place.insert(key, numbers.len());
                    numbers.push(reason);
                }
            }
        }
    }
    whole.interrupt = whole.level == GuardLevel::Warn;
    whole.reasons = numbers;
    whole
}

/// A batch is an episode of its own.
fn episode_of(digest: &str) -> i64 {
    staff_number(digest).cast_signed()
}
