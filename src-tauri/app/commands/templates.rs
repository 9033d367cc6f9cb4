//! The template picker.

use super::{TheShell, at_the_desk};
use crate::problem::{Answer, internal};
use inbox::{
    run,
    view::{SendResult, TemplateChoice, TemplateList},
};

#[tauri::command]
pub async fn templates(shell: TheShell<'_>, thread_id: Option<i64>) -> Answer<TemplateList> {
    at_the_desk(&shell, move |desk| desk.templates(thread_id)).await
}

/// Asks Meta for the whole list, now.
#[tauri::command]
pub async fn sync_templates(shell: TheShell<'_>) -> Answer<TemplateList> {
    let session = shell.session()?;
    if let Some(client) = &session.client {
        let synced = run::sync_templates(&session.desk, client).await;
        synced.map_err(|error| internal(&error))?;
    }
    at_the_desk(&shell, |desk| desk.templates(None)).await
}

#[tauri::command]
pub async fn send_template(
    shell: TheShell<'_>,
    thread_id: i64,
    choice: TemplateChoice,
) -> Answer<SendResult> {
    at_the_desk(&shell, move |desk| {
        desk.send_template(thread_id, &choice, &desk.me()?)
    })
    .await
}
