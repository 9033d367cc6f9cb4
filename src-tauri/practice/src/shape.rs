//! Whether a message body is one Meta would take: required parts, lengths, media that exist.
//!
//! Source: Meta, "Messages" pages of each type; the limits are those of the OpenAPI file and those pages.

use serde_json::Value;

use crate::{graph_error::GraphError, media, state::State};

const THIRTY_DAYS_MS: i64 = 30 * 24 * 60 * 60 * 1_000;
const CALLBACK_DATA_LIMIT: usize = 512;

fn missing(parameter: &str) -> GraphError {
    GraphError::new(131_008, format!("The parameter {parameter} is required."))
}

fn invalid(details: impl Into<String>) -> GraphError {
    GraphError::new(131_009, details)
}

fn at_most(value: &Value, name: &str, limit: usize) -> Result<(), GraphError> {
    match value.as_str() {
        Some(text) if text.chars().count() > limit => Err(GraphError::new(
            100,
            format!("{name} may have {limit} characters at most."),
        )),
        _ => Ok(()),
    }
}

fn required<'v>(value: &'v Value, name: &str) -> Result<&'v str, GraphError> {
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .ok_or_else(|| missing(name))
}

/// Everything but the template's own parameters (see `template_send`). Gives the message's type.
pub fn check(state: &State, body: &Value, now: i64) -> Result<String, GraphError> {
    if body["messaging_product"] != "whatsapp" {
        return Err(GraphError::new(
            100,
            "(#100) The parameter messaging_product is required.",
        ));
    }
    if let Some(data) = body.get("biz_opaque_callback_data") {
        at_most(data, "biz_opaque_callback_data", CALLBACK_DATA_LIMIT)?;
    }
    let kind = body["type"]
        .as_str()
        .ok_or_else(|| GraphError::new(100, "(#100) The parameter type is required."))?;
    let part = &body[kind];
    if part.is_null() {
        return Err(missing(kind));
    }
    match kind {
        "text" => {
            required(&part["body"], "text['body']")?;
            at_most(&part["body"], "text['body']", 4_096)?;
        }
        "image" | "audio" | "video" | "document" | "sticker" => {
            at_most(&part["caption"], "caption", 1_024)?;
            check_media(state, kind, part)?;
        }
        "location" => {
            for axis in ["latitude", "longitude"] {
                if part[axis].is_null() {
                    return Err(missing(&format!("location['{axis}']")));
                }
            }
        }
        "contacts" => {
            for card in part
                .as_array()
                .ok_or_else(|| invalid("contacts must be a list"))?
            {
                required(
                    &card["name"]["formatted_name"],
                    "contacts['name']['formatted_name']",
                )?;
            }
        }
        "reaction" => check_reaction(state, part, now)?,
        "interactive" => check_interactive(part)?,
        "template" => {}
        other => {
            return Err(GraphError::new(
                100,
                format!("Param type must be one of the documented types, not {other}."),
            ));
        }
    }
    Ok(kind.to_owned())
}

fn check_media(state: &State, kind: &str, part: &Value) -> Result<(), GraphError> {
    match (part["id"].as_str(), part["link"].as_str()) {
        (Some(id), _) => {
            let media = state
                .media
                .get(id)
                .ok_or_else(|| invalid(format!("{kind}['id'] is not a media id of this number")))?;
            media::fits(kind, &media.mime_type, media.bytes.len())
        }
        (None, Some(_)) => Ok(()),
        (None, None) => Err(missing(&format!("{kind}['id'] or {kind}['link']"))),
    }
}

fn check_reaction(state: &State, part: &Value, now: i64) -> Result<(), GraphError> {
    let target = required(&part["message_id"], "reaction['message_id']")?;
    if !part["emoji"].is_string() {
        return Err(missing("reaction['emoji']"));
    }
    match state.known.get(target) {
        Some(known) if known.reaction => Err(invalid("A reaction cannot be reacted to")),
        Some(known) if now - known.at > THIRTY_DAYS_MS => {
            Err(invalid("The message reacted to is older than 30 days"))
        }
        Some(_) => Ok(()),
        None => Err(invalid("The message reacted to does not exist")),
    }
}

