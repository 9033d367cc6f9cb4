//! Writes the steps straight into the tables, in large transactions: the rows that applying them would leave.
//!
//! A test compares both on a small shop.

use super::{
    CUSTOMERS, END, End, In, Spec, Step, Steps, number, peer,
    told::{DELIVERED, FAILED_TITLE, READ, SENT, STAFF, bubble, outgoing},
};
use inbox::view::{Body, MediaState, MediaView};
use rusqlite::params;
use store::{
    Connection, Result, Store,
    about_person::{self, About},
    amendment, customer, mark, media,
    message::{self, NewMessage},
    number as numbers, outbox, thread,
};

/// Messages per transaction.
const AT_ONCE: usize = 100_000;

/// What a test or a measurement wants to know about the store it got.
#[derive(Debug, Clone)]
pub struct Filled {
    /// The thread with about a ninth of all messages.
    pub busiest: i64,
    /// Every thread, in the order they began.
    pub threads: Vec<i64>,
    pub customers: Vec<usize>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Row {
    person: i64,
    thread: i64,
    number: i64,
    first_at: i64,
    last_at: i64,
    seen: i64,
}

/// Fills an empty store. Deterministic; the same spec gives the same rows.
pub fn fill(store: &Store, spec: Spec) -> Result<Filled> {
    let mut steps = Steps::new(spec);
    let busiest = steps.busiest();
    let mut rows = vec![Row::default(); CUSTOMERS];
    let mut order = Vec::new();
    loop {
        let mut messages = 0;
        store.write(|db| {
            // Random keys: the indexes have to fit, or every batch writes all of them.
            db.pragma_update(None, "cache_size", -786_432)?;
            while messages < AT_ONCE {
                let Some(step) = steps.next() else { break };
                messages += usize::from(matches!(step, Step::In { .. } | Step::Out { .. }));
                put(db, &mut rows, &mut order, &step)?;
            }
            Ok(())
        })?;
        if messages == 0 {
            break;
        }
    }
    store.write(|db| {
        for &at in &order {
            finish(db, at, &rows[at])?;
        }
        Ok(())
    })?;
    store.write(|db| Ok(db.pragma_update(None, "cache_size", -16_384)?))?;
    Ok(Filled {
        busiest: rows[busiest].thread,
        threads: order.iter().map(|&at| rows[at].thread).collect(),
        customers: order,
    })
}

/// What is known of a customer only when everything has happened, and the thread's cached columns.
fn finish(db: &Connection, at: usize, row: &Row) -> Result<()> {
    if let Some(wa_id) = peer(at).wa_id {
        for moment in [row.first_at, row.last_at] {
            customer::observe_identity(db, row.person, "wa_id", &wa_id, moment)?;
        }
    }
    if row.seen > 0 {
        let key = format!("b:{}", peer(at).bsuid.unwrap_or_default());
        thread::note_reader(db, "")?;
        let value = format!("{:019}", row.seen);
        let at = row.seen / 1000;
        mark::observe(db, row.number, about(&key, row), mark::SEEN, &value, at)?;
    }
    inbox::gather(db, row.thread)
}

fn about<'a>(key: &'a str, row: &Row) -> About<'a> {
    About {
        peer_key: key,
        person_id: row.person,
        loose_wa: "",
    }
}

fn put(db: &Connection, rows: &mut [Row], order: &mut Vec<usize>, step: &Step) -> Result<()> {
    let mut met = |customer: usize, at: i64| {
        let row: &mut Row = &mut rows[customer];
        if row.first_at == 0 || at < row.first_at {
            row.first_at = at;
        }
        row.last_at = row.last_at.max(at);
        *row
    };
    match step {
        Step::Named { customer, name, at } => {
            let key = format!("b:{}", peer(*customer).bsuid.unwrap_or_default());
            let business = number(*customer);
            let number = numbers::ensure(db, &business.phone_number_id, &business.display)?;
            let person = customer::ensure(db, &key)?;
            let thread = thread::ensure(db, number, person.customer_id)?;
            let row = Row {
                person: person.id,
                thread,
                number,
                first_at: *at,
                last_at: *at,
                seen: 0,
            };
            about_person::observe_profile(db, about(&key, &row), "name", name, *at)?;
            rows[*customer] = row;
            order.push(*customer);
            Ok(())
        }
        Step::In {
            customer,
            wamid,
            at,
            received,
            content,
            quote,
        } => {
            let row = met(*customer, *at);
            let (kind, body, payload) = shown(content);
            message::put(
                db,
                &NewMessage {
                    key: format!("m:{wamid}"),
                    wamid: wamid.clone(),
                    direction: message::IN,
                    at: *at,
                    arrived: received * 1000,
                    window_at: *at,
                    kind: kind.into(),
                    body,
                    payload,
                    quote_wamid: quote.clone(),
                    ..in_thread(&row)
                },
            )?;
            if let In::Media {
                media_id,
                mime_type,
                ..
            } = content
            {
                media::want(db, wamid, media_id, mime_type, "")?;
            }
            Ok(())
        }
        Step::Out {
            customer,
            outbox_id,
            wamid,
            at,
            text,
            end,
        } => {
            let row = met(*customer, *at);
            put_out(db, &row, *customer, (outbox_id, wamid), *at, text, *end)
        }
        Step::Reacted {
            target, emoji, at, ..
        } => amendment::observe_reaction(db, target, "them", emoji, *at),
        Step::Edited { target, text, at } => {
            let payload = bubble(&Body::Text { text: text.clone() });
            amendment::observe_edit(db, target, *at, "text", text, &payload)?;
            amendment::amend(db, target)
        }
        Step::Revoked { target, at } => {
            amendment::observe_revoke(db, target, *at)?;
            amendment::amend(db, target)
        }
        Step::Seen {
            customer, received, ..
        } => {
            met(*customer, *received);
            rows[*customer].seen = received * 1000;
            Ok(())
        }
    }
}

