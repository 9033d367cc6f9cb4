//! Every kind of message and the exact body it becomes.

use serde_json::{Value, json};

use super::{lena, media, plain, template, text, value};
use crate::{
    outgoing::*,
    webhook::{MediaKind, Peer},
};

fn with_envelope(own: Value) -> Value {
    let mut body = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+4915155501001",
    });
    for (key, value) in own.as_object().expect("an object") {
        body[key] = value.clone();
    }
    body
}

#[test]
fn every_content_has_the_body_that_meta_documents() {
    let cases = [
        (
            OutgoingContent::Text {
                body: "Bis gleich: https://example.org".into(),
                preview_url: true,
            },
            json!({"type": "text", "text": {"body": "Bis gleich: https://example.org", "preview_url": true}}),
        ),
        (
            OutgoingContent::Media {
                kind: MediaKind::Image,
                id: "811".into(),
                caption: Some("Torte".into()),
                filename: Some("ignored.jpg".into()),
                voice: false,
            },
            json!({"type": "image", "image": {"id": "811", "caption": "Torte"}}),
        ),
        (
            media(MediaKind::Video),
            json!({"type": "video", "video": {"id": "811"}}),
        ),
        (
            media(MediaKind::Sticker),
            json!({"type": "sticker", "sticker": {"id": "811"}}),
        ),
        (
            OutgoingContent::Media {
                kind: MediaKind::Audio,
                id: "811".into(),
                caption: None,
                filename: None,
                voice: true,
            },
            json!({"type": "audio", "audio": {"id": "811", "voice": true}}),
        ),
        (
            OutgoingContent::Media {
                kind: MediaKind::Document,
                id: "811".into(),
                caption: Some("Rechnung".into()),
                filename: Some("R-7.pdf".into()),
                voice: false,
            },
            json!({"type": "document", "document": {"id": "811", "caption": "Rechnung", "filename": "R-7.pdf"}}),
        ),
        (
            OutgoingContent::Reaction {
                target: "wamid.A".into(),
                emoji: Some("🎂".into()),
            },
            json!({"type": "reaction", "reaction": {"message_id": "wamid.A", "emoji": "🎂"}}),
        ),
        (
            OutgoingContent::Reaction {
                target: "wamid.A".into(),
                emoji: None,
            },
            json!({"type": "reaction", "reaction": {"message_id": "wamid.A", "emoji": ""}}),
        ),
        (
            OutgoingContent::Buttons {
                body: "Wann?".into(),
                header: Some("Abholung".into()),
                footer: Some("Bäckerei Winkel".into()),
                buttons: vec![
                    ("am".into(), "Vormittag".into()),
                    ("pm".into(), "Nachmittag".into()),
                ],
            },
            json!({"type": "interactive", "interactive": {
                "type": "button",
                "header": {"type": "text", "text": "Abholung"},
                "body": {"text": "Wann?"},
                "footer": {"text": "Bäckerei Winkel"},
                "action": {"buttons": [
                    {"type": "reply", "reply": {"id": "am", "title": "Vormittag"}},
                    {"type": "reply", "reply": {"id": "pm", "title": "Nachmittag"}},
                ]},
            }}),
        ),
        (
            OutgoingContent::Template(template()),
            json!({"type": "template", "template": {"name": "abholung_bereit", "language": {"policy": "deterministic", "code": "de"}}}),
        ),
        (
            OutgoingContent::Template(TemplateSend {
                header: Some(TemplateHeader::Text {
                    name: None,
                    text: "Samstag".into(),
                }),
                body: vec![value(None, "Lena"), value(None, "12")],
                buttons: vec![
                    TemplateButton::QuickReply {
                        index: 0,
                        payload: "STOP".into(),
                    },
                    TemplateButton::Url {
                        index: 1,
                        text: "b-12".into(),
                    },
                    TemplateButton::CopyCode {
                        index: 2,
                        code: "TORTE5".into(),
                    },
                    TemplateButton::Flow {
                        index: 3,
                        token: Some("t-1".into()),
                    },
                    TemplateButton::Flow {
                        index: 4,
                        token: None,
                    },
                ],
                ..template()
            }),
            json!({"type": "template", "template": {
                "name": "abholung_bereit",
                "language": {"policy": "deterministic", "code": "de"},
                "components": [
                    {"type": "header", "parameters": [{"type": "text", "text": "Samstag"}]},
                    {"type": "body", "parameters": [{"type": "text", "text": "Lena"}, {"type": "text", "text": "12"}]},
                    {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [{"type": "payload", "payload": "STOP"}]},
                    {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "b-12"}]},
                    {"type": "button", "sub_type": "copy_code", "index": "2", "parameters": [{"type": "coupon_code", "coupon_code": "TORTE5"}]},
                    {"type": "button", "sub_type": "flow", "index": "3", "parameters": [{"type": "action", "action": {"flow_token": "t-1"}}]},
                    {"type": "button", "sub_type": "flow", "index": "4", "parameters": [{"type": "action", "action": {}}]},
                ],
            }}),
        ),
        (
            OutgoingContent::Template(TemplateSend {
                header: Some(TemplateHeader::Text {
                    name: Some("tag".into()),
                    text: "Samstag".into(),
                }),
                body: vec![value(Some("name"), "Lena"), value(Some("nummer"), "12")],
                ..template()
            }),
            json!({"type": "template", "template": {
                "name": "abholung_bereit",
                "language": {"policy": "deterministic", "code": "de"},
                "components": [
                    {"type": "header", "parameters": [{"type": "text", "parameter_name": "tag", "text": "Samstag"}]},
                    {"type": "body", "parameters": [
                        {"type": "text", "parameter_name": "name", "text": "Lena"},
                        {"type": "text", "parameter_name": "nummer", "text": "12"},
                    ]},
                ],
            }}),
        ),
        (
            OutgoingContent::Template(TemplateSend {
                header: Some(TemplateHeader::Media {
                    kind: MediaKind::Document,
                    id: "811".into(),
                    filename: Some("R-7.pdf".into()),
                }),
                ..template()
            }),
            json!({"type": "template", "template": {
                "name": "abholung_bereit",
                "language": {"policy": "deterministic", "code": "de"},
                "components": [{"type": "header", "parameters": [
                    {"type": "document", "document": {"id": "811", "filename": "R-7.pdf"}},
                ]}],
            }}),
        ),
        (
            OutgoingContent::Template(TemplateSend {
                header: Some(TemplateHeader::Location {
                    latitude: 52.5,
                    longitude: 13.4,
                    name: "Laden".into(),
                    address: "Uferstraße 3".into(),
                }),
                ..template()
            }),
            json!({"type": "template", "template": {
                "name": "abholung_bereit",
                "language": {"policy": "deterministic", "code": "de"},
                "components": [{"type": "header", "parameters": [
                    {"type": "location", "location": {"latitude": 52.5, "longitude": 13.4, "name": "Laden", "address": "Uferstraße 3"}},
                ]}],
            }}),
        ),
    ];
    for (content, expected) in cases {
        let message = plain(content);
        assert_eq!(message.check(), Ok(()), "{message:?}");
        assert_eq!(message.to_json(), with_envelope(expected));
        let stored = serde_json::to_string(&message).expect("the outbox stores it");
        assert_eq!(
            serde_json::from_str::<Outgoing>(&stored).expect("and reads it"),
            message
        );
    }
}

