//! P17: the near-duplicate index of the guard, beside the crate gaoya with as many hashes in the same bands, and beside
//! every text compared with every other; how much of what is alike was found, and how much of what was found is alike.

use std::{collections::HashSet, time::Instant};

use gaoya::{
    minhash::{MinHashIndex, MinHasher, MinHasher32},
    text::shingle_text,
};
use inbox::spam_guard::{Grams, Index};
use support::{generate::Words, random::Random};

use crate::measure::{Better, each, median, ms, per_second, take_turns};

const TEXTS: usize = 10_000;
/// Texts that were made of one another: what a shop writes to a few dozen people.
const FAMILY: usize = 30;
/// As `spam_guard` asks.
const ALIKE: f32 = 0.5;
const MOST: usize = 64;
/// As `spam_guard::Grams` has them: 16 bands of 2.
const SAME: (usize, usize) = (16, 2);
/// What gaoya's own page proposes.
const PROPOSED: (usize, usize) = (42, 3);

pub fn run(quick: bool, rounds: usize) {
    let texts = if quick { TEXTS / 5 } else { TEXTS };
    let kept = corpus(texts, 1);
    let asked: Vec<String> = corpus(texts, 2).into_iter().step_by(5).collect();
    let chars: usize = kept.iter().map(|text| text.chars().count()).sum();
    println!(
        "{texts} texts of {} characters, {} questions; alike from a Jaccard of {ALIKE} of 4-grams",
        chars / texts,
        asked.len()
    );
    index_speed(&kept, rounds);
    query_speed(&kept, &asked, rounds);
    growth(&kept, &asked);
    quality(&kept, &asked);
}

/// Half of them rewordings of one another, the other half on their own. Another `seed` makes other rewordings of the
/// same families.
fn corpus(texts: usize, seed: u64) -> Vec<String> {
    let words = Words::new();
    let mut bases = Random::new(99);
    let families = texts / 2 / FAMILY;
    let bases: Vec<Vec<String>> = (0..families)
        .map(|customer| split(&long(&words, customer, &mut bases)))
        .collect();
    let mut random = Random::new(seed);
    let mut all: Vec<String> = (0..texts)
        .map(|n| match bases.get(n / FAMILY) {
            Some(base) => reworded(base, &words, &mut random),
            None => long(&words, n, &mut random),
        })
        .collect();
    random.shuffle(&mut all);
    all
}

/// Lower case, as the guard folds them; long enough to have something in common.
fn long(words: &Words, customer: usize, random: &mut Random) -> String {
    let mut text = words.text(customer, random).to_lowercase();
    while text.chars().count() < 60 {
        text.push(' ');
        text.push_str(&words.text(customer, random).to_lowercase());
    }
    text.chars().take(300).collect()
}

