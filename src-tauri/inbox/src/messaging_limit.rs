//! How many customers the account may write to outside their windows in 24 hours (Meta, "Messaging limits").
//!
//! Meta counts unique customers over all numbers of the business; messages inside a window do not count. What goes out
//! past other tools is not known here, so Meta has the last word.

use store::{Connection, Result, template_use, template_word as word, thread::Thread};

/// The count looks back so far.
const LOOK_BACK: i64 = 24 * 60 * 60 * 1000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    Customers(i64),
    Unlimited,
}

impl Limit {
    /// `TIER_250`, `TIER_2K`, `TIER_UNLIMITED`, or a number as a word; -1 is any number.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let tier = text.strip_prefix("TIER_").unwrap_or(&text);
        if matches!(tier, "UNLIMITED" | "-1" | "-") {
            return Some(Self::Unlimited);
        }
        let (digits, times) = match tier.strip_suffix('K') {
            Some(thousands) => (thousands, 1_000),
            None => (tier, 1),
        };
        let n: i64 = digits.parse().ok()?;
        // TIER_NOT_SET and a zero say nothing yet.
        (n > 0).then(|| Self::Customers(n.saturating_mul(times)))
    }

    pub fn to_text(self) -> String {
        match self {
            Self::Customers(n) => n.to_string(),
            Self::Unlimited => "-".to_owned(),
        }
    }

    /// As Meta last told it.
    pub fn told(db: &Connection, waba_id: &str) -> Result<Option<Self>> {
        let said = word::get(db, (waba_id, "", ""), word::LIMIT)?;
        Ok(said.and_then(|(text, _)| Self::read(&text)))
    }
}

/// Until when this customer cannot be written to because the limit is used up; `None`: he can be. Whoever was written
/// to already in that time, or has an open window, costs nothing of it.
pub(crate) fn used_up_until(
    db: &Connection,
    waba_id: &str,
    thread: &Thread,
    now: i64,
) -> Result<Option<i64>> {
    if thread.closes_at > now {
        return Ok(None);
    }
    let Some(Limit::Customers(limit)) = Limit::told(db, waba_id)? else {
        return Ok(None);
    };
    let since = now - LOOK_BACK;
    // As long as there were fewer sends, there were fewer customers.
    let sends = template_use::outside_since(db, since, limit)? + template_use::waiting(db)?;
    if sends < limit {
        return Ok(None);
    }
    let reached = template_use::reached_since(db, since)?;
    Ok(until(&reached, limit, thread.customer_id, now))
}

/// `reached`: who was written to and when, the latest first.
fn until(reached: &[(i64, i64)], limit: i64, customer: i64, now: i64) -> Option<i64> {
    let limit = usize::try_from(limit).ok()?;
    if reached.iter().any(|(known, _)| *known == customer) {
        return None;
    }
    // Of as many as the limit takes, the one written to first makes room.
    let (_, at) = reached.get(limit.checked_sub(1)?)?;
    Some(at + LOOK_BACK).filter(|until| *until > now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_meta_writes_a_limit_is_read() {
        for (text, expected) in [
            ("TIER_250", Some(Limit::Customers(250))),
            ("TIER_2K", Some(Limit::Customers(2_000))),
            ("TIER_10K", Some(Limit::Customers(10_000))),
            ("TIER_100K", Some(Limit::Customers(100_000))),
            ("2000", Some(Limit::Customers(2_000))),
            ("TIER_UNLIMITED", Some(Limit::Unlimited)),
            ("-1", Some(Limit::Unlimited)),
            ("TIER_NOT_SET", None),
            ("0", None),
            ("", None),
        ] {
            assert_eq!(Limit::read(text), expected, "{text:?}");
            if let Some(limit) = expected {
                assert_eq!(Limit::read(&limit.to_text()), Some(limit));
            }
        }
    }

    #[test]
    fn there_is_room_again_a_day_after_the_oldest_that_counts() {
        let now = 1_900_000_000_000;
        let ago = |hours: i64| now - hours * 3_600_000;
        let reached = [(1, ago(1)), (2, ago(5)), (3, ago(9))];
        for (limit, customer, expected) in [
            (4, 9, None),
            (3, 9, Some(ago(9) + LOOK_BACK)),
            (2, 9, Some(ago(5) + LOOK_BACK)),
            (3, 2, None),
        ] {
            let found = until(&reached, limit, customer, now);
            assert_eq!(found, expected, "{limit} for {customer}");
        }
    }
}
