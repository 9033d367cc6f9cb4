//! Each rule with a draft that breaks it and one beside it that does not.

mod buttons;
mod drafts;
mod texts;

use std::collections::BTreeSet;

use super::*;
use Rule::*;
use drafts::{card, carousel, link, reply, texts as body_of};

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

fn rows() -> Vec<Row> {
    let mut rows = texts::rows();
    rows.extend(buttons::rows());
    rows
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
    let mine = body_of("Your order is ready.", &[]);
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
    CardsAlone,
    OfferCategory,
    OfferFooter,
    OfferButtons,
    Duplicate,
];
