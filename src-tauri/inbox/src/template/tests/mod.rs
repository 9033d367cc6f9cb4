mod proposal;
mod standing;
mod values;

use super::*;
use crate::view::SlotValue;
use serde_json::{Value, json};

fn template(format: &str, components: Value) -> Template {
    Template::read(TemplateRow {
        name: "order_ready".into(),
        language: "de".into(),
        status: "APPROVED".into(),
        category: "UTILITY".into(),
        format: format.into(),
        components: components.to_string(),
        ..TemplateRow::default()
    })
}

fn rich() -> Template {
    template(
        "POSITIONAL",
        json!([
            { "type": "HEADER", "format": "IMAGE" },
            { "type": "BODY", "text": "Hallo {{1}}, {{2}} ist fertig.", "example": { "body_text": [["Mara", "die Torte"]] } },
            { "type": "FOOTER", "text": "Bäckerei am Markt" },
            { "type": "BUTTONS", "buttons": [
                { "type": "QUICK_REPLY", "text": "Danke" },
                { "type": "URL", "text": "Ansehen", "url": "https://example.org/{{1}}", "example": ["https://example.org/4711"] } ] }
        ]),
    )
}

fn values(pairs: &[(&str, &str)]) -> Vec<SlotValue> {
    let pairs = pairs.iter().map(|(key, text)| SlotValue {
        key: (*key).into(),
        text: (*text).into(),
    });
    pairs.collect()
}

fn picture(id: &str) -> Option<GivenFile> {
    (id == "p1" || id == "d1").then(|| GivenFile {
        kind: if id == "p1" { "image" } else { "document" }.into(),
        filename: "rechnung.pdf".into(),
    })
}
