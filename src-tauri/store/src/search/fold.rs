//! Text as it is compared: lower case, Latin letters without their accents, ß as ss, other marks left out.
//!
//! The same as SQLite's trigram tokenizer with `remove_diacritics 1` does wherever both have a say, so that what
//! is found here was proposed by the index; a test compares them.

use icu_normalizer::properties::{CanonicalDecompositionBorrowed, Decomposed};

/// `text` folded, behind what `folded` held before it was cleared.
pub(super) fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    for c in text.chars() {
        each(c, |c| folded.push(c));
    }
}

/// Small letters, Latin ones without their accents, ß as ss.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// `text` folded, and for each byte of that where its character begins in `text`.
pub(super) fn fold_mapped(text: &str) -> (String, Vec<usize>) {
    let mut folded = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        each(c, |c| folded.push(c));
        origin.resize(folded.len(), at);
    }
    (folded, origin)
}

/// Marks that hang on the letter before them.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn each(c: char, mut put: impl FnMut(char)) {
    if c.is_ascii() {
        return put(c.to_ascii_lowercase());
    }
    for c in c.to_lowercase() {
        match c {
            'ß' => {
                put('s');
                put('s');
            }
            'ς' => put('σ'),
            mark if is_mark(mark) => {}
            c => put(base(c)),
        }
    }
}

/// The Latin letter under its accents; anything else as it is.
fn base(c: char) -> char {
    let mut letter = c;
    while let Decomposed::Expansion(under, _) =
        CanonicalDecompositionBorrowed::new().decompose(letter)
    {
        letter = under;
    }
    if letter.is_ascii() { letter } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    #[test]
    fn case_and_accents_fold_and_nothing_else() {
        for (text, folded) in [
            ("Brötchen", "brotchen"),
            ("GRÜSSE", "grusse"),
            ("Grüße", "grusse"),
            ("Amanhã, São João", "amanha, sao joao"),
            ("e\u{301}te\u{301}", "ete"),
            ("Tiếng Việt", "tieng viet"),
            ("ΣΟΦΟΣ", "σοφοσ"),
            ("й", "й"),
            ("가각", "가각"),
            ("が", "が"),
            ("مرحبا 👩‍🍳", "مرحبا 👩‍🍳"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn every_byte_knows_its_character() {
        let (folded, origin) = fold_mapped("aß é");
        assert_eq!(folded, "ass e");
        assert_eq!(origin, [0, 1, 1, 3, 4]);
    }

    #[test]
    fn what_folds_here_folds_alike_in_the_index() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE VIRTUAL TABLE f USING fts5 (t, tokenize = 'trigram remove_diacritics 1');
             CREATE VIRTUAL TABLE v USING fts5vocab ('f', 'instance');",
        )
        .unwrap();
        // Latin with its extensions, Greek, Cyrillic, Hebrew, Arabic, kana, and a few of everything else.
        let apart = [
            '\u{b5}', '\u{17f}', '\u{1e0}', '\u{1e1}', '\u{37f}', 'ß', 'ẞ', 'ŉ', 'ǰ',
        ];
        let chars = ('\u{a0}'..='\u{3cf}')
            .chain('\u{400}'..='\u{51f}')
            .chain('\u{5d0}'..='\u{6ff}')
            .chain('\u{1e00}'..='\u{1e95}')
            .chain('\u{1ea0}'..='\u{1ef9}')
            .chain('\u{3041}'..='\u{30ff}')
            .chain(['蛋', '糕', '가', '🎂', '\u{200d}'])
            .filter(|c| !is_mark(*c) && !apart.contains(c));
        for c in chars {
            db.execute(
                "INSERT INTO f (rowid, t) VALUES (?1, ?2)",
                (u32::from(c), format!("x{c}y")),
            )
            .unwrap();
        }
        let mut statement = db.prepare("SELECT doc, term FROM v").unwrap();
        let mut rows = statement.query([]).unwrap();
        let mut compared = 0;
        while let Some(row) = rows.next().unwrap() {
            let (c, term): (u32, String) = (row.get(0).unwrap(), row.get(1).unwrap());
            let c = char::from_u32(c).unwrap();
            assert_eq!(term, fold(&format!("x{c}y")), "U+{:04X} {c}", u32::from(c));
            compared += 1;
        }
        assert!(compared > 1_500, "{compared}");
    }
}
