//! Batches: what was said of each. Nobody becomes a customer by being in one; who the people are is asked when one looks.

use super::Work;
use crate::{
    batch::{Made, Told, name_of},
    fact::Number,
    outbox::peer_json,
    view::SkipReason,
};
use cloud_api::webhook::Peer;
use store::{
    Result,
    batch::{self, BatchRecord},
};

impl Work<'_> {
    pub(super) fn batch_made(&mut self, number: &Number, made: &Made) -> Result<()> {
        self.changed.batches = true;
        let skipped = made.people.iter().filter(|(_, why)| why.is_some()).count();
        let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let record = BatchRecord {
            id: made.id.clone(),
            device: made.device.clone(),
            number_id: self.number_id(number)?,
            name: made.name.clone(),
            template: made.template.clone(),
            language: made.language.clone(),
            filled: made.filled.clone(),
            segment: made.segment.clone(),
            staff: made.staff.clone(),
            checked_by: made.checked_by.clone(),
            at: made.at,
            going: n(made.people.len() - skipped),
            skipped: n(skipped),
        };
        if !batch::put(self.db, &record)? {
            return Ok(());
        }
        let peers: Vec<&Peer> = made.people.iter().map(|(peer, _)| peer).collect();
        let erased = self.erased_of(&peers, made.at)?;
        for (place, (peer, why)) in made.people.iter().enumerate() {
            let peer = match erased.contains(&place) {
                true => String::new(),
                false => peer_json(peer),
            };
            let why = why.map(name_of).unwrap_or_default();
            batch::put_person(self.db, &made.id, n(place), &peer, &why)?;
        }
        Ok(())
    }

    pub(super) fn batch_told(&mut self, told: &Told) -> Result<()> {
        self.changed.batches = true;
        let word = batch::Word {
            word: told.word.name().to_owned(),
            halt: told.halt.map(name_of).unwrap_or_default(),
            quality: told.quality.clone(),
            at: told.at,
        };
        batch::observe_word(self.db, &told.id, &word)
    }

    pub(super) fn batch_skipped(
        &mut self,
        id: &str,
        n: i64,
        why: SkipReason,
        at: i64,
    ) -> Result<()> {
        self.changed.batches = true;
        batch::observe_skip(self.db, id, n, &name_of(why), at)
    }
}
