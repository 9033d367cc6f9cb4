//! Facts in any order, any number of times, give the same store.
//!
//! The most important test of the repository: duplicate webhooks, late statuses, a laptop that slept and
//! two laptops that wrote at once are all this one property.

mod any;
mod entries;
mod erasing;

use any::fact;
use inbox::fact::Fact;
use proptest::{
    prelude::*,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use store::{Store, StoreKey, canonical_dump, check_search};

/// A second in the middle of nowhere; facts lie around it.
const EPOCH: i64 = 1_900_000_000_000;

#[test]
fn any_order_and_any_repetition_give_the_same_store() {
    for_all(300, &stream(), |(once, shuffled, chunk)| {
        let (straight, mixed) = (dump(&once, 1), dump(&shuffled, chunk));
        prop_assert!(straight == mixed, "{}", difference(&straight, &mixed));
        Ok(())
    });
}

fn stream() -> impl Strategy<Value = (Vec<Fact>, Vec<Fact>, usize)> {
    proptest::collection::vec(fact(), 1..40).prop_flat_map(|facts| {
        let n = facts.len();
        let extra = proptest::collection::vec(0..n, 0..n);
        (
            Just(facts.clone()),
            extra
                .prop_map(move |again| {
                    let mut twice = facts.clone();
                    twice.extend(again.into_iter().map(|i| facts[i].clone()));
                    twice
                })
                .prop_shuffle(),
            1usize..8,
        )
    })
}

/// Runs a property over so many streams: the same ones each time, unless another seed is asked for.
fn for_all<S: Strategy>(
    usual: u32,
    streams: &S,
    property: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let config = ProptestConfig {
        cases: setting("GUICHET_CASES", usual),
        max_shrink_iters: 1_500,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&setting("GUICHET_SEED", 1).to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    if let Err(found) = TestRunner::new_with_rng(config, rng).run(streams, property) {
        panic!("{found}");
    }
}

/// `GUICHET_CASES=5000 GUICHET_SEED=2` for a longer search elsewhere.
fn setting(name: &str, usual: u32) -> u32 {
    std::env::var(name)
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(usual)
}

fn dump(facts: &[Fact], chunk: usize) -> String {
    let dir = scratch();
    let store = Store::open(dir.path(), &StoreKey::from_bytes([7; 32]), EPOCH).unwrap();
    for some in facts.chunks(chunk) {
        inbox::apply(&store, some).unwrap();
    }
    store
        .write(check_search)
        .expect("the search indexes say what the tables say");
    store.read(canonical_dump).unwrap()
}

/// In memory where there is such a place: this test is about order, not about the disk.
fn scratch() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

fn difference(straight: &str, mixed: &str) -> String {
    let only = |a: &str, b: &str, mark: char| {
        a.lines()
            .filter(|line| !b.lines().any(|other| other == *line))
            .map(|line| format!("{mark} {line}\n"))
            .collect::<String>()
    };
    only(straight, mixed, '-') + &only(mixed, straight, '+')
}
