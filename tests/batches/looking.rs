//! Before anything is sent.

use super::*;
use inbox::{fact::Mark, fact::Trait, view::ConsentState};

/// A use of the consent to offers, so many days ago.
fn used(counter: &Counter, n: usize, days: i64) {
    let act = Act {
        purposes: vec!["offers".into()],
        who: Some(who(n)),
        channel: channel::WHATSAPP.to_owned(),
        template: "anderes/de".into(),
        ..Act::new(Event::Used, format!("used-{n}-{days}"), NINE - days * DAY)
    };
    record(&counter.desk, &act);
}

/// A template that Meta answered in this way, so long ago.
fn sent(counter: &Counter, n: usize, name: &str, ago: i64, end: AttemptEnd) {
    let outbox_id = format!("0199-{n}-{ago}");
    let at = NINE - ago;
    says(
        counter,
        FactKind::Queued(inbox::fact::Queued {
            outbox_id: outbox_id.clone(),
            peer: who(n),
            content: format!(r#"{{"type":"template","name":"{name}","language":"de"}}"#),
            bubble: json!({ "kind": "text", "text": "Guten Tag" }).to_string(),
            kind: "template".into(),
            body: "Guten Tag".into(),
            reply_wamid: String::new(),
            staff: STAFF.into(),
            at,
            leaves_at: at,
            digest: String::new(),
        }),
    );
    says(
        counter,
        FactKind::AttemptStarted {
            outbox_id: outbox_id.clone(),
            n: 1,
            at,
        },
    );
    says(
        counter,
        FactKind::AttemptEnded {
            outbox_id,
            n: 1,
            end,
            at,
        },
    );
}

fn no(code: i64) -> AttemptEnd {
    AttemptEnd::Refused {
        code,
        title: "t".into(),
        details: "d".into(),
    }
}

fn yes(wamid: &str) -> AttemptEnd {
    AttemptEnd::Accepted {
        wamid: wamid.into(),
        held: false,
    }
}

/// One person for each reason there is.
fn everybody() -> Counter {
    let counter = shop();
    for n in 0..=12 {
        wrote(&counter, n, 10 * DAY + n as i64 * HOUR);
        if n != 2 {
            agreed(&counter, n);
        }
    }
    let out = withdrawn("out", &who(1), "all", NINE - DAY);
    record(&counter.desk, &out);
    says(
        &counter,
        FactKind::Marked {
            peer: who(3),
            mark: Mark::Blocked(true),
            at: NINE - DAY,
        },
    );
    sent(&counter, 4, "anderes", 9 * DAY, yes("wamid.came"));
    counter.receive(
        &bodies::status(
            NUMBER,
            &number(4),
            "wamid.came",
            NINE - 9 * DAY,
            "delivered",
        ),
        NINE - 9 * DAY,
    );
    sent(&counter, 4, "anderes", 3 * DAY, no(131_026));
    sent(&counter, 4, "anderes", 2 * DAY, no(131_026));
    used(&counter, 5, 0);
    used(&counter, 6, 2);
    used(&counter, 6, 3);
    for days in [8, 12, 16, 20] {
        used(&counter, 7, days);
    }
    sent(&counter, 8, "anderes", HOUR, no(131_049));
    sent(&counter, 9, OFFER, HOUR, yes("wamid.again"));
    // One line in Brazil, written in two ways.
    for (n, wa) in [(20, "5511987654321"), (21, "551187654321")] {
        let at = NINE - 20 * DAY - n as i64;
        counter.receive(
            &bodies::text(NUMBER, wa, &format!("wamid.br-{n}"), at, "Oi"),
            at,
        );
        let peer = phone(wa);
        record(
            &counter.desk,
            &granted(&format!("yes-{n}"), &peer, &["offers"], at + 1),
        );
        says(
            &counter,
            FactKind::Named {
                peer,
                parent_bsuid: None,
                field: NameField::Name,
                value: "Bia Teste".into(),
                at,
            },
        );
    }
    // Recorded at the counter: no thread, and no name.
    agreed(&counter, 22);
    counter
}

#[test]
fn everybody_is_there_once_and_each_who_gets_nothing_with_the_reason() {
    use SkipReason::*;
    let counter = everybody();
    let preflight = look(&counter);
    let skipped: BTreeMap<SkipReason, i64> = preflight
        .skipped
        .iter()
        .map(|one| (one.why, one.people))
        .collect();
    let each = [
        OptedOut,
        NoOptIn,
        Blocked,
        Unreachable,
        CappedDay,
        CappedWeek,
        CappedMonth,
        WithheldByMeta,
        AlreadySent,
        Duplicate,
        MissingValue,
    ];
    assert_eq!(skipped, each.into_iter().map(|why| (why, 1)).collect());
    // 0, 10, 11, 12 and one of Brazil.
    assert_eq!((preflight.people, preflight.going), (16, 5));
    assert_eq!(preflight.refusals, vec![]);
    assert_eq!(preflight.slots, vec![]);
    assert_eq!((preflight.limit, preflight.limit_needed), (None, 5));
    assert_eq!(preflight.category, "MARKETING");
    assert_eq!(preflight.takes, 4 * 2 * SECOND);
}

#[test]
fn the_pages_fit_the_figures_and_show_what_each_reads() {
    let counter = everybody();
    let plan = plan(&counter);
    let mut met = Vec::new();
    let mut after = None;
    loop {
        let page = counter
            .desk
            .batch_candidates(&plan, BatchFilter::All, after, 5)
            .unwrap();
        met.extend(page.people);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(met.len(), 16);
    let numbers: Vec<i64> = met.iter().map(|one| one.n).collect();
    assert_eq!(numbers, (0..16).collect::<Vec<_>>());
    let first = met
        .iter()
        .find(|one| one.address == format!("+{}", number(0)));
    let first = first.unwrap();
    assert_eq!(first.name, "Kundin0 Test");
    let Some(inbox::view::Body::Template { text, .. }) = &first.preview else {
        panic!("no preview");
    };
    assert!(text.starts_with("Hallo Kundin0, die Bäckerei"), "{text}");
    let of = |filter| {
        let page = counter.desk.batch_candidates(&plan, filter, None, 100);
        page.unwrap().people
    };
    assert_eq!(of(BatchFilter::Going).len(), 5);
    assert_eq!(of(BatchFilter::Skipped).len(), 11);
    assert!(
        of(BatchFilter::Going)
            .iter()
            .all(|one| one.skipped.is_none())
    );
}

#[test]
fn meta_s_limit_lets_as_many_through_as_it_still_takes() {
    let counter = shop();
    for n in 0..5 {
        customer(&counter, n);
    }
    wrote(&counter, 9, HOUR);
    agreed(&counter, 9);
    sent(&counter, 4, "anderes", HOUR, yes("wamid.earlier"));
    let often = inbox::view::FrequencyCap {
        day: 3,
        week: 7,
        month: 20,
    };
    counter.desk.set_frequency_cap(often).unwrap();
    says(
        &counter,
        FactKind::LimitTold {
            waba_id: "201100200300400".into(),
            limit: "3".into(),
            at: NINE,
        },
    );
    let preflight = look(&counter);
    assert_eq!((preflight.limit, preflight.limit_used), (Some(3), 1));
    // Two new ones, who was written to already, and who has an open window.
    assert_eq!((preflight.going, preflight.in_window), (4, 1));
    assert_eq!(preflight.limit_needed, 2);
    assert_eq!(preflight.skipped[0].why, SkipReason::OverLimit);
}

#[test]
fn a_segment_narrows_by_label_language_last_words_and_consent() {
    let counter = shop();
    for n in 0..4 {
        customer(&counter, n);
    }
    wrote(&counter, 5, DAY);
    agreed(&counter, 22);
    let told = |n, what, value: &str| FactKind::Described {
        peer: who(n),
        what,
        value: value.into(),
        at: NINE - DAY,
    };
    says(&counter, told(0, Trait::Label("Rad".into()), "1"));
    says(&counter, told(1, Trait::Label("Rad".into()), "1"));
    says(&counter, told(1, Trait::Label("Neu".into()), "1"));
    says(&counter, told(2, Trait::Language, "de-AT"));
    let people = |segment: Segment| {
        let plan = BatchPlan {
            segment,
            ..plan(&counter)
        };
        counter.desk.batch_preflight(&plan).unwrap().people
    };
    let one = |text: &str| vec![text.to_owned()];
    for (what, segment, expected) in [
        ("whoever", Segment::default(), 6),
        (
            "a label",
            Segment {
                labels: one("Rad"),
                ..Segment::default()
            },
            2,
        ),
        (
            "and not another",
            Segment {
                labels: one("Rad"),
                without_labels: one("Neu"),
                ..Segment::default()
            },
            1,
        ),
        (
            "a language",
            Segment {
                language: Some("de".into()),
                ..Segment::default()
            },
            1,
        ),
        (
            "wrote lately",
            Segment {
                wrote_from: Some(NINE - 2 * DAY),
                ..Segment::default()
            },
            1,
        ),
        (
            "never wrote",
            Segment {
                wrote_before: Some(0),
                ..Segment::default()
            },
            1,
        ),
        (
            "agreed",
            Segment {
                purpose: Some("offers".into()),
                ..Segment::default()
            },
            5,
        ),
        (
            "never said anything",
            Segment {
                state: Some(ConsentState::None),
                ..Segment::default()
            },
            1,
        ),
    ] {
        assert_eq!(people(segment), expected, "{what}");
    }
}

#[test]
fn what_the_whole_lacks_is_said() {
    let counter = shop();
    for n in 0..3 {
        agreed(&counter, n);
        named(&counter, n);
    }
    let checks = |text: &str| {
        let plan = BatchPlan {
            choice: choice(text),
            ..plan(&counter)
        };
        counter.desk.batch_preflight(&plan).unwrap().checks
    };
    let found = checks("{{name}}");
    assert!(found.contains(&BatchCheck::MostlyStrangers), "{found:?}");
    assert!(!found.contains(&BatchCheck::SameForEverybody), "{found:?}");
    assert!(!found.contains(&BatchCheck::OptOutHintMissing), "{found:?}");
    let found = checks("alle");
    assert!(found.contains(&BatchCheck::SameForEverybody), "{found:?}");
    let mut silent = offer();
    silent.components =
        json!([{ "type": "BODY", "text": "Hallo {{1}}, ab Montag gibt es Kürbisbrot." }]);
    counter.clock.set(NINE + 1, 0.0).unwrap();
    counter.desk.take_template_list(vec![silent], None).unwrap();
    counter
        .desk
        .store
        .write(|db| store::setting::set(db, "shop_name", "Bäckerei am Markt"))
        .unwrap();
    let found = checks("{{name}}");
    assert!(found.contains(&BatchCheck::OptOutHintMissing), "{found:?}");
    assert!(
        found.contains(&BatchCheck::BusinessNameMissing),
        "{found:?}"
    );
}

#[test]
fn a_batch_that_is_another_by_now_is_looked_at_again() {
    let counter = shop();
    for n in 0..3 {
        customer(&counter, n);
    }
    let go = go(&counter);
    let out = withdrawn("out", &who(1), "offers", NINE - 1);
    record(&counter.desk, &out);
    let start = counter.desk.start_batch(&go, STAFF).unwrap();
    assert_eq!(start, BatchStart::Changed { going: 2 });
    assert_eq!(counter.desk.batches().unwrap(), vec![]);
}

#[test]
fn somebody_says_that_prices_and_dates_are_true() {
    let counter = shop();
    customer(&counter, 0);
    let mut priced = offer();
    priced.components = json!([
        { "type": "BODY", "text": "Hallo {{1}}, Kürbisbrot kostet am 24.12.2026 nur 3,50 €." },
        { "type": "FOOTER", "text": "Mit STOPP ist Schluss." },
    ]);
    counter.clock.set(NINE + 1, 0.0).unwrap();
    counter.desk.take_template_list(vec![priced], None).unwrap();
    let mut go = go(&counter);
    go.checked_by = "  ".into();
    let start = counter.desk.start_batch(&go, STAFF).unwrap();
    assert_eq!(start, BatchStart::NotChecked);
    go.checked_by = STAFF.into();
    let start = counter.desk.start_batch(&go, STAFF).unwrap();
    assert!(matches!(start, BatchStart::Started { .. }), "{start:?}");
}

#[test]
fn what_cannot_be_sent_to_anybody_is_refused_as_a_whole() {
    let counter = shop();
    customer(&counter, 0);
    let mut go = go(&counter);
    go.plan.choice.values[0].text = "zwei\nZeilen".into();
    let start = counter.desk.start_batch(&go, STAFF).unwrap();
    assert!(matches!(start, BatchStart::Refused { .. }), "{start:?}");
    go.plan.choice = choice("{{name}}");
    go.plan.choice.name = "keine".into();
    let start = counter.desk.start_batch(&go, STAFF).unwrap();
    assert!(matches!(start, BatchStart::Refused { .. }), "{start:?}");
    let mut paused = offer();
    paused.status = "PAUSED".into();
    counter.clock.set(NINE + 1, 0.0).unwrap();
    counter.desk.take_template_list(vec![paused], None).unwrap();
    go.plan.choice.name = OFFER.into();
    let start = counter.desk.start_batch(&go, STAFF).unwrap();
    assert!(matches!(start, BatchStart::Refused { .. }), "{start:?}");
    assert_eq!(counter.desk.batches().unwrap(), vec![]);
}

#[test]
fn the_cap_is_the_owners_within_bounds() {
    let counter = shop();
    let cap = |day, week, month| inbox::view::FrequencyCap { day, week, month };
    assert_eq!(counter.desk.frequency_cap().unwrap(), cap(1, 2, 4));
    customer(&counter, 0);
    used(&counter, 0, 2);
    used(&counter, 0, 3);
    assert_eq!(look(&counter).skipped[0].why, SkipReason::CappedWeek);
    let kept = counter.desk.set_frequency_cap(cap(9, 3, 1)).unwrap();
    assert_eq!(kept, cap(3, 3, 3));
    assert_eq!(look(&counter).going, 1);
}
