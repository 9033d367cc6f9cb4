//! One slip of a finger: a letter too many, too few or wrong, or two neighbours swapped.

const ROWS: [&str; 4] = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Whether `typed` is `meant` with at most one slip. In words of five letters or fewer a wrong letter must lie beside
/// the right one on the keyboard: `stip` is a slip, `shop` and `step` are words.
pub(super) fn slipped(typed: &str, meant: &str) -> bool {
    if typed == meant {
        return true;
    }
    let (a, b) = (letters(typed), letters(meant));
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (rest_a, rest_b) = (&a[same..], &b[same..]);
    match (rest_a, rest_b) {
        ([x, a1 @ ..], [y, b1 @ ..]) if a1 == b1 => b.len() > 5 || beside(*x, *y),
        ([x, y, a2 @ ..], [v, w, b2 @ ..]) if x == w && y == v && a2 == b2 => true,
        ([_, a1 @ ..], whole) if a1 == whole => true,
        (whole, [_, b1 @ ..]) if whole == b1 => true,
        _ => false,
    }
}

fn letters(word: &str) -> Vec<char> {
    word.chars().collect()
}

fn beside(a: char, b: char) -> bool {
    let at = |c: char| {
        ROWS.iter().enumerate().find_map(|(row, keys)| {
            let column = keys.find(c)?;
            Some((row, column))
        })
    };
    let (Some((row_a, a)), Some((row_b, b))) = (at(a), at(b)) else {
        return false;
    };
    match row_a.cmp(&row_b) {
        std::cmp::Ordering::Equal => a.abs_diff(b) == 1,
        // Each row sits half a key to the right of the one above.
        std::cmp::Ordering::Less => row_b - row_a == 1 && (b == a || b + 1 == a),
        std::cmp::Ordering::Greater => row_a - row_b == 1 && (a == b || a + 1 == b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven_and_words_of_their_own_are_not() {
        for (typed, meant, same) in [
            ("stop", "stop", true),
            ("stpo", "stop", true),
            ("sotp", "stop", true),
            ("stip", "stop", true),
            ("stopr", "stop", true),
            ("sto", "stop", true),
            ("shop", "stop", false),
            ("step", "stop", false),
            ("vaja", "baja", true),
            ("caja", "baja", false),
            ("pagar", "parar", false),
            ("unsuscribe", "unsubscribe", true),
            ("uitschrijfen", "uitschrijven", true),
            ("unsubscirbe", "unsubscribe", true),
            ("subscribe", "unsubscribe", false),
            ("", "stop", false),
        ] {
            assert_eq!(slipped(typed, meant), same, "{typed} {meant}");
        }
    }
}
