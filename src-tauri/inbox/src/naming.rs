//! What a customer is called, how he is addressed, and what staff wrote down that every list shows.

use crate::customer;
use cloud_api::webhook::Peer;
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
    pub blocked: bool,
    /// Whatever he may be looked for by, a line each.
    pub terms: String,
}

/// Best first: the shop's own address book, his own name, username, number, BSUID.
///
/// Names: the last one that is not empty. What the shop itself says (`book`, language, labels, blocked): the
/// last word, even an empty one, which takes back what was said before.
pub(crate) fn about(db: &Connection, customer_id: i64) -> Result<About> {
    let peer = peer(db, customer_id)?;
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for (field, value) in about_person::profiles_of(db, customer_id)? {
        if !value.is_empty() || !matches!(field.as_str(), "name" | "username") {
            said.insert(field, value);
        }
    }
    let mut last = |field: &str| said.remove(field).unwrap_or_default();
    let (book, name, username) = (last("book"), last("name"), last("username"));
    let (language, blocked) = (last("language"), last("blocked") == "1");
    let labels = said
        .iter()
        .filter(|(_, value)| *value == "1")
        .filter_map(|(field, _)| field.strip_prefix("label:").map(str::to_owned))
        .collect();
    let phone = peer.wa_id.map(|wa| format!("+{wa}")).unwrap_or_default();
    let at_username = if username.is_empty() {
        String::new()
    } else {
        format!("@{username}")
    };
    let short = peer.bsuid.map(|b| b.chars().take(SHORT_BSUID).collect());
    let name = [
        book,
        name,
        at_username,
        phone.clone(),
        short.unwrap_or_default(),
    ]
    .into_iter()
    .find(|name| !name.is_empty())
    .unwrap_or_default();
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
        blocked,
        terms: known_as.join("\n"),
    })
}

/// How to address a customer: everything known, the BSUID being the surer one. Of several the one heard of
/// last is who he is now; a number he has left is not his any more, and may be a stranger's.
pub(crate) fn peer(db: &Connection, customer_id: i64) -> Result<Peer> {
    let mut peer = Peer::default();
    let mut numbers = store::customer::numbers_in_use(db, customer_id)?;
    let persons = match store::customer::of_customer(db, customer_id)? {
        // Mostly there is only one, and when he was heard of does not matter.
        one if one.len() == 1 => one.into_iter().map(|person| (person, -1)).collect(),
        _ => store::customer::by_last_activity(db, customer_id)?,
    };
    for (person, heard_at) in persons {
        match person.key.split_once(':') {
            Some(("b", bsuid)) if peer.bsuid.is_none() => peer.bsuid = Some(bsuid.to_owned()),
            Some(("w", _)) => {
                numbers.extend(customer::number_in_use(db, &person.key)?.map(|wa| (wa, heard_at)));
            }
            Some(("g", group)) => peer.group_id = Some(group.to_owned()),
            _ => {}
        }
    }
    numbers.sort_by(|(a, at), (b, bt)| (at, a).cmp(&(bt, b)));
    peer.wa_id = numbers.pop().map(|(wa, _)| wa);
    Ok(peer)
}
