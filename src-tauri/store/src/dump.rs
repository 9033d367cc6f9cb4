//! The store as text that says the same whenever the store says the same.
//!
//! Local row ids depend on the order of arrival, so they are replaced by what they stand for: a customer
//! by the keys of his persons, a thread by number and customer, a message by its own key. The search indexes are
//! left out: they show their contents' text and not their own, and SQLite checks them better
//! ([`check_search`]).

use crate::error::Result;
use rusqlite::{Connection, types::ValueRef};

const QUERIES: &[(&str, &str)] = &[
    ("number", "SELECT phone_number_id, display FROM number"),
    ("person", "SELECT key, (SELECT group_concat(k, ' ') FROM (SELECT q.key AS k FROM person q WHERE q.customer_id = p.customer_id ORDER BY q.key)) FROM person p"),
    ("identity", "SELECT p.key, kind, value, first_at, last_at FROM identity i JOIN person p ON p.id = i.person_id"),
    ("profile", "SELECT peer_key, field, p.key, loose_wa, value, at FROM profile f JOIN person p ON p.id = f.person_id"),
    ("identity_change", "SELECT old_key, new_key, at, a.key, b.key FROM identity_change s JOIN person a ON a.id = s.a JOIN person b ON b.id = s.b"),
    ("merge", "SELECT m.id, a_key, b_key, a.key, b.key, made_at, undone, at FROM merge m JOIN person a ON a.id = m.a JOIN person b ON b.id = m.b"),
    ("number_release", "SELECT wa_id, at FROM number_release"),
    ("thread", "SELECT n.phone_number_id, (SELECT min(key) FROM person WHERE customer_id = t.customer_id), last_at,
        (SELECT key FROM message WHERE id = last_message_id), newest_arrival, inbound_at, closed_at, closes_at, waits, waiting_since,
        shelf, snoozed_until, pinned, assignee, seen, t.draft, preview_text, preview_kind, preview_out, preview_state,
        name, phone, username, labels, language, blocked, terms
        FROM thread t JOIN number n ON n.id = t.number_id"),
    ("thread_label", "SELECT label, n.phone_number_id, (SELECT min(key) FROM person WHERE customer_id = t.customer_id)
        FROM thread_label l LEFT JOIN thread t ON t.id = l.thread_id LEFT JOIN number n ON n.id = t.number_id"),
    ("reader", "SELECT staff FROM reader"),
    ("unseen", "SELECT staff, u.shelf, n.phone_number_id, (SELECT min(key) FROM person WHERE customer_id = t.customer_id)
        FROM unseen u LEFT JOIN thread t ON t.id = u.thread_id LEFT JOIN number n ON n.id = t.number_id"),
    ("message", "SELECT m.key, n.phone_number_id, p.key, (SELECT min(q.key) FROM person q WHERE q.customer_id = t.customer_id), loose_wa, wamid, outbox_id, direction, origin, at, arrived, window_at, shown, trouble_at, blocked_at, undelivered_at, kind, body, payload, quote_wamid, referral, forwarded, staff, edited_at, revoked_at
        FROM message m JOIN number n ON n.id = m.number_id JOIN person p ON p.id = m.person_id JOIN thread t ON t.id = m.thread_id"),
    ("amendment", "SELECT * FROM amendment"),
    ("reaction", "SELECT * FROM reaction"),
    ("delivery", "SELECT * FROM delivery"),
    ("outbox", "SELECT o.id, n.phone_number_id, peer, content, body, reply_wamid, staff, queued_at, leaves_at, digest FROM outbox o JOIN number n ON n.id = o.number_id"),
    ("outbox_state", "SELECT * FROM outbox_state"),
    ("attempt", "SELECT * FROM attempt"),
    ("draft", "SELECT n.phone_number_id, peer_key, form, p.key, loose_wa, text, at FROM draft d JOIN number n ON n.id = d.number_id JOIN person p ON p.id = d.person_id"),
    ("mark", "SELECT n.phone_number_id, peer_key, field, p.key, loose_wa, value, at FROM mark d JOIN number n ON n.id = d.number_id JOIN person p ON p.id = d.person_id"),
    ("media", "SELECT * FROM media"),
    ("template", "SELECT * FROM template"),
    ("template_list", "SELECT * FROM template_list"),
    ("template_word", "SELECT * FROM template_word"),
    ("template_use", "SELECT * FROM template_use"),
    ("template_figure", "SELECT * FROM template_figure"),
    ("template_edit", "SELECT * FROM template_edit"),
    ("template_draft", "SELECT * FROM template_draft"),
    ("batch", "SELECT b.id, device, n.phone_number_id, name, template, language, filled, segment, staff, checked_by, at, going, skipped
        FROM batch b JOIN number n ON n.id = b.number_id"),
    ("batch_person", "SELECT * FROM batch_person"),
    ("batch_skip", "SELECT * FROM batch_skip"),
    ("batch_word", "SELECT * FROM batch_word"),
    ("preference", "SELECT peer_key, category, p.key, loose_wa, value, at FROM preference f JOIN person p ON p.id = f.person_id"),
    ("ledger_entry", "SELECT device, seq, hex(hash), hex(prev), hex(commitment), public FROM ledger_entry"),
    ("ledger_personal", "SELECT device, seq, hex(hash), hex(salt), personal FROM ledger_personal"),
    ("ledger_erased", "SELECT hex(hash), hex(by), at FROM ledger_erased"),
    ("consent_act", "SELECT hex(hash), device, seq, act_id, p.key, peer_key, loose_wa, event, purpose, at, recorded_at, channel, strength,
        wording_id, wording_version, flaw, hex(refers_to), minor, guardian FROM consent_act a JOIN person p ON p.id = a.person_id"),
    ("consent", "SELECT (SELECT min(key) FROM person p WHERE p.customer_id = c.customer_id), purpose, state, usable, why_not, since, strength,
        channel, wording_id, wording_version, hex(hash), last_used_at, uses FROM consent c"),
    ("consent_question", "SELECT (SELECT min(key) FROM person p WHERE p.customer_id = c.customer_id), hex(hash), scope, at FROM consent_question c"),
    ("consent_person", "SELECT (SELECT min(key) FROM person p WHERE p.customer_id = c.customer_id), name, phone, username, language, terms
        FROM consent_person c"),
    ("verdict", "SELECT v.id, n.phone_number_id, peer_key, p.key, loose_wa, at, staff, level, reasons, episode, reached, people, weight, threshold,
        digest, dialog, outbox_id, batch_id FROM verdict v LEFT JOIN number n ON n.id = v.number_id LEFT JOIN person p ON p.id = v.person_id"),
    ("verdict_override", "SELECT * FROM verdict_override"),
    ("evidence_use", "SELECT hex(hash), sha256 FROM evidence_use"),
    // Under a key of each store's own.
    ("erased", "SELECT kind, at FROM erased"),
    ("suppression", "SELECT kind, scope, since, source FROM suppression"),
    ("evidence", "SELECT sha256, mime_type, kind, size FROM evidence"),
    ("wording", "SELECT * FROM wording"),
    ("purpose", "SELECT * FROM purpose"),
    ("notice", "SELECT key, waba_id, kind, event, detail, at FROM notice"),
    ("hold", "SELECT * FROM hold"),
    ("raw_webhook", "SELECT hex(sha256), received_at, body FROM raw_webhook"),
];

/// One line per row, sorted within each table.
pub fn canonical_dump(db: &Connection) -> Result<String> {
    let mut text = String::new();
    for (table, query) in QUERIES {
        let mut statement = db.prepare(query)?;
        let columns = statement.column_count();
        let mut lines = Vec::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut line = (*table).to_owned();
            for column in 0..columns {
                line.push('|');
                match row.get_ref(column)? {
                    ValueRef::Null => line.push('∅'),
                    ValueRef::Integer(n) => line.push_str(&n.to_string()),
                    ValueRef::Real(x) => line.push_str(&x.to_string()),
                    ValueRef::Text(t) | ValueRef::Blob(t) => {
                        line.push_str(&String::from_utf8_lossy(t).escape_debug().to_string())
                    }
                }
            }
            lines.push(line);
        }
        lines.sort_unstable();
        for line in lines {
            text.push_str(&line);
            text.push('\n');
        }
    }
    Ok(text)
}

/// Compares the search indexes with what they index; an error says that they differ. On the writer only.
pub fn check_search(db: &Connection) -> Result<()> {
    for index in ["message_fts", "thread_fts", "consent_person_fts"] {
        db.execute(
            &format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"),
            [],
        )?;
    }
    Ok(())
}
