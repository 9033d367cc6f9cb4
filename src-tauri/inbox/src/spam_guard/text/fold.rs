//! A text as its reader sees it: compatibility forms, case, accents and invisible characters gone, letters that only
//! look like Latin ones made Latin, spelled words joined. `Ѕ‍Аlе` (half Cyrillic) and `S A L E` are both `sale`.
//!
//! Look-alikes are only changed in words that mix scripts or stand in a text of another script, so that Russian and
//! Greek stay what they are. Every character that is left knows where in the text it came from.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Where a character came from: UTF-16 code units, as the window counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub start: u32,
    pub end: u32,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Folded {
    /// Lower case; white space as it was.
    pub text: String,
    /// Of each character of `text`.
    pub places: Vec<Place>,
    /// Characters nobody sees inside words, or words of two scripts that look alike.
    pub disguised: bool,
    pub shouting: bool,
    pub exclamations: u32,
    pub question: bool,
}

pub(super) fn fold(text: &str) -> Folded {
    let mut found = Folded::default();
    let (mut upper, mut lower) = (0_u32, 0_u32);
    let nfkd = DecomposingNormalizerBorrowed::new_nfkd();
    let mut plain = String::with_capacity(text.len());
    let mut places: Vec<Place> = Vec::with_capacity(text.len());
    let mut before = ' ';
    let mut end = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let start = end;
        end += c.len_utf16() as u32;
        match c {
            '!' | '！' | '¡' => found.exclamations += u32::from(c != '¡'),
            '?' | '？' | '؟' | '¿' => found.question = true,
            _ => {}
        }
        if is_nothing(c) {
            let next = chars.peek().copied().unwrap_or(' ');
            if hides(c) && is_european(before) && is_european(next) {
                found.disguised = true;
            }
            // An accent belongs to its letter.
            if let Some(last) = places.last_mut() {
                last.end = end;
            }
            continue;
        }
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        }
        before = c;
        if c.is_ascii() {
            plain.push(c.to_ascii_lowercase());
            places.push(Place { start, end });
            continue;
        }
        let length = plain.len();
        let squared = squared(c);
        for part in nfkd.normalize_iter(std::iter::once(squared)) {
            for part in part.to_lowercase().filter(|&part| !is_nothing(part)) {
                match part {
                    'ı' => plain.push('i'),
                    'ł' => plain.push('l'),
                    'ø' => plain.push('o'),
                    'đ' => plain.push('d'),
                    'ß' => plain.push_str("ss"),
                    'æ' => plain.push_str("ae"),
                    'œ' => plain.push_str("oe"),
                    'ٱ' => plain.push('ا'),
                    'ى' | 'ی' => plain.push('ي'),
                    'ة' => plain.push('ه'),
                    'ک' => plain.push('ك'),
                    // The decimal and the thousands separator of Arabic.
                    '٫' => plain.push(','),
                    '٬' => plain.push('.'),
                    '’' | '‘' | 'ʼ' | '`' | '´' => plain.push('\''),
                    other => plain.push(digit(other).unwrap_or(other)),
                }
            }
        }
        let added = plain[length..].chars();
        places.extend(added.map(|_| Place { start, end }));
    }
    found.shouting = upper >= 12 && lower * 4 < upper;
    let (text, mixed) = without_lookalikes(&plain);
    found.disguised |= mixed;
    (found.text, found.places) = joined(&text, &places);
    found
}

/// Marks on letters, vowel signs, the tatweel, and characters nobody sees.
fn is_nothing(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61c}' | '\u{640}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{180e}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Nobody types these into a European word; a soft hyphen comes with pasted web pages.
fn hides(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{34f}' | '\u{180e}')
}

fn is_european(c: char) -> bool {
    c.is_alphabetic() && (c < '\u{530}' || matches!(c, '\u{1e00}'..='\u{1fff}'))
}

/// White letters on black squares and circles have no compatibility form.
fn squared(c: char) -> char {
    let first = match c {
        '\u{1f150}'..='\u{1f169}' => 0x1f150,
        '\u{1f170}'..='\u{1f189}' => 0x1f170,
        _ => return c,
    };
    u8::try_from(u32::from(c) - first).map_or(c, |at| char::from(b'a' + at))
}

