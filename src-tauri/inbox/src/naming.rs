//! What a customer is called, how he is addressed, and what staff wrote down that every list shows.

use crate::customer;
use std::collections::{BTreeMap, BTreeSet};
use store::{Connection, Result, about_person};

/// As many characters of a BSUID as are shown where nothing better is known.
const SHORT_BSUID: usize = 12;

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
