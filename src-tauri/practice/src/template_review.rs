//! Handing in, editing and deleting templates: refused at once, or decided on by webhook after a minute of the
//! platform's clock.
//!
//! Source: Meta, "Template management", "Template review".

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::{
    bodies,
    graph_error::GraphError,
    platform::Shared,
    schedule::Job,
    state::State,
    template_verdict::{self, normalise},
    templates::{self, Template, status_update},
};

/// Meta promises 24 hours and mostly takes minutes.
const REVIEW_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// The name of an approved template stays blocked so long after its deletion.
const NAME_BLOCKED_MS: i64 = 30 * DAY_MS;
/// A verified portfolio.
const TEMPLATES_MAX: usize = 6_000;
const EDITS_A_MONTH: usize = 10;

fn refused(subcode: Option<i64>, details: impl Into<String>) -> GraphError {
    GraphError {
        subcode,
        ..GraphError::new(100, details)
    }
}

/// `POST /{waba_id}/message_templates`.
pub fn hand_in(shared: &Shared, body: &Value) -> Result<Value, GraphError> {
    let now = shared.clock.now();
    let mut template: Template = serde_json::from_value(body.clone()).map_err(|_| {
        GraphError::new(100, "name, language, category and components are required")
    })?;
    normalise(&mut template.components);
    template.category.make_ascii_uppercase();
    let mut state = shared.state();
    if state.templates.len() >= TEMPLATES_MAX {
        return Err(refused(
            Some(2_388_019),
            "The account has too many templates",
        ));
    }
    if state
        .blocked_names
        .get(&template.name)
        .is_some_and(|until| now < *until)
    {
        return Err(refused(
            Some(2_388_023),
            "A template of this name was deleted; its name is blocked for 30 days",
        ));
    }
    template.id = state.fresh_number(now);
    check(&state, &template)?;
    template.status = "PENDING".to_owned();
    template.quality = "UNKNOWN".to_owned();
    template.rejected_reason = "NONE".to_owned();
    let answer = json!({"id": template.id, "status": "PENDING", "category": template.category});
    let job = plan(&template);
    state.templates.push(template);
    shared.schedule.plan(now + REVIEW_MS, job);
    Ok(answer)
}

fn plan(template: &Template) -> Job {
    Job::Review {
        name: template.name.clone(),
        language: template.language.clone(),
    }
}

/// The rules, and that samples were uploaded here.
fn check(state: &State, template: &Template) -> Result<(), GraphError> {
    if let Some(refusal) = template_verdict::refusal(template, &state.templates) {
        return Err(refusal);
    }
    let mut handles = Vec::new();
    sample_handles(&template.components, &mut handles);
    match handles.iter().find(|handle| !state.uploads.knows(handle)) {
        Some(_) => Err(refused(
            None,
            "header_handle is not the handle of an upload of this app",
        )),
        None => Ok(()),
    }
}

fn sample_handles<'a>(components: &'a [Value], found: &mut Vec<&'a str>) {
    for component in components {
        let handles = &component["example"]["header_handle"];
        found.extend(handles.as_str());
        found.extend(
            handles
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str),
        );
        for card in component["cards"].as_array().into_iter().flatten() {
            if let Some(inner) = card["components"].as_array() {
                sample_handles(inner, found);
            }
        }
    }
}

