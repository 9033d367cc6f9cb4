//! A template as Meta lists it, approved.

use inbox::fact::ListedTemplate;
use serde_json::Value;

pub fn listed(name: &str, components: Value) -> ListedTemplate {
    ListedTemplate {
        id: format!("1{name}"),
        name: name.into(),
        language: "de".into(),
        status: "APPROVED".into(),
        category: "UTILITY".into(),
        quality: "GREEN".into(),
        components,
        format: "POSITIONAL".into(),
        rejected_reason: None,
        correct_category: None,
    }
}
