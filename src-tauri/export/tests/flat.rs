//! Memory while a hundred thousand acts are written: that of one of them. Alone in its process, so that nothing else
//! is measured.
#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop here"
)]

mod shared;

use export::{Language, TableFile, TableFormat};
use shared::{about, granted, seal};

/// The highest the process ever stood, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux says so");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .expect("VmHWM");
    line.split_whitespace()
        .nth(1)
        .and_then(|kib| kib.parse().ok())
        .expect("a figure")
}

#[test]
fn a_hundred_thousand_acts_take_the_room_of_one() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in [TableFormat::CsvSemicolon, TableFormat::Xlsx] {
        let mut file = TableFile::begin(&folder.path().join("list"), format, about(Language::De))
            .expect("a file is begun");
        let mut rows = |n: i64| {
            for seq in 0..n {
                let mut row = granted();
                row.seq = seq;
                file.row(&row).expect("a row is taken");
            }
        };
        rows(1_000);
        let before = peak();
        rows(99_000);
        let grown = peak() - before;
        assert!(grown < 8 * 1_024, "{format:?}: {grown} KiB more");
        file.finish(&seal()).expect("finished");
    }
}
