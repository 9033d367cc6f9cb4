//! A table of acts on its way to a file: begun, row after row, finished. Dropped on the way, it leaves nothing.

use std::path::Path;

use crate::{
    EventRow, ExportError, Language, Seal, Written, Zone, csv_file::CsvFile, xlsx_file::XlsxFile,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// `;` between the cells, as Excel expects it in German and Portuguese.
    CsvSemicolon,
    CsvComma,
    Xlsx,
}

/// What holds for every row.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub language: Language,
    pub zone: Zone<'a>,
    /// UTC milliseconds.
    pub made_at: i64,
}

pub struct TableFile<'a>(Kind<'a>);

enum Kind<'a> {
    Csv(Box<CsvFile<'a>>),
    Xlsx(Box<XlsxFile<'a>>),
}

impl<'a> TableFile<'a> {
    /// Begins a file beside `target`, which stays as it is until `finish`.
    pub fn begin(
        target: &Path,
        format: TableFormat,
        about: About<'a>,
    ) -> Result<Self, ExportError> {
        Ok(Self(match format {
            TableFormat::CsvSemicolon => Kind::Csv(Box::new(CsvFile::begin(target, b';', about)?)),
            TableFormat::CsvComma => Kind::Csv(Box::new(CsvFile::begin(target, b',', about)?)),
            TableFormat::Xlsx => Kind::Xlsx(Box::new(XlsxFile::begin(target, about)?)),
        }))
    }

    pub fn row(&mut self, row: &EventRow<'_>) -> Result<(), ExportError> {
        match &mut self.0 {
            Kind::Csv(file) => file.row(row),
            Kind::Xlsx(file) => file.row(row),
        }
    }

    /// The file under its name, synced.
    pub fn finish(self, seal: &Seal) -> Result<Written, ExportError> {
        match self.0 {
            Kind::Csv(file) => file.finish(seal),
            Kind::Xlsx(file) => file.finish(seal),
        }
    }
}
