//! From the desk to a file: rows and papers are read there and written by `export`, page by page, until it is done or
//! somebody has had enough.

mod access;
#[cfg(test)]
mod looks;
mod papers;
mod rows;
#[cfg(test)]
mod tests;

use ::export::{
    About, ExportError, Language, LinesFile, Seal, ShopifyFile, TableFile, TableFormat, Written,
    paper::fits_on_paper,
};
use chrono::{Local, Offset, TimeZone};
use inbox::{
    desk::{
        Desk,
        exports::{Export, Exported},
    },
    view::{ConsentFilter, ExportFormat, ExportRequest},
};
use std::path::Path;
use store::StoreError;

pub use papers::sheet;

/// Rows between two words about how far it is.
const TOLD_EVERY: u64 = 1_000;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    #[error("cancelled")]
    Cancelled,
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The window asks only for what it shows.
    #[error("no person was named")]
    Nobody,
}

impl Stopped {
    pub fn disk_full(&self) -> bool {
        match self {
            Self::Export(error) => error.disk_full(),
            Self::Store(error) => matches!(error, StoreError::DiskFull),
            Self::Cancelled | Self::Nobody => false,
        }
    }
}

/// What was written, and the head it carries.
pub struct Finished {
    pub written: Written,
    pub head: String,
}

/// How far it is: done and, as far as it is known, total. The answer is whether to go on.
pub type KeepGoing<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

/// Writes one export to `target` and notes it in the ledger.
pub fn run(
    desk: &Desk,
    request: &ExportRequest,
    target: &Path,
    keep_going: KeepGoing<'_>,
) -> Result<Finished, Stopped> {
    let export = desk.begin_export()?;
    let mut steps = Steps {
        done: 0,
        total: export.entries(),
        keep_going,
    };
    let job = Job {
        desk,
        export: &export,
        language: Language::of(&request.language),
        target,
        seal: sealed(&export),
    };
    let written = job.written(request, &mut steps);
    if let Err(Stopped::Cancelled) = &written {
        let (format, rows) = (ending(request.format), steps.done);
        tracing::info!(
            format,
            rows,
            "an export was cancelled, nothing is left of it"
        );
    }
    let written = written?;
    desk.record_export(&Exported {
        format: ending(request.format).to_owned(),
        rows: written.rows,
        sha256: written.sha256.clone(),
        filter: described(&request.filter),
    })?;
    Ok(Finished {
        written,
        head: job.seal.head,
    })
}

/// Lines and how many go on paper, where the list that is asked for is longer.
pub fn too_long_for_paper(
    desk: &Desk,
    request: &ExportRequest,
) -> Result<Option<(u64, u64)>, StoreError> {
    if request.format != ExportFormat::Pdf {
        return Ok(None);
    }
    let mut rows = 0;
    desk.matching(&request.filter, |_, _| rows += 1)?;
    Ok(match fits_on_paper(rows) {
        Err(ExportError::TooLong { rows, limit }) => Some((rows, limit)),
        _ => None,
    })
}

struct Job<'a> {
    desk: &'a Desk,
    export: &'a Export,
    language: Language,
    target: &'a Path,
    seal: Seal,
}

