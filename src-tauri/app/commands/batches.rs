//! A template to many: looked at, sent, stopped.

use super::{ROWS, TheShell, at_the_desk, bytes};
use crate::problem::{Answer, internal};
use inbox::view::{
    AttachmentView, BatchFilter, BatchGo, BatchPeople, BatchPlan, BatchRow, BatchStart,
    FrequencyCap, Preflight,
};
use tauri::ipc::Request;

#[tauri::command]
pub async fn batches(shell: TheShell<'_>) -> Answer<Vec<BatchRow>> {
    at_the_desk(&shell, |desk| desk.batches()).await
}

/// A file for a slot of the template; number, kind, filename and mime-type stand in headers.
#[tauri::command]
pub async fn attach_for_batch(shell: TheShell<'_>, request: Request<'_>) -> Answer<AttachmentView> {
    let header = |name| super::header(&request, name);
    let number_id: i64 = header("number")?
        .parse()
        .map_err(|error| internal(&error))?;
    let (kind, filename) = (header("kind")?, header("filename")?);
    let (mime_type, bytes) = (header("mime-type")?, bytes(&request)?);
    at_the_desk(&shell, move |desk| {
        desk.attach_for_batch(number_id, &kind, &filename, &mime_type, bytes)
    })
    .await
}

#[tauri::command]
pub async fn batch_preflight(shell: TheShell<'_>, plan: BatchPlan) -> Answer<Preflight> {
    at_the_desk(&shell, move |desk| desk.batch_preflight(&plan)).await
}

#[tauri::command]
pub async fn batch_candidates(
    shell: TheShell<'_>,
    plan: BatchPlan,
    filter: BatchFilter,
    after: Option<i64>,
    limit: i64,
) -> Answer<BatchPeople> {
    at_the_desk(&shell, move |desk| {
        desk.batch_candidates(&plan, filter, after, limit.min(ROWS))
    })
    .await
}

#[tauri::command]
pub async fn start_batch(shell: TheShell<'_>, go: BatchGo) -> Answer<BatchStart> {
    at_the_desk(&shell, move |desk| desk.start_batch(&go, &desk.me()?)).await
}

#[tauri::command]
pub async fn pause_batch(shell: TheShell<'_>, batch_id: String) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.pause_batch(&batch_id)).await
}

#[tauri::command]
pub async fn resume_batch(shell: TheShell<'_>, batch_id: String) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.resume_batch(&batch_id)).await
}

#[tauri::command]
pub async fn stop_batch(shell: TheShell<'_>, batch_id: String) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.stop_batch(&batch_id)).await
}

#[tauri::command]
pub async fn batch_people(
    shell: TheShell<'_>,
    batch_id: String,
    filter: BatchFilter,
    after: Option<i64>,
    limit: i64,
) -> Answer<BatchPeople> {
    at_the_desk(&shell, move |desk| {
        desk.batch_people(&batch_id, filter, after, limit.min(ROWS))
    })
    .await
}

#[tauri::command]
pub async fn frequency_cap(shell: TheShell<'_>) -> Answer<FrequencyCap> {
    at_the_desk(&shell, |desk| desk.frequency_cap()).await
}

#[tauri::command]
pub async fn set_frequency_cap(shell: TheShell<'_>, cap: FrequencyCap) -> Answer<FrequencyCap> {
    at_the_desk(&shell, move |desk| desk.set_frequency_cap(cap)).await
}
