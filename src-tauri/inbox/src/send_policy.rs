//! May this be sent, now, to this customer? One function, asked by the composer, by the command and by the
//! dispatcher, so that no way of sending knows other rules than the rest.

use crate::{
    consent::Gate,
    service_window::{Known, Window},
    view::Refusal,
};
use cloud_api::{
    error::classify,
    outgoing::{OutgoingContent, TEXT_MAX},
    webhook::Peer,
};
use sha2::{Digest, Sha256};
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
    /// We block this customer; Meta refuses every kind of message to him (130403, Meta, "Block users").
    pub blocked: bool,
    pub hold: Option<&'a Hold>,
    /// What the customer's consents let through.
    pub consent: &'a Gate,
    pub message: Intent<'a>,
}

/// What somebody wants to send.
#[derive(Debug, Clone, Copy)]
pub enum Intent<'a> {
    Text(&'a str),
    /// Anything else that is no template: a reaction, media, buttons.
    FreeForm,
    /// The one answer to a stop, which says that it was heard and nothing else.
    StopConfirmation(&'a str),
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

/// The outbox id of the one confirmation of a stop, the same wherever the stop is recorded: so there is never another.
/// `act_id`: of the act that stopped.
pub fn stop_confirmation_id(act_id: &str) -> String {
    let digest = hex::encode(Sha256::digest(act_id.as_bytes()));
    format!("{STOP_CONFIRMATION}{}", &digest[..32])
}

pub(crate) fn is_stop_confirmation(outbox_id: &str) -> bool {
    outbox_id.starts_with(STOP_CONFIRMATION)
}

const STOP_CONFIRMATION: &str = "stop-";

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
    if situation.blocked {
        reasons.push(Refusal::Blocked);
    }
    match situation.message {
        Intent::Template(None) => reasons.push(Refusal::TemplateUnknown),
        Intent::Template(Some(template)) => {
            if template.status != "APPROVED" {
                reasons.push(Refusal::TemplateNotApproved {
                    status: template.status.clone(),
                });
            }
            reasons.extend(situation.consent.template(&template.category));
        }
        Intent::Text(text) | Intent::StopConfirmation(text) => {
            if matches!(situation.message, Intent::Text(_)) {
                reasons.extend(stopped(situation));
            }
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
        Intent::FreeForm => {
            reasons.extend(stopped(situation));
            reasons.extend(window(situation));
        }
    }
    reasons
}

/// Whoever wants nothing from us any more and writes again is asking for an answer.
fn stopped(situation: &Situation<'_>) -> Option<Refusal> {
    situation.consent.free_form(situation.window.inbound_at)
}

/// Whether the customer's consents are what stands in the way.
pub fn lacks_consent(reason: &Refusal) -> bool {
    matches!(reason, Refusal::OptedOut { .. } | Refusal::NoOptIn { .. })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service_window::{DEFAULT_MARGIN, LENGTH};

    const WROTE: i64 = 1_900_000_000_000;

    #[test]
    fn nothing_of_any_kind_goes_to_a_customer_we_block() {
        let peer = Peer {
            bsuid: Some("DE.aaa1".into()),
            ..Peer::default()
        };
        let approved = TemplateRow {
            status: "APPROVED".into(),
            ..TemplateRow::default()
        };
        let closed = Refusal::WindowClosed {
            since: WROTE + LENGTH,
            by_meta: false,
        };
        let consent = Gate::open_to_all();
        let (inside, after) = (WROTE + 1, WROTE + LENGTH);
        for (what, blocked, now, message, expected) in [
            (
                "text",
                true,
                inside,
                Intent::Text("Gern!"),
                vec![Refusal::Blocked],
            ),
            (
                "file",
                true,
                inside,
                Intent::FreeForm,
                vec![Refusal::Blocked],
            ),
            (
                "template",
                true,
                inside,
                Intent::Template(Some(&approved)),
                vec![Refusal::Blocked],
            ),
            (
                "template, later",
                true,
                after,
                Intent::Template(Some(&approved)),
                vec![Refusal::Blocked],
            ),
            (
                "text, later",
                true,
                after,
                Intent::Text("Gern!"),
                vec![Refusal::Blocked, closed],
            ),
            (
                "text, not blocked",
                false,
                inside,
                Intent::Text("Gern!"),
                vec![],
            ),
            (
                "template, not blocked",
                false,
                after,
                Intent::Template(Some(&approved)),
                vec![],
            ),
        ] {
            let found = refusals(&Situation {
                now,
                window: Known {
                    inbound_at: Some(WROTE),
                    closed_by_meta_at: None,
                },
                margin: DEFAULT_MARGIN,
                peer: &peer,
                blocked,
                hold: None,
                consent: &consent,
                message,
            });
            assert_eq!(found, expected, "{what}");
        }
    }
}
