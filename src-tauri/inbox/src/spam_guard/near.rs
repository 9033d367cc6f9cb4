//! The near-duplicate index: which of the texts kept here may be alike, without comparing all of them.

use super::text::{BANDS, Grams};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// A bucket that is fuller than this holds a phrase that everybody writes; its newest texts are enough.
const FULL: usize = 512;

/// What is asked for is a hash already, or a number that counts up; nobody outside can choose it.
#[derive(Debug, Clone, Copy, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        let mixed = (self.0.rotate_left(32) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

type Map<K, V> = HashMap<K, V, BuildHasherDefault<Spread>>;

/// Texts by number. Insertion is O(1), a query looks at 16 buckets.
#[derive(Debug, Clone, Default)]
pub struct Index {
    buckets: Map<(u8, u32), Vec<u32>>,
    texts: Map<u32, Grams>,
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

    /// Those that share a bucket, those first that share most, then the newest; each once, at most `most`.
    pub fn candidates(&self, grams: &Grams, most: usize) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::with_capacity(4 * BANDS);
        for (band, &key) in grams.bands.iter().enumerate() {
            if let Some(bucket) = self.buckets.get(&(band as u8, key)) {
                found.extend(bucket.iter().rev().take(FULL));
            }
        }
        found.sort_unstable();
        let mut ranked: Vec<(usize, u32)> = found
            .chunk_by(|one, other| one == other)
            .map(|same| (same.len(), same[0]))
            .collect();
        if ranked.len() > most {
            ranked.select_nth_unstable_by(most, |one, other| other.cmp(one));
            ranked.truncate(most);
        }
        ranked.sort_unstable_by(|one, other| other.cmp(one));
        ranked.into_iter().map(|(_, id)| id).collect()
    }

    /// Those whose 4-grams are at least `least` alike (Jaccard), with how much, among the candidates.
    pub fn near(&self, grams: &Grams, least: f32, most: usize) -> Vec<(u32, f32)> {
        self.candidates(grams, most)
            .into_iter()
            .filter_map(|id| {
                let other = self.texts.get(&id)?;
                let far = grams.is_too_far_off(other, least);
                (!far).then(|| (id, grams.jaccard(other)))
            })
            .filter(|&(_, alike)| alike >= least)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_is_found_and_what_was_removed_is_not() {
        let words = [
            "lamp", "shelf", "table", "chair", "scarf", "ladder", "drawer", "mirror", "candle",
            "basket",
        ];
        let text = |n: usize| {
            format!(
                "the {} by the {} for {} and {}",
                words[n % 10],
                words[n / 10 % 10],
                words[n * 7 % 10],
                n * 7919
            )
        };
        let mut index = Index::default();
        for n in 0..500 {
            index.insert(n as u32, Grams::of(&text(n)));
        }
        for n in 0..500 {
            let asked = Grams::of(&text(n).replace("the ", "a "));
            let found = index.near(&asked, 0.4, 64);
            assert!(found.iter().any(|(id, _)| *id == n as u32), "{n}");
        }
        index.remove(7);
        assert!(index.near(&Grams::of(&text(7)), 0.9, 64).is_empty());
        assert_eq!(index.len(), 499);
    }
}
