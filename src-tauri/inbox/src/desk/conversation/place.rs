//! Which rows a part of a conversation consists of.

use crate::view::{MessageCursor, Place};
use store::{
    Connection, Result,
    message::{self, MessageRecord, Position},
};

/// What comes before the time that was jumped to.
const LEAD: i64 = 10;

/// Rows of a conversation, oldest first, and whether there are more on either side.
#[derive(Default)]
pub(super) struct Part {
    pub records: Vec<MessageRecord>,
    pub more_before: bool,
    pub more_behind: bool,
}

/// At most `limit` rows of a thread, where `place` says.
pub(super) fn part(db: &Connection, thread_id: i64, place: &Place, limit: i64) -> Result<Part> {
    Ok(match place {
        Place::Newest => before(db, thread_id, None, limit)?,
        Place::Before { cursor } => {
            let mut part = before(db, thread_id, Some(at(cursor)), limit)?;
            if let Some(last) = part.records.last() {
                let behind = message::page_from(db, thread_id, next(last), 1)?;
                part.more_behind = !behind.is_empty();
            }
            part
        }
        Place::After { cursor } => {
            let behind = (cursor.at, cursor.arrived, cursor.id + 1);
            let mut part = Part::default();
            part.records = message::page_from(db, thread_id, behind, limit + 1)?;
            part.more_behind = cut(&mut part.records, limit);
            if let Some(first) = part.records.first() {
                let before = message::page(db, thread_id, Some(place_of(first)), 1)?;
                part.more_before = !before.is_empty();
            }
            part
        }
        Place::Around { message_id } => match message::position(db, thread_id, *message_id)? {
            Some(position) => around(db, thread_id, position, limit / 2, limit)?,
            None => before(db, thread_id, None, limit)?,
        },
        Place::At { at } => {
            let from = (*at, i64::MIN, i64::MIN);
            around(db, thread_id, from, LEAD.min(limit / 2), limit)?
        }
    })
}

/// The newest messages before a place, or of all.
fn before(db: &Connection, thread_id: i64, place: Option<Position>, limit: i64) -> Result<Part> {
    let mut records = message::page(db, thread_id, place, limit + 1)?;
    let more_before = cut(&mut records, limit);
    records.reverse();
    Ok(Part {
        records,
        more_before,
        more_behind: false,
    })
}

/// `lead` messages before a place and the rest from it on; more before it where there are few behind.
fn around(db: &Connection, thread_id: i64, place: Position, lead: i64, limit: i64) -> Result<Part> {
    let mut behind = message::page_from(db, thread_id, place, limit - lead + 1)?;
    let more_behind = cut(&mut behind, limit - lead);
    let left = limit - i64::try_from(behind.len()).unwrap_or(limit);
    let mut part = before(db, thread_id, Some(place), left)?;
    part.records.append(&mut behind);
    Ok(Part {
        more_behind,
        ..part
    })
}

/// Shortens to `limit` and says whether there was more.
fn cut(records: &mut Vec<MessageRecord>, limit: i64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(0);
    let more = records.len() > limit;
    records.truncate(limit);
    more
}

fn at(cursor: &MessageCursor) -> Position {
    (cursor.at, cursor.arrived, cursor.id)
}

fn place_of(record: &MessageRecord) -> Position {
    (record.at, record.arrived, record.id)
}

fn next(record: &MessageRecord) -> Position {
    (record.at, record.arrived, record.id + 1)
}
