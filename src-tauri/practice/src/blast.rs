//! What a blast does to a number in practice mode: quality falls, then the template is paused.
//!
//! Meta does not publish its thresholds (Meta, "Template pausing", "Quality rating"). These are small on
//! purpose, so that a trainee sees the consequence of one careless afternoon.

use serde_json::Value;

use crate::{
    bodies,
    platform::Shared,
    state::{Accepted, State},
    template_life,
};

const HOUR_MS: i64 = 60 * 60 * 1_000;
/// So many people in an hour who had not written …
const YELLOW_AT: usize = 20;
/// … and so many until the template is paused.
const RED_AT: usize = 40;

/// Lowers quality where this template send is one too many; gives the webhooks that tell so.
pub fn notice(shared: &Shared, state: &mut State, message: &Accepted) -> Vec<Value> {
    let Some(name) = message.body["template"]["name"].as_str().map(str::to_owned) else {
        return Vec::new();
    };
    let language = message.body["template"]["language"]["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let strangers: std::collections::HashSet<&str> = state
        .accepted
        .iter()
        .rev()
        .take_while(|m| message.at - m.at < HOUR_MS)
        .filter(|m| m.body["template"]["name"] == name.as_str())
        .filter(|m| {
            !state
                .customers
                .get(&m.to)
                .is_some_and(|c| c.window_open_at(m.at))
        })
        .map(|m| m.to.as_str())
        .collect();
    let (colour, before) = match strangers.len() {
        YELLOW_AT if state.account.quality == "GREEN" => ("YELLOW", "GREEN"),
        RED_AT if state.account.quality != "RED" => ("RED", "YELLOW"),
        _ => return Vec::new(),
    };
    state.account.quality = colour.to_owned();
    let mut news = Vec::new();
    if let Some(template) = state
        .templates
        .iter_mut()
        .find(|t| t.name == name && t.language == language)
    {
        template.quality = colour.to_owned();
        let value = template_life::quality_update(template, before);
        news.push(bodies::envelope(
            &shared.config,
            "message_template_quality_update",
            value,
            Some(message.at),
        ));
        if colour == "RED" {
            let value = template_life::pause(shared, template, message.at);
            news.push(bodies::envelope(
                &shared.config,
                "message_template_status_update",
                value,
                Some(message.at),
            ));
        }
    }
    news
}
