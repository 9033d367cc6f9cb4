//! Words of somebody else's where the desktop draws them: in a notice, as the name of a file. The window has put a
//! code in the place of what nobody would see; here goes whatever reached us all the same.

/// Begins words with a direction of their own, so that those around them keep theirs (UAX 9).
const ISOLATE: char = '\u{2068}';
const END: char = '\u{2069}';

/// Nobody sees it, and it changes what is read. What writing itself needs is not among them: the joiners of Persian
/// and of emoji, variants, the tags of a flag.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}')
}

/// One line of at most so many characters.
pub fn one_line(text: &str, longest: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    legible(&words.join(" "), longest)
}

/// At most so many characters, lines kept as they are. An isolate stays where it is closed again.
pub fn legible(text: &str, longest: usize) -> String {
    let mut shown = String::new();
    let mut open = false;
    let mut rest = text.chars();
    for c in rest.by_ref().take(longest) {
        match c {
            ISOLATE if !open => open = true,
            END if open => open = false,
            '\n' => {}
            c if is_hidden(c) => continue,
            _ => {}
        }
        shown.push(c);
    }
    if rest.next().is_some() {
        shown.push('…');
    }
    if open {
        shown.push(END);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_turns_a_line_around_or_hides_in_it() {
        for (text, shown) in [
            ("Anna\n  Berg", "Anna Berg"),
            ("Rechnung\u{202e}fdp.exe", "Rechnungfdp.exe"),
            ("Le\u{200b}na\u{2060} \u{3164}", "Lena "),
            ("\u{1b}[31mrot\u{7}", "[31mrot"),
            ("3 von \u{2068}שלום\u{2069}", "3 von \u{2068}שלום\u{2069}"),
            ("\u{2068}offen", "\u{2068}offen\u{2069}"),
            ("zu\u{2069}\u{2067}", "zu"),
            ("👩🏽‍💻 ❤️ می\u{200c}خواهم", "👩🏽‍💻 ❤️ می\u{200c}خواهم"),
        ] {
            assert_eq!(one_line(text, 100), shown, "{text:?}");
        }
    }

    #[test]
    fn a_wall_of_text_ends_where_nobody_reads_on() {
        assert_eq!(one_line(&"a".repeat(64 * 1024), 10), "aaaaaaaaaa…");
        assert_eq!(legible("a\nb", 10), "a\nb");
    }
}
