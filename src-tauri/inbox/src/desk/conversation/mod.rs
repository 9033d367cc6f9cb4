//! A conversation, page by page.

mod note;
mod place;

use super::{Desk, template_values::choice, templates::paused_until};
use crate::{
    content, outbox,
    template::{drifts, tells_of_drift},
    view::{
        Body, Delivery, DeliveryState, Direction, Failure, MediaState, MessageCursor, MessagePage,
        MessageRow, Origin, Place, Quote, ReactionView, TemplateDrift,
    },
};
use cloud_api::{error::classify, outgoing::TemplateSend};
use place::part;
use store::{
    Connection, Result, amendment, delivery,
    message::{self, MessageRecord},
};

impl Desk {
    /// A part of a conversation, oldest first.
    pub fn messages(&self, thread_id: i64, place: &Place, limit: i64) -> Result<MessagePage> {
        self.store.read(|db| {
            let part = part(db, thread_id, place, limit.max(1))?;
            let cursor = |record: &MessageRecord| MessageCursor {
                at: record.at,
                arrived: record.arrived,
                id: record.id,
            };
            let records = &part.records;
            Ok(MessagePage {
                before: records.first().filter(|_| part.more_before).map(cursor),
                after: records.last().filter(|_| part.more_behind).map(cursor),
                rows: records
                    .iter()
                    .map(|record| self.row(db, record))
                    .collect::<Result<_>>()?,
            })
        })
    }
}

impl Desk {
    fn row(&self, db: &Connection, m: &MessageRecord) -> Result<MessageRow> {
        let mut delivery = (m.direction == message::OUT).then(|| delivered(m));
        if let Some(failure) = delivery.as_mut().and_then(|d| d.failure.as_mut())
            && m.kind == "template"
            && let Some(sent) = sent(db, m)?
        {
            failure.choice = Some(choice(&sent));
            if tells_of_drift(failure.code) {
                failure.drift = self.drift(db, m, &sent)?;
            }
        }
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
            edited: if m.direction == message::NOTE {
                m.edited_at > m.at
            } else {
                m.edited_at >= 0
            },
            revoked: m.revoked_at >= 0,
            outbox_id: (!m.outbox_id.is_empty()).then(|| m.outbox_id.clone()),
            delivery,
            origin: match m.origin {
                message::HISTORY => Origin::History,
                message::PHONE => Origin::Phone,
                _ => Origin::Live,
            },
            referral: serde_json::from_str(&m.referral).ok(),
            forwarded: m.forwarded,
            staff: (!m.staff.is_empty()).then(|| m.staff.clone()),
            note_id: m.key.strip_prefix("n:").map(str::to_owned),
        })
    }

    /// What is different about the template that Meta refused.
    fn drift(
        &self,
        db: &Connection,
        m: &MessageRecord,
        sent: &TemplateSend,
    ) -> Result<Vec<TemplateDrift>> {
        let now = self.template(db, &sent.name, &sent.language)?;
        let key = (
            self.account.waba_id.as_str(),
            sent.name.as_str(),
            sent.language.as_str(),
        );
        Ok(drifts(now.as_ref(), sent, &body(m), paused_until(db, key)?))
    }
}

/// The template that a message of ours was made of.
fn sent(db: &Connection, m: &MessageRecord) -> Result<Option<TemplateSend>> {
    let item = store::outbox::get(db, &m.outbox_id)?;
    Ok(item.as_ref().and_then(outbox::template_of))
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
            if m.media_width > 0 {
                media.width = Some(m.media_width);
                media.height = Some(m.media_height);
            }
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
            drift: Vec::new(),
            choice: None,
        }),
    }
}
