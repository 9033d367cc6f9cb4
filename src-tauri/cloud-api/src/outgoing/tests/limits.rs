//! Meta's limits and what never shows in a log.

use super::{plain, template, text, value};
use crate::{
    outgoing::*,
    webhook::{MediaKind, Peer},
};

#[test]
fn what_breaks_a_limit_is_refused_before_the_wire() {
    let long = |part, length, max| Err(NotSendable::TooLong { part, length, max });
    let buttons = |buttons: &[(&str, &str)]| OutgoingContent::Buttons {
        body: "Wann?".into(),
        header: None,
        footer: None,
        buttons: buttons
            .iter()
            .map(|(id, title)| ((*id).into(), (*title).into()))
            .collect(),
    };
    let captioned = |kind, length| OutgoingContent::Media {
        kind,
        id: "811".into(),
        caption: Some("c".repeat(length)),
        filename: None,
        voice: false,
    };
    let filled = |text: &str| {
        OutgoingContent::Template(TemplateSend {
            body: vec![value(None, text)],
            ..template()
        })
    };
    let headed = |kind| {
        OutgoingContent::Template(TemplateSend {
            header: Some(TemplateHeader::Media {
                kind,
                id: "811".into(),
                filename: None,
            }),
            ..template()
        })
    };
    let cases = [
        (text(&"ü".repeat(TEXT_MAX)), Ok(())),
        (
            text(&"ü".repeat(TEXT_MAX + 1)),
            long(Part::Text, TEXT_MAX + 1, TEXT_MAX),
        ),
        (text(" \n"), Err(NotSendable::Empty(Part::Text))),
        (captioned(MediaKind::Image, CAPTION_MAX), Ok(())),
        (
            captioned(MediaKind::Image, CAPTION_MAX + 1),
            long(Part::Caption, CAPTION_MAX + 1, CAPTION_MAX),
        ),
        (
            captioned(MediaKind::Sticker, 1),
            Err(NotSendable::CaptionNotAllowed),
        ),
        (
            captioned(MediaKind::Audio, 1),
            Err(NotSendable::CaptionNotAllowed),
        ),
        (buttons(&[]), Err(NotSendable::ButtonCount(0))),
        (buttons(&[("a", "A"), ("b", "B"), ("c", "C")]), Ok(())),
        (
            buttons(&[("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")]),
            Err(NotSendable::ButtonCount(4)),
        ),
        (
            buttons(&[("a", "A"), ("b", "A")]),
            Err(NotSendable::ButtonTwice),
        ),
        (
            buttons(&[("a", "A"), ("a", "B")]),
            Err(NotSendable::ButtonTwice),
        ),
        (
            buttons(&[("a", "one and twenty chars!")]),
            long(Part::Button, 21, BUTTON_TITLE_MAX),
        ),
        (buttons(&[("a", "")]), Err(NotSendable::Empty(Part::Button))),
        (filled("Lena    M."), Ok(())),
        (filled("Lena     M."), Err(NotSendable::TemplateWhitespace)),
        (filled("Lena\nM."), Err(NotSendable::TemplateWhitespace)),
        (filled("Lena\tM."), Err(NotSendable::TemplateWhitespace)),
        (filled(""), Err(NotSendable::Empty(Part::TemplateValue))),
        (headed(MediaKind::Image), Ok(())),
        (headed(MediaKind::Sticker), Err(NotSendable::HeaderKind)),
    ];
    for (content, expected) in cases {
        let shown = format!("{content:?}");
        assert_eq!(plain(content).check(), expected, "{shown}");
    }
    let nobody = Outgoing {
        to: Peer::default(),
        ..plain(text("Ja"))
    };
    assert_eq!(nobody.check(), Err(NotSendable::NoRecipient));
    let talkative = Outgoing {
        callback_data: Some("x".repeat(513)),
        ..plain(text("Ja"))
    };
    assert_eq!(
        talkative.check(),
        long(Part::Reference, 513, CALLBACK_DATA_MAX)
    );
}

#[test]
fn debug_shows_neither_words_nor_numbers() {
    let messages = [
        plain(text("geheim")),
        plain(OutgoingContent::Template(TemplateSend {
            header: Some(TemplateHeader::Text {
                name: None,
                text: "geheim".into(),
            }),
            body: vec![value(None, "geheim")],
            buttons: vec![TemplateButton::Url {
                index: 0,
                text: "geheim".into(),
            }],
            ..template()
        })),
        plain(OutgoingContent::Buttons {
            body: "geheim".into(),
            header: Some("geheim".into()),
            footer: Some("geheim".into()),
            buttons: vec![("a".into(), "geheim".into())],
        }),
    ];
    for message in messages {
        let shown = format!("{message:?}");
        assert!(
            !shown.contains("geheim") && !shown.contains("4915155501001"),
            "{shown}"
        );
    }
}
