//! `POST /{phone_number_id}/messages`: takes or refuses a message, marks messages as read.

use serde_json::{Value, json};

use crate::{
    blast,
    customers::{digits, looks_like_bsuid},
    faults::Kind,
    graph_error::GraphError,
    journal::Line,
    platform::Shared,
    rules::{self, Target},
    shape,
    state::{Accepted, State},
    statuses, template_life, template_send,
};

/// A message that was taken: the answer, and what else has to happen before it goes out.
pub struct Taken {
    pub answer: Value,
    pub wamid: Option<String>,
    /// The first status has to reach the webhook before the answer goes out.
    pub status_first: bool,
}

pub fn post(shared: &Shared, body: &Value) -> Result<Taken, GraphError> {
    let now = shared.clock.now();
    if body["status"] == "read" {
        return mark_read(&shared.state(), body).map(|answer| Taken {
            answer,
            wamid: None,
            status_first: false,
        });
    }
    let mut state = shared.state();
    let kind = shape::check(&state, body, now)?;
    let (input, to, by_bsuid) = recipient(body)?;
    let category = match kind.as_str() {
        "template" => template_send::check(&state.templates, &body["template"])?
            .category
            .to_lowercase(),
        _ => "service".to_owned(),
    };
    check_header_media(&state, body)?;
    let target = Target {
        to: &to,
        is_template: kind == "template",
        is_marketing: category == "marketing",
    };
    let fails = rules::check(
        &mut state,
        &shared.config.display_phone_number,
        &target,
        now,
    )?;
    let hold = (kind == "template")
        .then(|| state.faults.meet_on_acceptance(Kind::HoldQuality))
        .flatten();
    let template = (kind == "template").then(|| {
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let template = &body["template"];
        (word(&template["name"]), word(&template["language"]["code"]))
    });
    let paced = template
        .as_ref()
        .is_some_and(|(name, language)| template_life::is_held(&mut state, name, language));
    let status_first = state
        .faults
        .meet_on_acceptance(Kind::WebhookBeforeAnswer)
        .is_some();

    let accepted = Accepted {
        wamid: state.fresh_wamid(now, &to),
        to: to.clone(),
        kind: kind.clone(),
        callback_data: body["biz_opaque_callback_data"].as_str().map(str::to_owned),
        body: body.clone(),
        at: now,
        category,
        fails_with: fails.map(|e| e.code).or(hold.as_ref().and_then(|h| h.code)),
    };
    if !shared.journal.append(&Line::Accepted(accepted.clone())) {
        return Err(GraphError::new(131_000, "The message could not be stored."));
    }
    state.remember_accepted(accepted.clone());
    match template.as_ref().filter(|_| paced) {
        Some((name, language)) => {
            template_life::hold(shared, &mut state, name, language, &accepted.wamid);
        }
        None => statuses::plan(shared, &state, &accepted, now, &[]),
    }
    let news = if shared.config.auto_customers {
        blast::notice(shared, &mut state, &accepted)
    } else {
        Vec::new()
    };

    let customer = state.customers.get(&to);
    let contact = if by_bsuid {
        json!({"input": input, "user_id": to})
    } else {
        json!({"input": input, "wa_id": customer.and_then(|c| c.answers_as.as_ref()).unwrap_or(&to)})
    };
    let mut message = json!({"id": accepted.wamid});
    // Meta promises `message_status` for templates only.
    if kind == "template" {
        message["message_status"] = if hold.is_some() || paced {
            "held_for_quality_assessment"
        } else {
            "accepted"
        }
        .into();
    }
    drop(state);
    for body in news {
        shared.send_webhook(&body);
    }
    Ok(Taken {
        answer: json!({"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}),
        wamid: Some(accepted.wamid),
        status_first,
    })
}

/// What was asked for, whom it means, and whether by BSUID. `to` wins over `recipient`.
fn recipient(body: &Value) -> Result<(String, String, bool), GraphError> {
    if let Some(to) = body["to"].as_str() {
        if body["recipient_type"] == "group" {
            return Err(GraphError::new(131_009, "This number has no groups"));
        }
        let number = digits(to);
        if number.is_empty() {
            return Err(GraphError::new(
                131_009,
                "The parameter to is not a phone number",
            ));
        }
        return Ok((to.to_owned(), number, false));
    }
    match body["recipient"].as_str() {
        Some(bsuid) if looks_like_bsuid(bsuid) => Ok((bsuid.to_owned(), bsuid.to_owned(), true)),
        Some(_) => Err(GraphError::new(
            131_009,
            "The parameter recipient is not a business-scoped user id",
        )),
        None => Err(GraphError::new(131_008, "The parameter to is required.")),
    }
}

/// A template header's media must be this number's, too.
fn check_header_media(state: &State, body: &Value) -> Result<(), GraphError> {
    header_media(state, &body["template"]["components"])
}

fn header_media(state: &State, components: &Value) -> Result<(), GraphError> {
    let none = Vec::new();
    for component in components.as_array().unwrap_or(&none) {
        for card in component["cards"].as_array().unwrap_or(&none) {
            header_media(state, &card["components"])?;
        }
        for parameter in component["parameters"].as_array().unwrap_or(&none) {
            for kind in ["image", "video", "document"] {
                if let Some(id) = parameter[kind]["id"].as_str()
                    && !state.media.contains_key(id)
                {
                    return Err(GraphError::new(
                        131_009,
                        format!("{kind}['id'] is not a media id of this number"),
                    ));
                }
            }
        }
    }
    Ok(())
}

fn mark_read(state: &State, body: &Value) -> Result<Value, GraphError> {
    let wamid = body["message_id"]
        .as_str()
        .ok_or_else(|| GraphError::new(131_008, "The parameter message_id is required."))?;
    match state.known.get(wamid) {
        Some(known) if known.inbound => Ok(json!({"success": true})),
        _ => Err(GraphError::new(
            131_009,
            "The message to be marked as read does not exist",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipient_is_a_number_in_any_writing_or_a_bsuid_and_the_number_wins() {
        for (body, expected) in [
            (
                json!({"to": "+49 30 23125-101"}),
                Ok(("493023125101", false)),
            ),
            (json!({"recipient": "DE.123"}), Ok(("DE.123", true))),
            (
                json!({"to": "+493023125101", "recipient": "DE.123"}),
                Ok(("493023125101", false)),
            ),
            (json!({"recipient": "lena"}), Err(131_009)),
            (json!({"to": "lena"}), Err(131_009)),
            (json!({}), Err(131_008)),
        ] {
            let outcome = recipient(&body);
            let outcome = outcome
                .as_ref()
                .map(|(_, to, by_bsuid)| (to.as_str(), *by_bsuid))
                .map_err(|e| e.code);
            assert_eq!(outcome, expected, "{body}");
        }
    }
}
