//! Acts as CSV: UTF-8 with the mark Excel needs to see it, CRLF, cells disarmed, the seal as the last row.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use crate::{
    About, EventRow, ExportError, Seal, Written,
    column::{COLUMNS, Cell},
    disarm::disarmed,
    moment::{push_local, push_utc},
    place::Place,
};

const BUFFER: usize = 1 << 18;

pub(crate) struct CsvFile<'a> {
    place: Place,
    csv: csv::Writer<BufWriter<File>>,
    about: About<'a>,
    cell: String,
    rows: u64,
}

/// A CSV writer whose file already begins with the mark.
pub(crate) fn marked(
    place: &Place,
    delimiter: u8,
) -> Result<csv::Writer<BufWriter<File>>, ExportError> {
    let mut file = BufWriter::with_capacity(BUFFER, place.handle()?);
    file.write_all("\u{feff}".as_bytes())?;
    Ok(csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::CRLF)
        // The seal is one cell wide.
        .flexible(true)
        .from_writer(file))
}

impl<'a> CsvFile<'a> {
    pub fn begin(target: &Path, delimiter: u8, about: About<'a>) -> Result<Self, ExportError> {
        let place = Place::beside(target)?;
        let mut csv = marked(&place, delimiter)?;
        csv.write_record(COLUMNS.iter().map(|column| column.heading(about.language)))?;
        Ok(Self {
            place,
            csv,
            about,
            cell: String::new(),
            rows: 0,
        })
    }

    pub fn row(&mut self, row: &EventRow<'_>) -> Result<(), ExportError> {
        for column in COLUMNS {
            self.cell.clear();
            match (column.cell)(row) {
                Cell::Text(text) => {
                    self.csv.write_field(disarmed(text).as_bytes())?;
                    continue;
                }
                Cell::Number(Some(figure)) => {
                    self.cell.push_str(itoa::Buffer::new().format(figure))
                }
                Cell::Utc(Some(at)) => push_utc(&mut self.cell, at),
                Cell::Local(Some(at)) => push_local(&mut self.cell, at, self.about.zone),
                // `y` and `n` in every language: programs read this as well.
                Cell::Flag(yes) => self.cell.push(if yes { 'y' } else { 'n' }),
                Cell::Number(None) | Cell::Utc(None) | Cell::Local(None) => {}
            }
            self.csv.write_field(self.cell.as_bytes())?;
        }
        self.csv.write_record(None::<&[u8]>)?;
        self.rows += 1;
        Ok(())
    }

    pub fn finish(mut self, seal: &Seal) -> Result<Written, ExportError> {
        self.csv.write_record([format!("# {}", seal.line())])?;
        self.csv.flush()?;
        self.place.keep(self.rows)
    }
}
