//! A day as lists have it: 2025-03-14, 14.03.2025, 14/03/2025, with or without a time behind.

use chrono::{Datelike, NaiveDate};

/// Nobody agreed to anything on WhatsApp before it was there; a year of two digits is read as one of them.
const EARLIEST: i32 = 2009;

/// Noon of that day (UTC), which is the same day nearly everywhere; `None` where it is no day.
pub(crate) fn read(text: &str) -> Option<i64> {
    let day = text.trim().split([' ', 'T', ',']).next()?;
    let date = [
        "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y",
    ]
    .iter()
    .filter_map(|format| NaiveDate::parse_from_str(day, format).ok())
    .find(|date| date.year() >= EARLIEST)?;
    let noon = date.and_hms_opt(12, 0, 0)?;
    Some(noon.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_lists_have_it() {
        let day = 1_741_953_600_000;
        for text in [
            "2025-03-14",
            "14.03.2025",
            "14/03/2025",
            "2025-03-14T18:30:00Z",
            "14.03.2025 18:30",
            " 14.3.2025 ",
        ] {
            assert_eq!(read(text), Some(day), "{text}");
        }
        for text in ["", "letzten Sommer", "2025", "31.02.2025"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
