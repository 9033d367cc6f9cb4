//! From what a person types to what has to be in a text, and to a question the trigram index understands.

use super::fold::{Folded, Umlauts, fold, fold_mapped, is_mark};

/// Nobody types more to find something; a text that was pasted is cut here.
const TYPED_AT_MOST: usize = 256;
const WORDS_AT_MOST: usize = 12;
/// Of a long word some trigrams say as much as all.
const TRIGRAMS_AT_MOST: usize = 10;
/// So many places of a word are asked for in both ways an umlaut may be written.
const UMLAUTS_AT_MOST: usize = 4;
/// More places in one text nobody looks at.
const PLACES_AT_MOST: usize = 1_000;

/// What has to be found, all of it, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(Vec<Word>);

/// One word, or a part of one, or what stood in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    /// Folded.
    spelling: String,
    /// With umlauts written out, where it has any or may mean one: this in a text read the same way fits too.
    written: Option<String>,
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

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether texts have to be read both ways umlauts are written.
    pub(super) fn both_ways(&self) -> bool {
        self.0.iter().any(|word| word.written.is_some())
    }

    /// Whether a text holds all of it.
    pub(super) fn fit(&self, text: &Folded) -> bool {
        self.0.iter().all(|word| word.fits(text))
    }

    /// Where in a text each of it stands, in the order of the text: the bytes at which the first and the last
    /// character of the place begin.
    pub(super) fn places(&self, text: &str) -> Vec<(usize, usize)> {
        let (plain, origin) = fold_mapped(text, Umlauts::Plain);
        let written = self
            .both_ways()
            .then(|| fold_mapped(text, Umlauts::Written));
        let mut places = Vec::new();
        for word in &self.0 {
            word.all_places(&plain, &origin, &word.spelling, &mut places);
            if let (Some(spelling), Some((text, origin))) = (&word.written, &written) {
                word.all_places(text, origin, spelling, &mut places);
            }
        }
        places.sort_unstable();
        places.dedup();
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
        let spelled = fold(word, Umlauts::Plain);
        if spelled.is_empty() {
            return None;
        }
        let written = fold(word, Umlauts::Written);
        let long = spelled.chars().nth(2).is_some();
        let begins = word.chars().next().is_some_and(has_word_beginnings);
        let three = word.chars().filter(|c| !is_mark(*c)).nth(2).is_some();
        let place = match (long, begins && !three) {
            (true, _) => Place::Anywhere,
            (false, true) => Place::ScanBeginnings,
            (false, false) => Place::Scan,
        };
        let umlauts =
            written != spelled || next_umlaut(&spelled.chars().collect::<Vec<_>>(), 0).is_some();
        Some(Self {
            spelling: spelled,
            written: umlauts.then_some(written),
            place,
        })
    }

    fn fits(&self, text: &Folded) -> bool {
        self.find(text.plain(), &self.spelling, 0).is_some()
            || self
                .written
                .as_ref()
                .is_some_and(|written| self.find(text.written(), written, 0).is_some())
    }

    /// The first place of a spelling at or behind byte `from`.
    fn find(&self, folded: &str, spelling: &str, from: usize) -> Option<(usize, usize)> {
        folded[from..]
            .match_indices(spelling)
            .map(|(at, hit)| (from + at, from + at + hit.len()))
            .find(|(at, _)| {
                self.place != Place::ScanBeginnings
                    || !folded[..*at].ends_with(char::is_alphanumeric)
            })
    }

    fn all_places(
        &self,
        folded: &str,
        origin: &[usize],
        spelling: &str,
        places: &mut Vec<(usize, usize)>,
    ) {
        let mut from = 0;
        while places.len() < PLACES_AT_MOST
            && let Some((start, end)) = self.find(folded, spelling, from)
        {
            places.push((origin[start], origin[end - 1]));
            from = end;
        }
    }

    fn question(&self) -> Option<String> {
        if self.place != Place::Anywhere {
            return None;
        }
        if let Some(question) = self.written.as_deref().and_then(both_in_the_index) {
            return Some(question);
        }
        Some(format!("({})", trigrams(&self.spelling)?))
    }
}

