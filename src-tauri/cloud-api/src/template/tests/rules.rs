//! Each rule with a draft that breaks it and one beside it that does not.

use std::collections::BTreeSet;

use super::*;
use Rule::*;

/// `(rule, part, marked text)`, or `("", …)` for a part without text.
type Broken = (Rule, &'static str, &'static str);

struct Row {
    bad: Draft,
    broken: Broken,
    good: Draft,
}

fn row(bad: Draft, broken: Broken, good: Draft) -> Row {
    Row { bad, broken, good }
}

fn sampled(text: &str, samples: &[&str]) -> Value {
    json!({"type": "BODY", "text": text, "example": {"body_text": [samples]}})
}

fn texts(text: &str, samples: &[&str]) -> Draft {
    draft(json!([sampled(text, samples)]))
}

fn named(text: &str, names: &[&str]) -> Draft {
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

fn with(part: Value) -> Draft {
    draft(json!([body("Your order is ready."), part]))
}

fn header(text: &str) -> Draft {
    with(
        json!({"type": "HEADER", "format": "TEXT", "text": text, "example": {"header_text": ["x"]}}),
    )
}

fn footer(text: &str) -> Draft {
    with(json!({"type": "FOOTER", "text": text}))
}

fn buttons(list: Value) -> Draft {
    with(json!({"type": "BUTTONS", "buttons": list}))
}

fn reply(text: &str) -> Value {
    json!({"type": "QUICK_REPLY", "text": text})
}

fn link(text: &str, url: &str) -> Value {
    json!({"type": "URL", "text": text, "url": url, "example": ["https://a.example/77"]})
}

fn call(number: &str) -> Value {
    json!({"type": "PHONE_NUMBER", "text": "Call", "phone_number": number})
}

fn code(example: &str) -> Value {
    json!({"type": "COPY_CODE", "example": example})
}

fn card(format: &str, list: Value) -> Value {
    json!({"components": [
        {"type": "HEADER", "format": format, "example": {"header_handle": ["4:h"]}},
        {"type": "BUTTONS", "buttons": list},
    ]})
}

fn carousel(cards: Value) -> Draft {
    with(json!({"type": "CAROUSEL", "cards": cards}))
}

fn cards(count: usize) -> Draft {
    carousel(vec![card("IMAGE", json!([reply("Yes")])); count].into())
}

fn offer(more: Value) -> Draft {
    let mut list = vec![
        body("Everything costs less today."),
        json!({"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Today", "has_expiration": true}}),
    ];
    list.extend(more.as_array().expect("a list").clone());
    draft(list.into())
}

fn offer_buttons() -> Value {
    json!({"type": "BUTTONS", "buttons": [code("C5"), link("Open", "https://a.example/")]})
}

fn change(to: impl FnOnce(&mut Draft)) -> Draft {
    let mut draft = texts("Your order is ready.", &[]);
    to(&mut draft);
    draft
}

