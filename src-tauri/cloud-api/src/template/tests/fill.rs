//! What a value may not be, said before Meta says it.

use super::*;

fn problems(list: Value, values: &Values) -> Vec<(String, Why)> {
    let components = components(list);
    let send = Sending {
        name: "order_ready",
        language: "en",
        format: ParameterFormat::Positional,
        components: &components,
    };
    send.problems(values)
        .into_iter()
        .map(|problem| (problem.key, problem.why))
        .collect()
}

#[test]
fn a_value_is_held_against_its_slot() {
    let text = || json!([body("Hello {{1}}, it is done.")]);
    let place = || json!([body("Here."), {"type": "HEADER", "format": "LOCATION"}]);
    let link = || json!([body("Here."), {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Open", "url": "https://a.example/{{1}}"}]}]);
    let code = || json!([body("Here."), {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "example": "C"}]}]);
    let file = || json!([body("Here."), {"type": "HEADER", "format": "IMAGE"}]);
    let somewhere = || {
        Values::new()
            .text("header:latitude", "52.5")
            .text("header:longitude", "13.4")
            .text("header:place", "Shop")
            .text("header:address", "1 River Street")
    };
    let cases = [
        (
            text(),
            Values::new().text("body:1", "  "),
            "body:1",
            Some(Why::Missing),
        ),
        (
            text(),
            Values::new().text("body:1", "a\nb"),
            "body:1",
            Some(Why::LineBreak),
        ),
        (
            text(),
            Values::new().text("body:1", "a\tb"),
            "body:1",
            Some(Why::LineBreak),
        ),
        (
            text(),
            Values::new().text("body:1", "a     b"),
            "body:1",
            Some(Why::Spaces),
        ),
        (text(), Values::new().text("body:1", "a    b"), "", None),
        (
            text(),
            Values::new().text("body:1", "\n Robin \n"),
            "",
            None,
        ),
        (
            text(),
            Values::new().media("body:1", "8", None),
            "body:1",
            Some(Why::NotAText),
        ),
        (
            text(),
            Values::new().text("body:1", "x".repeat(1_024)),
            "body:1",
            Some(Why::TooLong {
                length: 1_024,
                max: 1_024 - "Hello , it is done.".len(),
            }),
        ),
        (
            place(),
            somewhere().text("header:latitude", "91"),
            "header:latitude",
            Some(Why::NotANumber),
        ),
        (
            place(),
            somewhere().text("header:longitude", "-180,5"),
            "header:longitude",
            Some(Why::NotANumber),
        ),
        (
            place(),
            somewhere().text("header:longitude", "NaN"),
            "header:longitude",
            Some(Why::NotANumber),
        ),
        (
            place(),
            somewhere().text("header:longitude", "-180"),
            "",
            None,
        ),
        (
            link(),
            Values::new().text("button:0", "a b"),
            "button:0",
            Some(Why::SpaceInAddress),
        ),
        (link(), Values::new().text("button:0", "a?b=ä"), "", None),
        (
            code(),
            Values::new().text("button:0", "x".repeat(21)),
            "button:0",
            Some(Why::TooLong {
                length: 21,
                max: 20,
            }),
        ),
        (
            file(),
            Values::new().text("header:media", "a.png"),
            "header:media",
            Some(Why::NotAFile),
        ),
        (
            file(),
            Values::new().media("header:media", "", None),
            "header:media",
            Some(Why::Missing),
        ),
        (
            file(),
            Values::new().media("header:media", "8", None),
            "",
            None,
        ),
    ];
    for (list, values, key, why) in cases {
        let expected: Vec<_> = why.into_iter().map(|why| (key.to_owned(), why)).collect();
        assert_eq!(problems(list, &values), expected, "{values:?}");
    }
}

#[test]
fn values_that_fit_alone_may_be_too_long_together() {
    let list = json!([body("{{1}} and {{2}}")]);
    let long = "x".repeat(600);
    let values = Values::new().text("body:1", &long).text("body:2", &long);
    let why = Why::TooLong {
        length: 1_205,
        max: 1_024,
    };
    assert_eq!(problems(list, &values), [("body".to_owned(), why)]);
}

#[test]
fn a_template_of_an_unknown_kind_is_never_sent() {
    let list = json!([body("Hi"), {"type": "hologram"}]);
    let why = Why::NotSendable(Obstacle::Component("HOLOGRAM".into()));
    assert_eq!(problems(list, &Values::new()), [(String::new(), why)]);
}

#[test]
fn values_do_not_show_in_debug_output() {
    let values =
        Values::new()
            .text("body:1", "Lena Sommer")
            .media("header:media", "8", Some("Lena.pdf"));
    let shown = format!("{values:?}");
    assert!(!shown.contains("Lena"), "{shown}");
}
