//! A batch as the list shows it: counted anew from the outbox each time, so that it cannot say anything else.

use super::{super::Desk, look::counted};
use crate::{
    batch::{Word, halt::BLAME, named, pace},
    view::{BatchRow, BatchState, SkipCount, SkipReason},
};
use store::{
    Connection, Result,
    batch::{self, BatchRecord},
};

/// How many of a batch stand where.
pub(super) struct Standing {
    /// Neither in the outbox nor passed over.
    pub waiting: i64,
    /// In the outbox, and not with Meta yet.
    pub on_the_way: i64,
    /// When the last one was queued; -1: none yet.
    pub last_at: i64,
    /// How many were ever queued.
    pub queued: i64,
    pub doubtful: i64,
    pub skips: Vec<SkipCount>,
    pub skipped: i64,
}

pub(super) fn standing(db: &Connection, batch: &BatchRecord) -> Result<Standing> {
    let progress = batch::progress(db, &batch.id)?;
    let of = |states: &[&str]| -> i64 {
        let those = progress.states.iter();
        those
            .filter(|(state, _)| states.contains(&state.as_str()))
            .map(|(_, n)| n)
            .sum()
    };
    let queued = progress.states.iter().map(|(_, n)| n).sum::<i64>();
    let (at_first, on_the_way) = batch::skips(db, &batch.id)?;
    let passed_over: i64 = on_the_way.iter().map(|(_, n)| n).sum();
    // Taken back from the outbox by a stop, or because its number went: nobody got it.
    let returned = of(&["returned"]);
    let skips = counts(at_first.into_iter().chain(on_the_way), returned);
    let erased = batch::erased(db, &batch.id)?;
    Ok(Standing {
        waiting: (batch.going - queued - passed_over - erased).max(0),
        on_the_way: of(&["queued", "sending"]),
        last_at: progress.last_at,
        queued,
        doubtful: of(&["doubtful", "left_doubtful"]),
        skipped: skips.iter().map(|one| one.people).sum(),
        skips,
    })
}

fn counts(told: impl Iterator<Item = (String, i64)>, returned: i64) -> Vec<SkipCount> {
    let known = told.filter_map(|(why, n)| Some((named::<SkipReason>(&why)?, n)));
    let all = known.chain([(SkipReason::ChangedMeanwhile, returned)]);
    let each = all.flat_map(|(why, n)| (0..n).map(move |_| why));
    counted(each)
}

impl Desk {
    pub(super) fn batch_row(&self, db: &Connection, batch: &BatchRecord) -> Result<BatchRow> {
        let standing = standing(db, batch)?;
        let stages = batch::stages(db, &batch.id, 0)?;
        let said = batch::word(db, &batch.id)?.unwrap_or_default();
        let over = standing.waiting == 0 && standing.on_the_way == 0;
        let state = match Word::named(&said.word) {
            Word::Stopped => BatchState::Stopped,
            Word::Done => BatchState::Done,
            _ if over => BatchState::Done,
            Word::Running => BatchState::Running,
            Word::Paused => BatchState::Paused,
        };
        let careful = pace::is_careful(&self.quality(db, batch)?);
        let left = pace::takes(standing.waiting, standing.queued, careful);
        let left = (left as f64 * self.clock.speed().max(1.0)) as i64;
        Ok(BatchRow {
            id: batch.id.clone(),
            name: batch.name.clone(),
            template: batch.template.clone(),
            language: batch.language.clone(),
            staff: batch.staff.clone(),
            made_at: batch.at,
            state,
            halt: match state {
                BatchState::Paused | BatchState::Stopped => named(&said.halt),
                BatchState::Running | BatchState::Done => None,
            },
            since: match state {
                BatchState::Done => said.at.max(standing.last_at),
                _ => said.at,
            },
            going: batch.going,
            skipped: standing.skipped,
            sent: stages.sent,
            delivered: stages.delivered,
            read: stages.read,
            answered: stages.answered,
            failed: stages.failed,
            doubtful: standing.doubtful,
            opt_outs: batch::opt_outs(db, &batch.id, batch.at, BLAME)?,
            ends_at: (state == BatchState::Running).then(|| standing.last_at.max(said.at) + left),
            skips: standing.skips,
        })
    }
}
