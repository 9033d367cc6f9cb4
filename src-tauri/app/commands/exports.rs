//! Lists, proofs and sheets on their way to a file of the shop's.

use super::{TheShell, at_the_desk};
use crate::{
    desktop::saving,
    exporting::{self, Finished, Stopped},
    problem::{Answer, blocking, of_store},
};
use export::Written;
use inbox::view::{ExportProgress, ExportRequest, ExportResult, Sheet};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tauri::{AppHandle, Emitter, State};

/// Exports and imports by number; those up to `cancelled` are to stop.
#[derive(Default)]
pub struct Exports {
    begun: AtomicU64,
    cancelled: AtomicU64,
}

impl Exports {
    pub fn begin(&self) -> u64 {
        self.begun.fetch_add(1, Ordering::SeqCst) + 1
    }

    pub fn goes_on(&self, own: u64) -> bool {
        self.cancelled.load(Ordering::SeqCst) < own
    }

    pub fn cancel(&self) {
        let begun = self.begun.load(Ordering::SeqCst);
        self.cancelled.fetch_max(begun, Ordering::SeqCst);
    }
}

#[tauri::command]
pub async fn export_consents(
    app: AppHandle,
    shell: TheShell<'_>,
    exports: State<'_, Arc<Exports>>,
    request: ExportRequest,
) -> Answer<ExportResult> {
    let desk = shell.session()?.desk.clone();
    let (counted, asked) = (desk.clone(), request.clone());
    let long = blocking(move || exporting::too_long_for_paper(&counted, &asked)).await?;
    if let Some((rows, limit)) = long.map_err(|error| of_store(&error))? {
        let (rows, limit) = (figure(rows), figure(limit));
        return Ok(ExportResult::TooLong { rows, limit });
    }
    let ending = exporting::ending(request.format);
    let Some(target) = saving::ask(&app, name(&request), ending).await? else {
        return Ok(ExportResult::NotChosen);
    };
    let exports = exports.inner().clone();
    let own = exports.begin();
    let written = target.clone();
    let done = blocking(move || {
        let mut keep_going = |done: u64, total: u64| {
            tell(&app, done, total);
            exports.goes_on(own)
        };
        exporting::run(&desk, &request, &target, &mut keep_going)
    })
    .await?;
    Ok(result(written, done))
}

/// Whatever is being written stops at its next row and leaves nothing behind.
#[tauri::command]
pub async fn cancel_export(exports: State<'_, Arc<Exports>>) -> Answer<()> {
    exports.cancel();
    Ok(())
}

#[tauri::command]
pub async fn print_sheet(
    app: AppHandle,
    shell: TheShell<'_>,
    sheet: Sheet,
    language: String,
    purposes: Vec<String>,
) -> Answer<ExportResult> {
    let asked = language.clone();
    let record = at_the_desk(&shell, move |desk| desk.sheet(sheet, &asked, &purposes)).await?;
    let stem = match sheet {
        Sheet::Poster => "guichet-poster",
        Sheet::Card => "guichet-cards",
        Sheet::Form => "guichet-form",
    };
    let Some(target) = saving::ask(&app, format!("{stem}-{language}.pdf"), "pdf").await? else {
        return Ok(ExportResult::NotChosen);
    };
    let written = target.clone();
    let done = blocking(move || {
        exporting::sheet(sheet, &record, &language, &target).map(|written| Finished {
            written,
            head: String::new(),
        })
    })
    .await?;
    Ok(result(written, done))
}

fn name(request: &ExportRequest) -> String {
    use inbox::view::ExportFormat::{AccessPdf, JsonLines, PersonJson, PersonPdf, Shopify};
    let stem = match request.format {
        JsonLines => "guichet-ledger",
        PersonPdf => "guichet-person",
        PersonJson | AccessPdf => "guichet-person-data",
        Shopify => "guichet-shopify",
        _ => "guichet-consents",
    };
    format!("{stem}.{}", exporting::ending(request.format))
}

pub fn tell(app: &AppHandle, done: u64, total: u64) {
    let progress = ExportProgress {
        done: figure(done),
        total: figure(total),
    };
    if let Err(error) = app.emit("export", progress) {
        tracing::warn!(%error, "the window could not be told");
    }
}

fn figure(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn result(path: PathBuf, done: Result<Finished, Stopped>) -> ExportResult {
    match done {
        Ok(Finished {
            written: Written { rows, bytes, .. },
            head,
        }) => ExportResult::Written {
            path: path.to_string_lossy().into_owned(),
            rows: figure(rows),
            bytes: figure(bytes),
            head,
        },
        Err(Stopped::Cancelled) => ExportResult::Cancelled,
        Err(stopped) => {
            tracing::warn!(error = %stopped, "an export was not written");
            ExportResult::Failed {
                disk_full: stopped.disk_full(),
                message: stopped.to_string(),
            }
        }
    }
}
