//! Every published example of a template's components through the whole product: listed, read, shown, filled in, sent.
//! What is shown is what Meta wrote, and what is sent asks for every value, once.

use std::{fs, path::Path};

use cloud_api::template::render;
use inbox::{
    run,
    view::{Body, SendResult, SlotKind, SlotValue, TemplateChoice, TemplateObstacle, TemplateView},
};
use practice::SeenRequest;
use serde_json::{Value, json};
use support::{
    consent::opted_in,
    counter::phone,
    shop::{LENA, NINE, STAFF, Shop},
};

use super::scenario::PNG;

/// What came of the examples.
pub struct Seen {
    pub requests: Vec<SeenRequest>,
    pub phone_number_id: String,
    pub waba_id: String,
    pub shown: usize,
    pub sent: usize,
}

/// A template as Meta's file has it: whatever carries a list of components that are no values of a send.
fn templates(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::Array(list)) = fields.get("components")
                && list
                    .iter()
                    .all(|component| component.get("parameters").is_none())
            {
                found.push(value.clone());
            }
            fields.values().for_each(|value| templates(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| templates(value, found)),
        _ => {}
    }
}

/// `None` where Meta's examples are not at hand.
pub async fn run() -> Option<Seen> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/payloads/meta-openapi");
    let mut files: Vec<_> = fs::read_dir(folder)
        .ok()?
        .filter_map(|file| Some(file.ok()?.path()))
        .collect();
    files.sort();
    let mut examples = Vec::new();
    for file in files {
        let bytes = fs::read(file).expect("a file that can be read");
        if let Ok(document) = serde_json::from_slice(&bytes) {
            templates(&document, &mut examples);
        }
    }
    let shop = Shop::open().await;
    let thread = shop
        .lena_wrote("Ist es fertig?", NINE - 48 * 3_600_000)
        .await;
    opted_in(&shop.desk, &phone(LENA));
    // A send that a busy machine did not let out in time is made again a second later.
    shop.run_clock();
    for (number, example) in examples.iter().enumerate() {
        let template = json!({
            "name": format!("example_{number}"), "language": "de",
            "category": example["category"].as_str().unwrap_or("UTILITY"), "components": example["components"],
        });
        let template = serde_json::from_value(template).expect("a template");
        shop.control.put_template(template);
    }
    run::sync_templates(&shop.desk, &shop.client)
        .await
        .expect("the list");
    let list = shop
        .desk
        .templates(Some(thread))
        .expect("the list")
        .templates;
    let mut sent = 0;
    for (number, example) in examples.iter().enumerate() {
        let name = format!("example_{number}");
        let view = list.iter().find(|t| t.name == name).expect("an example");
        shows(view, example["components"].as_array().expect("a list"));
        shop.jump_seconds(20);
        sent += usize::from(sends(&shop, thread, view).await);
    }
    Some(Seen {
        requests: shop.control.requests(),
        phone_number_id: shop.desk.account.phone_number_id.clone(),
        waba_id: shop.desk.account.waba_id.clone(),
        shown: examples.len(),
        sent,
    })
}

/// The preview has every part, in Meta's words.
fn shows(view: &TemplateView, components: &[Value]) {
    let parts = &view.parts;
    let text = |value: &Value| value["text"].as_str().map(str::to_owned);
    assert!(parts.unknown.is_empty(), "{:?}", parts.unknown);
    for component in components {
        let kind = component["type"].as_str().expect("a kind");
        match kind.to_ascii_uppercase().as_str() {
            "HEADER" => {
                let header = parts.header.as_ref().expect("a header");
                let format = component["format"].as_str().unwrap_or("TEXT");
                assert!(header.kind.eq_ignore_ascii_case(format));
                assert_eq!(header.text, text(component));
            }
            "BODY" => assert_eq!(parts.body, text(component).unwrap_or_default()),
            "FOOTER" => assert_eq!(
                parts.footer.clone().unwrap_or_default(),
                text(component).unwrap_or_default()
            ),
            "BUTTONS" => {
                let shown: Vec<_> = parts.buttons.iter().map(|b| b.text.clone()).collect();
                let given = component["buttons"].as_array().expect("buttons").iter();
                let given: Vec<_> = given.map(|b| text(b).unwrap_or_default()).collect();
                assert_eq!(shown, given);
            }
            other => panic!("an example of a kind that is new: {other}"),
        }
    }
}

/// Fills it in and sends it, where that may be.
async fn sends(shop: &Shop, thread: i64, view: &TemplateView) -> bool {
    let mut values = Vec::new();
    for slot in &view.slots {
        let attach = |kind: &str, name: &str, bytes: &[u8]| {
            let file = shop
                .desk
                .attach_for_template(thread, kind, name, "", bytes.to_vec());
            file.expect("a file that is kept").id
        };
        let text = match slot.kind {
            SlotKind::Image => attach("image", "a.png", PNG),
            SlotKind::Video => attach("video", "a.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"),
            SlotKind::Document => attach("document", "a.pdf", b"%PDF-1.7\n"),
            SlotKind::Number => "52.5".to_owned(),
            SlotKind::Moment => (NINE + 10 * 86_400_000).to_string(),
            SlotKind::Text | SlotKind::UrlSuffix | SlotKind::CouponCode => {
                slot.example.clone().unwrap_or_else(|| "x".to_owned())
            }
        };
        values.push(SlotValue {
            key: slot.key.clone(),
            text,
        });
    }
    let choice = TemplateChoice {
        name: view.name.clone(),
        language: view.language.clone(),
        values,
    };
    match &view.obstacle {
        None => {}
        Some(TemplateObstacle::Authentication | TemplateObstacle::Parts { .. }) => {
            let refused = shop.desk.send_template(thread, &choice, STAFF);
            assert!(matches!(refused, Ok(SendResult::Refused { .. })));
            return false;
        }
        other => panic!("{}: {other:?}", view.name),
    }
    let (outbox_id, accepted) = shop.template_arrives(thread, &choice).await;
    let value = |key: &str| {
        let found = choice.values.iter().find(|value| value.key == key);
        found.map(|value| value.text.clone())
    };
    let words = render(&view.parts.body, |label| value(&format!("body:{label}")));
    let rows = shop.bubbles(thread);
    let row = rows
        .iter()
        .find(|row| row.outbox_id.as_deref() == Some(&outbox_id));
    let row = row.expect("its bubble");
    assert!(matches!(&row.body, Body::Template { text, .. } if *text == words));

    // One parameter for each slot that is a text, in the slots' order, and one for each file.
    let none = Vec::new();
    let sent = accepted.body["template"]["components"].as_array();
    let parameters = |kind: &str| {
        let of_kind = sent.unwrap_or(&none).iter().filter(|c| c["type"] == kind);
        of_kind
            .flat_map(|component| component["parameters"].as_array().unwrap_or(&none))
            .filter(|parameter| parameter["type"] != "action")
            .collect::<Vec<_>>()
    };
    for (kind, prefix) in [
        ("header", "header:"),
        ("body", "body:"),
        ("button", "button:"),
    ] {
        let slots: Vec<_> = choice
            .values
            .iter()
            .filter(|value| value.key.starts_with(prefix))
            .collect();
        let sent = parameters(kind);
        assert_eq!(sent.len(), slots.len(), "{}: {kind}", view.name);
        for (parameter, slot) in sent.into_iter().zip(slots) {
            match parameter["text"].as_str() {
                Some(text) => assert_eq!(text, slot.text),
                None => {
                    let kind = parameter["type"].as_str().expect("a kind");
                    assert!(parameter[kind]["id"].is_string(), "{parameter}");
                }
            }
        }
    }
    true
}