fn check_interactive(part: &Value) -> Result<(), GraphError> {
    let kind = required(&part["type"], "interactive['type']")?;
    let body_limit = if kind == "list" { 4_096 } else { 1_024 };
    at_most(
        &part["body"]["text"],
        "interactive['body']['text']",
        body_limit,
    )?;
    at_most(&part["footer"]["text"], "interactive['footer']['text']", 60)?;
    at_most(&part["header"]["text"], "interactive['header']['text']", 60)?;
    if part["action"].is_null() {
        return Err(missing("interactive['action']"));
    }
    if kind != "button" {
        return Ok(());
    }
    required(&part["body"]["text"], "interactive['body']['text']")?;
    let none = Vec::new();
    let buttons = part["action"]["buttons"].as_array().unwrap_or(&none);
    if !(1..=3).contains(&buttons.len()) {
        return Err(invalid(
            "interactive['action']['buttons'] must hold 1 to 3 buttons",
        ));
    }
    let mut titles = std::collections::HashSet::new();
    for button in buttons {
        let title = required(&button["reply"]["title"], "button['reply']['title']")?;
        required(&button["reply"]["id"], "button['reply']['id']")?;
        at_most(&button["reply"]["title"], "button['reply']['title']", 20)?;
        at_most(&button["reply"]["id"], "button['reply']['id']", 256)?;
        if !titles.insert(title) {
            return Err(invalid("Button titles must differ"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::KnownMessage;
    use axum::body::Bytes;
    use serde_json::json;

    const NOW: i64 = 1_790_000_000_000;

    fn outcome(body: Value) -> i64 {
        let mut state = State::new(1, "t".to_owned().into());
        for (wamid, at, reaction) in [
            ("wamid.fresh", NOW, false),
            ("wamid.month_old", NOW - THIRTY_DAYS_MS - 1, false),
            ("wamid.reaction", NOW, true),
        ] {
            state.known.insert(
                wamid.into(),
                KnownMessage {
                    at,
                    reaction,
                    inbound: true,
                },
            );
        }
        state.media.insert(
            "1".into(),
            media::Media {
                mime_type: "image/png".into(),
                bytes: Bytes::from_static(b"x"),
            },
        );
        let mut whole = json!({"messaging_product": "whatsapp", "to": "+493023125101"});
        if let (Value::Object(whole), Value::Object(body)) = (&mut whole, body) {
            whole.extend(body);
        }
        check(&state, &whole, NOW).map_or_else(|e| e.code, |_| 0)
    }

    #[test]
    fn each_type_needs_its_parts_and_keeps_its_limits() {
        let buttons = |titles: &[&str]| {
            let buttons: Vec<_> = titles
                .iter()
                .enumerate()
                .map(|(n, title)| json!({"type": "reply", "reply": {"id": n.to_string(), "title": title}}))
                .collect();
            json!({"type": "interactive", "interactive": {
                "type": "button", "body": {"text": "?"}, "action": {"buttons": buttons}}})
        };
        let reaction = |id: &str| json!({"type": "reaction", "reaction": {"message_id": id, "emoji": "\u{1F44D}"}});
        for (case, body, expected) in [
            (
                "text",
                json!({"type": "text", "text": {"body": "x".repeat(4_096)}}),
                0,
            ),
            (
                "long text",
                json!({"type": "text", "text": {"body": "x".repeat(4_097)}}),
                100,
            ),
            (
                "empty text",
                json!({"type": "text", "text": {"body": ""}}),
                131_008,
            ),
            ("no text", json!({"type": "text"}), 131_008),
            ("no type", json!({"text": {"body": "x"}}), 100),
            ("odd type", json!({"type": "poem", "poem": {}}), 100),
            (
                "other product",
                json!({"messaging_product": "x", "type": "text", "text": {"body": "x"}}),
                100,
            ),
            (
                "long callback data",
                json!({"biz_opaque_callback_data": "x".repeat(513), "type": "text", "text": {"body": "x"}}),
                100,
            ),
            ("image", json!({"type": "image", "image": {"id": "1"}}), 0),
            (
                "unknown image",
                json!({"type": "image", "image": {"id": "2"}}),
                131_009,
            ),
            (
                "image without id",
                json!({"type": "image", "image": {}}),
                131_008,
            ),
            (
                "image sent as audio",
                json!({"type": "audio", "audio": {"id": "1"}}),
                131_053,
            ),
            ("reaction", reaction("wamid.fresh"), 0),
            ("reaction to nothing", reaction("wamid.none"), 131_009),
            (
                "reaction to a reaction",
                reaction("wamid.reaction"),
                131_009,
            ),
            (
                "reaction after a month",
                reaction("wamid.month_old"),
                131_009,
            ),
            ("three buttons", buttons(&["a", "b", "c"]), 0),
            ("four buttons", buttons(&["a", "b", "c", "d"]), 131_009),
            ("same buttons", buttons(&["a", "a"]), 131_009),
            ("long button", buttons(&["123456789012345678901"]), 100),
        ] {
            assert_eq!(outcome(body), expected, "{case}");
        }
    }
}
