//! A step as the facts that tell of it.

use super::{End, In, Step, number, peer};
use cloud_api::webhook::{Content, Context, Media, MediaKind, MetaError, StatusKind};
use inbox::fact::{AttemptEnd, By, Fact, FactKind, NameField, Queued, Said, Tick};
use inbox::view::Body;
use serde_json::json;

pub(super) const FAILED_TITLE: &str = "Message undeliverable";
pub(super) const STAFF: &str = "Ada";

pub fn facts(step: &Step) -> Vec<Fact> {
    match step {
        Step::Named { customer, name, at } => vec![Fact::new(
            &number(*customer),
            FactKind::Named {
                peer: peer(*customer),
                parent_bsuid: None,
                field: NameField::Name,
                value: name.clone(),
                at: *at,
            },
        )],
        Step::In {
            customer,
            wamid,
            at,
            received,
            content,
            quote,
        } => vec![Fact::new(
            &number(*customer),
            FactKind::Said(Said {
                wamid: wamid.clone(),
                peer: peer(*customer),
                by: By::Customer,
                content: said(content),
                at: *at,
                timed: true,
                arrived: received * 1000,
                context: (!quote.is_empty()).then(|| Context {
                    wamid: Some(quote.clone()),
                    ..Context::default()
                }),
                referral: None,
            }),
        )],
        Step::Out {
            customer,
            outbox_id,
            wamid,
            at,
            text,
            end,
        } => sent(*customer, outbox_id, wamid, *at, text, *end),
        Step::Reacted {
            customer,
            target,
            emoji,
            at,
        } => vec![Fact::new(
            &number(*customer),
            FactKind::Reacted {
                peer: peer(*customer),
                by_us: false,
                target: target.clone(),
                emoji: Some((*emoji).to_owned()),
                at: *at,
            },
        )],
        Step::Edited { target, text, at } => vec![Fact::new(
            &number(4),
            FactKind::Edited {
                target: target.clone(),
                content: Content::Text { body: text.clone() },
                at: *at,
            },
        )],
        Step::Revoked { target, at } => vec![Fact::new(
            &number(4),
            FactKind::Revoked {
                target: target.clone(),
                at: *at,
            },
        )],
        Step::Seen {
            customer, received, ..
        } => vec![Fact::new(
            &number(*customer),
            FactKind::Seen {
                peer: peer(*customer),
                staff: String::new(),
                arrived: received * 1000,
                at: *received,
            },
        )],
    }
}

fn said(content: &In) -> Content {
    match content {
        In::Text(body) => Content::Text { body: body.clone() },
        In::Media {
            kind,
            mime_type,
            caption,
            filename,
            media_id,
        } => Content::Media(Media {
            kind: match *kind {
                "image" => MediaKind::Image,
                "video" => MediaKind::Video,
                "voice" => MediaKind::Audio,
                _ => MediaKind::Document,
            },
            id: Some(media_id.clone()),
            mime_type: Some((*mime_type).to_owned()),
            sha256: None,
            caption: caption.clone(),
            filename: filename.clone(),
            voice: *kind == "voice",
            animated: false,
        }),
        In::Choice(title) => Content::ButtonReply {
            id: "b".into(),
            title: title.clone(),
        },
        In::Unsupported => Content::Unsupported {
            kind: None,
            errors: Vec::new(),
        },
    }
}

/// What the outbox stores of a text.
pub(super) fn outgoing(text: &str) -> String {
    json!({ "type": "text", "body": text, "preview_url": false }).to_string()
}

pub(super) fn bubble(body: &Body) -> String {
    serde_json::to_string(body).expect("a bubble is JSON")
}

/// Queued, sent five seconds later, answered, ticked.
fn sent(customer: usize, outbox_id: &str, wamid: &str, at: i64, text: &str, end: End) -> Vec<Fact> {
    let number = number(customer);
    let queued = Queued {
        outbox_id: outbox_id.to_owned(),
        peer: peer(customer),
        content: outgoing(text),
        bubble: bubble(&Body::Text {
            text: text.to_owned(),
        }),
        kind: "text".into(),
        body: text.to_owned(),
        reply_wamid: String::new(),
        staff: STAFF.into(),
        at,
        leaves_at: at + 5_000,
        digest: String::new(),
    };
    let mut kinds = vec![
        FactKind::Queued(queued),
        FactKind::AttemptStarted {
            outbox_id: outbox_id.to_owned(),
            n: 1,
            at: at + 5_000,
        },
        FactKind::AttemptEnded {
            outbox_id: outbox_id.to_owned(),
            n: 1,
            end: AttemptEnd::Accepted {
                wamid: wamid.to_owned(),
                held: false,
            },
            at: at + 5_200,
        },
    ];
    for (kind, after, error) in ticks(end) {
        kinds.push(FactKind::Ticked(Tick {
            wamid: wamid.to_owned(),
            kind,
            recipient: peer(customer),
            callback_data: Some(outbox_id.to_owned()),
            error,
            pricing: None,
            at: at + after,
        }));
    }
    kinds
        .into_iter()
        .map(|kind| Fact::new(&number, kind))
        .collect()
}

fn ticks(end: End) -> Vec<(StatusKind, i64, Option<MetaError>)> {
    let sent = (StatusKind::Sent, SENT, None);
    match end {
        End::Accepted => vec![],
        End::Delivered => vec![sent, (StatusKind::Delivered, DELIVERED, None)],
        End::Read => vec![
            sent,
            (StatusKind::Delivered, DELIVERED, None),
            (StatusKind::Read, READ, None),
        ],
        End::Failed(code) => vec![(
            StatusKind::Failed,
            SENT,
            Some(MetaError {
                code,
                title: FAILED_TITLE.into(),
                details: None,
            }),
        )],
    }
}

/// Milliseconds after a message was queued.
pub(super) const SENT: i64 = 6_000;
pub(super) const DELIVERED: i64 = 8_000;
pub(super) const READ: i64 = 60_000;
