//! Contacts as telephones and address books hand them out (vCard 2.1, 3.0 and 4.0): a row for each card.
//!
//! Cards are cut out of the file here, so that one that is broken costs itself alone and is named by the line it begins
//! on; what is in one is the library's to read.

use super::Row;
use calcard::vcard::{
    VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardProperty, VCardType,
    VCardValue,
};
use std::{borrow::Cow, cmp::Reverse};

const BEGIN: &str = "BEGIN:VCARD";
const END: &str = "END:VCARD";
/// Some programs write a line or two of their own first.
const LOOKED_AT: usize = 20;
/// As `columns` knows them. A card says itself what is what.
const HEADING: [&str; 3] = ["Name", "Phone", "Language"];
/// What a parameter of old cards is called, which may stand there without saying that it is an encoding.
const QUOTED: &str = "QUOTED-PRINTABLE";

pub(super) fn are_in(text: &str) -> bool {
    text.lines().take(LOOKED_AT).any(|line| is(line, BEGIN))
}

/// A heading, and a row for each card: name, number, language. Empty cells where the card says nothing.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let mut rows = vec![Row {
        line: 0,
        cells: HEADING.map(str::to_owned).to_vec(),
    }];
    let mut open: Option<(i64, String)> = None;
    for (line, number) in text.lines().zip(1..) {
        if is(line, BEGIN) {
            // The one before it was never closed; what it says counts all the same.
            rows.extend(open.take().map(row));
            open = Some((number, String::new()));
        }
        if is(line, END) {
            rows.extend(open.take().map(row));
        } else if let Some((_, card)) = &mut open {
            card.push_str(&named(line));
            card.push_str("\r\n");
        }
    }
    rows.extend(open.map(row));
    rows
}

fn is(line: &str, what: &str) -> bool {
    let line = line.trim().trim_start_matches('\u{feff}');
    line.eq_ignore_ascii_case(what)
}

/// The line with its encoding named as one: `FN;QUOTED-PRINTABLE:` is `FN;ENCODING=QUOTED-PRINTABLE:`.
fn named(line: &str) -> Cow<'_, str> {
    let Some((head, value)) = line.split_once(':') else {
        return Cow::Borrowed(line);
    };
    let mut parts: Vec<Cow<'_, str>> = head.split(';').map(Cow::Borrowed).collect();
    let Some(bare) = parts
        .iter_mut()
        .find(|part| part.eq_ignore_ascii_case(QUOTED))
    else {
        return Cow::Borrowed(line);
    };
    *bare = Cow::Owned(format!("ENCODING={QUOTED}"));
    Cow::Owned(format!("{}:{value}", parts.join(";")))
}

fn row((line, card): (i64, String)) -> Row {
    let cells = match VCard::parse(format!("{card}{END}\r\n")) {
        Ok(card) => vec![name(&card), phone(&card), language(&card)],
        Err(_) => vec![String::new(); HEADING.len()],
    };
    Row { line, cells }
}

fn name(card: &VCard) -> String {
    let formatted = first(card, &VCardProperty::Fn);
    if !formatted.is_empty() {
        return formatted;
    }
    // Family, given, additional names; titles before and behind are no name.
    let parts: Vec<String> = card
        .property(&VCardProperty::N)
        .map(|entry| entry.values.iter().map(said).collect())
        .unwrap_or_default();
    let part = |at: usize| parts.get(at).map_or("", String::as_str);
    let whole = [part(1), part(2), part(0)].join(" ");
    let whole = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    match whole.is_empty() {
        true => first(card, &VCardProperty::Org),
        false => whole,
    }
}

/// Of several numbers the one WhatsApp is likeliest on; of equally likely ones the first.
fn phone(card: &VCard) -> String {
    let numbers = card.properties(&VCardProperty::Tel).enumerate();
    let best = numbers
        .map(|(at, entry)| (likely(entry), Reverse(at), number(entry)))
        .filter(|(.., number)| !number.is_empty())
        .max();
    best.map(|(.., number)| number).unwrap_or_default()
}

fn number(entry: &VCardEntry) -> String {
    let text = entry.values.first().map(said).unwrap_or_default();
    let text = text.trim();
    // As an address: `tel:+49-30-1234;ext=5`.
    let is_address = text
        .get(..4)
        .is_some_and(|s| s.eq_ignore_ascii_case("tel:"));
    match is_address {
        true => text[4..].split(';').next().unwrap_or_default().to_owned(),
        false => text.to_owned(),
    }
}

fn likely(entry: &VCardEntry) -> i32 {
    let mut likely = 0;
    for param in &entry.params {
        likely += match (&param.name, &param.value) {
            // WhatsApp's own word, in contacts it hands out.
            (VCardParameterName::Other(name), _) if name.eq_ignore_ascii_case("waid") => 100,
            (_, VCardParameterValue::Type(VCardType::Cell)) => 10,
            (_, VCardParameterValue::Type(VCardType::Fax | VCardType::Pager)) => -10,
            (VCardParameterName::Pref, _) => 1,
            (VCardParameterName::Type, VCardParameterValue::Text(text))
                if text.eq_ignore_ascii_case("pref") =>
            {
                1
            }
            _ => 0,
        };
    }
    likely
}

