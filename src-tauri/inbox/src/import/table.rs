//! Rows of a file somebody chose: a CSV in whatever encoding and with whatever separator it was written, or contacts.

use super::cards;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::collections::BTreeMap;

/// What separates cells, the likelier first: of equally good ones the first is taken.
const SEPARATORS: [u8; 4] = [b';', b',', b'\t', b'|'];
/// Rows a separator is judged by.
const JUDGED: usize = 30;
/// In a file without a byte order mark: so many of the first bytes say whether every other one is zero.
const LOOKED_AT: usize = 512;

/// A row and the line it begins on.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub line: i64,
    pub cells: Vec<String>,
}

/// A file that was read.
#[derive(Clone)]
pub(crate) enum Table {
    Csv {
        text: String,
        separator: u8,
    },
    /// Read once; what is in a card is more work to tell than a line.
    Cards(Vec<Row>),
}

impl Table {
    pub fn read(bytes: &[u8]) -> Self {
        let text = decoded(bytes);
        if cards::are_in(&text) {
            return Self::Cards(cards::rows(&text));
        }
        let separator = separator(&text);
        Self::Csv { text, separator }
    }

    /// As `view::ImportPreview::format` has it.
    pub fn format(&self) -> &'static str {
        match self {
            Self::Csv { .. } => "csv",
            Self::Cards(_) => "vcard",
        }
    }

    /// Every row that is not empty. What quotes leave open is read as it stands.
    pub fn rows(&self) -> Box<dyn Iterator<Item = Row> + '_> {
        match self {
            Self::Csv { text, separator } => Box::new(rows(text, *separator)),
            Self::Cards(rows) => Box::new(rows.iter().cloned()),
        }
    }
}

fn rows(text: &str, separator: u8) -> impl Iterator<Item = Row> + '_ {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    std::iter::from_fn(move || {
        loop {
            if !reader.read_record(&mut record).ok()? {
                return None;
            }
            let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            // Where it begins, told from where it ends: what the reader calls its place may be empty lines ahead.
            let end = reader.position();
            let behind = usize::try_from(end.byte()).unwrap_or(usize::MAX);
            let last = behind.checked_sub(1).and_then(|at| text.as_bytes().get(at));
            let within = record
                .iter()
                .map(|cell| cell.matches('\n').count())
                .sum::<usize>();
            let line = i64::try_from(end.line()).unwrap_or(i64::MAX)
                - i64::from(last == Some(&b'\n'))
                - i64::try_from(within).unwrap_or(0);
            return Some(Row { line, cells });
        }
    })
}

/// The separator by which most of the first rows have the same number of cells, and more than one.
fn separator(text: &str) -> u8 {
    let good = |separator: &u8| {
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for row in rows(text, *separator).take(JUDGED) {
            *widths.entry(row.cells.len()).or_default() += 1;
        }
        let wide = widths.into_iter().filter(|(width, _)| *width > 1);
        wide.map(|(width, rows)| rows * 100 + width)
            .max()
            .unwrap_or(0)
    };
    let mut best = (SEPARATORS[0], 0);
    for separator in SEPARATORS {
        let found = good(&separator);
        if found > best.1 {
            best = (separator, found);
        }
    }
    best.0
}

/// By its byte order mark; without one UTF-8 where it is that, UTF-16 where every other byte is zero, and else as
/// Windows writes in Western Europe and Brazil.
fn decoded(bytes: &[u8]) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((marked, _)) => marked,
        None => {
            let some = &bytes[..bytes.len().min(LOOKED_AT)];
            let zeros = |from: usize| {
                some.iter()
                    .skip(from)
                    .step_by(2)
                    .filter(|b| **b == 0)
                    .count()
            };
            let most = some.len() / 4;
            if most > 0 && zeros(1) > most {
                UTF_16LE
            } else if most > 0 && zeros(0) > most {
                UTF_16BE
            } else if std::str::from_utf8(bytes).is_ok() {
                UTF_8
            } else {
                WINDOWS_1252
            }
        }
    };
    let (text, ..) = encoding.decode(bytes);
    // Excel says first what separates.
    match text.strip_prefix("sep=") {
        Some(rest) => rest
            .split_once('\n')
            .map_or("", |(_, rest)| rest)
            .to_owned(),
        None => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_in_whatever_encoding_it_was_written() {
        let text = "Name;Telefon\nJörg Müller;0151 23456789\n";
        let utf16 = |swap: bool, mark: bool| {
            let mut bytes = Vec::new();
            let mark: &[u16] = if mark { &[0xfeff] } else { &[] };
            for unit in mark.iter().copied().chain(text.encode_utf16()) {
                bytes.extend(if swap {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                });
            }
            bytes
        };
        let (windows, ..) = WINDOWS_1252.encode(text);
        for (what, bytes) in [
            ("UTF-8", text.as_bytes().to_vec()),
            ("UTF-8 with a mark", format!("\u{feff}{text}").into_bytes()),
            ("Windows-1252", windows.into_owned()),
            ("UTF-16, little end first", utf16(false, true)),
            ("UTF-16, big end first", utf16(true, true)),
            ("UTF-16 without a mark", utf16(false, false)),
            (
                "Excel's first line",
                format!("sep=;\r\n{text}").into_bytes(),
            ),
        ] {
            let rows: Vec<Row> = Table::read(&bytes).rows().collect();
            assert_eq!(rows.len(), 2, "{what}");
            assert_eq!(rows[0].cells, ["Name", "Telefon"], "{what}");
            assert_eq!(rows[1].cells, ["Jörg Müller", "0151 23456789"], "{what}");
        }
    }

    #[test]
    fn cells_are_told_apart_by_what_separates_most_rows_alike() {
        for (text, cells) in [
            ("a;b\n1,5;2\n3,5;4\n", vec!["1,5", "2"]),
            ("a,b\n\"1;5\",2\n3,4\n", vec!["1;5", "2"]),
            ("a\tb\n1\t2, 3\n", vec!["1", "2, 3"]),
            ("a|b\n1|2\n", vec!["1", "2"]),
            ("0151 1\n0151 2\n", vec!["0151 2"]),
            ("a;b\n\"two\nlines\";2\n", vec!["two\nlines", "2"]),
        ] {
            let rows: Vec<Row> = Table::read(text.as_bytes()).rows().collect();
            assert_eq!(rows[1].cells, cells, "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let rows: Vec<Row> = Table::read(b"a;b\n\n1;2\n;\n3;4").rows().collect();
        let lines: Vec<i64> = rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [1, 3, 5]);
    }
}