/// `POST /{template_id}`: approved ones once in 24 hours and ten times in 30 days, and their category is fixed.
pub fn edit(shared: &Shared, id: &str, body: &Value) -> Result<Value, GraphError> {
    let now = shared.clock.now();
    let mut state = shared.state();
    let old = state.templates.iter().find(|t| t.id == id).cloned();
    let old = old.ok_or_else(|| GraphError::no_such_object(id))?;
    let mut new = old.clone();
    let approved = old.status == "APPROVED";
    if !matches!(old.status.as_str(), "APPROVED" | "REJECTED" | "PAUSED") {
        return Err(refused(
            Some(2_388_039),
            "Only approved, rejected and paused templates can be edited",
        ));
    }
    if let Some(category) = body["category"].as_str() {
        if approved && !category.eq_ignore_ascii_case(&old.category) {
            return Err(refused(
                None,
                "The category of an approved template cannot be changed",
            ));
        }
        new.category = category.to_ascii_uppercase();
    }
    if approved {
        let within = |ms: i64| old.life.edits.iter().filter(|at| now - **at < ms).count();
        if within(DAY_MS) >= 1 || within(30 * DAY_MS) >= EDITS_A_MONTH {
            return Err(refused(
                None,
                "An approved template can be edited once in 24 hours and 10 times in 30 days",
            ));
        }
        new.life.edits.push(now);
    }
    if let Some(components) = body["components"].as_array() {
        new.components.clone_from(components);
        normalise(&mut new.components);
    }
    if let Some(ttl) = body["message_send_ttl_seconds"].as_i64() {
        new.message_send_ttl_seconds = Some(ttl);
    }
    check(&state, &new)?;
    new.status = "PENDING".to_owned();
    new.quality = "UNKNOWN".to_owned();
    new.life.complaints = 0;
    let job = plan(&new);
    if let Some(place) = state.templates.iter_mut().find(|t| t.id == id) {
        *place = new;
    }
    shared.schedule.plan(now + REVIEW_MS, job);
    Ok(json!({"success": true}))
}

/// `DELETE /{waba_id}/message_templates?name=` (all languages), with `hsm_id` one of them, or `hsm_ids`.
pub fn delete(shared: &Shared, query: &HashMap<String, String>) -> Result<Value, GraphError> {
    let now = shared.clock.now();
    let name = query.get("name");
    let ids: Vec<&str> = match (query.get("hsm_id"), query.get("hsm_ids")) {
        (Some(id), _) => vec![id],
        (None, Some(list)) => list
            .split(['[', ']', ',', '"', ' '])
            .filter(|id| !id.is_empty())
            .collect(),
        (None, None) => Vec::new(),
    };
    if name.is_none() && ids.is_empty() {
        return Err(GraphError::new(
            100,
            "(#100) The parameter name is required.",
        ));
    }
    let meant = |t: &Template| {
        name.is_none_or(|name| t.name == *name) && (ids.is_empty() || ids.contains(&t.id.as_str()))
    };
    let mut state = shared.state();
    let doomed: Vec<Template> = state
        .templates
        .iter()
        .filter(|t| meant(t))
        .cloned()
        .collect();
    if doomed.is_empty() {
        return Err(refused(Some(2_593_002), "The template was not found"));
    }
    if doomed.iter().any(|t| t.status == "DISABLED") {
        return Err(refused(None, "A disabled template cannot be deleted"));
    }
    state.templates.retain(|t| !meant(t));
    for template in &doomed {
        if matches!(template.status.as_str(), "APPROVED" | "PAUSED") {
            let until = now + NAME_BLOCKED_MS;
            state.blocked_names.insert(template.name.clone(), until);
        }
    }
    drop(state);
    for template in &doomed {
        announce(shared, status_update(template, "DELETED"), now);
    }
    Ok(json!({"success": true}))
}

/// The review is over.
pub fn decide(shared: &Shared, name: &str, language: &str, at: i64) {
    let value = {
        let mut state = shared.state();
        let pending =
            |t: &&Template| t.name == name && t.language == language && t.status == "PENDING";
        let Some(template) = state.templates.iter().find(pending) else {
            return;
        };
        match template_verdict::review(template, &state.templates) {
            None => {
                let all = &mut state.templates;
                templates::change_status(all, name, language, "APPROVED", None)
            }
            Some(rejection) => {
                let all = &mut state.templates;
                let reason = Some(rejection.reason);
                let value = templates::change_status(all, name, language, "REJECTED", reason);
                value.map(|mut value| {
                    if let Some((reason, recommendation)) = rejection.info {
                        value["rejection_info"] =
                            json!({"reason": reason, "recommendation": recommendation});
                    }
                    value
                })
            }
        }
    };
    if let Some(value) = value {
        announce(shared, value, at);
    }
}

/// Sends the webhook `message_template_status_update`.
pub fn announce(shared: &Shared, value: Value, at: i64) {
    let field = "message_template_status_update";
    shared.send_webhook(&bodies::envelope(&shared.config, field, value, Some(at)));
}
