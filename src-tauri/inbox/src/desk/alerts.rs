//! What staff is to be told of although they look elsewhere.

use super::{Desk, threads};
use crate::{content, view::Arrival};
use store::{Result, message};

/// What lay at the relay for longer than this is found in the list, not announced one by one.
const FRESH: i64 = 10 * 60 * 1000;

impl Desk {
    /// New messages, as a notice on the desktop names them; old ones and those that were taken back are left out.
    pub fn arrivals(&self, message_ids: &[i64]) -> Result<Vec<Arrival>> {
        let since = self.clock.now() - FRESH;
        self.store.read(|db| {
            let mut arrivals = Vec::new();
            for &id in message_ids {
                let Some(row) = message::get(db, id)? else {
                    continue;
                };
                if row.at < since || row.direction != message::IN || row.revoked_at >= 0 {
                    continue;
                }
                arrivals.push(Arrival {
                    thread_id: row.thread_id,
                    message_id: id,
                    name: threads::title(db, row.thread_id)?,
                    kind: row.kind,
                    text: content::first_line(&row.body),
                });
            }
            Ok(arrivals)
        })
    }
}
