//! Attachments and quick replies.

use super::{TheShell, at_the_desk};
use crate::problem::{Answer, internal, problem};
use inbox::view::{
    AttachmentView, FilledReply, GuardOverride, ProblemCode, QuickReply, SendResult,
};
use tauri::ipc::{InvokeBody, Request, Response};

/// The file is the body of the call; what it is called and where it belongs stand in headers, percent-encoded.
#[tauri::command]
pub async fn attach(shell: TheShell<'_>, request: Request<'_>) -> Answer<AttachmentView> {
    let header = |name| super::header(&request, name);
    let thread_id: i64 = header("thread")?
        .parse()
        .map_err(|error| internal(&error))?;
    let (filename, mime_type) = (header("filename")?, header("mime-type")?);
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(internal(&"a file comes as bytes"));
    };
    let bytes = bytes.clone();
    at_the_desk(&shell, move |desk| {
        desk.attach(thread_id, &filename, &mime_type, bytes)
    })
    .await
}

#[tauri::command]
pub async fn detach(shell: TheShell<'_>, attachment_id: String) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.detach(&attachment_id)).await
}

#[tauri::command]
pub async fn order_attachments(
    shell: TheShell<'_>,
    thread_id: i64,
    attachment_ids: Vec<String>,
) -> Answer<()> {
    at_the_desk(&shell, move |desk| {
        desk.order_attachments(thread_id, &attachment_ids)
    })
    .await
}

#[tauri::command]
pub async fn attachment(shell: TheShell<'_>, attachment_id: String) -> Answer<Response> {
    let bytes = at_the_desk(&shell, move |desk| desk.attachment(&attachment_id)).await?;
    let gone = || problem(ProblemCode::NotFound, "this file is not on this machine");
    bytes.map(Response::new).ok_or_else(gone)
}

#[tauri::command]
pub async fn send_attachments(
    shell: TheShell<'_>,
    thread_id: i64,
    text: String,
    reply_to: Option<i64>,
    insisted: Option<GuardOverride>,
) -> Answer<Vec<SendResult>> {
    at_the_desk(&shell, move |desk| {
        let me = desk.me()?;
        desk.send_attachments_insisting(thread_id, &text, reply_to, &me, insisted.as_ref())
    })
    .await
}

#[tauri::command]
pub async fn quick_replies(
    shell: TheShell<'_>,
    thread_id: Option<i64>,
) -> Answer<Vec<FilledReply>> {
    at_the_desk(&shell, move |desk| desk.quick_replies(thread_id)).await
}

#[tauri::command]
pub async fn raw_quick_replies(shell: TheShell<'_>) -> Answer<Vec<QuickReply>> {
    at_the_desk(&shell, |desk| desk.raw_quick_replies()).await
}

#[tauri::command]
pub async fn save_quick_reply(shell: TheShell<'_>, reply: QuickReply) -> Answer<String> {
    at_the_desk(&shell, move |desk| desk.save_quick_reply(&reply)).await
}
