//! What holds for any text.

use super::table;
use inbox::opt_out::{Tier, answer, recognise};
use proptest::prelude::*;

fn holds_for(text: &str) {
    answer(text);
    for after_marketing in [true, false] {
        let found = recognise(text, after_marketing);
        assert_eq!(found.scope.is_some(), found.tier != Tier::No, "{text}");
        assert_eq!(found.passage.is_some(), found.tier != Tier::No, "{text}");
        if let Some(place) = found.passage {
            assert!(
                text.get(place).is_some_and(|part| !part.is_empty()),
                "{text}"
            );
        }
    }
}

/// Words of the table in any order.
fn jumbled() -> impl Strategy<Value = String> {
    let cases = table::read();
    let words: Vec<String> = cases
        .iter()
        .flat_map(|case| case.text.split(' '))
        .map(str::to_owned)
        .collect();
    let between = prop::sample::select(vec![
        " ", ", ", ". ", "? ", "\n", "’", "'", "-", "…", "\u{200b}",
    ]);
    prop::collection::vec((prop::sample::select(words), between), 0..30).prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(word, between)| [word, between.to_owned()])
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        holds_for(&text);
    }

    #[test]
    fn any_order_of_words_is_read(text in jumbled()) {
        holds_for(&text);
    }
}

#[test]
fn a_very_long_text_is_read() {
    holds_for(&"stop ".repeat(100_000));
    holds_for(&"a.".repeat(100_000));
    holds_for(&"'".repeat(100_000));
    holds_for(&"не".repeat(100_000));
}

#[test]
fn capitals_signs_and_politeness_change_nothing_that_is_certain() {
    let polite = [
        ("en", "please"),
        ("de", "bitte"),
        ("pt", "por favor"),
        ("es", "por favor"),
        ("it", "per favore"),
        ("fr", "s'il vous plaît"),
        ("tr", "lütfen"),
        ("nl", "alsjeblieft"),
        ("pl", "proszę"),
        ("ar", "من فضلك"),
        ("ru", "пожалуйста"),
        ("any", "please"),
    ];
    let mut changed = Vec::new();
    for case in table::read() {
        if case.tiers != [Tier::Certain] {
            continue;
        }
        let Some((_, word)) = polite.iter().find(|(file, _)| *file == case.file) else {
            panic!("no polite word for {}", case.file);
        };
        let text = &case.text;
        let before = recognise(text, case.after_marketing);
        for other in [
            text.to_uppercase(),
            text.to_lowercase(),
            format!("{text}!!!"),
            format!("{text} 🙏"),
            format!("  {text}\n\n"),
            format!("{word} {text}"),
            format!("{text}, {word}"),
            format!("{text} {word}"),
        ] {
            let after = recognise(&other, case.after_marketing);
            if (before.tier, before.scope) != (after.tier, after.scope) {
                changed.push(other);
            }
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}
