//! The policy's word on a message before it is queued.

use super::{Parcel, Route, Sealed, text_parcel};
use crate::{
    consent::Gate,
    desk::Desk,
    fact::Fact,
    send_policy::{self, Intent, Situation, is_stop_confirmation, stop_confirmation_id},
    view::Refusal,
};
use cloud_api::outgoing::OutgoingContent;
use store::{
    Connection, Result, notice, outbox,
    template::{self, TemplateRow},
    thread::Thread,
};
use uuid::Uuid;

/// What was weighed and found right: its outbox id, when it leaves, and the facts that make it so.
pub(in crate::desk) type Weighed = (String, i64, Vec<Fact>);

impl Desk {
    /// Asks the policy about one message of a thread, and says what would make it so. The guard is not asked.
    pub(in crate::desk) fn weigh(
        &self,
        db: &Connection,
        thread: &Thread,
        parcel: &Parcel,
        staff: &str,
        now: i64,
    ) -> Result<Result<Weighed, Vec<Refusal>>> {
        let outbox_id = Uuid::now_v7().to_string();
        self.weigh_as(db, thread, parcel, staff, (now, outbox_id))
    }

    /// The one answer to a stop, if it was not given yet and may be given: nothing but that it was heard.
    /// `act_id`: of the act that stopped. For the transaction that records it.
    pub fn confirm_stop(
        &self,
        db: &Connection,
        thread: &Thread,
        act_id: &str,
        text: &str,
        now: i64,
    ) -> Result<Vec<Fact>> {
        let outbox_id = stop_confirmation_id(act_id);
        if outbox::get(db, &outbox_id)?.is_some() {
            return Ok(Vec::new());
        }
        let parcel = text_parcel(text, String::new());
        let weighed = self.weigh_as(db, thread, &parcel, "", (now, outbox_id))?;
        Ok(weighed.map(|(_, _, facts)| facts).unwrap_or_default())
    }

    fn weigh_as(
        &self,
        db: &Connection,
        thread: &Thread,
        parcel: &Parcel,
        staff: &str,
        (now, outbox_id): (i64, String),
    ) -> Result<Result<Weighed, Vec<Refusal>>> {
        let route = Route::of(db, thread)?;
        let reasons = self.refusals(db, thread, &route, parcel, (&outbox_id, now))?;
        if !reasons.is_empty() {
            return Ok(Err(reasons));
        }
        let sealed = Sealed {
            staff,
            now,
            outbox_id: outbox_id.clone(),
            digest: String::new(),
            undo: 0,
        };
        let (leaves_at, facts) = self.pack(&route, parcel, sealed)?;
        Ok(Ok((outbox_id, leaves_at, facts)))
    }

    /// The policy's word on one message of a thread; empty: it may go.
    pub(in crate::desk) fn refusals(
        &self,
        db: &Connection,
        thread: &Thread,
        route: &Route,
        parcel: &Parcel,
        (outbox_id, now): (&str, i64),
    ) -> Result<Vec<Refusal>> {
        if route.number.phone_number_id.is_empty() {
            // A thread whose webhooks named no number of ours cannot be answered from any.
            return Ok(vec![Refusal::NoRecipient]);
        }
        let row = self.template_row(db, &parcel.content)?;
        let hold = notice::hold(db, crate::apply::SENDING)?;
        let consent = Gate::of(db, thread.customer_id)?;
        let reasons = send_policy::refusals(&Situation {
            now,
            window: route.window,
            margin: route.margin,
            peer: &route.peer,
            blocked: thread.blocked,
            hold: hold.as_ref(),
            unconnected: self.unconnected(db, thread.number_id)?,
            consent: &consent,
            message: match &parcel.content {
                OutgoingContent::Text { body, .. } if is_stop_confirmation(outbox_id) => {
                    Intent::StopConfirmation(body)
                }
                content => Intent::of(content, row.as_ref()),
            },
        });
        self.with_obstacle(db, reasons, row.as_ref(), Some(thread), now)
    }

    /// The same reasons, and what stands in the way of a template that is approved. `to`: nothing is on its way yet,
    /// so that the messaging limit is asked too; later Meta alone knows it.
    pub(crate) fn with_obstacle(
        &self,
        db: &Connection,
        mut reasons: Vec<Refusal>,
        row: Option<&TemplateRow>,
        to: Option<&Thread>,
        now: i64,
    ) -> Result<Vec<Refusal>> {
        let told = |r: &Refusal| matches!(r, Refusal::TemplateNotApproved { .. });
        if let Some(row) = row
            && !reasons.iter().any(told)
            && let Some(obstacle) = self.obstacle(db, row, to, now)?
        {
            reasons.push(Refusal::TemplateObstacle { obstacle });
        }
        Ok(reasons)
    }

    pub(crate) fn template_row(
        &self,
        db: &Connection,
        content: &OutgoingContent,
    ) -> Result<Option<TemplateRow>> {
        match content {
            OutgoingContent::Template(t) => {
                template::get(db, (&self.account.waba_id, &t.name, &t.language))
            }
            _ => Ok(None),
        }
    }
}
