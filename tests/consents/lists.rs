//! The lists: who is in them, found by what, counted and paged, and one person's page.

use super::*;
use inbox::view::{ConsentCursor, ConsentFilter};

/// Five people: in and used, claimed, out of offers, out of everything, in long ago.
fn open() -> Counter {
    let counter = Counter::open(NINE);
    let desk = &counter.desk;
    for (n, age) in [(1, DAY), (3, 3 * DAY), (4, 4 * DAY), (5, 500 * DAY)] {
        record(
            desk,
            &granted(&format!("in:{n}"), &person(n), &["offers"], NINE - age),
        );
    }
    record(
        desk,
        &weaker(
            "list",
            Event::Claimed,
            channel::IMPORT,
            &person(2),
            NINE - 2 * DAY,
        ),
    );
    record(
        desk,
        &withdrawn("stop:3", &person(3), "offers", NINE - MINUTE),
    );
    record(
        desk,
        &withdrawn("stop:4", &person(4), "all", NINE - 2 * MINUTE),
    );
    counter
}

fn person(n: i64) -> Peer {
    phone(&format!("49151555010{n:02}"))
}

fn list(name: &str) -> ConsentFilter {
    ConsentFilter {
        list: name.into(),
        ..ConsentFilter::default()
    }
}

/// Last two digits of the numbers in a list, in order.
fn found(counter: &Counter, filter: &ConsentFilter) -> Vec<String> {
    let page = counter.desk.consents(filter, None, 50).unwrap();
    assert!(page.next.is_none());
    let phones = page.rows.into_iter().map(|row| row.name.phone.unwrap());
    phones
        .map(|phone| phone[phone.len() - 1..].to_owned())
        .collect()
}

#[test]
fn each_list_holds_whom_it_says_the_latest_act_first() {
    let counter = open();
    for (name, expected) in [
        ("", vec!["3", "4", "1", "2", "5"]),
        ("offers_today", vec!["1", "5"]),
        ("never_contact", vec!["3", "4"]),
        ("unconfirmed", vec!["2", "5"]),
    ] {
        assert_eq!(found(&counter, &list(name)), expected, "{name}");
    }
    let counts = counter
        .desk
        .consent_counts(&ConsentFilter::default())
        .unwrap();
    let figures = (
        counts.offers_today,
        counts.never_contact,
        counts.unconfirmed,
        counts.all,
    );
    assert_eq!(figures, (2, 2, 2, 5));
    let states: Vec<_> = counts.states.iter().map(|s| (s.state, s.rows)).collect();
    assert_eq!(
        states,
        [
            (ConsentState::Claimed, 1),
            (ConsentState::In, 2),
            (ConsentState::Out, 2)
        ]
    );
}

#[test]
fn a_list_is_narrowed_by_what_is_known_of_a_consent() {
    let counter = open();
    let filter = ConsentFilter::default;
    for (what, filter, expected) in [
        (
            "purpose",
            ConsentFilter {
                purpose: "service".into(),
                ..filter()
            },
            vec![],
        ),
        (
            "state",
            ConsentFilter {
                states: vec![ConsentState::Claimed],
                ..filter()
            },
            vec!["2"],
        ),
        (
            "channel",
            ConsentFilter {
                channel: channel::IMPORT.into(),
                ..filter()
            },
            vec!["2"],
        ),
        (
            "wording",
            ConsentFilter {
                wording: "counter-de@1".into(),
                states: vec![ConsentState::In],
                ..filter()
            },
            vec!["1", "5"],
        ),
        (
            "another version",
            ConsentFilter {
                wording: "counter-de@2".into(),
                ..filter()
            },
            vec![],
        ),
        (
            "strength",
            ConsentFilter {
                strengths: vec![Strength::None],
                ..filter()
            },
            vec!["2"],
        ),
        (
            "from",
            ConsentFilter {
                from: Some(NINE - DAY),
                ..filter()
            },
            vec!["3", "4", "1"],
        ),
        (
            "to",
            ConsentFilter {
                to: Some(NINE - DAY),
                ..filter()
            },
            vec!["2", "5"],
        ),
        (
            "unused",
            ConsentFilter {
                unused: true,
                ..filter()
            },
            vec!["5"],
        ),
        (
            "number",
            ConsentFilter {
                text: "0151 55501002".into(),
                ..filter()
            },
            vec!["2"],
        ),
        (
            "part of a number",
            ConsentFilter {
                text: "501003".into(),
                ..filter()
            },
            vec!["3"],
        ),
        (
            "nobody",
            ConsentFilter {
                text: "Zacharias".into(),
                ..filter()
            },
            vec![],
        ),
    ] {
        assert_eq!(found(&counter, &filter), expected, "{what}");
    }
}

