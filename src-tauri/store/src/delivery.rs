//! What status webhooks said, per wamid: kept from the first word on, even before the message itself is known.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivery {
    pub wamid: String,
    pub outbox_id: String,
    /// Times are -1 where Meta has not said so.
    pub sent_at: i64,
    pub delivered_at: i64,
    pub read_at: i64,
    pub played_at: i64,
    pub failed_at: i64,
    pub failed_code: i64,
    pub failed_details: String,
}

/// Which tick a status sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    Sent,
    Delivered,
    Read,
    Played,
}

/// Notes a tick. The earliest time said for it stays.
pub fn observe_tick(db: &Connection, wamid: &str, tick: Tick, at: i64) -> Result<()> {
    let column = match tick {
        Tick::Sent => "sent_at",
        Tick::Delivered => "delivered_at",
        Tick::Read => "read_at",
        Tick::Played => "played_at",
    };
    db.prepare_cached(&format!(
        "INSERT INTO delivery (wamid, {column}) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET {column} = excluded.{column} WHERE {column} < 0 OR {column} > excluded.{column}"
    ))?
    .execute(params![wamid, at])?;
    Ok(())
}

/// Notes a failure. The earliest one stays; of two at the same time the lower code.
pub fn observe_failure(
    db: &Connection,
    wamid: &str,
    at: i64,
    code: i64,
    title: &str,
    details: &str,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO delivery (wamid, failed_at, failed_code, failed_title, failed_details) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET failed_at = excluded.failed_at, failed_code = excluded.failed_code,
            failed_title = excluded.failed_title, failed_details = excluded.failed_details
         WHERE failed_at < 0 OR (failed_at, failed_code, failed_title, failed_details)
            > (excluded.failed_at, excluded.failed_code, excluded.failed_title, excluded.failed_details)",
    )?
    .execute(params![wamid, at, code, title, details])?;
    Ok(())
}

/// Which of our sends this wamid is: the outbox id that came back as `biz_opaque_callback_data`, or with the answer.
pub fn observe_outbox(db: &Connection, wamid: &str, outbox_id: &str) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO delivery (wamid, outbox_id) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET outbox_id = excluded.outbox_id WHERE outbox_id < excluded.outbox_id",
    )?
    .execute(params![wamid, outbox_id])?;
    Ok(())
}

pub fn observe_price(db: &Connection, wamid: &str, category: &str, kind: &str) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO delivery (wamid, price_category, price_type) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET price_category = excluded.price_category, price_type = excluded.price_type
         WHERE (price_category, price_type) < (excluded.price_category, excluded.price_type)",
    )?
    .execute(params![wamid, category, kind])?;
    Ok(())
}

pub fn get(db: &Connection, wamid: &str) -> Result<Option<Delivery>> {
    Ok(db
        .prepare_cached(&format!("{SELECT} WHERE wamid = ?1"))?
        .query_row([wamid], delivery)
        .optional()?)
}

/// What is known of an outbox item's sends; several wamids only where a person chose to send again.
pub fn of_outbox(db: &Connection, outbox_id: &str) -> Result<Vec<Delivery>> {
    Ok(db
        .prepare_cached(&format!(
            "{SELECT} WHERE outbox_id = ?1 AND outbox_id <> '' ORDER BY wamid"
        ))?
        .query_map([outbox_id], delivery)?
        .collect::<Result<_, _>>()?)
}

const SELECT: &str = "SELECT wamid, outbox_id, sent_at, delivered_at, read_at, played_at, failed_at, failed_code, failed_details FROM delivery";

fn delivery(row: &rusqlite::Row<'_>) -> rusqlite::Result<Delivery> {
    Ok(Delivery {
        wamid: row.get(0)?,
        outbox_id: row.get(1)?,
        sent_at: row.get(2)?,
        delivered_at: row.get(3)?,
        read_at: row.get(4)?,
        played_at: row.get(5)?,
        failed_at: row.get(6)?,
        failed_code: row.get(7)?,
        failed_details: row.get(8)?,
    })
}
