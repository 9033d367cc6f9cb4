//! Who is proposed for merging, and who is found.

use super::*;

#[test]
fn lookalikes_are_who_may_write_from_the_same_line_and_no_landline() {
    for (what, mine, theirs, expected) in [
        (
            "Brazil",
            "5511987654321",
            "551187654321",
            Some("number_variant"),
        ),
        ("Brazil, a landline", "551132654321", "5511932654321", None),
        (
            "Mexico",
            "525512345678",
            "5215512345678",
            Some("number_variant"),
        ),
        (
            "Argentina",
            "5491155551234",
            "541155551234",
            Some("number_variant"),
        ),
        ("two Germans", "4915155501001", "4915155501009", None),
    ] {
        let counter = Counter::open(NINE + DAY);
        let other = writes(&counter, &phone(theirs), "Beta", NINE, "x");
        let thread = writes(&counter, &phone(mine), "Alfa", NINE + 1, "y");
        let found = panel(&counter, thread).lookalikes;
        let found: Vec<_> = found
            .iter()
            .map(|l| (l.thread_id, l.reason.as_str()))
            .collect();
        let expected: Vec<_> = expected.map(|reason| (other, reason)).into_iter().collect();
        assert_eq!(found, expected, "{what}");
    }
}

#[test]
fn lookalikes_share_a_username_or_a_name_and_are_five_at_most() {
    let counter = Counter::open(NINE + DAY);
    let ida = writes(&counter, &bsuid(IDA), "@ida.s", NINE, "a");
    let again = writes(&counter, &bsuid(STRANGER), "@Ida.S", NINE + 1, "b");
    let found = panel(&counter, ida).lookalikes;
    assert_eq!(
        (found.len(), found[0].thread_id, found[0].reason.as_str()),
        (1, again, "username")
    );
    for n in 0..8 {
        writes(
            &counter,
            &phone(&format!("49151555020{n:02}")),
            "Maria Lima",
            NINE + n,
            &format!("n{n}"),
        );
    }
    let maria = counter.thread(NUMBER, &phone("4915155502000")).unwrap();
    let found = panel(&counter, maria).lookalikes;
    assert_eq!(found.len(), 5);
    assert!(
        found
            .iter()
            .all(|l| l.reason == "name" && l.thread_id != maria)
    );
}

#[test]
fn candidates_are_found_by_name_number_and_username_but_never_himself() {
    let (counter, lena, ida) = two();
    let oezil = writes(&counter, &phone("4915155501055"), "Ömer Öz 100%", NINE, "z");
    let user = writes(&counter, &bsuid(STRANGER), "@bo_bike", NINE, "w");
    let group = json!({ "from": "4915155501066", "id": "wamid.g", "timestamp": seconds(NINE), "type": "text", "group_id": "g-55501", "text": { "body": "g" } });
    counter.receive(
        &bodies::change(NUMBER, "messages", json!({ "messages": [group] })),
        NINE,
    );
    for (text, expected) in [
        ("ida", vec![(ida, "name")]),
        ("SOMM", vec![(ida, "name")]),
        ("öz", vec![(oezil, "name")]),
        ("ÖMER", vec![(oezil, "name")]),
        ("100%", vec![(oezil, "name")]),
        ("%", vec![(oezil, "name")]),
        ("@bo_", vec![(user, "username")]),
        ("bo", vec![(user, "username")]),
        ("0151 555 010 55", vec![(oezil, "number")]),
        ("+49 151 55501055", vec![(oezil, "number")]),
        ("49151", vec![(oezil, "number")]),
        ("Lena", vec![]),
        ("15155501001", vec![]),
        ("nobody", vec![]),
        ("  ", vec![]),
        ("_", vec![(user, "username")]),
    ] {
        let found = counter.desk.merge_candidates(lena, text).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|l| (l.thread_id, l.reason.as_str()))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }
}
