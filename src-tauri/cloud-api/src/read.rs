//! Reading JSON that does not always keep to its own documentation: numbers written as strings,
//! strings written as numbers, keys that are missing, empty or null.

use serde_json::Value;

/// A non-empty string, or a number written out.
pub(crate) fn text(value: &Value, key: &str) -> Option<String> {
    as_text(value.get(key)?)
}

/// Like [`text`], for a value already in hand.
pub(crate) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(s) if !s.is_empty() => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

/// The first of the keys that holds text.
pub(crate) fn text_of(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| text(value, key))
}

/// Text or the empty string, for what is shown and may well be empty.
pub(crate) fn text_or_empty(value: &Value, key: &str) -> String {
    text(value, key).unwrap_or_default()
}

pub(crate) fn integer(value: &Value, key: &str) -> Option<i64> {
    as_integer(value.get(key)?)
}

fn as_integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(n) => n.as_i64().or_else(|| {
            let f = n.as_f64()?;
            (f.is_finite() && f.abs() < 9e15).then_some(f as i64)
        }),
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    }
}

pub(crate) fn decimal(value: &Value, key: &str) -> Option<f64> {
    let number = match value.get(key)? {
        Value::Number(n) => n.as_f64(),
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    }?;
    number.is_finite().then_some(number)
}

/// True also where it is written "true" or 1.
pub(crate) fn flag(value: &Value, key: &str) -> bool {
    match value.get(key) {
        Some(Value::Bool(b)) => *b,
        Some(Value::String(s)) => s.eq_ignore_ascii_case("true"),
        Some(Value::Number(n)) => n.as_i64() == Some(1),
        _ => false,
    }
}

/// Meta's Unix seconds as milliseconds. What is already in milliseconds (13 digits, as in some
/// address-book entries) stays; zero, negative and unreadable ones are none.
pub(crate) fn moment(value: &Value, key: &str) -> Option<i64> {
    const YEAR_5138_IN_SECONDS: i64 = 100_000_000_000;
    let number = integer(value, key)?;
    match number {
        ..=0 => None,
        seconds if seconds < YEAR_5138_IN_SECONDS => Some(seconds * 1000),
        millis => Some(millis),
    }
}

/// The array at `key`; a single object there counts as an array of one.
pub(crate) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    match value.get(key) {
        Some(Value::Array(items)) => items,
        Some(one @ Value::Object(_)) => std::slice::from_ref(one),
        _ => &[],
    }
}

/// The object at `key`, or null, which answers every further question with nothing.
pub(crate) fn part<'a>(value: &'a Value, key: &str) -> &'a Value {
    value.get(key).unwrap_or(&Value::Null)
}

/// Without the @ that Meta prints in some places and not in others.
pub(crate) fn username(value: &Value, key: &str) -> Option<String> {
    let name = text(value, key)?;
    let bare = name.trim().trim_start_matches('@');
    (!bare.is_empty()).then(|| bare.to_owned())
}

/// A wa_id is kept as WhatsApp wrote it, except for a leading plus that some examples carry.
pub(crate) fn wa_id(value: &Value, key: &str) -> Option<String> {
    let id = text(value, key)?;
    let bare = id.trim().trim_start_matches('+');
    (!bare.is_empty()).then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn seconds_become_milliseconds_in_every_spelling() {
        let cases = [
            (json!("1780000000"), Some(1_780_000_000_000)),
            (json!(1_780_000_000), Some(1_780_000_000_000)),
            (json!(1_780_000_000.0), Some(1_780_000_000_000)),
            (json!("1780000000123"), Some(1_780_000_000_123)),
            (json!(" 1780000000 "), Some(1_780_000_000_000)),
            (json!("0"), None),
            (json!(-5), None),
            (json!("yesterday"), None),
            (json!(null), None),
            (json!(1e300), None),
            (json!([1]), None),
        ];
        for (given, expected) in cases {
            assert_eq!(
                moment(&json!({ "t": given.clone() }), "t"),
                expected,
                "{given}"
            );
        }
    }

    #[test]
    fn a_username_is_kept_without_its_at_sign() {
        for (given, expected) in [("@lena", Some("lena")), ("lena", Some("lena")), ("@", None)] {
            assert_eq!(username(&json!({ "u": given }), "u").as_deref(), expected);
        }
    }
}
