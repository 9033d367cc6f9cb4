//! How long evidence is kept: to the end of the year in which the last use or the stop is so many years old. Limitation
//! periods end with a year (§ 199 BGB), and a consent given up is proven for as long as somebody may ask.
//!
//! The figures are proposals: § 7a UWG has five years for advertising calls and is a yardstick for messages; LGPD Art. 8
//! lays the proof on the business, and claims of consumers end after five years (CDC Art. 27); elsewhere three years.

use crate::view::Retention;
use chrono::{DateTime, Datelike, NaiveDate};
use store::{Connection, Result, setting};

/// ISO 3166, years, where the figure comes from.
const PRESETS: [(&str, i64, &str); 2] =
    [("DE", 5, "§ 7a UWG"), ("BR", 5, "LGPD Art. 8, CDC Art. 27")];
const ELSEWHERE: (i64, &str) = (3, "GDPR Art. 17(3)(e)");
const COUNTRY: &str = "retention_country";
const YEARS: &str = "retention_years";
const YEARS_AT_MOST: i64 = 30;

/// As proposed for a country.
pub fn preset(country: &str) -> (i64, &'static str) {
    let found = PRESETS.iter().find(|(known, ..)| *known == country);
    found.map_or(ELSEWHERE, |(_, years, source)| (*years, source))
}

/// As set; `home` where nobody said which country.
pub fn retention(db: &Connection, home: &str) -> Result<Retention> {
    let country = setting::get(db, COUNTRY)?.filter(|country| !country.is_empty());
    let country = country.unwrap_or_else(|| home.to_owned());
    let (preset_years, source) = preset(&country);
    Ok(Retention {
        years: setting::get_i64(db, YEARS)?.unwrap_or(preset_years),
        preset_years,
        source: source.to_owned(),
        weak_offers: setting::get(db, super::WEAK_OFFERS)?.as_deref() == Some("1"),
        country,
    })
}

/// Keeps what the owner set. True if what spoken consents may carry is otherwise now.
pub fn save(db: &Connection, before: &Retention, wanted: &Retention) -> Result<bool> {
    setting::set(db, COUNTRY, &wanted.country)?;
    // Another country proposes another figure, unless one was set by hand.
    let years = match wanted.country != before.country && before.years == before.preset_years {
        true => preset(&wanted.country).0,
        false => wanted.years.clamp(1, YEARS_AT_MOST),
    };
    setting::set(db, YEARS, &years.to_string())?;
    let weak = if wanted.weak_offers { "1" } else { "0" };
    setting::set(db, super::WEAK_OFFERS, weak)?;
    Ok(before.weak_offers != wanted.weak_offers)
}

/// When what was last used or stopped at `at` is due: the first moment after the last year (UTC).
pub fn due_at(at: i64, years: i64) -> i64 {
    start_of(year(at) + years + 1)
}

/// Whatever was last used or stopped before this is due at `then`.
pub fn due_before(then: i64, years: i64) -> i64 {
    start_of(year(then) - years)
}

fn year(at: i64) -> i64 {
    DateTime::from_timestamp_millis(at).map_or(1970, |time| i64::from(time.year()))
}

fn start_of(year: i64) -> i64 {
    let date = i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
    date.and_then(|date| date.and_hms_opt(0, 0, 0))
        .map_or(i64::MAX, |time| time.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text)
            .unwrap()
            .timestamp_millis()
    }

    #[test]
    fn evidence_is_kept_to_the_end_of_the_year() {
        for (last, years, due) in [
            ("2021-01-01T00:00:00Z", 3, "2025-01-01T00:00:00Z"),
            ("2021-12-31T23:59:59Z", 3, "2025-01-01T00:00:00Z"),
            ("2022-01-01T00:00:00Z", 3, "2026-01-01T00:00:00Z"),
            ("2020-02-29T12:00:00Z", 5, "2026-01-01T00:00:00Z"),
        ] {
            assert_eq!(due_at(at(last), years), at(due), "{last}");
            assert!(at(last) < due_before(at(due), years), "{last}");
            assert!(at(last) >= due_before(at(due) - 1, years), "{last}");
        }
    }

    #[test]
    fn each_country_has_a_figure_with_its_source() {
        for (country, years) in [("DE", 5), ("BR", 5), ("FR", 3), ("", 3)] {
            assert_eq!(preset(country).0, years, "{country}");
            assert!(!preset(country).1.is_empty());
        }
    }
}
