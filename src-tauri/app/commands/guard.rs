//! The guard: a look while somebody writes, the audit, thresholds.

use super::{ROWS, TheShell, at_the_desk};
use crate::problem::Answer;
use inbox::view::{
    AuditCursor, AuditFigures, AuditPage, AuditQuery, GuardSetting, GuardVerdict, TemplateChoice,
};

#[tauri::command]
pub async fn guard_look(shell: TheShell<'_>, thread_id: i64, text: String) -> Answer<GuardVerdict> {
    at_the_desk(&shell, move |desk| desk.guard_look(thread_id, &text)).await
}

#[tauri::command]
pub async fn guard_look_template(
    shell: TheShell<'_>,
    thread_id: i64,
    choice: TemplateChoice,
) -> Answer<GuardVerdict> {
    at_the_desk(&shell, move |desk| {
        desk.guard_look_template(thread_id, &choice)
    })
    .await
}

#[tauri::command]
pub async fn guard_audit(
    shell: TheShell<'_>,
    query: AuditQuery,
    after: Option<AuditCursor>,
    limit: i64,
) -> Answer<AuditPage> {
    at_the_desk(&shell, move |desk| {
        desk.guard_audit(&query, after.as_ref(), limit.clamp(1, ROWS))
    })
    .await
}

#[tauri::command]
pub async fn guard_figures(shell: TheShell<'_>, from: i64, to: i64) -> Answer<Vec<AuditFigures>> {
    at_the_desk(&shell, move |desk| desk.guard_figures(from, to)).await
}

#[tauri::command]
pub async fn guard_settings(shell: TheShell<'_>) -> Answer<Vec<GuardSetting>> {
    at_the_desk(&shell, |desk| desk.guard_settings()).await
}

/// Held within its bounds; all of them as they stand then.
#[tauri::command]
pub async fn set_guard_setting(
    shell: TheShell<'_>,
    key: String,
    value: f64,
) -> Answer<Vec<GuardSetting>> {
    at_the_desk(&shell, move |desk| desk.set_guard_setting(&key, value)).await
}
