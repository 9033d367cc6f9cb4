//! What Meta's template has become since a message was filled in, for the sentence beside the refusal.

use super::{Template, filled, obstacle, obstacle::Said, values_of};
use crate::view::{Body, TemplateDrift};
use cloud_api::outgoing::TemplateSend;

/// Refusals that speak of a template other than the one we knew (Meta, "Error codes").
pub(crate) fn tells_of_drift(code: i64) -> bool {
    matches!(
        code,
        132_000 | 132_001 | 132_012 | 132_015 | 132_016 | 132_018
    )
}

/// `now`: the template Meta has today, if there is one; `bubble`: what the message looked like when it was filled.
pub(crate) fn drifts(
    now: Option<&Template>,
    sent: &TemplateSend,
    bubble: &Body,
    paused_until: Option<i64>,
) -> Vec<TemplateDrift> {
    let Some(template) = now else {
        return vec![TemplateDrift::Gone {
            language: sent.language.clone(),
        }];
    };
    let mut found = Vec::new();
    let status = &template.row.status;
    if obstacle(template, Said::default()).is_some() && status != "APPROVED" {
        found.push(TemplateDrift::Status {
            status: status.clone(),
            until: paused_until.filter(|_| status == "PAUSED"),
        });
    }
    let values = values_of(sent);
    let slots = template.components.slots();
    let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    if slots.len() != values.len() {
        found.push(TemplateDrift::Slots {
            now: n(slots.len()),
            sent: n(values.len()),
        });
    } else if slots.iter().any(|slot| !values.contains_key(&slot.key)) {
        found.push(TemplateDrift::Parts);
    }
    let (today, _) = filled(template, |key| {
        values.get(key).map(String::as_str).unwrap_or_default()
    });
    if shape(&today) != shape(bubble) && !found.contains(&TemplateDrift::Parts) {
        found.push(TemplateDrift::Parts);
    } else if found.is_empty() && texts(&today) != texts(bubble) {
        found.push(TemplateDrift::Text);
    }
    found
}

type Shape<'a> = (Option<&'a str>, bool, bool, usize, usize, bool);

fn shape(body: &Body) -> Option<Shape<'_>> {
    match body {
        Body::Template {
            header,
            header_kind,
            footer,
            buttons,
            cards,
            offer,
            ..
        } => Some((
            header_kind.as_deref(),
            header.is_some(),
            footer.is_some(),
            buttons.len(),
            cards.len(),
            offer.is_some(),
        )),
        _ => None,
    }
}

type Texts<'a> = (&'a str, Option<&'a str>, Option<&'a str>, &'a [String]);

fn texts(body: &Body) -> Option<Texts<'_>> {
    match body {
        Body::Template {
            text,
            header,
            footer,
            buttons,
            ..
        } => Some((text, header.as_deref(), footer.as_deref(), buttons)),
        _ => None,
    }
}
