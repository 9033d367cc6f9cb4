//! What the window asks of the desktop.

use super::{TheShell, at_the_desk};
use crate::{
    desktop::{
        clipboard,
        notices::{self, Notice},
        saving, spelling, tray,
    },
    problem::{Answer, problem},
};
use inbox::view::ProblemCode;
use tauri::{AppHandle, ipc::Response};

#[tauri::command]
pub async fn save_media(app: AppHandle, shell: TheShell<'_>, message_id: i64) -> Answer<bool> {
    let found = at_the_desk(&shell, move |desk| {
        let bytes = desk.media(message_id)?;
        Ok(bytes.zip(desk.media_name(message_id)?))
    })
    .await?;
    let gone = || problem(ProblemCode::NotFound, "this file is not on this machine");
    let (bytes, media) = found.ok_or_else(gone)?;
    let name = saving::suggested(
        media.filename.as_deref(),
        &media.kind,
        media.mime_type.as_deref(),
    );
    saving::save(&app, name, bytes).await
}

#[tauri::command]
pub async fn notify(app: AppHandle, notice: Notice) -> Answer<()> {
    notices::show(&app, &notice);
    Ok(())
}

/// The picture on the clipboard as PNG; no bytes where there is none.
#[tauri::command]
pub async fn copied_picture(app: AppHandle) -> Answer<Response> {
    let picture = clipboard::picture(&app).await;
    Ok(Response::new(picture.unwrap_or_default()))
}

#[tauri::command]
pub async fn spell_in(app: AppHandle, language: String) -> Answer<()> {
    spelling::follow(&app, &language);
    Ok(())
}

#[tauri::command]
pub async fn set_badge(app: AppHandle, unread: u32) -> Answer<()> {
    tray::set_unread(&app, unread);
    Ok(())
}
