//! The settings dialog.

use super::{TheShell, at_the_desk};
use crate::problem::Answer;
use inbox::view::Settings;

#[tauri::command]
pub async fn settings(shell: TheShell<'_>) -> Answer<Settings> {
    at_the_desk(&shell, |desk| desk.settings()).await
}

/// His threads and what he has read go with him.
#[tauri::command]
pub async fn rename_staff(shell: TheShell<'_>, from: String, to: String) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.rename_staff(&from, &to)).await
}

#[tauri::command]
pub async fn save_settings(shell: TheShell<'_>, settings: Settings) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.save_settings(&settings)).await
}
