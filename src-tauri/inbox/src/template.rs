//! Templates as staff meets them: the slots to fill, what they may hold, and the message that comes of it.
//!
//! Source: Meta, "Templates: components". Slots are read off the components, so that a template is never
//! sent with the wrong number of values (132000).

use crate::view::{
    Body, SlotFault, SlotKind, SlotRefusal, SlotSource, SlotValue, TemplateButtonView,
    TemplateFigures, TemplateHeaderView, TemplateObstacle, TemplateParts, TemplateSlot,
    TemplateView,
};
use cloud_api::outgoing::{
    OutgoingContent, TemplateButton, TemplateHeader, TemplateSend, TemplateValue,
};
use serde_json::Value;
use store::template::TemplateRow;

/// A template with its components read.
#[derive(Debug, Clone)]
pub struct Template {
    row: TemplateRow,
    header: Option<(String, String)>,
    body: String,
    footer: Option<String>,
    /// Index among all buttons, kind, text, url.
    buttons: Vec<(u8, String, String, String)>,
    components: Vec<Value>,
}

impl Template {
    pub fn read(row: &TemplateRow) -> Self {
        let components: Vec<Value> = serde_json::from_str(&row.components).unwrap_or_default();
        let mut template = Self {
            row: row.clone(),
            header: None,
            body: String::new(),
            footer: None,
            buttons: Vec::new(),
            components: components.clone(),
        };
        let text = |v: &Value| v["text"].as_str().unwrap_or_default().to_owned();
        for component in &components {
            match component["type"]
                .as_str()
                .unwrap_or_default()
                .to_ascii_uppercase()
                .as_str()
            {
                "HEADER" => {
                    let format = component["format"]
                        .as_str()
                        .unwrap_or("TEXT")
                        .to_ascii_lowercase();
                    template.header = Some((format, text(component)));
                }
                "BODY" => template.body = text(component),
                "FOOTER" => template.footer = Some(text(component)),
                "BUTTONS" => {
                    let buttons = component["buttons"]
                        .as_array()
                        .map(Vec::as_slice)
                        .unwrap_or_default();
                    for (index, button) in (0u8..).zip(buttons) {
                        let kind = button["type"]
                            .as_str()
                            .unwrap_or_default()
                            .to_ascii_uppercase();
                        let url = button["url"].as_str().unwrap_or_default().to_owned();
                        template.buttons.push((index, kind, text(button), url));
                    }
                }
                _ => {}
            }
        }
        template
    }

    /// Headers with a file or a place, and kinds whose parts staff cannot fill in here.
    fn needs_more(&self) -> bool {
        let header = self
            .header
            .as_ref()
            .is_some_and(|(format, _)| format != "text");
        let buttons = self.buttons.iter().any(|(_, kind, ..)| {
            matches!(
                kind.as_str(),
                "COPY_CODE" | "FLOW" | "CATALOG" | "MPM" | "OTP"
            )
        });
        let known = |c: &Value| {
            matches!(
                c["type"]
                    .as_str()
                    .unwrap_or_default()
                    .to_ascii_uppercase()
                    .as_str(),
                "HEADER" | "BODY" | "FOOTER" | "BUTTONS"
            )
        };
        header || buttons || !self.components.iter().all(known) || self.body.is_empty()
    }

    pub fn view(&self, customer_name: Option<&str>) -> TemplateView {
        let slots = self.slots(customer_name);
        TemplateView {
            name: self.row.name.clone(),
            language: self.row.language.clone(),
            category: self.row.category.clone(),
            status: self.row.status.clone(),
            quality: self.row.quality.clone(),
            id: self.row.template_id.clone(),
            parts: self.parts(),
            obstacle: self.obstacle(),
            favourite: false,
            last_used_at: None,
            used_here_at: None,
            figures: TemplateFigures::default(),
            moves_to: None,
            rejection: None,
            checked_at: None,
            known_since: 0,
            slots,
        }
    }

    fn parts(&self) -> TemplateParts {
        TemplateParts {
            header: self.header.as_ref().map(|(kind, text)| TemplateHeaderView {
                kind: kind.clone(),
                text: (!text.is_empty()).then(|| text.clone()),
            }),
            body: self.body.clone(),
            footer: self.footer.clone(),
            buttons: self
                .buttons
                .iter()
                .map(|(_, kind, text, url)| TemplateButtonView {
                    kind: kind.to_ascii_lowercase(),
                    text: text.clone(),
                    url: (!url.is_empty()).then(|| url.clone()),
                    phone: None,
                })
                .collect(),
            cards: Vec::new(),
            offer: None,
            unknown: Vec::new(),
        }
    }

