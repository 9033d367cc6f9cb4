//! May this be sent, now, to this customer? One function, asked by the composer, by the command and by the
//! dispatcher, so that no way of sending knows other rules than the rest.

use crate::{
    service_window::{Known, Window},
    view::Refusal,
};
use cloud_api::{
    error::classify,
    outgoing::{OutgoingContent, TEXT_MAX},
    webhook::Peer,
};
use store::{notice::Hold, template::TemplateRow};

/// Everything the answer depends on.
#[derive(Debug)]
pub struct Situation<'a> {
    /// Platform time.
    pub now: i64,
    pub window: Known,
    /// How long before the end free text is refused, milliseconds.
    pub margin: i64,
    pub peer: &'a Peer,
    pub hold: Option<&'a Hold>,
    pub message: Intent<'a>,
}

/// What somebody wants to send.
#[derive(Debug, Clone, Copy)]
pub enum Intent<'a> {
    Text(&'a str),
    /// Anything else that is no template: a reaction, media, buttons.
    FreeForm,
    /// `None`: no such template in our list.
    Template(Option<&'a TemplateRow>),
}

impl<'a> Intent<'a> {
    /// The intent behind stored content; `template` is the row it names.
    pub fn of(content: &'a OutgoingContent, template: Option<&'a TemplateRow>) -> Self {
        match content {
            OutgoingContent::Text { body, .. } => Self::Text(body),
            OutgoingContent::Template(_) => Self::Template(template),
            _ => Self::FreeForm,
        }
    }
}

/// Every reason why not; empty means yes.
pub fn refusals(situation: &Situation<'_>) -> Vec<Refusal> {
    let mut reasons = Vec::new();
    if let Some(hold) = situation.hold {
        let name = classify(hold.code, None).name.to_owned();
        reasons.push(Refusal::OnHold {
            code: hold.code,
            name,
            since: hold.set_at,
        });
    }
    if situation.peer.group_id.is_some()
        || (situation.peer.bsuid.is_none() && situation.peer.wa_id.is_none())
    {
        reasons.push(Refusal::NoRecipient);
    }
    match situation.message {
        Intent::Template(None) => reasons.push(Refusal::TemplateUnknown),
        Intent::Template(Some(template)) if template.status != "APPROVED" => {
            reasons.push(Refusal::TemplateNotApproved {
                status: template.status.clone(),
            });
        }
        Intent::Template(Some(_)) => {}
        Intent::Text(text) => {
            reasons.extend(window(situation));
            let length = text.chars().count();
            if text.trim().is_empty() {
                reasons.push(Refusal::Empty);
            } else if length > TEXT_MAX {
                let n = |n| i64::try_from(n).unwrap_or(i64::MAX);
                reasons.push(Refusal::TooLong {
                    length: n(length),
                    limit: n(TEXT_MAX),
                });
            }
        }
        Intent::FreeForm => reasons.extend(window(situation)),
    }
    reasons
}

fn window(situation: &Situation<'_>) -> Option<Refusal> {
    match situation.window.at(situation.now) {
        Window::Open { closes_at } if situation.now >= closes_at - situation.margin => {
            Some(Refusal::WindowEnding { closes_at })
        }
        Window::Open { .. } => None,
        Window::Closed { since, by_meta } => Some(Refusal::WindowClosed { since, by_meta }),
        Window::Never => Some(Refusal::WindowNever),
    }
}

/// Whether the window alone is what stands in the way: then the words become a draft again.
pub fn only_the_window(reasons: &[Refusal]) -> bool {
    !reasons.is_empty()
        && reasons.iter().all(|reason| {
            matches!(
                reason,
                Refusal::WindowClosed { .. } | Refusal::WindowNever | Refusal::WindowEnding { .. }
            )
        })
}
