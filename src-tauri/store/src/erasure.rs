//! Taking a person out of every table, and the keyed digests that keep them out.

use crate::{error::Result, ledger::Digest};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

/// The latest time counts. True if this is it.
pub fn observe(db: &Connection, kind: &str, hash: &Digest, at: i64) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "INSERT INTO erased (kind, hash, at) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET at = excluded.at WHERE excluded.at > at",
        )?
        .execute(params![kind, hash, at])?
        > 0)
}

/// When it was erased.
pub fn at(db: &Connection, kind: &str, hash: &Digest) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached("SELECT at FROM erased WHERE kind = ?1 AND hash = ?2")?
        .query_row(params![kind, hash], |row| row.get(0))
        .optional()?)
}

pub fn any(db: &Connection) -> Result<bool> {
    Ok(db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM erased WHERE kind >= '')")?
        .query_row([], |row| row.get(0))?)
}

/// By what a person is found in tables that know no persons.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Traces {
    /// Numbers and BSUIDs.
    pub identifiers: BTreeSet<String>,
    /// As `reaction.actor` has them.
    pub keys: BTreeSet<String>,
    pub wamids: BTreeSet<String>,
    pub outbox_ids: BTreeSet<String>,
    /// What the guard said.
    pub verdicts: BTreeSet<String>,
}

/// What a customer's rows up to `at` are known by.
pub fn trace(db: &Connection, customer_id: i64, at: i64, traces: &mut Traces) -> Result<()> {
    let mut said = db.prepare_cached(
        "SELECT m.wamid, m.outbox_id FROM thread t CROSS JOIN message m INDEXED BY message_in_thread ON m.thread_id = t.id
         WHERE t.customer_id = ?1 AND m.at <= ?2",
    )?;
    let mut rows = said.query([customer_id, at])?;
    while let Some(row) = rows.next()? {
        let (wamid, outbox_id): (String, String) = (row.get(0)?, row.get(1)?);
        traces.wamids.insert(wamid);
        traces.outbox_ids.insert(outbox_id);
    }
    for key in texts(
        db,
        "SELECT key FROM person WHERE customer_id = ?1",
        customer_id,
    )? {
        traces.keys.insert(key);
    }
    let mut said = db.prepare_cached(
        "SELECT v.id FROM person p CROSS JOIN verdict v INDEXED BY verdict_by_person ON v.person_id = p.id
         WHERE p.customer_id = ?1 AND v.at <= ?2",
    )?;
    for id in said.query_map([customer_id, at], |row| row.get(0))? {
        traces.verdicts.insert(id?);
    }
    traces.wamids.remove("");
    traces.outbox_ids.remove("");
    Ok(())
}

/// What was sent to these identifiers, messages and what has no line of its own, as a reaction, and the wamids of it.
pub fn trace_outbox(db: &Connection, at: i64, traces: &mut Traces) -> Result<()> {
    for identifier in traces.identifiers.clone() {
        let mut to = db.prepare_cached(
            "SELECT id FROM outbox WHERE queued_at <= ?2 AND instr(peer, ?1) > 0",
        )?;
        let found = to.query_map(params![quoted(&identifier), at], |row| row.get(0))?;
        for id in found {
            traces.outbox_ids.insert(id?);
        }
    }
    trace_sends(db, traces)
}

/// The wamids of what was sent under the traced ids.
pub fn trace_sends(db: &Connection, traces: &mut Traces) -> Result<()> {
    let ids = list(&traces.outbox_ids)?;
    for sql in [
        "SELECT wamid FROM attempt WHERE outbox_id IN (SELECT value FROM json_each(?1))",
        "SELECT wamid FROM outbox_state WHERE outbox_id IN (SELECT value FROM json_each(?1))",
        "SELECT wamid FROM delivery WHERE outbox_id IN (SELECT value FROM json_each(?1)) AND outbox_id <> ''",
    ] {
        let found = texts(db, sql, &ids)?;
        traces.wamids.extend(found);
    }
    traces.wamids.remove("");
    Ok(())
}

/// Makes the search indexes forget what rows that are gone said: a deletion is a note in them, and what it is about stays
/// until segments are merged. FTS5's own `secure-delete` ruins an index without positions (`detail = none`, SQLite 3.51.3),
/// so they are merged whole. That takes as long as the index is large; somebody is erased rarely.
pub fn forget_in_search(db: &Connection) -> Result<()> {
    for index in ["message_fts", "thread_fts", "consent_person_fts"] {
        db.execute(
            &format!("INSERT INTO {index} ({index}) VALUES ('optimize')"),
            [],
        )?;
    }
    Ok(())
}

