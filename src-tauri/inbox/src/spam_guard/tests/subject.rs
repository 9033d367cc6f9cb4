//! The same thing in other words, beside an answer, or with figures that only look personal.

use super::*;

/// The first of `texts`, a minute apart to one person each, that is warned about.
fn first(guard: &mut Guard, texts: &[&str]) -> Option<(usize, Verdict)> {
    texts.iter().enumerate().find_map(|(n, words)| {
        let verdict = go(guard, &text(n as i64 * MINUTE, n as u64, words));
        (verdict.level == Level::Warn).then_some((n + 1, verdict))
    })
}

#[test]
fn the_same_thing_in_other_words_is_noticed_one_person_later() {
    let texts = [
        "From tomorrow there is chestnut bread again.",
        "Tomorrow we bake with flour of chestnuts, a bread as grandmother made it.",
        "Shall I keep a loaf of our chestnut bread?",
        "The bread with chestnuts comes out of the oven at dawn.",
        "Bread from chestnut flour, as long as the basket is full.",
        "Chestnuts have arrived, and with them the bread of autumn.",
    ];
    let mut guard = Guard::default();
    let (person, verdict) = first(&mut guard, &texts).unwrap();
    assert!((5..=6).contains(&person), "{person}");
    assert!(verdict.says(Code::Unasked));
}

#[test]
fn a_price_is_the_same_in_every_language_and_notation() {
    let texts = [
        "Lamb 9.99 this week, from the farm next door",
        "Lammfleisch für 9,99 vom Hof nebenan",
        "لحم الغنم ٩٫٩٩ من المزرعة",
        "Cordero de la granja vecina a 9,99 €",
        "Agneau de la ferme voisine, 9,99 €",
        "Kuzu eti komşu çiftlikten 9,99",
    ];
    let mut guard = Guard::default();
    let found = first(&mut guard, &texts).map(|(person, _)| person);
    assert!(matches!(found, Some(5 | 6)), "{found:?}");
}

#[test]
fn notices_about_different_matters_have_their_words_in_common_and_are_none() {
    let mut guard = Guard::default();
    for n in 0..12 {
        let words = [
            format!("Invoice R-20{n:02} is settled, thank you."),
            format!("Your repair is done, it comes to {},40 euros.", 30 + n),
            format!("Could you send me the number of your passport? Booking {n}"),
        ];
        for (k, words) in words.iter().enumerate() {
            let at = (n as i64 * 3 + k as i64) * MINUTE;
            let verdict = go(&mut guard, &text(at, n * 3 + k as u64, words));
            assert_eq!(verdict.level, Level::Allow, "{words}");
        }
    }
}

#[test]
fn an_offer_beside_an_answer_is_unasked_as_soon_as_it_belongs_to_no_question() {
    let questions = [
        "Did you get my mail?",
        "Where can I park?",
        "My zip broke again",
        "Do you ship to Portugal?",
        "I think I left a coat with you",
        "May I bring the dog?",
    ];
    let beside = "By the way, on Thursday there is comedy with dinner for 25 €!";
    let mut guard = Guard::default();
    let levels: Vec<Level> = questions
        .iter()
        .enumerate()
        .map(|(n, question)| {
            let (at, to) = (n as i64 * HOUR, n as u64);
            guard.observe_in(at, to, question);
            go(&mut guard, &text(at + MINUTE, to, "Yes, that is all right"));
            go(&mut guard, &text(at + 2 * MINUTE, to, beside)).level
        })
        .collect();
    assert_eq!(levels[..4], [Level::Allow; 4]);
    assert_eq!(levels[4..], [Level::Warn; 2]);
}

#[test]
fn what_follows_an_answer_to_the_same_question_belongs_to_it() {
    let mut guard = Guard::default();
    for n in 0..12 {
        let (at, to) = (n as i64 * HOUR, n as u64);
        guard.observe_in(at, to, "Do you repair zips?");
        go(&mut guard, &text(at + MINUTE, to, "Yes, any day"));
        let verdict = go(
            &mut guard,
            &text(at + 2 * MINUTE, to, "It takes an hour and is 12,50 €"),
        );
        assert_eq!(verdict.level, Level::Allow, "{n}");
    }
}

#[test]
fn points_and_vouchers_differ_and_are_advertising() {
    type Words = fn(usize) -> String;
    let texts: [(&str, Words); 3] = [
        ("points", |n| {
            format!("You have {} bonus points left, redeem them soon", 12 + n)
        }),
        ("Gutschein", |n| {
            format!(
                "Glückwunsch, auf Sie wartet ein Gutschein über {} €",
                15 + n
            )
        }),
        ("punten", |n| {
            format!(
                "Er staan nog {} spaarpunten, lever ze in voor december",
                15 + n
            )
        }),
    ];
    for (case, words) in texts {
        let mut guard = Guard::default();
        let texts: Vec<String> = (0..9).map(words).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = first(&mut guard, &texts).map(|(person, _)| person);
        assert!(matches!(found, Some(5..=9)), "{case}: {found:?}");
    }
}

#[test]
fn who_asked_to_be_told_waits_for_it() {
    let mut guard = Guard::default();
    for n in 0..12 {
        guard.observe_in(n as i64, n, "Let me know when the game is back, please");
        go(&mut guard, &text(MINUTE, n, "Will do!"));
    }
    for n in 0..12 {
        let at = 6 * HOUR + n as i64;
        let verdict = go(
            &mut guard,
            &text(at, n, "It is here, one of them is yours!"),
        );
        assert_eq!(verdict.level, Level::Allow, "{n}");
    }
}