/// What the index has to hold of a word in which every ae, oe and ue may also be a letter with dots, of which
/// the index knows the letter alone. `None` where too little is left that it could be asked for: then a word of
/// three letters finds its umlaut with the fourth.
fn both_in_the_index(written: &str) -> Option<String> {
    let chars: Vec<char> = written.chars().collect();
    let mut umlauts = Vec::new();
    while let Some(at) = next_umlaut(&chars, umlauts.last().map_or(0, |at| at + 2)) {
        umlauts.push(at);
    }
    let mut parts = Vec::new();
    for (n, &at) in umlauts.iter().enumerate().take(UMLAUTS_AT_MOST) {
        let before = if n == 0 { 0 } else { umlauts[n - 1] + 2 };
        let behind = umlauts.get(n + 1).copied().unwrap_or(chars.len());
        let lead: String = chars[before.max(at.saturating_sub(2))..at].iter().collect();
        let rest: String = chars[at + 2..behind.min(at + 4)].iter().collect();
        let as_two = trigrams(&format!("{lead}{}e{rest}", chars[at]));
        let as_one = trigrams(&format!("{lead}{}{rest}", chars[at]));
        if let (Some(as_two), Some(as_one)) = (as_two, as_one) {
            parts.push(format!("({as_two} OR {as_one})"));
        }
    }
    // What stands apart from all of them is the same either way.
    let mut from = 0;
    for at in umlauts.into_iter().chain([chars.len()]) {
        let apart: String = chars[from.min(at)..at].iter().collect();
        parts.extend(trigrams(&apart));
        from = at + 2;
    }
    (!parts.is_empty()).then(|| format!("({})", parts.join(" AND ")))
}

/// The next ae, oe or ue.
fn next_umlaut(chars: &[char], from: usize) -> Option<usize> {
    let is_one = |pair: &[char]| matches!(pair, ['a' | 'o' | 'u', 'e']);
    let found = chars.get(from..)?.windows(2).position(is_one)?;
    Some(from + found)
}

/// Three characters each, spread evenly over the word, as FTS5 strings; `None` of fewer than three.
fn trigrams(spelling: &str) -> Option<String> {
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
    (!parts.is_empty()).then(|| format!("({})", parts.join(" AND ")))
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
                Some("(((\"bro\" AND \"oet\" AND \"roe\") OR (\"bro\" AND \"rot\")))"),
            ),
            ("OR \"x", None),
            ("***", None),
            ("", None),
            (
                "NEAR(abc)",
                Some("((\"(ab\" AND \"abc\" AND \"ar(\" AND \"ear\" AND \"nea\" AND \"r(a\"))"),
            ),
            ("a\"b\"c", None),
            ("Fuß", Some("((\"fus\" AND \"uss\"))")),
            (
                "Mueller",
                Some(
                    "(((\"ell\" AND \"mue\" AND \"uel\") OR (\"mul\" AND \"ull\")) AND (\"ler\" AND \"lle\"))",
                ),
            ),
            ("mue", Some("((\"mue\"))")),
            ("ue", None),
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
            "ue".repeat(9_000),
            "maeuse ".repeat(9_000),
            "öäü ".repeat(9_000),
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
            ("Mueller", "Frau Müller", true),
            ("muell", "Frau Mu\u{308}ller", true),
            ("mueller-luedenscheidt", "Müller-Luedenscheidt", true),
            ("Muller", "Frau Mueller", false),
            ("neue", "neu", false),
            ("neue", "das Neue", true),
            ("que", "Qu", false),
            ("strassenfuesse", "Straßenfüße", true),
            ("stras", "Hauptstraße", true),
            ("oel", "Öl", true),
            ("Öl", "Oel", true),
            ("αθηνα", "Αθήνα", true),
            ("Αθήνα", "αθηνα", true),
            ("елка", "Ёлка", true),
            ("ёлка", "ЕЛКА", true),
            ("мой", "мои", false),
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
            let words = Words::of(typed);
            let folded = Folded::of(text, Umlauts::Written);
            assert_eq!(words.fit(&folded), fits, "{typed} in {text}");
            assert!(!fits || !words.places(text).is_empty(), "{typed} in {text}");
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
            assert!(
                Words::of_person(typed).fit(&Folded::of("491515550100", Umlauts::Plain)),
                "{typed}"
            );
        }
        let fits = |typed: &str, text: &str| {
            Words::of_person(typed).fit(&Folded::of(text, Umlauts::Plain))
        };
        assert!(!fits("0152", "491515550100"));
        assert!(fits("@lena.b", "lena.b"));
    }
}
