//! Drafts that break no rule but the one they are made for.

use super::super::*;

pub fn sampled(text: &str, samples: &[&str]) -> Value {
    json!({"type": "BODY", "text": text, "example": {"body_text": [samples]}})
}

pub fn texts(text: &str, samples: &[&str]) -> Draft {
    draft(json!([sampled(text, samples)]))
}

pub fn named(text: &str, names: &[&str]) -> Draft {
    let samples: Vec<_> = names
        .iter()
        .map(|name| json!({"param_name": name, "example": "x"}))
        .collect();
    let list =
        json!([{"type": "BODY", "text": text, "example": {"body_text_named_params": samples}}]);
    Draft {
        parameter_format: ParameterFormat::Named,
        ..draft(list)
    }
}

pub fn with(part: Value) -> Draft {
    draft(json!([body("Your order is ready."), part]))
}

pub fn header(text: &str) -> Draft {
    with(
        json!({"type": "HEADER", "format": "TEXT", "text": text, "example": {"header_text": ["x"]}}),
    )
}

pub fn footer(text: &str) -> Draft {
    with(json!({"type": "FOOTER", "text": text}))
}

pub fn buttons(list: Value) -> Draft {
    with(json!({"type": "BUTTONS", "buttons": list}))
}

pub fn reply(text: &str) -> Value {
    json!({"type": "QUICK_REPLY", "text": text})
}

pub fn link(text: &str, url: &str) -> Value {
    json!({"type": "URL", "text": text, "url": url, "example": ["https://a.example/77"]})
}

pub fn call(number: &str) -> Value {
    json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": number})
}

pub fn code(example: &str) -> Value {
    json!({"type": "COPY_CODE", "example": example})
}

pub fn card(format: &str, list: Value) -> Value {
    json!({"components": [
        {"type": "HEADER", "format": format, "example": {"header_handle": ["4:h"]}},
        {"type": "BUTTONS", "buttons": list},
    ]})
}

pub fn carousel(cards: Value) -> Draft {
    with(json!({"type": "CAROUSEL", "cards": cards}))
}

pub fn cards(count: usize) -> Draft {
    carousel(vec![card("IMAGE", json!([reply("Yes")])); count].into())
}

/// Two cards, and `part` beside them.
pub fn cards_beside(part: Value) -> Draft {
    let cards = vec![card("IMAGE", json!([reply("Yes")])); 2];
    draft(json!([body("New in the shop this week."), part, {"type": "CAROUSEL", "cards": cards}]))
}

pub fn offer(more: Value) -> Draft {
    let mut list = vec![
        body("Everything costs less today."),
        json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Today", "has_expiration": true}}),
    ];
    list.extend(more.as_array().expect("a list").clone());
    draft(list.into())
}

pub fn offer_buttons() -> Value {
    json!({"type": "BUTTONS", "buttons": [code("C5"), link("Open", "https://a.example/")]})
}

pub fn change(to: impl FnOnce(&mut Draft)) -> Draft {
    let mut draft = texts("Your order is ready.", &[]);
    to(&mut draft);
    draft
}
