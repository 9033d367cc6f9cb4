//! What people agree to, in words: those that come with Guichet, the shop's own, and what is missing in one.
//!
//! A version never changes. Editing makes the next one; acts go on resting on the version that was shown.

use super::{flaw, words::says_messages};
use crate::{
    ledger::{PURPOSES, ShownWording},
    view::{NotUsable, WordingFinding, WordingRef},
};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};
use store::{
    Connection, Result,
    wording::{self, WordingRow},
};

/// Longer than this nobody reads at a till.
const LONGEST: usize = 1_000;
/// Stands for the name of the business.
pub const BUSINESS: &str = "{{business}}";

/// Texts of one language that come with Guichet.
#[derive(Debug, Deserialize)]
pub struct Supplied {
    pub wordings: BTreeMap<String, String>,
    /// How each purpose is called in `scan`.
    pub kinds: BTreeMap<String, String>,
    pub and: String,
    /// What somebody sends who scans a code.
    pub scan: String,
    /// The question with two buttons, `yes` and `no`.
    pub ask: String,
    pub yes: String,
    pub no: String,
    pub stopped: Stopped,
}

/// The one confirmation of a stop.
#[derive(Debug, Deserialize)]
pub struct Stopped {
    pub offers: String,
    pub all: String,
}

static SUPPLIED: LazyLock<BTreeMap<&'static str, Supplied>> = LazyLock::new(|| {
    let read = |json: &str| serde_json::from_str(json).ok();
    [
        ("en", include_str!("../../../../assets/wording/en.json")),
        ("de", include_str!("../../../../assets/wording/de.json")),
        (
            "pt-BR",
            include_str!("../../../../assets/wording/pt-BR.json"),
        ),
    ]
    .into_iter()
    .filter_map(|(language, json)| Some((language, read(json)?)))
    .collect()
});

/// The texts of a language (BCP 47), or English.
pub fn supplied(language: &str) -> Option<&'static Supplied> {
    let found = SUPPLIED
        .iter()
        .find(|(known, _)| base(known) == base(language));
    found.map(|(_, texts)| texts).or_else(|| SUPPLIED.get("en"))
}

/// `de` of `de-AT`.
fn base(language: &str) -> String {
    let base = language.split(['-', '_']).next().unwrap_or_default();
    base.to_lowercase()
}

/// Puts what comes with Guichet beside the shop's own, once. True if anything was new.
pub fn supply(db: &Connection) -> Result<bool> {
    let mut news = false;
    for (language, texts) in SUPPLIED.iter() {
        for (purpose, text) in &texts.wordings {
            news |= wording::put(
                db,
                &WordingRow {
                    id: supplied_id(purpose, language),
                    version: 1,
                    purpose: purpose.clone(),
                    language: (*language).to_owned(),
                    text: text.clone(),
                    since: 0,
                    retired_at: -1,
                    supplied: true,
                },
            )?;
        }
    }
    Ok(news)
}

/// Of a wording that comes with Guichet; the shop's later versions of it keep the id.
pub fn supplied_id(purpose: &str, language: &str) -> String {
    format!("{purpose}.{language}")
}

/// The text as it is shown.
pub fn shown(text: &str, business: &str) -> String {
    text.replace(BUSINESS, business)
}

/// The version that is shown now for a purpose, in this language or else in English; `None`: every one is retired.
pub fn current(db: &Connection, purpose: &str, language: &str) -> Result<Option<WordingRow>> {
    let all = wording::all(db)?;
    let newest = |wanted: &str| {
        all.iter()
            .filter(|row| {
                row.purpose == purpose && base(&row.language) == base(wanted) && row.retired_at < 0
            })
            .max_by_key(|row| (row.since, row.version))
            .cloned()
    };
    Ok(newest(language).or_else(|| newest("en")))
}

/// What an act may rest on: this version, if it is still in use.
pub fn in_use(db: &Connection, named: &WordingRef) -> Result<Option<WordingRow>> {
    let found = wording::get(db, &named.id, named.version)?;
    Ok(found.filter(|row| row.retired_at < 0))
}

/// As it goes into an act.
pub fn for_act(row: &WordingRow, business: &str) -> ShownWording {
    ShownWording {
        purpose: row.purpose.clone(),
        id: row.id.clone(),
        version: row.version,
        text: shown(&row.text, business),
    }
}

/// `offers, calls and answers to my questions`, in the words of a language; own purposes by their label.
pub fn kinds(texts: &Supplied, purposes: &[(String, String)]) -> String {
    let named: Vec<&str> = purposes
        .iter()
        .map(|(key, label)| texts.kinds.get(key).map_or(label.as_str(), String::as_str))
        .collect();
    match named.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), texts.and),
    }
}

/// What is missing in a wording. `business`: the shop's name, which may stand there instead of its placeholder.
pub fn findings(text: &str, business: &str) -> Vec<WordingFinding> {
    if text.trim().is_empty() {
        return vec![finding("empty", true)];
    }
    let as_shown = shown(
        text,
        if business.is_empty() {
            "Guichet"
        } else {
            business
        },
    );
    let named = text.contains(BUSINESS)
        || (!business.is_empty() && flaw(&as_shown, business) != Some(NotUsable::BusinessNotNamed));
    let mut found = Vec::new();
    if !named {
        found.push(finding("business_missing", true));
    }
    if !says_messages(&as_shown) {
        found.push(finding("messages_missing", true));
    }
    for (rule, words) in [
        ("kinds_missing", KINDS),
        ("stop_missing", STOP),
        ("privacy_missing", PRIVACY),
    ] {
        let lower = as_shown.to_lowercase();
        if !words.iter().any(|word| lower.contains(word)) {
            found.push(finding(rule, false));
        }
    }
    if as_shown.chars().count() > LONGEST {
        found.push(finding("too_long", false));
    }
    found
}