fn in_thread(row: &Row) -> NewMessage {
    NewMessage {
        thread_id: row.thread,
        person_id: row.person,
        number_id: row.number,
        shown: true,
        window_at: -1,
        ..NewMessage::default()
    }
}

/// Kind, words and bubble of what a customer sent.
fn shown(content: &In) -> (&'static str, String, String) {
    match content {
        In::Text(text) => (
            "text",
            text.clone(),
            bubble(&Body::Text { text: text.clone() }),
        ),
        In::Media {
            kind,
            mime_type,
            caption,
            filename,
            ..
        } => {
            let media = MediaView {
                kind: (*kind).to_owned(),
                caption: caption.clone(),
                filename: filename.clone(),
                mime_type: Some((*mime_type).to_owned()),
                state: MediaState::Waiting,
                size: None,
                animated: false,
                voice: *kind == "voice",
                width: None,
                height: None,
            };
            let words = caption
                .clone()
                .or_else(|| filename.clone())
                .unwrap_or_default();
            (*kind, words, bubble(&Body::Media { media }))
        }
        In::Choice(title) => {
            let body = Body::Choice {
                title: title.clone(),
                description: None,
            };
            ("choice", title.clone(), bubble(&body))
        }
        In::Unsupported => {
            let body = Body::Unsupported {
                what: "unsupported".into(),
            };
            ("unsupported", String::new(), bubble(&body))
        }
    }
}

fn put_out(
    db: &Connection,
    row: &Row,
    customer: usize,
    (id, wamid): (&str, &str),
    at: i64,
    text: &str,
    end: End,
) -> Result<()> {
    let to = inbox::outbox::peer_json(&peer(customer));
    outbox::put(
        db,
        &outbox::OutboxItem {
            id: id.to_owned(),
            number_id: row.number,
            peer: to,
            content: outgoing(text),
            body: text.to_owned(),
            reply_wamid: String::new(),
            staff: STAFF.into(),
            queued_at: at,
            leaves_at: at + 5_000,
            digest: String::new(),
        },
    )?;
    message::put(
        db,
        &NewMessage {
            key: format!("o:{id}"),
            wamid: wamid.to_owned(),
            outbox_id: id.to_owned(),
            direction: message::OUT,
            at,
            arrived: at * 1000,
            kind: "text".into(),
            body: text.to_owned(),
            payload: bubble(&Body::Text {
                text: text.to_owned(),
            }),
            ..in_thread(row)
        },
    )?;
    db.prepare_cached(
        "INSERT INTO attempt (outbox_id, n, started_at, ended_at, outcome, rank, wamid)
         VALUES (?1, 1, ?2, ?3, 'accepted', 5, ?4)",
    )?
    .execute(params![id, at + 5_000, at + 5_200, wamid])?;
    let never = -1;
    let (state, sent, delivered, read, failed, code) = match end {
        End::Accepted => ("accepted", never, never, never, never, 0),
        End::Delivered => ("delivered", at + SENT, at + DELIVERED, never, never, 0),
        End::Read => ("read", at + SENT, at + DELIVERED, at + READ, never, 0),
        End::Failed(code) => ("failed", never, never, never, at + SENT, code),
    };
    let title = if code == 0 { "" } else { FAILED_TITLE };
    db.prepare_cached(
        "INSERT INTO delivery (wamid, outbox_id, sent_at, delivered_at, read_at, failed_at, failed_code, failed_title)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![wamid, id, sent, delivered, read, failed, code, title])?;
    outbox::set_state(
        db,
        id,
        &outbox::Derived {
            state,
            wake_at: -1,
            wamid,
            code: 0,
            details: "",
        },
    )?;
    // Meta's seconds are read as having ended.
    if failed >= 0
        && let Some((message_id, _)) = message::by_outbox(db, id)?
    {
        message::set_trouble(db, message_id, failed + 999)?;
        if code == 131_026 {
            message::set_undelivered(db, message_id, failed)?;
        }
    }
    Ok(())
}

/// An inbound body as the relay would hand it out: what happens when the next message comes.
pub fn next_in(customer: usize, n: u64) -> Step {
    Step::In {
        customer,
        wamid: format!(
            "wamid.HBgM{:016X}FQIANEXT{n:08}A",
            super::Random::new(n).next_u64()
        ),
        at: END + 1_000 * i64::try_from(n).unwrap_or(0),
        received: END + 1_000 * i64::try_from(n).unwrap_or(0) + 400,
        content: In::Text("Ist die Torte morgen fertig?".into()),
        quote: String::new(),
    }
}
