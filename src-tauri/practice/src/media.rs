//! Media: upload, address, bytes. An address is valid for five minutes of the platform's clock.
//!
//! Source: Meta, "Media" (business-phone-numbers/media).

use axum::{
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest, Multipart},
    http::{Request, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{graph_error::GraphError, platform::Shared};

/// How long an address given by `GET /{media_id}` works.
pub const ADDRESS_MS: i64 = 5 * 60 * 1_000;
/// The largest upload of any kind (documents).
pub const LARGEST: usize = 100 * 1_024 * 1_024;

#[derive(Clone)]
pub struct Media {
    pub mime_type: String,
    pub bytes: Bytes,
}

impl Media {
    fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }

    /// As Meta writes it in answers.
    fn sha256_hex(&self) -> String {
        hex::encode(self.digest())
    }

    /// As Meta writes it in webhooks.
    pub fn sha256_base64(&self) -> String {
        STANDARD.encode(self.digest())
    }
}

/// Mime types and largest sizes, by the message type they belong to.
const KINDS: &[(&str, &[&str], usize)] = &[
    ("image", &["image/jpeg", "image/png"], 5 << 20),
    (
        "audio",
        &[
            "audio/aac",
            "audio/amr",
            "audio/mpeg",
            "audio/mp4",
            "audio/ogg",
        ],
        16 << 20,
    ),
    ("video", &["video/mp4", "video/3gpp"], 16 << 20),
    ("sticker", &["image/webp"], 500 << 10),
];
const DOCUMENTS: &[&str] = &[
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "text/plain",
];

/// `audio/ogg; codecs=opus` is `audio/ogg`.
fn essence(mime_type: &str) -> &str {
    mime_type.split(';').next().unwrap_or_default().trim()
}

/// Whether bytes of this type and size may be sent as a message of `kind`.
pub fn fits(kind: &str, mime_type: &str, size: usize) -> Result<(), GraphError> {
    let mime_type = essence(mime_type);
    let Some((_, types, largest)) = KINDS.iter().find(|(name, ..)| *name == kind) else {
        return Ok(()); // a document may be anything
    };
    if !types.contains(&mime_type) {
        return Err(GraphError::new(
            131_053,
            format!("{mime_type} is not supported for messages of type {kind}"),
        ));
    }
    if size > *largest {
        return Err(GraphError::new(
            131_053,
            format!("The file is larger than {largest} bytes"),
        ));
    }
    Ok(())
}

fn check_upload(mime_type: &str, size: usize) -> Result<(), GraphError> {
    let mime_type = essence(mime_type);
    if DOCUMENTS.contains(&mime_type) {
        return Ok(());
    }
    let Some((kind, ..)) = KINDS
        .iter()
        .find(|(_, types, _)| types.contains(&mime_type))
    else {
        return Err(GraphError::new(
            100,
            format!("Files of type {mime_type} cannot be sent."),
        ));
    };
    fits(kind, mime_type, size)
}

/// `POST /{phone_number_id}/media`.
pub async fn upload(shared: &Shared, mut request: Request<Body>) -> Result<Value, GraphError> {
    // The server has measured the body already; axum's own limit is far below Meta's.
    DefaultBodyLimit::disable().apply(&mut request);
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| GraphError::new(100, "The upload must be multipart/form-data"))?;
    let broken = |_| GraphError::new(131_053, "The upload broke off");
    let (mut product, mut kind, mut file) = (None, None, None);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("messaging_product") => product = Some(field.text().await.map_err(broken)?),
            Some("type") => kind = Some(field.text().await.map_err(broken)?),
            Some("file") => {
                let own_type = field.content_type().map(str::to_owned);
                file = Some((own_type, field.bytes().await.map_err(broken)?));
            }
            _ => {}
        }
    }
    if product.as_deref() != Some("whatsapp") {
        return Err(GraphError::new(
            100,
            "(#100) The parameter messaging_product is required.",
        ));
    }
    let Some((own_type, bytes)) = file else {
        return Err(GraphError::new(
            100,
            "(#100) The parameter file is required.",
        ));
    };
    let mime_type = own_type
        .or(kind)
        .ok_or_else(|| GraphError::new(100, "(#100) The parameter type is required."))?;
    check_upload(&mime_type, bytes.len())?;
    Ok(json!({ "id": keep(shared, mime_type, bytes) }))
}

/// Keeps bytes and gives their media id.
pub fn keep(shared: &Shared, mime_type: String, bytes: Bytes) -> String {
    let now = shared.clock.now();
    let mut state = shared.state();
    let id = state.fresh_number(now);
    state.media.insert(id.clone(), Media { mime_type, bytes });
    id
}

/// `GET /{media_id}`.
pub fn address(shared: &Shared, id: &str) -> Result<Value, GraphError> {
    let until = shared.clock.now() + ADDRESS_MS;
    let state = shared.state();
    let media = state
        .media
        .get(id)
        .ok_or_else(|| GraphError::no_such_object(id))?;
    Ok(json!({
        "messaging_product": "whatsapp",
        "url": format!("{}/lookaside/whatsapp_business/attachments/?mid={id}&ext={until}", shared.base_url()),
        "mime_type": media.mime_type,
        "sha256": media.sha256_hex(),
        "file_size": media.bytes.len().to_string(),
        "id": id,
    }))
}

/// `GET` of such an address: the bytes, or 404 once it has expired.
pub fn download(shared: &Shared, id: &str, until: i64) -> Response {
    let now = shared.clock.now();
    // An address never reaches further than five minutes ahead, also not after the clock was set back.
    let valid = now < until && until <= now + ADDRESS_MS;
    match shared.state().media.get(id).filter(|_| valid) {
        Some(media) => (
            [(CONTENT_TYPE, media.mime_type.clone())],
            media.bytes.clone(),
        )
            .into_response(),
        None => axum::http::StatusCode::NOT_FOUND.into_response(),
    }
}

/// `DELETE /{media_id}`.
pub fn delete(shared: &Shared, id: &str) -> Result<Value, GraphError> {
    match shared.state().media.remove(id) {
        Some(_) => Ok(json!({"success": true})),
        None => Err(GraphError::no_such_object(id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_a_kind_takes_only_metas_types_and_sizes() {
        for (kind, mime_type, size, fine) in [
            ("image", "image/png", 10, true),
            ("image", "image/gif", 10, false),
            ("image", "image/png", (5 << 20) + 1, false),
            ("audio", "audio/ogg; codecs=opus", 10, true),
            ("sticker", "image/webp", (500 << 10) + 1, false),
            ("document", "application/zip", 10, true),
        ] {
            assert_eq!(
                fits(kind, mime_type, size).is_ok(),
                fine,
                "{kind} {mime_type} {size}"
            );
        }
    }
}
