//! Acts as a spreadsheet: real dates, filters, a head that stays, and never a formula.
//!
//! Written into the archive row by row, because the writer library that was meant for it (rust_xlsxwriter 0.102)
//! ends the whole program when the disk is full: its XML functions panic on a failed write.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{
    About, EventRow, ExportError, Language, Seal, Written,
    column::{COLUMNS, Cell, flag},
    disarm::dangerous,
    moment::{push_utc, serial},
    place::Place,
    sheet_xml::{self as xml, DATE, HEAD, Name, TEXT_ONLY, push_number, push_text},
};

/// Rows of a sheet, its head among them (Microsoft, "Excel specifications and limits").
pub(crate) const SHEET_ROWS: u32 = 1_048_576;

/// More effort makes the file a fifth smaller and takes three times as long.
const EFFORT: i64 = 3;
const BUFFER: usize = 1 << 18;

pub(crate) struct XlsxFile<'a> {
    place: Place,
    zip: ZipWriter<BufWriter<File>>,
    about: About<'a>,
    /// `A`, `B` … of each column.
    letters: Vec<String>,
    /// Of the sheet being written, its head among them.
    in_sheet: u32,
    sheet_limit: u32,
    /// Rows of every sheet that is done.
    sheets: Vec<u32>,
    rows: u64,
    line: String,
    /// The local offset where the last local time stood: it changes twice a year.
    east: (i64, i32),
}

impl<'a> XlsxFile<'a> {
    pub fn begin(target: &Path, about: About<'a>) -> Result<Self, ExportError> {
        Self::with_limit(target, about, SHEET_ROWS)
    }

    fn with_limit(target: &Path, about: About<'a>, sheet_limit: u32) -> Result<Self, ExportError> {
        let place = Place::beside(target)?;
        let zip = ZipWriter::new(BufWriter::with_capacity(BUFFER, place.handle()?));
        let mut file = Self {
            place,
            zip,
            about,
            letters: (0..COLUMNS.len()).map(xml::letters).collect(),
            in_sheet: 0,
            sheet_limit,
            sheets: Vec::new(),
            rows: 0,
            line: String::new(),
            east: (i64::MIN, 0),
        };
        file.open_sheet()?;
        Ok(file)
    }

    pub fn row(&mut self, row: &EventRow<'_>) -> Result<(), ExportError> {
        if self.in_sheet == self.sheet_limit {
            self.close_sheet()?;
            self.open_sheet()?;
        }
        let number = self.in_sheet + 1;
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        xml::open_row(&mut line, number);
        for (column, letters) in COLUMNS.iter().zip(&self.letters) {
            let at = Name { letters, number };
            match (column.cell)(row) {
                Cell::Text("") => {}
                Cell::Text(text) => {
                    let style = if dangerous(text) { TEXT_ONLY } else { 0 };
                    push_text(&mut line, at, style, text);
                }
                Cell::Number(Some(figure)) => {
                    push_number(&mut line, at, 0, itoa::Buffer::new().format(figure));
                }
                Cell::Flag(yes) => push_text(&mut line, at, 0, flag(yes, self.about.language)),
                Cell::Utc(Some(ms)) => push_date(&mut line, at, serial(ms, 0)),
                Cell::Local(Some(ms)) => {
                    let day = ms.div_euclid(3_600_000);
                    if self.east.0 != day {
                        self.east = (day, (self.about.zone)(ms));
                    }
                    push_date(&mut line, at, serial(ms, self.east.1));
                }
                Cell::Number(None) | Cell::Utc(None) | Cell::Local(None) => {}
            }
        }
        line.push_str("</row>");
        self.zip.write_all(line.as_bytes())?;
        self.line = line;
        self.in_sheet += 1;
        self.rows += 1;
        Ok(())
    }

    fn open_sheet(&mut self) -> Result<(), ExportError> {
        let number = self.sheets.len() + 1;
        self.begin_part(&format!("xl/worksheets/sheet{number}.xml"))?;
        let mut head = xml::sheet_begin(COLUMNS.iter().map(|column| column.width), true);
        xml::open_row(&mut head, 1);
        for (column, letters) in COLUMNS.iter().zip(&self.letters) {
            let at = Name { letters, number: 1 };
            push_text(&mut head, at, HEAD, column.heading(self.about.language));
        }
        head.push_str("</row>");
        self.zip.write_all(head.as_bytes())?;
        self.in_sheet = 1;
        Ok(())
    }

