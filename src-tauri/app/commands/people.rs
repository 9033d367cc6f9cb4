//! Lists of consents, one person's page, and what people have a right to.

use super::{
    ROWS, TheShell, at_the_desk,
    exports::{Exports, tell},
};
use crate::problem::{Answer, blocking, internal, of_store};
use inbox::view::{
    ConsentCounts, ConsentCursor, ConsentFilter, ConsentPage, ConsentPerson, ConsentResult, DueRow,
    ErasurePreview, ImportBatch, ImportMapping, ImportPreview, ImportResult, Retention,
};
use std::{path::PathBuf, sync::Arc};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

/// A list of a million people is smaller.
const LIST_MAX: u64 = 256 << 20;

#[tauri::command]
pub async fn consents(
    shell: TheShell<'_>,
    filter: ConsentFilter,
    after: Option<ConsentCursor>,
    limit: i64,
) -> Answer<ConsentPage> {
    at_the_desk(&shell, move |desk| {
        desk.consents(&filter, after.as_ref(), limit.clamp(1, ROWS))
    })
    .await
}

#[tauri::command]
pub async fn consent_counts(shell: TheShell<'_>, filter: ConsentFilter) -> Answer<ConsentCounts> {
    at_the_desk(&shell, move |desk| desk.consent_counts(&filter)).await
}

#[tauri::command]
pub async fn consent_person(shell: TheShell<'_>, customer_id: i64) -> Answer<ConsentPerson> {
    at_the_desk(&shell, move |desk| desk.consent_person(customer_id)).await
}

#[tauri::command]
pub async fn erasure_preview(shell: TheShell<'_>, customer_id: i64) -> Answer<ErasurePreview> {
    at_the_desk(&shell, move |desk| desk.erasure_preview(customer_id)).await
}

#[tauri::command]
pub async fn erase(shell: TheShell<'_>, customer_id: i64, reason: String) -> Answer<ConsentResult> {
    at_the_desk(&shell, move |desk| desk.erase(customer_id, &reason)).await
}

#[tauri::command]
pub async fn retention(shell: TheShell<'_>) -> Answer<Retention> {
    at_the_desk(&shell, |desk| desk.retention()).await
}

#[tauri::command]
pub async fn save_retention(shell: TheShell<'_>, retention: Retention) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.save_retention(&retention)).await
}

#[tauri::command]
pub async fn due(shell: TheShell<'_>) -> Answer<Vec<DueRow>> {
    at_the_desk(&shell, |desk| desk.due()).await
}

#[tauri::command]
pub async fn forget_evidence(shell: TheShell<'_>, entry: String) -> Answer<ConsentResult> {
    at_the_desk(&shell, move |desk| desk.forget_evidence(&entry)).await
}

/// Asks for a list and reads it.
#[tauri::command]
pub async fn choose_import(
    app: AppHandle,
    shell: TheShell<'_>,
    country: String,
) -> Answer<Option<ImportPreview>> {
    let dialog = app
        .dialog()
        .file()
        .add_filter("CSV, vCard", &["csv", "tsv", "txt", "vcf", "vcard"]);
    let chosen = blocking(move || dialog.blocking_pick_file()).await?;
    let Some(path) = chosen else { return Ok(None) };
    let path: PathBuf = path.into_path().map_err(|error| internal(&error))?;
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let size = std::fs::metadata(&path)
        .map_err(|error| internal(&error))?
        .len();
    if size > LIST_MAX {
        return Err(internal(&"this file is no list of people: it is too large"));
    }
    let read = blocking(move || std::fs::read(path)).await?;
    let bytes = read.map_err(|error| internal(&error))?;
    at_the_desk(&shell, move |desk| {
        desk.read_import(&name, &bytes, &country).map(Some)
    })
    .await
}

#[tauri::command]
pub async fn preview_import(
    shell: TheShell<'_>,
    import_id: String,
    mapping: ImportMapping,
    country: String,
) -> Answer<ImportPreview> {
    at_the_desk(&shell, move |desk| {
        desk.preview_import(&import_id, mapping, &country)
    })
    .await
}

#[tauri::command]
pub async fn import_consents(
    app: AppHandle,
    shell: TheShell<'_>,
    imports: State<'_, Arc<Exports>>,
    batch: ImportBatch,
) -> Answer<ImportResult> {
    let desk = shell.session()?.desk.clone();
    let imports = imports.inner().clone();
    let own = imports.begin();
    let done = blocking(move || {
        let figure = |n: i64| u64::try_from(n).unwrap_or_default();
        let mut keep_going = |done: i64, total: i64| {
            tell(&app, figure(done), figure(total));
            imports.goes_on(own)
        };
        desk.import_consents(&batch, &mut keep_going)
    })
    .await?;
    done.map_err(|error| of_store(&error))
}

/// What went in stays; it can be told by its source.
#[tauri::command]
pub async fn cancel_import(imports: State<'_, Arc<Exports>>) -> Answer<()> {
    imports.cancel();
    Ok(())
}
