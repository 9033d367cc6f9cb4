//! Samples for template headers: sessions that can be cut and resumed (Graph API, "Resumable Upload API").

use std::collections::HashMap;

use axum::{
    body::Bytes,
    http::{HeaderMap, StatusCode},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{graph_error::GraphError, platform::Shared};

/// What Meta takes as a sample.
const TYPES: &[&str] = &[
    "application/pdf",
    "image/jpeg",
    "image/jpg",
    "image/png",
    "video/mp4",
];

/// Sessions by their id without `?sig=`, and the handles they ended in.
#[derive(Default)]
pub struct Uploads {
    open: HashMap<String, Session>,
    handles: Vec<String>,
}

struct Session {
    length: usize,
    mime_type: String,
    bytes: Vec<u8>,
}

impl Uploads {
    pub fn knows(&self, handle: &str) -> bool {
        self.handles.iter().any(|known| known == handle)
    }
}

/// `POST /{app_id}/uploads`.
pub fn open(shared: &Shared, query: &HashMap<String, String>) -> Result<Value, GraphError> {
    let now = shared.clock.now();
    let length = query.get("file_length").and_then(|n| n.parse().ok());
    let length = length
        .filter(|n| *n > 0)
        .ok_or_else(|| GraphError::new(100, "(#100) The parameter file_length is required."))?;
    let mime_type = query.get("file_type").cloned().unwrap_or_default();
    if !TYPES.contains(&mime_type.as_str()) {
        return Err(GraphError::new(
            100,
            "(#100) file_type is not a type that can be uploaded",
        ));
    }
    let mut state = shared.state();
    let id = format!("upload:{}", STANDARD.encode(state.fresh_number(now)));
    let session = Session {
        length,
        mime_type,
        bytes: Vec::new(),
    };
    state.uploads.open.insert(id.clone(), session);
    Ok(json!({ "id": format!("{id}?sig=ARpractice") }))
}

/// `POST /upload:…` with `file_offset`: takes bytes; the handle once all are there.
pub fn take(
    shared: &Shared,
    id: &str,
    headers: &HeaderMap,
    bytes: &Bytes,
) -> Result<Value, GraphError> {
    let now = shared.clock.now();
    let offset = headers.get("file_offset").and_then(|h| h.to_str().ok());
    let offset = offset
        .and_then(|n| n.parse::<usize>().ok())
        .ok_or_else(|| GraphError::new(100, "(#100) The header file_offset is required."))?;
    let mut state = shared.state();
    let number = state.fresh_number(now);
    let uploads = &mut state.uploads;
    let session = uploads.open.get_mut(id);
    let session = session.ok_or_else(|| GraphError::no_such_object(id))?;
    if offset != session.bytes.len() {
        return Err(GraphError::new(
            100,
            format!("(#100) file_offset must be {}", session.bytes.len()),
        ));
    }
    if session.bytes.len() + bytes.len() > session.length {
        return Err(GraphError {
            http_status: Some(StatusCode::BAD_REQUEST.as_u16()),
            ..GraphError::new(100, "(#100) More bytes than were announced")
        });
    }
    session.bytes.extend_from_slice(bytes);
    if session.bytes.len() < session.length {
        return Ok(json!({"id": id, "file_offset": session.bytes.len()}));
    }
    let kind = STANDARD.encode(&session.mime_type);
    let handle = format!("4::{kind}:AR{number}:e:{}:practice", now / 1_000);
    uploads.handles.push(handle.clone());
    Ok(json!({ "h": handle }))
}

/// `GET /upload:…`: how far it came.
pub fn reached(shared: &Shared, id: &str) -> Result<Value, GraphError> {
    let state = shared.state();
    let session = state.uploads.open.get(id);
    let session = session.ok_or_else(|| GraphError::no_such_object(id))?;
    Ok(json!({"id": id, "file_offset": session.bytes.len()}))
}

/// The connection is about to be cut: half of what was on its way has arrived.
pub fn cut(shared: &Shared, id: &str, bytes: &Bytes) {
    let mut state = shared.state();
    if let Some(session) = state.uploads.open.get_mut(id) {
        let half = bytes.len() / 2;
        if session.bytes.len() + half <= session.length {
            session.bytes.extend_from_slice(&bytes[..half]);
        }
    }
}