    fn close_sheet(&mut self) -> Result<(), ExportError> {
        let last = self.letters.last().map_or("A", String::as_str);
        let end = format!(
            "</sheetData><autoFilter ref=\"A1:{last}{}\"/></worksheet>",
            self.in_sheet
        );
        self.zip.write_all(end.as_bytes())?;
        self.sheets.push(self.in_sheet);
        Ok(())
    }

    pub fn finish(mut self, seal: &Seal) -> Result<Written, ExportError> {
        self.close_sheet()?;
        let filtered = self.sheets.len();
        self.begin_part(&format!("xl/worksheets/sheet{}.xml", filtered + 1))?;
        let about = self.seal_sheet(seal);
        self.zip.write_all(about.as_bytes())?;

        let names = sheet_names(filtered, self.about.language);
        let last = self.letters.last().map_or("A", String::as_str);
        for (path, text) in xml::frame(&names, &self.sheets, last, self.about.made_at) {
            self.begin_part(path)?;
            self.zip.write_all(text.as_bytes())?;
        }
        let mut file = self.zip.finish().map_err(zip_error)?;
        file.flush()?;
        self.place.keep(self.rows)
    }

    fn seal_sheet(&self, seal: &Seal) -> String {
        let mut made_at = String::new();
        push_utc(&mut made_at, self.about.made_at);
        let lines = [
            (
                ["Made at (UTC)", "Erstellt (UTC)", "Criado em (UTC)"],
                made_at,
            ),
            (["Rows", "Zeilen", "Linhas"], self.rows.to_string()),
            (
                ["Newest entry", "Neuester Eintrag", "Registro mais recente"],
                seal.entry.clone(),
            ),
            (
                [
                    "Entries in the ledger",
                    "Einträge im Register",
                    "Registros no livro",
                ],
                seal.entries.to_string(),
            ),
            (
                [
                    "Head of the chain (SHA-256)",
                    "Kopf der Kette (SHA-256)",
                    "Topo da cadeia (SHA-256)",
                ],
                seal.head.clone(),
            ),
            (
                [
                    "Public key (Ed25519)",
                    "Öffentlicher Schlüssel (Ed25519)",
                    "Chave pública (Ed25519)",
                ],
                seal.public_key.clone(),
            ),
            (
                [
                    "Signature of the head",
                    "Signatur des Kopfes",
                    "Assinatura do topo",
                ],
                seal.signature.clone(),
            ),
            (
                [
                    "What was signed",
                    "Was signiert wurde",
                    "O que foi assinado",
                ],
                seal.signed.clone(),
            ),
        ];
        let mut sheet = xml::sheet_begin([36, 72], false);
        for ((headings, value), number) in lines.into_iter().zip(1..) {
            xml::open_row(&mut sheet, number);
            let heading = self.about.language.pick(headings);
            push_text(
                &mut sheet,
                Name {
                    letters: "A",
                    number,
                },
                HEAD,
                heading,
            );
            push_text(
                &mut sheet,
                Name {
                    letters: "B",
                    number,
                },
                TEXT_ONLY,
                &value,
            );
            sheet.push_str("</row>");
        }
        sheet.push_str("</sheetData></worksheet>");
        sheet
    }

    fn begin_part(&mut self, path: &str) -> Result<(), ExportError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(EFFORT))
            // Sheets beyond 4 GiB have more rows than a sheet may have.
            .last_modified_time(DateTime::default());
        self.zip.start_file(path, options).map_err(zip_error)
    }
}

fn push_date(line: &mut String, at: Name<'_>, serial: f64) {
    push_number(line, at, DATE, exact(serial).as_str());
}

/// Enough decimals that no second is lost when a spreadsheet rounds down.
fn exact(serial: f64) -> String {
    format!("{serial:.10}")
}

fn sheet_names(filtered: usize, language: Language) -> Vec<String> {
    let list = language.pick(["Consents", "Einwilligungen", "Consentimentos"]);
    let mut names: Vec<String> = (1..=filtered)
        .map(|n| {
            if n == 1 {
                list.to_owned()
            } else {
                format!("{list} {n}")
            }
        })
        .collect();
    names.push(language.pick(["Seal", "Siegel", "Selo"]).to_owned());
    names
}

fn zip_error(error: zip::result::ZipError) -> ExportError {
    match error {
        zip::result::ZipError::Io(error) => error.into(),
        other => ExportError::Spreadsheet(other.to_string()),
    }
}
