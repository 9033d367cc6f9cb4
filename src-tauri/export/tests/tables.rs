//! Tables of acts: what stands in the files, and that a spreadsheet can only show it.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop here"
)]

mod shared;

use std::{fs, io::Read, path::Path};

use export::{
    Language, LinesFile, ShopifyConsent, ShopifyFile, ShopifyRow, TableFile, TableFormat, Written,
};
use shared::{NOW, about, granted, hostile, names, seal};

fn written(target: &Path, format: TableFormat, language: Language) -> Written {
    let mut file = TableFile::begin(target, format, about(language)).expect("a file is begun");
    for row in [granted(), hostile()] {
        file.row(&row).expect("a row is taken");
    }
    let written = file.finish(&seal()).expect("the file is finished");
    // `GUICHET_PAPERS=FOLDER` keeps it, to be opened in a spreadsheet.
    if let Some(folder) = std::env::var_os("GUICHET_PAPERS") {
        let name = format!("{format:?}.{}", language.tag());
        fs::copy(target, Path::new(&folder).join(name)).expect("the file is kept");
    }
    written
}

/// Compares with `tests/golden/NAME`; `UPDATE_GOLDEN=1` writes it.
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).expect("the golden file is written");
    }
    let kept = fs::read_to_string(&path).expect("the golden file");
    assert_eq!(text, kept, "{name}");
}

#[test]
fn a_csv_is_what_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, format, language) in [
        ("consents.de.csv", TableFormat::CsvSemicolon, Language::De),
        (
            "consents.pt-BR.csv",
            TableFormat::CsvSemicolon,
            Language::PtBr,
        ),
        ("consents.en.csv", TableFormat::CsvComma, Language::En),
    ] {
        let target = folder.path().join(name);
        let about = written(&target, format, language);
        let text = fs::read_to_string(&target).expect("UTF-8");
        assert!(text.starts_with('\u{feff}'), "Excel sees UTF-8 by its mark");
        assert_eq!((about.rows, about.bytes), (2, text.len() as u64));
        golden(name, &text);
    }
}

#[test]
fn no_cell_of_a_csv_begins_a_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("a.csv");
    written(&target, TableFormat::CsvComma, Language::En);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(&target)
        .expect("a CSV");
    for record in reader.records() {
        for cell in &record.expect("a record") {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell}"
            );
        }
    }
}

fn part(target: &Path, name: &str) -> String {
    let file = fs::File::open(target).expect("the workbook");
    let mut archive = zip::ZipArchive::new(file).expect("an archive");
    let mut text = String::new();
    archive
        .by_name(name)
        .expect(name)
        .read_to_string(&mut text)
        .expect("UTF-8");
    text
}

#[test]
fn a_workbook_has_dates_and_filters_and_no_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("a.xlsx");
    written(&target, TableFormat::Xlsx, Language::De);
    let sheet = part(&target, "xl/worksheets/sheet1.xml");
    assert!(
        !sheet.contains("<f>") && !sheet.contains("<f "),
        "a formula"
    );
    // The act of the first row: 30 days before 2026-11-22 10:46, in UTC and in the shop.
    assert!(
        sheet.contains("<c r=\"T2\" s=\"2\"><v>46318.4486111111</v></c>"),
        "{sheet}"
    );
    assert!(sheet.contains("<c r=\"U2\" s=\"2\"><v>46318.4902777778</v></c>"));
    assert!(sheet.contains("<autoFilter ref=\"A1:AS3\"/>"));
    assert!(sheet.contains("state=\"frozen\""));
    // A number of a phone, and a name that is a formula, are text and stay text.
    assert!(sheet.contains(
        "<c r=\"F2\" s=\"3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">+4915123456789</t>"
    ));
    assert!(sheet.contains("s=\"3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=HYPERLINK("));
    assert!(sheet.contains("&lt;f&gt;1+1&lt;/f&gt; &amp; _x0007_"));
    let seal = part(&target, "xl/worksheets/sheet2.xml");
    assert!(seal.contains("9b1c4d7e0f2a3b5c"));
    assert!(part(&target, "xl/workbook.xml").contains("<sheet name=\"Einwilligungen\""));
}

#[test]
fn the_same_rows_make_the_same_file() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in [TableFormat::CsvSemicolon, TableFormat::Xlsx] {
        let one = written(&folder.path().join("one"), format, Language::De);
        let two = written(&folder.path().join("two"), format, Language::De);
        assert_eq!(one, two);
    }
}

#[test]
fn lines_stand_as_they_were_given() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("chain.jsonl");
    let mut file = LinesFile::begin(&target).expect("a file is begun");
    for line in [
        "{\"format\":\"guichet-ledger\"}",
        "{\"public\":\"é\"}",
        "{\"count\":1}",
    ] {
        file.line(line).expect("a line is taken");
    }
    assert_eq!(file.finish().expect("finished").rows, 3);
    let text = fs::read_to_string(&target).expect("UTF-8");
    assert_eq!(
        text,
        "{\"format\":\"guichet-ledger\"}\n{\"public\":\"é\"}\n{\"count\":1}\n"
    );
}

#[test]
fn shopify_gets_the_last_state_of_each_person() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("shopify.csv");
    let mut file = ShopifyFile::begin(&target).expect("a file is begun");
    for (name, phone, username, consent) in [
        ("Mehmet", "+4915123456789", "", ShopifyConsent::Confirmed),
        ("Ana", "+5511987654321", "", ShopifyConsent::Single),
        ("=1+1", "+491701112223", "", ShopifyConsent::Unsubscribed),
        ("", "", "@ada", ShopifyConsent::Pending),
    ] {
        file.row(&ShopifyRow {
            first_name: name,
            phone_e164: phone,
            username,
            consent,
            updated_at: Some(NOW),
            location: "Laden",
            ..ShopifyRow::default()
        })
        .expect("a row is taken");
    }
    file.finish().expect("finished");
    golden("shopify.csv", &fs::read_to_string(&target).expect("UTF-8"));
}

#[test]
fn whoever_stops_on_the_way_leaves_nothing_and_keeps_what_was_there() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in [TableFormat::CsvSemicolon, TableFormat::Xlsx] {
        let target = folder.path().join("list");
        fs::write(&target, "the list of last week").expect("an older file");
        let mut file = TableFile::begin(&target, format, about(Language::De)).expect("begun");
        for _ in 0..5_000 {
            file.row(&granted()).expect("a row is taken");
        }
        assert_eq!(names(folder.path()).len(), 2, "written beside it");
        drop(file);
        assert_eq!(names(folder.path()), ["list"]);
        assert_eq!(
            fs::read_to_string(&target).expect("text"),
            "the list of last week"
        );
    }
}

#[test]
fn a_place_that_is_not_there_is_told_from_a_full_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("gone/list.csv");
    let error = TableFile::begin(&target, TableFormat::CsvComma, about(Language::En))
        .err()
        .expect("no such folder");
    assert!(!error.disk_full(), "{error}");
}
