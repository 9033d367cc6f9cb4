//! What is filled in per person: `{{name}}` and `{{first_name}}` in a value. A value that would be empty for somebody is
//! never sent to him.

use crate::{naming::first_name, view::SlotValue};

const NAME: &str = "{{name}}";
const FIRST_NAME: &str = "{{first_name}}";

/// Whether anything is filled in per person.
pub(crate) fn is_personal(values: &[SlotValue]) -> bool {
    let asks = |value: &SlotValue| value.text.contains(NAME) || value.text.contains(FIRST_NAME);
    values.iter().any(asks)
}

/// The values as this person gets them; `None`: his name is asked for and not known.
pub(crate) fn values_for(values: &[SlotValue], name: Option<&str>) -> Option<Vec<SlotValue>> {
    if !is_personal(values) {
        return Some(values.to_vec());
    }
    let name = usable(name?)?;
    Some(with_name(values, &name))
}

/// The same for a look: somebody without a name is shown as the gap he would be.
pub(crate) fn shown_for(values: &[SlotValue], name: Option<&str>) -> Vec<SlotValue> {
    let name = name.and_then(usable).unwrap_or_default();
    with_name(values, &name)
}

fn with_name(values: &[SlotValue], name: &str) -> Vec<SlotValue> {
    let first = first_name(name);
    let filled = values.iter().map(|value| SlotValue {
        key: value.key.clone(),
        text: value.text.replace(NAME, name).replace(FIRST_NAME, first),
    });
    filled.collect()
}

/// On one line, and with a letter in it: some people call themselves a heart.
fn usable(name: &str) -> Option<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    name.chars().any(char::is_alphabetic).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_filled_in_whole_or_by_its_first_word() {
        let value = |text: &str| {
            vec![SlotValue {
                key: "body:1".into(),
                text: text.into(),
            }]
        };
        for (text, name, expected) in [
            ("{{name}}", Some("Lena  Brandt"), Some("Lena Brandt")),
            (
                "Hallo {{first_name}}!",
                Some("Lena Brandt"),
                Some("Hallo Lena!"),
            ),
            ("{{name}}", None, None),
            ("{{name}}", Some("❤ 😀"), None),
            ("Montag", None, Some("Montag")),
        ] {
            let found = values_for(&value(text), name).map(|values| values[0].text.clone());
            assert_eq!(found.as_deref(), expected, "{text} for {name:?}");
        }
        assert_eq!(shown_for(&value("Hallo {{name}}"), None)[0].text, "Hallo ");
    }
}
