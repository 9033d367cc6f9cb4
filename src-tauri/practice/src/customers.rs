//! The other side of every thread: who the customers are, how to reach them, and when they last wrote.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use veil::Redact;

/// Opens and measures the customer service window (Meta, "Send messages": 24 hours).
pub const WINDOW_MS: i64 = 24 * 60 * 60 * 1_000;

#[derive(Redact, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Customer {
    /// Digits without a plus.
    #[redact]
    pub wa_id: Option<String>,
    #[redact]
    pub bsuid: Option<String>,
    #[redact]
    pub name: String,
    /// Without the leading @.
    #[redact]
    pub username: Option<String>,
    /// Newest message that opens the window, Unix milliseconds.
    pub last_inbound: Option<i64>,
    /// Blocked the business: sends are accepted and fail later with 131026.
    pub blocks: bool,
    /// Blocked by the business: what he writes does not arrive, and sends to him are refused with 130403.
    pub blocked: bool,
    /// Not on WhatsApp: sends are refused with 131026.
    pub unreachable: bool,
    /// Stopped marketing: 131050.
    pub stops_marketing: bool,
    /// Per-user marketing limit reached: 131049.
    pub marketing_capped: bool,
    /// The `wa_id` an answer names instead of the number that was asked for (Brazil, Mexico).
    #[redact]
    pub answers_as: Option<String>,
}

impl Customer {
    pub fn window_open_at(&self, now: i64) -> bool {
        self.last_inbound.is_some_and(|at| now < at + WINDOW_MS)
    }

    /// What the platform calls the customer: the phone number where it is known.
    pub fn key(&self) -> &str {
        self.wa_id
            .as_deref()
            .or(self.bsuid.as_deref())
            .unwrap_or_default()
    }
}

/// Digits of a phone number as people write it.
pub fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// The business-scoped user id of a phone number: the same for the same number, telling nothing about it.
pub fn bsuid_of(wa_id: &str) -> String {
    let country = match wa_id {
        n if n.starts_with("49") => "DE",
        n if n.starts_with("55") => "BR",
        n if n.starts_with("44") => "GB",
        _ => "US",
    };
    let hash = Sha256::digest(wa_id.as_bytes());
    let number = hash
        .iter()
        .take(8)
        .fold(0_u64, |n, byte| (n << 8) | u64::from(*byte));
    format!("{country}.{number:020}")
}

#[derive(Debug, Default)]
pub struct Customers {
    all: Vec<Customer>,
    by_id: HashMap<String, usize>,
}

impl Customers {
    /// By `wa_id` (a plus and spaces do not matter) or BSUID.
    pub fn get(&self, id: &str) -> Option<&Customer> {
        self.all.get(self.index(id)?)
    }

    fn index(&self, id: &str) -> Option<usize> {
        self.by_id
            .get(id)
            .or_else(|| self.by_id.get(&digits(id)))
            .copied()
    }

    /// The customer with one of these ids, made where there is none, and completed by what is new.
    pub fn meet(&mut self, wa_id: Option<&str>, bsuid: Option<&str>) -> &mut Customer {
        let wa_id = wa_id.map(digits).filter(|n| !n.is_empty());
        let known = bsuid
            .and_then(|id| self.by_id.get(id))
            .or_else(|| wa_id.as_ref().and_then(|id| self.by_id.get(id)))
            .copied();
        let at = known.unwrap_or_else(|| {
            self.all.push(Customer::default());
            self.all.len() - 1
        });
        for id in [wa_id.as_deref(), bsuid].into_iter().flatten() {
            self.by_id.insert(id.to_owned(), at);
        }
        let customer = &mut self.all[at];
        if wa_id.is_some() {
            customer.wa_id = wa_id;
        }
        if let Some(bsuid) = bsuid {
            customer.bsuid = Some(bsuid.to_owned());
        }
        customer
    }

    /// By any id: what looks like a BSUID is one.
    pub fn meet_any(&mut self, id: &str) -> &mut Customer {
        if let Some(at) = self.index(id) {
            return &mut self.all[at];
        }
        if looks_like_bsuid(id) {
            self.meet(None, Some(id))
        } else {
            self.meet(Some(id), None)
        }
    }

    pub fn all(&self) -> &[Customer] {
        &self.all
    }
}

/// `CC.` and up to 128 letters and digits (Meta, "Business-scoped user IDs").
pub fn looks_like_bsuid(id: &str) -> bool {
    let mut parts = id.splitn(2, '.');
    let (country, rest) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    country.len() == 2
        && country.chars().all(|c| c.is_ascii_uppercase())
        && (1..=128).contains(&rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_customer_is_found_under_the_number_in_any_writing_and_under_the_bsuid() {
        let mut customers = Customers::default();
        customers.meet(Some("493023125101"), Some("DE.1")).name = "Lena".into();
        for id in ["493023125101", "+49 30 23125-101", "DE.1"] {
            assert_eq!(
                customers.get(id).map(|c| c.name.as_str()),
                Some("Lena"),
                "{id}"
            );
        }
        assert_eq!(customers.all().len(), 1);
    }

    #[test]
    fn a_number_that_becomes_known_later_joins_the_bsuid() {
        let mut customers = Customers::default();
        customers.meet(None, Some("BR.77"));
        customers.meet(Some("551155501234"), Some("BR.77"));
        assert_eq!(customers.all().len(), 1);
        assert_eq!(
            customers
                .get("551155501234")
                .and_then(|c| c.bsuid.as_deref()),
            Some("BR.77")
        );
    }

    #[test]
    fn the_window_is_open_for_24_hours_less_one_millisecond() {
        let customer = Customer {
            last_inbound: Some(1_000),
            ..Customer::default()
        };
        for (now, open) in [
            (1_000, true),
            (1_000 + WINDOW_MS - 1, true),
            (1_000 + WINDOW_MS, false),
        ] {
            assert_eq!(customer.window_open_at(now), open, "{now}");
        }
        assert!(!Customer::default().window_open_at(0), "never wrote");
    }
}
