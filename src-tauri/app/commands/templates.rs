//! Templates: the picker, the review, and writing new ones.

use super::{TheShell, at_the_desk, bytes};
use crate::{
    problem::{Answer, internal, of_store, problem},
    session::Session,
};
use cloud_api::client::Client;
use inbox::{
    run,
    view::{
        AttachmentView, DraftFile, GuardOverride, ProblemCode, SendResult, SlotValue, SubmitResult,
        TemplateActionResult, TemplateChoice, TemplateDraft, TemplateExample, TemplateFinding,
        TemplateList,
    },
};
use tauri::ipc::{Request, Response};

#[tauri::command]
pub async fn templates(shell: TheShell<'_>, thread_id: Option<i64>) -> Answer<TemplateList> {
    at_the_desk(&shell, move |desk| desk.templates(thread_id)).await
}

/// Asks Meta for the whole list, now. Whether it came is in `sync`.
#[tauri::command]
pub async fn sync_templates(shell: TheShell<'_>) -> Answer<TemplateList> {
    let session = shell.session()?;
    if let Some(client) = &session.client
        && let Err(error) = run::sync_templates(&session.desk, client).await
    {
        tracing::info!(%error, "the template list could not be fetched");
    }
    at_the_desk(&shell, |desk| desk.templates(None)).await
}

#[tauri::command]
pub async fn send_template(
    shell: TheShell<'_>,
    thread_id: i64,
    choice: TemplateChoice,
    insisted: Option<GuardOverride>,
) -> Answer<SendResult> {
    at_the_desk(&shell, move |desk| {
        desk.send_template_insisting(thread_id, &choice, &desk.me()?, insisted.as_ref())
    })
    .await
}

/// What is filled in so far, to be there after a crash; nothing: forgotten.
#[tauri::command]
pub async fn save_template_values(
    shell: TheShell<'_>,
    thread_id: i64,
    name: String,
    language: String,
    values: Vec<SlotValue>,
) -> Answer<()> {
    at_the_desk(&shell, move |desk| {
        desk.save_template_values(thread_id, &name, &language, &values)
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
    at_the_desk(&shell, move |desk| {
        desk.favourite_template(&name, &language, on)
    })
    .await
}

/// Staff says that it is still right.
#[tauri::command]
pub async fn template_checked(shell: TheShell<'_>, name: String, language: String) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.template_checked(&name, &language)).await
}

/// A file for a slot; thread, kind, filename and mime-type stand in headers.
#[tauri::command]
pub async fn attach_for_template(
    shell: TheShell<'_>,
    request: Request<'_>,
) -> Answer<AttachmentView> {
    let header = |name| super::header(&request, name);
    let thread_id: i64 = header("thread")?
        .parse()
        .map_err(|error| internal(&error))?;
    let (kind, filename) = (header("kind")?, header("filename")?);
    let (mime_type, bytes) = (header("mime-type")?, bytes(&request)?);
    at_the_desk(&shell, move |desk| {
        desk.attach_for_template(thread_id, &kind, &filename, &mime_type, bytes)
    })
    .await
}

#[tauri::command]
pub async fn template_drafts(shell: TheShell<'_>) -> Answer<Vec<TemplateDraft>> {
    at_the_desk(&shell, |desk| desk.template_drafts()).await
}

#[tauri::command]
pub async fn save_template_draft(shell: TheShell<'_>, draft: TemplateDraft) -> Answer<String> {
    at_the_desk(&shell, move |desk| desk.save_template_draft(&draft)).await
}

#[tauri::command]
pub async fn discard_template_draft(shell: TheShell<'_>, draft_id: String) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.discard_template_draft(&draft_id)).await
}

/// The sample file of a heading of a draft or of one of its cards; draft, filename and mime-type stand in headers.
#[tauri::command]
pub async fn attach_sample(shell: TheShell<'_>, request: Request<'_>) -> Answer<DraftFile> {
    let header = |name| super::header(&request, name);
    let (draft_id, filename) = (header("draft")?, header("filename")?);
    let (mime_type, bytes) = (header("mime-type")?, bytes(&request)?);
    at_the_desk(&shell, move |desk| {
        desk.attach_sample(&draft_id, &filename, &mime_type, &bytes)
    })
    .await
}

/// The bytes of a sample, for its preview.
#[tauri::command]
pub async fn sample(shell: TheShell<'_>, file_id: String) -> Answer<Response> {
    let bytes = at_the_desk(&shell, move |desk| desk.sample(&file_id)).await?;
    let gone = || problem(ProblemCode::NotFound, "this file is not on this machine");
    bytes.map(Response::new).ok_or_else(gone)
}

#[tauri::command]
pub async fn check_template(
    shell: TheShell<'_>,
    draft: TemplateDraft,
) -> Answer<Vec<TemplateFinding>> {
    at_the_desk(&shell, move |desk| desk.check_template(&draft)).await
}

#[tauri::command]
pub async fn submit_template(shell: TheShell<'_>, draft_id: String) -> Answer<SubmitResult> {
    let session = shell.session()?;
    let client = client(&session)?;
    let done = run::submit_template(&session.desk, client, &draft_id).await;
    done.map_err(|error| of_store(&error))
}

/// A draft made of an existing template.
#[tauri::command]
pub async fn edit_template(
    shell: TheShell<'_>,
    name: String,
    language: String,
) -> Answer<TemplateDraft> {
    let draft = at_the_desk(&shell, move |desk| desk.edit_template(&name, &language)).await?;
    draft.ok_or_else(|| internal(&"this template has parts that cannot be edited here"))
}

#[tauri::command]
pub async fn translate_template(
    shell: TheShell<'_>,
    name: String,
    language: String,
    into: String,
) -> Answer<TemplateDraft> {
    let draft = at_the_desk(&shell, move |desk| {
        desk.translate_template(&name, &language, &into)
    })
    .await?;
    draft.ok_or_else(|| internal(&"this template has parts that cannot be written here"))
}

/// Without a language: in all of them.
#[tauri::command]
pub async fn delete_template(
    shell: TheShell<'_>,
    name: String,
    language: Option<String>,
) -> Answer<TemplateActionResult> {
    let session = shell.session()?;
    let client = client(&session)?;
    let done = run::delete_template(&session.desk, client, &name, language.as_deref()).await;
    done.map_err(|error| of_store(&error))
}

#[tauri::command]
pub async fn unpause_template(
    shell: TheShell<'_>,
    name: String,
    language: String,
) -> Answer<TemplateActionResult> {
    let session = shell.session()?;
    let client = client(&session)?;
    let done = run::unpause_template(&session.desk, client, &name, &language).await;
    done.map_err(|error| of_store(&error))
}

#[tauri::command]
pub async fn template_examples(language: String) -> Answer<Vec<TemplateExample>> {
    Ok(inbox::template_examples(&language))
}

fn client(session: &Session) -> Answer<&Client> {
    let unconnected = || problem(ProblemCode::NotOpen, "no number is connected");
    session.client.as_ref().ok_or_else(unconnected)
}