fn digit(c: char) -> Option<char> {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{966}'..='\u{96f}' => 0x966,
        '\u{9e6}'..='\u{9ef}' => 0x9e6,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

/// The Latin letter that a small Cyrillic or Greek letter looks like (Unicode Technical Standard 39, confusables).
fn latin(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'ғ' => 'f',
        'ԍ' => 'g',
        'н' | 'һ' | 'η' => 'h',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' | 'μ' => 'm',
        'п' => 'n',
        'о' | 'ο' | 'σ' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'ζ' => 'z',
        _ => return None,
    })
}

fn is_cyrillic_or_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52f}' | '\u{531}'..='\u{587}')
}

fn without_lookalikes(text: &str) -> (String, bool) {
    let foreign = text.chars().filter(|&c| is_cyrillic_or_greek(c)).count();
    if foreign == 0 {
        return (text.to_owned(), false);
    }
    let own = text.chars().filter(char::is_ascii_alphabetic).count();
    let mut mixed = false;
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let has_latin = word.chars().any(|c| c.is_ascii_alphabetic());
        let others = word.chars().filter(|&c| is_cyrillic_or_greek(c)).count();
        let all = word
            .chars()
            .all(|c| !is_cyrillic_or_greek(c) || latin(c).is_some());
        if others > 0 && all && (has_latin || own > foreign) {
            mixed |= has_latin;
            out.extend(word.chars().map(|c| latin(c).unwrap_or(c)));
        } else {
            out.push_str(word);
        }
    }
    (out, mixed)
}

/// `s a l e`, `s.a.l.e` and `s-a-l-e` are words, as soon as three letters stand alone in a row.
fn joined(text: &str, places: &[Place]) -> (String, Vec<Place>) {
    let chars: Vec<char> = text.chars().collect();
    let alone = |at: usize| {
        chars.get(at).is_some_and(|c| c.is_alphabetic())
            && (at == 0 || !chars[at - 1].is_alphanumeric())
            && chars.get(at + 1).is_none_or(|c| !c.is_alphanumeric())
    };
    let divides = |at: usize| {
        chars
            .get(at)
            .is_some_and(|c| matches!(c, ' ' | '.' | '-' | '_' | '*' | '·'))
    };
    let mut out = String::with_capacity(text.len());
    let mut kept = Vec::with_capacity(places.len());
    let mut at = 0;
    while at < chars.len() {
        let mut end = at;
        let mut letters = 0;
        while alone(end) && chars[end] < '\u{370}' {
            letters += 1;
            if !(divides(end + 1) && alone(end + 2)) {
                end += 1;
                break;
            }
            end += 2;
        }
        if letters >= 3 {
            for at in (at..end).filter(|&at| chars[at].is_alphabetic()) {
                out.push(chars[at]);
                kept.push(places[at]);
            }
            at = end;
        } else {
            out.push(chars[at]);
            kept.push(places[at]);
            at += 1;
        }
    }
    (out, kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_its_reader_sees_it() {
        for (text, read, disguised) in [
            ("Große Łódź ılık", "grosse lodz ilik", false),
            ("ＳＡＬＥ 𝗦𝗔𝗟𝗘 🅂🄰🄻🄴", "sale sale sale", false),
            ("S\u{200b}ale", "sale", true),
            ("Ѕаle today", "sale today", true),
            ("Привет мир", "привет мир", false),
            ("S A L E and f.r.e.e", "sale and free", false),
            ("٢٥ ريال", "25 ريال", false),
            ("عُــرض", "عرض", false),
            ("می\u{200c}خواهم", "ميخواهم", false),
        ] {
            let folded = fold(text);
            assert_eq!(folded.text, read, "{text}");
            assert_eq!(folded.disguised, disguised, "{text}");
        }
    }

    #[test]
    fn every_character_knows_where_it_came_from() {
        for (text, folded, start, end) in [
            ("🙂 Größe", "grosse", 3, 8),
            ("an e\u{301}cle\u{301} x", "ecle", 3, 9),
            ("go S\u{200b}ale", "sale", 3, 8),
            ("go s a l e now", "sale", 3, 10),
            ("é ＳＡ", "sa", 2, 4),
        ] {
            let found = fold(text);
            assert_eq!(found.places.len(), found.text.chars().count(), "{text}");
            let bytes = found.text.find(folded).unwrap();
            let from = found.text[..bytes].chars().count();
            let to = from + folded.chars().count() - 1;
            let place = (found.places[from].start, found.places[to].end);
            assert_eq!(place, (start, end), "{text}");
        }
    }

    #[test]
    fn capitals_throughout_are_shouting_and_names_are_not() {
        assert!(fold("NEW WINTER SERVICE, BOOK NOW").shouting);
        assert!(!fold("OK, see you at the ABC").shouting);
    }
}
