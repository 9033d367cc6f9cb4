//! Addresses on the web within a text, by the rule by which the window makes links of them
//! (`ui/src/text/addresses.ts`; both are held against the same texts).
//!
//! Written out with `http(s)://` it is one. Without it a word with dots may be anything (`file.txt`, "ok.see you"),
//! so it is an address only where it says so itself: it begins with `www.`, goes on with a path (`bank.example/pay`),
//! or ends in `.com`, `.net` or `.org`, alone or before a country (`.com.br`).

use super::fold::is_mark;
use rusqlite::{Connection, functions::FunctionFlags};
use std::ops::Range;

/// More of them in one text nobody looks at.
const AT_MOST: usize = 300;
/// The longest part of a name between two dots (RFC 1035), and parts of a name.
const LABEL: usize = 63;
const LABELS: usize = 9;
const GENERIC: [&str; 3] = ["com", "net", "org"];

/// Whether there is one.
pub(super) fn any(text: &str) -> bool {
    written_out(text).next().is_some() || bare(text).next().is_some()
}

/// Where they stand, in the order of the text: the bytes at which the first and the last character begin.
pub(super) fn places(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<Range<usize>> = written_out(text).chain(bare(text)).take(AT_MOST).collect();
    found.sort_by_key(|place| place.start);
    let mut end = 0;
    found.retain(|place| {
        let apart = place.start >= end;
        end = end.max(place.end);
        apart
    });
    let last = |place: &Range<usize>| {
        let last = text[place.clone()].char_indices().next_back();
        place.start + last.map_or(0, |(at, _)| at)
    };
    found
        .iter()
        .map(|place| (place.start, last(place)))
        .collect()
}

/// Makes `holds_link(text)` known to a connection: an index of the schema holds the messages of which it is true.
pub(super) fn teach(db: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    db.create_scalar_function("holds_link", 1, flags, |with| {
        Ok(any(with.get_raw(0).as_str().unwrap_or_default()))
    })
}

/// With `http://` or `https://` before it.
fn written_out(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut behind = 0;
    text.match_indices("://").filter_map(move |(at, sign)| {
        let before = text.as_bytes().get(behind..at)?;
        let named = |name: &str| {
            let from = before.len().checked_sub(name.len())?;
            before[from..]
                .eq_ignore_ascii_case(name.as_bytes())
                .then_some(at - name.len())
        };
        let start = named("https").or_else(|| named("http"))?;
        let rest = &text[at + sign.len()..];
        let host = rest.find(|c| ends_address(c) || "/?#".contains(c));
        let host = without_stops(&rest[..host.unwrap_or(rest.len())]);
        if !host.rsplit('@').next()?.contains(char::is_alphanumeric) {
            return None;
        }
        let address = without_stops(&rest[..signs(rest)]);
        behind = at + sign.len() + address.len();
        Some(start..behind)
    })
}

/// With nothing before it.
fn bare(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(dot) = text[from..].find('.') {
            let dot = from + dot;
            let before = text[from..dot].char_indices().rev();
            let lead = before.take_while(|(_, c)| of_a_name(*c)).last();
            let start = lead.map_or(dot, |(at, _)| from + at);
            let end = name_ends(text, dot);
            from = end.max(dot + 1);
            if let Some(length) = address(text, start, end) {
                from = from.max(start + length);
                return Some(start..start + length);
            }
        }
        None
    })
}

/// Where the name ends that goes on with the dot at `at`.
fn name_ends(text: &str, at: usize) -> usize {
    let mut end = at;
    while let Some(rest) = text[end..].strip_prefix('.')
        && rest.starts_with(char::is_alphanumeric)
    {
        end += 1 + rest.find(|c| !of_a_name(c)).unwrap_or(rest.len());
    }
    end
}

/// How many bytes from `start` are an address, where the name `start..end` begins one.
fn address(text: &str, start: usize, end: usize) -> Option<usize> {
    let goes_on = |c: char| "@/.\\=&?#%+-".contains(c) || hidden(c);
    if text[..start].ends_with(goes_on) || text[end..].starts_with('@') {
        return None;
    }
    let host = &text[start..end];
    let labels: Vec<&str> = host.split('.').take(LABELS + 1).collect();
    let [parts @ .., name, ending] = labels.as_slice() else {
        return None;
    };
    let sound = |label: &&str| {
        label.starts_with(char::is_alphanumeric) && label.chars().take(LABEL + 1).count() <= LABEL
    };
    if labels.len() > LABELS || !labels.iter().all(sound) || !is_ending(ending) {
        return None;
    }
    // "Danke.Bis morgen/abends" is two sentences: an ending is not written with one capital.
    let small = ending.to_lowercase() == **ending;
    if (!small && host.to_uppercase() != host)
        || !name.contains(char::is_alphabetic)
        || host.contains(hidden)
    {
        return None;
    }
    let rest = &text[end..];
    let port = port(rest);
    let path = &rest[port..];
    let path = if path.starts_with(['/', '?', '#']) {
        &path[..signs(path)]
    } else {
        ""
    };
    let generic = |label: &str| GENERIC.iter().any(|one| label.eq_ignore_ascii_case(one));
    let first = parts.first();
    let said = first.is_some_and(|first| first.eq_ignore_ascii_case("www"))
        || path.starts_with('/')
        || generic(ending)
        || (first.is_some() && ending.chars().count() == 2 && generic(name));
    let whole = &text[start..end + port + path.len()];
    said.then(|| without_stops(whole).len())
}

