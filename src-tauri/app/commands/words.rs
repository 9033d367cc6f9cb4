//! The words that are pointed out before a send, and names that customers see.

use super::{TheShell, at_the_desk};
use crate::problem::Answer;
use inbox::view::{ContentFinding, ContentKind, NamePlace, WordList};

#[tauri::command]
pub async fn word_lists(shell: TheShell<'_>) -> Answer<Vec<WordList>> {
    at_the_desk(&shell, |desk| desk.word_lists()).await
}

#[tauri::command]
pub async fn save_word_list(
    shell: TheShell<'_>,
    language: String,
    kind: ContentKind,
    words: Vec<String>,
) -> Answer<()> {
    at_the_desk(&shell, move |desk| {
        desk.save_word_list(&language, kind, &words)
    })
    .await
}

/// Back to the list that came with the app.
#[tauri::command]
pub async fn reset_word_list(
    shell: TheShell<'_>,
    language: String,
    kind: ContentKind,
) -> Answer<()> {
    at_the_desk(&shell, move |desk| desk.reset_word_list(&language, kind)).await
}

#[tauri::command]
pub async fn check_name(
    shell: TheShell<'_>,
    place: NamePlace,
    text: String,
) -> Answer<Vec<ContentFinding>> {
    at_the_desk(&shell, move |desk| desk.check_name(place, &text)).await
}