    fn obstacle(&self) -> Option<TemplateObstacle> {
        match self.row.status.as_str() {
            "APPROVED" if self.needs_more() => Some(TemplateObstacle::Parts { parts: Vec::new() }),
            "APPROVED" => None,
            "PENDING" | "IN_APPEAL" => Some(TemplateObstacle::InReview),
            "REJECTED" => Some(TemplateObstacle::Rejected),
            "PAUSED" => Some(TemplateObstacle::Paused { until: None }),
            "DISABLED" => Some(TemplateObstacle::Disabled),
            status => Some(TemplateObstacle::Status {
                status: status.to_owned(),
            }),
        }
    }

    fn slots(&self, customer_name: Option<&str>) -> Vec<TemplateSlot> {
        let mut slots = Vec::new();
        let mut add = |part: &str, label: String, example: Option<String>| {
            let proposed = is_a_name(&label, part)
                .then(|| customer_name.map(str::to_owned))
                .flatten();
            slots.push(TemplateSlot {
                key: format!("{part}:{label}"),
                kind: if part == "button" {
                    SlotKind::UrlSuffix
                } else {
                    SlotKind::Text
                },
                label,
                example,
                source: proposed.is_some().then_some(SlotSource::Customer),
                proposed,
                max: None,
            });
        };
        if let Some((format, text)) = &self.header
            && format == "text"
        {
            for label in placeholders(text) {
                let example = self.example("HEADER", &label);
                add("header", label, example);
            }
        }
        for label in placeholders(&self.body) {
            let example = self.example("BODY", &label);
            add("body", label, example);
        }
        for (index, kind, _, url) in &self.buttons {
            if kind == "URL" && !placeholders(url).is_empty() {
                add("button", index.to_string(), None);
            }
        }
        slots
    }

    fn example(&self, part: &str, label: &str) -> Option<String> {
        let component = self.components.iter().find(|c| {
            c["type"]
                .as_str()
                .is_some_and(|t| t.eq_ignore_ascii_case(part))
        })?;
        let example = &component["example"];
        let named = |key: &str| {
            let all = example[key].as_array()?;
            all.iter()
                .find(|p| p["param_name"] == label)
                .and_then(|p| p["example"].as_str())
        };
        let place = label.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let by_place = |list: &Value| {
            place
                .and_then(|n| list.get(n))
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        match part {
            "HEADER" => named("header_text_named_params")
                .map(str::to_owned)
                .or_else(|| by_place(&example["header_text"])),
            _ => named("body_text_named_params")
                .map(str::to_owned)
                .or_else(|| by_place(example["body_text"].get(0)?)),
        }
    }

    /// The message, or the slots that are empty or hold what Meta refuses.
    pub fn fill(
        &self,
        values: &[SlotValue],
    ) -> Result<(OutgoingContent, Body, String), Vec<SlotRefusal>> {
        let slots = self.slots(None);
        let value = |key: &str| {
            values
                .iter()
                .find(|v| v.key == key)
                .map_or("", |v| v.text.trim())
        };
        let bad: Vec<SlotRefusal> = slots
            .iter()
            .filter_map(|s| {
                let why = fault(value(&s.key))?;
                let key = s.key.clone();
                Some(SlotRefusal { key, why })
            })
            .collect();
        if !bad.is_empty() {
            return Err(bad);
        }
        let named = self.row.format.eq_ignore_ascii_case("NAMED");
        let filled = |part: &str, text: &str| {
            placeholders(text)
                .into_iter()
                .fold(text.to_owned(), |text, label| {
                    fill_in(&text, &label, value(&format!("{part}:{label}")))
                })
        };
        let header = self
            .header
            .as_ref()
            .filter(|(format, _)| format == "text")
            .map(|(_, text)| text);
        let send = TemplateSend {
            name: self.row.name.clone(),
            language: self.row.language.clone(),
            header: header
                .and_then(|text| placeholders(text).into_iter().next())
                .map(|label| TemplateHeader::Text {
                    text: value(&format!("header:{label}")).to_owned(),
                    name: named.then_some(label),
                }),
            body: placeholders(&self.body)
                .into_iter()
                .map(|label| TemplateValue {
                    text: value(&format!("body:{label}")).to_owned(),
                    name: named.then_some(label),
                })
                .collect(),
            buttons: self
                .buttons
                .iter()
                .filter(|(_, kind, _, url)| kind == "URL" && !placeholders(url).is_empty())
                .map(|(index, ..)| TemplateButton::Url {
                    index: *index,
                    text: value(&format!("button:{index}")).to_owned(),
                })
                .collect(),
            ..TemplateSend::default()
        };
        let words = filled("body", &self.body);
        let bubble = Body::Template {
            name: self.row.name.clone(),
            text: words.clone(),
            header: header.map(|text| filled("header", text)),
            footer: self.footer.clone(),
            buttons: self
                .buttons
                .iter()
                .map(|(_, _, text, _)| text.clone())
                .collect(),
            header_kind: None,
            cards: Vec::new(),
            offer: None,
        };
        Ok((OutgoingContent::Template(send), bubble, words))
    }
}

/// `{{1}}` or `{{first_name}}`, each once, in order of first appearance (positional ones by number).
fn placeholders(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let Some(end) = rest[start..].find("}}") else {
            break;
        };
        let label = rest[start + 2..start + end].trim().to_owned();
        if !label.is_empty() && !found.contains(&label) {
            found.push(label);
        }
        rest = &rest[start + end + 2..];
    }
    if found.iter().all(|label| label.parse::<u32>().is_ok()) {
        found.sort_by_key(|label| label.parse::<u32>().unwrap_or(0));
    }
    found
}

