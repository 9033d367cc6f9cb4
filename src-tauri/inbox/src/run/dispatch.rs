//! Sending what the outbox holds: started on disk before it starts on the wire, and never started twice.

use crate::{
    apply_in,
    desk::{Desk, drafted, settings},
    fact::{AttemptEnd, Fact, FactKind, Number},
    outbox as rule,
    send_policy::{self, Intent, Situation},
    service_window::Known,
    view::{Change, Refusal},
};
use cloud_api::{
    client::{Client, Sent},
    error::{Action, ApiError, classify},
    outgoing::{Outgoing, OutgoingContent},
    webhook::Peer,
};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use store::{
    Connection, Result, about_person, customer, message, notice, number,
    outbox::{self, OutboxItem},
    thread,
};

/// Attempts under way at once. A customer has at most one, so that answers keep their order.
const AT_ONCE: usize = 8;
/// After so many refusals "not now" a person should look.
const LATER_AT_MOST: i64 = 8;
/// So many waiting items are looked through for windows that have closed.
const WAITING_AT_MOST: i64 = 200;
/// How often waiting items are looked at although nothing woke us, in case the clock was set.
const LOOK: Duration = Duration::from_secs(1);

/// Attempts that were under way when the process ended may have arrived: doubtful, all of them.
pub fn recover(desk: &Desk) -> Result<()> {
    let now = desk.clock.now();
    let facts = desk.store.read(|db| {
        let mut facts = Vec::new();
        for id in outbox::due(db, "sending", i64::MAX, 10_000)? {
            if let Some(last) = outbox::attempts(db, &id)?.last() {
                let end = AttemptEnd::Doubtful {
                    reason: "Guichet ended while this was being sent".into(),
                };
                facts.push(Fact::new(
                    &desk.number(),
                    FactKind::AttemptEnded {
                        outbox_id: id,
                        n: last.n,
                        end,
                        at: now,
                    },
                ));
            }
        }
        Ok(facts)
    })?;
    desk.apply(&facts)
}

/// Sends for ever.
pub async fn dispatch(desk: Arc<Desk>, client: Client) {
    let busy: Arc<Mutex<HashSet<String>>> = Arc::default();
    loop {
        if !desk.clock.is_known() {
            // Nothing leaves on a guess of the time. Any answer tells it.
            if client.phone_number().await.is_err() && !desk.clock.is_known() {
                tokio::time::sleep(LOOK).await;
                continue;
            }
        }
        let looked_at = desk.clock.now();
        match start_due(&desk, &busy, looked_at) {
            Ok(started) => {
                for (item, n, from, outgoing) in started {
                    let (desk, busy) = (desk.clone(), busy.clone());
                    let client = client.with_number(&from.phone_number_id);
                    tokio::spawn(async move {
                        let sent = client.send(&outgoing).await;
                        finish(&desk, &item, n, sent);
                        busy.lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .remove(&item.peer);
                        desk.outbox_changed.notify_one();
                    });
                }
            }
            Err(error) => tracing::error!(%error, "the outbox cannot be read"),
        }
        if let Err(error) = give_back_the_outlived(&desk, looked_at) {
            tracing::error!(%error, "the outbox cannot be read");
        }
        if let Err(error) = super::doubt::ask_history(&desk, &client).await {
            tracing::error!(%error, "doubtful sends could not be looked up");
        }
        let nap = next_look(&desk, looked_at).unwrap_or(LOOK);
        tokio::select! {
            () = desk.outbox_changed.notified() => {}
            () = tokio::time::sleep(nap) => {}
        }
    }
}

/// Until something becomes due that was not due yet at `looked_at`. What was and did not go waits for an
/// answer, or for a hold to be lifted, and both wake the dispatcher.
fn next_look(desk: &Desk, looked_at: i64) -> Option<Duration> {
    let next = desk
        .store
        .read(|db| outbox::next_due(db, "queued", looked_at))
        .ok()??;
    let wait = ((next - desk.clock.now()) as f64 / desk.clock.speed().max(0.01)) as i64;
    Some(
        Duration::from_millis(u64::try_from(wait).unwrap_or(0))
            .clamp(Duration::from_millis(5), LOOK),
    )
}

