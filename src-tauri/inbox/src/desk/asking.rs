//! Asking for an opt-in in the thread, with two buttons; and the one answer to a stop.

use super::{Desk, not_found, send::Parcel, threads, wordings::business_name};
use crate::{
    apply_in,
    consent::wordings,
    ledger::{self, Act, Event, channel},
    view::{Body, Refusal, SendResult, Strength},
};
use cloud_api::outgoing::OutgoingContent;
use store::{Connection, Result, thread};
use uuid::Uuid;

/// Characters of a message with buttons (Meta, "Interactive reply buttons messages").
const BODY_MAX: usize = 1024;

/// Id of the button that says yes to the question `ask`, and of the one that says no.
pub(crate) fn button_ids(ask: &str) -> [String; 2] {
    [format!("optin:y:{ask}"), format!("optin:n:{ask}")]
}

/// The question a button's id answers, and whether with yes.
pub(crate) fn answered_by(button_id: &str) -> Option<(&str, bool)> {
    let yes = button_id.strip_prefix("optin:y:").map(|ask| (ask, true));
    yes.or_else(|| button_id.strip_prefix("optin:n:").map(|ask| (ask, false)))
}

/// The act of asking.
pub(crate) fn asked_id(ask: &str) -> String {
    format!("asked:{ask}")
}

impl Desk {
    /// Asks the customer of an open thread, in their language, word for word what the ledger keeps.
    pub fn ask_opt_in(
        &self,
        thread_id: i64,
        purposes: &[String],
        language: &str,
    ) -> Result<SendResult> {
        self.supply_wordings()?;
        let now = self.clock.now();
        let staff = self.me()?;
        let ask = Uuid::now_v7().simple().to_string();
        let (result, change) = self.store.write(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let (parcel, act) = match question(db, purposes, language, &ask, now)? {
                Ok(made) => made,
                Err(reasons) => return Ok((SendResult::Refused { reasons }, None)),
            };
            let (outbox_id, leaves_at, facts) =
                match self.weigh(db, &thread, &parcel, &staff, now)? {
                    Ok(weighed) => weighed,
                    Err(reasons) => return Ok((SendResult::Refused { reasons }, None)),
                };
            let mut change = apply_in(db, &facts)?;
            let act = Act {
                who: Some(threads::peer(db, &thread)?),
                staff: staff.clone(),
                ..act
            };
            match ledger::record(db, &act, now)? {
                Ok(recorded) => change.merge(recorded.change),
                Err(why) => tracing::warn!(?why, "a question is not in the ledger"),
            }
            let queued = SendResult::Queued {
                outbox_id,
                leaves_at,
            };
            Ok((queued, Some(change)))
        })?;
        if let Some(change) = change {
            self.tell(change);
            self.outbox_changed.notify_one();
        }
        Ok(result)
    }
}

/// The message with its buttons, and the act of asking.
fn question(
    db: &Connection,
    purposes: &[String],
    language: &str,
    ask: &str,
    now: i64,
) -> Result<std::result::Result<(Parcel, Act), Vec<Refusal>>> {
    let business = business_name(db)?;
    let mut shown = Vec::new();
    for purpose in purposes {
        if let Some(row) = wordings::current(db, purpose, language)? {
            shown.push(wordings::for_act(&row, &business));
        }
    }
    let Some(texts) = wordings::supplied(language).filter(|_| !shown.is_empty()) else {
        return Ok(Err(vec![Refusal::Empty]));
    };
    let mut text = wordings::shown(&texts.ask, &business);
    for wording in &shown {
        text.push_str("\n\n");
        text.push_str(&wording.text);
    }
    let length = text.chars().count();
    if length > BODY_MAX {
        let n = |n| i64::try_from(n).unwrap_or(i64::MAX);
        return Ok(Err(vec![Refusal::TooLong {
            length: n(length),
            limit: n(BODY_MAX),
        }]));
    }
    let [yes, no] = button_ids(ask);
    let act = Act {
        purposes: shown
            .iter()
            .map(|wording| wording.purpose.clone())
            .collect(),
        channel: channel::WHATSAPP.to_owned(),
        strength: Strength::None,
        language: language.to_owned(),
        wordings: shown,
        ..Act::new(Event::Asked, asked_id(ask), now)
    };
    let parcel = Parcel {
        bubble: Body::Buttons {
            text: text.clone(),
            buttons: vec![texts.yes.clone(), texts.no.clone()],
        },
        kind: "buttons",
        words: text.clone(),
        reply_wamid: String::new(),
        files: Vec::new(),
        content: OutgoingContent::Buttons {
            body: text,
            header: None,
            footer: None,
            buttons: vec![(yes, texts.yes.clone()), (no, texts.no.clone())],
        },
    };
    Ok(Ok((parcel, act)))
}
