//! The few words around a hit, cut where a reader would cut.

use super::fold::is_mark;

/// Characters shown at most, without marks and dots.
const LENGTH: usize = 80;
/// Of them before the hit.
const LEAD: usize = 24;
/// So far a cut may move to lie between words.
const SLACK: usize = 16;

const BEGIN: char = '\u{2}';
const END: char = '\u{3}';

/// About eighty characters of `text` around the first of `places` (the bytes at which the first and the last
/// character of a hit begin, in the order of the text), every hit between U+0002 and U+0003;
/// the beginning of the text where there is none. On one line.
pub(super) fn around(text: &str, places: Vec<(usize, usize)>) -> String {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |byte: usize| chars.partition_point(|(start, _)| *start < byte);
    let hits: Vec<(usize, usize)> = places
        .into_iter()
        .map(|(first, last)| {
            let mut behind = at(last) + 1;
            while chars.get(behind).is_some_and(|(_, c)| hangs_on(*c)) {
                behind += 1;
            }
            (at(first), behind)
        })
        .collect();
    let (from, to) = cut(&chars, hits.first().copied().unwrap_or((0, 0)));
    let mut line = String::new();
    if from > 0 {
        line.push('…');
    }
    let mut hits = hits.into_iter().peekable();
    let mut open_until = None;
    for (n, (_, c)) in chars.iter().enumerate().take(to).skip(from) {
        if open_until == Some(n) {
            line.push(END);
            open_until = None;
        }
        while let Some((start, end)) = hits.next_if(|(start, _)| *start <= n) {
            if end > n.max(open_until.unwrap_or(0)) && (start == n || open_until.is_some()) {
                if open_until.is_none() {
                    line.push(BEGIN);
                }
                open_until = Some(end);
            }
        }
        line.push(if c.is_control() { ' ' } else { *c });
    }
    if open_until.is_some() {
        line.push(END);
    }
    if to < chars.len() {
        line.push('…');
    }
    line
}

/// Where to cut, as places in `chars`.
fn cut(chars: &[(usize, char)], (start, end): (usize, usize)) -> (usize, usize) {
    let blank = |n: usize| chars.get(n).is_some_and(|(_, c)| c.is_whitespace());
    // A text that ends soon is shown to its end, with more before the hit.
    let last = chars.len().saturating_sub(LENGTH);
    let mut from = start.saturating_sub(LEAD).min(last);
    if from > 0 && !blank(from - 1) {
        if let Some(gap) = (from..start.min(from + SLACK)).find(|n| blank(*n)) {
            from = gap + 1;
        }
        while from < start && !may_begin(chars, from) {
            from += 1;
        }
    }
    let mut to = (from + LENGTH).min(chars.len());
    if to < chars.len() && !blank(to) {
        let least = end.min(to).max(to.saturating_sub(SLACK));
        if let Some(gap) = (least..to).rev().find(|n| blank(*n)) {
            to = gap;
        }
        while to > from + 1 && !may_begin(chars, to) {
            to -= 1;
        }
    }
    while to > from && to > end && blank(to - 1) {
        to -= 1;
    }
    (from, to)
}

/// No accent, skin colour or half of a joined emoji stands alone.
fn may_begin(chars: &[(usize, char)], n: usize) -> bool {
    let joined = n > 0 && chars[n - 1].1 == '\u{200d}';
    !joined && !chars.get(n).is_some_and(|(_, c)| hangs_on(*c))
}

fn hangs_on(c: char) -> bool {
    is_mark(c)
        || matches!(c, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Words;

    fn shown(text: &str, typed: &str) -> String {
        around(text, Words::of(typed).places(text))
            .replace(BEGIN, "[")
            .replace(END, "]")
    }

    #[test]
    fn the_hit_is_marked_and_the_text_cut_between_words() {
        let long = "Guten Morgen, ich wollte fragen, ob Sie für Samstag noch eine Schokoladentorte für zwölf Personen backen können, gern mit Kirschen.";
        for (text, typed, expected) in [
            ("Zwei Brötchen", "brötch", "Zwei [Brötch]en"),
            ("Zwei Brötchen", "tch", "Zwei Brö[tch]en"),
            ("Hauptstraße 5", "strasse", "Haupt[straße] 5"),
            ("e\u{301}te\u{301} là", "ete", "[e\u{301}te\u{301}] là"),
            ("Ja\nja", "ja", "[Ja] [ja]"),
            (
                "Frau Müller, Frau Mueller",
                "mueller",
                "Frau [Müller], Frau [Mueller]",
            ),
            (
                "Frau Müller, Frau Mueller",
                "müller",
                "Frau [Müller], Frau [Mueller]",
            ),
            ("Frau Mu\u{308}ller", "muell", "Frau [Mu\u{308}ll]er"),
            ("Μια βόλτα στην Αθήνα", "αθηνα", "Μια βόλτα στην [Αθήνα]"),
            ("Новая Ёлка", "елка", "Новая [Ёлка]"),
            ("neue neue", "neu eue", "[neue] [neue]"),
            ("nichts davon", "x", "nichts davon"),
            (
                long,
                "torte",
                "…noch eine Schokoladen[torte] für zwölf Personen backen können, gern mit Kirschen.",
            ),
            (
                long,
                "",
                "Guten Morgen, ich wollte fragen, ob Sie für Samstag noch eine Schokoladentorte…",
            ),
            ("我要一个蛋糕。", "蛋糕", "我要一个[蛋糕]。"),
            ("أريد كعكة غدا", "كعكة", "أريد [كعكة] غدا"),
            ("Danke 👩‍🍳!", "👩‍🍳", "Danke [👩‍🍳]!"),
            ("a\u{2}b\u{3} abc", "abc", "a b  [abc]"),
        ] {
            assert_eq!(shown(text, typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn no_text_makes_a_long_snippet() {
        for (text, typed) in [
            ("x".repeat(65_536), "xxx"),
            ("x".repeat(65_536), "y"),
            ("👩‍🍳".repeat(5_000), "🍳"),
            ("ab ".repeat(20_000), "ab"),
            (format!("{}Torte", "e\u{301}".repeat(9_000)), "torte"),
            (" ".repeat(9_000), "x"),
        ] {
            let snippet = shown(&text, typed);
            assert!(
                snippet.chars().count() <= LENGTH + 2 * LENGTH,
                "{}",
                snippet.chars().count()
            );
        }
    }
}
