//! Cells that a spreadsheet would compute instead of show.
//!
//! A name such as `=HYPERLINK(…)` becomes a formula when a CSV file is opened (OWASP, "CSV Injection"), and
//! a long number loses its last digits. An apostrophe in front makes either plain text, as Shopify and Excel do.

use std::borrow::Cow;

/// Digits beyond these are shown as 4.9E+12.
const SHOWN_DIGITS: usize = 11;

/// The cell as it may stand in a CSV file; most are returned as they are.
pub fn disarmed(cell: &str) -> Cow<'_, str> {
    if dangerous(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

pub(crate) fn dangerous(cell: &str) -> bool {
    let Some(first) = cell.bytes().next() else {
        return false;
    };
    // Letters begin nearly every cell and no formula.
    if first.is_ascii_alphabetic() {
        return false;
    }
    if matches!(first, b'\t' | b'\r' | b'\n') {
        return true;
    }
    let bare = cell.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '\u{feff}' | '\u{200b}')
    });
    // In full width they compute as well where Japanese or Chinese is set.
    if bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%']) {
        return true;
    }
    loses_digits(bare)
}

/// A number that would be shown rounded, or without its leading zero.
fn loses_digits(cell: &str) -> bool {
    let digits = cell.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return false;
    }
    let rest = &cell[digits..];
    if rest.is_empty() {
        return digits > SHOWN_DIGITS || (digits > 1 && cell.starts_with('0'));
    }
    // 12e5 is a number to a spreadsheet, and may be the beginning of a hash to us.
    rest.strip_prefix(['e', 'E'])
        .is_some_and(|power| !power.is_empty() && power.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::disarmed;

    #[test]
    fn whatever_a_spreadsheet_would_compute_is_text() {
        for cell in [
            "=1+1",
            "=HYPERLINK(\"http://example.invalid\",\"Rechnung\")",
            "+49 151 23456789",
            "+4915123456789",
            "-2+3",
            "@SUM(1,1)",
            "\t=1+1",
            "\r=1+1",
            "\n=1+1",
            " =1+1",
            "\"=1+1",
            "'=1+1",
            " \" '=cmd|' /C calc'!A0",
            "\u{feff}=1",
            "\u{a0}=1",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM(1)",
            "|calc",
            "%0A=1",
            "\ttext",
            "4915123456789",
            "0151",
            "12e5",
        ] {
            assert_eq!(disarmed(cell), format!("'{cell}"));
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for cell in [
            "",
            "Ada",
            "Sie & Er",
            "2026-11-22T10:46:00Z",
            "1",
            "0",
            "12",
            "12345678901",
            "1=1",
            "a=b",
            "offers",
            "12e",
            "3f2a=",
            "#let x = 1",
            "(c)",
        ] {
            assert_eq!(disarmed(cell), cell);
        }
    }
}