/// Takes away what names these traces in tables that know no persons.
pub fn remove_traces(db: &Connection, traces: &Traces) -> Result<()> {
    let (wamids, ids) = (list(&traces.wamids)?, list(&traces.outbox_ids)?);
    for table in ["amendment", "reaction", "delivery", "media", "media_bytes"] {
        let sql = format!("DELETE FROM {table} WHERE wamid IN (SELECT value FROM json_each(?1))");
        db.execute(&sql, [&wamids])?;
    }
    db.execute(
        "DELETE FROM reaction WHERE actor IN (SELECT value FROM json_each(?1))",
        [list(&traces.keys)?],
    )?;
    for (table, column) in [
        ("outbox", "id"),
        ("outbox_state", "outbox_id"),
        ("attempt", "outbox_id"),
        ("template_use", "outbox_id"),
        ("delivery", "outbox_id"),
        ("attachment", "outbox_id"),
    ] {
        let sql =
            format!("DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?1))");
        db.execute(&sql, [&ids])?;
    }
    db.execute(
        "DELETE FROM verdict_override WHERE verdict_id IN (SELECT value FROM json_each(?1))",
        [list(&traces.verdicts)?],
    )?;
    for identifier in &traces.identifiers {
        let quoted = quoted(identifier);
        db.execute(
            "DELETE FROM attachment WHERE instr(peer, ?1) > 0",
            [&quoted],
        )?;
        db.execute(
            "DELETE FROM notice WHERE instr(detail, ?1) > 0",
            [identifier],
        )?;
        db.execute("DELETE FROM number_release WHERE wa_id = ?1", [identifier])?;
    }
    db.execute(
        "DELETE FROM attachment_bytes WHERE NOT EXISTS (SELECT 1 FROM attachment a WHERE a.bytes_id = attachment_bytes.id)",
        [],
    )?;
    remove_webhooks(db, traces)
}

/// A body as Meta signed it goes as a whole: half of one would prove nothing.
fn remove_webhooks(db: &Connection, traces: &Traces) -> Result<()> {
    let mut named = Vec::new();
    let mut statement = db.prepare_cached("SELECT sha256, body FROM raw_webhook")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let body = row.get_ref(1)?.as_blob().unwrap_or_default();
        if names(&String::from_utf8_lossy(body), traces) {
            named.push(row.get::<_, Vec<u8>>(0)?);
        }
    }
    drop(rows);
    for sha256 in named {
        db.prepare_cached("DELETE FROM raw_webhook WHERE sha256 = ?1")?
            .execute([sha256])?;
    }
    Ok(())
}

fn names(body: &str, traces: &Traces) -> bool {
    // JSON may write a slash of a wamid as \/.
    let mut ids = body.split('"').filter(|part| part.starts_with("wamid."));
    ids.any(|id| traces.wamids.contains(&id.replace("\\/", "/")))
        || traces
            .identifiers
            .iter()
            .any(|id| body.contains(id.as_str()))
}

/// Takes away a customer's rows up to `at` in every table that knows persons; the ledger has its own way.
pub fn remove_rows(db: &Connection, customer_id: i64, at: i64) -> Result<()> {
    const PERSONS: &str = "(SELECT id FROM person WHERE customer_id = ?1)";
    db.execute(
        "DELETE FROM message WHERE at <= ?2 AND thread_id IN (SELECT id FROM thread WHERE customer_id = ?1)",
        [customer_id, at],
    )?;
    for table in [
        "message",
        "profile",
        "draft",
        "mark",
        "preference",
        "verdict",
    ] {
        let sql = format!("DELETE FROM {table} WHERE at <= ?2 AND person_id IN {PERSONS}");
        db.execute(&sql, [customer_id, at])?;
    }
    db.execute(
        &format!("DELETE FROM identity WHERE last_at <= ?2 AND person_id IN {PERSONS}"),
        [customer_id, at],
    )?;
    for table in ["identity_change", "merge"] {
        let sql =
            format!("DELETE FROM {table} WHERE at <= ?2 AND (a IN {PERSONS} OR b IN {PERSONS})");
        db.execute(&sql, [customer_id, at])?;
    }
    db.execute(
        "DELETE FROM consent_question WHERE customer_id = ?1",
        [customer_id],
    )?;
    Ok(())
}

