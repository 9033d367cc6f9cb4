//! Which column is what: by its heading in three languages, and the number by what stands in it.

use super::Row;
use crate::{phone, view::ImportMapping};
use store::search::plain;

/// As they are compared: small, without accents. The likelier words come first.
const PHONE: [&str; 14] = [
    "whatsapp",
    "handy",
    "mobil",
    "mobile",
    "celular",
    "cell",
    "telefon",
    "telefone",
    "phone",
    "rufnummer",
    "fone",
    "numero",
    "nummer",
    "number",
];
const NAME: [&str; 9] = [
    "name", "nome", "kunde", "customer", "cliente", "kontakt", "contact", "contato", "vorname",
];
const LANGUAGE: [&str; 5] = ["sprache", "language", "idioma", "lingua", "lang"];
const DATE: [&str; 9] = [
    "einwilligung",
    "consent",
    "consentimento",
    "datum",
    "date",
    "data",
    "seit",
    "since",
    "desde",
];
/// Fewer digits are no telephone number.
const FEWEST_DIGITS: usize = 6;

/// The first row, if it is a heading: nothing in it looks like a number to call.
pub(crate) fn heading(first: Option<&Row>) -> Option<&Row> {
    let digits = |cell: &String| cell.chars().filter(char::is_ascii_digit).count();
    first.filter(|row| row.cells.iter().all(|cell| digits(cell) < FEWEST_DIGITS))
}

/// -1 where nothing fits.
pub(crate) fn guess(heading: Option<&Row>, some: &[Row], country: &str) -> ImportMapping {
    let titles: Vec<String> = heading
        .map(|row| row.cells.iter().map(|cell| plain(cell)).collect())
        .unwrap_or_default();
    let mut taken = Vec::new();
    let mut named = |words: &[&str]| {
        let exact = |word: &&str| titles.iter().position(|title| title == *word);
        let within = |word: &&str| titles.iter().position(|title| title.contains(*word));
        let found = words
            .iter()
            .find_map(exact)
            .or_else(|| words.iter().find_map(within));
        let found = found.filter(|at| !taken.contains(at));
        taken.extend(found);
        found
    };
    let phone = named(&PHONE).or_else(|| fullest(some, country));
    let mapping = |at: Option<usize>| at.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1);
    ImportMapping {
        phone: mapping(phone),
        name: mapping(named(&NAME)),
        language: mapping(named(&LANGUAGE)),
        date: mapping(named(&DATE)),
    }
}

/// The column with the most numbers in it.
fn fullest(some: &[Row], country: &str) -> Option<usize> {
    let width = some.iter().map(|row| row.cells.len()).max()?;
    let numbers = |at: usize| {
        let cells = some.iter().filter_map(|row| row.cells.get(at));
        cells
            .filter(|cell| phone::read(cell, country).is_ok())
            .count()
    };
    let counted = (0..width)
        .map(|at| (numbers(at), at))
        .filter(|(n, _)| *n > 0);
    counted
        .max_by_key(|(n, at)| (*n, std::cmp::Reverse(*at)))
        .map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Row {
        Row {
            line: 1,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        }
    }

    #[test]
    fn columns_are_known_by_their_headings_in_three_languages() {
        for (cells, phone, name, language, date) in [
            (vec!["Name", "Telefon", "Sprache", "Datum"], 1, 0, 2, 3),
            (
                vec!["Kundennummer", "Vorname Name", "Handynummer"],
                2,
                1,
                -1,
                -1,
            ),
            (
                vec!["Nome", "Celular", "Idioma", "Data do consentimento"],
                1,
                0,
                2,
                3,
            ),
            (
                vec!["Phone number", "Customer name", "Language", "Consented"],
                0,
                1,
                2,
                3,
            ),
            (vec!["E-Mail", "Ort"], -1, -1, -1, -1),
        ] {
            let found = guess(Some(&row(&cells)), &[], "DE");
            let expected = ImportMapping {
                phone,
                name,
                language,
                date,
            };
            assert_eq!(found, expected, "{cells:?}");
        }
    }

    #[test]
    fn without_a_heading_the_numbers_tell_their_column() {
        let some = [
            row(&["17", "Lena", "0151 23456789"]),
            row(&["18", "Jo", "+49 151 2345678"]),
        ];
        assert!(heading(some.first()).is_none());
        assert_eq!(guess(None, &some, "DE").phone, 2);
    }
}
