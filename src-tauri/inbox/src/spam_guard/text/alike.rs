//! How alike two texts are: by their letters, their words, what they are about, and what they mean in any language.

use super::Reading;
use super::grams::Sought;

/// Where the ids of meanings begin that count half.
pub(super) const LITTLE: u64 = 1 << 16;

fn worth(meaning: u64) -> f32 {
    if (LITTLE..2 * LITTLE).contains(&meaning) {
        0.5
    } else {
        1.0
    }
}

impl Reading {
    /// How alike two texts are, 0 to 1: 4-grams, words of the shorter, or meaning.
    pub fn similarity(&self, other: &Self) -> f32 {
        let letters = self.grams.jaccard(&other.grams);
        letters.max(self.alike_in_words(other))
    }

    /// Apart from the 4-grams.
    fn alike_in_words(&self, other: &Self) -> f32 {
        let shorter = self.numbered.len().min(other.numbered.len());
        let words = if shorter >= 4 {
            common(&self.numbered, &other.numbered) as f32 / shorter as f32
        } else {
            0.0
        };
        (0.75 * words)
            .max(self.alike_in_subjects(other))
            .max(self.alike_in_meaning(other))
    }

    /// At least three common subjects, which are most of the shorter: sentences that were turned round.
    fn alike_in_subjects(&self, other: &Self) -> f32 {
        let (one, two) = (&self.begins, &other.begins);
        let shared = common(one, two);
        let fewer = one.len().min(two.len());
        if shared >= 3 && shared * 5 >= fewer * 3 {
            0.5 + 0.1 * shared as f32 / one.len().max(two.len()) as f32
        } else {
            0.0
        }
    }

    /// At least three common meanings, two of them telling, which are most of what the one says and at least half of
    /// what the other says; then over the threshold, else 0.
    fn alike_in_meaning(&self, other: &Self) -> f32 {
        let weight = |meanings: &[u64]| -> f32 { meanings.iter().map(|&id| worth(id)).sum() };
        let (mut telling, mut shared) = (0, 0.0);
        for &id in &self.meanings {
            if other.meanings.binary_search(&id).is_ok() {
                telling += u32::from(worth(id) == 1.0);
                shared += worth(id);
            }
        }
        if telling < 2 {
            return 0.0;
        }
        let (one, two) = (weight(&self.meanings), weight(&other.meanings));
        if shared >= 2.5 && shared >= 0.6 * one.min(two) && shared >= 0.5 * one.max(two) {
            0.5 + 0.2 * shared / one.max(two)
        } else {
            0.0
        }
    }
}

/// Of two sorted lists.
fn common(one: &[u64], other: &[u64]) -> usize {
    let (mut at, mut to, mut both) = (0, 0, 0);
    // Which of the two is the lesser no processor can guess, so nothing branches on it.
    while at < one.len() && to < other.len() {
        let (a, b) = (one[at], other[to]);
        both += usize::from(a == b);
        at += usize::from(a <= b);
        to += usize::from(b <= a);
    }
    both
}

/// Words as numbers, sorted, each once. Two words of one text have the same about once in 10^17 texts.
pub(super) fn numbered<'a>(words: impl Iterator<Item = &'a str>) -> Vec<u64> {
    let mut numbers: Vec<u64> = words.map(number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn number(word: &str) -> u64 {
    // FNV-1a, and the finaliser of MurmurHash3.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in word.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ hash >> 33
}

/// One text that many others are compared with.
pub(in super::super) struct Compared<'a> {
    reading: &'a Reading,
    grams: Sought<'a>,
}

impl<'a> Compared<'a> {
    pub fn new(reading: &'a Reading) -> Self {
        Self {
            reading,
            grams: Sought::new(&reading.grams),
        }
    }

    /// As [`Reading::similarity`]; `None`: it is less than `least`.
    pub fn with(&self, other: &Reading, least: f32) -> Option<f32> {
        let words = self.reading.alike_in_words(other);
        let letters = match self
            .reading
            .grams
            .is_too_far_off(&other.grams, least.max(words))
        {
            true => 0.0,
            false => self.grams.jaccard(&other.grams),
        };
        Some(letters.max(words)).filter(|alike| *alike >= least)
    }
}
