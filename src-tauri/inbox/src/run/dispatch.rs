//! Sending what the outbox holds: started on disk before it starts on the wire, and never started twice.

use super::{
    answer::take_answer,
    upload::{self, Upload},
    verdict::{Verdict, back_to_the_composer, judge},
};
use crate::{
    apply_in,
    desk::Desk,
    fact::{AttemptEnd, Fact, FactKind, Number},
    view::Change,
};
use cloud_api::{client::Client, outgoing::Outgoing};
use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use store::{
    Connection, Result, attachment,
    outbox::{self, OutboxItem},
};

/// Attempts under way at once. A customer has at most one, so that answers keep their order.
const AT_ONCE: usize = 8;
/// Files go up beside them; a slow one must not hold up everybody.
const UPLOADS_AT_ONCE: usize = 2;
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
    let uploading: Arc<AtomicUsize> = Arc::default();
    loop {
        if !desk.clock.is_known() {
            // Nothing leaves on a guess of the time. Any answer tells it.
            if client.phone_number().await.is_err() && !desk.clock.is_known() {
                tokio::time::sleep(LOOK).await;
                continue;
            }
        }
        let looked_at = desk.clock.now();
        match start_due(&desk, &busy, &uploading, looked_at) {
            Ok((started, uploads)) => {
                for upload in uploads {
                    let (desk, busy, uploading) = (desk.clone(), busy.clone(), uploading.clone());
                    let client = client.with_number(&upload.from.phone_number_id);
                    tokio::spawn(async move {
                        upload::bring(&desk, &client, &upload).await;
                        uploading.fetch_sub(1, Ordering::Relaxed);
                        busy.lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .remove(&upload.item.peer);
                        desk.outbox_changed.notify_one();
                    });
                }
                for (item, n, from, outgoing) in started {
                    let (desk, busy) = (desk.clone(), busy.clone());
                    let client = client.with_number(&from.phone_number_id);
                    tokio::spawn(async move {
                        let sent = client.send(&outgoing).await;
                        take_answer(&desk, &item, n, sent);
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
fn start_due(
    desk: &Desk,
    busy: &Mutex<HashSet<String>>,
    uploading: &AtomicUsize,
    now: i64,
) -> Result<(Vec<Started>, Vec<Upload>)> {
    let due = desk.store.read(|db| outbox::due(db, "queued", now, 64))?;
    let (mut started, mut uploads) = (Vec::new(), Vec::new());
    // Whoever waits for his file waits with all that is to follow it: answers keep their order.
    let mut behind_a_file = HashSet::new();
    for id in due {
        let mut busy = busy.lock().unwrap_or_else(PoisonError::into_inner);
        if busy.len() >= AT_ONCE {
            break;
        }
        let (mut going, mut bringing) = (None, None);
        let change = desk.store.write(|db| {
            let Some(item) = outbox::get(db, &id)? else {
                return Ok(None);
            };
            if outbox::state(db, &id)?.state != "queued"
                || busy.contains(&item.peer)
                || behind_a_file.contains(&item.peer)
                || attachment::one_waits_before(db, &item.peer, &id)?
            {
                return Ok(None);
            }
            let n = outbox::attempts(db, &id)?.last().map_or(0, |a| a.n) + 1;
            let facts = match judge(desk, db, &item, now)? {
                Verdict::Go(outgoing) => {
                    going = Some((
                        item.clone(),
                        n,
                        Number::stored(db, item.number_id)?,
                        *outgoing,
                    ));
                    vec![Fact::new(
                        &desk.number(),
                        FactKind::AttemptStarted {
                            outbox_id: id.clone(),
                            n,
                            at: now,
                        },
                    )]
                }
                Verdict::Upload(file) => {
                    let from = Number::stored(db, item.number_id)?;
                    let (item, file) = (item.clone(), *file);
                    bringing = Some(Upload {
                        item,
                        n,
                        from,
                        file,
                    });
                    return Ok(None);
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
        if let Some(upload) = bringing {
            if uploading.load(Ordering::Relaxed) < UPLOADS_AT_ONCE {
                uploading.fetch_add(1, Ordering::Relaxed);
                busy.insert(upload.item.peer.clone());
                uploads.push(upload);
            } else {
                behind_a_file.insert(upload.item.peer);
            }
            continue;
        }
        if let Some(parcel) = going {
            busy.insert(parcel.0.peer.clone());
            started.push(parcel);
        }
    }
    Ok((started, uploads))
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
