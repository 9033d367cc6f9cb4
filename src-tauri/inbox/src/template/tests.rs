use super::*;
use crate::view::{
    Body, OpenSpan, OpeningHours, SlotFault, SlotSource, SlotValue, TemplateDrift, TemplateFigures,
    TemplateObstacle, TemplateView,
};
use cloud_api::outgoing::{OutgoingContent, TemplateHeader};
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

fn faults(t: &Template, pairs: &[(&str, &str)]) -> Vec<(String, SlotFault)> {
    let refused = t.fill(&values(pairs), 0, picture).err().unwrap_or_default();
    refused.into_iter().map(|r| (r.key, r.why)).collect()
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

#[test]
fn every_slot_of_every_part_is_asked_for_with_what_is_known() {
    let known = Known {
        customer: Some("Mara Vogel"),
        ..Known::default()
    };
    let slots = rich().slots(&known);
    let told: Vec<_> = slots
        .iter()
        .map(|s| (s.key.as_str(), s.kind.clone(), s.proposed.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("body:1", SlotKind::Text, Some("Mara")),
            ("body:2", SlotKind::Text, None),
            ("header:media", SlotKind::Image, None),
            ("button:1", SlotKind::UrlSuffix, None),
        ]
    );
    assert_eq!(slots[1].example.as_deref(), Some("die Torte"));
    assert_eq!(slots[3].example.as_deref(), Some("4711"));
}

#[test]
fn a_value_is_proposed_only_where_the_slot_asks_for_it() {
    let hours = OpeningHours {
        days: (1..=5)
            .map(|day| OpenSpan {
                day,
                from: 540,
                to: 1080,
            })
            .chain([OpenSpan {
                day: 6,
                from: 540,
                to: 780,
            }])
            .collect(),
    };
    let hours = hours_text(&hours, "de");
    assert_eq!(hours.as_deref(), Some("Mo–Fr 9:00–18:00, Sa 9:00–13:00"));
    let known = Known {
        customer: Some("Mara Vogel"),
        shop: Some("Bäckerei am Markt"),
        hours: hours.as_deref(),
        last: Vec::new(),
    };
    for (format, body, example, expected) in [
        (
            "POSITIONAL",
            "Hallo {{1}}!",
            "Mara",
            Some(("Mara", SlotSource::Customer)),
        ),
        (
            "POSITIONAL",
            "Guten Tag {{1}}!",
            "Frau Sommer",
            Some(("Mara Vogel", SlotSource::Customer)),
        ),
        (
            "POSITIONAL",
            "Olá, {{1}}!",
            "Marina",
            Some(("Mara", SlotSource::Customer)),
        ),
        (
            "POSITIONAL",
            "Diese Woche gibt es {{1}} Prozent.",
            "20",
            None,
        ),
        ("POSITIONAL", "Ihre Bestellung {{1}} ist da.", "4711", None),
        ("POSITIONAL", "Ahoi! Im Chi {{1}}", "x", None),
        (
            "NAMED",
            "Liebe Grüße von {{business_name}}!",
            "x",
            Some(("Bäckerei am Markt", SlotSource::Shop)),
        ),
        (
            "NAMED",
            "Hallo {{first_name}}!",
            "x",
            Some(("Mara", SlotSource::Customer)),
        ),
        (
            "NAMED",
            "Hallo {{customer_name}}!",
            "x",
            Some(("Mara Vogel", SlotSource::Customer)),
        ),
        (
            "NAMED",
            "Wir sind da: {{opening_hours}}.",
            "x",
            hours.as_deref().map(|h| (h, SlotSource::Shop)),
        ),
        ("NAMED", "Bis {{time}}!", "x", None),
    ] {
        let example = if format == "NAMED" {
            json!({})
        } else {
            json!({ "body_text": [[example]] })
        };
        let t = template(
            format,
            json!([{ "type": "BODY", "text": body, "example": example }]),
        );
        let slot = t.slots(&known).remove(0);
        assert_eq!(
            slot.proposed.as_deref().zip(slot.source),
            expected,
            "{body}"
        );
    }
}

#[test]
fn what_stood_there_last_time_is_proposed_only_where_it_stayed_the_same() {
    let t = rich();
    let sent = |order: &str, picture: &str| {
        [
            ("body:1", "Ben"),
            ("body:2", order),
            ("header:media", picture),
            ("button:1", "karte"),
        ]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
    };
    for (last, expected) in [
        (vec![], [None, None, None, None]),
        (vec![sent("A1", "file:p1")], [None, None, Some("p1"), None]),
        (
            vec![sent("A1", "file:p1"), sent("A2", "file:p0")],
            [None, None, Some("p1"), Some("karte")],
        ),
        (
            vec![sent("Brot", "file:p1"), sent("Brot", "file:p1")],
            [None, Some("Brot"), Some("p1"), Some("karte")],
        ),
    ] {
        let known = Known {
            last,
            ..Known::default()
        };
        let slots = t.slots(&known);
        let proposed: Vec<_> = slots.iter().map(|s| s.proposed.as_deref()).collect();
        assert_eq!(proposed, expected);
    }
}

#[test]
fn a_missing_or_forbidden_value_is_named_by_its_slot_and_why() {
    let t = rich();
    let fine = [
        ("body:1", "Mara"),
        ("body:2", "das Brot"),
        ("header:media", "p1"),
        ("button:1", "4711"),
    ];
    assert_eq!(faults(&t, &fine), []);
    for (key, value, why) in [
        ("body:1", "", SlotFault::Empty),
        ("body:1", "Ma\nra", SlotFault::LineBreak),
        ("body:1", "Ma\tra", SlotFault::Tab),
        ("body:2", "a     b", SlotFault::Spaces),
        ("button:1", "a b", SlotFault::SpaceInAddress),
        ("header:media", "gone", SlotFault::FileGone),
        (
            "header:media",
            "d1",
            SlotFault::FileKind {
                kind: "document".into(),
            },
        ),
    ] {
        let mut pairs = fine;
        for pair in &mut pairs {
            if pair.0 == key {
                pair.1 = value;
            }
        }
        assert_eq!(faults(&t, &pairs), [(key.to_owned(), why)], "{value:?}");
    }
    let long = "x".repeat(1_010);
    let mut pairs = fine;
    pairs[1].1 = &long;
    assert!(
        matches!(faults(&t, &pairs).as_slice(), [(key, SlotFault::TooLong { limit: 1_004, .. })] if key.starts_with("body")),
        "{:?}",
        faults(&t, &pairs)
    );
}

#[test]
fn an_offer_ends_in_the_future() {
    let t = template(
        "POSITIONAL",
        json!([
            { "type": "LIMITED_TIME_OFFER", "limited_time_offer": { "text": "Nur heute", "has_expiration": true } },
            { "type": "BODY", "text": "Kuchen zum halben Preis." }
        ]),
    );
    let at = |now, value: &str| {
        t.fill(&values(&[("offer:expires", value)]), now, picture)
            .err()
    };
    assert_eq!(at(5, "10"), None);
    for value in ["4", "morgen"] {
        let refused = at(5, value).unwrap();
        assert_eq!(refused[0].why, SlotFault::NotAMoment, "{value}");
    }
}

#[test]
fn the_bubble_reads_as_the_customer_will_and_the_file_is_named_until_it_is_up() {
    let filled = rich()
        .fill(
            &values(&[
                ("body:1", "Mara"),
                ("body:2", "das Brot"),
                ("header:media", "p1"),
                ("button:1", "4711"),
            ]),
            0,
            picture,
        )
        .unwrap();
    assert_eq!(filled.words, "Hallo Mara, das Brot ist fertig.");
    assert_eq!(filled.files, ["p1"]);
    let OutgoingContent::Template(mut send) = filled.content else {
        panic!("a template")
    };
    assert!(matches!(&send.header, Some(TemplateHeader::Media { id, .. }) if id == "file:p1"));
    in_place_of_files(&mut send, |id| Some(format!("meta-{id}")));
    assert!(matches!(&send.header, Some(TemplateHeader::Media { id, .. }) if id == "meta-p1"));
    let Body::Template {
        header_kind,
        buttons,
        footer,
        ..
    } = filled.bubble
    else {
        panic!("a template")
    };
    assert_eq!(header_kind.as_deref(), Some("image"));
    assert_eq!(
        (buttons.len(), footer.as_deref()),
        (2, Some("Bäckerei am Markt"))
    );
}

#[test]
fn what_stands_in_the_way_is_said() {
    let paused = Said {
        paused_until: Some(9),
        ..Said::default()
    };
    let parts = |names: &[&str]| {
        let parts = names.iter().map(|n| (*n).to_owned()).collect();
        Some(TemplateObstacle::Parts { parts })
    };
    let body = json!({ "type": "BODY", "text": "Neu!" });
    for (status, category, components, said, expected) in [
        ("APPROVED", "UTILITY", json!([body]), Said::default(), None),
        (
            "PENDING",
            "UTILITY",
            json!([body]),
            Said::default(),
            Some(TemplateObstacle::InReview),
        ),
        (
            "REJECTED",
            "UTILITY",
            json!([body]),
            Said::default(),
            Some(TemplateObstacle::Rejected),
        ),
        (
            "PAUSED",
            "UTILITY",
            json!([body]),
            paused,
            Some(TemplateObstacle::Paused { until: Some(9) }),
        ),
        (
            "DISABLED",
            "UTILITY",
            json!([body]),
            Said::default(),
            Some(TemplateObstacle::Disabled),
        ),
        (
            "ARCHIVED",
            "UTILITY",
            json!([body]),
            Said::default(),
            Some(TemplateObstacle::Status {
                status: "ARCHIVED".into(),
            }),
        ),
        (
            "APPROVED",
            "AUTHENTICATION",
            json!([body]),
            Said::default(),
            Some(TemplateObstacle::Authentication),
        ),
        (
            "APPROVED",
            "UTILITY",
            json!([{ "type": "HEADER", "format": "GIF" }, body]),
            Said::default(),
            parts(&["header:gif"]),
        ),
        (
            "APPROVED",
            "UTILITY",
            json!([body, { "type": "HOLOGRAM" }]),
            Said::default(),
            parts(&["hologram"]),
        ),
        (
            "APPROVED",
            "UTILITY",
            json!([body]),
            Said {
                now: 5,
                restricted: Some(Some(9)),
                ..Said::default()
            },
            Some(TemplateObstacle::OverLimit { until: Some(9) }),
        ),
        (
            "APPROVED",
            "UTILITY",
            json!([body]),
            Said {
                now: 9,
                restricted: Some(Some(9)),
                ..Said::default()
            },
            None,
        ),
    ] {
        let mut t = template("POSITIONAL", components);
        (t.row.status, t.row.category) = (status.into(), category.into());
        assert_eq!(obstacle(&t, said), expected, "{status} {category}");
    }
}

#[test]
fn what_changed_at_meta_since_a_template_was_filled_is_told() {
    let body = |text: &str| json!([{ "type": "BODY", "text": text }]);
    let before = template("POSITIONAL", body("Hallo {{1}}, {{2}} ist fertig."));
    let sent = before
        .fill(
            &values(&[("body:1", "Mara"), ("body:2", "Brot")]),
            0,
            picture,
        )
        .unwrap();
    let OutgoingContent::Template(send) = sent.content else {
        panic!("a template")
    };
    let told = |after: Option<Template>| drifts(after.as_ref(), &send, &sent.bubble, Some(7));
    let with = |status: &str, components| {
        let mut t = template("POSITIONAL", components);
        t.row.status = status.into();
        Some(t)
    };
    for (after, expected) in [
        (
            None,
            vec![TemplateDrift::Gone {
                language: "de".into(),
            }],
        ),
        (
            with("APPROVED", body("Hallo {{1}}, {{2}} ist fertig.")),
            vec![],
        ),
        (
            with("APPROVED", body("Hallo {{1}}, {{2}} liegt bereit.")),
            vec![TemplateDrift::Text],
        ),
        (
            with("APPROVED", body("Hallo {{1}}, {{2}} um {{3}}.")),
            vec![TemplateDrift::Slots { now: 3, sent: 2 }],
        ),
        (
            with("PAUSED", body("Hallo {{1}}, {{2}} ist fertig.")),
            vec![TemplateDrift::Status {
                status: "PAUSED".into(),
                until: Some(7),
            }],
        ),
        (
            with(
                "APPROVED",
                json!([{ "type": "HEADER", "format": "IMAGE" }, { "type": "BODY", "text": "Hallo {{1}}." }]),
            ),
            vec![TemplateDrift::Parts],
        ),
    ] {
        assert_eq!(told(after), expected);
    }
}

fn view(name: &str, language: &str, category: &str, answered: i64, sent: i64) -> TemplateView {
    let mut row = template("POSITIONAL", json!([{ "type": "BODY", "text": "Neu!" }])).row;
    (row.name, row.language, row.category) = (name.into(), language.into(), category.into());
    let t = Template::read(row);
    TemplateView {
        name: t.row.name.clone(),
        language: t.row.language.clone(),
        id: String::new(),
        category: t.row.category.clone(),
        status: t.row.status.clone(),
        quality: String::new(),
        parts: t.parts(),
        slots: Vec::new(),
        obstacle: None,
        favourite: false,
        last_used_at: None,
        used_here_at: None,
        figures: TemplateFigures {
            sent,
            answered,
            ..TemplateFigures::default()
        },
        moves_to: None,
        rejection: None,
        checked_at: None,
        kept: Vec::new(),
        kept_at: None,
        known_since: 0,
    }
}

#[test]
fn the_template_that_most_likely_brings_an_answer_is_proposed() {
    let old_hand = view("old_hand", "de", "UTILITY", 40, 80);
    let lucky = view("lucky", "de", "UTILITY", 1, 1);
    let advert = view("advert", "de", "MARKETING", 50, 80);
    let foreign = view("foreign", "en", "UTILITY", 60, 80);
    let mut paused = view("paused", "de", "UTILITY", 79, 80);
    paused.obstacle = Some(TemplateObstacle::Disabled);
    let plain = |template| Candidate {
        template,
        worked_at: None,
        unanswered: false,
    };
    let best = |all: &[Candidate<'_>], stop| propose(all, "de", stop).map(|p| p.name);
    let all = [
        plain(&old_hand),
        plain(&lucky),
        plain(&advert),
        plain(&foreign),
        plain(&paused),
    ];
    assert_eq!(best(&all, false).as_deref(), Some("old_hand"));
    let tried = [
        Candidate {
            unanswered: true,
            ..plain(&old_hand)
        },
        plain(&lucky),
    ];
    assert_eq!(
        best(&tried, false).as_deref(),
        Some("lucky"),
        "not the same again"
    );
    let worked = [
        plain(&old_hand),
        Candidate {
            worked_at: Some(3),
            ..plain(&lucky)
        },
    ];
    assert_eq!(
        best(&worked, false).as_deref(),
        Some("lucky"),
        "it worked with him"
    );
    assert_eq!(
        best(&[plain(&advert)], true),
        None,
        "he asked for no advertising"
    );
    assert_eq!(best(&[plain(&paused)], false), None);
}
