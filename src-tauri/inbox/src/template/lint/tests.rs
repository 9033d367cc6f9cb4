use super::*;
use crate::view::{DraftButton, DraftCard, DraftFile, DraftHeader, DraftOffer, SlotValue};

fn draft(language: &str, category: &str, body: &str) -> TemplateDraft {
    TemplateDraft {
        id: "d".into(),
        name: "probe".into(),
        language: language.into(),
        category: category.into(),
        header: None,
        body: body.into(),
        footer: String::new(),
        buttons: Vec::new(),
        cards: Vec::new(),
        offer: None,
        samples: (1..9)
            .map(|n| SlotValue {
                key: format!("body:{n}"),
                text: "x".into(),
            })
            .collect(),
        edits: None,
        changed_at: 0,
    }
}

fn rules(draft: &TemplateDraft, shop: &Shop<'_>) -> Vec<String> {
    lint(draft, shop).into_iter().map(|f| f.rule).collect()
}

#[test]
fn words_that_would_cost_the_category_are_marked_where_they_stand() {
    for (language, body, expected) in [
        (
            "de",
            "Hallo {{1}}, Ihr Sommerangebot liegt bereit.",
            vec![("promotional_words", "Sommerangebot")],
        ),
        (
            "de",
            "Ihre Torte ist fertig 🎂. Heute gibt es 20 % auf alles.",
            vec![("promotional_words", "%")],
        ),
        (
            "de",
            "Ihre Bestellung {{1}} liegt zum Abholen bereit.",
            vec![],
        ),
        (
            "de",
            "Bitte bewerten Sie unsere Arbeit bei Google.",
            vec![("review_request", "bewerten")],
        ),
        (
            "pt_BR",
            "Olá {{1}}, aproveite a nossa promoção!",
            vec![
                ("promotional_words", "aproveite"),
                ("promotional_words", "promoção"),
            ],
        ),
        ("pt_BR", "Olá {{1}}, o seu pedido está pronto.", vec![]),
        (
            "en",
            "Your order is ready. Feel free to come by today.",
            vec![],
        ),
        (
            "en",
            "Today only: a free gift for you.",
            vec![
                ("promotional_words", "Today only"),
                ("promotional_words", "free gift"),
            ],
        ),
        ("en", "Please leave a review for us.", vec![]),
    ] {
        let found: Vec<(String, String)> =
            lint(&draft(language, "UTILITY", body), &Shop::default())
                .into_iter()
                .filter(|f| matches!(f.rule.as_str(), "promotional_words" | "review_request"))
                .map(|f| {
                    let units: Vec<u16> = body.encode_utf16().collect();
                    let range = usize::try_from(f.start).unwrap()..usize::try_from(f.end).unwrap();
                    (f.rule, String::from_utf16(&units[range]).unwrap())
                })
                .collect();
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(r, w)| (r.to_owned(), w.to_owned()))
            .collect();
        assert_eq!(found, expected, "{body}");
    }
    let german = Shop {
        german: true,
        ..Shop::default()
    };
    let asks = draft("en", "UTILITY", "Please leave a review for us.");
    assert_eq!(
        rules(&asks, &german),
        ["review_request"],
        "advertising for a German shop"
    );
}

#[test]
fn advertising_says_who_it_is_from_and_how_to_stop_it() {
    let shop = Shop {
        name: Some("Bäckerei am Markt"),
        ..Shop::default()
    };
    let missing = |body: &str, footer: &str| {
        let mut draft = draft("de", "MARKETING", body);
        draft.footer = footer.into();
        rules(&draft, &shop)
    };
    assert_eq!(
        missing("Heute gibt es Kirschkuchen.", ""),
        ["opt_out_hint_missing", "business_name_missing"]
    );
    assert_eq!(
        missing(
            "Die Bäckerei am Markt hat Kirschkuchen.",
            "Mit STOPP abmelden"
        ),
        [""; 0]
    );
    assert_eq!(
        missing("Heute bei {{1}} in der Stadt.", "Abmelden: STOP"),
        ["business_name_missing"]
    );
}

