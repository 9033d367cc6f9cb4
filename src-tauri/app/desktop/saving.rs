//! Files on their way to a folder of the shop's: where to, and under what name.

use super::legible::is_hidden;
use crate::problem::{Answer, blocking, internal};
use std::path::PathBuf;
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

/// Bytes. Longer names than this, with their ending, some file systems refuse.
const LONGEST: usize = 200;

/// Asks where to, and writes the file there. False: the person changed their mind.
pub async fn save(app: &AppHandle, name: String, bytes: Vec<u8>) -> Answer<bool> {
    let dialog = app.dialog().file().set_file_name(&name);
    let chosen = blocking(move || dialog.blocking_save_file()).await?;
    let Some(path) = chosen else { return Ok(false) };
    let path: PathBuf = path.into_path().map_err(|error| internal(&error))?;
    let written = blocking(move || std::fs::write(path, bytes)).await?;
    written.map_err(|error| internal(&error))?;
    Ok(true)
}

/// Asks where to. A name typed without the ending gets it, so that the file opens in what it is for.
pub async fn ask(app: &AppHandle, name: String, ending: &str) -> Answer<Option<PathBuf>> {
    let dialog = app.dialog().file().set_file_name(&name);
    let chosen = blocking(move || dialog.blocking_save_file()).await?;
    let Some(path) = chosen else { return Ok(None) };
    let path: PathBuf = path.into_path().map_err(|error| internal(&error))?;
    Ok(Some(match path.extension() {
        Some(_) => path,
        None => path.with_extension(ending),
    }))
}

/// A name for the dialog: what the customer called the file, else its kind, with an ending that fits.
///
/// What a customer sends is no path: no folders, no hidden files, nothing that breaks a line or a terminal, nothing
/// that turns `gpj.exe` around until it reads `exe.jpg`.
pub fn suggested(filename: Option<&str>, kind: &str, mime_type: Option<&str>) -> String {
    let given: String = filename
        .unwrap_or_default()
        .chars()
        .map(|c| {
            let bad = "/\\:*?\"<>|".contains(c) || is_hidden(c);
            if bad { '_' } else { c }
        })
        .collect();
    let given = given.trim_matches([' ', '.', '_']);
    let (stem, ending) = match given.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 8 => (stem, ending),
        _ => (given, ending_of(mime_type)),
    };
    let stem = if stem.is_empty() { kind } else { stem };
    let stem = &stem[..stem.floor_char_boundary(LONGEST)];
    if ending.is_empty() {
        stem.to_owned()
    } else {
        format!("{stem}.{ending}")
    }
}

fn ending_of(mime_type: Option<&str>) -> &'static str {
    match mime_type
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
    {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "video/mp4" => "mp4",
        "video/3gpp" => "3gp",
        "audio/ogg" => "ogg",
        "audio/mpeg" => "mp3",
        "audio/mp4" => "m4a",
        "audio/aac" => "aac",
        "audio/amr" => "amr",
        "application/pdf" => "pdf",
        "text/plain" => "txt",
        "text/csv" => "csv",
        "application/msword" => "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.ms-excel" => "xls",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customers_file_name_is_never_a_path() {
        for (filename, kind, mime_type, expected) in [
            (Some("Wunschliste.pdf"), "document", None, "Wunschliste.pdf"),
            (Some("../../.bashrc"), "document", None, "bashrc"),
            (
                Some("/etc/passwd"),
                "document",
                Some("text/plain"),
                "etc_passwd.txt",
            ),
            (
                Some("C:\\Windows\\a.exe"),
                "document",
                None,
                "C__Windows_a.exe",
            ),
            (
                Some("rechnung\u{202e}fdp.exe"),
                "document",
                None,
                "rechnung_fdp.exe",
            ),
            (
                Some("zwei\nZeilen.txt"),
                "document",
                None,
                "zwei_Zeilen.txt",
            ),
            (
                Some(" . "),
                "document",
                Some("application/pdf"),
                "document.pdf",
            ),
            (None, "image", Some("image/jpeg"), "image.jpg"),
            (None, "voice", Some("audio/ogg; codecs=opus"), "voice.ogg"),
            (None, "document", Some("application/x-odd"), "document"),
        ] {
            assert_eq!(
                suggested(filename, kind, mime_type),
                expected,
                "{filename:?}"
            );
        }
        for letter in ["a", "ä", "漢", "👍"] {
            let name = format!("{}.pdf", letter.repeat(5_000));
            let name = suggested(Some(&name), "document", None);
            assert!(name.len() <= LONGEST + 4, "{name}");
            assert!(name.ends_with(&format!("{letter}.pdf")), "{name}");
        }
    }
}