type Started = (OutboxItem, i64, Number, Outgoing);

/// Puts everything that may go now into flight, on disk; what may not goes back to the composer or waits.
fn start_due(desk: &Desk, busy: &Mutex<HashSet<String>>, now: i64) -> Result<Vec<Started>> {
    let due = desk.store.read(|db| outbox::due(db, "queued", now, 64))?;
    let mut started = Vec::new();
    for id in due {
        let mut busy = busy.lock().unwrap_or_else(PoisonError::into_inner);
        if busy.len() >= AT_ONCE {
            break;
        }
        let mut going = None;
        let change = desk.store.write(|db| {
            let Some(item) = outbox::get(db, &id)? else {
                return Ok(None);
            };
            if outbox::state(db, &id)?.state != "queued" || busy.contains(&item.peer) {
                return Ok(None);
            }
            let n = outbox::attempts(db, &id)?.last().map_or(0, |a| a.n) + 1;
            let facts = match judge(desk, db, &item, now)? {
                Verdict::Go(outgoing) => {
                    going = Some((item.clone(), n, number_of(db, &item)?, *outgoing));
                    vec![Fact::new(
                        &desk.number(),
                        FactKind::AttemptStarted {
                            outbox_id: id.clone(),
                            n,
                            at: now,
                        },
                    )]
                }
                Verdict::Wait => return Ok(None),
                Verdict::Back => back_to_the_composer(db, &item, now)?,
                Verdict::No { code, details } => {
                    let end = AttemptEnd::Refused {
                        code,
                        title: String::new(),
                        details,
                    };
                    vec![Fact::new(
                        &desk.number(),
                        FactKind::AttemptEnded {
                            outbox_id: id.clone(),
                            n,
                            end,
                            at: now,
                        },
                    )]
                }
            };
            apply_in(db, &facts).map(Some)
        })?;
        if let Some(change) = change {
            desk.tell(change);
        }
        if let Some(parcel) = going {
            busy.insert(parcel.0.peer.clone());
            started.push(parcel);
        }
    }
    Ok(started)
}

/// What waits for a later attempt while its window closes need not wait any longer.
fn give_back_the_outlived(desk: &Desk, now: i64) -> Result<()> {
    let outlived = |db: &Connection, id: &str| -> Result<Option<OutboxItem>> {
        let Some(item) = outbox::get(db, id)? else {
            return Ok(None);
        };
        let back = outbox::state(db, id)?.state == "queued"
            && matches!(judge(desk, db, &item, now)?, Verdict::Back);
        Ok(back.then_some(item))
    };
    let ids = desk.store.read(|db| {
        let mut ids = Vec::new();
        for id in outbox::due(db, "queued", i64::MAX, WAITING_AT_MOST)? {
            ids.extend(outlived(db, &id)?.map(|item| item.id));
        }
        Ok(ids)
    })?;
    for id in ids {
        let change = desk.store.write(|db| match outlived(db, &id)? {
            Some(item) => apply_in(db, &back_to_the_composer(db, &item, now)?),
            None => Ok(Change::default()),
        })?;
        desk.tell(change);
    }
    Ok(())
}

enum Verdict {
    Go(Box<Outgoing>),
    /// Nothing goes out for now.
    Wait,
    /// Its window closed while it waited: a draft again, never a red bubble.
    Back,
    No {
        code: i64,
        details: String,
    },
}

