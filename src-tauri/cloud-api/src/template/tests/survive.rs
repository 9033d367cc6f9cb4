//! Whatever the text and whatever the JSON: no panic, and nothing dropped.

use proptest::prelude::*;

use super::*;

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{{".to_owned()),
        Just("}}".to_owned()),
        Just("{{1}}".to_owned()),
        Just("{{name}}".to_owned()),
        Just("{".to_owned()),
        Just("🧁".to_owned()),
        Just("e\u{301}".to_owned()),
        Just("漢字".to_owned()),
        Just("\n".to_owned()),
        Just("https://a.example/".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn any_json() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just("HEADER"),
        Just("BODY"),
        Just("FOOTER"),
        Just("BUTTONS"),
        Just("CAROUSEL"),
        Just("LIMITED_TIME_OFFER"),
        Just("TEXT"),
        Just("IMAGE"),
        Just("LOCATION"),
        Just("URL"),
        Just("COPY_CODE"),
        Just("QUICK_REPLY"),
        Just("PHONE_NUMBER"),
        Just("FLOW"),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        word.prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        let key = prop_oneof![
            Just("type"),
            Just("format"),
            Just("text"),
            Just("example"),
            Just("buttons"),
            Just("cards"),
            Just("components"),
            Just("url"),
            Just("phone_number"),
            Just("limited_time_offer"),
            Just("has_expiration"),
            Just("body_text"),
            Just("header_text"),
            Just("header_handle"),
            Just("body_text_named_params"),
        ]
        .prop_map(str::to_owned);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::hash_map(key, inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn everything(text: &str) -> Value {
    let buttons = json!({"type": "BUTTONS", "buttons": [
        {"type": "QUICK_REPLY", "text": text},
        {"type": "URL", "text": text, "url": text, "example": [text]},
        {"type": "PHONE_NUMBER", "text": text, "phone_number": text},
        {"type": "COPY_CODE", "example": text},
    ]});
    json!([
        {"type": "HEADER", "format": "TEXT", "text": text, "example": {"header_text": [text]}},
        {"type": "BODY", "text": text, "example": {"body_text": [[text, text]]}},
        {"type": "FOOTER", "text": text},
        {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": text, "has_expiration": true}},
        buttons.clone(),
        {"type": "CAROUSEL", "cards": [{"components": [body(text), buttons]}]},
    ])
}

proptest! {
    #[test]
    fn any_text_in_any_part_is_judged_within_its_bounds(text in any_text(), named in any::<bool>()) {
        let mut draft = draft(everything(&text));
        draft.name.clone_from(&text);
        draft.category.clone_from(&text);
        if named {
            draft.parameter_format = ParameterFormat::Named;
        }
        let others = [Other::new("order_ready", "en", &draft.read())];
        let units = text.encode_utf16().count();
        for finding in check(&draft, &others) {
            prop_assert!(finding.start <= finding.end && finding.end <= units, "{finding:?}");
        }
    }

    #[test]
    fn any_json_is_read_kept_judged_and_filled_in(list in proptest::collection::vec(any_json(), 0..6), value in any_text()) {
        let read = Components::read(&list);
        prop_assert_eq!(read.to_json(), list.clone());
        let _ = check(&draft(list.into()), &[]);
        let values: Values = read.slots().into_iter().map(|slot| (slot.key, Given::Text(value.clone()))).collect();
        let send = Sending { name: "a", language: "en", format: ParameterFormat::Named, components: &read };
        let _ = send.fill(&values);
    }

    #[test]
    fn rendering_without_values_changes_nothing(text in any_text()) {
        prop_assert_eq!(render(&text, |_| None::<&str>), text);
    }
}
