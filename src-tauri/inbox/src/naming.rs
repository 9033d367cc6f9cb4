//! What a customer is called, how he is addressed, and what staff wrote down that every list shows.

use crate::customer;
use std::collections::{BTreeMap, BTreeSet};
use store::{Connection, Result, about_person};

/// As many characters of a BSUID as are shown where nothing better is known.
const SHORT_BSUID: usize = 12;

/// Words before a name that are no name, in the languages of the shop; without the dot of an abbreviation.
const TITLES: [&str; 25] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "sir",
    "madam",
    "dr",
    "prof",
    "professor",
    "herr",
    "herrn",
    "frau",
    "seu",
    "dona",
    "sr",
    "sra",
    "srta",
    "senhor",
    "senhora",
    "dra",
    "doutor",
    "doutora",
    "profa",
    "professora",
];

/// As somebody is greeted: the first word of the name, and before it whatever titles it begins with. "Seu" alone is
/// nobody's name.
pub(crate) fn first_name(name: &str) -> &str {
    let name = name.trim();
    let mut rest = name;
    loop {
        let (word, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let behind = behind.trim_start();
        if behind.is_empty() || !is_title(word) {
            let end = rest.strip_prefix(word).unwrap_or_default();
            return name.strip_suffix(end).unwrap_or(name);
        }
        rest = behind;
    }
}

fn is_title(word: &str) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word).to_lowercase();
    TITLES.contains(&word.as_str())
}

/// What a thread shows of its customer; empty where nothing is known.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct About {
    /// The best of what follows.
    pub name: String,
    /// `+` and digits.
    pub phone: String,
    pub username: String,
    pub labels: BTreeSet<String>,
    pub language: String,
    /// Whatever he may be looked for by, a line each.
    pub terms: String,
}

/// Best first: the shop's own address book, his own name, username, number, BSUID.
///
/// Names: the last one that is not empty. What the shop itself says (`book`, language, labels): the
/// last word, even an empty one, which takes back what was said before.
pub(crate) fn about(db: &Connection, customer_id: i64) -> Result<About> {
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for (field, value) in about_person::profiles_of(db, customer_id)? {
        if !value.is_empty() || !matches!(field.as_str(), "name" | "username") {
            said.insert(field, value);
        }
    }
    let mut last = |field: &str| said.remove(field).unwrap_or_default();
    let (book, name, username) = (last("book"), last("name"), last("username"));
    let language = last("language");
    let labels = said
        .iter()
        .filter(|(_, value)| *value == "1")
        .filter_map(|(field, _)| field.strip_prefix("label:").map(str::to_owned))
        .collect();
    let number = customer::number(db, customer_id)?;
    let phone = number.map(|wa| format!("+{wa}")).unwrap_or_default();
    let at_username = if username.is_empty() {
        String::new()
    } else {
        format!("@{username}")
    };
    let known = [book, name, at_username, phone.clone()];
    let name = match known.into_iter().find(|name| !name.is_empty()) {
        Some(name) => name,
        None => {
            let bsuid = customer::address(db, customer_id, None)?.bsuid;
            bsuid.map_or_else(String::new, |b| b.chars().take(SHORT_BSUID).collect())
        }
    };
    let known_as: Vec<String> = about_person::known_as(db, customer_id)?
        .iter()
        .map(|term| term.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    Ok(About {
        name,
        phone,
        username,
        labels,
        language,
        terms: known_as.join("\n"),
    })
}

#[cfg(test)]
mod tests {
    use super::first_name;

    #[test]
    fn somebody_is_greeted_by_his_first_word_and_the_titles_before_it() {
        for (name, expected) in [
            ("Lena Brandt", "Lena"),
            ("Lena", "Lena"),
            ("  Lena   Brandt ", "Lena"),
            ("Seu Antônio Prado", "Seu Antônio"),
            ("DONA Célia", "DONA Célia"),
            ("Frau Müller", "Frau Müller"),
            ("Frau Prof. Dr. Yılmaz", "Frau Prof. Dr. Yılmaz"),
            ("Ms. Trent", "Ms. Trent"),
            ("Dr. Maria Souza", "Dr. Maria"),
            ("Seu", "Seu"),
            ("Drew Barns", "Drew"),
            ("", ""),
        ] {
            assert_eq!(first_name(name), expected, "{name:?}");
        }
    }
}
