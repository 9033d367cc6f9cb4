//! A conversation, page by page.

use super::{Desk, not_found};
use crate::{
    content, outbox,
    view::{
        Body, Delivery, DeliveryState, Direction, Failure, MediaState, MessageCursor, MessagePage,
        MessageRow, Origin, Place, Quote, ReactionView,
    },
};
use cloud_api::error::classify;
use store::{
    Connection, Result, amendment, delivery,
    message::{self, MessageRecord},
};

impl Desk {
    /// A part of a conversation, oldest first.
    pub fn messages(&self, thread_id: i64, place: &Place, limit: i64) -> Result<MessagePage> {
        let before = match place {
            Place::Before { cursor } => Some(cursor.clone()),
            _ => None,
        };
        self.store.read(|db| {
            let mut records = message::page(
                db,
                thread_id,
                before.map(|c| (c.at, c.arrived, c.id)),
                limit,
            )?;
            let full = i64::try_from(records.len()).unwrap_or(0) == limit;
            records.reverse();
            let before = match records.first() {
                Some(first) if full => Some(MessageCursor {
                    at: first.at,
                    arrived: first.arrived,
                    id: first.id,
                }),
                _ => None,
            };
            let rows = records
                .iter()
                .map(|record| row(db, record))
                .collect::<Result<_>>()?;
            Ok(MessagePage {
                rows,
                before,
                after: None,
            })
        })
    }

    /// Writes an internal note, or changes one; an empty text takes it away. Returns its id.
    pub fn save_note(
        &self,
        _thread_id: i64,
        _note_id: Option<&str>,
        _text: &str,
    ) -> Result<String> {
        Err(not_found())
    }
}

fn row(db: &Connection, m: &MessageRecord) -> Result<MessageRow> {
    let reactions = if m.wamid.is_empty() {
        Vec::new()
    } else {
        amendment::reactions(db, &m.wamid)?
    };
    Ok(MessageRow {
        id: m.id,
        at: m.at,
        arrived: m.arrived,
        direction: match m.direction {
            message::IN => Direction::In,
            message::NOTE => Direction::Note,
            message::OUT => Direction::Out,
            _ => Direction::Line,
        },
        body: body(m),
        quote: quote(db, &m.quote_wamid)?,
        reactions: reactions
            .into_iter()
            .map(|(actor, emoji)| ReactionView {
                emoji,
                outgoing: actor == "us",
            })
            .collect(),
        edited: m.edited_at >= 0,
        revoked: m.revoked_at >= 0,
        outbox_id: (!m.outbox_id.is_empty()).then(|| m.outbox_id.clone()),
        delivery: (m.direction == message::OUT).then(|| delivered(m)),
        origin: match m.origin {
            message::HISTORY => Origin::History,
            message::PHONE => Origin::Phone,
            _ => Origin::Live,
        },
        referral: serde_json::from_str(&m.referral).ok(),
        forwarded: false,
        staff: None,
        note_id: None,
    })
}

fn body(m: &MessageRecord) -> Body {
    match serde_json::from_str(&m.payload) {
        Ok(Body::Media { mut media }) => {
            media.state = match m.media_state.as_str() {
                _ if !m.outbox_id.is_empty() => MediaState::Stored,
                "stored" => MediaState::Stored,
                "gone" => MediaState::Gone,
                "refused" => MediaState::Refused,
                _ => MediaState::Waiting,
            };
            Body::Media { media }
        }
        Ok(body) => body,
        Err(_) => Body::Text {
            text: m.body.clone(),
        },
    }
}

fn quote(db: &Connection, wamid: &str) -> Result<Option<Quote>> {
    if wamid.is_empty() {
        return Ok(None);
    }
    Ok(Some(match message::get_by_wamid(db, wamid)? {
        Some(quoted) => Quote {
            message_id: Some(quoted.id),
            text: content::first_line(&quoted.body),
            outgoing: quoted.direction == message::OUT,
        },
        None => Quote {
            message_id: None,
            text: String::new(),
            outgoing: false,
        },
    }))
}

fn delivered(m: &MessageRecord) -> Delivery {
    let known = |at: i64| (at >= 0).then_some(at);
    let state = if m.outbox_id.is_empty() {
        outbox::state_of_foreign(&delivery::Delivery {
            sent_at: m.sent_at,
            delivered_at: m.delivered_at,
            read_at: m.read_at,
            played_at: m.played_at,
            failed_at: m.failed_at,
            ..delivery::Delivery::default()
        })
    } else {
        outbox::state_named(&m.state)
    };
    Delivery {
        state,
        leaves_at: (state == DeliveryState::Queued).then_some(m.leaves_at),
        sent_at: known(m.sent_at),
        delivered_at: known(m.delivered_at),
        read_at: known(m.read_at),
        failure: (m.failed_code != 0 || state == DeliveryState::Failed).then(|| Failure {
            code: m.failed_code,
            name: classify(m.failed_code, None).name.to_owned(),
            details: (!m.failed_details.is_empty()).then(|| m.failed_details.clone()),
        }),
    }
}
