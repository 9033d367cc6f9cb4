//! What the platform says to a template: by the same rules that the product checks before it hands one in.
//!
//! Meta refuses some mistakes at once and finds others in the review; which is which follows Meta, "Error codes"
//! (template creation) and "Template review" (common reasons for a rejection).

use cloud_api::template::{Components, Draft, Finding, Other, ParameterFormat, Rule, check};
use serde_json::Value;

use crate::{graph_error::GraphError, templates::Template};

/// Words that a utility template does not get through with. A trainee's hint, not Meta's classifier.
const PROMOTIONAL: &[&str] = &[
    "discount",
    "% off",
    "special offer",
    "promo code",
    "coupon",
    "rabatt",
    "sonderangebot",
    "gutschein",
    "schnäppchen",
    "desconto",
    "promoção",
    "cupom",
    "oferta especial",
];

/// Why a review ended badly: Meta's word, and its explanation where the word is INVALID_FORMAT.
#[derive(Debug, PartialEq, Eq)]
pub struct Rejection {
    pub reason: &'static str,
    pub info: Option<(&'static str, &'static str)>,
}

fn findings(template: &Template, others: &[Template]) -> Vec<Finding> {
    let draft = Draft {
        name: template.name.clone(),
        language: template.language.clone(),
        category: template.category.clone(),
        parameter_format: ParameterFormat::of(&template.parameter_format),
        components: template.components.clone(),
        message_send_ttl_seconds: template.message_send_ttl_seconds,
    };
    let others: Vec<Other> = others
        .iter()
        .filter(|other| other.id != template.id)
        .map(|other| {
            // A rejected one keeps its name, but may be said again elsewhere.
            let words = match other.status.as_str() {
                "REJECTED" => &[],
                _ => other.components.as_slice(),
            };
            Other::new(&other.name, &other.language, &Components::read(words))
        })
        .collect();
    check(&draft, &others)
}

/// What Meta says at once.
pub fn refusal(template: &Template, others: &[Template]) -> Option<GraphError> {
    findings(template, others).iter().find_map(|finding| {
        let (subcode, details) = at_once(finding)?;
        Some(GraphError {
            subcode,
            ..GraphError::new(100, format!("{}: {details}", finding.part))
        })
    })
}

fn at_once(finding: &Finding) -> Option<(Option<i64>, &'static str)> {
    let part = finding.part.rsplit(':').next().unwrap_or_default();
    let (subcode, details) = match finding.rule {
        Rule::NameTaken => (2_388_024, "There is content in this language already"),
        Rule::SampleMissing => (2_388_043, "An expected field is missing: example"),
        Rule::TooLong => (2_388_040, "The text is too long"),
        Rule::VariableAtStart | Rule::VariableAtEnd => (
            2_388_299,
            "Variables cannot be at the start or end of the template",
        ),
        Rule::TooManyVariables => (
            2_388_293,
            "There are too many variables for the length of the text",
        ),
        Rule::Missing | Rule::Empty | Rule::VariableNotAllowed | Rule::LineBreak
            if part == "footer" =>
        {
            (2_388_073, "The format of the footer is wrong")
        }
        Rule::Missing | Rule::Empty if part == "body" => {
            (2_388_072, "The format of the body is wrong")
        }
        Rule::Empty | Rule::LineBreak | Rule::HeaderVariables | Rule::HeaderKind
            if part == "header" =>
        {
            (2_388_047, "The format of the header is wrong")
        }
        Rule::Missing
        | Rule::NameCharacters
        | Rule::CategoryUnknown
        | Rule::Empty
        | Rule::PartTwice
        | Rule::VariableNotAllowed
        | Rule::LineBreak
        | Rule::HeaderVariables
        | Rule::HeaderKind
        | Rule::TooManyButtons
        | Rule::ButtonsNotGrouped
        | Rule::UrlInvalid
        | Rule::UrlVariable
        | Rule::PhoneInvalid
        | Rule::CardCount
        | Rule::CardShape
        | Rule::CardHeaderMissing
        | Rule::CardButtons
        | Rule::OfferCategory
        | Rule::OfferFooter
        | Rule::OfferButtons => return Some((None, "Invalid parameter")),
        _ => return None,
    };
    Some((Some(subcode), details))
}

/// What the review finds.
pub fn review(template: &Template, others: &[Template]) -> Option<Rejection> {
    let format = findings(template, others)
        .iter()
        .find_map(|finding| explained(finding.rule));
    if let Some(info) = format {
        return Some(Rejection {
            reason: "INVALID_FORMAT",
            info: Some(info),
        });
    }
    (template.category == "UTILITY" && promises_something(&template.components)).then_some(
        Rejection {
            reason: "INCORRECT_CATEGORY",
            info: None,
        },
    )
}

