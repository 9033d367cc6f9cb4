//! The consent ledger with a million entries: verifying all of it beside bare SHA-256 of the same bytes, and what the
//! policy asks before each send beside the same question in a small one.

use std::time::Instant;

use inbox::{consent::Gate, ledger};
use sha2::{Digest, Sha256};
use store::Store;
use support::{consent::fill, counter::phone, generate::END, random::Random, scratch};

use crate::measure::{Better, take_turns};

/// So many entries about each person.
const EACH: usize = 20;
const LOOK_UPS: usize = 2_000;
const SMALL: usize = 10_000;

pub fn run(folder: &dyn Fn() -> tempfile::TempDir, quick: bool, rounds: usize) {
    let (small_dir, large_dir) = (folder(), folder());
    let large_size = if quick { 100_000 } else { 1_000_000 };
    let small = made(small_dir.path(), SMALL);
    let large = made(large_dir.path(), large_size);
    let hashed = hashed(&large);
    let bytes: usize = hashed.iter().map(Vec::len).sum();
    println!("{} bytes are hashed for {large_size} entries", bytes);
    take_turns(
        rounds,
        None,
        Box::new(|| {
            let begun = Instant::now();
            let check = ledger::check(&large, true, END).expect("a ledger that can be read");
            assert_eq!((check.entries, check.broken.len()), (large_size as i64, 0));
            begun.elapsed().as_secs_f64()
        }),
        vec![(
            "bare SHA-256",
            Box::new(|| {
                let begun = Instant::now();
                let mut last = [0; 32];
                for bytes in &hashed {
                    last = Sha256::digest(bytes).into();
                }
                assert_ne!(last, [0; 32]);
                begun.elapsed().as_secs_f64()
            }),
        )],
    )
    .print(
        &format!("verifying a ledger of {large_size}"),
        "s",
        Better::Less,
        None,
    );
    take_turns(
        rounds,
        None,
        Box::new(|| look_ups(&large, large_size / EACH)),
        vec![("small ledger", Box::new(|| look_ups(&small, SMALL / EACH)))],
    )
    .print(
        &format!("gate look-up among {large_size}"),
        "us",
        Better::Less,
        None,
    );
}

fn made(dir: &std::path::Path, entries: usize) -> Store {
    let begun = Instant::now();
    let store = scratch::store(dir, END);
    let people: Vec<_> = (0..entries / EACH)
        .map(|n| phone(&format!("4930{n:09}")))
        .collect();
    fill(&store, &people, entries, END - 400 * 86_400_000).expect("a ledger of that size");
    let took = begun.elapsed().as_secs_f64();
    println!("made a ledger of {entries} entries in {took:.1} s");
    store
}

/// Microseconds for what the policy asks of one customer, on average.
fn look_ups(store: &Store, people: usize) -> f64 {
    let mut random = Random::new(7);
    let begun = Instant::now();
    for _ in 0..LOOK_UPS {
        let customer = 1 + random.below(people) as i64;
        let gate = store.read(|db| Gate::of(db, customer)).expect("a gate");
        assert_eq!(gate.template("MARKETING"), None);
    }
    begun.elapsed().as_secs_f64() * 1e6 / LOOK_UPS as f64
}

/// Everything that verifying has to hash, in memory.
fn hashed(store: &Store) -> Vec<Vec<u8>> {
    let found = store.read(|db| {
        let mut all = Vec::new();
        for device in store::ledger::devices(db)? {
            store::ledger::walk(db, &device, 0, |walked| {
                let entry = &walked.entry;
                let mark: &[u8] = b"guichet-ledger-1";
                all.push(
                    [
                        mark,
                        &entry.prev,
                        &entry.commitment,
                        entry.public.as_bytes(),
                    ]
                    .concat(),
                );
                if let Some(part) = &walked.personal {
                    all.push([&part.salt[..], part.personal.as_bytes()].concat());
                }
                Ok(true)
            })?;
        }
        Ok(all)
    });
    found.expect("a ledger that can be read")
}
