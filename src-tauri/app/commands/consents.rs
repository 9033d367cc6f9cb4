//! Consents of one person, and asking for one.

use super::{TheShell, at_the_desk};
use crate::problem::Answer;
use inbox::view::{ConsentChange, ConsentResult, LedgerCheck, SendResult};

#[tauri::command]
pub async fn change_consent(
    shell: TheShell<'_>,
    customer_id: i64,
    change: ConsentChange,
) -> Answer<ConsentResult> {
    at_the_desk(&shell, move |desk| {
        desk.change_consent(customer_id, &change)
    })
    .await
}

#[tauri::command]
pub async fn ask_opt_in(
    shell: TheShell<'_>,
    thread_id: i64,
    purposes: Vec<String>,
    language: String,
) -> Answer<SendResult> {
    at_the_desk(&shell, move |desk| {
        desk.ask_opt_in(thread_id, &purposes, &language)
    })
    .await
}

#[tauri::command]
pub async fn thread_of_customer(shell: TheShell<'_>, customer_id: i64) -> Answer<i64> {
    at_the_desk(&shell, move |desk| desk.thread_of_customer(customer_id)).await
}

/// From the first entry to the last.
#[tauri::command]
pub async fn check_ledger(shell: TheShell<'_>) -> Answer<LedgerCheck> {
    at_the_desk(&shell, |desk| desk.check_ledger(true)).await
}
