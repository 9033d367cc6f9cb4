//! Whether a template message fits its template: the 132xxx errors.
//!
//! Source: Meta, "Templates: components" and "Error codes".

use serde_json::Value;

use crate::{
    graph_error::GraphError,
    template_parameters::{Texts, check_buttons, check_header, check_text, component, parameters},
    templates::Template,
};

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
