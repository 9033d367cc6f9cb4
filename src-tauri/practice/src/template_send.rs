//! Whether a template message fits its template: the 132xxx errors.
//!
//! Source: Meta, "Templates: components" and "Error codes".

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{graph_error::GraphError, templates::Template};

const BODY_LIMIT: usize = 1_024;
const CARD_LIMIT: usize = 160;

/// The template a send names, where it may be sent and the parameters fit.
pub fn check<'t>(templates: &'t [Template], template: &Value) -> Result<&'t Template, GraphError> {
    let name = template["name"]
        .as_str()
        .ok_or_else(|| GraphError::new(131_008, "The parameter template['name'] is required."))?;
    let language = template["language"]["code"].as_str().ok_or_else(|| {
        GraphError::new(131_008, "The parameter template['language'] is required.")
    })?;
    let found = templates
        .iter()
        .find(|t| t.name == name && t.language == language)
        .ok_or_else(|| no_such(name, language))?;
    match found.status.as_str() {
        "APPROVED" => {}
        "PAUSED" => {
            return Err(GraphError::new(
                132_015,
                format!("Template {name} is paused due to low quality."),
            ));
        }
        "DISABLED" => {
            return Err(GraphError::new(
                132_016,
                format!("Template {name} is disabled."),
            ));
        }
        _ => return Err(no_such(name, language)),
    }
    check_parts(
        &found.components,
        &template["components"],
        found,
        BODY_LIMIT,
    )?;
    check_offer(found, &template["components"])?;
    check_cards(found, &template["components"])?;
    Ok(found)
}

/// Header, body and buttons of a template, or of one of its cards.
fn check_parts(
    approved: &[Value],
    sent: &Value,
    template: &Template,
    body_limit: usize,
) -> Result<(), GraphError> {
    let sent = sent.as_array().map_or(&[][..], Vec::as_slice);
    let body = Texts {
        part: "body",
        limit: body_limit,
    };
    let header = Texts {
        part: "header",
        limit: usize::MAX,
    };
    check_text(
        template,
        component(approved, "body"),
        component(sent, "body"),
        body,
    )?;
    check_header(
        template,
        component(approved, "header"),
        component(sent, "header"),
        header,
    )?;
    check_buttons(component(approved, "buttons"), sent)
}

fn component<'a>(list: &'a [Value], kind: &str) -> Option<&'a Value> {
    let named = |c: &&Value| {
        let own = c["type"].as_str().unwrap_or_default();
        own.eq_ignore_ascii_case(kind)
    };
    list.iter().find(named)
}

/// Meta, "Limited-time offer templates": milliseconds.
fn check_offer(template: &Template, sent: &Value) -> Result<(), GraphError> {
    let offer = component(&template.components, "limited_time_offer");
    if !offer.is_some_and(|offer| offer["limited_time_offer"]["has_expiration"] == true) {
        return Ok(());
    }
    let sent = sent.as_array().map_or(&[][..], Vec::as_slice);
    let given = component(sent, "limited_time_offer");
    let ends = parameters(given)
        .first()
        .and_then(|one| one["limited_time_offer"]["expiration_time_ms"].as_i64());
    match ends {
        Some(ms) if ms > 1_000_000_000_000 => Ok(()),
        _ => Err(GraphError::new(
            132_012,
            "limited_time_offer: expiration_time_ms is missing or not in milliseconds",
        )),
    }
}

/// Meta, "Media card carousel templates": as many cards as were approved.
fn check_cards(template: &Template, sent: &Value) -> Result<(), GraphError> {
    let none = Vec::new();
    let approved = component(&template.components, "carousel")
        .and_then(|c| c["cards"].as_array())
        .unwrap_or(&none);
    let sent = sent.as_array().map_or(&[][..], Vec::as_slice);
    let cards = component(sent, "carousel")
        .and_then(|c| c["cards"].as_array())
        .unwrap_or(&none);
    if approved.len() != cards.len() {
        let (given, wanted) = (cards.len(), approved.len());
        return Err(GraphError::new(
            132_012,
            format!("carousel: {given} cards were sent, the template has {wanted}"),
        ));
    }
    for (index, card) in approved.iter().enumerate() {
        let given = cards.iter().find(|c| c["card_index"] == index);
        let given = given.ok_or_else(|| {
            GraphError::new(132_012, format!("carousel: there is no card {index}"))
        })?;
        let parts = card["components"].as_array().unwrap_or(&none);
        check_parts(parts, &given["components"], template, CARD_LIMIT)?;
    }
    Ok(())
}

fn no_such(name: &str, language: &str) -> GraphError {
    GraphError::new(
        132_001,
        format!("There is no approved template {name} in {language}."),
    )
}

/// Names or numbers of the variables in a text: `{{1}}`, `{{name}}`.
pub fn variables(text: &str) -> BTreeSet<String> {
    text.split("{{")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("}}")?.0.trim().to_owned()))
        .collect()
}

fn parameters(component: Option<&Value>) -> &[Value] {
    component
        .and_then(|c| c["parameters"].as_array())
        .map_or(&[], Vec::as_slice)
}

