mod examples;
mod fill;
mod golden;
mod placeholder;
mod read;
mod rules;
mod survive;

use serde_json::{Value, json};

use super::*;

fn components(list: Value) -> Components {
    Components::read(list.as_array().expect("a list"))
}

/// A draft that breaks no rule, with other components.
fn draft(list: Value) -> Draft {
    Draft {
        name: "order_ready".into(),
        language: "en".into(),
        category: "MARKETING".into(),
        components: list.as_array().expect("a list").clone(),
        ..Draft::default()
    }
}

fn body(text: &str) -> Value {
    json!({"type": "BODY", "text": text})
}
