//! The customer panel, and internal notes.

use super::{TheShell, at_the_desk};
use crate::problem::Answer;
use inbox::{
    run,
    view::{BlockResult, CustomerChange, CustomerView, LabelCount, Lookalike},
};

#[tauri::command]
pub async fn customer(shell: TheShell<'_>, thread_id: i64) -> Answer<CustomerView> {
    at_the_desk(&shell, move |desk| desk.customer(thread_id)).await
}

#[tauri::command]
pub async fn describe_customer(
    shell: TheShell<'_>,
    thread_id: i64,
    change: CustomerChange,
) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.describe(thread_id, &change)).await
}

#[tauri::command]
pub async fn merge_candidates(
    shell: TheShell<'_>,
    thread_id: i64,
    text: String,
) -> Answer<Vec<Lookalike>> {
    at_the_desk(&shell, move |desk| desk.merge_candidates(thread_id, &text)).await
}

#[tauri::command]
pub async fn merge_customers(
    shell: TheShell<'_>,
    thread_id: i64,
    other_thread_id: i64,
) -> Answer<String> {
    at_the_desk(&shell, move |desk| desk.merge(thread_id, other_thread_id)).await
}

#[tauri::command]
pub async fn undo_merge(shell: TheShell<'_>, merge_id: String) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.undo_merge(&merge_id)).await
}

#[tauri::command]
pub async fn labels(shell: TheShell<'_>) -> Answer<Vec<LabelCount>> {
    at_the_desk(&shell, |desk| desk.labels()).await
}

/// At Meta first: only what Meta confirmed is shown as blocked.
#[tauri::command]
pub async fn block_customer(shell: TheShell<'_>, thread_id: i64, on: bool) -> Answer<BlockResult> {
    let session = shell.session()?;
    let result = run::block(&session.desk, session.client.as_ref(), thread_id, on).await;
    result.map_err(|error| crate::problem::of_store(&error))
}

#[tauri::command]
pub async fn save_note(
    shell: TheShell<'_>,
    thread_id: i64,
    note_id: Option<String>,
    text: String,
) -> Answer<String> {
    at_the_desk(&shell, move |desk| {
        desk.save_note(thread_id, note_id.as_deref(), &text)
    })
    .await
}
