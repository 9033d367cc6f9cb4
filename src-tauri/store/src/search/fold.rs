//! Text as it is compared: lower case, Latin and Greek letters without their accents, ß as ss, ё as е, other
//! marks left out.
//!
//! The search indexes hold their texts folded like this (SQL function `folded`), so what is found here was
//! proposed by them. Whoever changes what folds has to fill both indexes anew in a migration.
//!
//! ä, ö and ü are also written ae, oe and ue. That is a second way to fold, for checking only: a text is looked
//! at both ways, so `neue` finds no `neu`.

use icu_normalizer::properties::{CanonicalDecompositionBorrowed, Decomposed};
use rusqlite::{Connection, functions::FunctionFlags};

/// What becomes of ä, ö and ü.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Umlauts {
    /// a, o, u.
    Plain,
    /// ae, oe, ue.
    Written,
}

/// `text` folded, in the place of what `folded` held.
pub(super) fn fold_into(text: &str, umlauts: Umlauts, folded: &mut String) {
    folded.clear();
    for c in text.chars() {
        each(c, umlauts, folded);
    }
}

/// Small letters, letters without their accents, ß as ss; ä, ö and ü as a, o and u.
pub fn plain(text: &str) -> String {
    fold(text, Umlauts::Plain)
}

pub(super) fn fold(text: &str, umlauts: Umlauts) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, umlauts, &mut folded);
    folded
}

/// `text` folded, and for each byte of that where its character begins in `text`.
pub(super) fn fold_mapped(text: &str, umlauts: Umlauts) -> (String, Vec<usize>) {
    let mut folded = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        each(c, umlauts, &mut folded);
        origin.resize(folded.len(), at);
    }
    (folded, origin)
}

/// A text folded both ways, the second only where that says something else and somebody asks.
#[derive(Debug, Default)]
pub(super) struct Folded {
    plain: String,
    written: String,
    differs: bool,
}

impl Folded {
    /// `both`: somebody looks for an umlaut, or for what may stand in its place.
    pub fn read(&mut self, text: &str, both: bool) {
        fold_into(text, Umlauts::Plain, &mut self.plain);
        self.differs = both && !text.is_ascii() && text.contains(has_dots);
        if self.differs {
            fold_into(text, Umlauts::Written, &mut self.written);
        }
    }

    #[cfg(test)]
    pub fn of(text: &str, umlauts: Umlauts) -> Self {
        let mut folded = Self::default();
        folded.read(text, umlauts == Umlauts::Written);
        folded
    }

    pub fn plain(&self) -> &str {
        &self.plain
    }

    pub fn written(&self) -> &str {
        if self.differs {
            &self.written
        } else {
            &self.plain
        }
    }
}

/// Marks that hang on the letter before them.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

const DOTS: char = '\u{308}';

fn has_dots(c: char) -> bool {
    matches!(c, 'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü' | DOTS)
}

fn each(c: char, umlauts: Umlauts, folded: &mut String) {
    if c.is_ascii() {
        return folded.push(c.to_ascii_lowercase());
    }
    for c in c.to_lowercase() {
        match c {
            'ß' => folded.push_str("ss"),
            'ς' => folded.push('σ'),
            'ё' | 'ѐ' => folded.push('е'),
            'ѝ' => folded.push('и'),
            'ä' | 'ö' | 'ü' if umlauts == Umlauts::Written => {
                folded.push(base(c));
                folded.push('e');
            }
            // Written as a letter and its dots.
            DOTS if umlauts == Umlauts::Written && folded.ends_with(['a', 'o', 'u']) => {
                folded.push('e');
            }
            mark if is_mark(mark) => {}
            c => folded.push(base(c)),
        }
    }
}

/// The Latin or Greek letter under its accents; anything else as it is.
fn base(c: char) -> char {
    let mut letter = c;
    loop {
        letter = match CanonicalDecompositionBorrowed::new().decompose(letter) {
            Decomposed::Expansion(under, _) => under,
            Decomposed::Singleton(same) => same,
            _ => break,
        };
    }
    if letter.is_ascii() || matches!(letter, 'α'..='ω') {
        letter
    } else {
        c
    }
}

/// Makes `folded(text)` known to a connection: the schema asks it for what the search indexes hold.
pub(super) fn teach(db: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    db.create_scalar_function("folded", 1, flags, |with| {
        let text = with.get_raw(0).as_str().unwrap_or_default();
        Ok(fold(text, Umlauts::Plain))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_fold_and_nothing_else() {
        for (text, plain, written) in [
            ("Brötchen", "brotchen", "broetchen"),
            ("ÄÖÜ", "aou", "aeoeue"),
            ("a\u{308}O\u{308}u\u{308}", "aou", "aeoeue"),
            ("Zoë, naïf", "zoe, naif", "zoe, naif"),
            ("GRÜSSE", "grusse", "gruesse"),
            ("Grüße", "grusse", "gruesse"),
            ("Amanhã, São João", "amanha, sao joao", "amanha, sao joao"),
            ("e\u{301}te\u{301}", "ete", "ete"),
            ("Tiếng Việt", "tieng viet", "tieng viet"),
            ("ΣΟΦΟΣ", "σοφοσ", "σοφοσ"),
            ("Αθήνα, Ναΐς", "αθηνα, ναισ", "αθηνα, ναισ"),
            ("ᾅδω", "αδω", "αδω"),
            ("Ёлка, ёж", "елка, еж", "елка, еж"),
            ("й", "й", "й"),
            ("가각", "가각", "가각"),
            ("が", "が", "が"),
            ("مرحبا 👩‍🍳", "مرحبا 👩‍🍳", "مرحبا 👩‍🍳"),
        ] {
            assert_eq!(fold(text, Umlauts::Plain), plain, "{text}");
            assert_eq!(fold(text, Umlauts::Written), written, "{text}");
            let folded = Folded::of(text, Umlauts::Written);
            assert_eq!((folded.plain(), folded.written()), (plain, written));
        }
    }

    #[test]
    fn every_byte_knows_its_character() {
        let (folded, origin) = fold_mapped("aß é", Umlauts::Plain);
        assert_eq!(folded, "ass e");
        assert_eq!(origin, [0, 1, 1, 3, 4]);
        let (folded, origin) = fold_mapped("äu\u{308}b", Umlauts::Written);
        assert_eq!(folded, "aeueb");
        assert_eq!(origin, [0, 0, 2, 3, 5]);
    }

    #[test]
    fn folding_twice_says_the_same() {
        for c in ('\u{20}'..='\u{d7ff}').chain('\u{f900}'..='\u{ffff}') {
            let text = format!("x{c}y");
            for umlauts in [Umlauts::Plain, Umlauts::Written] {
                let once = fold(&text, umlauts);
                assert_eq!(fold(&once, umlauts), once, "U+{:04X}", u32::from(c));
            }
        }
    }
}
