//! What is pointed out, and what ordinary shops write and is not.

mod hits;
mod innocent;
mod many;
mod names;

use super::*;
use ContentKind::*;

/// `text` without its brackets, and each passage that stood in some.
fn marked(text: &str) -> (String, Vec<String>) {
    let mut passages = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('[') {
        let (passage, after) = after.split_once(']').unwrap();
        passages.push(passage.to_owned());
        rest = after;
    }
    (text.replace(['[', ']'], ""), passages)
}

fn passages(text: &str, found: &[ContentFinding]) -> Vec<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let passage = |finding: &ContentFinding| {
        let (start, end) = (finding.start as usize, finding.end as usize);
        String::from_utf16(&units[start..end]).unwrap()
    };
    found.iter().map(passage).collect()
}

fn kinds(found: &[ContentFinding]) -> Vec<ContentKind> {
    found.iter().map(|finding| finding.kind).collect()
}

/// Everything in brackets, and nothing else, is found as `kind`.
fn check(cases: &[(ContentKind, &[&str])], to_many: bool) {
    let lists = &*SUPPLIED;
    let mut wrong = Vec::new();
    for (kind, texts) in cases {
        for case in *texts {
            let (text, expected) = marked(case);
            let found = look(&text, lists, to_many);
            if passages(&text, &found) != expected || found.iter().any(|found| found.kind != *kind)
            {
                wrong.push(format!(
                    "{case}: {:?} {:?}",
                    passages(&text, &found),
                    kinds(&found)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_disguise_does_not_help_and_the_passage_is_what_was_written() {
    let lists = &*SUPPLIED;
    for (text, expected) in [
        ("you a s s h o l e", "a s s h o l e"),
        ("you as\u{200b}shole!", "as\u{200b}shole"),
        ("you ａｓｓｈｏｌｅ", "ａｓｓｈｏｌｅ"),
        ("you аsshоle", "аsshоle"),
        ("🙂🙂 ASSHOLE 🙂", "ASSHOLE"),
        (
            "Du A\u{308}rger, du Arschlo\u{308}cher",
            "Arschlo\u{308}cher",
        ),
        ("f.u.c.k you", "f.u.c.k"),
    ] {
        let found = look(text, lists, false);
        assert_eq!(passages(text, &found), [expected], "{text}");
    }
}

#[test]
fn the_longest_of_what_overlaps_is_named() {
    let lists = Lists::with(&[
        own("de", Insulting, &["lange"]),
        own("de", Violent, &["lange nase"]),
        own("de", Sexual, &["nase", "nase weg"]),
    ]);
    for (text, expected) in [
        ("lange", vec![Insulting]),
        ("lange nase", vec![Violent]),
        ("lange nase weg", vec![Violent]),
        ("nase weg, lange", vec![Sexual, Insulting]),
    ] {
        assert_eq!(kinds(&look(text, &lists, false)), expected, "{text}");
    }
}

#[test]
fn a_list_of_the_shops_own_is_written_as_those_that_came_with_the_app() {
    let lists = Lists::with(&[own(
        "de",
        Prohibited,
        &[
            "geheim*",
            "*waffe",
            "*quatsch*",
            "alte tasse*",
            "für #m",
            "L'Étoile",
            "größe",
        ],
    )]);
    for (text, expected) in [
        ("Die Geheimtür", vec!["Geheimtür"]),
        ("Ungeheim ist nichts", vec![]),
        (
            "Eine Waffe, eine Steinwaffe, Waffen",
            vec!["Waffe", "Steinwaffe"],
        ),
        ("Verquatschte Stunden", vec!["Verquatschte"]),
        ("Alte Tassen, alte graue Tassen", vec!["Alte Tassen"]),
        ("Für 20 € zu haben", vec!["Für 20 €"]),
        ("à l'étoile", vec!["l'étoile"]),
        ("GROESSE, Grösse, GRÖSSE", vec!["Grösse", "GRÖSSE"]),
        ("Sie Arschloch", vec!["Arschloch"]),
        ("Ein Schlagring", vec![]),
    ] {
        assert_eq!(
            passages(text, &look(text, &lists, false)),
            expected,
            "{text}"
        );
    }
    let none = Lists::with(&[own("de", Prohibited, &[])]);
    assert!(look("Ein Schlagring", &none, false).is_empty());
}

#[test]
fn links_and_addresses_are_not_read_as_words() {
    let lists = &*SUPPLIED;
    for text in [
        "Siehe https://example.com/idiot/fuck",
        "Schreiben Sie an bitch@example.com",
        "",
        "   ",
        "🙂",
        "\u{200b}",
    ] {
        assert_eq!(look(text, lists, true), [], "{text}");
    }
}

/// Made once: a property asks it often.
static SUPPLIED: std::sync::LazyLock<Lists> = std::sync::LazyLock::new(Lists::default);

fn own(language: &str, kind: ContentKind, words: &[&str]) -> crate::view::WordList {
    crate::view::WordList {
        language: language.to_owned(),
        kind,
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        is_own: true,
    }
}

proptest::proptest! {
    /// Places lie within the text, in order, and never cut a character.
    #[test]
    fn places_fit_any_text(text in "([a-zA-ZäöüßéаоΑ\u{301}\u{200b}🙂 .,!0-9%€:/_-]|idiot|fuck you|50 %|Montag|سكس){0,40}") {
        let found = look(&text, &SUPPLIED, true);
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut end = 0;
        for finding in &found {
            proptest::prop_assert!(finding.start >= end && finding.end > finding.start);
            end = finding.end;
            let range = finding.start as usize..finding.end as usize;
            proptest::prop_assert!(units.get(range).is_some_and(|units| String::from_utf16(units).is_ok()));
        }
    }
}
