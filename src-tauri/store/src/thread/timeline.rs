//! What the timeline says of a thread: its last line, its window, who waits for whom. A fixed number of index
//! look-ups, whatever the thread holds.

use crate::{delivery::Delivery, error::Result};
use rusqlite::{Connection, OptionalExtension};

/// Times are -1 where there is none.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    pub last: Option<LastLine>,
    pub inbound_at: i64,
    pub closed_at: i64,
    /// The newest live inbound message.
    pub newest_arrival: i64,
    /// Our last message that stands, in the order of arrival.
    pub answered: i64,
    /// Meta's time of the oldest live inbound message behind that.
    pub waiting_since: i64,
    /// When a message of ours last failed or became doubtful.
    pub trouble_at: i64,
    /// When one last went back to the composer.
    pub returned_at: i64,
    /// When Meta last refused one because we block the customer.
    pub blocked_at: i64,
}

/// The last line shown. Internal notes are none.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct LastLine {
    pub id: i64,
    pub at: i64,
    pub kind: String,
    /// Cut; enough for a line.
    pub body: String,
    pub direction: i64,
    /// Of a message in our outbox; else empty.
    pub state: String,
    /// Of a message of ours that is not in our outbox.
    pub ticks: Delivery,
}

pub fn timeline(db: &Connection, thread_id: i64) -> Result<Timeline> {
    let last = db
        .prepare_cached(
            // By key and not by id where the times are the same: ids depend on the order of arrival.
            "SELECT m.id, m.at, m.kind, substr(m.body, 1, 200), m.direction, coalesce(s.state, ''),
                coalesce(d.sent_at, -1), coalesce(d.delivered_at, -1), coalesce(d.read_at, -1), coalesce(d.played_at, -1),
                coalesce(d.failed_at, -1)
             FROM message m LEFT JOIN outbox_state s ON s.outbox_id = m.outbox_id AND m.outbox_id <> ''
             LEFT JOIN delivery d ON d.wamid = m.wamid AND m.outbox_id = '' AND m.direction = 1
             WHERE m.thread_id = ?1 AND m.shown = 1 AND m.direction <> 3
             ORDER BY m.at DESC, m.arrived DESC, m.key DESC LIMIT 1",
        )?
        .query_row([thread_id], |row| {
            Ok(LastLine {
                id: row.get(0)?,
                at: row.get(1)?,
                kind: row.get(2)?,
                body: row.get(3)?,
                direction: row.get(4)?,
                state: row.get(5)?,
                ticks: Delivery {
                    sent_at: row.get(6)?,
                    delivered_at: row.get(7)?,
                    read_at: row.get(8)?,
                    played_at: row.get(9)?,
                    failed_at: row.get(10)?,
                    ..Delivery::default()
                },
            })
        })
        .optional()?;
    let mut whole = db
        .prepare_cached(
            "SELECT coalesce((SELECT max(window_at) FROM message WHERE thread_id = ?1 AND window_at >= 0), -1),
                coalesce((SELECT max(at) FROM message WHERE thread_id = ?1 AND kind = 'window_closed'), -1),
                coalesce((SELECT max(arrived) FROM message WHERE thread_id = ?1 AND direction = 0 AND origin = 0), -1),
                coalesce((SELECT max(arrived) FROM message
                    WHERE thread_id = ?1 AND direction = 1 AND origin <> 1 AND shown = 1 AND trouble_at < 0), -1),
                coalesce((SELECT max(trouble_at) FROM message WHERE thread_id = ?1 AND shown = 1 AND trouble_at >= 0), -1),
                coalesce((SELECT max(trouble_at) FROM message WHERE thread_id = ?1 AND shown = 0 AND trouble_at >= 0), -1),
                coalesce((SELECT max(blocked_at) FROM message WHERE thread_id = ?1 AND blocked_at >= 0), -1)",
        )?
        .query_row([thread_id], |row| {
            Ok(Timeline {
                last,
                inbound_at: row.get(0)?,
                closed_at: row.get(1)?,
                newest_arrival: row.get(2)?,
                answered: row.get(3)?,
                trouble_at: row.get(4)?,
                returned_at: row.get(5)?,
                blocked_at: row.get(6)?,
                waiting_since: -1,
            })
        })?;
    if whole.newest_arrival > whole.answered {
        whole.waiting_since = db
            .prepare_cached(
                "SELECT at FROM message WHERE thread_id = ?1 AND direction = 0 AND origin = 0 AND arrived > ?2
                 ORDER BY arrived, at LIMIT 1",
            )?
            .query_row([thread_id, whole.answered], |row| row.get(0))?;
    }
    Ok(whole)
}
