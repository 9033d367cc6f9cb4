//! The counter, and the words people agree to.

use super::{TheShell, at_the_desk, bytes};
use crate::problem::{Answer, problem};
use inbox::view::{
    CounterEntry, CounterForm, CounterResult, CounterWay, EvidenceResult, NumberCheck, ProblemCode,
    Purpose, QrState, QrTicket, Wording, WordingDraft, WordingFinding,
};
use tauri::ipc::{Request, Response};

#[tauri::command]
pub async fn counter_form(shell: TheShell<'_>) -> Answer<CounterForm> {
    at_the_desk(&shell, |desk| desk.counter_form()).await
}

#[tauri::command]
pub async fn check_number(
    shell: TheShell<'_>,
    text: String,
    country: String,
) -> Answer<NumberCheck> {
    at_the_desk(&shell, move |desk| desk.check_number(&text, &country)).await
}

#[tauri::command]
pub async fn start_qr(shell: TheShell<'_>, entry: CounterEntry) -> Answer<QrTicket> {
    at_the_desk(&shell, move |desk| desk.start_qr(&entry)).await
}

#[tauri::command]
pub async fn qr_state(shell: TheShell<'_>, code: String) -> Answer<QrState> {
    at_the_desk(&shell, move |desk| desk.qr_state(&code)).await
}

#[tauri::command]
pub async fn cancel_qr(shell: TheShell<'_>, code: String) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.cancel_qr(&code)).await
}

#[tauri::command]
pub async fn record_at_counter(
    shell: TheShell<'_>,
    entry: CounterEntry,
    way: CounterWay,
) -> Answer<CounterResult> {
    at_the_desk(&shell, move |desk| desk.record_at_counter(&entry, &way)).await
}

/// A picture; kind, filename and mime-type stand in headers.
#[tauri::command]
pub async fn keep_evidence(shell: TheShell<'_>, request: Request<'_>) -> Answer<EvidenceResult> {
    let header = |name| super::header(&request, name);
    let (kind, filename) = (header("kind")?, header("filename")?);
    let (mime_type, bytes) = (header("mime-type")?, bytes(&request)?);
    at_the_desk(&shell, move |desk| {
        desk.keep_evidence(&kind, &filename, &mime_type, &bytes)
    })
    .await
}

#[tauri::command]
pub async fn evidence(shell: TheShell<'_>, evidence_id: String) -> Answer<Response> {
    let bytes = at_the_desk(&shell, move |desk| desk.evidence(&evidence_id)).await?;
    let gone = || problem(ProblemCode::NotFound, "this picture is not on this machine");
    bytes.map(Response::new).ok_or_else(gone)
}

#[tauri::command]
pub async fn wordings(shell: TheShell<'_>) -> Answer<Vec<Wording>> {
    at_the_desk(&shell, |desk| desk.wordings()).await
}

#[tauri::command]
pub async fn check_wording(
    shell: TheShell<'_>,
    draft: WordingDraft,
) -> Answer<Vec<WordingFinding>> {
    at_the_desk(&shell, move |desk| desk.check_wording(&draft)).await
}

#[tauri::command]
pub async fn save_wording(shell: TheShell<'_>, draft: WordingDraft) -> Answer<Wording> {
    at_the_desk(&shell, move |desk| desk.save_wording(&draft)).await
}

#[tauri::command]
pub async fn retire_wording(shell: TheShell<'_>, wording_id: String) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.retire_wording(&wording_id)).await
}

#[tauri::command]
pub async fn save_purpose(shell: TheShell<'_>, purpose: Purpose) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.save_purpose(&purpose)).await
}