#[test]
fn people_are_found_by_name_before_they_ever_wrote_and_under_the_name_they_get() {
    let counter = open();
    let named = |name: &str| ConsentFilter {
        text: name.into(),
        ..ConsentFilter::default()
    };
    let as_called = |name: &str, at: i64| {
        let fact = inbox::fact::FactKind::Named {
            peer: person(2),
            parent_bsuid: None,
            field: inbox::fact::NameField::Book,
            value: name.into(),
            at,
        };
        counter.desk.apply_one(fact).unwrap();
    };
    as_called("Jörg Müller", NINE);
    for typed in ["mueller", "JÖRG", "org mul", "mü"] {
        assert_eq!(found(&counter, &named(typed)), ["2"], "{typed}");
    }
    as_called("Ada Winter", NINE + 1);
    assert_eq!(found(&counter, &named("winter")), ["2"]);
    assert_eq!(found(&counter, &named("mueller")), [""; 0]);
    counter.desk.store.write(store::check_search).unwrap();
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    let counter = open();
    for name in ["", "unconfirmed", "never_contact"] {
        let whole = counter.desk.consents(&list(name), None, 50).unwrap().rows;
        let mut after: Option<ConsentCursor> = None;
        let mut rows = Vec::new();
        loop {
            let page = counter
                .desk
                .consents(&list(name), after.as_ref(), 1)
                .unwrap();
            rows.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert!(rows == whole, "{name}");
    }
}

#[test]
fn every_list_is_read_off_an_index() {
    let counter = open();
    let plans = counter.desk.store.read(|db| {
        let mut plans = Vec::new();
        for (index, fits) in [
            ("consent_by_time", "1"),
            ("consent_by_purpose", "c.purpose = 'offers' AND c.state = 'in' AND c.usable = 1"),
            ("consent_by_state", "c.state = 'out'"),
            ("consent_unclear", "(c.state IN ('asked', 'claimed') OR (c.state = 'in' AND c.usable = 0))"),
            ("consent_usable", "c.state = 'in' AND c.usable = 1 AND c.since < 9"),
        ] {
            let sql = format!(
                "EXPLAIN QUERY PLAN SELECT c.customer_id FROM consent c INDEXED BY {index} WHERE {fits}
                 AND (c.since, c.customer_id, c.purpose) < (9, 9, 'x') ORDER BY c.since DESC, c.customer_id DESC, c.purpose DESC LIMIT 50"
            );
            let mut statement = db.prepare(&sql)?;
            let lines = statement.query_map([], |row| row.get::<_, String>(3))?;
            plans.push(lines.collect::<Result<Vec<_>, _>>()?.join("; "));
        }
        Ok(plans)
    });
    for plan in plans.unwrap() {
        assert!(
            !plan.contains("TEMP B-TREE") || plan.contains("LAST TERM"),
            "{plan}"
        );
        assert!(plan.contains("SEARCH"), "{plan}");
    }
}

#[test]
fn a_persons_page_tells_everything_the_newest_first_and_uses_by_the_day() {
    let counter = open();
    let desk = &counter.desk;
    for (n, at) in [
        (1, NINE - 5 * MINUTE),
        (2, NINE - 4 * MINUTE),
        (3, NINE - DAY / 2),
    ] {
        let used = Act {
            event: Event::Used,
            ..granted(&format!("used:{n}"), &person(1), &["offers"], at)
        };
        record(desk, &used);
    }
    let row = &desk.consents(&list("offers_today"), None, 1).unwrap().rows[0];
    assert_eq!(row.state.uses, 3);
    let page = desk.consent_person(row.customer_id).unwrap();
    let events: Vec<_> = page
        .history
        .iter()
        .map(|line| (line.event.as_str(), line.act_at))
        .collect();
    assert_eq!(
        events,
        [
            ("used", NINE - 4 * MINUTE),
            ("used", NINE - DAY / 2),
            ("granted", NINE - DAY)
        ]
    );
    let first = page.history.last().unwrap();
    assert_eq!(first.wording_text, support::consent::WORDS);
    assert_eq!(first.business_name, support::consent::SHOP);
    assert_eq!((page.thread_id, page.minor), (None, None));
    assert!(desk.consent_person(999).is_err());
}
