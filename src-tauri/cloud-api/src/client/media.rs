//! Files up and down. An address of a file lives five minutes and needs the token; an inbound id seven days
//! (Meta, "Media").

use std::time::Duration;

use base64::Engine as _;
use bytes::Bytes;
use reqwest::{
    Body,
    multipart::{Form, Part},
};
use sha2::{Digest, Sha256};
use veil::Redact;

use super::{CallError, Client, answer, is_loopback};
use crate::read::{self, text};

/// Slower than this an upload counts as stuck.
pub(super) const SLOWEST_BYTES_PER_SECOND: u64 = 20_000;
/// What goes up between two words about how far it is.
const PIECE: usize = 64 << 10;
/// Whose servers may be shown the token.
const META_HOSTS: &[&str] = &["fbsbx.com", "facebook.com", "fbcdn.net", "whatsapp.net"];

#[derive(Redact, Clone, PartialEq, Eq)]
pub struct MediaInfo {
    pub id: String,
    /// Good for five minutes, and only with the token.
    #[redact]
    pub url: String,
    pub mime_type: Option<String>,
    /// Hex or base64, as Meta wrote it.
    pub sha256: Option<String>,
    pub file_size: Option<u64>,
}

impl Client {
    /// Uploads a file and returns its id, good for 30 days. Made once: a second upload would do no harm, but
    /// whether it is worth the wait is the caller's to say. `progress` hears `(sent, total)` in bytes.
    pub async fn upload_media(
        &self,
        bytes: Vec<u8>,
        mime_type: &str,
        filename: &str,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Result<String, CallError> {
        let size = bytes.len() as u64;
        let file = Part::stream_with_length(in_pieces(bytes, progress), size)
            .file_name(filename.to_owned())
            .mime_str(mime_type)
            .map_err(|_| CallError::Unreadable {
                http_status: 0,
                retry_after: None,
            })?;
        let form = Form::new()
            .text("messaging_product", "whatsapp")
            .text("type", mime_type.to_owned())
            .part("file", file);
        let patience = self.config.connect_timeout
            + self.config.answer_timeout
            + Duration::from_secs(size / SLOWEST_BYTES_PER_SECOND);
        let request = self
            .http
            .post(self.number_url("media"))
            .timeout(patience)
            .multipart(form);
        let answer = self.once_with_own_timeout(request).await?;
        text(&answer, "id").ok_or(CallError::Unreadable {
            http_status: 200,
            retry_after: None,
        })
    }

    /// Where a file can be fetched for the next five minutes.
    pub async fn media_url(&self, id: &str) -> Result<MediaInfo, CallError> {
        let number = self.config.phone_number_id.as_str();
        let row = self
            .get(&self.url(id), &[("phone_number_id", number)])
            .await?;
        Ok(MediaInfo {
            id: id.to_owned(),
            url: text(&row, "url").ok_or(CallError::Unreadable {
                http_status: 200,
                retry_after: None,
            })?,
            mime_type: text(&row, "mime_type"),
            sha256: text(&row, "sha256"),
            file_size: read::integer(&row, "file_size").and_then(|size| u64::try_from(size).ok()),
        })
    }

    /// Fetches a file of at most `max_bytes` and holds it against its checksum. An address that has expired
    /// meanwhile (401, 403, 404, 410) is asked for once more.
    pub async fn download_media(&self, id: &str, max_bytes: u64) -> Result<Vec<u8>, CallError> {
        let info = self.media_url(id).await?;
        match self.fetch(&info, max_bytes).await {
            Err(CallError::Unreadable {
                http_status: 401 | 403 | 404 | 410,
                ..
            }) => {
                let info = self.media_url(id).await?;
                self.fetch(&info, max_bytes).await
            }
            result => result,
        }
    }

    async fn fetch(&self, info: &MediaInfo, max: u64) -> Result<Vec<u8>, CallError> {
        if info.file_size.is_some_and(|size| size > max) {
            return Err(CallError::TooLarge { max });
        }
        if !self.may_see_the_token(&self.media_address(&info.url)) {
            return Err(CallError::ForeignServer);
        }
        let patience = self.config.connect_timeout + self.config.answer_timeout;
        let request = self.authorised(self.http.get(self.media_address(&info.url)));
        let sent = crate::clock::stopwatch();
        let mut response = in_time(patience, request.send()).await?;
        let date_ms = answer::note_date(&response, sent, self.dates.as_ref());
        if !response.status().is_success() {
            return Err(CallError::Unreadable {
                http_status: response.status().as_u16(),
                retry_after: answer::retry_after(response.headers(), date_ms),
            });
        }
        let mut bytes = Vec::new();
        // Patience is for each piece: a large file may take its time as long as it moves.
        while let Some(piece) = in_time(self.config.answer_timeout, response.chunk()).await? {
            if bytes.len() as u64 + piece.len() as u64 > max {
                return Err(CallError::TooLarge { max });
            }
            bytes.extend_from_slice(&piece);
        }
        match &info.sha256 {
            Some(expected) if !same_checksum(expected, &bytes) => Err(CallError::Damaged),
            _ => Ok(bytes),
        }
    }

    /// Meta's own hosts over TLS; the practice platform's only where we talk to it anyway.
    fn may_see_the_token(&self, address: &str) -> bool {
        let (Ok(url), Ok(base)) = (
            reqwest::Url::parse(address),
            reqwest::Url::parse(&self.config.base_url),
        ) else {
            return false;
        };
        if url.origin() == base.origin() || (is_loopback(&url) && is_loopback(&base)) {
            return true;
        }
        let host = url.host_str().unwrap_or_default();
        url.scheme() == "https"
            && META_HOSTS.iter().any(|known| {
                host == *known
                    || host
                        .strip_suffix(known)
                        .is_some_and(|rest| rest.ends_with('.'))
            })
    }
}

/// The bytes in pieces, each counted when the connection asks for it.
pub(super) fn in_pieces(
    bytes: impl Into<Bytes>,
    progress: impl Fn(u64, u64) + Send + Sync + 'static,
) -> Body {
    let bytes: Bytes = bytes.into();
    let total = bytes.len() as u64;
    let pieces = (0..bytes.len()).step_by(PIECE).map(move |start| {
        let end = bytes.len().min(start + PIECE);
        progress(end as u64, total);
        Ok::<_, std::io::Error>(bytes.slice(start..end))
    });
    Body::wrap_stream(futures_util::stream::iter(pieces))
}

async fn in_time<T>(
    patience: Duration,
    work: impl Future<Output = Result<T, reqwest::Error>>,
) -> Result<T, CallError> {
    match tokio::time::timeout(patience, work).await {
        Ok(result) => result.map_err(CallError::from),
        Err(_) => Err(CallError::NoAnswer),
    }
}

/// Hex in some answers, base64 in others.
fn same_checksum(expected: &str, bytes: &[u8]) -> bool {
    let actual = Sha256::digest(bytes);
    let expected = expected.trim();
    let given = if expected.len() == 64 {
        hex::decode(expected).ok()
    } else {
        base64::engine::general_purpose::STANDARD
            .decode(expected)
            .or_else(|_| base64::engine::general_purpose::STANDARD_NO_PAD.decode(expected))
            .ok()
    };
    given.is_some_and(|given| given.as_slice() == actual.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_fits_in_hex_and_in_base64() {
        let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let base64 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        for good in [
            hex,
            &hex.to_uppercase(),
            base64,
            base64.trim_end_matches('='),
        ] {
            assert!(same_checksum(good, b"abc"), "{good}");
            assert!(!same_checksum(good, b"abd"), "{good}");
        }
        for bad in ["", "abc", &"0".repeat(64)] {
            assert!(!same_checksum(bad, b"abc"), "{bad}");
        }
    }
}
