//! Samples for headers: files that Meta's reviewers see (Graph API, "Resumable Upload API").
//!
//! A session is opened on the app, the bytes follow, and the answer is a handle for `example.header_handle`. Where
//! the connection breaks, the session says how far it came, and the rest follows.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderValue};
use secrecy::ExposeSecret;
use serde_json::Value;

use super::super::{
    CallError, Client,
    media::{SLOWEST_BYTES_PER_SECOND, in_pieces},
};
use crate::read::{self, text};

/// How often the rest is sent after a cut.
const RESUMES_MAX: usize = 5;

const UNREADABLE: CallError = CallError::Unreadable {
    http_status: 200,
    retry_after: None,
};

impl Client {
    /// Uploads a file and returns its handle. `app_id` is the app of the token, see [`Client::debug_token`];
    /// `progress` hears `(sent, total)` in bytes.
    pub async fn upload_sample(
        &self,
        app_id: &str,
        bytes: Vec<u8>,
        mime_type: &str,
        filename: &str,
        progress: impl Fn(u64, u64) + Clone + Send + Sync + 'static,
    ) -> Result<String, CallError> {
        self.only_meta()?;
        let bytes = Bytes::from(bytes);
        let length = bytes.len().to_string();
        let query = [
            ("file_length", length.as_str()),
            ("file_type", mime_type),
            ("file_name", filename),
        ];
        let uploads = self.url(&format!("{app_id}/uploads"));
        // A session nobody uses does no harm, so that this may be repeated.
        let opened = self
            .repeated(|| self.once(self.http.post(&uploads).query(&query)))
            .await?;
        let session = text(&opened, "id").filter(|id| id.starts_with("upload:"));
        let session = self.url(&session.ok_or(UNREADABLE)?);
        let mut offset = 0;
        for resumes in 0.. {
            let rest = bytes.slice(offset..);
            match self.send_rest(&session, offset, rest, &progress).await {
                Ok(answer) => return text(&answer, "h").ok_or(UNREADABLE),
                Err(error) if resumes == RESUMES_MAX || !error.may_pass() => return Err(error),
                Err(_) => {}
            }
            let told = self
                .repeated(|| self.oauth(self.http.get(&session), self.config.answer_timeout))
                .await?;
            let reached = read::integer(&told, "file_offset").and_then(|n| usize::try_from(n).ok());
            offset = reached.filter(|n| *n <= bytes.len()).ok_or(UNREADABLE)?;
        }
        Err(CallError::NoAnswer)
    }

    async fn send_rest(
        &self,
        session: &str,
        offset: usize,
        rest: Bytes,
        progress: &(impl Fn(u64, u64) + Clone + Send + Sync + 'static),
    ) -> Result<Value, CallError> {
        let size = rest.len() as u64;
        let before = offset as u64;
        let progress = progress.clone();
        let body = in_pieces(rest, move |sent, rest| {
            progress(before + sent, before + rest);
        });
        let patience = self.config.connect_timeout
            + self.config.answer_timeout
            + Duration::from_secs(size / SLOWEST_BYTES_PER_SECOND);
        let request = self
            .http
            .post(session)
            .header("file_offset", before)
            .header(CONTENT_LENGTH, size)
            .body(body);
        self.oauth(request, patience).await
    }

    /// The page wants `OAuth` in place of `Bearer`.
    async fn oauth(
        &self,
        request: reqwest::RequestBuilder,
        patience: Duration,
    ) -> Result<Value, CallError> {
        let word = format!("OAuth {}", self.config.token.expose_secret());
        let mut word = HeaderValue::from_str(&word).map_err(|_| CallError::Unreadable {
            http_status: 0,
            retry_after: None,
        })?;
        word.set_sensitive(true);
        let request = request.header(AUTHORIZATION, word).timeout(patience);
        self.already_authorised(request).await
    }
}
