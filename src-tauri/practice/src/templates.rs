//! The account's templates: what they are, the built-in ones, and changes of their state.
//!
//! Shapes: Meta, "Template management" and "Components".

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

const BUILT_IN: &str = include_str!("../../../assets/practice/templates.json");

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Template {
    #[serde(default)]
    pub id: String,
    pub name: String,
    pub language: String,
    /// MARKETING, UTILITY, AUTHENTICATION.
    pub category: String,
    /// APPROVED, PENDING, REJECTED, PAUSED, DISABLED …
    #[serde(default = "approved")]
    pub status: String,
    /// POSITIONAL or NAMED.
    #[serde(default = "positional")]
    pub parameter_format: String,
    pub components: Vec<Value>,
    /// GREEN, YELLOW, RED, UNKNOWN.
    #[serde(default = "unknown")]
    pub quality: String,
    #[serde(default = "none")]
    pub rejected_reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_send_ttl_seconds: Option<i64>,
    /// Where Meta holds it to be of another category: the change is to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correct_category: Option<String>,
    #[serde(default, skip)]
    pub life: Life,
}

/// What happened to a template on this platform.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Life {
    /// Unix milliseconds of its edits while approved.
    pub edits: Vec<i64>,
    /// Since the last pause.
    pub complaints: usize,
    /// For poor quality: 3 hours, 6 hours, disabled.
    pub pauses: usize,
    /// Let out to a first group only, until Meta has seen how they take it.
    pub pacing: Option<Pacing>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pacing {
    /// So many more go out at once.
    pub free: usize,
    /// wamids of those held back.
    pub held: Vec<String>,
}

fn approved() -> String {
    "APPROVED".into()
}

fn positional() -> String {
    "POSITIONAL".into()
}

fn unknown() -> String {
    "UNKNOWN".into()
}

fn none() -> String {
    "NONE".into()
}

impl Template {
    pub fn component(&self, kind: &str) -> Option<&Value> {
        self.components.iter().find(|c| c["type"] == kind)
    }

    /// As a Graph answer, with the asked-for fields; `id` always.
    pub fn node(&self, fields: Option<&str>) -> Value {
        let mut all = json!({
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "status": self.status,
            "parameter_format": self.parameter_format,
            "components": self.components,
            "quality_score": {"score": self.quality},
            "rejected_reason": self.rejected_reason,
            "id": self.id,
        });
        if let Some(category) = &self.correct_category {
            all["correct_category"] = category.clone().into();
        }
        if let Some(ttl) = self.message_send_ttl_seconds {
            all["message_send_ttl_seconds"] = ttl.into();
        }
        pick(all, fields)
    }
}

/// The fields of an object that were asked for, and `id`.
pub fn pick(all: Value, fields: Option<&str>) -> Value {
    let (Some(fields), Value::Object(mut all)) = (fields.filter(|f| !f.is_empty()), all.clone())
    else {
        return all;
    };
    let mut picked = Map::new();
    // `a{b,c}` asks for a part of `a`; the platform gives all of it.
    for field in fields
        .split(',')
        .map(|f| f.split(['{', '(']).next().unwrap_or(f).trim())
        .chain(["id"])
    {
        if let Some(value) = all.remove(field) {
            picked.insert(field.to_owned(), value);
        }
    }
    Value::Object(picked)
}

/// The templates every practice account starts with, in three languages.
pub fn built_in() -> Vec<Template> {
    let mut templates: Vec<Template> = serde_json::from_str(BUILT_IN).unwrap_or_default();
    for (n, template) in templates.iter_mut().enumerate() {
        template.id = (710_000_000_000_000 + n).to_string();
    }
    templates
}

/// `count` more templates that differ in name and text, to have several pages of them.
pub fn generated(count: usize, starting_at: usize) -> Vec<Template> {
    (starting_at..starting_at + count)
        .map(|n| Template {
            id: (720_000_000_000_000 + n).to_string(),
            name: format!("practice_note_{n:04}"),
            language: ["en", "de", "pt_BR"][n % 3].to_owned(),
            category: "UTILITY".to_owned(),
            status: approved(),
            parameter_format: positional(),
            components: vec![json!({
                "type": "BODY",
                "text": format!("Practice note {n}: hello {{{{1}}}}, this text is only here to be listed."),
                "example": {"body_text": [["Robin"]]},
            })],
            quality: unknown(),
            rejected_reason: none(),
            message_send_ttl_seconds: None,
            correct_category: None,
            life: Life::default(),
        })
        .collect()
}

