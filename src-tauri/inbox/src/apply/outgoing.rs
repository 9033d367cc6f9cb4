//! Our own messages: queued, attempted, answered, ticked.

use super::{Work, templates::count_use, timeline::closing_key};
use crate::{
    customer,
    fact::{AttemptEnd, Number, Queued, Tick},
    outbox::{self as rule, is_template, rank},
    template::tells_of_drift,
};
use cloud_api::{
    error::{Action, classify},
    webhook::{Peer, StatusKind},
};
use store::{
    Result, amendment, delivery,
    message::{self, NewMessage},
    notice,
    outbox::{self, Attempt, Derived, OutboxItem},
};

/// Meta's code for a send or a message outside the customer service window.
const OUTSIDE_WINDOW: i64 = 131_047;

impl Work<'_> {
    pub(super) fn ticked(&mut self, number: &Number, tick: &Tick) -> Result<()> {
        let wamid = &tick.wamid;
        match tick.kind {
            StatusKind::Sent => {
                delivery::observe_tick(self.db, wamid, delivery::Tick::Sent, tick.at)?
            }
            StatusKind::Delivered => {
                delivery::observe_tick(self.db, wamid, delivery::Tick::Delivered, tick.at)?
            }
            StatusKind::Read => {
                delivery::observe_tick(self.db, wamid, delivery::Tick::Read, tick.at)?
            }
            StatusKind::Played => {
                delivery::observe_tick(self.db, wamid, delivery::Tick::Played, tick.at)?
            }
            StatusKind::Failed => {
                let (code, title, details) = tick.error.as_ref().map_or((0, "", ""), |e| {
                    (
                        e.code,
                        e.title.as_str(),
                        e.details.as_deref().unwrap_or_default(),
                    )
                });
                delivery::observe_failure(self.db, wamid, tick.at, code, title, details)?;
                if code == rule::REFUSED_FOR_SPAM && message::by_wamid(self.db, wamid)?.is_none() {
                    // A state of the number, whoever sent the message.
                    let refused = [rule::NotArrived { code, at: tick.at }];
                    let number_id = self.number_id(number)?;
                    self.came_back(number_id, 0, &refused)?;
                }
                self.consequences(code, &tick.recipient, tick.at)?;
                // Heard from a webhook: the list is fetched anew.
                self.changed.templates |= tells_of_drift(code);
                if code == OUTSIDE_WINDOW {
                    let number_id = self.number_id(number)?;
                    self.window_closed(number_id, wamid, &tick.recipient, tick.at)?;
                }
            }
            StatusKind::Other => {}
        }
        if let Some(pricing) = &tick.pricing {
            delivery::observe_price(
                self.db,
                wamid,
                &pricing.category,
                pricing.kind.as_deref().unwrap_or_default(),
            )?;
        }
        if let Some(outbox_id) = tick.callback_data.as_deref().filter(|id| !id.is_empty()) {
            delivery::observe_outbox(self.db, wamid, outbox_id)?;
        }
        // The status may be the first to say which of our sends it is, or the send may have said so before.
        if let Some(known) = delivery::get(self.db, wamid)?.filter(|d| !d.outbox_id.is_empty()) {
            self.settle(&known.outbox_id)?;
        }
        self.foreign(wamid)
    }

    /// Brings a message of ours that is not in our outbox in line with its ticks.
    pub(super) fn foreign(&mut self, wamid: &str) -> Result<()> {
        let Some((id, thread_id)) = message::foreign(self.db, wamid)? else {
            return Ok(());
        };
        self.touched.lines.insert((thread_id, id));
        let known = delivery::get(self.db, wamid)?;
        let failed = known.as_ref().map_or(-1, rule::failed_at);
        let blocked = known.as_ref().map_or(-1, rule::refused_for_block);
        let news = message::set_trouble(self.db, id, failed)?;
        let undelivered = known.as_ref().map_or(-1, rule::undelivered);
        message::set_undelivered(self.db, id, undelivered)?;
        if message::set_blocked(self.db, id, blocked)? || news {
            self.touched.threads.insert(thread_id);
        }
        Ok(())
    }

    pub(super) fn queued(&mut self, number: &Number, queued: &Queued) -> Result<()> {
        let number_id = self.number_id(number)?;
        let found = customer::find(self.db, &queued.peer, queued.at, &mut self.touched)?;
        outbox::put(
            self.db,
            &OutboxItem {
                id: queued.outbox_id.clone(),
                number_id,
                peer: rule::peer_json(&queued.peer),
                content: queued.content.clone(),
                body: queued.body.clone(),
                reply_wamid: queued.reply_wamid.clone(),
                staff: queued.staff.clone(),
                queued_at: queued.at,
                leaves_at: queued.leaves_at,
                digest: queued.digest.clone(),
            },
        )?;
        self.put(
            number_id,
            &found,
            NewMessage {
                key: format!("o:{}", queued.outbox_id),
                outbox_id: queued.outbox_id.clone(),
                direction: message::OUT,
                at: queued.at,
                arrived: queued.at * 1000,
                window_at: -1,
                kind: queued.kind.clone(),
                body: queued.body.clone(),
                payload: queued.bubble.clone(),
                quote_wamid: queued.reply_wamid.clone(),
                ..NewMessage::default()
            },
        )?;
        self.settle(&queued.outbox_id)
    }

    pub(super) fn attempt_ended(
        &mut self,
        outbox_id: &str,
        n: i64,
        end: &AttemptEnd,
        at: i64,
    ) -> Result<()> {
        let mut row = Attempt {
            n,
            ended_at: at,
            retry_at: -1,
            started_at: -1,
            ..Attempt::default()
        };
        match end {
            AttemptEnd::Accepted { wamid, held } => {
                row.outcome = if *held { "held" } else { "accepted" }.into();
                row.wamid.clone_from(wamid);
                delivery::observe_outbox(self.db, wamid, outbox_id)?;
            }
            AttemptEnd::Refused {
                code,
                title,
                details,
            } => {
                row.outcome = "refused".into();
                (row.code, row.title, row.details) = (*code, title.clone(), details.clone());
            }
            AttemptEnd::Later {
                code,
                title,
                details,
                retry_at,
            } => {
                row.outcome = "later".into();
                (row.code, row.title, row.details, row.retry_at) =
                    (*code, title.clone(), details.clone(), *retry_at);
            }
            AttemptEnd::NotSent { reason, retry_at } => {
                row.outcome = "not_sent".into();
                (row.details, row.retry_at) = (reason.clone(), *retry_at);
            }
            AttemptEnd::Doubtful { reason } => {
                row.outcome = "doubtful".into();
                row.details.clone_from(reason);
            }
        }
        outbox::observe_end(self.db, outbox_id, rank(&row.outcome), &row)?;
        self.settle(outbox_id)
    }

    /// What a refusal or failure means beyond its own message.
    pub(super) fn consequences(&mut self, code: i64, peer: &Peer, at: i64) -> Result<()> {
        match classify(code, None).action {
            // The customer stopped marketing from us (131050): as good as his own word.
            Action::RecordOptOut => self.preferred(peer, "marketing_messages", "stop", at),
            Action::SignIn | Action::StopEverything => {
                self.changed.connection = true;
                notice::observe_hold(self.db, super::SENDING, code, at)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn settle(&mut self, outbox_id: &str) -> Result<()> {
        settle(self, outbox_id)
    }
}

/// Derives where an outbox item stands from everything known of it, and brings its bubble in line.
pub(crate) fn settle(work: &mut Work<'_>, outbox_id: &str) -> Result<()> {
    let db = work.db;
    let deliveries = delivery::of_outbox(db, outbox_id)?;
    let attempts = outbox::attempts(db, outbox_id)?;
    let before = outbox::state(db, outbox_id)?;
    let Some(item) = outbox::get(db, outbox_id)? else {
        return Ok(());
    };
    for attempt in &attempts {
        let source = format!("{outbox_id}:{}", attempt.n);
        if attempt.outcome == "refused" && attempt.code == OUTSIDE_WINDOW {
            work.window_closed(
                item.number_id,
                &source,
                &rule::peer_of(&item),
                attempt.ended_at,
            )?;
        } else if let Some((id, thread_id)) =
            message::find(db, &closing_key(&source, &rule::peer_of(&item)))?
        {
            // A surer end has taken the place of that refusal.
            let person = message::remove(db, id)?;
            work.touched.loose_persons.insert(person);
            work.touched.threads.insert(thread_id);
        }
        if attempt.outcome == "refused" {
            work.consequences(attempt.code, &rule::peer_of(&item), attempt.ended_at)?;
        }
    }
    let standing = rule::stand(&item, &attempts, &deliveries, &before);
    outbox::set_state(
        db,
        outbox_id,
        &Derived {
            state: standing.state,
            wake_at: standing.wake_at,
            wamid: &standing.wamid,
            code: standing.code,
            details: &standing.details,
        },
    )?;
    work.changed.connection |= (before.state == "doubtful") != (standing.state == "doubtful");
    work.changed.batches |=
        before.state != standing.state && store::batch::place_of(outbox_id).is_some();
    let Some((id, thread_id)) = message::by_outbox(db, outbox_id)? else {
        return Ok(());
    };
    count_use(db, &item, standing.state, thread_id)?;
    let is_out = |state: &str| {
        matches!(
            state,
            "accepted" | "held" | "sent" | "delivered" | "read" | "played"
        )
    };
    if is_out(standing.state) && !is_out(&before.state) && is_template(&item) {
        work.went_out.insert(outbox_id.to_owned());
    }
    let mut moved = false;
    if !standing.wamid.is_empty() {
        // The same message may have been seen from outside first.
        if let Some((other, other_thread)) = message::by_wamid(db, &standing.wamid)?
            && other != id
        {
            let person = message::remove(db, other)?;
            work.touched.loose_persons.insert(person);
            work.touched.threads.insert(other_thread);
        }
        if message::set_wamid(db, id, &standing.wamid)? {
            amendment::amend(db, &standing.wamid)?;
            moved = true;
        }
    }
    let is_reaction = item.content.starts_with("{\"type\":\"reaction\"");
    moved |= message::set_shown(db, id, standing.state != "returned" && !is_reaction)?;
    // Nothing goes wrong with a message before it was written.
    let trouble = match standing.trouble_at {
        at if at >= 0 && !is_reaction => at.max(item.queued_at),
        _ => -1,
    };
    moved |= message::set_trouble(db, id, trouble)?;
    moved |= message::set_blocked(db, id, rule::blocked_at(&attempts, &deliveries))?;
    message::set_undelivered(db, id, rule::undelivered_at(&attempts, &deliveries))?;
    let returned = (standing.state == "returned").then_some(before.returned_at);
    let news = rule::told_to_the_guard(&attempts, &deliveries, returned);
    work.came_back(item.number_id, id, &news)?;
    // A tick of some older message changes nothing in the list.
    work.touched.lines.insert((thread_id, id));
    if moved {
        work.touched.threads.insert(thread_id);
    }
    Ok(())
}
