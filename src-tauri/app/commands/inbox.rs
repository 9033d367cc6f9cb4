//! The inbox: threads, conversations, sending, what is known of clock and connection.

use super::{ROWS, TheShell, at_the_desk};
use crate::problem::{Answer, internal, problem};
use inbox::view::{
    Arrival, ClockView, ConnectionView, GuardOverride, MarkChange, MessagePage, OwnNumber, Place,
    ProblemCode, SearchPage, SearchQuery, SectionCounts, SendResult, ThreadCursor, ThreadHead,
    ThreadPage, ThreadQuery, ThreadRow, UndoResult,
};
use tauri::ipc::Response;

#[tauri::command]
pub async fn list_threads(
    shell: TheShell<'_>,
    query: ThreadQuery,
    before: Option<ThreadCursor>,
    limit: i64,
) -> Answer<ThreadPage> {
    at_the_desk(&shell, move |desk| {
        desk.threads(&query, before, limit.clamp(1, ROWS))
    })
    .await
}

#[tauri::command]
pub async fn thread_rows(shell: TheShell<'_>, thread_ids: Vec<i64>) -> Answer<Vec<ThreadRow>> {
    at_the_desk(&shell, move |desk| desk.thread_rows(&thread_ids)).await
}

#[tauri::command]
pub async fn section_counts(shell: TheShell<'_>, query: ThreadQuery) -> Answer<SectionCounts> {
    at_the_desk(&shell, move |desk| desk.section_counts(&query)).await
}

#[tauri::command]
pub async fn mark_threads(
    shell: TheShell<'_>,
    thread_ids: Vec<i64>,
    change: MarkChange,
) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.mark_threads(&thread_ids, &change)).await
}

#[tauri::command]
pub async fn own_numbers(shell: TheShell<'_>) -> Answer<Vec<OwnNumber>> {
    at_the_desk(&shell, |desk| desk.own_numbers()).await
}

#[tauri::command]
pub async fn arrivals(shell: TheShell<'_>, message_ids: Vec<i64>) -> Answer<Vec<Arrival>> {
    at_the_desk(&shell, move |desk| desk.arrivals(&message_ids)).await
}

#[tauri::command]
pub async fn thread_head(shell: TheShell<'_>, thread_id: i64) -> Answer<ThreadHead> {
    at_the_desk(&shell, move |desk| desk.thread_head(thread_id)).await
}

#[tauri::command]
pub async fn thread_messages(
    shell: TheShell<'_>,
    thread_id: i64,
    place: Place,
    limit: i64,
) -> Answer<MessagePage> {
    at_the_desk(&shell, move |desk| {
        desk.messages(thread_id, &place, limit.clamp(1, ROWS))
    })
    .await
}

#[tauri::command]
pub async fn search(
    shell: TheShell<'_>,
    query: SearchQuery,
    from_hit: Option<i64>,
    limit: i64,
) -> Answer<SearchPage> {
    at_the_desk(&shell, move |desk| {
        desk.search(&query, from_hit, limit.clamp(1, ROWS))
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
    insisted: Option<GuardOverride>,
) -> Answer<SendResult> {
    at_the_desk(&shell, move |desk| {
        desk.send_text_insisting(thread_id, &text, reply_to, &desk.me()?, insisted.as_ref())
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
        desk.send_reaction(thread_id, message_id, &emoji, &desk.me()?)
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
        desk.settle_doubtful(&outbox_id, again, &desk.me()?)
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
