//! A disk that becomes full in the middle. The limit is the one of the process on the size of a file, which fails a
//! write just as a full disk does; the shell sets it, so that nothing else here is touched.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop here"
)]

mod shared;

use std::{fs, path::PathBuf, process::Command};

use export::{ExportError, Language, LinesFile, TableFile, TableFormat};
use shared::{about, granted, names, seal};

const PLACE: &str = "GUICHET_TEST_FULL_DISK";

#[test]
fn a_full_disk_is_said_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("list"), "the list of last week").expect("an older file");
    let this = std::env::current_exe().expect("the path of this test");
    // 256 blocks of 512 bytes; the signal that would end the process is ignored, and stays ignored after exec.
    let done = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 256; exec \"$0\" --exact --ignored writes_until_it_is_full",
        ])
        .arg(this)
        .env(PLACE, folder.path())
        .output()
        .expect("a shell");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stdout)
    );
    assert_eq!(names(folder.path()), ["list"]);
    let kept = fs::read_to_string(folder.path().join("list")).expect("text");
    assert_eq!(kept, "the list of last week");
}

#[test]
#[ignore = "runs inside the test above"]
fn writes_until_it_is_full() {
    let Some(folder) = std::env::var_os(PLACE).map(PathBuf::from) else {
        return;
    };
    let target = folder.join("list");
    for format in [TableFormat::CsvSemicolon, TableFormat::Xlsx] {
        let error = table(&target, format).expect_err("the limit is reached");
        assert!(error.disk_full(), "{format:?}: {error}");
    }
    let error = lines(&target).expect_err("the limit is reached");
    assert!(error.disk_full(), "lines: {error}");
    let error =
        export::paper::write(&target, &vec![7; 1 << 20], 1).expect_err("the limit is reached");
    assert!(error.disk_full(), "paper: {error}");
}

fn table(target: &std::path::Path, format: TableFormat) -> Result<(), ExportError> {
    let mut file = TableFile::begin(target, format, about(Language::De))?;
    // Packed, a row of the same words takes a few bytes: each is another one.
    for seq in 0..20_000 {
        let id = format!(
            "{:x}",
            (seq as u128).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
        );
        let mut row = granted();
        row.seq = seq;
        row.row_hash = &id;
        file.row(&row)?;
    }
    file.finish(&seal()).map(drop)
}

fn lines(target: &std::path::Path) -> Result<(), ExportError> {
    let mut file = LinesFile::begin(target)?;
    for _ in 0..20_000 {
        file.line("{\"public\":\"{}\",\"commitment\":\"00\"}")?;
    }
    file.finish().map(drop)
}
