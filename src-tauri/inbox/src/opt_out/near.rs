//! One slip of a finger: a letter too many, too few or wrong, or two neighbours swapped.

const ROWS: [&str; 4] = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Whether `typed` is `meant` with at most one slip. In words of five letters or fewer a wrong letter must lie beside
/// the right one on the keyboard: `stip` is a slip, `shop` and `step` are words.
pub(super) fn slipped(typed: &str, meant: &str) -> bool {
    if typed == meant {
        return true;
    }
    // One letter has four bytes at most.
    if typed.len().abs_diff(meant.len()) > 4 {
        return false;
    }
    let (rest_a, rest_b) = apart(typed, meant);
    let (mut a1, mut b1) = (rest_a.chars(), rest_b.chars());
    let (x, y) = (a1.next(), b1.next());
    let (a1, b1) = (a1.as_str(), b1.as_str());
    if let (Some(x), Some(y)) = (x, y) {
        if a1 == b1 {
            return meant.chars().nth(5).is_some() || beside(x, y);
        }
        let (mut a2, mut b2) = (a1.chars(), b1.chars());
        if a2.next() == Some(y) && b2.next() == Some(x) && a2.as_str() == b2.as_str() {
            return true;
        }
    }
    x.is_some() && a1 == rest_b || y.is_some() && rest_a == b1
}

/// Both without the letters that they begin with alike.
fn apart<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let pairs = one.bytes().zip(other.bytes());
    let mut same = pairs.take_while(|(one, other)| one == other).count();
    while !(one.is_char_boundary(same) && other.is_char_boundary(same)) {
        same -= 1;
    }
    (&one[same..], &other[same..])
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