/// Letters alone, or what stands for letters beyond a–z.
fn is_ending(label: &str) -> bool {
    let foreign = label
        .get(..4)
        .filter(|begin| begin.eq_ignore_ascii_case("xn--"));
    match foreign {
        Some(begin) => label.len() > begin.len() && label.is_ascii(),
        None => label.chars().nth(1).is_some() && label.chars().all(char::is_alphabetic),
    }
}

/// The bytes of `:8443` at the beginning of what follows a name.
fn port(rest: &str) -> usize {
    let Some(behind) = rest.strip_prefix(':') else {
        return 0;
    };
    let digits = behind.find(|c: char| !c.is_ascii_digit());
    let digits = digits.unwrap_or(behind.len());
    if (2..=5).contains(&digits) {
        1 + digits
    } else {
        0
    }
}

/// How far an address may go: to a blank, a quotation mark, a bracket of another language, or something unseen.
fn signs(text: &str) -> usize {
    text.find(ends_address).unwrap_or(text.len())
}

fn ends_address(c: char) -> bool {
    c.is_whitespace() || "<>\"'{}|\\^`".contains(c) || hidden(c)
}

/// What ends a sentence or a mark of formatting is no part of the address.
fn without_stops(address: &str) -> &str {
    address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '*', '_', '~'])
}

fn of_a_name(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || is_mark(c)
}

/// Nobody sees it (`HIDDEN` of `ui/src/text/hidden.ts`).
fn hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let places = places(text);
        assert_eq!(any(text), !places.is_empty(), "{text}");
        let end = |last: usize| last + text[last..].chars().next().map_or(0, char::len_utf8);
        places
            .iter()
            .map(|&(first, last)| &text[first..end(last)])
            .collect()
    }

    #[test]
    fn an_address_says_so_itself() {
        for (text, expected) in [
            (
                "Siehe blumen-meyer.example/angebot!",
                "blumen-meyer.example/angebot",
            ),
            ("www.bakery.example", "www.bakery.example"),
            ("Siehe www.bäckerei.example.", "www.bäckerei.example"),
            ("WWW.BAKERY.EXAMPLE", "WWW.BAKERY.EXAMPLE"),
            ("*www.bakery.example*", "www.bakery.example"),
            ("(bank.example/pay?id=1)", "bank.example/pay?id=1"),
            ("Bank.example/x", "Bank.example/x"),
            ("bank.example:8443/x", "bank.example:8443/x"),
            ("bank.example:8443", ""),
            (
                "bakery-schmidt.com, bakery.org!",
                "bakery-schmidt.com bakery.org",
            ),
            ("Site: padaria.com.br", "padaria.com.br"),
            ("xn--bckerei-5wa.xn--p1ai/x", "xn--bckerei-5wa.xn--p1ai/x"),
            ("https://bank.example", "https://bank.example"),
            ("xHTTP://Bank.example/a, b", "HTTP://Bank.example/a"),
            (
                "https://a.example/https://b.example",
                "https://a.example/https://b.example",
            ),
            (
                "https://bank.example@evil.example/x",
                "https://bank.example@evil.example/x",
            ),
            ("http://", ""),
            ("https://...", ""),
            ("https:// bank", ""),
        ] {
            assert_eq!(found(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn a_word_that_only_holds_a_dot_is_none() {
        for text in [
            "file.txt",
            "photo.jpg and price-list.pdf",
            "folder/file.txt",
            "ok.see you",
            "Danke.Bis morgen",
            "Danke.Bis morgen/abends",
            "Hr.Mayer/Frau Mayer",
            "am 1.mai/2.mai",
            "z.B./d.h. usw.",
            "12.50/kg",
            "1.5.2026/abends",
            "version 2.0.1",
            "...com",
            "@b.com/x",
            "anna.berg+cake@bakery.com",
            "a@b@c.com",
            "ftp://files.example.com/x",
            "und/oder",
            "www.ba\u{200b}nk.com",
            "www.bank\u{3164}.example",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_wall_of_anything_is_looked_through_once() {
        for wall in [
            "a.",
            "a",
            "www.",
            "://",
            "http://",
            "http://?",
            "https://a",
            "a-",
            "x/",
            ".",
            "ü.",
        ] {
            let text = wall.repeat(64 * 1024);
            assert!(places(&text).len() <= AT_MOST, "{wall}");
        }
    }
}
