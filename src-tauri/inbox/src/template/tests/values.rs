//! What is asked for and proposed for a slot, and what may not stand in it.

use super::*;
use crate::view::{Body, OpenSpan, OpeningHours, SlotFault, SlotSource};
use cloud_api::outgoing::{OutgoingContent, TemplateHeader};
use serde_json::json;

fn faults(t: &Template, pairs: &[(&str, &str)]) -> Vec<(String, SlotFault)> {
    let refused = t.fill(&values(pairs), 0, picture).err().unwrap_or_default();
    refused.into_iter().map(|r| (r.key, r.why)).collect()
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
