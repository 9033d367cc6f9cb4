//! The start screen.

use super::TheShell;
use crate::{access::Access, problem::Answer};
use cloud_api::clock::Clock;
use inbox::{
    access,
    view::{AccessCheck, AccessForm, AccessStep, NumberRemoval, StartState},
};
use uuid::Uuid;

#[tauri::command]
pub async fn start(shell: TheShell<'_>) -> Answer<StartState> {
    Ok(shell.start().await)
}

#[tauri::command]
pub async fn choose_practice(shell: TheShell<'_>, language: Option<String>) -> Answer<StartState> {
    Ok(shell.choose_practice(language.unwrap_or_default()).await)
}

#[tauri::command]
pub async fn retry_keyring(shell: TheShell<'_>) -> Answer<StartState> {
    Ok(shell.retry_keyring().await)
}

#[tauri::command]
pub async fn create_with_passphrase(shell: TheShell<'_>, passphrase: String) -> Answer<StartState> {
    Ok(shell.create_with_passphrase(passphrase.into()).await)
}

#[tauri::command]
pub async fn unlock(shell: TheShell<'_>, passphrase: String) -> Answer<StartState> {
    Ok(shell.unlock(passphrase.into()).await)
}

#[tauri::command]
pub async fn restore_backup(shell: TheShell<'_>) -> Answer<StartState> {
    Ok(shell.restore_backup().await)
}

#[tauri::command]
pub async fn start_empty(shell: TheShell<'_>) -> Answer<StartState> {
    Ok(shell.start_empty().await)
}

/// One step of the connection assistant, with real calls.
#[tauri::command]
pub async fn check_access(form: AccessForm, step: AccessStep) -> Answer<AccessCheck> {
    let now = Clock::system().now();
    let nonce = Uuid::new_v4().simple().to_string();
    Ok(access::check(step, &form, &Access::place(&form), now, &nonce).await)
}

#[tauri::command]
pub async fn connect_shop(
    shell: TheShell<'_>,
    form: AccessForm,
    numbers: Vec<String>,
) -> Answer<StartState> {
    let access = Access::of_form(&form, &numbers);
    shell.connect_shop(access).await
}

#[tauri::command]
pub async fn remove_number(shell: TheShell<'_>, phone_number_id: String) -> Answer<NumberRemoval> {
    shell.remove_number(phone_number_id).await
}

/// The first picture is on the screen; said aloud where somebody measures.
#[tauri::command]
pub async fn painted() -> Answer<()> {
    if std::env::var_os("GUICHET_TRACE").is_some_and(|value| value == "1") {
        println!("painted {}", Clock::system().now());
    }
    Ok(())
}
