//! What a text itself says, as soon as it goes to several.

use super::*;

#[test]
fn a_disguise_is_named() {
    let mut guard = Guard::default();
    let first = (1..=5).find(|&n| {
        go(
            &mut guard,
            &text(n as i64, n, "Ѕаle of sh\u{200b}oes starts"),
        )
        .says(Code::Obfuscated)
    });
    assert_eq!(first, Some(2));
}

#[test]
fn advertising_hidden_in_a_service_template() {
    let params = ["Ann".to_owned(), ADVERT.to_owned()];
    let content = Content::Template {
        name: "update",
        category: Category::Utility,
        approved: true,
        body: "{{1}}: {{2}}",
        footer: "",
        params: &params,
    };
    let mut guard = Guard::default();
    let first =
        (1..=9).find(|&n| go(&mut guard, &send(n as i64, n, content)).says(Code::PromoInUtility));
    assert_eq!(first, Some(5));
}