/// Which text is looked at, and how long it may become.
#[derive(Clone, Copy)]
struct Texts {
    part: &'static str,
    limit: usize,
}

fn check_text(
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

fn check_header(
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

fn check_buttons(approved: Option<&Value>, sent: &[Value]) -> Result<(), GraphError> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::built_in;
    use serde_json::json;

    fn outcome(template: Value) -> i64 {
        let mut templates = built_in();
        for (n, status) in [(0, "PAUSED"), (1, "DISABLED"), (2, "REJECTED")] {
            let mut changed = templates[0].clone();
            changed.name = format!("changed_{n}");
            changed.status = status.into();
            templates.push(changed);
        }
        templates.push(
            serde_json::from_value(json!({
                "name": "with_picture", "language": "en", "category": "UTILITY",
                "components": [
                    {"type": "HEADER", "format": "IMAGE"},
                    {"type": "BODY", "text": "Hi {{1}}, here it is."},
                    {"type": "BUTTONS", "buttons": [
                        {"type": "QUICK_REPLY", "text": "Thanks"},
                        {"type": "URL", "text": "Track", "url": "https://shop.example/{{1}}"},
                    ]},
                ],
            }))
            .unwrap(),
        );
        templates.push(
            serde_json::from_value(json!({
                "name": "named", "language": "en", "category": "UTILITY", "parameter_format": "NAMED",
                "components": [{"type": "BODY", "text": "Hi {{first}}, see you at {{time}}."}],
            }))
            .unwrap(),
        );
        check(&templates, &template).map_or_else(|e| e.code, |_| 0)
    }

    fn picture(header: Value, body: Value, buttons: &[Value]) -> Value {
        let mut components = vec![
            json!({"type": "header", "parameters": header}),
            json!({"type": "body", "parameters": body}),
        ];
        components.extend_from_slice(buttons);
        json!({"name": "with_picture", "language": {"code": "en"}, "components": components})
    }

    #[test]
    fn templates_that_are_missing_or_not_approved_are_refused() {
        for (name, language, expected) in [
            ("no_such_template", "en", 132_001),
            ("with_picture", "fr", 132_001),
            ("changed_0", "de", 132_015),
            ("changed_1", "de", 132_016),
            ("changed_2", "de", 132_001),
        ] {
            assert_eq!(
                outcome(json!({"name": name, "language": {"code": language}})),
                expected,
                "{name}"
            );
        }
        assert_eq!(
            outcome(json!({"name": "named"})),
            131_008,
            "language missing"
        );
    }

    #[test]
    fn parameters_must_fit_in_number_kind_and_text() {
        let image = json!([{"type": "image", "image": {"id": "1"}}]);
        let link = json!({"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "7"}]});
        let hi = json!([{"type": "text", "text": "Robin"}]);
        let cases = [
            (
                "all there",
                picture(image.clone(), hi.clone(), std::slice::from_ref(&link)),
                0,
            ),
            (
                "none",
                picture(image.clone(), json!([]), std::slice::from_ref(&link)),
                132_000,
            ),
            (
                "too many",
                picture(
                    image.clone(),
                    json!([hi[0], hi[0]]),
                    std::slice::from_ref(&link),
                ),
                132_000,
            ),
            (
                "empty",
                picture(
                    image.clone(),
                    json!([{"type": "text", "text": ""}]),
                    std::slice::from_ref(&link),
                ),
                131_008,
            ),
            (
                "line break",
                picture(
                    image.clone(),
                    json!([{"type": "text", "text": "a\nb"}]),
                    std::slice::from_ref(&link),
                ),
                132_018,
            ),
            (
                "too long",
                picture(
                    image.clone(),
                    json!([{"type": "text", "text": "x".repeat(1_024)}]),
                    std::slice::from_ref(&link),
                ),
                132_005,
            ),
            (
                "no image",
                picture(json!([]), hi.clone(), std::slice::from_ref(&link)),
                132_012,
            ),
            (
                "text for an image",
                picture(hi.clone(), hi.clone(), std::slice::from_ref(&link)),
                132_012,
            ),
            ("no link", picture(image.clone(), hi.clone(), &[]), 131_008),
            (
                "wrong button",
                picture(
                    image,
                    hi,
                    &[json!({"type": "button", "sub_type": "url", "index": 0})],
                ),
                132_012,
            ),
        ];
        for (case, template, expected) in cases {
            assert_eq!(outcome(template), expected, "{case}");
        }
    }

    #[test]
    fn named_parameters_come_in_any_order_but_with_their_names() {
        let named = |parameters: Value| json!({"name": "named", "language": {"code": "en"}, "components": [{"type": "body", "parameters": parameters}]});
        let time = json!({"type": "text", "parameter_name": "time", "text": "9"});
        let first = json!({"type": "text", "parameter_name": "first", "text": "Robin"});
        assert_eq!(outcome(named(json!([time, first]))), 0);
        assert_eq!(
            outcome(named(json!([time, {"type": "text", "text": "Robin"}]))),
            132_012
        );
        assert_eq!(outcome(named(json!([time]))), 132_000);
    }
}
