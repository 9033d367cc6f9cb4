//! From what a person types to what has to be in a text, and to a question the trigram index understands.

use super::fold::{fold, is_mark};

/// Nobody types more to find something; a text that was pasted is cut here.
const TYPED_AT_MOST: usize = 256;
const WORDS_AT_MOST: usize = 12;
/// Of a long word some trigrams say as much as all.
const TRIGRAMS_AT_MOST: usize = 10;

/// What has to be found, all of it, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(Vec<Word>);

/// One word, or a part of one, or what stood in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    /// Folded; one of them is enough.
    spellings: Vec<String>,
    /// Too short for the index; then it is the beginning of a word, in scripts that have such.
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    Scan,
    ScanBeginnings,
}

impl Words {
    /// Words as typed; `"in quotes"` stands together. Nothing is an operator.
    pub fn of(text: &str) -> Self {
        let text: String = text.chars().take(TYPED_AT_MOST).collect();
        let mut words = Vec::new();
        for (n, part) in text.split('"').enumerate() {
            if n % 2 == 1 {
                words.extend(Word::of(part));
            } else {
                words.extend(part.split_whitespace().filter_map(Word::of));
            }
        }
        words.truncate(WORDS_AT_MOST);
        words.dedup();
        Self(words)
    }

    /// The same for names and numbers: a number is found however it was written, with +, 00, or one 0.
    pub fn of_person(text: &str) -> Self {
        let number = text
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-()/.".contains(c));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let digits = digits
            .strip_prefix("00")
            .or_else(|| digits.strip_prefix('0'))
            .unwrap_or(&digits);
        if number && !digits.is_empty() {
            let digits: String = digits.chars().take(TYPED_AT_MOST).collect();
            return Self(Word::of(&digits).into_iter().collect());
        }
        Self::of(text)
    }

    /// Addresses on the web.
    pub fn links() -> Self {
        let spellings = ["http://", "https://", "www."].map(str::to_owned).into();
        Self(vec![Word {
            spellings,
            place: Place::Anywhere,
        }])
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().chain(&other.0).cloned().collect())
    }

    /// Whether a folded text holds all of it.
    pub(super) fn fit(&self, folded: &str) -> bool {
        self.0.iter().all(|word| word.find(folded, 0).is_some())
    }

    /// Where in a folded text each of it stands, in the order of the text; bytes.
    pub(super) fn places(&self, folded: &str) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for word in &self.0 {
            let mut from = 0;
            while let Some((start, end)) = word.find(folded, from) {
                places.push((start, end));
                from = end;
                if places.len() > 1_000 {
                    break;
                }
            }
        }
        places.sort_unstable();
        places
    }

    /// An FTS5 question whose answers are all rows that may fit; `None` where the index cannot help.
    pub fn question(&self) -> Option<String> {
        let parts: Vec<String> = self.0.iter().filter_map(Word::question).collect();
        (!parts.is_empty()).then(|| parts.join(" AND "))
    }
}

impl Word {
    fn of(typed: &str) -> Option<Self> {
        let inner = typed.trim_matches(|c: char| !c.is_alphanumeric());
        // Signs alone: an emoji is looked for as it is, punctuation is no word.
        let word = if inner.is_empty() {
            typed.trim_matches(|c: char| c.is_ascii() || c.is_whitespace())
        } else {
            inner
        };
        let spelled = fold(word);
        if spelled.is_empty() {
            return None;
        }
        let mut spellings = vec![spelled];
        let umlauts = written_out(word);
        if umlauts != word {
            spellings.push(fold(&umlauts));
        }
        let long = spellings
            .iter()
            .flat_map(|spelling| in_the_index(spelling))
            .all(|spelling| spelling.chars().nth(2).is_some());
        let begins = word.chars().next().is_some_and(has_word_beginnings);
        let three = word.chars().filter(|c| !is_mark(*c)).nth(2).is_some();
        let place = match (long, begins && !three) {
            (true, _) => Place::Anywhere,
            (false, true) => Place::ScanBeginnings,
            (false, false) => Place::Scan,
        };
        Some(Self { spellings, place })
    }

    /// The first place at or behind byte `from`.
    fn find(&self, folded: &str, from: usize) -> Option<(usize, usize)> {
        let rest = &folded[from..];
        let first = |spelling: &String| {
            rest.match_indices(spelling.as_str())
                .map(|(at, hit)| (from + at, from + at + hit.len()))
                .find(|(at, _)| {
                    self.place != Place::ScanBeginnings
                        || !folded[..*at].ends_with(char::is_alphanumeric)
                })
        };
        self.spellings.iter().filter_map(first).min()
    }

