//! Keeping the list of templates what Meta has: at the start, every few hours, when a webhook spoke of templates,
//! when a send was refused for one, and when the connection is back. One list is fetched at a time.

use super::template_changes::settle_doubts;
use crate::{
    desk::{Desk, SHOP_NAME},
    fact::ListedTemplate,
    view::SyncFailure,
};
use cloud_api::client::{CallError, Client, Template};
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use store::setting;

/// Without any news.
const EVERY: Duration = Duration::from_secs(6 * 60 * 60);
/// After a first failure; doubled each time, up to `LONGEST_PAUSE`.
const PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);
/// Webhooks come in bursts.
const GATHER: Duration = Duration::from_secs(2);

/// Fetches for ever.
pub async fn keep_templates(desk: Arc<Desk>, client: Client) {
    let mut pause = PAUSE;
    loop {
        let nap = match sync_templates(&desk, &client).await {
            Ok(()) => {
                pause = PAUSE;
                EVERY
            }
            Err(error) => {
                tracing::info!(%error, "the template list could not be fetched");
                let nap = pause;
                pause = (pause * 2).min(LONGEST_PAUSE);
                nap
            }
        };
        tokio::select! {
            () = desk.templates_stale.notified() => tokio::time::sleep(GATHER).await,
            () = tokio::time::sleep(nap) => {}
        }
    }
}

/// Fetches the whole list and takes it in. Where one is being fetched already, that one is waited for.
pub async fn sync_templates(desk: &Arc<Desk>, client: &Client) -> Result<(), CallError> {
    let asked = desk.sync.finished();
    let _turn = desk.sync.turn.lock().await;
    if desk.sync.finished() != asked {
        return desk.sync.outcome();
    }
    desk.sync.begin();
    desk.tell_templates();
    let telling = desk.clone();
    let told = move |count| {
        telling.sync.reached(count);
        telling.tell_templates();
    };
    let fetched = client.templates_told(&told).await;
    let failed = match &fetched {
        Ok(_) => None,
        Err(error) => Some(SyncFailure {
            at: desk.clock.now(),
            code: code(error),
            details: error.to_string(),
        }),
    };
    let outcome = fetched.map(|listed| {
        let total = listed.total.and_then(|total| i64::try_from(total).ok());
        let listed = listed.into_iter().map(listed_template).collect();
        let taken = desk.take_template_list(listed, total);
        if let Err(error) = taken.and_then(|()| settle_doubts(desk)) {
            tracing::error!(%error, "the template list could not be stored");
        }
    });
    desk.sync.end(failed, outcome.as_ref().err().cloned());
    desk.tell_templates();
    if outcome.is_ok() {
        learn_of_the_account(desk, client).await;
    }
    outcome
}

fn code(error: &CallError) -> Option<i64> {
    match error {
        CallError::Refused { error, .. } => Some(error.code),
        _ => None,
    }
}

fn listed_template(t: Template) -> ListedTemplate {
    ListedTemplate {
        id: t.id,
        name: t.name,
        language: t.language,
        status: t.status,
        correct_category: t.correct_category.filter(|to| *to != t.category),
        category: t.category,
        quality: t.quality.unwrap_or_default(),
        components: Value::Array(t.components),
        format: t.parameter_format,
        rejected_reason: t.rejected_reason,
    }
}

/// What customers see the shop called: proposed in slots, and looked for in advertising. And how many of them it may
/// write to first.
async fn learn_of_the_account(desk: &Arc<Desk>, client: &Client) {
    let Ok(number) = client.phone_number().await else {
        return;
    };
    if let Some(limit) = &number.messaging_limit
        && let Err(error) = desk.limit_told(limit)
    {
        tracing::warn!(%error, "the messaging limit could not be kept");
    }
    if let Some(rating) = &number.quality_rating
        && let Err(error) = desk.quality_told(&number.id, rating)
    {
        tracing::warn!(%error, "the rating of the number could not be kept");
    }
    let Some(name) = number.verified_name.filter(|name| !name.is_empty()) else {
        return;
    };
    let kept = desk.store.write(|db| {
        if setting::get(db, SHOP_NAME)?.as_deref() == Some(&name) {
            return Ok(());
        }
        setting::set(db, SHOP_NAME, &name)
    });
    if let Err(error) = kept {
        tracing::warn!(%error, "the shop's name could not be kept");
    }
}