fn finding(rule: &str, blocks: bool) -> WordingFinding {
    WordingFinding {
        rule: rule.to_owned(),
        blocks,
    }
}

/// Words by which a wording says what kind of messages will come.
const KINDS: &[&str] = &[
    "order",
    "appointment",
    "offer",
    "advert",
    "news",
    "question",
    "repair",
    "invoice",
    "delivery",
    "reminder",
    "bestell",
    "termin",
    "angebot",
    "werbung",
    "neuig",
    "neues",
    "frage",
    "reparatur",
    "rechnung",
    "liefer",
    "erinner",
    "pedido",
    "horário",
    "oferta",
    "publicidade",
    "novidade",
    "pergunta",
    "conserto",
    "entrega",
    "lembrete",
    "cita",
    "commande",
    "rendez-vous",
    "ordine",
    "appuntament",
    "sipariş",
    "randevu",
    "bestelling",
    "afspraak",
    "zamówieni",
];
/// Words by which it says how to stop.
const STOP: &[&str] = &[
    "stop",
    "end it",
    "unsubscribe",
    "withdraw",
    "revoke",
    "opt out",
    "widerruf",
    "beenden",
    "abmeld",
    "sair",
    "cancelar",
    "encerrar",
    "revogar",
    "baja",
    "parar",
    "désabonn",
    "retirer",
    "revoca",
    "disiscri",
    "iptal",
    "ret ",
    "afmeld",
    "intrek",
    "wypis",
    "cofn",
    "إلغاء",
    "إيقاف",
];
/// Words by which it names the privacy notice.
const PRIVACY: &[&str] = &[
    "privacy",
    "datenschutz",
    "privacidade",
    "privacidad",
    "confidentialité",
    "données",
    "gizlilik",
    "prywatno",
    "riservatezza",
    "خصوصية",
];

/// Whether a purpose is one that every shop has.
pub fn is_common(purpose: &str) -> bool {
    PURPOSES.contains(&purpose)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_text_and_none_lacks_anything() {
        for language in ["en", "de", "pt-BR"] {
            let texts = SUPPLIED.get(language).expect(language);
            for purpose in PURPOSES {
                let text = &texts.wordings[purpose];
                assert_eq!(findings(text, "Blumen Meyer"), [], "{language} {purpose}");
                assert_eq!(flaw(&shown(text, "Blumen Meyer"), "Blumen Meyer"), None);
                assert!(texts.kinds.contains_key(purpose), "{language} {purpose}");
            }
            for button in [&texts.yes, &texts.no] {
                assert!(button.chars().count() <= 20, "{language}: {button}");
            }
            assert!(texts.scan.contains("#{{code}}") && texts.scan.contains(BUSINESS));
        }
    }

    #[test]
    fn texts_are_found_by_the_language_alone() {
        let scan = |language| supplied(language).map(|texts| texts.yes.as_str());
        for (language, yes) in [
            ("de-AT", "Ja, einverstanden"),
            ("pt", "Sim, concordo"),
            ("pt_BR", "Sim, concordo"),
            ("EN", "Yes, I agree"),
            ("fi", "Yes, I agree"),
            ("", "Yes, I agree"),
        ] {
            assert_eq!(scan(language), Some(yes), "{language}");
        }
    }

    #[test]
    fn what_is_missing_in_a_wording_is_named() {
        let rules = |text: &str| -> Vec<(String, bool)> {
            let found = findings(text, "Blumen Meyer");
            found.into_iter().map(|f| (f.rule, f.blocks)).collect()
        };
        let rule = |name: &str, blocks| (name.to_owned(), blocks);
        for (text, expected) in [
            ("  ", vec![rule("empty", true)]),
            (
                "Ich möchte Angebote.",
                vec![
                    rule("business_missing", true),
                    rule("messages_missing", true),
                    rule("stop_missing", false),
                    rule("privacy_missing", false),
                ],
            ),
            (
                "Blumen Meyer darf mir WhatsApp-Nachrichten schicken.",
                vec![
                    rule("kinds_missing", false),
                    rule("stop_missing", false),
                    rule("privacy_missing", false),
                ],
            ),
            (
                "{{business}} schickt mir Nachrichten zu Bestellungen, bis ich STOPP schreibe (Datenschutz: Aushang).",
                vec![],
            ),
        ] {
            assert_eq!(rules(text), expected, "{text}");
        }
        let long = format!(
            "{{{{business}}}} Nachrichten Bestellung STOPP Datenschutz {}",
            "a ".repeat(600)
        );
        assert_eq!(rules(&long), [rule("too_long", false)]);
    }

    #[test]
    fn kinds_are_listed_as_people_speak() {
        let texts = supplied("de").expect("german");
        let purposes = |keys: &[&str]| -> Vec<(String, String)> {
            keys.iter()
                .map(|key| ((*key).to_owned(), "Kurse".to_owned()))
                .collect()
        };
        for (keys, expected) in [
            (vec!["offers"], "Angebote"),
            (
                vec!["updates", "offers"],
                "Nachrichten zu meinen Bestellungen und Angebote",
            ),
            (
                vec!["updates", "offers", "own:kurse"],
                "Nachrichten zu meinen Bestellungen, Angebote und Kurse",
            ),
        ] {
            assert_eq!(kinds(texts, &purposes(&keys)), expected);
        }
    }
}