/// The policy's third asking, with the time and the window of now.
fn judge(desk: &Desk, db: &Connection, item: &OutboxItem, now: i64) -> Result<Verdict> {
    let Ok(content) = serde_json::from_str::<OutgoingContent>(&item.content) else {
        return Ok(Verdict::No {
            code: 100,
            details: "the stored message cannot be read".into(),
        });
    };
    let peer = rule::peer_of(item);
    let Some((_, thread_id)) = message::by_outbox(db, &item.id)? else {
        return Ok(Verdict::Wait);
    };
    let Some(thread) = thread::get(db, thread_id)? else {
        return Ok(Verdict::Wait);
    };
    let row = desk.template_row(db, &content)?;
    let hold = notice::hold(db, crate::apply::SENDING)?;
    let reasons = send_policy::refusals(&Situation {
        now,
        window: Known::from_columns(thread.inbound_at, thread.closed_at),
        margin: settings(db)?.margin_ms,
        peer: &peer,
        hold: hold.as_ref(),
        message: Intent::of(&content, row.as_ref()),
    });
    let window_is_shut = |r: &Refusal| {
        matches!(
            r,
            Refusal::WindowClosed { .. } | Refusal::WindowNever | Refusal::WindowEnding { .. }
        )
    };
    Ok(match reasons.first() {
        None => Verdict::Go(Box::new(Outgoing {
            to: peer,
            content,
            reply_to: (!item.reply_wamid.is_empty()).then(|| item.reply_wamid.clone()),
            callback_data: Some(item.id.clone()),
        })),
        Some(_) if reasons.iter().any(window_is_shut) => Verdict::Back,
        Some(Refusal::OnHold { .. }) => Verdict::Wait,
        Some(Refusal::TemplateUnknown) => Verdict::No {
            code: 132_001,
            details: String::new(),
        },
        Some(Refusal::TemplateNotApproved { status }) => Verdict::No {
            code: 132_015,
            details: status.clone(),
        },
        Some(_) => Verdict::No {
            code: 100,
            details: String::new(),
        },
    })
}

/// The facts that return a message's words to the draft of its thread, in front of what is there.
pub(crate) fn back_to_the_composer(
    db: &Connection,
    item: &OutboxItem,
    at: i64,
) -> Result<Vec<Fact>> {
    let returned = FactKind::Returned {
        outbox_id: item.id.clone(),
        at,
    };
    let mut facts = vec![Fact::new(&number_of(db, item)?, returned)];
    let is_text = matches!(
        serde_json::from_str(&item.content),
        Ok(OutgoingContent::Text { .. })
    );
    if is_text
        && let Some((_, thread_id)) = message::by_outbox(db, &item.id)?
        && let Some(thread) = thread::get(db, thread_id)?
    {
        let there = about_person::draft_of(db, thread.number_id, thread.customer_id)?;
        let there = there.map(|(text, _)| text).filter(|text| !text.is_empty());
        let text = there.map_or(item.body.clone(), |there| format!("{}\n{there}", item.body));
        let peer = known_peer(db, item, thread.customer_id)?;
        facts.push(drafted(db, &thread, peer, &text, at)?);
    }
    Ok(facts)
}

/// The business number an item is sent from.
fn number_of(db: &Connection, item: &OutboxItem) -> Result<Number> {
    let (phone_number_id, display) = number::get(db, item.number_id)?;
    Ok(Number {
        phone_number_id,
        display,
    })
}

/// The recipient, with the BSUID he may have been found to have since.
fn known_peer(db: &Connection, item: &OutboxItem, customer_id: i64) -> Result<Peer> {
    let mut peer = rule::peer_of(item);
    if peer.bsuid.is_none() {
        let persons = customer::of_customer(db, customer_id)?;
        peer.bsuid = persons
            .iter()
            .find_map(|p| p.key.strip_prefix("b:").map(str::to_owned));
    }
    Ok(peer)
}

