//! The hand tool for the window rule: one answer per line, whatever the line.

use serde_json::{Value, json};
use support::bodies::{self, LENA, LENA_BSUID, NUMBER};

const NINE: i64 = 1_795_165_200_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn answers(lines: &[Value]) -> Vec<Value> {
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    raw(input.as_bytes())
}

fn raw(input: &[u8]) -> Vec<Value> {
    let mut out = Vec::new();
    support::window_eval::run(input, &mut out).unwrap();
    String::from_utf8(out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn story(id: impl Into<Value>, events: Value, customer: &str, at: i64) -> Value {
    json!({ "id": id.into(), "events": events, "number": NUMBER, "customer": customer, "at": at })
}

fn wrote(at: i64) -> Value {
    json!({ "arrived": at + 400, "body": bodies::text(NUMBER, LENA, &format!("wamid.{at}"), at, "Hallo") })
}

#[test]
fn open_closed_and_never_are_told_with_their_end() {
    let rows = [
        ("nobody wrote", json!([]), NINE, json!("never"), Value::Null),
        (
            "an hour later",
            json!([wrote(NINE)]),
            NINE + HOUR,
            json!("open"),
            json!(NINE + DAY),
        ),
        (
            "a millisecond before the end",
            json!([wrote(NINE)]),
            NINE + DAY - 1,
            json!("open"),
            json!(NINE + DAY),
        ),
        (
            "at the end",
            json!([wrote(NINE)]),
            NINE + DAY,
            json!("closed"),
            json!(NINE + DAY),
        ),
        (
            "not arrived yet",
            json!([wrote(NINE)]),
            NINE + 399,
            json!("never"),
            Value::Null,
        ),
        (
            "Meta said that it is closed",
            json!([wrote(NINE), { "arrived": NINE + HOUR, "send_error": 131_047, "to": LENA }]),
            NINE + 2 * HOUR,
            json!("closed"),
            json!(NINE + HOUR),
        ),
        (
            "another error closes nothing",
            json!([wrote(NINE), { "arrived": NINE + HOUR, "send_error": 131_026, "to": LENA }]),
            NINE + 2 * HOUR,
            json!("open"),
            json!(NINE + DAY),
        ),
        (
            "an error that is still to come closes nothing",
            json!([wrote(NINE), { "arrived": NINE + 3 * HOUR, "send_error": 131_047, "to": LENA }]),
            NINE + 2 * HOUR,
            json!("open"),
            json!(NINE + DAY),
        ),
    ];
    let stories: Vec<_> = rows
        .iter()
        .map(|(id, events, at, ..)| story(*id, events.clone(), LENA, *at))
        .collect();
    for (answer, (id, _, _, state, closes_at)) in answers(&stories).iter().zip(&rows) {
        assert_eq!(
            answer,
            &json!({ "id": id, "state": state, "closes_at": closes_at })
        );
    }
}

#[test]
fn a_customer_known_by_both_ids_is_found_by_either() {
    let mut body = bodies::text(NUMBER, LENA, "wamid.both", NINE, "Hallo");
    body["entry"][0]["changes"][0]["value"]["messages"][0]["from_user_id"] = LENA_BSUID.into();
    let events = json!([{ "arrived": NINE, "body": body }, { "arrived": NINE + HOUR, "send_error": 131_047, "to": LENA_BSUID }]);
    let told = answers(&[
        story(1, events.clone(), LENA, NINE + DAY),
        story(2, events, LENA_BSUID, NINE + DAY),
    ]);
    for answer in told {
        assert_eq!(
            (&answer["state"], &answer["closes_at"]),
            (&json!("closed"), &json!(NINE + HOUR))
        );
    }
}

#[test]
fn one_story_knows_nothing_of_the_one_before() {
    let told = answers(&[
        story(1, json!([wrote(NINE)]), LENA, NINE),
        story(2, json!([]), LENA, NINE),
    ]);
    assert_eq!(told[1]["state"], "never");
    let other_number = json!({ "id": 3, "events": [wrote(NINE)], "number": "1", "customer": LENA, "at": NINE + HOUR });
    assert_eq!(
        answers(&[other_number])[0]["state"],
        "never",
        "a window belongs to one business number"
    );
}

#[test]
fn a_line_that_cannot_be_read_is_answered_and_the_next_one_follows() {
    let good = story("good", json!([wrote(NINE)]), LENA, NINE + HOUR);
    let input = format!(
        "nonsense\n{{\"id\":7}}\n\n{{\"id\":8,\"events\":[{{}}],\"number\":\"1\",\"customer\":\"2\",\"at\":3}}\n[]\n{good}"
    );
    let told = raw(input.as_bytes());
    let ids: Vec<_> = told.iter().map(|line| line["id"].clone()).collect();
    assert_eq!(
        ids,
        [Value::Null, json!(7), json!(8), Value::Null, json!("good")]
    );
    assert!(
        told[..4].iter().all(|line| line["error"].is_string()),
        "{told:?}"
    );
    assert_eq!(told[4]["state"], "open");
}
