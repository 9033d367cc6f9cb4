//! The workbook as LibreOffice understands it, where that is installed: a date is what a spreadsheet takes for one, and
//! no name is a formula.

#![allow(
    clippy::expect_used,
    reason = "a test that cannot go on should stop here"
)]

mod shared;

use export::{Language, TableFile, TableFormat};
use shared::{about, granted, hostile, seal};
use std::{fs, path::Path, process::Command};

/// The same as one XML text, in which every cell says of which kind it is. `None`: no LibreOffice here.
fn opened(file: &Path, folder: &Path) -> Option<String> {
    let profile = folder.join("profile");
    let done = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.display()
        ))
        .args(["--headless", "--convert-to", "fods", "--outdir"])
        .arg(folder)
        .arg(file)
        .output()
        .ok()?;
    assert!(done.status.success(), "{done:?}");
    Some(fs::read_to_string(file.with_extension("fods")).expect("what LibreOffice wrote"))
}

#[test]
fn libreoffice_finds_dates_and_no_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("list.xlsx");
    let mut file =
        TableFile::begin(&target, TableFormat::Xlsx, about(Language::De)).expect("begun");
    for row in [granted(), hostile()] {
        file.row(&row).expect("a row is taken");
    }
    file.finish(&seal()).expect("finished");
    let Some(flat) = opened(&target, folder.path()) else {
        println!("no LibreOffice here, nothing was opened");
        return;
    };
    assert!(!flat.contains("table:formula"), "a formula");
    // The act of the first row, in UTC and in the shop.
    for moment in ["2026-10-23T10:46:00", "2026-10-23T11:46:00"] {
        let cell = format!("office:value-type=\"date\" office:date-value=\"{moment}\"");
        assert!(flat.contains(&cell), "{moment} is no date");
    }
    // A phone number and what would be a link stay words.
    assert!(flat.contains("<text:p>+4915123456789</text:p>"));
    assert!(flat.contains("<text:p>=HYPERLINK("));
}
