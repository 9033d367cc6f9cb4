//! Variables in a text: `{{1}}` in positional templates, `{{first_name}}` in named ones.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::read;

/// One `{{…}}` in a text, by bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable<'a> {
    /// Between the braces, without the spaces around it; may be empty.
    pub label: &'a str,
    /// Of the first brace.
    pub start: usize,
    /// After the last brace.
    pub end: usize,
}

impl Variable<'_> {
    pub fn is_positional(&self) -> bool {
        position(self.label).is_some()
    }
}

/// Every `{{…}}` in order, repeated ones too. One that is never closed is none.
pub fn variables(text: &str) -> Vec<Variable<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        let Some(end) = text[start + 2..].find("}}").map(|at| start + 2 + at) else {
            break;
        };
        found.push(Variable {
            label: text[start + 2..end].trim(),
            start,
            end: end + 2,
        });
        from = end + 2;
    }
    found
}

/// The labels of a text, each once, in order of first appearance; where all of them are numbers, by number.
pub fn placeholders(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for variable in variables(text) {
        if !variable.label.is_empty() && !found.iter().any(|known| known == variable.label) {
            found.push(variable.label.to_owned());
        }
    }
    if found.iter().all(|label| position(label).is_some()) {
        found.sort_by_key(|label| position(label));
    }
    found
}

/// The text with its variables filled in; one without a value stays as it stands.
pub fn render<V: AsRef<str>>(text: &str, value: impl Fn(&str) -> Option<V>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for variable in variables(text) {
        out.push_str(&text[from..variable.start]);
        match value(variable.label) {
            Some(value) => out.push_str(value.as_ref()),
            None => out.push_str(&text[variable.start..variable.end]),
        }
        from = variable.end;
    }
    out.push_str(&text[from..]);
    out
}

/// `1` for the first one; `None` for a name.
pub(super) fn position(label: &str) -> Option<u32> {
    label
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| label.parse().ok())
        .flatten()
}

/// A sample value that Meta's reviewers see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    pub label: String,
    pub text: String,
}

/// A text of a template and its samples (Meta, "Template components": `example`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    pub text: String,
    pub examples: Vec<Example>,
}

impl Text {
    pub fn placeholders(&self) -> Vec<String> {
        placeholders(&self.text)
    }

    pub fn example(&self, label: &str) -> Option<&str> {
        let found = self
            .examples
            .iter()
            .find(|example| example.label == label)?;
        Some(&found.text)
    }

    /// `part` is `header` or `body`: `header_text` is a list, `body_text` a list of lists, and either may be
    /// a single string; named ones stand in `…_named_params`.
    pub(super) fn read(component: &Value, part: &str) -> Self {
        let example = read::part(component, "example");
        let named = read::list(example, &format!("{part}_text_named_params"))
            .iter()
            .filter_map(|pair| {
                let label = read::text(pair, "param_name")?;
                Some(Example {
                    // Meta's page prints the name with its braces.
                    label: label.trim_matches(['{', '}', ' ']).to_owned(),
                    text: read::text_or_empty(pair, "example"),
                })
            });
        let list = read::part(example, &format!("{part}_text"));
        let list = match list {
            Value::Array(items) => match items.first() {
                Some(Value::Array(inner)) => inner.as_slice(),
                _ => items.as_slice(),
            },
            Value::String(_) => std::slice::from_ref(list),
            _ => &[],
        };
        let positional = (1_usize..).zip(list).filter_map(|(n, value)| {
            Some(Example {
                label: n.to_string(),
                text: read::as_text(value)?,
            })
        });
        Self {
            text: read::text_or_empty(component, "text"),
            examples: named.chain(positional).collect(),
        }
    }
}
