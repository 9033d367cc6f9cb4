//! The people of a batch, page by page: before it is sent, and while it is.

use super::{
    super::{Desk, not_found},
    look::shown,
};
use crate::{
    batch::{audience::Somebody, named},
    consent::customer_of,
    naming, outbox,
    template::Template,
    view::{BatchFilter, BatchPeople, BatchPerson, BatchPlan, Body, Failure, SlotValue},
};
use cloud_api::{error::classify, webhook::Peer};
use store::{
    Connection, Result, about_person,
    batch::{self, BatchRecord, PersonRow, Which},
    message, thread,
};

impl Desk {
    /// Who would get it and who not, with what each of them would read. `after`: `n` of the last one seen.
    pub fn batch_candidates(
        &self,
        plan: &BatchPlan,
        filter: BatchFilter,
        after: Option<i64>,
        limit: i64,
    ) -> Result<BatchPeople> {
        let looked = self.looked(plan)?;
        let wanted = |who: &Somebody| match filter {
            BatchFilter::All => true,
            BatchFilter::Skipped => who.skipped.is_some(),
            _ => who.skipped.is_none(),
        };
        let (from, limit) = (after.map_or(0, |n| n + 1), limit.max(0));
        let all = (0_i64..).zip(&looked.people);
        let mut found: Vec<_> = all
            .skip(usize::try_from(from).unwrap_or(0))
            .filter(|(_, who)| wanted(who))
            .take(usize::try_from(limit).unwrap_or(0) + 1)
            .collect();
        let more = found.len() > usize::try_from(limit).unwrap_or(0);
        found.truncate(usize::try_from(limit).unwrap_or(0));
        let people: Vec<BatchPerson> = found
            .into_iter()
            .map(|(n, who)| candidate(n, who, looked.template.as_ref(), &plan.choice.values))
            .collect();
        Ok(paged(people, more))
    }

    /// The people of a batch that was made.
    pub fn batch_people(
        &self,
        batch_id: &str,
        filter: BatchFilter,
        after: Option<i64>,
        limit: i64,
    ) -> Result<BatchPeople> {
        let which = match filter {
            BatchFilter::All => Which::All,
            BatchFilter::Going => Which::Going,
            BatchFilter::Skipped => Which::Skipped,
            BatchFilter::Waiting => Which::Waiting,
            BatchFilter::Sent => Which::Sent,
            BatchFilter::Failed => Which::Failed,
            BatchFilter::Doubtful => Which::Doubtful,
        };
        let limit = limit.max(0);
        self.store.read(|db| {
            let batch = batch::get(db, batch_id)?.ok_or_else(not_found)?;
            let template = self.template(db, &batch.template, &batch.language)?;
            let values: Vec<SlotValue> = serde_json::from_str(&batch.filled)?;
            let mut rows = batch::people(db, batch_id, which, after.unwrap_or(-1), limit + 1)?;
            let more = rows.len() > usize::try_from(limit).unwrap_or(0);
            rows.truncate(usize::try_from(limit).unwrap_or(0));
            let mut people = Vec::with_capacity(rows.len());
            for row in rows {
                people.push(person(db, &batch, template.as_ref(), &values, row)?);
            }
            Ok(paged(people, more))
        })
    }
}

fn paged(people: Vec<BatchPerson>, more: bool) -> BatchPeople {
    let next = people.last().filter(|_| more).map(|one| one.n);
    BatchPeople { people, next }
}

fn candidate(
    n: i64,
    who: &Somebody,
    template: Option<&Template>,
    values: &[SlotValue],
) -> BatchPerson {
    BatchPerson {
        n,
        customer_id: who.customer_id,
        thread_id: who.thread_id,
        name: who.title.clone(),
        address: who.address.clone(),
        language: who.language.clone(),
        skipped: who.skipped,
        preview: template.map(|template| shown(template, values, who.name()).0),
        outbox_id: None,
        state: None,
        failure: None,
    }
}

fn person(
    db: &Connection,
    batch: &BatchRecord,
    template: Option<&Template>,
    values: &[SlotValue],
    row: PersonRow,
) -> Result<BatchPerson> {
    let peer: Peer = serde_json::from_str(&row.peer).unwrap_or_default();
    let customer_id = match row.peer.is_empty() {
        true => None,
        false => customer_of(db, &peer, batch.at)?,
    };
    let (about, named_as, thread_id) = match customer_id {
        Some(id) => (
            naming::about(db, id)?,
            about_person::called(db, id)?,
            thread::find(db, batch.number_id, id)?,
        ),
        None => Default::default(),
    };
    let address = match (about.phone.as_str(), about.username.as_str()) {
        ("", "") => peer.wa_id.map(|wa| format!("+{wa}")).unwrap_or_default(),
        ("", username) => format!("@{username}"),
        (phone, _) => phone.to_owned(),
    };
    let outbox_id = (!row.state.is_empty()).then(|| batch::outbox_id(&batch.id, row.n));
    let sent = match &outbox_id {
        Some(id) => bubble(db, id)?,
        None => None,
    };
    let preview = sent.or_else(|| {
        let template = template?;
        Some(shown(template, values, named_as.as_deref()).0)
    });
    Ok(BatchPerson {
        n: row.n,
        customer_id: customer_id.unwrap_or(0),
        thread_id,
        name: if about.name.is_empty() {
            address.clone()
        } else {
            about.name
        },
        address,
        language: about.language,
        skipped: named(&row.skipped),
        preview,
        state: outbox_id.is_some().then(|| outbox::state_named(&row.state)),
        failure: (row.state == "failed").then(|| Failure {
            code: row.code,
            name: classify(row.code, None).name.to_owned(),
            details: (!row.details.is_empty()).then_some(row.details),
            drift: Vec::new(),
            choice: None,
        }),
        outbox_id,
    })
}

/// What was really sent.
fn bubble(db: &Connection, outbox_id: &str) -> Result<Option<Body>> {
    let Some((message_id, _)) = message::by_outbox(db, outbox_id)? else {
        return Ok(None);
    };
    Ok(serde_json::from_str(&message::payload(db, message_id)?).ok())
}
