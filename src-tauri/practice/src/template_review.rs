//! Handing in a template: checked at once, approved by webhook after a minute of the platform's clock.
//!
//! Source: Meta, "Template management", "Components", "Template review".

use serde_json::{Value, json};

use crate::{
    bodies,
    graph_error::GraphError,
    platform::Shared,
    schedule::Job,
    template_send::variables,
    templates::{self, Template},
};

/// Meta promises 24 hours and mostly takes minutes.
const REVIEW_MS: i64 = 60_000;

/// `POST /{waba_id}/message_templates`.
pub fn hand_in(shared: &Shared, body: &Value) -> Result<Value, GraphError> {
    let now = shared.clock.now();
    let mut template: Template = serde_json::from_value(body.clone()).map_err(|_| {
        GraphError::new(100, "name, language, category and components are required")
    })?;
    check(&template)?;
    let mut state = shared.state();
    if state
        .templates
        .iter()
        .any(|t| t.name == template.name && t.language == template.language)
    {
        return Err(GraphError::new(
            100,
            "This template exists in this language already",
        ));
    }
    template.id = state.fresh_number(now);
    template.status = "PENDING".to_owned();
    template.quality = "UNKNOWN".to_owned();
    let answer = json!({"id": template.id, "status": "PENDING", "category": template.category});
    let job = Job::Review {
        name: template.name.clone(),
        language: template.language.clone(),
    };
    state.templates.push(template);
    shared.schedule.plan(now + REVIEW_MS, job);
    Ok(answer)
}

fn check(template: &Template) -> Result<(), GraphError> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if template.name.is_empty() || template.name.len() > 512 || !template.name.chars().all(plain) {
        return Err(GraphError::new(
            100,
            "A name has lower-case letters, digits and underscores only",
        ));
    }
    let text = template
        .component("BODY")
        .and_then(|b| b["text"].as_str())
        .unwrap_or_default();
    if text.is_empty() {
        return Err(GraphError::new(2_388_072, "The body is missing"));
    }
    if text.chars().count() > 1_024 {
        return Err(GraphError::new(
            2_388_040,
            "The body has more than 1,024 characters",
        ));
    }
    if text.trim().starts_with("{{") || text.trim().ends_with("}}") {
        return Err(GraphError::new(
            2_388_299,
            "A template cannot start or end with a variable",
        ));
    }
    // Meta's formula is not published; this one is close (words at least twice the variables and one more).
    if text.split_whitespace().count() < 2 * variables(text).len() + 1 {
        return Err(GraphError::new(
            2_388_293,
            "The text is too short for so many variables",
        ));
    }
    Ok(())
}

/// The review is over.
pub fn decide(shared: &Shared, name: &str, language: &str, at: i64) {
    let value = {
        let mut state = shared.state();
        let pending =
            |t: &&Template| t.name == name && t.language == language && t.status == "PENDING";
        if !state.templates.iter().any(|t| pending(&t)) {
            return;
        }
        templates::change_status(&mut state.templates, name, language, "APPROVED", None)
    };
    if let Some(value) = value {
        let field = "message_template_status_update";
        shared.send_webhook(&bodies::envelope(&shared.config, field, value, Some(at)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_breaks_a_rule_is_refused_with_metas_number() {
        for (name, body, expected) in [
            ("fine", "Hello {{1}}, your bike is ready.", 0),
            ("Not Fine", "Hello there.", 100),
            ("no_body", "", 2_388_072),
            ("at_the_end", "Your code is {{1}}", 2_388_299),
            ("too_many", "Hi {{1}} {{2}} {{3}} ok.", 2_388_293),
        ] {
            let template: Template = serde_json::from_value(json!({
                "name": name, "language": "en", "category": "UTILITY",
                "components": [{"type": "BODY", "text": body}],
            }))
            .unwrap();
            assert_eq!(
                check(&template).map_or_else(|e| e.code, |()| 0),
                expected,
                "{name}"
            );
        }
    }
}
