//! Words that make an advertisement of a message, or a request for praise, or that tell how to stop it.
//!
//! Source: Meta, "Template categorization" (what is promotional). A word ending in `*` stands for every word that
//! begins so, `*word*` for every word it is part of; several words stand for themselves in a row.

use std::ops::Range;
use store::search::plain;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    German,
    Portuguese,
    English,
}

/// Whole words, whatever the language: replies that stop advertising are often English.
pub(super) const OPT_OUT: &[&str] = &[
    "stop",
    "stopp",
    "abmelden",
    "abbestellen",
    "abmeldung",
    "austragen",
    "keine nachrichten",
    "keine werbung",
    "sair",
    "parar",
    "cancelar",
    "descadastrar",
    "nao receber",
    "opt out",
    "opt-out",
    "unsubscribe",
    "no more messages",
];

impl Tongue {
    pub fn of(language: &str) -> Self {
        match language.get(..2) {
            Some("de") => Self::German,
            Some("pt") => Self::Portuguese,
            _ => Self::English,
        }
    }

    pub fn promotional(self) -> &'static [&'static str] {
        match self {
            Self::German => &[
                "*angebot*",
                "*rabatt*",
                "*gutschein*",
                "*sonderpreis*",
                "*schnappchen*",
                "sale",
                "sonderaktion*",
                "rabattaktion*",
                "aktionspreis*",
                "gratis",
                "geschenkt",
                "gewinnspiel*",
                "sparen",
                "reduziert",
                "jetzt kaufen",
                "jetzt bestellen",
                "nur heute",
                "nur solange",
                "solange der vorrat",
                "neue kollektion",
                "exklusiv*",
                "black friday",
                "empfehlen sie uns",
                "%",
            ],
            Self::Portuguese => &[
                "oferta*",
                "promocao",
                "promocoes",
                "desconto*",
                "cupom",
                "cupons",
                "gratis",
                "liquidacao",
                "compre agora",
                "compre ja",
                "so hoje",
                "somente hoje",
                "exclusiv*",
                "nova colecao",
                "sorteio",
                "economize",
                "imperdivel",
                "brinde*",
                "black friday",
                "aproveite",
                "indique um amigo",
                "%",
            ],
            Self::English => &[
                "special offer",
                "offers",
                "our offer",
                "discount*",
                "sale",
                "coupon*",
                "voucher*",
                "promo*",
                "deal",
                "deals",
                "bargain*",
                "free gift",
                "for free",
                "buy now",
                "shop now",
                "order now",
                "only today",
                "today only",
                "limited time",
                "new collection",
                "giveaway*",
                "save up to",
                "exclusive*",
                "black friday",
                "refer a friend",
                "%",
            ],
        }
    }

    pub fn review(self) -> &'static [&'static str] {
        match self {
            Self::German => &[
                "bewerten",
                "bewertung*",
                "*rezension*",
                "bewerte*",
                "sterne",
                "zufriedenheit*",
                "umfrage*",
                "wie zufrieden",
                "weiterempfehlen",
                "feedback",
            ],
            Self::Portuguese => &[
                "avalie",
                "avaliar",
                "avaliacao",
                "avaliacoes",
                "pesquisa de satisfacao",
                "estrelas",
                "sua opiniao",
                "feedback",
                "recomende",
            ],
            Self::English => &[
                "review us",
                "a review",
                "reviews",
                "rate us",
                "rate your",
                "rating",
                "survey",
                "feedback",
                "stars",
                "recommend us",
                "how did we do",
            ],
        }
    }
}

/// Where any of these stands in a text, in UTF-16 units.
pub(super) fn places(text: &str, wanted: &[&str]) -> Vec<Range<usize>> {
    let words = words(text);
    let mut found = Vec::new();
    for phrase in wanted {
        if *phrase == "%" {
            found.extend(percents(text));
            continue;
        }
        let parts: Vec<&str> = phrase.split([' ', '-']).collect();
        for row in words.windows(parts.len()) {
            if row
                .iter()
                .zip(&parts)
                .all(|((word, _), part)| is(word, part))
            {
                let (first, last) = (&row[0].1, &row[row.len() - 1].1);
                found.push(utf16(text, first.start)..utf16(text, last.end));
            }
        }
    }
    found.sort_by_key(|place| (place.start, place.end));
    found.dedup();
    found
}

fn is(word: &str, wanted: &str) -> bool {
    match (wanted.strip_prefix('*'), wanted.strip_suffix('*')) {
        (Some(_), Some(_)) => word.contains(wanted.trim_matches('*')),
        (None, Some(begin)) => word.starts_with(begin),
        _ => word == wanted,
    }
}

/// Folded words and where they stand, in bytes. What stands in braces is a variable.
fn words(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, c) in ends {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.push((plain(&text[from..at]), from..at));
                start = None;
            }
            _ => {}
        }
    }
    let braced = cloud_api::template::variables(text);
    found.retain(|(_, place)| {
        !braced
            .iter()
            .any(|variable| variable.start <= place.start && place.end <= variable.end)
    });
    found
}

/// `20 %` and `{{1}} %` alike.
fn percents(text: &str) -> Vec<Range<usize>> {
    text.match_indices('%')
        .filter(|(at, _)| {
            let before = text[..*at].trim_end();
            before.ends_with(|c: char| c.is_ascii_digit()) || before.ends_with("}}")
        })
        .map(|(at, _)| utf16(text, at)..utf16(text, at + 1))
        .collect()
}

fn utf16(text: &str, bytes: usize) -> usize {
    text.get(..bytes)
        .map_or(0, |before| before.encode_utf16().count())
}
