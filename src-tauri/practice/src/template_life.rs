//! What befalls a template once it is approved: complaints and pauses, pacing, a change of category.
//!
//! Sources: Meta, "Template pausing" (3 hours, 6 hours, then disabled), "Template pacing" (held, then released or
//! dropped with 132015), "Template categorization" (a day's notice). Meta publishes no numbers of complaints; these
//! are small, so that a trainee sees what follows.

use serde_json::{Value, json};

use crate::{
    bodies,
    platform::Shared,
    schedule::Job,
    state::State,
    statuses,
    template_review::announce,
    templates::{Pacing, Template, status_update},
};

const HOUR_MS: i64 = 60 * 60 * 1_000;
/// Complaints until the quality is YELLOW …
const YELLOW_AT: usize = 2;
/// … and until it is RED and the template is paused.
const RED_AT: usize = 4;
/// Meta mostly decides within an hour.
const ASSESSMENT_MS: i64 = HOUR_MS;

pub fn find<'s>(state: &'s mut State, name: &str, language: &str) -> Option<&'s mut Template> {
    let mut all = state.templates.iter_mut();
    all.find(|t| t.name == name && t.language == language)
}

/// So many customers block or report it. `None` where there is no such template.
pub fn complain(shared: &Shared, name: &str, language: &str, count: usize) -> Option<()> {
    let now = shared.clock.now();
    let mut news = Vec::new();
    let mut state = shared.state();
    let template = find(&mut state, name, language)?;
    template.life.complaints += count;
    let colour = match template.life.complaints {
        RED_AT.. => "RED",
        YELLOW_AT.. => "YELLOW",
        _ => return Some(()),
    };
    if template.quality != colour {
        let before = std::mem::replace(&mut template.quality, colour.to_owned());
        let value = quality_update(template, &before);
        news.push(("message_template_quality_update", value));
    }
    if colour == "RED" && template.status == "APPROVED" {
        let value = pause(shared, template, now);
        news.push(("message_template_status_update", value));
    }
    drop(state);
    for (field, value) in news {
        shared.send_webhook(&bodies::envelope(&shared.config, field, value, Some(now)));
    }
    Some(())
}

pub fn quality_update(template: &Template, before: &str) -> Value {
    json!({
        "previous_quality_score": before,
        "new_quality_score": template.quality,
        "message_template_id": template.id.parse::<i64>().unwrap_or_default(),
        "message_template_name": template.name,
        "message_template_language": template.language,
    })
}

/// The next of three: 3 hours, 6 hours, for good. Gives the webhook's `value`.
pub fn pause(shared: &Shared, template: &mut Template, now: i64) -> Value {
    template.quality = "RED".to_owned();
    template.life.complaints = 0;
    template.life.pauses += 1;
    let (title, hours) = match template.life.pauses {
        1 => ("FIRST_PAUSE", 3),
        2 => ("SECOND_PAUSE", 6),
        _ => {
            template.status = "DISABLED".to_owned();
            let mut value = status_update(template, "DISABLED");
            value["disable_info"] = json!({"disable_date": (now / 1_000).to_string()});
            return value;
        }
    };
    template.status = "PAUSED".to_owned();
    let until = now + hours * HOUR_MS;
    let job = Job::EndOfPause {
        id: template.id.clone(),
        pause: template.life.pauses,
    };
    shared.schedule.plan(until, job);
    let end = chrono::DateTime::from_timestamp_millis(until)
        .map(|end| end.format("%b %-d at %-I:%M %p UTC").to_string())
        .unwrap_or_default();
    let mut value = status_update(template, "PAUSED");
    value["other_info"] = json!({
        "title": title,
        "description": format!("Your WhatsApp message template has been paused for {hours} hours until {end}."),
    });
    value
}

/// The pause is over, unless something else happened to the template meanwhile.
pub fn end_of_pause(shared: &Shared, id: &str, pause: usize, at: i64) {
    let mut state = shared.state();
    let mut all = state.templates.iter_mut();
    let ended = all.find(|t| t.id == id && t.status == "PAUSED" && t.life.pauses == pause);
    let Some(template) = ended else {
        return;
    };
    let value = let_go(template);
    drop(state);
    announce(shared, value, at);
}

fn let_go(template: &mut Template) -> Value {
    template.status = "APPROVED".to_owned();
    template.quality = "UNKNOWN".to_owned();
    let mut value = status_update(template, "APPROVED");
    value["other_info"] = json!({
        "title": "UNPAUSE",
        "description": "Your WhatsApp message template has been unpaused.",
    });
    value
}

