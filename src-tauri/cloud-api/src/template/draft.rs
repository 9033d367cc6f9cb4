//! A template as it is handed in.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Components;

/// `POST /<WABA>/message_templates` (Meta, "Template management").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// Small letters, digits and underscores.
    pub name: String,
    /// With an underscore, e.g. `pt_BR`.
    pub language: String,
    /// MARKETING, UTILITY, AUTHENTICATION.
    pub category: String,
    #[serde(default)]
    pub parameter_format: ParameterFormat,
    /// As Meta wants them.
    pub components: Vec<Value>,
    /// `None`: Meta's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_send_ttl_seconds: Option<i64>,
}

/// How a template's variables are written. Meta's word; positional where it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ParameterFormat {
    #[default]
    Positional,
    Named,
}

impl ParameterFormat {
    pub fn of(word: &str) -> Self {
        if word.eq_ignore_ascii_case("NAMED") {
            Self::Named
        } else {
            Self::Positional
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Positional => "POSITIONAL",
            Self::Named => "NAMED",
        }
    }
}

impl Draft {
    pub fn read(&self) -> Components {
        Components::read(&self.components)
    }

    /// The body of the request.
    pub fn to_json(&self) -> Value {
        let mut body = json!({
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "parameter_format": self.parameter_format.as_str(),
            "components": self.components,
        });
        if let Some(ttl) = self.message_send_ttl_seconds {
            body["message_send_ttl_seconds"] = ttl.into();
        }
        body
    }
}
