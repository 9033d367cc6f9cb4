//! One send for each kind of template, by the golden cases, and everything that is done to a template.

use std::{fs, path::Path};

use cloud_api::{
    client::TemplateEdit,
    outgoing::OutgoingContent,
    template::{Components, Draft, Given, ParameterFormat, Sending, Values},
};
use serde_json::{Value, json};
use support::counter::phone;

use super::scenario::{Calls, PNG};

const APP: &str = "120000000000000001";

pub async fn run(calls: &Calls) {
    kinds(calls).await;
    management(calls).await;
}

async fn kinds(calls: &Calls) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/template_sends.json");
    let cases: Vec<Value> =
        serde_json::from_slice(&fs::read(path).expect("the golden cases")).expect("JSON");
    let mut files = json!({});
    for (name, bytes, mime_type) in [
        ("IMAGE", PNG, "image/png"),
        ("VIDEO", b"\0\0\0\x18ftypmp42".as_slice(), "video/mp4"),
        ("DOCUMENT", b"%PDF-1.7".as_slice(), "application/pdf"),
    ] {
        let id = calls
            .client
            .upload_media(bytes.to_vec(), mime_type, name, |_, _| {})
            .await;
        files[name] = id.expect("an upload that is taken").into();
    }
    let mona = phone("493023125111");
    for (number, case) in cases.iter().enumerate() {
        let name = format!("golden_{number}");
        let template = json!({
            "name": name, "language": "de", "category": "UTILITY",
            "parameter_format": case["format"], "components": case["components"],
        });
        calls
            .control
            .put_template(serde_json::from_value(template).expect("a template"));
        let given = case["values"]
            .as_object()
            .expect("values")
            .iter()
            .map(|(key, value)| {
                let given = match value {
                    Value::String(text) => Given::Text(text.clone()),
                    file => Given::Media {
                        id: files[file["id"].as_str().expect("an id")]
                            .as_str()
                            .expect("uploaded")
                            .to_owned(),
                        filename: file["filename"].as_str().map(str::to_owned),
                    },
                };
                (key.clone(), given)
            });
        let values: Values = given.collect();
        let components = Components::read(case["components"].as_array().expect("components"));
        let send = Sending {
            name: &name,
            language: "de",
            format: ParameterFormat::of(case["format"].as_str().unwrap_or_default()),
            components: &components,
        };
        let filled = send.fill(&values).expect("a whole message");
        calls
            .accepted(&mona, OutgoingContent::Template(filled), None)
            .await;
    }
}

async fn management(calls: &Calls) {
    let client = &calls.client;
    let handle = client
        .upload_sample(APP, PNG.to_vec(), "image/png", "laden.png", |_, _| {})
        .await
        .expect("a sample that is taken");
    let draft = Draft {
        name: "neuer_laden".into(),
        language: "de".into(),
        category: "MARKETING".into(),
        components: vec![
            json!({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [handle]}}),
            json!({"type": "BODY", "text": "Guten Tag {{1}}, unser neuer Laden ist offen.",
                "example": {"body_text": [["Frau Sommer"]]}}),
            json!({"type": "FOOTER", "text": "Bäckerei Winkel"}),
            json!({"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Danke"}]}),
        ],
        ..Draft::default()
    };
    client
        .create_template(&draft)
        .await
        .expect("a template that is taken");
    let twice = client.create_template(&draft).await;
    assert!(twice.is_err(), "its name is taken");

    // A built-in one, whose id is known beforehand.
    let list = client.templates().await.expect("the list");
    let known = list
        .iter()
        .find(|t| t.name == "order_ready" && t.language == "de");
    let known = known.expect("a built-in template").clone();
    client.template(&known.id).await.expect("the template");
    let edit = TemplateEdit {
        components: Some(vec![
            json!({"type": "BODY", "text": "Ihre Bestellung liegt zum Abholen bereit."}),
        ]),
        ..TemplateEdit::default()
    };
    client
        .edit_template(&known.id, &edit)
        .await
        .expect("an edit that is taken");
    assert!(
        client.edit_template(&known.id, &edit).await.is_err(),
        "while it is looked at"
    );
    client.unpause_template(&known.id).await.expect("an answer");
    client
        .delete_template_language(&known.name, &known.id)
        .await
        .expect("deleted");
    client
        .delete_template("neuer_laden")
        .await
        .expect("deleted");
    assert!(
        client.delete_template("neuer_laden").await.is_err(),
        "there is none any more"
    );
}
