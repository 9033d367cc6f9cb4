//! As what a file can be sent, read from its bytes: names and claimed types are what people and browsers think.
//!
//! Meta, "Media" (supported types): pictures JPEG and PNG to 5 MB; video MP4 and 3GP, audio AAC, AMR, MP3, M4A and
//! OGG with one channel of Opus to 16 MB; stickers WebP to 100 KB, animated to 500 KB; text, PDF and the office
//! formats to 100 MB. An upload of anything else is refused there, so it is refused here, before it takes time.

use crate::view::AttachmentRefusal;

const KB: usize = 1 << 10;
const MB: usize = 1 << 20;

/// What a file is sent as.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// `image`, `video`, `audio`, `sticker`, `document`.
    pub kind: &'static str,
    pub mime_type: String,
    pub refused: Option<AttachmentRefusal>,
}

/// `claimed`: the type the window was told, which decides where the bytes leave it open.
pub fn fit(filename: &str, claimed: &str, bytes: &[u8]) -> Fit {
    let claimed = claimed.split(';').next().unwrap_or_default().trim();
    let mime_type = true_type(filename, claimed, bytes);
    let (kind, limit) = match mime_type {
        "image/jpeg" | "image/png" => ("image", 5 * MB),
        "video/mp4" | "video/3gpp" => ("video", 16 * MB),
        "audio/aac" | "audio/amr" | "audio/mpeg" | "audio/mp4" | "audio/ogg" => ("audio", 16 * MB),
        "image/webp" if is_animated(bytes) => ("sticker", 500 * KB),
        "image/webp" => ("sticker", 100 * KB),
        known if DOCUMENTS.iter().any(|(_, document)| *document == known) => ("document", 100 * MB),
        _ => ("document", 0),
    };
    let limit_shown = i64::try_from(limit).unwrap_or(i64::MAX);
    let refused = match bytes.len() {
        0 => Some(AttachmentRefusal::Empty),
        _ if limit == 0 || (mime_type == "audio/ogg" && !is_mono_opus(bytes)) => {
            Some(AttachmentRefusal::Kind {
                mime_type: mime_type.to_owned(),
            })
        }
        size if size > limit => Some(AttachmentRefusal::TooLarge { limit: limit_shown }),
        _ => None,
    };
    Fit {
        kind,
        mime_type: mime_type.to_owned(),
        refused,
    }
}

/// What Meta takes as a document, by the endings people know them by.
const DOCUMENTS: [(&str, &str); 9] = [
    ("pdf", "application/pdf"),
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("txt", "text/plain"),
    ("csv", "text/plain"),
];

fn true_type<'a>(filename: &str, claimed: &'a str, bytes: &[u8]) -> &'a str {
    // Words first: many a text begins like the head of some format.
    if !bytes.is_empty() && !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok() {
        return if is_program(claimed) {
            claimed
        } else {
            "text/plain"
        };
    }
    match infer::get(bytes).map(|read| read.mime_type()) {
        Some("audio/m4a" | "audio/x-m4a") => "audio/mp4",
        Some("audio/opus") => "audio/ogg",
        Some("video/x-m4v") => "video/mp4",
        // A box that an office document may be in: its name says which.
        Some("application/zip" | "application/x-ole-storage") => office(filename, claimed),
        Some(read) => read,
        None if claimed.is_empty() => "application/octet-stream",
        None => claimed,
    }
}

fn office<'a>(filename: &str, claimed: &'a str) -> &'a str {
    let ending = filename.rsplit('.').next().unwrap_or_default();
    let named = DOCUMENTS[1..7]
        .iter()
        .find(|(known, mime)| ending.eq_ignore_ascii_case(known) || *mime == claimed);
    named.map_or("application/zip", |(_, mime)| mime)
}

/// Text that somebody's computer would run.
fn is_program(claimed: &str) -> bool {
    [
        "application/x-sh",
        "application/x-bat",
        "application/javascript",
        "text/javascript",
        "text/x-sh",
        "text/html",
    ]
    .contains(&claimed)
}

/// RFC 7845, "Identification Header": the number of channels stands behind name and version.
fn is_mono_opus(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(256)];
    let name = b"OpusHead";
    let at = head.windows(name.len()).position(|window| window == name);
    at.and_then(|at| head.get(at + name.len() + 1)) == Some(&1)
}

