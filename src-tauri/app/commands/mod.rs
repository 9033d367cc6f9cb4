//! What the window may ask for, one file per screen. A command unpacks, calls, and maps the error; nothing else.

pub mod batches;
pub mod consents;
pub mod counter;
pub mod customer;
pub mod desktop;
pub mod exports;
pub mod guard;
pub mod inbox;
pub mod people;
pub mod practice;
pub mod settings;
pub mod start;
pub mod templates;
pub mod words;
pub mod writing;

use crate::{
    problem::{Answer, blocking, internal, of_store},
    shell::Shell,
};
use ::inbox::desk::Desk;
use std::sync::Arc;
use tauri::{
    State,
    ipc::{InvokeBody, Request},
};

/// The one state that Tauri keeps for the commands.
pub type TheShell<'a> = State<'a, Arc<Shell>>;

/// No page of the window needs more rows.
const ROWS: i64 = 200;

/// Work on the open desk, on a thread that may wait for the disk.
async fn at_the_desk<T: Send + 'static>(
    shell: &Shell,
    work: impl FnOnce(&Desk) -> store::Result<T> + Send + 'static,
) -> Answer<T> {
    let desk = shell.session()?.desk.clone();
    let done = blocking(move || work(&desk)).await?;
    done.map_err(|error| of_store(&error))
}

/// What stands beside a file that is the body of a call, percent-encoded.
fn header(request: &Request<'_>, name: &str) -> Answer<String> {
    let value = request.headers().get(name).and_then(|v| v.to_str().ok());
    let value = value.ok_or_else(|| internal(&format!("{name} is missing")))?;
    Ok(percent_encoding::percent_decode_str(value)
        .decode_utf8_lossy()
        .into_owned())
}

/// A file that is the body of a call.
fn bytes(request: &Request<'_>) -> Answer<Vec<u8>> {
    match request.body() {
        InvokeBody::Raw(bytes) => Ok(bytes.clone()),
        InvokeBody::Json(_) => Err(internal(&"a file comes as bytes")),
    }
}
