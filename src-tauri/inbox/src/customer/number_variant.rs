//! Numbers that may be the same line written two ways. Only for asking a person: numbers are kept as they came,
//! and a variant is never called or written to by itself.
//!
//! Brazil put a 9 before mobile numbers, Mexico dropped the 1 behind its country code, Argentina writes mobiles
//! with a 9 abroad. WhatsApp knows lines under the older form too, so one customer may come in under both.

/// The other ways to write a number (digits, as WhatsApp gives them) that may be the same line.
pub(crate) fn variants(wa_id: &str) -> Vec<String> {
    if !wa_id.bytes().all(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    // Brazil: 55, two digits of area, and eight digits of an older mobile or nine of a newer. An older mobile
    // begins with 6 to 9; landlines begin with 2 to 5 and have no second form.
    let was_mobile = |local: &str| local.len() == 8 && local.as_bytes()[0] >= b'6';
    if let Some((area, local)) = wa_id
        .strip_prefix("55")
        .and_then(|rest| rest.split_at_checked(2))
    {
        return match local.strip_prefix('9') {
            Some(older) if was_mobile(older) => vec![format!("55{area}{older}")],
            _ if was_mobile(local) => vec![format!("55{area}9{local}")],
            _ => Vec::new(),
        };
    }
    // Mexico: 52, once with a 1, and ten digits. Argentina: 54, with a 9 for mobiles, and ten digits.
    for (with, without) in [("521", "52"), ("549", "54")] {
        if let Some(rest) = wa_id.strip_prefix(with).filter(|rest| rest.len() == 10) {
            return vec![format!("{without}{rest}")];
        }
        if let Some(rest) = wa_id.strip_prefix(without).filter(|rest| rest.len() == 10) {
            return vec![format!("{with}{rest}")];
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_may_be_the_same_are_variants() {
        for (what, one, other) in [
            (
                "Brazil, mobile, new to old",
                "5511987654321",
                Some("551187654321"),
            ),
            (
                "Brazil, mobile, old to new",
                "551187654321",
                Some("5511987654321"),
            ),
            (
                "Brazil, an older mobile that begins with 9 itself",
                "551199887766",
                Some("5511999887766"),
            ),
            ("Brazil, landline", "551132654321", None),
            (
                "Brazil, a newer mobile whose last eight digits are a landline's",
                "5511932654321",
                None,
            ),
            ("Mexico with the 1", "5215512345678", Some("525512345678")),
            ("Mexico without", "525512345678", Some("5215512345678")),
            ("Mexico, too short", "52551234567", None),
            (
                "Argentina with the 9",
                "5491155551234",
                Some("541155551234"),
            ),
            ("Argentina without", "541155551234", Some("5491155551234")),
            ("Germany", "4930231251010", None),
            ("Portugal", "351912345678", None),
            ("no number", "+5511987654321", None),
            ("nothing", "", None),
        ] {
            let expected: Vec<String> = other.into_iter().map(str::to_owned).collect();
            assert_eq!(variants(one), expected, "{what}");
        }
    }

    #[test]
    fn a_variant_of_a_variant_is_the_number_itself() {
        for number in [
            "5511987654321",
            "551187654321",
            "5215512345678",
            "541155551234",
        ] {
            for other in variants(number) {
                assert_eq!(variants(&other), [number], "{number}");
            }
        }
    }
}
