//! What the guard says of a batch.

use super::super::Desk;
use crate::{
    fact::Fact,
    view::{GuardCode, GuardLevel, GuardOverride, GuardVerdict},
};
use cloud_api::outgoing::OutgoingContent;
use store::{Connection, Result, thread::Thread};

pub(crate) struct GuardTemplate<'a> {
    pub name: &'a str,
    pub category: &'a str,
    pub approved: bool,
    pub footer: &'a str,
}

pub(crate) struct GuardSend<'a> {
    pub customer_id: i64,
    pub number_id: i64,
    pub at: i64,
    pub name: &'a str,
    pub window_open: bool,
    pub marketing: bool,
    pub service: bool,
    pub last_in: Option<i64>,
    pub words: &'a str,
    pub values: &'a [String],
}

pub(crate) struct GuardPreview {
    pub verdict: GuardVerdict,
    pub each: Vec<GuardEach>,
}

pub(crate) struct GuardEach {
    pub level: GuardLevel,
    pub codes: Vec<GuardCode>,
}

pub(crate) enum GuardWord {
    Go(Vec<Fact>),
    Ask(GuardVerdict, Vec<Fact>),
}

fn allow() -> GuardVerdict {
    GuardVerdict {
        id: String::new(),
        level: GuardLevel::Allow,
        reasons: Vec::new(),
        interrupt: false,
        people: 0,
        weight: 0.0,
        threshold: 0.0,
        findings: Vec::new(),
    }
}

impl Desk {
    pub(crate) fn guard_preview(
        &self,
        _db: &Connection,
        _staff: &str,
        _template: GuardTemplate<'_>,
        sends: &[GuardSend<'_>],
    ) -> Result<GuardPreview> {
        let each = |_: &GuardSend<'_>| GuardEach {
            level: GuardLevel::Allow,
            codes: Vec::new(),
        };
        Ok(GuardPreview {
            verdict: allow(),
            each: sends.iter().map(each).collect(),
        })
    }

    #[expect(clippy::too_many_arguments)]
    pub(crate) fn guard_batch(
        &self,
        _db: &Connection,
        _batch_id: &str,
        _staff: &str,
        _digest: &str,
        _verdict: &GuardVerdict,
        _insisted: Option<&GuardOverride>,
        _now: i64,
    ) -> Result<GuardWord> {
        Ok(GuardWord::Go(Vec::new()))
    }

    pub(crate) fn guard_verdict_in(
        &self,
        _db: &Connection,
        _thread: &Thread,
        _content: &OutgoingContent,
        _words: &str,
        _staff: &str,
        _now: i64,
    ) -> Result<GuardVerdict> {
        Ok(allow())
    }

    pub(crate) fn guard_ready(&self) -> Result<()> {
        Ok(())
    }
}
