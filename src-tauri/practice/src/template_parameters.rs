//! Whether the parameters of one component fit it: texts, headers, buttons.
//!
//! Source: Meta, "Templates: components" and "Error codes".

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{graph_error::GraphError, templates::Template};

pub fn component<'a>(list: &'a [Value], kind: &str) -> Option<&'a Value> {
    let named = |c: &&Value| {
        let own = c["type"].as_str().unwrap_or_default();
        own.eq_ignore_ascii_case(kind)
    };
    list.iter().find(named)
}

/// Names or numbers of the variables in a text: `{{1}}`, `{{name}}`.
fn variables(text: &str) -> BTreeSet<String> {
    text.split("{{")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("}}")?.0.trim().to_owned()))
        .collect()
}

pub fn parameters(component: Option<&Value>) -> &[Value] {
    component
        .and_then(|c| c["parameters"].as_array())
        .map_or(&[], Vec::as_slice)
}

/// Which text is looked at, and how long it may become.
#[derive(Clone, Copy)]
pub struct Texts {
    pub part: &'static str,
    pub limit: usize,
}

pub fn check_text(
    template: &Template,
    approved: Option<&Value>,
    sent: Option<&Value>,
    Texts { part, limit }: Texts,
) -> Result<(), GraphError> {
    let text = approved
        .and_then(|c| c["text"].as_str())
        .unwrap_or_default();
    let wanted = variables(text);
    let given = parameters(sent);
    if wanted.len() != given.len() {
        return Err(GraphError::new(
            132_000,
            format!(
                "{part}: {} parameters were sent, the template has {}",
                given.len(),
                wanted.len()
            ),
        ));
    }
    let mut length = text.chars().count();
    let mut names = BTreeSet::new();
    for parameter in given {
        let filled = match parameter["type"].as_str().unwrap_or("text") {
            "text" => parameter["text"].as_str(),
            kind @ ("currency" | "date_time") => parameter[kind]["fallback_value"].as_str(),
            kind => {
                return Err(GraphError::new(
                    132_012,
                    format!("{part}: parameter of type {kind} in a text"),
                ));
            }
        }
        .filter(|text| !text.is_empty())
        .ok_or_else(|| {
            GraphError::new(
                131_008,
                format!("{part}: parameter of type text is missing text value"),
            )
        })?;
        if filled.contains(['\n', '\t']) || filled.contains("     ") {
            return Err(GraphError::new(
                132_018,
                format!("{part}: no line breaks, tabs or five spaces in a row in a parameter"),
            ));
        }
        length += filled.chars().count();
        names.extend(parameter["parameter_name"].as_str().map(str::to_owned));
    }
    if template.parameter_format == "NAMED" && names != wanted {
        return Err(GraphError::new(
            132_012,
            format!("{part}: parameter names do not match the template's"),
        ));
    }
    if length > limit {
        return Err(GraphError::new(
            132_005,
            format!("{part}: more than {limit} characters once filled in"),
        ));
    }
    Ok(())
}

pub fn check_header(
    template: &Template,
    approved: Option<&Value>,
    sent: Option<&Value>,
    texts: Texts,
) -> Result<(), GraphError> {
    match approved.and_then(|h| h["format"].as_str()) {
        None | Some("TEXT" | "text") => check_text(template, approved, sent, texts),
        Some(format) => {
            let kind = format.to_ascii_lowercase();
            let fits = match parameters(sent) {
                [one] => {
                    one["type"] == kind.as_str()
                        && (kind == "location"
                            || one[&kind]["id"].is_string()
                            || one[&kind]["link"].is_string())
                }
                _ => false,
            };
            if fits {
                Ok(())
            } else {
                Err(GraphError::new(
                    132_012,
                    format!("header: Format mismatch, expected {format}"),
                ))
            }
        }
    }
}

pub fn check_buttons(approved: Option<&Value>, sent: &[Value]) -> Result<(), GraphError> {
    let none = Vec::new();
    let approved = approved
        .and_then(|b| b["buttons"].as_array())
        .unwrap_or(&none);
    // `index` comes as a number or as a string.
    let index_of = |c: &Value| {
        c["index"]
            .as_u64()
            .or_else(|| c["index"].as_str()?.parse().ok())
            .and_then(|n| usize::try_from(n).ok())
    };
    let buttons = || {
        sent.iter().filter(|c| {
            c["type"]
                .as_str()
                .is_some_and(|t| t.eq_ignore_ascii_case("button"))
        })
    };
    for component in buttons() {
        let known = index_of(component)
            .and_then(|n| approved.get(n))
            .and_then(|b| b["type"].as_str());
        if !known.is_some_and(|kind| {
            component["sub_type"]
                .as_str()
                .is_some_and(|s| s.eq_ignore_ascii_case(kind))
        }) {
            return Err(GraphError::new(
                132_012,
                "buttons: no button of this kind at this index",
            ));
        }
    }
    for (n, button) in approved.iter().enumerate() {
        let kind = button["type"].as_str().unwrap_or_default();
        let needs_value = button["url"].as_str().is_some_and(|url| url.contains("{{"))
            || ["COPY_CODE", "FLOW", "MPM"]
                .iter()
                .any(|k| k.eq_ignore_ascii_case(kind));
        let given = buttons().find(|c| index_of(c) == Some(n));
        if needs_value && parameters(given).is_empty() {
            return Err(GraphError::new(
                131_008,
                format!("Button at index {n} of type {kind} requires a parameter"),
            ));
        }
    }
    Ok(())
}
