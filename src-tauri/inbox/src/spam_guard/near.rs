//! The near-duplicate index: which of the texts kept here may be alike, without comparing all of them.

use super::text::{BANDS, Grams};
use std::collections::HashMap;

/// Texts by number. Insertion is O(1), a query looks at 16 buckets.
#[derive(Debug, Clone, Default)]
pub struct Index {
    buckets: HashMap<(u8, u32), Vec<u32>>,
    texts: HashMap<u32, Grams>,
}

impl Index {
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    pub fn insert(&mut self, id: u32, grams: Grams) {
        for (band, &key) in grams.bands.iter().enumerate() {
            self.buckets.entry((band as u8, key)).or_default().push(id);
        }
        self.texts.insert(id, grams);
    }

    pub fn remove(&mut self, id: u32) {
        let Some(grams) = self.texts.remove(&id) else {
            return;
        };
        for (band, &key) in grams.bands.iter().enumerate() {
            let place = (band as u8, key);
            if let Some(bucket) = self.buckets.get_mut(&place) {
                bucket.retain(|other| *other != id);
                if bucket.is_empty() {
                    self.buckets.remove(&place);
                }
            }
        }
    }

    /// Those that share a bucket, newest first, each once, at most `most`.
    pub fn candidates(&self, grams: &Grams, most: usize) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::with_capacity(BANDS);
        for (band, &key) in grams.bands.iter().enumerate() {
            let Some(bucket) = self.buckets.get(&(band as u8, key)) else {
                continue;
            };
            found.extend(bucket.iter().rev().take(most));
        }
        found.sort_unstable_by(|one, other| other.cmp(one));
        found.dedup();
        found.truncate(most);
        found
    }

    /// Those whose 4-grams are at least `least` alike (Jaccard), with how much, among the candidates.
    pub fn near(&self, grams: &Grams, least: f32, most: usize) -> Vec<(u32, f32)> {
        self.candidates(grams, most)
            .into_iter()
            .filter_map(|id| self.texts.get(&id).map(|other| (id, grams.jaccard(other))))
            .filter(|&(_, alike)| alike >= least)
            .collect()
    }
}
