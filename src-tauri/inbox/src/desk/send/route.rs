//! What every message of one thread goes by, read once for a send, however many messages it is.

use crate::{
    desk::{settings::settings, threads},
    fact::Number,
    service_window::Known,
};
use cloud_api::webhook::Peer;
use store::{Connection, Result, thread::Thread};

pub(in crate::desk) struct Route {
    pub number: Number,
    pub peer: Peer,
    pub window: Known,
    /// Free text is refused so long before the window's end, milliseconds.
    pub margin: i64,
    /// How long a message can be taken back, milliseconds of a person's own time.
    pub undo: i64,
}

impl Route {
    pub fn of(db: &Connection, thread: &Thread) -> Result<Self> {
        let settings = settings(db)?;
        Ok(Self {
            number: Number::stored(db, thread.number_id)?,
            peer: threads::peer(db, thread)?,
            window: Known::from_columns(thread.inbound_at, thread.closed_at),
            margin: settings.margin_ms,
            undo: settings.undo_ms,
        })
    }
}
