//! The near-duplicate index: which of the texts kept here may be alike, without comparing all of them.

use super::text::{BANDS, Grams, Sought};
use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
};

/// A bucket that is fuller than this holds a phrase that everybody writes; its newest texts are enough.
const FULL: usize = 512;

/// What is asked for is a hash already, or a number that counts up; nobody outside can choose it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spread(u64);

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

pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Spread>>;
pub(super) type Set<K> = HashSet<K, BuildHasherDefault<Spread>>;

/// Most buckets hold one text, and need no list then.
#[derive(Debug, Clone)]
enum Bucket {
    One(u32),
    /// In the order in which they came.
    Many(Vec<u32>),
}

impl Bucket {
    fn ids(&self) -> &[u32] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Many(ids) => ids,
        }
    }

    fn push(&mut self, id: u32) {
        match self {
            Self::One(first) => *self = Self::Many(vec![*first, id]),
            Self::Many(ids) => ids.push(id),
        }
    }

    /// Whether anything is left.
    fn remove(&mut self, id: u32) -> bool {
        match self {
            Self::One(only) => *only != id,
            Self::Many(ids) => {
                ids.retain(|other| *other != id);
                !ids.is_empty()
            }
        }
    }
}

/// Texts by number. Insertion is O(1), a query looks at 16 buckets.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// One map per band.
    buckets: [Map<u32, Bucket>; BANDS],
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
        for (buckets, &key) in self.buckets.iter_mut().zip(&grams.bands) {
            buckets
                .entry(key)
                .and_modify(|bucket| bucket.push(id))
                .or_insert(Bucket::One(id));
        }
        self.texts.insert(id, grams);
    }

    pub fn remove(&mut self, id: u32) {
        let Some(grams) = self.texts.remove(&id) else {
            return;
        };
        for (buckets, &key) in self.buckets.iter_mut().zip(&grams.bands) {
            if let Some(bucket) = buckets.get_mut(&key)
                && !bucket.remove(id)
            {
                buckets.remove(&key);
            }
        }
    }

    /// Those that share a bucket, those first that share most, then the newest; each once, at most `most`.
    pub fn candidates(&self, grams: &Grams, most: usize) -> Vec<u32> {
        let mut found: [&[u32]; BANDS] = [&[]; BANDS];
        for ((found, buckets), key) in found.iter_mut().zip(&self.buckets).zip(&grams.bands) {
            if let Some(bucket) = buckets.get(key) {
                let ids = bucket.ids();
                *found = &ids[ids.len().saturating_sub(FULL)..];
            }
        }
        let mut counts = Counts::of_most(found.iter().map(|ids| ids.len()).sum());
        for &id in found.into_iter().flatten() {
            counts.add(id);
        }
        let mut ranked = counts.all();
        if ranked.len() > most {
            ranked.select_nth_unstable_by(most, |one, other| other.cmp(one));
            ranked.truncate(most);
        }
        ranked.sort_unstable_by(|one, other| other.cmp(one));
        ranked.into_iter().map(|(_, id)| id).collect()
    }

    /// Those whose 4-grams are at least `least` alike (Jaccard), with how much, among the candidates.
    pub fn near(&self, grams: &Grams, least: f32, most: usize) -> Vec<(u32, f32)> {
        let sought = Sought::new(grams);
        let hopeless = hopeless(least);
        self.candidates(grams, most)
            .into_iter()
            .filter_map(|id| {
                let other = self.texts.get(&id)?;
                let far =
                    grams.is_too_far_off(other, least) || grams.common_hashes(other) < hopeless;
                (!far).then(|| (id, sought.jaccard(other)))
            })
            .filter(|&(_, alike)| alike >= least)
            .collect()
    }
}

/// Of texts that are `least` alike only one pair in some thousands has fewer of the 32 hashes in common: 3.5 standard
/// deviations below what is to be expected.
fn hopeless(least: f32) -> usize {
    let all = 2.0 * BANDS as f32;
    let expected = all * least;
    (expected - 3.5 * (expected * (1.0 - least)).max(0.0).sqrt()).max(0.0) as usize
}

/// How often each number was added.
struct Counts {
    places: Vec<(u32, u32)>,
    mask: usize,
    used: Vec<u32>,
}

impl Counts {
    fn of_most(most: usize) -> Self {
        let places = (2 * most).next_power_of_two();
        Self {
            places: vec![(0, 0); places],
            mask: places - 1,
            used: Vec::with_capacity(most),
        }
    }

    fn add(&mut self, id: u32) {
        let mut at = (id.wrapping_mul(0x9e37_79b9) >> 8) as usize & self.mask;
        loop {
            let (count, of) = &mut self.places[at];
            if *count == 0 {
                (*count, *of) = (1, id);
                self.used.push(at as u32);
                return;
            }
            if *of == id {
                *count += 1;
                return;
            }
            at = (at + 1) & self.mask;
        }
    }

    fn all(&self) -> Vec<(u32, u32)> {
        self.used
            .iter()
            .map(|&at| self.places[at as usize])
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
