//! What is understood, and what is kept although it is not.

use super::*;
use crate::webhook::MediaKind;

#[test]
fn every_kind_of_component_is_read_in_capitals_and_in_small_letters() {
    let list = json!([
        {"type": "header", "format": "image", "example": {"header_handle": "4:abc"}},
        {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Today", "has_expiration": "true"}},
        {"type": "body", "text": "Hi {{1}}!", "example": {"body_text": ["Robin"]}},
        {"type": "FOOTER", "text": "Bye"},
        {"type": "BUTTONS", "buttons": [
            {"type": "quick_reply", "text": "Yes"},
            {"type": "URL", "text": "Open", "url": "https://a.example/{{1}}", "example": "x"},
            {"type": "PHONE_NUMBER", "text": "Call", "phone_number": 15_550_100},
            {"type": "COPY_CODE", "example": ["C5"]},
            {"type": "OTP", "otp_type": "one_tap"},
            {"type": "ORDER_DETAILS", "text": "Pay"},
        ]},
        {"type": "carousel", "cards": [{"components": [{"type": "HEADER", "format": "VIDEO"}]}]},
        {"type": "tap_target_configuration", "tap_target_configuration": []},
    ]);
    let read = components(list.clone());
    assert_eq!(Value::from(read.to_json()), list, "as it was");
    assert_eq!(
        read.header(),
        Some(&Header::Media {
            kind: MediaKind::Image,
            sample: MediaSample(Some("4:abc".into()))
        })
    );
    assert!(read.offer().is_some_and(|offer| offer.has_expiration));
    assert_eq!(read.body().and_then(|b| b.example("1")), Some("Robin"));
    assert_eq!(read.footer(), Some("Bye"));
    let names: Vec<_> = read.buttons().iter().map(|b| b.kind.name()).collect();
    assert_eq!(
        names,
        [
            "QUICK_REPLY",
            "URL",
            "PHONE_NUMBER",
            "COPY_CODE",
            "OTP",
            "ORDER_DETAILS"
        ]
    );
    let number = &read.buttons()[2].kind;
    assert_eq!(
        *number,
        ButtonKind::PhoneNumber {
            number: "15550100".into()
        }
    );
    assert_eq!(
        read.cards()[0].components.header().map(Header::format),
        Some("VIDEO")
    );
    let obstacles: Vec<_> = read.obstacles();
    assert_eq!(
        obstacles,
        [
            Obstacle::Button("OTP".into()),
            Obstacle::Button("ORDER_DETAILS".into()),
            Obstacle::Component("TAP_TARGET_CONFIGURATION".into()),
        ]
    );
}

#[test]
fn what_cannot_be_sent_from_here_says_why() {
    for (list, expected) in [
        (json!([body("Hi")]), None),
        (json!([]), Some(Obstacle::NoBody)),
        (
            json!([{"type": "BODY", "add_security_recommendation": true}]),
            Some(Obstacle::NoBody),
        ),
        (
            json!([body("Hi"), {"type": "HEADER", "format": "GIF"}]),
            Some(Obstacle::Header("GIF".into())),
        ),
        (
            json!([body("Hi"), {"type": "HEADER", "format": "hologram"}]),
            Some(Obstacle::Header("HOLOGRAM".into())),
        ),
        (
            json!([body("Hi"), {"type": "BUTTONS", "buttons": [{"type": "MPM", "text": "View"}]}]),
            Some(Obstacle::Button("MPM".into())),
        ),
        (
            json!([body("Hi"), {"type": "CAROUSEL", "cards": [{"components": [
                {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}]}]}]),
            Some(Obstacle::Button("SPM".into())),
        ),
        (
            json!([body("Hi"), {"type": "call_permission_request"}]),
            Some(Obstacle::Component("CALL_PERMISSION_REQUEST".into())),
        ),
        (
            json!([body("Hi"), 7]),
            Some(Obstacle::Component(String::new())),
        ),
    ] {
        let found = components(list.clone()).obstacles();
        assert_eq!(found.first(), expected.as_ref(), "{list}");
        assert!(found.len() <= 1, "{list}");
    }
}

#[test]
fn slots_come_in_the_order_a_person_fills_them() {
    let read = components(json!([
        {"type": "BUTTONS", "buttons": [
            {"type": "QUICK_REPLY", "text": "Yes"},
            {"type": "COPY_CODE", "example": "C5"},
            {"type": "URL", "text": "Open", "url": "https://a.example/{{1}}", "example": ["https://a.example/77"]},
        ]},
        {"type": "CAROUSEL", "cards": [
            {"components": [{"type": "HEADER", "format": "IMAGE"}, body("Only {{1}}")]},
        ]},
        {"type": "BODY", "text": "Hi {{2}}, it is {{1}}.", "example": {"body_text": [["Monday", "Robin"]]}},
        {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Today", "has_expiration": true}},
        {"type": "HEADER", "format": "LOCATION"},
    ]));
    let keys: Vec<_> = read.slots().into_iter().map(|slot| slot.key).collect();
    assert_eq!(
        keys,
        [
            "body:1",
            "body:2",
            "header:latitude",
            "header:longitude",
            "header:place",
            "header:address",
            "offer:expires",
            "button:1",
            "button:2",
            "card:0:body:1",
            "card:0:header:media",
        ]
    );
    let slots = read.slots();
    let slot = |key: &str| slots.iter().find(|slot| slot.key == key).expect(key);
    assert_eq!(slot("body:2").example.as_deref(), Some("Robin"));
    assert_eq!(
        slot("body:2").max,
        Some(OFFER_BODY_MAX - "Hi , it is .".len())
    );
    assert_eq!(
        slot("button:2").example.as_deref(),
        Some("77"),
        "its end alone"
    );
    assert_eq!(slot("button:1").max, Some(CODE_MAX));
    assert_eq!(slot("card:0:body:1").card, Some(0));
    assert_eq!(
        slot("card:0:body:1").max,
        Some(CARD_BODY_MAX - "Only ".len())
    );
}
