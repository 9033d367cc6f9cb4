//! What this device writes into its ledger because of what happened: a template went out on a consent, WhatsApp told
//! of a stop. In the transaction of the facts it follows from.
//!
//! Not part of applying them: facts in any order give the same store on every device, and each device's chain is its own.

use super::{
    OFFERS, SERVICE,
    act::{Act, Event, channel},
    record_in,
};
use crate::{
    apply::Work,
    consent::Gate,
    customer,
    fact::{AttemptEnd, Fact, FactKind},
    outbox as rule,
    view::{Change, Strength},
};
use cloud_api::{
    error::{Action, classify},
    outgoing::OutgoingContent,
    webhook::{Peer, StatusKind},
};
use store::{Connection, Result, message, outbox, template, thread};

/// Applies facts as [`crate::apply_in`] does, and records what follows for consents.
/// `now`: platform time. `waba_id`: the account whose templates these are.
pub fn apply_and_record(
    db: &Connection,
    facts: &[Fact],
    now: i64,
    waba_id: &str,
) -> Result<Change> {
    let mut work = Work::new(db);
    for fact in facts {
        work.apply(fact)?;
    }
    for outbox_id in std::mem::take(&mut work.went_out) {
        used(&mut work, &outbox_id, now, waba_id)?;
    }
    for fact in facts {
        if let Some(act) = told_by_meta(db, &fact.kind)?
            && let Err(why) = record_in(&mut work, &act, now)?
        {
            tracing::warn!(?why, "a stop told by Meta is not in the ledger");
        }
    }
    work.finish()
}

/// A template was accepted: the consent it rests on was used.
fn used(work: &mut Work<'_>, outbox_id: &str, now: i64, waba_id: &str) -> Result<()> {
    let db = work.db;
    let Some(item) = outbox::get(db, outbox_id)? else {
        return Ok(());
    };
    let Ok(OutgoingContent::Template(send)) = serde_json::from_str(&item.content) else {
        return Ok(());
    };
    let Some((_, thread_id)) = message::by_outbox(db, outbox_id)? else {
        return Ok(());
    };
    let Some(thread) = thread::get(db, thread_id)? else {
        return Ok(());
    };
    let row = template::get(db, (waba_id, &send.name, &send.language))?;
    let category = row.map(|row| row.category).unwrap_or_default();
    let gate = Gate::of(db, thread.customer_id)?;
    // It may have been withdrawn while Meta was answering; then it was used all the same.
    let purpose = gate
        .basis(&category)
        .unwrap_or(match category.eq_ignore_ascii_case("UTILITY") {
            true => SERVICE,
            false => OFFERS,
        });
    let act = Act {
        purposes: vec![purpose.to_owned()],
        who: Some(rule::peer_of(&item)),
        channel: channel::WHATSAPP.to_owned(),
        staff: item.staff.clone(),
        wamid: outbox::state(db, outbox_id)?.wamid,
        template: format!("{}/{}", send.name, send.language),
        ..Act::new(Event::Used, format!("used:{outbox_id}"), now)
    };
    if let Err(why) = record_in(work, &act, now)? {
        tracing::warn!(?why, "the use of a consent is not in the ledger");
    }
    Ok(())
}

fn told_by_meta(db: &Connection, kind: &FactKind) -> Result<Option<Act>> {
    let stopped = |code: i64| classify(code, None).action == Action::RecordOptOut;
    Ok(match kind {
        FactKind::Preferred {
            peer,
            category,
            value,
            at,
        } if category == "marketing_messages" => {
            let event = match value.as_str() {
                "stop" => Event::Withdrawn,
                "resume" => Event::Granted,
                _ => return Ok(None),
            };
            let id = format!("meta:{value}:{}:{at}", customer::peer_key(peer));
            by_meta(event, id, peer, *at)
        }
        FactKind::Ticked(tick) if tick.kind == StatusKind::Failed => {
            match tick.error.as_ref().filter(|error| stopped(error.code)) {
                Some(_) => {
                    let id = format!("meta:stop:{}", tick.wamid);
                    by_meta(Event::Withdrawn, id, &tick.recipient, tick.at)
                }
                None => None,
            }
        }
        FactKind::AttemptEnded {
            outbox_id,
            end: AttemptEnd::Refused { code, .. },
            at,
            ..
        } if stopped(*code) => match outbox::get(db, outbox_id)? {
            Some(item) => {
                let id = format!("meta:stop:{outbox_id}");
                by_meta(Event::Withdrawn, id, &rule::peer_of(&item), *at)
            }
            None => None,
        },
        _ => None,
    })
}

fn by_meta(event: Event, act_id: String, peer: &Peer, at: i64) -> Option<Act> {
    if peer.group_id.is_some() || (peer.bsuid.is_none() && peer.wa_id.is_none()) {
        return None;
    }
    Some(Act {
        purposes: vec![OFFERS.to_owned()],
        who: Some(peer.clone()),
        channel: channel::META.to_owned(),
        strength: Strength::Strong,
        ..Act::new(event, act_id, at)
    })
}
