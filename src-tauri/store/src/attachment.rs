//! Files of our own: beside a draft, then on their way with an outbox item. They belong to this machine and are
//! no facts; what was sent is known everywhere by its bubble.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: String,
    pub number_id: i64,
    /// JSON of whom it is for, as he was known when it was put there.
    pub peer: String,
    /// Empty while it lies beside the draft.
    pub outbox_id: String,
    /// `image`, `video`, `audio`, `document`.
    pub kind: String,
    pub filename: String,
    pub mime_type: String,
    pub size: i64,
    pub put_at: i64,
    /// As a picture or a video is shown; 0 where that is not known.
    pub width: i64,
    pub height: i64,
    /// Meta's id once it is there.
    pub media_id: String,
    pub uploaded_at: i64,
    /// For a slot of a template, and never beside the draft.
    pub for_slot: bool,
}

const COLUMNS: &str = "a.id, a.number_id, a.peer, a.outbox_id, a.kind, a.filename, a.mime_type, a.size, a.put_at, a.media_id, a.uploaded_at, a.width, a.height, a.for_slot";

pub fn put(db: &Connection, file: &Attachment, bytes: &[u8]) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO attachment (id, number_id, peer, kind, filename, mime_type, size, put_at, place, width, height, for_slot, bytes_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10, ?11, ?1)",
    )?
    .execute(params![
        file.id,
        file.number_id,
        file.peer,
        file.kind,
        file.filename,
        file.mime_type,
        file.size,
        file.put_at,
        file.width,
        file.height,
        file.for_slot
    ])?;
    db.prepare_cached("INSERT INTO attachment_bytes (id, bytes, sha256) VALUES (?1, ?2, ?3)")?
        .execute(params![file.id, bytes, hex::encode(Sha256::digest(bytes))])?;
    Ok(())
}

pub fn get(db: &Connection, id: &str) -> Result<Option<Attachment>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM attachment a WHERE a.id = ?1"
        ))?
        .query_row([id], row)
        .optional()?)
}

/// Beside any draft of this business number, in the order they are sent. Few: what is sent is no longer
/// among them. Whose each is now, only the rules of identity can tell.
pub fn beside(db: &Connection, number_id: i64) -> Result<Vec<Attachment>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM attachment a WHERE a.number_id = ?1 AND a.outbox_id = '' AND a.for_slot = 0 ORDER BY a.place, a.put_at, a.id"
        ))?
        .query_map([number_id], row)?
        .collect::<Result<_, _>>()?)
}

/// The same file once more, for a message that is sent again. It goes up anew.
pub fn copy(db: &Connection, id: &str, new_id: &str, outbox_id: &str) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO attachment (id, number_id, peer, outbox_id, kind, filename, mime_type, size, put_at, place, width, height, for_slot, bytes_id)
         SELECT ?2, number_id, peer, ?3, kind, filename, mime_type, size, put_at, place, width, height, for_slot, bytes_id FROM attachment WHERE id = ?1",
    )?
    .execute([id, new_id, outbox_id])?;
    Ok(())
}

/// The same for a template from this business number: what that number has uploaded needs no second upload.
pub fn copy_for_template(
    db: &Connection,
    id: &str,
    new_id: &str,
    outbox_id: &str,
    number_id: i64,
) -> Result<()> {
    copy(db, id, new_id, outbox_id)?;
    db.prepare_cached(
        "UPDATE attachment SET number_id = ?3, media_id = a.media_id, uploaded_at = a.uploaded_at
         FROM (SELECT media_id, uploaded_at FROM attachment WHERE id = ?1 AND number_id = ?3) a WHERE id = ?2",
    )?
    .execute(params![id, new_id, number_id])?;
    db.prepare_cached("UPDATE attachment SET number_id = ?2 WHERE id = ?1")?
        .execute(params![new_id, number_id])?;
    Ok(())
}

/// A copy that a batch keeps for as long as it is not over, for no one person. `peer`: JSON of nobody.
pub fn copy_for_batch(
    db: &Connection,
    id: &str,
    new_id: &str,
    batch_id: &str,
    number_id: i64,
    peer: &str,
) -> Result<()> {
    copy(db, id, new_id, "")?;
    db.prepare_cached(
        "UPDATE attachment SET number_id = ?3, peer = ?4, for_slot = 1, batch_id = ?2 WHERE id = ?1",
    )?
    .execute(params![new_id, batch_id, number_id, peer])?;
    Ok(())
}

/// Whether a message to the same recipient that was queued before this one still waits for its file.
pub fn one_waits_before(db: &Connection, peer: &str, outbox_id: &str) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM outbox_state s CROSS JOIN outbox o ON o.id = s.outbox_id
                WHERE s.state = 'queued' AND s.outbox_id < ?2 AND o.peer = ?1
                AND EXISTS (SELECT 1 FROM attachment a WHERE a.outbox_id = s.outbox_id AND a.outbox_id <> ''))",
        )?
        .query_row([peer, outbox_id], |row| row.get(0))?)
}

/// Every file that goes with an outbox item: a template may carry several.
pub fn all_of_outbox(db: &Connection, outbox_id: &str) -> Result<Vec<Attachment>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM attachment a WHERE a.outbox_id = ?1 AND a.outbox_id <> '' ORDER BY a.put_at, a.id"
        ))?
        .query_map([outbox_id], row)?
        .collect::<Result<_, _>>()?)
}

