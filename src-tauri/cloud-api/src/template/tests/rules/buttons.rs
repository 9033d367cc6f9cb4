//! Buttons, cards and offers.

use super::{drafts::*, *};

pub fn rows() -> Vec<Row> {
    vec![
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
            cards_beside(json!({"type": "HEADER", "format": "TEXT", "text": "News"})),
            (CardsAlone, "header", ""),
            cards(2),
        ),
        row(
            cards_beside(json!({"type": "FOOTER", "text": "Bye"})),
            (CardsAlone, "footer", ""),
            cards(2),
        ),
        row(
            cards_beside(json!({"type": "BUTTONS", "buttons": [reply("Yes")]})),
            (CardsAlone, "buttons", ""),
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
