use super::*;
use crate::template::Template;
use store::template::TemplateRow;

fn template(case: &Value) -> Template {
    Template::read(TemplateRow {
        name: "probe".into(),
        language: "de".into(),
        template_id: "77".into(),
        status: "APPROVED".into(),
        category: case["category"].as_str().unwrap_or("UTILITY").into(),
        format: case["format"].as_str().unwrap_or("POSITIONAL").into(),
        components: case["components"].to_string(),
        ..TemplateRow::default()
    })
}

/// Meta writes kinds in capitals and in small letters.
fn in_capitals(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(in_capitals),
        Value::Object(all) => {
            for (key, value) in all {
                match (key.as_str(), &mut *value) {
                    ("type", Value::String(kind)) => kind.make_ascii_uppercase(),
                    _ => in_capitals(value),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn every_kind_of_template_becomes_a_draft_and_the_same_template_again() {
    let cases = include_str!("../../../../../tests/golden/template_sends.json");
    let mut cases: Vec<Value> = serde_json::from_str(cases).unwrap();
    cases.push(json!({ "kind": "what is beside a flow and a link", "components": [
        { "type": "BODY", "text": "Bitte wählen Sie." },
        { "type": "BUTTONS", "buttons": [
            { "type": "FLOW", "text": "Wählen", "flow_id": "8", "flow_action": "data_exchange", "icon": "REVIEW" },
            { "type": "URL", "text": "Ansehen", "url": "https://rad.example", "app_deep_link": { "meta_app_id": 5 } } ] },
    ] }));
    cases.push(json!({ "kind": "named cards without a text beside", "category": "MARKETING", "format": "NAMED", "components": [
        { "type": "BODY", "text": "Das ist neu bei uns." },
        { "type": "CAROUSEL", "cards": [
            { "components": [
                { "type": "HEADER", "format": "VIDEO", "example": { "header_handle": ["4:aGFuZGxl"] } },
                { "type": "BODY", "text": "Für {{first_name}} im Laden.", "example": {
                    "body_text_named_params": [{ "param_name": "first_name", "example": "Mara" }] } },
                { "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "Merken" }] } ] },
            { "components": [
                { "type": "HEADER", "format": "VIDEO", "example": { "header_handle": ["4:aGFuZGxl"] } },
                { "type": "BODY", "text": "Helme in allen Farben." },
                { "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "Merken" }] } ] } ] },
    ] }));
    for case in &cases {
        let kind = &case["kind"];
        let draft = of_template(&template(case), "d".into(), 0);
        let Some(draft) = draft else {
            panic!("{kind} cannot be written");
        };
        assert_eq!(draft.edits.as_deref(), Some("77"));
        let kept = serde_json::to_string(&draft).unwrap();
        let kept: TemplateDraft = serde_json::from_str(&kept).unwrap();
        assert_eq!(kept, draft, "{kind}");
        let wire = wire(&draft, |_| Some("4:aGFuZGxl".to_owned()));
        let mut wanted = case["components"].clone();
        in_capitals(&mut wanted);
        assert_eq!(Value::Array(wire.components), wanted, "{kind}");
        let format = case["format"].as_str().unwrap_or("POSITIONAL");
        assert_eq!(wire.parameter_format.as_str(), format, "{kind}");
    }
}

#[test]
fn each_sample_file_goes_to_its_own_place() {
    let cards = ["a", "b"].map(|_| {
        json!({ "components": [
            { "type": "HEADER", "format": "IMAGE" },
            { "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "Merken" }] } ] })
    });
    let case = json!({ "components": [
        { "type": "BODY", "text": "Neu bei uns." }, { "type": "CAROUSEL", "cards": cards } ] });
    let mut draft = of_template(&template(&case), "d".into(), 0).unwrap();
    assert_eq!(files(&draft).count(), 0, "Meta takes no old one");
    for (n, card) in draft.cards.iter_mut().enumerate() {
        card.header.file = Some(DraftFile {
            id: format!("f{n}"),
            filename: "rad.png".into(),
            mime_type: "image/png".into(),
            size: 9,
        });
    }
    let places: Vec<_> = files(&draft)
        .map(|(place, file)| (place, file.id.clone()))
        .collect();
    let wanted = [("card:0:header", "f0"), ("card:1:header", "f1")];
    assert_eq!(
        places,
        wanted.map(|(place, id)| (place.to_owned(), id.to_owned()))
    );
    let wire = wire(&draft, |place| Some(format!("handle of {place}")));
    for n in 0..2 {
        let header = &wire.components[1]["cards"][n]["components"][0];
        let wanted = format!("handle of card:{n}:header");
        assert_eq!(header["example"]["header_handle"], json!([wanted]));
    }
}

#[test]
fn what_cannot_be_written_is_no_draft() {
    for components in [
        json!([{ "type": "BODY", "text": "Neu." }, { "type": "HOLOGRAM" }]),
        json!([{ "type": "BODY", "text": "Neu." }, { "type": "BUTTONS", "buttons": [{ "type": "MPM", "text": "Alles" }] }]),
        json!([{ "type": "BODY", "text": "Neu." }, { "type": "CAROUSEL", "cards": [
            { "components": [{ "type": "HEADER", "format": "PRODUCT" }] } ] }]),
    ] {
        let case = json!({ "components": components });
        assert_eq!(of_template(&template(&case), "d".into(), 0), None);
    }
}

#[test]
fn a_draft_kept_before_there_were_cards_is_read() {
    let kept = json!({ "id": "d", "name": "n", "language": "de", "category": "UTILITY", "header": null, "body": "Hallo.",
        "footer": "", "buttons": [{ "kind": "quick_reply", "text": "Ja", "value": "" }], "samples": [], "edits": null,
        "changed_at": 1 });
    let draft: TemplateDraft = serde_json::from_value(kept).unwrap();
    assert!(draft.cards.is_empty() && draft.offer.is_none());
}