fn rows() -> Vec<Row> {
    let fine = || texts("Your order is ready.", &[]);
    let long = |count| "x".repeat(count);
    vec![
        row(change(|d| d.name.clear()), (Missing, "name", ""), fine()),
        row(
            change(|d| d.language.clear()),
            (Missing, "language", ""),
            fine(),
        ),
        row(
            change(|d| d.category.clear()),
            (Missing, "category", ""),
            fine(),
        ),
        row(draft(json!([])), (Missing, "body", ""), fine()),
        row(
            change(|d| d.name = "order Ready".into()),
            (NameCharacters, "name", " "),
            change(|d| d.name = "order_2".into()),
        ),
        row(
            change(|d| d.name = "größe".into()),
            (NameCharacters, "name", "ö"),
            change(|d| d.name = "groesse".into()),
        ),
        row(
            change(|d| d.category = "NEWS".into()),
            (CategoryUnknown, "category", "NEWS"),
            change(|d| d.category = "UTILITY".into()),
        ),
        row(
            change(|d| d.name = long(513)),
            (TooLong, "name", "x"),
            change(|d| d.name = long(512)),
        ),
        row(
            texts(&long(1_025), &[]),
            (TooLong, "body", "x"),
            texts(&long(1_024), &[]),
        ),
        row(
            header(&long(61)),
            (TooLong, "header", "x"),
            header(&long(60)),
        ),
        row(
            footer(&long(61)),
            (TooLong, "footer", "x"),
            footer(&long(60)),
        ),
        row(
            buttons(json!([reply(&long(26))])),
            (TooLong, "button:0", "x"),
            buttons(json!([reply(&long(25))])),
        ),
        row(
            buttons(json!([link(
                "Open",
                &format!("https://a.example/{}", long(1_983))
            )])),
            (TooLong, "button:0:url", "x"),
            buttons(json!([link(
                "Open",
                &format!("https://a.example/{}", long(1_982))
            )])),
        ),
        row(
            buttons(json!([call("123456789012345678901")])),
            (TooLong, "button:0:phone_number", "1"),
            buttons(json!([call("12345678901234567890")])),
        ),
        row(
            buttons(json!([code(&long(21))])),
            (TooLong, "button:0:code", "x"),
            buttons(json!([code(&long(20))])),
        ),
        row(
            draft(
                json!([body(&long(601)), {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Today"}}, offer_buttons()]),
            ),
            (TooLong, "body", "x"),
            draft(
                json!([body(&long(600)), {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Today"}}, offer_buttons()]),
            ),
        ),
        row(texts("  ", &[]), (Empty, "body", ""), fine()),
        row(footer(""), (Empty, "footer", ""), footer("Bye")),
        row(
            buttons(json!([reply("")])),
            (Empty, "button:0", ""),
            buttons(json!([code("C5")])),
        ),
        row(with(body("Twice.")), (PartTwice, "body", ""), fine()),
        row(
            with(json!({"type": "HOLOGRAM"})),
            (UnknownPart, "hologram", ""),
            fine(),
        ),
        row(
            buttons(json!([{"type": "WINK"}])),
            (UnknownPart, "button:0", ""),
            buttons(json!([{"type": "VOICE_CALL", "text": "Call"}])),
        ),
        row(
            texts("Hello {{1, it is ready.", &["x"]),
            (Braces, "body", "{{"),
            texts("Hello {{1}}, it is ready.", &["x"]),
        ),
        row(
            texts("Hello 1}}, it is ready.", &["x"]),
            (Braces, "body", "}}"),
            fine(),
        ),
        row(
            texts("Hello {1}, it is ready.", &["x"]),
            (Braces, "body", "{"),
            fine(),
        ),
        row(
            texts("Hello {{first name}}, it is ready.", &["x"]),
            (VariableName, "body", "{{first name}}"),
            named("Hello {{first_name}}, it is ready.", &["first_name"]),
        ),
        row(
            texts("Hello {{0}}, it is ready.", &["x"]),
            (VariableName, "body", "{{0}}"),
            texts("Hello {{1}}, it is ready.", &["x"]),
        ),
        row(
            named("Hello {{Name}}, it is ready.", &["Name"]),
            (VariableName, "body", "{{Name}}"),
            named("Hello {{name}}, it is ready.", &["name"]),
        ),
        row(
            texts("Hello {{$1}}, it is ready.", &["x"]),
            (VariableForbiddenCharacter, "body", "{{$1}}"),
            texts("It costs ${{1}} in all for you.", &["x"]),
        ),
        row(
            texts("Hello {{name}}, it is ready.", &["x"]),
            (VariableMixed, "body", "{{name}}"),
            named("Hello {{name}}, it is ready.", &["name"]),
        ),
        row(
            named("Hello {{1}}, it is ready.", &["1"]),
            (VariableMixed, "body", "{{1}}"),
            texts("Hello {{1}}, it is ready.", &["x"]),
        ),
        row(
            texts(
                "Hello {{1}}, it is ready and costs {{3}} today.",
                &["x", "y", "z"],
            ),
            (VariableGap, "body", "{{3}}"),
            texts(
                "It costs {{2}} and is ready for you, {{1}}, today.",
                &["x", "y"],
            ),
        ),
        row(
            texts(" {{1}}, it is ready now.", &["x"]),
            (VariableAtStart, "body", "{{1}}"),
            texts("🧁 {{1}}, it is ready now.", &["x"]),
        ),
        row(
            texts("It is ready now, {{1}}\n", &["x"]),
            (VariableAtEnd, "body", "{{1}}"),
            texts("It is ready now, {{1}}.", &["x"]),
        ),
        row(
            texts("Hello {{1}} {{2}}, it is ready for you.", &["x", "y"]),
            (VariablesAdjacent, "body", "{{1}} {{2}}"),
            texts("Hello {{1}}, {{2}} is ready for you.", &["x", "y"]),
        ),
        row(
            texts("Hi {{1}}, {{2}} is ready.", &["x", "y"]),
            (TooManyVariables, "body", "Hi {{1}}, {{2}} is ready."),
            texts("Hi {{1}}, {{2}} is ready for you.", &["x", "y"]),
        ),
        row(
            texts("漢{{1}}字", &["x"]),
            (TooManyVariables, "body", "漢{{1}}字"),
            texts("漢字{{1}}字", &["x"]),
        ),
        row(
            header("{{1}} and {{2}}"),
            (HeaderVariables, "header", ""),
            header("{{1}} and more"),
        ),
        row(
            footer("Bye {{1}}"),
            (VariableNotAllowed, "footer", "{{1}}"),
            footer("Bye"),
        ),
        row(
            buttons(json!([reply("Yes {{1}}")])),
            (VariableNotAllowed, "button:0", "{{1}}"),
            buttons(json!([reply("Yes")])),
        ),
        row(
            texts("Größe {{1}} 🧁 ist bald wieder da, {{2}}!", &["x"]),
            (SampleMissing, "body", "{{2}}"),
            texts("Größe {{1}} 🧁 ist bald wieder da, {{2}}!", &["x", "y"]),
        ),
        row(
            with(json!({"type": "HEADER", "format": "IMAGE"})),
            (SampleMissing, "header", ""),
            with(json!({"type": "HEADER", "format": "LOCATION"})),
        ),
        row(
            buttons(json!([{"type": "URL", "text": "Open", "url": "https://a.example/{{1}}"}])),
            (SampleMissing, "button:0:url", "{{1}}"),
            buttons(json!([link("Open", "https://a.example/{{1}}")])),
        ),
        row(
            buttons(json!([{"type": "COPY_CODE"}])),
            (SampleMissing, "button:0:code", ""),
            buttons(json!([code("C5")])),
        ),
        row(
            with(json!({"type": "HEADER", "format": "GIF"})),
            (HeaderKind, "header", ""),
            header("Hello"),
        ),
        row(
            header("One\ntwo"),
            (LineBreak, "header", "\n"),
            texts("One\ntwo", &[]),
        ),
        row(
            footer("One\ntwo"),
            (LineBreak, "footer", "\n"),
            footer("One two"),
        ),
        row(
            header("*Now*"),
            (Formatting, "header", "*"),
            header("{{1}} now"),
        ),
        row(
            buttons(
                (0..11)
                    .map(|n| reply(&n.to_string()))
                    .collect::<Vec<_>>()
                    .into(),
            ),
            (TooManyButtons, "buttons", ""),
            buttons(
                (0..10)
                    .map(|n| reply(&n.to_string()))
                    .collect::<Vec<_>>()
                    .into(),
            ),
        ),
        row(
            buttons(json!([
                link("A", "https://a.example"),
                link("B", "https://a.example"),
                link("C", "https://a.example")
            ])),
            (TooManyButtons, "button:2", ""),
            buttons(json!([
                link("A", "https://a.example"),
                link("B", "https://a.example")
            ])),
        ),
        row(
            buttons(json!([code("A"), code("B")])),
            (TooManyButtons, "button:1", ""),
            buttons(json!([code("A")])),
        ),
        row(
            buttons(json!([reply("A"), call("+1555"), reply("B")])),
            (ButtonsNotGrouped, "buttons", ""),
            buttons(json!([call("+1555"), reply("A"), reply("B")])),
        ),
        row(
            buttons(json!([reply("A"), reply("A")])),
            (ButtonTwice, "button:1", "A"),
            buttons(json!([reply("A"), reply("B")])),
        ),
        row(
            buttons(json!([link("A", "a.example")])),
            (UrlInvalid, "button:0:url", "a.example"),
            buttons(json!([link("A", "HTTPS://a.example")])),
        ),
        row(
            buttons(json!([link("A", "https://a.example/{{1}}/b")])),
            (UrlVariable, "button:0:url", "{{1}}"),
            buttons(json!([link("A", "https://a.example/b/{{1}}")])),
        ),
        row(
            buttons(json!([link("A", "https://wa.me/1555")])),
            (UrlToWhatsapp, "button:0:url", "https://wa.me/1555"),
            buttons(json!([link("A", "https://wa.me.example/1555")])),
        ),
        row(
            buttons(json!([call("call us")])),
            (PhoneInvalid, "button:0:phone_number", "call us"),
            buttons(json!([call("+1 (555) 010-01")])),
        ),
        row(cards(1), (CardCount, "cards", ""), cards(2)),
        row(cards(11), (CardCount, "cards", ""), cards(10)),
        row(
            carousel(json!([
                card("IMAGE", json!([reply("Yes")])),
                card("VIDEO", json!([reply("Yes")]))
            ])),
            (CardShape, "card:1", ""),
            cards(3),
        ),
        row(
            carousel(json!([
                card("IMAGE", json!([reply("Yes")])),
                card("IMAGE", json!([link("A", "https://a.example")]))
            ])),
            (CardShape, "card:1", ""),
            cards(3),
        ),
        row(
            carousel(
                vec![json!({"components": [{"type": "BUTTONS", "buttons": [reply("Yes")]}]}); 2]
                    .into(),
            ),
            (CardHeaderMissing, "card:0:header", ""),
            cards(2),
        ),
        row(
            carousel(vec![card("IMAGE", json!([])); 2].into()),
            (CardButtons, "card:0:buttons", ""),
            cards(2),
        ),
        row(
            Draft {
                category: "UTILITY".into(),
                ..offer(json!([offer_buttons()]))
            },
            (OfferCategory, "category", ""),
            offer(json!([offer_buttons()])),
        ),
        row(
            offer(json!([offer_buttons(), {"type": "FOOTER", "text": "Bye"}])),
            (OfferFooter, "footer", "Bye"),
            offer(json!([offer_buttons()])),
        ),
        row(
            offer(
                json!([{"type": "BUTTONS", "buttons": [link("Open", "https://a.example"), code("C5")]}]),
            ),
            (OfferButtons, "buttons", ""),
            offer(json!([offer_buttons()])),
        ),
    ]
}

/// The text of a part, to see what was marked.
fn text_of(draft: &Draft, part: &str) -> String {
    let components = draft.read();
    let button = |rest: &str| {
        let (index, what) = rest.split_once(':').unwrap_or((rest, ""));
        let index: usize = index.parse().expect("an index");
        let button = &components.buttons()[index];
        match (&button.kind, what) {
            (ButtonKind::Url { url, .. }, "url") => url.clone(),
            (ButtonKind::PhoneNumber { number }, "phone_number") => number.clone(),
            (ButtonKind::CopyCode { example }, "code") => example.clone().unwrap_or_default(),
            _ => button.text.clone(),
        }
    };
    match part {
        "name" => draft.name.clone(),
        "category" => draft.category.clone(),
        "body" => components
            .body()
            .map(|b| b.text.clone())
            .unwrap_or_default(),
        "footer" => components.footer().unwrap_or_default().to_owned(),
        "header" => match components.header() {
            Some(Header::Text(text)) => text.text.clone(),
            _ => String::new(),
        },
        other => other
            .strip_prefix("button:")
            .map(button)
            .unwrap_or_default(),
    }
}

fn marked(draft: &Draft, finding: &Finding) -> String {
    let units: Vec<u16> = text_of(draft, &finding.part).encode_utf16().collect();
    String::from_utf16(&units[finding.start..finding.end]).expect("whole characters")
}

#[test]
fn each_rule_is_broken_by_one_draft_and_kept_by_its_neighbour() {
    for (at, Row { bad, broken, good }) in rows().into_iter().enumerate() {
        let (rule, part, words) = broken;
        let found = check(&bad, &[]);
        let hit = found.iter().find(|f| f.rule == rule && f.part == part);
        let hit = hit.unwrap_or_else(|| panic!("row {at}: {rule:?} in {part}, but {found:?}"));
        assert_eq!(marked(&bad, hit), words, "row {at}: {rule:?}");
        assert_eq!(check(&good, &[]), [], "row {at}: {rule:?}");
    }
}

#[test]
fn the_account_s_other_templates_are_looked_at() {
    let mine = texts("Your order is ready.", &[]);
    let other = |name: &str, language: &str, body: &str, footer: &str| Other {
        name: name.into(),
        language: language.into(),
        body: body.into(),
        footer: footer.into(),
    };
    for (other, expected) in [
        (other("order_ready", "en", "Another.", ""), vec![NameTaken]),
        (other("order_ready", "de", "Another.", ""), vec![]),
        (
            other("pick_up", "en", " Your order is ready.\n", ""),
            vec![Duplicate],
        ),
        (
            other("pick_up", "en", "Your order is ready.", "Bye"),
            vec![],
        ),
        (other("pick_up", "en", "Your order is ready!", ""), vec![]),
    ] {
        let found = check(&mine, std::slice::from_ref(&other));
        let rules: Vec<_> = found.into_iter().map(|f| f.rule).collect();
        assert_eq!(rules, expected, "{other:?}");
    }
}

#[test]
fn the_parts_of_a_card_are_named_after_it() {
    let bad = json!([reply("Yes"), link("A", "https://a.example/{{1}}/b")]);
    let found = check(&carousel(vec![card("IMAGE", bad); 2].into()), &[]);
    let parts: BTreeSet<_> = found.iter().map(|f| (f.rule, f.part.as_str())).collect();
    let expected = [
        (UrlVariable, "card:0:button:1:url"),
        (UrlVariable, "card:1:button:1:url"),
    ];
    assert_eq!(parts, expected.into());
}

#[test]
fn no_rule_is_without_a_row() {
    let seen: BTreeSet<_> = rows().iter().map(|row| row.broken.0).collect();
    let all: BTreeSet<_> = ALL.iter().copied().collect();
    let elsewhere = BTreeSet::from([NameTaken, Duplicate]);
    let left: Vec<_> = all
        .difference(&seen)
        .filter(|r| !elsewhere.contains(r))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

const ALL: &[Rule] = &[
    Missing,
    NameCharacters,
    NameTaken,
    CategoryUnknown,
    TooLong,
    Empty,
    PartTwice,
    UnknownPart,
    Braces,
    VariableName,
    VariableForbiddenCharacter,
    VariableMixed,
    VariableGap,
    VariableAtStart,
    VariableAtEnd,
    VariablesAdjacent,
    TooManyVariables,
    HeaderVariables,
    VariableNotAllowed,
    SampleMissing,
    HeaderKind,
    LineBreak,
    Formatting,
    TooManyButtons,
    ButtonsNotGrouped,
    ButtonTwice,
    UrlInvalid,
    UrlVariable,
    UrlToWhatsapp,
    PhoneInvalid,
    CardCount,
    CardShape,
    CardHeaderMissing,
    CardButtons,
    OfferCategory,
    OfferFooter,
    OfferButtons,
    Duplicate,
];