/// `value` of the webhook field `message_template_status_update`, after the state was changed.
pub fn change_status(
    templates: &mut [Template],
    name: &str,
    language: &str,
    event: &str,
    reason: Option<&str>,
) -> Option<Value> {
    let template = templates
        .iter_mut()
        .find(|t| t.name == name && t.language == language)?;
    template.status = match event {
        "REINSTATED" | "UNPAUSED" => "APPROVED",
        other => other,
    }
    .to_owned();
    let reason = reason.unwrap_or("NONE");
    template.rejected_reason = if event == "REJECTED" { reason } else { "NONE" }.to_owned();
    let mut value = status_update(template, event);
    value["reason"] = template.rejected_reason.clone().into();
    match event {
        "PAUSED" => {
            template.quality = "RED".into();
            value["other_info"] = json!({
                "title": "FIRST_PAUSE",
                "description": "Paused for three hours after poor feedback.",
            });
        }
        "DISABLED" => value["disable_info"] = json!({"disable_date": "soon"}),
        _ => {}
    }
    Some(value)
}

/// `value` of `message_template_status_update` without a reason.
pub fn status_update(template: &Template, event: &str) -> Value {
    json!({
        "event": event,
        "message_template_id": template.id.parse::<i64>().unwrap_or_default(),
        "message_template_name": template.name,
        "message_template_language": template.language,
        "message_template_category": template.category,
        "reason": "NONE",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_templates_exist_in_all_three_languages() {
        let all = built_in();
        let names = |language: &str| {
            let mut names: Vec<_> = all
                .iter()
                .filter(|t| t.language == language)
                .map(|t| t.name.clone())
                .collect();
            names.sort();
            names
        };
        assert!(names("de").len() >= 8);
        assert_eq!(names("de"), names("pt_BR"));
        assert_eq!(names("de"), names("en"));
        assert!(all.iter().any(|t| t.parameter_format == "NAMED"));
        assert!(all.iter().any(|t| t.category == "MARKETING"));
    }

    #[test]
    fn built_in_templates_keep_metas_limits() {
        for template in built_in() {
            let name = format!("{} {}", template.name, template.language);
            let body = template
                .component("BODY")
                .and_then(|b| b["text"].as_str())
                .unwrap_or_default();
            assert!((1..=1_024).contains(&body.chars().count()), "{name}");
            assert!(
                !body.starts_with("{{") && !body.ends_with("}}"),
                "{name}: variable at an end"
            );
            assert!(
                body.contains("{{") == template.component("BODY").unwrap().get("example").is_some(),
                "{name}"
            );
            if let Some(footer) = template.component("FOOTER") {
                assert!(
                    footer["text"].as_str().unwrap().chars().count() <= 60,
                    "{name}"
                );
            }
            if let Some(text) = template
                .component("HEADER")
                .and_then(|h| h["text"].as_str())
            {
                assert!(text.chars().count() <= 60, "{name}");
            }
            for button in template
                .component("BUTTONS")
                .and_then(|b| b["buttons"].as_array())
                .into_iter()
                .flatten()
            {
                assert!(
                    button["text"].as_str().unwrap().chars().count() <= 25,
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn only_the_fields_asked_for_come_back_and_the_id() {
        let node = built_in()[0].node(Some("name,status"));
        let keys: Vec<_> = node.as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys.len(), 3);
        assert!(keys.contains(&"id".to_owned()));
    }

    #[test]
    fn a_paused_template_says_so_in_the_list_and_in_the_webhook() {
        let mut templates = built_in();
        let (name, language) = (templates[0].name.clone(), templates[0].language.clone());
        let value = change_status(&mut templates, &name, &language, "PAUSED", None).unwrap();
        assert_eq!(value["event"], "PAUSED");
        assert_eq!(value["other_info"]["title"], "FIRST_PAUSE");
        assert_eq!(templates[0].status, "PAUSED");
        change_status(&mut templates, &name, &language, "REINSTATED", None).unwrap();
        assert_eq!(templates[0].status, "APPROVED");
        assert!(change_status(&mut templates, "nothing", "de", "PAUSED", None).is_none());
    }
}
