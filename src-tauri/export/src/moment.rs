//! Times as text: UTC milliseconds in, ISO 8601 out. Written by hand because a table of a hundred thousand
//! entries holds half a million of them.

use crate::Language;

/// Seconds east of UTC at a moment (UTC milliseconds), where the shop is.
pub type Zone<'a> = &'a (dyn Fn(i64) -> i32 + Sync);

const DAY: i64 = 86_400;

struct Civil {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

/// The calendar of a moment in seconds, after Howard Hinnant's "chrono-compatible low-level date algorithms".
fn civil(seconds: i64) -> Civil {
    let days = seconds.div_euclid(DAY) + 719_468;
    let rest = seconds.rem_euclid(DAY);
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    Civil {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month,
        day: of_year - (153 * shifted + 2) / 5 + 1,
        hour: rest / 3_600,
        minute: rest / 60 % 60,
        second: rest % 60,
    }
}

fn two(text: &mut String, figure: i64) {
    for digit in [figure / 10 % 10, figure % 10] {
        text.push(char::from(b'0' + digit.unsigned_abs() as u8));
    }
}

/// Years outside 0–9999 are no times of ours; their last four digits are written.
fn date_and_time(text: &mut String, at: &Civil) {
    two(text, at.year.rem_euclid(10_000) / 100);
    two(text, at.year.rem_euclid(100));
    for (before, figure) in [
        ('-', at.month),
        ('-', at.day),
        ('T', at.hour),
        (':', at.minute),
        (':', at.second),
    ] {
        text.push(before);
        two(text, figure);
    }
}

/// `2026-11-22T10:46:00Z`.
pub(crate) fn push_utc(text: &mut String, ms: i64) {
    date_and_time(text, &civil(ms.div_euclid(1_000)));
    text.push('Z');
}

/// `2026-11-22T11:46:00+01:00`.
pub(crate) fn push_local(text: &mut String, ms: i64, zone: Zone<'_>) {
    let east = i64::from(zone(ms));
    date_and_time(text, &civil(ms.div_euclid(1_000) + east));
    text.push(if east < 0 { '-' } else { '+' });
    two(text, east.abs() / 3_600);
    text.push(':');
    two(text, east.abs() / 60 % 60);
}

/// Year, month, day, hour, minute, second of a moment in UTC.
pub(crate) fn parts(ms: i64) -> [i32; 6] {
    let at = civil(ms.div_euclid(1_000));
    [at.year, at.month, at.day, at.hour, at.minute, at.second].map(|figure| figure as i32)
}

/// Days since 1899-12-30, as spreadsheets count, to the second.
pub(crate) fn serial(ms: i64, east: i32) -> f64 {
    let seconds = ms.div_euclid(1_000) + i64::from(east);
    25_569.0 + seconds as f64 / DAY as f64
}

/// Day and minute as people read them there, with the distance from UTC, for paper.
pub(crate) fn shown(ms: i64, zone: Zone<'_>, language: Language) -> String {
    let east = i64::from(zone(ms));
    let at = civil(ms.div_euclid(1_000) + east);
    let clock = format!("{:02}:{:02}", at.hour, at.minute);
    let sign = if east < 0 { '−' } else { '+' };
    let (hours, minutes) = (east.abs() / 3_600, east.abs() / 60 % 60);
    let distance = match (hours, minutes) {
        (0, 0) => "UTC".to_owned(),
        (_, 0) => format!("UTC{sign}{hours}"),
        _ => format!("UTC{sign}{hours}:{minutes:02}"),
    };
    format!("{}, {clock} ({distance})", date(&at, language))
}

/// The day alone.
pub(crate) fn shown_day(ms: i64, zone: Zone<'_>, language: Language) -> String {
    date(&civil(ms.div_euclid(1_000) + i64::from(zone(ms))), language)
}

fn date(at: &Civil, language: Language) -> String {
    let Civil {
        year, month, day, ..
    } = at;
    match language {
        Language::En => {
            const MONTHS: [&str; 12] = [
                "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
            ];
            let name = MONTHS[(*month as usize).clamp(1, 12) - 1];
            format!("{day} {name} {year}")
        }
        Language::De => format!("{day:02}.{month:02}.{year}"),
        Language::PtBr => format!("{day:02}/{month:02}/{year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(ms: i64) -> String {
        let mut text = String::new();
        push_utc(&mut text, ms);
        text
    }

    #[test]
    fn a_moment_is_written_as_the_calendar_has_it() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (1_709_164_800_999, "2024-02-29T00:00:00Z"),
            (1_795_344_360_000, "2026-11-22T10:46:00Z"),
            (4_107_542_399_000, "2100-02-28T23:59:59Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(utc(ms), text);
        }
    }

    #[test]
    fn a_local_time_names_its_distance_from_utc() {
        for (east, text) in [
            (3_600, "2026-11-22T11:46:00+01:00"),
            (-10_800, "2026-11-22T07:46:00-03:00"),
            (20_700, "2026-11-22T16:31:00+05:45"),
            (0, "2026-11-22T10:46:00+00:00"),
        ] {
            let mut written = String::new();
            push_local(&mut written, 1_795_344_360_000, &|_| east);
            assert_eq!(written, text);
        }
    }

    #[test]
    fn a_spreadsheet_counts_days_from_the_end_of_1899() {
        assert_eq!(serial(0, 0), 25_569.0);
        assert_eq!(serial(1_795_344_360_000, 0), 46_348.448_611_111_11);
    }

    #[test]
    fn paper_shows_a_time_as_it_is_read_there() {
        let at = 1_795_344_360_000;
        for (language, east, text) in [
            (Language::De, 3_600, "22.11.2026, 11:46 (UTC+1)"),
            (Language::PtBr, -10_800, "22/11/2026, 07:46 (UTC−3)"),
            (Language::En, 0, "22 Nov 2026, 10:46 (UTC)"),
        ] {
            assert_eq!(shown(at, &|_| east, language), text);
        }
    }
}
