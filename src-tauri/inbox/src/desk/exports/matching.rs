//! Which customers and purposes a filter finds, walked by key from end to end.

use super::super::Desk;
use crate::{
    consent::{state_named, strength_of},
    customer,
    ledger::OFFERS,
    view::{ConsentFilter, ConsentState},
};
use store::{Connection, Result, about_person, consent::StateRow, ledger_page};

/// Read at once.
const PAGE: i64 = 1_000;
const YEAR: i64 = 365 * 24 * 60 * 60 * 1000;

impl Desk {
    /// Every customer and purpose under a filter. Purposes nobody ever said anything about have no row.
    pub fn matching(
        &self,
        filter: &ConsentFilter,
        mut found: impl FnMut(i64, &StateRow),
    ) -> Result<()> {
        let now = self.clock.now();
        let mut after = (0, String::new());
        loop {
            let (page, last) = self.store.read(|db| {
                let mut page = ledger_page::standings(db, (after.0, &after.1), PAGE)?;
                let last = page.last().map(|(id, row)| (*id, row.purpose.clone()));
                let mut failed = None;
                page.retain(|(customer_id, row)| {
                    let fits = fits(row, filter, now) && {
                        let named = is_called(db, *customer_id, &filter.text);
                        named.unwrap_or_else(|error| {
                            failed = Some(error);
                            false
                        })
                    };
                    fits
                });
                match failed {
                    Some(error) => Err(error),
                    None => Ok((page, last)),
                }
            })?;
            for (customer_id, row) in &page {
                found(*customer_id, row);
            }
            match last {
                Some(last) => after = last,
                None => return Ok(()),
            }
        }
    }
}

fn fits(row: &StateRow, filter: &ConsentFilter, now: i64) -> bool {
    let state = state_named(&row.state);
    let listed = match filter.list.as_str() {
        "offers_today" => row.purpose == OFFERS && row.usable,
        "never_contact" => state == ConsentState::Out,
        "unconfirmed" => {
            matches!(state, ConsentState::Asked | ConsentState::Claimed) || is_unused(row, now)
        }
        _ => true,
    };
    let wording = |wanted: &str| match wanted.split_once('@') {
        Some((id, version)) => row.wording_id == id && row.wording_version.to_string() == version,
        None => row.wording_id == wanted,
    };
    listed
        && (filter.purpose.is_empty() || row.purpose == filter.purpose)
        && (filter.states.is_empty() || filter.states.contains(&state))
        && (filter.channel.is_empty() || row.channel == filter.channel)
        && (filter.wording.is_empty() || wording(&filter.wording))
        && (filter.strengths.is_empty() || filter.strengths.contains(&strength_of(row.strength)))
        && filter.from.is_none_or(|from| row.since >= from)
        && filter.to.is_none_or(|to| row.since < to)
        && (!filter.unused || is_unused(row, now))
}

fn is_unused(row: &StateRow, now: i64) -> bool {
    state_named(&row.state) == ConsentState::In && row.since.max(row.last_used_at) < now - YEAR
}

/// Name, number or username; an empty text calls everybody.
fn is_called(db: &Connection, customer_id: i64, text: &str) -> Result<bool> {
    let wanted = text.trim().to_lowercase();
    if wanted.is_empty() {
        return Ok(true);
    }
    let digits: String = wanted.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= 3
        && let Some(number) = customer::number(db, customer_id)?
        && number.contains(&digits)
    {
        return Ok(true);
    }
    let names = about_person::known_as(db, customer_id)?;
    let username = wanted.trim_start_matches('@');
    Ok(names
        .iter()
        .any(|name| name.to_lowercase().contains(username)))
}
