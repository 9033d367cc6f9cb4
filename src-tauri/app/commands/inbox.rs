//! The inbox: threads, conversations, sending, what is known of clock and connection.

use super::{ROWS, TheShell, at_the_desk};
use crate::problem::{Answer, internal, problem};
use inbox::view::{
    ClockView, ConnectionView, MessageCursor, MessagePage, ProblemCode, SearchPage, SendResult,
    ThreadCursor, ThreadHead, ThreadPage, UndoResult,
};
use tauri::ipc::Response;

/// One person works at this laptop, until staff sign in by name.
const STAFF: &str = "";

#[tauri::command]
pub async fn list_threads(
    shell: TheShell<'_>,
    before: Option<ThreadCursor>,
    limit: i64,
) -> Answer<ThreadPage> {
    at_the_desk(&shell, move |desk| {
        desk.threads(before, limit.clamp(1, ROWS))
    })
    .await
}

#[tauri::command]
pub async fn thread_head(shell: TheShell<'_>, thread_id: i64) -> Answer<ThreadHead> {
    at_the_desk(&shell, move |desk| desk.thread_head(thread_id)).await
}

#[tauri::command]
pub async fn thread_messages(
    shell: TheShell<'_>,
    thread_id: i64,
    before: Option<MessageCursor>,
    limit: i64,
) -> Answer<MessagePage> {
    at_the_desk(&shell, move |desk| {
        desk.messages(thread_id, before, limit.clamp(1, ROWS))
    })
    .await
}

#[tauri::command]
pub async fn search(
    shell: TheShell<'_>,
    text: String,
    before: Option<i64>,
    limit: i64,
) -> Answer<SearchPage> {
    at_the_desk(&shell, move |desk| {
        desk.search(&text, before, limit.clamp(1, ROWS))
    })
    .await
}

/// The bytes of a file, as they are.
#[tauri::command]
pub async fn media(shell: TheShell<'_>, message_id: i64) -> Answer<Response> {
    let bytes = at_the_desk(&shell, move |desk| desk.media(message_id)).await?;
    let gone = || problem(ProblemCode::NotFound, "this file is not on this machine");
    bytes.map(Response::new).ok_or_else(gone)
}

#[tauri::command]
pub async fn save_draft(shell: TheShell<'_>, thread_id: i64, text: String) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.save_draft(thread_id, &text)).await
}

#[tauri::command]
pub async fn mark_seen(shell: TheShell<'_>, thread_id: i64) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.mark_seen(thread_id)).await
}

#[tauri::command]
pub async fn send_text(
    shell: TheShell<'_>,
    thread_id: i64,
    text: String,
    reply_to: Option<i64>,
) -> Answer<SendResult> {
    at_the_desk(&shell, move |desk| {
        desk.send_text(thread_id, &text, reply_to, STAFF)
    })
    .await
}

#[tauri::command]
pub async fn send_reaction(
    shell: TheShell<'_>,
    thread_id: i64,
    message_id: i64,
    emoji: String,
) -> Answer<SendResult> {
    at_the_desk(&shell, move |desk| {
        desk.send_reaction(thread_id, message_id, &emoji, STAFF)
    })
    .await
}

#[tauri::command]
pub async fn undo_send(shell: TheShell<'_>, outbox_id: String) -> Answer<UndoResult> {
    at_the_desk(&shell, move |desk| desk.undo(&outbox_id)).await
}

#[tauri::command]
pub async fn settle_doubtful(
    shell: TheShell<'_>,
    outbox_id: String,
    again: bool,
) -> Answer<Option<SendResult>> {
    at_the_desk(&shell, move |desk| {
        desk.settle_doubtful(&outbox_id, again, STAFF)
    })
    .await
}

#[tauri::command]
pub async fn clock(shell: TheShell<'_>) -> Answer<ClockView> {
    Ok(shell.session()?.desk.clock_view())
}

#[tauri::command]
pub async fn connection(shell: TheShell<'_>) -> Answer<ConnectionView> {
    at_the_desk(&shell, |desk| desk.connection()).await
}

#[tauri::command]
pub async fn lift_hold(shell: TheShell<'_>) -> Answer<()> {
    at_the_desk(&shell, |desk| desk.lift_hold()).await
}

/// In the browser of the system; web addresses only, as a message may say anything.
#[tauri::command]
pub async fn open_link(url: String) -> Answer<()> {
    let address = tauri::Url::parse(&url)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    let address = address.ok_or_else(|| internal(&"this is not a web address"))?;
    let opened = tauri_plugin_opener::open_url(address.as_str(), None::<&str>);
    opened.map_err(|error| internal(&error))
}
