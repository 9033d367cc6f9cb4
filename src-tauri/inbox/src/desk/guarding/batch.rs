//! The guard about a template to many: what it says of the whole, and of each.

use super::{
    letter::{category, staff_number},
    said, settle_with_policy,
};
use crate::{
    desk::Desk,
    fact::{Fact, FactKind, Warned},
    spam_guard::{Consents, Content, Grant, Recipient, Send},
    view::{GuardCode, GuardLevel, GuardOverride, GuardVerdict},
};
use std::{borrow::Cow, collections::BTreeMap};
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

/// One person of a batch, who is in it once. Everything comes from whoever asks: nothing is looked up per person.
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
    pub words: Cow<'a, str>,
    /// What is filled in.
    pub values: Cow<'a, [String]>,
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
    /// As if all were sent in turn, each of them made only when it is its turn. Records nothing.
    pub fn guard_preview<'a>(
        &self,
        db: &Connection,
        staff: &str,
        template: GuardTemplate<'_>,
        sends: impl IntoIterator<Item = GuardSend<'a>>,
    ) -> Result<GuardPreview> {
        let mut sends = sends.into_iter().peekable();
        let mut whole = Whole::new();
        let mut each = Vec::with_capacity(sends.size_hint().0);
        let Some(first) = sends.peek() else {
            return Ok(GuardPreview {
                verdict: whole.verdict(),
                each,
            });
        };
        let mut watch = self.watching();
        watch.bring_up(db, &self.account.waba_id, first.at)?;
        let quality = self.number_quality(db, first.number_id)?;
        let number = first.number_id.unsigned_abs();
        watch.guard.observe_account(number, quality);
        let around = watch.around(db, &self.account.waba_id)?;
        let mut preview = watch.guard.preview();
        drop(watch);
        let staff = staff_number(staff);
        let grant = |usable: bool| match usable {
            true => Grant::In,
            false => Grant::Unknown,
        };
        for send in sends {
            let mut verdict = preview.verdict(&Send {
                at: send.at,
                to: send.customer_id.unsigned_abs(),
                staff,
                number: send.number_id.unsigned_abs(),
                automatic: false,
                content: Content::Template {
                    name: template.name,
                    category: category(template.category),
                    approved: template.approved,
                    body: &send.words,
                    footer: template.footer,
                    params: &send.values,
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
            });
            settle_with_policy(&mut verdict);
            let shown = said::shown(&verdict);
            each.push(GuardEach {
                level: shown.level,
                codes: shown.reasons.iter().map(|reason| reason.code).collect(),
            });
            whole.add(shown);
        }
        Ok(GuardPreview {
            verdict: whole.verdict(),
            each,
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
struct Whole {
    so_far: GuardVerdict,
    /// Where a code stands among the reasons.
    place: BTreeMap<u8, usize>,
}

impl Whole {
    fn new() -> Self {
        Self {
            so_far: said::allowed(),
            place: BTreeMap::new(),
        }
    }

    fn add(&mut self, shown: GuardVerdict) {
        if shown.level == GuardLevel::Block {
            return;
        }
        let whole = &mut self.so_far;
        whole.people = whole.people.max(shown.people);
        whole.weight = whole.weight.max(shown.weight);
        whole.threshold = whole.threshold.max(shown.threshold);
        if shown.level == GuardLevel::Allow {
            return;
        }
        whole.level = GuardLevel::Warn;
        for reason in shown.reasons {
            let next = whole.reasons.len();
            let at = *self.place.entry(reason.code as u8).or_insert(next);
            match whole.reasons.get_mut(at) {
                Some(known) => known.number = known.number.max(reason.number),
                None => whole.reasons.push(reason),
            }
        }
    }

    fn verdict(self) -> GuardVerdict {
        GuardVerdict {
            interrupt: self.so_far.level == GuardLevel::Warn,
            ..self.so_far
        }
    }
}

/// A batch is an episode of its own.
fn episode_of(digest: &str) -> i64 {
    staff_number(digest).cast_signed()
}
