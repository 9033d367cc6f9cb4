//! Why an export failed. Whatever it was, nothing was left behind at the place.

use std::io;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    #[error("there is no room left on that disk")]
    DiskFull(#[source] io::Error),
    /// No such folder, no right to write, the disk was taken out.
    #[error("the file could not be written there")]
    Place(#[source] io::Error),
    /// A spreadsheet has an end, and so has paper.
    #[error("{rows} rows are too many for this kind of file, which takes {limit}")]
    TooLong { rows: u64, limit: u64 },
    /// A sheet has one page, and what people agree to stands on it in full or not at all.
    #[error("the wording is too long for this sheet")]
    TooMuchText,
    /// A document could not be set. The reason names templates, never what was in them.
    #[error("the document could not be laid out: {0}")]
    Layout(String),
    #[error("the spreadsheet could not be written: {0}")]
    Spreadsheet(String),
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => Self::DiskFull(error),
            _ => Self::Place(error),
        }
    }
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => error.into(),
            // Rows of one length each and no reading: nothing else can happen here.
            _ => Self::Place(io::ErrorKind::InvalidInput.into()),
        }
    }
}

impl ExportError {
    pub fn disk_full(&self) -> bool {
        matches!(self, Self::DiskFull(_))
    }
}
