//! Opt-outs in free text, held against cases people might write to a shop (`cases/*.tsv`).

mod properties;
mod table;

use inbox::opt_out::{Scope, Tier, Yes, answer, recognise};
use table::Case;

const LANGUAGES: [&str; 11] = [
    "en", "de", "pt", "es", "it", "fr", "tr", "nl", "pl", "ar", "ru",
];

#[derive(Default)]
struct Count {
    right: usize,
    certain: usize,
    wrongly_certain: usize,
    missed: usize,
}

impl Count {
    fn add(&mut self, case: &Case) {
        let tier = recognise(&case.text, case.after_marketing).tier;
        self.right += usize::from(case.tiers.contains(&tier));
        match (case.tiers.contains(&Tier::Certain), tier == Tier::Certain) {
            (true, true) => self.certain += 1,
            (false, true) => self.wrongly_certain += 1,
            (true, false) if case.tiers.len() == 1 => self.missed += 1,
            _ => {}
        }
    }

    fn precision(&self) -> f64 {
        share(self.certain, self.certain + self.wrongly_certain)
    }

    fn recall(&self) -> f64 {
        share(self.certain, self.certain + self.missed)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    let count = |count: usize| f64::from(u32::try_from(count).unwrap());
    count(part) / count(whole.max(1))
}

#[test]
fn certain_is_certain_and_little_is_missed() {
    let cases = table::read();
    let mut all = Count::default();
    for case in &cases {
        all.add(case);
    }
    for file in table::files() {
        let mut count = Count::default();
        let own = || cases.iter().filter(|case| case.file == file);
        own().for_each(|case| count.add(case));
        println!(
            "{file}: {} cases, {} right, precision on certain {:.4}, recall {:.4}",
            own().count(),
            count.right,
            count.precision(),
            count.recall()
        );
    }
    println!(
        "all: {} cases, {} right, precision on certain {:.4}, recall {:.4}",
        cases.len(),
        all.right,
        all.precision(),
        all.recall()
    );
    assert!(all.precision() >= 0.995, "precision {}", all.precision());
    assert!(all.recall() >= 0.97, "recall {}", all.recall());
}

#[test]
fn every_case_is_recognised_as_the_table_says() {
    let mut wrong = Vec::new();
    for case in table::read() {
        let found = recognise(&case.text, case.after_marketing);
        let scope = case.scope.is_none_or(|scope| found.scope == scope);
        if !case.tiers.contains(&found.tier) || found.tier == Tier::Certain && !scope {
            wrong.push(format!("{}: {case:?}\n  found {found:?}", case.file));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_has_every_language_and_half_of_it_only_looks_like_an_opt_out() {
    let texts = |file: &str, plain: bool| {
        let cases = table::read();
        let own = cases.into_iter().filter(|case| case.file == file);
        let mut texts: Vec<String> = own
            .filter(|case| (case.tiers == [Tier::Certain]) == plain)
            .map(|case| case.text)
            .collect();
        texts.dedup();
        texts.len()
    };
    let mut all = 0;
    for language in LANGUAGES {
        let (plain, alike) = (texts(language, true), texts(language, false));
        assert!(plain >= 20 && alike >= 20, "{language}: {plain}, {alike}");
        assert!(alike * 10 >= plain * 8, "{language}: {plain}, {alike}");
        all += plain + alike;
    }
    assert!(all >= 400, "{all}");
}

#[test]
fn what_decided_is_named_with_its_language() {
    for (text, passage, language) in [
        (
            "Hallo, bitte keine Werbung mehr, danke",
            "keine Werbung",
            Some("de"),
        ),
        (
            "ya no me manden mensajes",
            "no me manden mensajes",
            Some("es"),
        ),
        ("STOP", "STOP", None),
        ("Stop aub", "Stop", Some("nl")),
        ("abmelden!", "abmelden", Some("de")),
        ("𝗦𝗧𝗢𝗣 🛑", "𝗦𝗧𝗢𝗣", None),
        ("reklam istemiyorum", "reklam istemiyorum", Some("tr")),
    ] {
        let found = recognise(text, true);
        assert_eq!(found.tier, Tier::Certain, "{text}");
        assert_eq!(found.language, language, "{text}");
        let passage_found = found.passage.map(|place| text[place].to_owned());
        assert!(
            passage_found
                .as_deref()
                .is_some_and(|found| found.contains(passage)),
            "{text}: {passage_found:?}"
        );
    }
}

#[test]
fn stop_in_reply_to_advertising_stops_advertising_and_otherwise_everything() {
    for (text, after_marketing, scope) in [
        ("STOP", true, Scope::Marketing),
        ("STOP", false, Scope::All),
        ("Bitte schreibt mir nicht mehr", true, Scope::All),
        ("Delete my number", true, Scope::All),
        ("keine Werbung", false, Scope::Marketing),
        ("Unsubscribe", false, Scope::Marketing),
    ] {
        let found = recognise(text, after_marketing);
        assert_eq!(
            (found.tier, found.scope),
            (Tier::Certain, Some(scope)),
            "{text}, after advertising: {after_marketing}"
        );
    }
}

#[test]
fn only_a_whole_message_answers_the_question_whether_we_may_write() {
    for (text, said) in [
        ("START", Some(Yes::StartWord)),
        ("Anmelden bitte", Some(Yes::StartWord)),
        ("QUERO", Some(Yes::StartWord)),
        ("alta", Some(Yes::StartWord)),
        ("Ja!", Some(Yes::YesWord)),
        ("Sì grazie", Some(Yes::YesWord)),
        ("sim 😊", Some(Yes::YesWord)),
        ("evet", Some(Yes::YesWord)),
        ("نعم", Some(Yes::YesWord)),
        ("Nein danke", Some(Yes::NoWord)),
        ("nie", Some(Yes::NoWord)),
        ("ja?", None),
        ("Ja, und noch drei Brötchen", None),
        ("STOP", None),
        ("Abmelden", None),
        ("", None),
    ] {
        assert_eq!(answer(text), said, "{text}");
    }
}
