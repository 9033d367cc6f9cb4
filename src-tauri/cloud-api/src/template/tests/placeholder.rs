use super::*;

#[test]
fn labels_come_once_and_numbers_in_their_order() {
    for (text, expected) in [
        ("", vec![]),
        ("no variable", vec![]),
        ("{{2}} and {{1}} and {{2}}", vec!["1", "2"]),
        ("{{ first_name }}, {{time}}", vec!["first_name", "time"]),
        ("{{b}} {{a}} {{1}}", vec!["b", "a", "1"]),
        ("{{10}} {{9}}", vec!["9", "10"]),
        ("{{}} {{ }}", vec![]),
        ("{{1} {{2}}", vec!["1} {{2"]),
        ("{{1", vec![]),
        ("}}{{1}}{{", vec!["1"]),
        ("Größe {{größe}} 🧁 {{1}}", vec!["größe", "1"]),
    ] {
        assert_eq!(placeholders(text), expected, "{text}");
    }
}

#[test]
fn what_has_a_value_is_filled_in_and_the_rest_stays() {
    let value = |label: &str| (label == "1").then_some("{{2}}");
    for (text, expected) in [
        ("Hello {{1}}!", "Hello {{2}}!"),
        ("{{ 1 }}{{2}}", "{{2}}{{2}}"),
        ("{{name}} {{1", "{{name}} {{1"),
    ] {
        assert_eq!(render(text, value), expected, "{text}");
    }
}