#[test]
fn a_quote_and_the_outbox_id_go_along() {
    let mut message = plain(text("Ja"));
    message.reply_to = Some("wamid.Q".into());
    message.callback_data = Some("0198c0de".into());
    assert_eq!(
        message.to_json(),
        with_envelope(json!({
            "type": "text", "text": {"body": "Ja", "preview_url": false},
            "context": {"message_id": "wamid.Q"}, "biz_opaque_callback_data": "0198c0de",
        }))
    );
    message.content = OutgoingContent::Reaction {
        target: "wamid.A".into(),
        emoji: None,
    };
    assert!(
        message.to_json().get("context").is_none(),
        "a reaction cannot quote"
    );
}

#[test]
fn the_recipient_is_a_number_with_a_plus_a_bsuid_or_a_group() {
    let envelope = |to: Peer| {
        let body = Outgoing {
            to,
            ..plain(text("Ja"))
        }
        .to_json();
        ["recipient_type", "to", "recipient"].map(|key| body.get(key).cloned())
    };
    let some = |text: &str| Some(json!(text));
    assert_eq!(
        envelope(lena()),
        [some("individual"), some("+4915155501001"), None]
    );
    assert_eq!(
        envelope(Peer {
            wa_id: Some("+4915155501001".into()),
            ..Peer::default()
        }),
        [some("individual"), some("+4915155501001"), None]
    );
    assert_eq!(
        envelope(Peer {
            bsuid: Some("BR.3Hs8Vd0Kx5".into()),
            ..Peer::default()
        }),
        [some("individual"), None, some("BR.3Hs8Vd0Kx5")]
    );
    assert_eq!(
        envelope(Peer {
            group_id: Some("Y2Fw".into()),
            ..lena()
        }),
        [some("group"), some("Y2Fw"), None]
    );
}
