//! As what a file can be sent, read from its bytes: names and claimed types are what people and browsers think.
//!
//! Meta, "Media": pictures JPEG and PNG to 5 MB; video MP4 and 3GP, audio AAC, AMR, MP3, M4A and OGG to 16 MB;
//! documents to 100 MB. What is too large, or of another kind, for a picture, a film or a sound can still go as
//! a document.

use crate::view::AttachmentRefusal;

const PICTURE: usize = 5 << 20;
const FILM_OR_SOUND: usize = 16 << 20;
const DOCUMENT: usize = 100 << 20;

/// What a file is sent as.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// `image`, `video`, `audio`, `document`.
    pub kind: &'static str,
    pub mime_type: String,
    pub refused: Option<AttachmentRefusal>,
}

/// `claimed`: the type the window was told, for files whose bytes say nothing (text, for instance).
pub fn fit(claimed: &str, bytes: &[u8]) -> Fit {
    let read = infer::get(bytes);
    let mime_type = match read {
        Some(read) => true_name(read.mime_type()).to_owned(),
        None => plain(claimed),
    };
    let document = |refused| Fit {
        kind: "document",
        mime_type: mime_type.clone(),
        refused,
    };
    if bytes.is_empty() {
        return document(Some(AttachmentRefusal::Empty));
    }
    if read.is_some_and(|read| read.matcher_type() == infer::MatcherType::App) || runs(&mime_type) {
        return document(Some(AttachmentRefusal::Kind {
            mime_type: mime_type.clone(),
        }));
    }
    let (kind, limit) = match mime_type.as_str() {
        "image/jpeg" | "image/png" => ("image", PICTURE),
        "video/mp4" | "video/3gpp" => ("video", FILM_OR_SOUND),
        "audio/aac" | "audio/amr" | "audio/mpeg" | "audio/mp4" | "audio/ogg" => {
            ("audio", FILM_OR_SOUND)
        }
        _ => ("document", DOCUMENT),
    };
    if bytes.len() <= limit {
        return Fit {
            kind,
            mime_type,
            refused: None,
        };
    }
    let limit = i64::try_from(DOCUMENT).unwrap_or(i64::MAX);
    let too_large = bytes.len() > DOCUMENT;
    document(too_large.then_some(AttachmentRefusal::TooLarge { limit }))
}

/// Meta's word for what the reader of bytes calls otherwise.
fn true_name(mime_type: &str) -> &str {
    match mime_type {
        "audio/m4a" | "audio/x-m4a" => "audio/mp4",
        "video/x-m4v" => "video/mp4",
        other => other,
    }
}

/// Without parameters, and never empty.
fn plain(claimed: &str) -> String {
    let plain = claimed.split(';').next().unwrap_or_default().trim();
    if plain.is_empty() {
        "application/octet-stream".to_owned()
    } else {
        plain.to_ascii_lowercase()
    }
}

/// Nobody's customer should be sent a program.
fn runs(mime_type: &str) -> bool {
    [
        "application/x-msdownload",
        "application/x-sh",
        "application/x-executable",
        "application/x-msdos-program",
        "application/vnd.android.package-archive",
        "application/java-archive",
        "text/javascript",
        "application/javascript",
        "text/x-sh",
        "application/x-bat",
    ]
    .contains(&mime_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(head: &[u8], size: usize) -> Vec<u8> {
        let mut bytes = head.to_vec();
        bytes.resize(size.max(head.len()), 0);
        bytes
    }

    #[test]
    fn a_file_is_what_its_bytes_say_and_goes_as_what_meta_takes() {
        const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00";
        const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
        const MP4: &[u8] = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom";
        const OGG: &[u8] = b"OggS\x00\x02";
        const PDF: &[u8] = b"%PDF-1.7\n";
        const GIF: &[u8] = b"GIF89a";
        const WEBP: &[u8] = b"RIFF\x24\x00\x00\x00WEBPVP8 ";
        const EXE: &[u8] = b"MZ\x90\x00\x03\x00";
        let small = 1_000;
        let kind = |mime: &str| {
            Some(AttachmentRefusal::Kind {
                mime_type: mime.into(),
            })
        };
        let limit = i64::try_from(DOCUMENT).unwrap();
        for (claimed, bytes, expected, mime_type, refused) in [
            ("image/jpeg", with(JPEG, small), "image", "image/jpeg", None),
            (
                "application/pdf",
                with(PNG, small),
                "image",
                "image/png",
                None,
            ),
            (
                "image/jpeg",
                with(JPEG, PICTURE + 1),
                "document",
                "image/jpeg",
                None,
            ),
            ("video/mp4", with(MP4, small), "video", "video/mp4", None),
            (
                "video/mp4",
                with(MP4, FILM_OR_SOUND + 1),
                "document",
                "video/mp4",
                None,
            ),
            ("", with(OGG, small), "audio", "audio/ogg", None),
            (
                "image/png",
                with(PDF, small),
                "document",
                "application/pdf",
                None,
            ),
            ("image/gif", with(GIF, small), "document", "image/gif", None),
            (
                "image/webp",
                with(WEBP, small),
                "document",
                "image/webp",
                None,
            ),
            (
                "text/plain; charset=utf-8",
                b"Hallo".to_vec(),
                "document",
                "text/plain",
                None,
            ),
            (
                "",
                b"Hallo".to_vec(),
                "document",
                "application/octet-stream",
                None,
            ),
            (
                "image/png",
                Vec::new(),
                "document",
                "image/png",
                Some(AttachmentRefusal::Empty),
            ),
            (
                "application/x-sh",
                b"echo".to_vec(),
                "document",
                "application/x-sh",
                kind("application/x-sh"),
            ),
            (
                "application/pdf",
                with(EXE, small),
                "document",
                "application/vnd.microsoft.portable-executable",
                kind("application/vnd.microsoft.portable-executable"),
            ),
            (
                "application/pdf",
                with(PDF, DOCUMENT + 1),
                "document",
                "application/pdf",
                Some(AttachmentRefusal::TooLarge { limit }),
            ),
        ] {
            let fit = fit(claimed, &bytes);
            assert_eq!(
                (fit.kind, fit.mime_type.as_str(), fit.refused),
                (expected, mime_type, refused),
                "{claimed}"
            );
        }
    }
}