/// WebP container: the extended header has a flag for it.
fn is_animated(bytes: &[u8]) -> bool {
    bytes.get(12..16) == Some(b"VP8X".as_slice())
        && bytes.get(20).is_some_and(|flags| flags & 2 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(head: &[u8], size: usize) -> Vec<u8> {
        let mut bytes = head.to_vec();
        bytes.resize(size.max(head.len()), 0);
        bytes
    }

    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
    const MP4: &[u8] = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom";
    const OPUS: &[u8] = b"OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x13OpusHead\x01";
    const PDF: &[u8] = b"%PDF-1.7\n\x00";
    const GIF: &[u8] = b"GIF89a\x00";
    const WEBP: &[u8] = b"RIFF\x24\x00\x00\x00WEBPVP8 ";
    const MOVING: &[u8] = b"RIFF\x24\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02";
    const ZIP: &[u8] = b"PK\x03\x04\x14\x00\x00\x00";
    const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    #[test]
    fn a_file_is_what_its_bytes_say_and_goes_as_what_meta_takes() {
        let mut mono = OPUS.to_vec();
        mono.push(1);
        for (filename, claimed, bytes, kind, mime_type) in [
            (
                "a.jpg",
                "image/jpeg",
                with(JPEG, 900),
                "image",
                "image/jpeg",
            ),
            (
                "a.pdf",
                "application/pdf",
                with(PNG, 900),
                "image",
                "image/png",
            ),
            ("a.mp4", "video/mp4", with(MP4, 900), "video", "video/mp4"),
            ("a.ogg", "", with(&mono, 900), "audio", "audio/ogg"),
            (
                "a.png",
                "image/png",
                with(PDF, 900),
                "document",
                "application/pdf",
            ),
            (
                "a.webp",
                "image/webp",
                with(WEBP, 90 * KB),
                "sticker",
                "image/webp",
            ),
            (
                "a.webp",
                "image/webp",
                with(MOVING, 400 * KB),
                "sticker",
                "image/webp",
            ),
            ("Brief.DOCX", "", with(ZIP, 900), "document", DOCX),
            (
                "liste.csv",
                "text/csv",
                b"a;b\n1;2".to_vec(),
                "document",
                "text/plain",
            ),
            (
                "notiz",
                "",
                "BMW ID3 GIF89a – Grüße".into(),
                "document",
                "text/plain",
            ),
        ] {
            let expected = Fit {
                kind,
                mime_type: mime_type.into(),
                refused: None,
            };
            assert_eq!(fit(filename, claimed, &bytes), expected, "{filename}");
        }
    }

    #[test]
    fn what_meta_would_refuse_is_refused_before_it_takes_time() {
        let mut stereo = OPUS.to_vec();
        stereo.push(2);
        let kind = |mime: &str| AttachmentRefusal::Kind {
            mime_type: mime.into(),
        };
        let large = |limit: usize| AttachmentRefusal::TooLarge {
            limit: i64::try_from(limit).unwrap(),
        };
        for (filename, claimed, bytes, refused) in [
            ("a.png", "image/png", Vec::new(), AttachmentRefusal::Empty),
            ("a.jpg", "image/jpeg", with(JPEG, 5 * MB + 1), large(5 * MB)),
            ("a.mp4", "video/mp4", with(MP4, 16 * MB + 1), large(16 * MB)),
            (
                "a.webp",
                "image/webp",
                with(WEBP, 101 * KB),
                large(100 * KB),
            ),
            (
                "a.pdf",
                "application/pdf",
                with(PDF, 100 * MB + 1),
                large(100 * MB),
            ),
            ("a.ogg", "audio/ogg", with(&stereo, 900), kind("audio/ogg")),
            ("a.gif", "image/gif", with(GIF, 900), kind("image/gif")),
            (
                "a.zip",
                "application/zip",
                with(ZIP, 900),
                kind("application/zip"),
            ),
            (
                "a.sh",
                "application/x-sh",
                b"echo".to_vec(),
                kind("application/x-sh"),
            ),
            ("a.bin", "", vec![1, 0, 2], kind("application/octet-stream")),
        ] {
            assert_eq!(
                fit(filename, claimed, &bytes).refused,
                Some(refused),
                "{filename}"
            );
        }
    }
}
