//! The only test of its process, as what it looks at happens once in each.

use std::{sync::Barrier, thread};
use store::{Store, StoreKey};

#[test]
fn the_first_stores_of_a_process_may_be_opened_at_the_same_moment() {
    const THREADS: usize = 8;
    let together = Barrier::new(THREADS);
    thread::scope(|scope| {
        let openings: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    let directory = tempfile::tempdir().unwrap();
                    together.wait();
                    Store::open(directory.path(), &StoreKey::from_bytes([7; 32]), 0).map(drop)
                })
            })
            .collect();
        for opening in openings {
            opening.join().unwrap().unwrap();
        }
    });
}