    fn question(&self) -> Option<String> {
        if self.place != Place::Anywhere {
            return None;
        }
        let spellings = self.spellings.iter().flat_map(|s| in_the_index(s));
        let ways: Vec<String> = spellings.map(|spelling| trigrams(&spelling)).collect();
        Some(format!("({})", ways.join(" OR ")))
    }
}

/// How the index may have a folded spelling: it keeps ß apart from ss.
fn in_the_index(spelling: &str) -> Vec<String> {
    let mut ways = vec![spelling.to_owned()];
    if spelling.contains("ss") {
        ways.push(spelling.replace("ss", "ß"));
    }
    ways
}

/// Three characters each, spread evenly over the word, as FTS5 strings.
fn trigrams(spelling: &str) -> String {
    let chars: Vec<char> = spelling.chars().collect();
    let all = chars.len().saturating_sub(2);
    let step = all.div_ceil(TRIGRAMS_AT_MOST).max(1);
    let mut parts: Vec<String> = (0..all)
        .step_by(step)
        .map(|at| {
            let three: String = chars[at..at + 3].iter().collect();
            format!("\"{}\"", three.replace('"', "\"\""))
        })
        .collect();
    parts.sort_unstable();
    parts.dedup();
    format!("({})", parts.join(" AND "))
}

/// ä as ae: how people write on keyboards without it.
fn written_out(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ä' | 'Ä' => out.push_str("ae"),
            'ö' | 'Ö' => out.push_str("oe"),
            'ü' | 'Ü' => out.push_str("ue"),
            c => out.push(c),
        }
    }
    out
}

/// False for scripts that put no space between words, and for signs.
fn has_word_beginnings(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_is_never_an_operator() {
        for (typed, question) in [
            (
                "Bröt",
                Some("((\"bro\" AND \"rot\") OR (\"bro\" AND \"oet\" AND \"roe\"))"),
            ),
            ("OR \"x", None),
            ("***", None),
            ("", None),
            (
                "NEAR(abc)",
                Some("((\"(ab\" AND \"abc\" AND \"ar(\" AND \"ear\" AND \"nea\" AND \"r(a\"))"),
            ),
            ("a\"b\"c", None),
            ("Fuß", Some("((\"fus\" AND \"uss\") OR (\"fuß\"))")),
            (
                "fertig!",
                Some("((\"ert\" AND \"fer\" AND \"rti\" AND \"tig\"))"),
            ),
        ] {
            assert_eq!(Words::of(typed).question().as_deref(), question, "{typed}");
        }
    }

    #[test]
    fn long_input_asks_a_short_question() {
        for typed in [
            "x".repeat(65_536),
            "ab ".repeat(20_000),
            "\"".repeat(65_536),
            "abcdefgh ".repeat(9_000),
        ] {
            let question = Words::of(&typed).question().unwrap_or_default();
            assert!(question.len() < 4_000, "{}", question.len());
        }
    }

    #[test]
    fn a_text_fits_when_it_holds_all_that_was_typed() {
        for (typed, text, fits) in [
            ("brötch", "Zwei Brötchen", true),
            ("brotch", "Zwei BRÖTCHEN", true),
            ("Müller", "Frau Mueller", true),
            ("Müller", "Frau Muller", true),
            ("strasse", "Hauptstraße 5", true),
            ("STRAßE", "hauptstrasse 5", true),
            ("tchen", "Zwei Brötchen", true),
            ("brötchen zwei", "Zwei Brötchen", true),
            ("brötchen drei", "Zwei Brötchen", false),
            ("\"zwei brö\"", "Zwei Brötchen", true),
            ("\"brötchen zwei\"", "Zwei Brötchen", false),
            ("ge", "Ich gehe", true),
            ("ge", "morgen", false),
            ("10", "um 10:30", true),
            ("10:30", "um 10:30 Uhr", true),
            ("蛋糕", "我要一个蛋糕。", true),
            ("🎂", "Danke🎂!", true),
            ("رحب", "مرحبا", true),
            ("לום", "שלום", true),
            ("aß", "Er aß viel", true),
            ("amanha", "até amanhã", true),
        ] {
            assert_eq!(Words::of(typed).fit(&fold(text)), fits, "{typed} in {text}");
        }
    }

    #[test]
    fn a_number_is_found_however_it_is_written() {
        for typed in [
            "+49 151 5550",
            "0049151-5550",
            "0151 5550",
            "(0151) 5550",
            "1515550",
        ] {
            assert!(Words::of_person(typed).fit("491515550100"), "{typed}");
        }
        assert!(!Words::of_person("0152").fit("491515550100"));
        assert!(Words::of_person("@lena.b").fit("lena.b"));
    }
}