fn language(card: &VCard) -> String {
    match first(card, &VCardProperty::Lang) {
        spoken if !spoken.is_empty() => spoken,
        _ => first(card, &VCardProperty::Language),
    }
}

fn first(card: &VCard, property: &VCardProperty) -> String {
    let said = card.properties(property).filter_map(|entry| {
        let text = said(entry.values.first()?);
        (!text.trim().is_empty()).then(|| text.trim().to_owned())
    });
    let mut said = said;
    said.next().unwrap_or_default()
}

fn said(value: &VCardValue) -> String {
    match value {
        VCardValue::Component(parts) => parts.join(" "),
        value => value.as_text().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(i64, String, String)> {
        let rows = rows(text).into_iter().skip(1);
        rows.map(|row| (row.line, row.cells[0].clone(), row.cells[1].clone()))
            .collect()
    }

    fn one(card: &str) -> (String, String) {
        let found = read(&format!("BEGIN:VCARD\r\n{card}\r\nEND:VCARD\r\n"));
        assert_eq!(found.len(), 1, "{card}");
        (found[0].1.clone(), found[0].2.clone())
    }

    #[test]
    fn cards_of_every_version_are_read() {
        for (card, name, number) in [
            (
                "VERSION:2.1\r\nN:Neumann;Jo\r\nFN:Jo Neumann\r\nTEL;CELL:0151 55501002",
                "Jo Neumann",
                "0151 55501002",
            ),
            (
                "VERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\r\nTEL;CELL;PREF:+4915155501003",
                "Jörg Müller",
                "+4915155501003",
            ),
            (
                "VERSION:2.1\r\nFN;QUOTED-PRINTABLE;CHARSET=UTF-8:Fu=C3=9F=\r\npflege Gr=C3=BCn\r\nTEL;WORK;VOICE:030 5550100",
                "Fußpflege Grün",
                "030 5550100",
            ),
            (
                "VERSION:3.0\r\nFN:Conceição\r\n  da Silva\r\nTEL;TYPE=CELL,VOICE:+55 11 95550\r\n 1004",
                "Conceição da Silva",
                "+55 11 955501004",
            ),
            (
                "VERSION:3.0\r\nN:Testmann;Lena;Maria;Dr.;\r\nFN:\r\nitem1.TEL;type=pref:0151 55501001\r\nitem1.X-ABLabel:Laden",
                "Lena Maria Testmann",
                "0151 55501001",
            ),
            (
                "VERSION:4.0\r\nFN:Ida \\, Laden\r\nTEL;VALUE=uri;TYPE=\"voice,cell\";PREF=1:tel:+49-151-55501005;ext=1",
                "Ida , Laden",
                "+49-151-55501005",
            ),
            (
                "VERSION:3.0\r\nORG:Café Anders;Küche\r\nTEL:030 1",
                "Café Anders",
                "030 1",
            ),
            ("VERSION:3.0\r\nFN:Ohne Nummer", "Ohne Nummer", ""),
        ] {
            assert_eq!(one(card), (name.to_owned(), number.to_owned()), "{card}");
        }
    }

    #[test]
    fn of_several_numbers_the_likeliest_is_taken() {
        for (numbers, taken) in [
            ("TEL;TYPE=HOME:1\r\nTEL;TYPE=CELL:2\r\nTEL;TYPE=CELL:3", "2"),
            ("TEL;TYPE=CELL:1\r\nTEL;TYPE=CELL;PREF=1:2", "2"),
            ("TEL;TYPE=CELL:1\r\nTEL;TYPE=CELL,pref:2", "2"),
            ("TEL;TYPE=CELL:1\r\nTEL;TYPE=WORK;waid=4930555:2", "2"),
            ("TEL;TYPE=FAX:1\r\nTEL;TYPE=WORK:2", "2"),
            ("TEL:\r\nTEL;TYPE=FAX:2", "2"),
        ] {
            let (_, number) = one(&format!("VERSION:3.0\r\nFN:Ada\r\n{numbers}"));
            assert_eq!(number, taken, "{numbers}");
        }
    }

    #[test]
    fn a_broken_card_costs_itself_alone_and_is_named_by_its_line() {
        let text = "\u{feff}BEGIN:VCARD\nVERSION:3.0\nFN:Eins\nTEL:111111\nEND:VCARD\n\
            something in between\n\
            BEGIN:VCARD\nFN:never closed\nTEL:222222\n\
            begin:vcard\n;;:::\n\u{0}\u{7}\nEND:VCARD\n\
            BEGIN:VCARD\nEND:VCARD\nEND:VCARD\n\
            BEGIN:VCARD\nVERSION:3.0\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=x-none:a=ZZ=\nTEL;CELL:333333";
        assert!(are_in(text));
        let found = read(text);
        let lines: Vec<(i64, &str)> = found
            .iter()
            .map(|(line, _, number)| (*line, number.as_str()))
            .collect();
        let all = [(1, "111111"), (7, "222222"), (10, ""), (14, "")];
        assert_eq!(lines[..4], all);
        assert_eq!(lines[4].0, 17);
        assert!(!are_in("Name;Telefon\nJo;0151 1"));
    }
}