/// The file that goes with an outbox item.
pub fn of_outbox(db: &Connection, outbox_id: &str) -> Result<Option<Attachment>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM attachment a WHERE a.outbox_id = ?1 AND a.outbox_id <> ''"
        ))?
        .query_row([outbox_id], row)
        .optional()?)
}

pub fn bytes(db: &Connection, id: &str) -> Result<Option<Vec<u8>>> {
    Ok(db
        .prepare_cached("SELECT b.bytes FROM attachment a JOIN attachment_bytes b ON b.id = a.bytes_id WHERE a.id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// Hex of the SHA-256 of the bytes; empty where the file is gone.
pub fn digest(db: &Connection, id: &str) -> Result<String> {
    let found: Option<String> = db
        .prepare_cached("SELECT b.sha256 FROM attachment a JOIN attachment_bytes b ON b.id = a.bytes_id WHERE a.id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Where it stands among the files beside its draft.
pub fn put_at_place(db: &Connection, id: &str, place: i64) -> Result<()> {
    db.prepare_cached("UPDATE attachment SET place = ?2 WHERE id = ?1 AND outbox_id = ''")?
        .execute(params![id, place])?;
    Ok(())
}

/// It goes on its way.
pub fn send_with(db: &Connection, id: &str, outbox_id: &str) -> Result<()> {
    db.prepare_cached("UPDATE attachment SET outbox_id = ?2 WHERE id = ?1")?
        .execute([id, outbox_id])?;
    Ok(())
}

/// It lies beside the draft again.
pub fn release(db: &Connection, outbox_id: &str) -> Result<()> {
    db.prepare_cached(
        "UPDATE attachment SET outbox_id = '' WHERE outbox_id = ?1 AND outbox_id <> ''",
    )?
    .execute([outbox_id])?;
    Ok(())
}

/// It is there now; so is the file of a batch that it is a copy of, and the next copy need not go up again.
pub fn uploaded(db: &Connection, id: &str, media_id: &str, at: i64) -> Result<()> {
    db.prepare_cached("UPDATE attachment SET media_id = ?2, uploaded_at = ?3 WHERE id = ?1")?
        .execute(params![id, media_id, at])?;
    db.prepare_cached(
        "UPDATE attachment SET media_id = ?2, uploaded_at = ?3
         FROM (SELECT bytes_id, number_id FROM attachment WHERE id = ?1) c
         WHERE attachment.batch_id <> '' AND attachment.bytes_id = c.bytes_id AND attachment.number_id = c.number_id",
    )?
    .execute(params![id, media_id, at])?;
    Ok(())
}

/// Takes away one that lies beside a draft; what is on its way stays.
pub fn remove(db: &Connection, id: &str) -> Result<bool> {
    let bytes_id: Option<String> = db
        .prepare_cached(
            "DELETE FROM attachment WHERE id = ?1 AND outbox_id = '' RETURNING bytes_id",
        )?
        .query_row([id], |row| row.get(0))
        .optional()?;
    if let Some(bytes_id) = &bytes_id {
        db.prepare_cached(
            "DELETE FROM attachment_bytes WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM attachment WHERE bytes_id = ?1)",
        )?
        .execute([bytes_id])?;
    }
    Ok(bytes_id.is_some())
}

/// Files put there for a slot before `then` that no message took and no form that is being filled in names, at most
/// `limit`.
pub fn left_over(db: &Connection, then: i64, limit: i64) -> Result<Vec<String>> {
    Ok(db
        .prepare_cached(
            "SELECT id FROM attachment INDEXED BY attachment_left_over
             WHERE outbox_id = '' AND for_slot = 1 AND batch_id = '' AND put_at < ?1
                AND NOT EXISTS (SELECT 1 FROM draft d INDEXED BY draft_filled
                    WHERE d.form <> '' AND d.text <> '' AND instr(d.text, attachment.id) > 0)
             ORDER BY put_at LIMIT ?2",
        )?
        .query_map([then, limit], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// Files of batches that are over, at most `limit`.
pub fn of_ended_batches(db: &Connection, limit: i64) -> Result<Vec<String>> {
    Ok(db
        .prepare_cached(
            "SELECT a.id FROM attachment a INDEXED BY attachment_of_batch CROSS JOIN batch_word w ON w.batch_id = a.batch_id
             WHERE a.batch_id <> '' AND w.word IN ('done', 'stopped') LIMIT ?1",
        )?
        .query_map([limit], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

fn row(row: &Row<'_>) -> rusqlite::Result<Attachment> {
    Ok(Attachment {
        id: row.get(0)?,
        number_id: row.get(1)?,
        peer: row.get(2)?,
        outbox_id: row.get(3)?,
        kind: row.get(4)?,
        filename: row.get(5)?,
        mime_type: row.get(6)?,
        size: row.get(7)?,
        put_at: row.get(8)?,
        media_id: row.get(9)?,
        uploaded_at: row.get(10)?,
        width: row.get(11)?,
        height: row.get(12)?,
        for_slot: row.get(13)?,
    })
}