impl Job<'_> {
    fn written(&self, request: &ExportRequest, steps: &mut Steps<'_>) -> Result<Written, Stopped> {
        match request.format {
            ExportFormat::Csv => self.table(TableFormat::CsvComma, &request.filter, steps),
            ExportFormat::CsvSemicolon => {
                self.table(TableFormat::CsvSemicolon, &request.filter, steps)
            }
            ExportFormat::Xlsx => self.table(TableFormat::Xlsx, &request.filter, steps),
            ExportFormat::JsonLines => self.chain(steps),
            ExportFormat::Shopify => self.shopify(&request.filter, steps),
            ExportFormat::Pdf => self.list(&request.filter, steps),
            ExportFormat::PersonPdf => self.person(request.customer_id.ok_or(Stopped::Nobody)?),
            ExportFormat::PersonJson => {
                self.held(request.customer_id.ok_or(Stopped::Nobody)?, steps)
            }
            ExportFormat::AccessPdf => {
                self.access(request.customer_id.ok_or(Stopped::Nobody)?, steps)
            }
        }
    }

    fn about(&self) -> About<'static> {
        About {
            language: self.language,
            zone: &local,
            made_at: self.export.made_at,
        }
    }

    fn table(
        &self,
        format: TableFormat,
        filter: &ConsentFilter,
        steps: &mut Steps<'_>,
    ) -> Result<Written, Stopped> {
        let mut file = TableFile::begin(self.target, format, self.about())?;
        let all = self.desk.export_events(self.export, filter, |record| {
            file.row(&rows::event(record))?;
            Ok::<_, Stopped>(steps.step())
        })?;
        match all {
            true => Ok(file.finish(&self.seal)?),
            false => Err(Stopped::Cancelled),
        }
    }

    fn chain(&self, steps: &mut Steps<'_>) -> Result<Written, Stopped> {
        let mut file = LinesFile::begin(self.target)?;
        let mut failed = None;
        let all = self.desk.export_chain(|line| match file.line(line) {
            Ok(()) => steps.step(),
            Err(error) => {
                failed = Some(error);
                false
            }
        })?;
        match (failed, all) {
            (Some(error), _) => Err(error.into()),
            (None, false) => Err(Stopped::Cancelled),
            (None, true) => Ok(file.finish()?),
        }
    }

    fn shopify(&self, filter: &ConsentFilter, steps: &mut Steps<'_>) -> Result<Written, Stopped> {
        let mut file = ShopifyFile::begin(self.target)?;
        let mut failed = None;
        let offers = ConsentFilter {
            purpose: inbox::ledger::OFFERS.to_owned(),
            ..filter.clone()
        };
        let mut people = Vec::new();
        self.desk.matching(&offers, |customer_id, standing| {
            people.push((customer_id, standing.clone()));
        })?;
        steps.total = people.len() as u64;
        for (customer_id, standing) in people {
            let person = self.desk.addressee(customer_id)?;
            if let Err(error) = file.row(&rows::shopify(&person, &standing)) {
                failed = Some(error);
                break;
            }
            if !steps.step() {
                return Err(Stopped::Cancelled);
            }
        }
        match failed {
            Some(error) => Err(error.into()),
            None => Ok(file.finish()?),
        }
    }
}

struct Steps<'a> {
    done: u64,
    total: u64,
    keep_going: KeepGoing<'a>,
}

impl Steps<'_> {
    fn step(&mut self) -> bool {
        self.done += 1;
        !self.done.is_multiple_of(TOLD_EVERY) || (self.keep_going)(self.done, self.total)
    }
}

fn sealed(export: &Export) -> Seal {
    let (entry, head) = export.own_head();
    Seal {
        entry,
        head,
        public_key: export.public_key.clone(),
        signature: export.signed.signature.clone(),
        signed: export.signed.head.clone(),
        entries: export.entries(),
    }
}

/// Seconds east of UTC where this laptop is, at a moment: summer time included.
pub fn local(ms: i64) -> i32 {
    let at = Local.timestamp_millis_opt(ms).earliest();
    at.map_or(0, |at| at.offset().fix().local_minus_utc())
}

/// Ending of the file.
pub fn ending(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Csv | ExportFormat::CsvSemicolon | ExportFormat::Shopify => "csv",
        ExportFormat::Xlsx => "xlsx",
        ExportFormat::JsonLines => "jsonl",
        ExportFormat::Pdf | ExportFormat::PersonPdf | ExportFormat::AccessPdf => "pdf",
        ExportFormat::PersonJson => "json",
    }
}

/// A filter in keys, for the ledger's note and the head of a list.
fn described(filter: &ConsentFilter) -> String {
    let mut parts = Vec::new();
    let mut note = |key: &str, value: &str| {
        if !value.is_empty() {
            parts.push(format!("{key}={value}"));
        }
    };
    note("list", &filter.list);
    // What was searched for may be a name: the ledger keeps that there was a search.
    note(
        "text",
        if filter.text.trim().is_empty() {
            ""
        } else {
            "…"
        },
    );
    note("purpose", &filter.purpose);
    let states: Vec<&str> = filter
        .states
        .iter()
        .map(|s| inbox::consent::state_name(*s))
        .collect();
    note("states", &states.join("+"));
    note("channel", &filter.channel);
    note("wording", &filter.wording);
    let strengths: Vec<&str> = filter
        .strengths
        .iter()
        .map(|s| inbox::consent::strength_name(*s))
        .collect();
    note("strengths", &strengths.join("+"));
    note("unused", if filter.unused { "yes" } else { "" });
    note("expiring", if filter.expiring { "yes" } else { "" });
    parts.join(" ")
}