/// The time of the last word of the staff's about a customer: to stand behind an earlier one it may be a moment ahead.
pub fn last_noted(db: &Connection, customer_id: i64) -> Result<i64> {
    Ok(db
        .prepare_cached(
            "SELECT coalesce(max(at), -1) FROM (
                SELECT f.at FROM person p CROSS JOIN profile f ON f.person_id = p.id WHERE p.customer_id = ?1
                UNION ALL SELECT d.at FROM person p CROSS JOIN draft d ON d.person_id = p.id WHERE p.customer_id = ?1
                UNION ALL SELECT m.at FROM person p CROSS JOIN mark m ON m.person_id = p.id WHERE p.customer_id = ?1)",
        )?
        .query_row([customer_id], |row| row.get(0))?)
}

/// How much there is of a customer: messages, files, notes, acts of consent.
pub fn extent(db: &Connection, customer_id: i64) -> Result<(i64, i64, i64, i64)> {
    let count = |sql: &str| -> Result<i64> {
        Ok(db
            .prepare_cached(sql)?
            .query_row([customer_id], |row| row.get(0))?)
    };
    let messages = count(
        "SELECT count(*) FROM thread t CROSS JOIN message m ON m.thread_id = t.id
         WHERE t.customer_id = ?1 AND m.direction IN (0, 1)",
    )?;
    let files = count(
        "SELECT count(*) FROM thread t CROSS JOIN message m ON m.thread_id = t.id WHERE t.customer_id = ?1
            AND (EXISTS (SELECT 1 FROM media d WHERE d.wamid = m.wamid AND m.wamid <> '')
                OR EXISTS (SELECT 1 FROM attachment a WHERE a.outbox_id = m.outbox_id AND m.outbox_id <> ''))",
    )?;
    let evidence = count(
        "SELECT count(DISTINCT u.sha256) FROM person p CROSS JOIN consent_act a INDEXED BY consent_act_of ON a.person_id = p.id
            CROSS JOIN evidence_use u ON u.hash = a.hash CROSS JOIN evidence e ON e.sha256 = u.sha256
         WHERE p.customer_id = ?1 AND a.is_use = 0",
    )?;
    let notes = count(
        "SELECT count(*) FROM thread t CROSS JOIN message m ON m.thread_id = t.id
         WHERE t.customer_id = ?1 AND m.direction = 3 AND m.shown = 1",
    )?;
    let described = count(
        "SELECT EXISTS (SELECT 1 FROM person p CROSS JOIN profile f ON f.person_id = p.id AND f.field = 'note'
            WHERE p.customer_id = ?1 AND f.value <> '')",
    )?;
    let acts = count(
        "SELECT count(*) FROM person p CROSS JOIN consent_act a INDEXED BY consent_act_of ON a.person_id = p.id
         WHERE p.customer_id = ?1",
    )?;
    Ok((messages, files + evidence, notes + described, acts))
}

/// Whether anything is on its way to a customer.
pub fn is_written_to(db: &Connection, customer_id: i64) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM outbox_state s CROSS JOIN message m ON m.outbox_id = s.outbox_id AND m.outbox_id <> ''
                CROSS JOIN thread t ON t.id = m.thread_id WHERE s.state IN ('queued', 'sending', 'doubtful') AND t.customer_id = ?1)",
        )?
        .query_row([customer_id], |row| row.get(0))?)
}

/// Every entry of the ledger about a customer, uses too.
pub fn entries(db: &Connection, customer_id: i64) -> Result<Vec<Digest>> {
    Ok(db
        .prepare_cached(
            "SELECT a.hash FROM person p CROSS JOIN consent_act a INDEXED BY consent_act_of ON a.person_id = p.id
             WHERE p.customer_id = ?1 ORDER BY a.device, a.seq",
        )?
        .query_map([customer_id], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

fn texts(db: &Connection, sql: &str, of: impl rusqlite::ToSql) -> Result<Vec<String>> {
    Ok(db
        .prepare_cached(sql)?
        .query_map([of], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// As it stands in the JSON of a peer.
fn quoted(identifier: &str) -> String {
    format!("\"{identifier}\"")
}

fn list(values: &BTreeSet<String>) -> Result<String> {
    Ok(serde_json::to_string(values)?)
}