#[test]
fn what_meta_refuses_is_said_with_its_place() {
    let mut bad = draft("de", "UTILITY", "{{1}} ist da. 🎂 {{3}}{{4}} noch");
    bad.name = "Probe 1".into();
    bad.header = Some(DraftHeader {
        kind: "image".into(),
        text: String::new(),
        file: Some(DraftFile {
            id: "f".into(),
            filename: "a.gif".into(),
            mime_type: "image/gif".into(),
            size: 3,
        }),
    });
    bad.buttons.push(DraftButton {
        kind: "phone_number".into(),
        text: "Anrufen".into(),
        value: "keine".into(),
        rest: String::new(),
    });
    let shop = Shop {
        fixed_category: Some("MARKETING"),
        blocked_days: Some(12),
        no_edit: Some(NoEdit::Lately(1_900_000_000_000)),
        ..Shop::default()
    };
    let found = lint(&bad, &shop);
    let has = |rule: &str, part: &str| {
        assert!(
            found.iter().any(|f| f.rule == rule
                && f.part == part
                && f.severity == FindingSeverity::Refused),
            "{rule} {part}: {found:?}"
        );
    };
    has("name_characters", "name");
    has("variable_at_start", "body");
    has("variable_gap", "body");
    has("variables_adjacent", "body");
    has("phone_invalid", "button:0:value");
    has("sample_file_kind", "header");
    has("category_fixed", "category");
    has("name_blocked", "name");
    has("edited_lately", "name");
}

#[test]
fn a_missing_sample_is_missed_and_a_file_is_one() {
    let mut without = draft(
        "de",
        "UTILITY",
        "Hallo {{1}}, Ihre Bestellung liegt bei uns zum Abholen bereit.",
    );
    without.samples.clear();
    without.header = Some(DraftHeader {
        kind: "image".into(),
        text: String::new(),
        file: None,
    });
    let missed: Vec<_> = lint(&without, &Shop::default())
        .into_iter()
        .filter(|f| f.rule == "sample_missing")
        .map(|f| f.part)
        .collect();
    assert_eq!(missed, ["header", "body"]);
}

fn named(found: Vec<TemplateFinding>) -> Vec<(String, String)> {
    found.into_iter().map(|f| (f.rule, f.part)).collect()
}

fn button(kind: &str, text: &str, value: &str) -> DraftButton {
    DraftButton {
        kind: kind.into(),
        text: text.into(),
        value: value.into(),
        rest: String::new(),
    }
}

#[test]
fn what_stands_against_a_card_is_said_at_the_card() {
    let mut draft = draft(
        "de",
        "MARKETING",
        "Das ist neu bei uns im Laden. Stopp genügt.",
    );
    let card = |body: &str, mime_type: &str, buttons: Vec<DraftButton>| DraftCard {
        header: DraftHeader {
            kind: "image".into(),
            text: String::new(),
            file: Some(DraftFile {
                id: "f".into(),
                filename: "rad".into(),
                mime_type: mime_type.into(),
                size: 3,
            }),
        },
        body: body.into(),
        buttons,
    };
    let link = |value: &str| vec![button("url", "Ansehen", value)];
    draft.cards = vec![
        card(
            "Räder für Kinder.",
            "image/png",
            link("https://rad.example"),
        ),
        card("Helme {{1}} für alle.", "video/mp4", link("rad")),
        card("", "image/png", vec![button("quick_reply", "Merken", "")]),
    ];
    draft.cards[2].header.file = None;
    let mut found = named(lint(&draft, &Shop::default()));
    found.sort();
    let wanted = [
        ("card_shape", "card:2"),
        ("sample_file_kind", "card:1:header"),
        ("sample_missing", "card:1:body"),
        ("sample_missing", "card:2:header"),
        ("url_invalid", "card:1:button:0:value"),
    ];
    assert_eq!(
        found,
        wanted.map(|(rule, part)| (rule.to_owned(), part.to_owned()))
    );
    draft.cards.truncate(1);
    assert_eq!(
        named(lint(&draft, &Shop::default())),
        [("card_count".to_owned(), "cards".to_owned())]
    );
}

#[test]
fn an_offer_and_a_flow_are_held_against_their_own_rules() {
    let mut draft = draft("de", "UTILITY", "Heute gibt es neue Räder im Laden.");
    draft.footer = "Ihr Laden".into();
    draft.offer = Some(DraftOffer {
        text: "Nur heute und morgen".into(),
        has_expiration: true,
    });
    draft.buttons = vec![
        button("flow", "Wählen", ""),
        button("request_contact_info", "", ""),
    ];
    let mut found = named(lint(&draft, &Shop::default()));
    found.sort();
    let wanted = [
        ("missing", "button:0:value"),
        ("offer_buttons", "buttons"),
        ("offer_category", "category"),
        ("offer_footer", "footer"),
        ("promotional_words", "offer"),
        ("too_long", "offer"),
    ];
    assert_eq!(
        found,
        wanted.map(|(rule, part)| (rule.to_owned(), part.to_owned()))
    );
}