/// `POST /{template_id}/unpause`: only what pacing paused.
pub fn unpause(shared: &Shared, id: &str) -> Option<Value> {
    let now = shared.clock.now();
    let mut state = shared.state();
    let template = state.templates.iter_mut().find(|t| t.id == id)?;
    if template.status != "PAUSED" {
        return Some(json!({"success": false, "reason": "The template is not paused."}));
    }
    if template.life.pacing.is_none() {
        let reason = "The template is paused for its quality and comes back by itself.";
        return Some(json!({"success": false, "reason": reason}));
    }
    template.life.pacing = None;
    let value = let_go(template);
    drop(state);
    announce(shared, value, now);
    Some(json!({"success": true}))
}

/// From now on so many go out at once, and the rest is held until it is decided.
pub fn pace(shared: &Shared, name: &str, language: &str, free: usize) -> Option<()> {
    let mut state = shared.state();
    let template = find(&mut state, name, language)?;
    template.life.pacing = Some(Pacing {
        free,
        held: Vec::new(),
    });
    Some(())
}

/// Whether this send is held back.
pub fn is_held(state: &mut State, name: &str, language: &str) -> bool {
    let template = find(state, name, language);
    let Some(pacing) = template.and_then(|t| t.life.pacing.as_mut()) else {
        return false;
    };
    match pacing.free.checked_sub(1) {
        Some(left) => {
            pacing.free = left;
            false
        }
        None => true,
    }
}

/// Remembers a message held back; the first one starts the assessment.
pub fn hold(shared: &Shared, state: &mut State, name: &str, language: &str, wamid: &str) {
    let now = shared.clock.now();
    let template = find(state, name, language);
    let Some(pacing) = template.and_then(|t| t.life.pacing.as_mut()) else {
        return;
    };
    if pacing.held.is_empty() {
        let job = Job::Assessment {
            name: name.to_owned(),
            language: language.to_owned(),
        };
        shared.schedule.plan(now + ASSESSMENT_MS, job);
    }
    pacing.held.push(wamid.to_owned());
}

/// Releases what is held, or drops it and pauses the template. `good: None` asks the complaints so far.
pub fn decide(
    shared: &Shared,
    name: &str,
    language: &str,
    good: Option<bool>,
    at: i64,
) -> Option<()> {
    let mut state = shared.state();
    let template = find(&mut state, name, language)?;
    let good = good.unwrap_or(template.life.complaints < YELLOW_AT);
    let held = match template.life.pacing.as_mut() {
        Some(pacing) => std::mem::take(&mut pacing.held),
        None => return Some(()),
    };
    let mut news = None;
    if good {
        template.life.pacing = None;
    } else {
        template.status = "PAUSED".to_owned();
        let mut value = status_update(template, "PAUSED");
        value["other_info"] = json!({
            "title": "RATE_LIMITING_PAUSE",
            "description": "Your WhatsApp message template has been paused after early feedback.",
        });
        news = Some(value);
    }
    for wamid in held {
        let Some(place) = state.by_wamid.get(&wamid).copied() else {
            continue;
        };
        if !good {
            state.accepted[place].fails_with = Some(132_015);
        }
        let message = state.accepted[place].clone();
        statuses::plan(shared, &state, &message, at, &[]);
    }
    drop(state);
    if let Some(value) = news {
        announce(shared, value, at);
    }
    Some(())
}

/// Meta holds the template to be of another category: announced, and done after `notice_ms`.
pub fn recategorise(
    shared: &Shared,
    name: &str,
    language: &str,
    category: &str,
    notice_ms: i64,
) -> Option<()> {
    let now = shared.clock.now();
    let due = now + notice_ms.max(0);
    let mut state = shared.state();
    let template = find(&mut state, name, language)?;
    template.correct_category = Some(category.to_owned());
    let id = template.id.clone();
    let mut value = named(template);
    value["correct_category"] = category.into();
    value["new_category"] = template.category.clone().into();
    value["category_update_timestamp"] = (due / 1_000).into();
    drop(state);
    if notice_ms <= 0 {
        change_category(shared, &id, now);
        return Some(());
    }
    shared.schedule.plan(due, Job::Recategorise { id });
    tell_category(shared, value, now);
    Some(())
}

/// The change of category that was announced, or that needed no notice.
pub fn change_category(shared: &Shared, id: &str, at: i64) {
    let mut state = shared.state();
    let Some(template) = state.templates.iter_mut().find(|t| t.id == id) else {
        return;
    };
    let Some(category) = template.correct_category.take() else {
        return;
    };
    let before = std::mem::replace(&mut template.category, category.clone());
    let mut value = named(template);
    value["previous_category"] = before.into();
    value["new_category"] = category.into();
    drop(state);
    tell_category(shared, value, at);
}

fn named(template: &Template) -> Value {
    json!({
        "message_template_id": template.id.parse::<i64>().unwrap_or_default(),
        "message_template_name": template.name,
        "message_template_language": template.language,
    })
}

fn tell_category(shared: &Shared, value: Value, at: i64) {
    let field = "template_category_update";
    shared.send_webhook(&bodies::envelope(&shared.config, field, value, Some(at)));
}