fn fill_in(text: &str, label: &str, value: &str) -> String {
    text.replace(&format!("{{{{{label}}}}}"), value)
        .replace(&format!("{{{{ {label} }}}}"), value)
}

/// Meta refuses empty values, newlines, tabs and more than four spaces in a row (132018, 132012).
fn fault(value: &str) -> Option<SlotFault> {
    if value.is_empty() {
        Some(SlotFault::Empty)
    } else if value.contains(['\n', '\r']) {
        Some(SlotFault::LineBreak)
    } else if value.contains('\t') {
        Some(SlotFault::Tab)
    } else {
        value.contains("     ").then_some(SlotFault::Spaces)
    }
}

fn is_a_name(label: &str, part: &str) -> bool {
    part != "button"
        && (matches!(label, "name" | "first_name" | "customer_name" | "customer")
            || (part == "body" && label == "1"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn template(format: &str, components: Value) -> Template {
        Template::read(&TemplateRow {
            name: "order_ready".into(),
            language: "de".into(),
            status: "APPROVED".into(),
            format: format.into(),
            components: components.to_string(),
            ..TemplateRow::default()
        })
    }

    fn values(pairs: &[(&str, &str)]) -> Vec<SlotValue> {
        pairs
            .iter()
            .map(|(key, text)| SlotValue {
                key: (*key).into(),
                text: (*text).into(),
            })
            .collect()
    }

    #[test]
    fn every_slot_of_every_part_is_asked_for() {
        let t = template(
            "POSITIONAL",
            json!([
                { "type": "HEADER", "format": "TEXT", "text": "Bestellung {{1}}", "example": { "header_text": ["4711"] } },
                { "type": "BODY", "text": "Hallo {{1}}, {{2}} ist fertig.", "example": { "body_text": [["Mara", "die Torte"]] } },
                { "type": "BUTTONS", "buttons": [
                    { "type": "QUICK_REPLY", "text": "Danke" },
                    { "type": "URL", "text": "Ansehen", "url": "https://example.org/{{1}}" } ] }
            ]),
        );
        let view = t.view(Some("Mara"));
        let keys: Vec<_> = view.slots.iter().map(|s| s.key.as_str()).collect();
        assert_eq!(keys, ["header:1", "body:1", "body:2", "button:1"]);
        assert_eq!(view.slots[1].proposed.as_deref(), Some("Mara"));
        assert_eq!(view.slots[2].example.as_deref(), Some("die Torte"));
        assert_eq!(view.obstacle, None);
    }

    #[test]
    fn a_missing_or_forbidden_value_is_named_by_its_slot() {
        let t = template(
            "NAMED",
            json!([{ "type": "BODY", "text": "Hallo {{first_name}}, bis {{time}}!" }]),
        );
        for (name, time, bad) in [
            ("", "12 Uhr", vec!["body:first_name"]),
            ("Mara", "12\nUhr", vec!["body:time"]),
            ("Ma\tra", "a     b", vec!["body:first_name", "body:time"]),
            ("Mara", "a    b", vec![]),
        ] {
            let result = t.fill(&values(&[("body:first_name", name), ("body:time", time)]));
            let found: Vec<_> = result
                .err()
                .unwrap_or_default()
                .into_iter()
                .map(|r| r.key)
                .collect();
            assert_eq!(found, bad, "{name:?} {time:?}");
        }
    }

    #[test]
    fn named_values_travel_with_their_names_and_the_bubble_reads_as_the_customer_will() {
        let t = template(
            "NAMED",
            json!([{ "type": "BODY", "text": "Hallo {{first_name}}, bis {{time}}!" }]),
        );
        let (content, _, words) = t
            .fill(&values(&[
                ("body:first_name", "Mara"),
                ("body:time", "12 Uhr"),
            ]))
            .unwrap();
        assert_eq!(words, "Hallo Mara, bis 12 Uhr!");
        let OutgoingContent::Template(send) = content else {
            panic!("a template")
        };
        assert_eq!(send.body[1].name.as_deref(), Some("time"));
    }

    #[test]
    fn a_header_that_needs_a_file_is_shown_but_not_selectable() {
        let t = template(
            "POSITIONAL",
            json!([{ "type": "HEADER", "format": "IMAGE" }, { "type": "BODY", "text": "Neu!" }]),
        );
        let view = t.view(None);
        assert!(matches!(
            view.obstacle,
            Some(TemplateObstacle::Parts { .. })
        ));
    }
}
