//! Templates: the picker, the review, and writing new ones.

use super::{TheShell, at_the_desk};
use crate::problem::{Answer, internal};
use inbox::{
    run,
    view::{
        AttachmentView, DraftFile, Problem, SendResult, SubmitResult, TemplateActionResult,
        TemplateChoice, TemplateDraft, TemplateExample, TemplateFinding, TemplateList,
    },
};
use tauri::ipc::Request;

fn not_yet() -> Problem {
    internal(&"this is not there yet")
}

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

#[tauri::command]
pub async fn favourite_template(
    shell: TheShell<'_>,
    name: String,
    language: String,
    on: bool,
) -> Answer<()> {
    let _ = (shell, name, language, on);
    Err(not_yet())
}

/// Staff says that it is still right.
#[tauri::command]
pub async fn template_checked(shell: TheShell<'_>, name: String, language: String) -> Answer<()> {
    let _ = (shell, name, language);
    Err(not_yet())
}

/// A file for a slot; thread, kind, filename and mime-type stand in headers.
#[tauri::command]
pub async fn attach_for_template(
    shell: TheShell<'_>,
    request: Request<'_>,
) -> Answer<AttachmentView> {
    let _ = (shell, request);
    Err(not_yet())
}

#[tauri::command]
pub async fn template_drafts(shell: TheShell<'_>) -> Answer<Vec<TemplateDraft>> {
    let _ = shell;
    Ok(Vec::new())
}

#[tauri::command]
pub async fn save_template_draft(shell: TheShell<'_>, draft: TemplateDraft) -> Answer<String> {
    let _ = (shell, draft);
    Err(not_yet())
}

#[tauri::command]
pub async fn discard_template_draft(shell: TheShell<'_>, draft_id: String) -> Answer<()> {
    let _ = (shell, draft_id);
    Err(not_yet())
}

/// The sample file of a draft's heading; draft, filename and mime-type stand in headers.
#[tauri::command]
pub async fn attach_sample(shell: TheShell<'_>, request: Request<'_>) -> Answer<DraftFile> {
    let _ = (shell, request);
    Err(not_yet())
}

#[tauri::command]
pub async fn check_template(
    shell: TheShell<'_>,
    draft: TemplateDraft,
) -> Answer<Vec<TemplateFinding>> {
    let _ = (shell, draft);
    Ok(Vec::new())
}

#[tauri::command]
pub async fn submit_template(shell: TheShell<'_>, draft_id: String) -> Answer<SubmitResult> {
    let _ = (shell, draft_id);
    Err(not_yet())
}

/// A draft made of an existing template.
#[tauri::command]
pub async fn edit_template(
    shell: TheShell<'_>,
    name: String,
    language: String,
) -> Answer<TemplateDraft> {
    let _ = (shell, name, language);
    Err(not_yet())
}

/// Without a language: in all of them.
#[tauri::command]
pub async fn delete_template(
    shell: TheShell<'_>,
    name: String,
    language: Option<String>,
) -> Answer<TemplateActionResult> {
    let _ = (shell, name, language);
    Err(not_yet())
}

#[tauri::command]
pub async fn unpause_template(
    shell: TheShell<'_>,
    name: String,
    language: String,
) -> Answer<TemplateActionResult> {
    let _ = (shell, name, language);
    Err(not_yet())
}

#[tauri::command]
pub async fn template_examples(
    shell: TheShell<'_>,
    language: String,
) -> Answer<Vec<TemplateExample>> {
    let _ = (shell, language);
    Ok(Vec::new())
}