fn split(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// From an exact copy to one in which every third word is another.
fn reworded(base: &[String], words: &Words, random: &mut Random) -> String {
    let share = random.unit() / 3.0;
    let word = |word: &String, random: &mut Random| {
        if random.chance(share) {
            words.german(random.below(5_000)).to_lowercase()
        } else {
            word.clone()
        }
    };
    let words: Vec<String> = base.iter().map(|each| word(each, random)).collect();
    words.join(" ")
}

fn indexed(texts: &[String]) -> Index {
    let mut index = Index::default();
    for (id, text) in texts.iter().enumerate() {
        index.insert(id as u32, Grams::of(text));
    }
    index
}

struct Gaoya<H> {
    hasher: H,
    index: MinHashIndex<u32, u32>,
}

fn gaoya(
    texts: &[String],
    (bands, width): (usize, usize),
) -> Gaoya<impl MinHasher<V = u32> + use<>> {
    let mut gaoya = Gaoya {
        hasher: MinHasher32::new(bands * width),
        index: MinHashIndex::new(bands, width, f64::from(ALIKE)),
    };
    for (id, text) in texts.iter().enumerate() {
        gaoya.index.insert(id as u32, gaoya.signature(text));
    }
    gaoya
}

impl<H: MinHasher<V = u32>> Gaoya<H> {
    fn signature(&self, text: &str) -> Vec<u32> {
        self.hasher.create_signature(shingle_text(text, 4))
    }

    fn near(&self, text: &str) -> HashSet<u32> {
        self.index.query_owned(&self.signature(text))
    }
}

/// One pass over the 4-grams of all texts: nothing that looks at them can be faster.
fn hashed(texts: &[String]) -> u64 {
    let mut sum = 0_u64;
    for text in texts {
        let chars: Vec<u32> = text.chars().map(u32::from).collect();
        for gram in chars.windows(4) {
            let mut hash = 0xcbf2_9ce4_8422_2325_u64;
            for &c in gram {
                hash = (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
            }
            sum = sum.wrapping_add(hash);
        }
    }
    std::hint::black_box(sum)
}

fn index_speed(kept: &[String], rounds: usize) {
    let speed = |work: &dyn Fn()| {
        let begun = Instant::now();
        work();
        per_second(kept.len(), begun.elapsed())
    };
    let ours = || {
        speed(&|| {
            std::hint::black_box(indexed(kept));
        })
    };
    let theirs = |shape| {
        move || {
            speed(&|| {
                std::hint::black_box(gaoya(kept, shape).index.size());
            })
        }
    };
    let same = take_turns(
        rounds,
        None,
        Box::new(ours),
        vec![("gaoya 16 x 2", Box::new(theirs(SAME)))],
    );
    same.print("P17 index, texts per second", "/s", Better::More, Some(1.5));
    let others = take_turns(
        rounds,
        None,
        Box::new(ours),
        vec![("gaoya 42 x 3", Box::new(theirs(PROPOSED)))],
    );
    others.print("    the same", "/s", Better::More, None);
    let floor = take_turns(
        rounds,
        None,
        Box::new(ours),
        vec![(
            "hashing alone",
            Box::new(|| {
                speed(&|| {
                    hashed(kept);
                })
            }),
        )],
    );
    floor.print("    the same", "/s", Better::More, None);
}

fn query_speed(kept: &[String], asked: &[String], rounds: usize) {
    let index = indexed(kept);
    let (same, proposed) = (gaoya(kept, SAME), gaoya(kept, PROPOSED));
    let speed = |find: &dyn Fn(&str) -> usize| {
        let begun = Instant::now();
        let found: usize = asked.iter().map(|text| find(text)).sum();
        std::hint::black_box(found);
        per_second(asked.len(), begun.elapsed())
    };
    let ours = || speed(&|text| index.near(&Grams::of(text), ALIKE, MOST).len());
    for (name, other, goal) in [
        ("gaoya 16 x 2", &same, Some(1.0)),
        ("gaoya 42 x 3", &proposed, None),
    ] {
        let theirs = || speed(&|text| other.near(text).len());
        let taken = take_turns(rounds, None, Box::new(ours), vec![(name, Box::new(theirs))]);
        taken.print("P17 question, texts per second", "/s", Better::More, goal);
    }
}

/// What a text and a question cost with ten times as many texts in the index.
fn growth(kept: &[String], asked: &[String]) {
    let cost = |texts: &[String]| {
        let mut index = indexed(texts);
        let (half, _) = asked.split_at(asked.len().min(500));
        let question = each(half.len(), |n| {
            std::hint::black_box(index.near(&Grams::of(&half[n]), ALIKE, MOST).len());
        });
        let insert = each(half.len(), |n| {
            index.insert((texts.len() + n) as u32, Grams::of(&half[n]));
        });
        (median(&question), median(&insert))
    };
    let (few, many) = (cost(&kept[..kept.len() / 10]), cost(kept));
    println!(
        "    ten times the texts: a question {:.4} ms, then {:.4} (ratio {:.2}); an insertion {:.4} ms, then {:.4} (ratio {:.2})",
        few.0,
        many.0,
        many.0 / few.0,
        few.1,
        many.1,
        many.1 / few.1
    );
}

/// The 4-grams themselves, each as one number, sorted: what "exact" means.
fn exact(text: &str) -> Vec<u128> {
    let chars: Vec<u128> = text.chars().map(|c| u128::from(u32::from(c))).collect();
    let mut grams: Vec<u128> = chars
        .windows(4)
        .map(|four| four.iter().fold(0, |all, c| all << 21 | c))
        .collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

fn jaccard(one: &[u128], other: &[u128]) -> f32 {
    let (mut at, mut to, mut both) = (0, 0, 0_usize);
    while at < one.len() && to < other.len() {
        match one[at].cmp(&other[to]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => to += 1,
            std::cmp::Ordering::Equal => (at, to, both) = (at + 1, to + 1, both + 1),
        }
    }
    let all = one.len() + other.len() - both;
    if all == 0 {
        0.0
    } else {
        both as f32 / all as f32
    }
}

fn quality(kept: &[String], asked: &[String]) {
    let begun = Instant::now();
    let sets: Vec<Vec<u128>> = kept.iter().map(|text| exact(text)).collect();
    let truth: Vec<HashSet<u32>> = asked
        .iter()
        .map(|text| {
            let asked = exact(text);
            let alike = |(id, set): (usize, &Vec<u128>)| {
                (jaccard(&asked, set) >= ALIKE).then_some(id as u32)
            };
            sets.iter().enumerate().filter_map(alike).collect()
        })
        .collect();
    let brute = ms(begun.elapsed()) / asked.len() as f64;
    let pairs: usize = truth.iter().map(HashSet::len).sum();
    let most = truth.iter().map(HashSet::len).max().unwrap_or(0);
    println!(
        "    every text with every other: {brute:.3} ms a question, {pairs} pairs are alike, at most {most} for one"
    );
    let index = indexed(kept);
    let ours = |text: &str| {
        let near = index.near(&Grams::of(text), ALIKE, MOST);
        near.into_iter().map(|(id, _)| id).collect()
    };
    let same = gaoya(kept, SAME);
    let proposed = gaoya(kept, PROPOSED);
    report("ours", asked, &truth, ours, true);
    report("gaoya 16 x 2", asked, &truth, |text| same.near(text), false);
    report(
        "gaoya 42 x 3",
        asked,
        &truth,
        |text| proposed.near(text),
        false,
    );
}

fn report(
    name: &str,
    asked: &[String],
    truth: &[HashSet<u32>],
    find: impl Fn(&str) -> HashSet<u32>,
    held: bool,
) {
    let (mut found, mut right, mut there) = (0, 0, 0);
    // A crowd is missed only if none of its texts is found.
    let (mut crowds, mut met) = (0, 0);
    for (text, truth) in asked.iter().zip(truth) {
        let got = find(text);
        let both = got.intersection(truth).count();
        (found, right, there) = (found + got.len(), right + both, there + truth.len());
        crowds += usize::from(!truth.is_empty());
        met += usize::from(both > 0);
    }
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    let (recall, precision) = (share(right, there), share(right, found));
    let verdict = match (held, recall >= 0.98 && precision >= 0.95) {
        (false, _) => "",
        (true, true) => ", goal ≥ 0.98 and ≥ 0.95: met",
        (true, false) => ", goal ≥ 0.98 and ≥ 0.95: MISSED",
    };
    println!(
        "    {name:13} recall {recall:.4}, precision {precision:.4}; questions with anything alike that found some of it {:.4}{verdict}",
        share(met, crowds)
    );
}