fn finish(desk: &Desk, item: &OutboxItem, n: i64, sent: Sent) {
    let now = desk.clock.now();
    let stops = match &sent {
        Sent::Refused {
            error, http_status, ..
        } => stops_everything(error, *http_status).then_some(error.code),
        _ => None,
    };
    let end = match sent {
        Sent::Accepted { wamid, hold, .. } => AttemptEnd::Accepted {
            wamid,
            held: hold.is_some(),
        },
        Sent::Refused {
            error,
            http_status,
            retry_after,
        } => refused(&error, http_status, retry_after, n, now),
        Sent::Invalid(why) => AttemptEnd::Refused {
            code: 100,
            title: String::new(),
            details: why.to_string(),
        },
        Sent::NotSent { reason } => AttemptEnd::NotSent {
            reason: reason.to_string(),
            retry_at: now + pause(n),
        },
        Sent::Doubtful { reason } => AttemptEnd::Doubtful {
            reason: reason.to_string(),
        },
    };
    let shut = matches!(&end, AttemptEnd::Refused { code, .. } if classify(*code, None).action == Action::CloseWindow);
    let change = desk.store.write(|db| {
        let number = number_of(db, item)?;
        let mut facts = vec![Fact::new(
            &number,
            FactKind::AttemptEnded {
                outbox_id: item.id.clone(),
                n,
                end: end.clone(),
                at: now,
            },
        )];
        if let Some(code) = stops {
            facts.push(Fact::new(&number, FactKind::HoldSet { code, at: now }));
        }
        if shut {
            facts.extend(back_to_the_composer(db, item, now)?);
        }
        apply_in(db, &facts)
    });
    match change {
        Ok(change) => desk.tell(change),
        // The attempt stays "sending" on disk: recovery makes it doubtful, so nothing is sent twice.
        Err(error) => tracing::error!(%error, "the end of a send could not be stored"),
    }
}

/// Whether nothing else may go out until somebody has signed in again, or has looked after the account.
fn stops_everything(error: &ApiError, http_status: u16) -> bool {
    let action = classify(error.code, Some(http_status)).action;
    matches!(action, Action::SignIn | Action::StopEverything)
}

fn refused(
    error: &ApiError,
    http_status: u16,
    retry_after: Option<Duration>,
    n: i64,
    now: i64,
) -> AttemptEnd {
    let (code, title) = (error.code, error.title.clone());
    let details = error.details.clone().unwrap_or_default();
    let asked = retry_after.and_then(|d| i64::try_from(d.as_millis()).ok());
    let wait = match classify(code, Some(http_status)).action {
        _ if n > LATER_AT_MOST => None,
        Action::Retry | Action::RetryLater => Some(asked.unwrap_or(0).max(pause(n))),
        // Waits behind the hold this sets, and goes on once that is lifted.
        Action::SignIn | Action::StopEverything => Some(0),
        // Meta, "About the platform": 4^X seconds, X growing with each refusal.
        Action::RetryLaterForRecipient => Some(
            asked
                .unwrap_or(0)
                .max(1000 * 4_i64.pow(u32::try_from(n - 1).unwrap_or(0).min(6))),
        ),
        _ => None,
    };
    match wait {
        Some(wait) => AttemptEnd::Later {
            code,
            title,
            details,
            retry_at: now + wait,
        },
        None => AttemptEnd::Refused {
            code,
            title,
            details,
        },
    }
}

/// 1 s, 2 s, 4 s … at most a minute.
fn pause(n: i64) -> i64 {
    (1000 << n.clamp(1, 7).saturating_sub(1)).min(60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: i64) -> ApiError {
        ApiError {
            code,
            subcode: None,
            title: "t".into(),
            details: None,
            fbtrace_id: None,
        }
    }

    #[test]
    fn what_meta_refuses_is_tried_again_only_where_meta_says_not_now() {
        let retry_at = |code, n, after: Option<u64>| match refused(
            &error(code),
            400,
            after.map(Duration::from_secs),
            n,
            0,
        ) {
            AttemptEnd::Later { retry_at, .. } => Some(retry_at),
            _ => None,
        };
        for (code, n, after, expected) in [
            (131_056, 1, None, Some(1_000)),
            (131_056, 2, None, Some(4_000)),
            (131_056, 4, None, Some(64_000)),
            (130_429, 1, Some(30), Some(30_000)),
            (130_429, 3, None, Some(4_000)),
            (130_429, 9, None, None),
            (131_026, 1, None, None),
            (131_047, 1, None, None),
            (131_049, 1, Some(5), None),
            (190, 1, None, Some(0)),
            (131_031, 1, None, Some(0)),
        ] {
            assert_eq!(retry_at(code, n, after), expected, "{code}, attempt {n}");
        }
    }
}