fn explained(rule: Rule) -> Option<(&'static str, &'static str)> {
    Some(match rule {
        Rule::Braces => (
            "A variable's curly braces are missing or do not match.",
            "Write each variable with two braces on either side.",
        ),
        Rule::VariableName | Rule::VariableMixed => (
            "A variable's name does not fit the template's parameter format.",
            "Use either numbers in order or names of small letters and underscores.",
        ),
        Rule::VariableForbiddenCharacter => (
            "A variable contains a special character such as #, $ or %.",
            "Move the character out of the variable.",
        ),
        Rule::VariableGap => (
            "The variables are not numbered in order.",
            "Number them {{1}}, {{2}}, {{3}} without a gap.",
        ),
        Rule::VariablesAdjacent => (
            "Two variables stand next to each other.",
            "Put words between them.",
        ),
        Rule::Duplicate => (
            "Another template has the same body and footer.",
            "Use the other template, or change the wording.",
        ),
        _ => return None,
    })
}

fn promises_something(components: &[Value]) -> bool {
    components
        .iter()
        .filter_map(|component| component["text"].as_str())
        .map(str::to_lowercase)
        .any(|text| PROMOTIONAL.iter().any(|word| text.contains(word)))
}

/// Kinds in capitals, as Meta lists them however they were handed in.
pub fn normalise(components: &mut [Value]) {
    let raise = |value: &mut Value| {
        if let Some(word) = value.as_str().map(str::to_ascii_uppercase) {
            *value = word.into();
        }
    };
    for component in components {
        for key in ["type", "format"] {
            if let Some(value) = component.get_mut(key) {
                raise(value);
            }
        }
        if let Some(buttons) = component.get_mut("buttons").and_then(Value::as_array_mut) {
            for kind in buttons.iter_mut().filter_map(|b| b.get_mut("type")) {
                raise(kind);
            }
        }
        if let Some(cards) = component.get_mut("cards").and_then(Value::as_array_mut) {
            for card in cards {
                if let Some(inner) = card.get_mut("components").and_then(Value::as_array_mut) {
                    normalise(inner);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn template(category: &str, body: &str) -> Template {
        serde_json::from_value(json!({
            "id": "1", "name": "fine", "language": "en", "category": category,
            "components": [{"type": "BODY", "text": body, "example": {"body_text": [["x", "y", "z"]]}}],
        }))
        .unwrap()
    }

    #[test]
    fn what_breaks_a_rule_is_refused_at_once_or_rejected_in_the_review() {
        for (body, at_once, later) in [
            ("Hello {{1}}, your bike is ready.", 0, None),
            ("", 2_388_072, None),
            ("Your code is {{1}}", 2_388_299, None),
            ("Hi {{1}}, {{2}}, {{3}} ok.", 2_388_293, None),
            (
                "Hello {{1}}, your bike {{3}} is ready for you now.",
                0,
                Some("INVALID_FORMAT"),
            ),
            (
                "Hello {{1}} {{2}}, your bike is ready for you.",
                0,
                Some("INVALID_FORMAT"),
            ),
            ("Hello, your bike is ready {1}.", 0, Some("INVALID_FORMAT")),
            (
                "Hello, your discount is ready.",
                0,
                Some("INCORRECT_CATEGORY"),
            ),
        ] {
            let template = template("UTILITY", body);
            let subcode = refusal(&template, &[]).and_then(|e| e.subcode);
            assert_eq!(subcode.unwrap_or_default(), at_once, "{body}");
            if at_once == 0 {
                let reason = review(&template, &[]).map(|r| r.reason);
                assert_eq!(reason, later, "{body}");
            }
        }
        assert_eq!(
            review(&template("MARKETING", "Your discount is ready."), &[]),
            None
        );
    }

    #[test]
    fn kinds_are_listed_in_capitals() {
        let mut list = vec![json!({"type": "carousel", "cards": [{"components": [
            {"type": "header", "format": "image"},
            {"type": "buttons", "buttons": [{"type": "quick_reply", "text": "yes"}]},
        ]}]})];
        normalise(&mut list);
        assert_eq!(
            list,
            [json!({"type": "CAROUSEL", "cards": [{"components": [
                {"type": "HEADER", "format": "IMAGE"},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "yes"}]},
            ]}]})]
        );
    }
}
