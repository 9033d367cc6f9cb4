//! News about a template: its review, quality, text or category.

use serde_json::Value;

use super::{Event, TemplateChange, TemplateNews};
use crate::read::{self, part, text, text_of};

/// Meta's own examples label a quality update as a status update, so the keys decide and the field
/// only where they do not.
pub(super) fn news(field: &str, value: &Value) -> Vec<Event> {
    let template_id = text_of(value, &["message_template_id", "template_id"]);
    let name = text_of(value, &["message_template_name", "template_name"]);
    if template_id.is_none() && name.is_none() {
        return Vec::new();
    }
    let Some(change) = change(field, value) else {
        return Vec::new();
    };
    vec![Event::Template(TemplateNews {
        template_id,
        name: name.unwrap_or_default(),
        language: text_of(value, &["message_template_language", "template_language"])
            .unwrap_or_default()
            .replace('-', "_"),
        change,
    })]
}

fn change(field: &str, value: &Value) -> Option<TemplateChange> {
    if let Some(new) = text(value, "new_quality_score") {
        return Some(TemplateChange::Quality {
            previous: text(value, "previous_quality_score"),
            new,
        });
    }
    if value.get("new_category").is_some() || value.get("correct_category").is_some() {
        return Some(TemplateChange::Category {
            previous: text(value, "previous_category"),
            new: text(value, "new_category"),
            correct: text(value, "correct_category"),
            due: read::moment(value, "category_update_timestamp"),
        });
    }
    if let Some(event) = text(value, "event") {
        return Some(TemplateChange::Status {
            event,
            reason: reason(value),
            detail: value.clone(),
        });
    }
    (field == "message_template_components_update")
        .then(|| TemplateChange::Components { raw: value.clone() })
}

/// NONE and null both mean that there is none.
fn reason(value: &Value) -> Option<String> {
    text(value, "reason")
        .or_else(|| text(part(value, "rejection_info"), "reason"))
        .filter(|reason| !reason.eq_ignore_ascii_case("none"))
}
