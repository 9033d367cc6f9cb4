//! One consent from the first question to the last word, as text.

use super::*;
use inbox::view::ConsentRefusal;
use std::fmt::Write;
use support::golden;

fn shown(text: &mut String, what: &str, at: i64, summary: &ConsentSummary) {
    let when = (at - NINE) / MINUTE;
    let _ = writeln!(text, "\n# {what} (minute {when})");
    if let Some(since) = summary.out_of_all {
        let _ = writeln!(
            text,
            "out of everything since minute {}",
            (since - NINE) / MINUTE
        );
    }
    if let Some(asked) = &summary.question {
        let _ = writeln!(
            text,
            "asked of staff: stop {}? {:?}",
            asked.scope, asked.text
        );
    }
    for p in &summary.purposes {
        if p.state == ConsentState::None {
            continue;
        }
        let usable = match (p.usable, p.why_not) {
            (true, _) => "usable".to_owned(),
            (false, Some(why)) => format!("not usable: {}", consent::not_usable_name(why)),
            (false, None) => "-".to_owned(),
        };
        let wording = p
            .wording
            .as_ref()
            .map_or(String::new(), |w| format!(", {} v{}", w.id, w.version));
        let _ = writeln!(
            text,
            "{:8} {:8} {usable}; {} by {} since minute {}{wording}",
            p.purpose,
            consent::state_name(p.state),
            consent::strength_name(p.strength),
            p.channel,
            p.since.map_or(-1, |at| (at - NINE) / MINUTE),
        );
    }
}

#[test]
fn one_consent_from_the_first_question_to_the_last_word() {
    let counter = Counter::open(NINE);
    let lena = phone(LENA);
    let at = |minute: i64| NINE + minute * MINUTE;
    let entry_hash = |name: &str| {
        let (device, seq) = inbox::ledger::entry_named(name).unwrap();
        counter
            .desk
            .store
            .read(|db| Ok(store::ledger::by_place(db, device, seq)?[0].hash))
            .unwrap()
    };
    let mut text = String::from("A customer of the Bäckerei am Markt, and what may be sent.\n");
    let mut customer = 0;
    let mut last = String::new();
    let mut step = |what: &str, act: Act| {
        counter.set(act.at);
        let at = act.at;
        match counter.desk.record(&act).unwrap() {
            Ok(recorded) => {
                customer = recorded.customer_id.unwrap();
                last = recorded.entries.last().cloned().unwrap_or_default();
                shown(&mut text, what, at, &summary(&counter, customer));
            }
            Err(why) => {
                let why = match why {
                    ConsentRefusal::Out { since } => {
                        format!("out since minute {}", (since - NINE) / MINUTE)
                    }
                    other => format!("{other:?}"),
                };
                let _ = writeln!(
                    text,
                    "\n# {what} (minute {})\nrefused: {why}",
                    (at - NINE) / MINUTE
                );
            }
        }
        last.clone()
    };
    step(
        "on a list that somebody brought",
        weaker("1", Event::Claimed, channel::IMPORT, &lena, at(0)),
    );
    step(
        "says so on the phone",
        weaker("2", Event::Granted, channel::SPOKEN, &lena, at(1)),
    );
    let own = Act {
        channel: channel::WHATSAPP.into(),
        wordings: Vec::new(),
        ..granted("3", &lena, &["offers"], at(2))
    };
    step(
        "confirms it from the own phone",
        Act {
            event: Event::Confirmed,
            ..own
        },
    );
    step(
        "agrees to news of orders at the till",
        granted("4", &lena, &["service", "updates"], at(3)),
    );
    let meta = |id: &str, event: Event, minute: i64| Act {
        channel: channel::META.into(),
        event,
        ..withdrawn(id, &lena, "offers", at(minute))
    };
    step(
        "stops offers in WhatsApp itself",
        meta("5", Event::Withdrawn, 4),
    );
    step(
        "takes that back in WhatsApp itself",
        meta("6", Event::Granted, 5),
    );
    let maybe = Act {
        event: Event::Questioned,
        note: "immer diese Werbung".into(),
        ..withdrawn("7", &lena, "offers", at(6))
    };
    let asked = step("grumbles", maybe);
    let no = Act {
        event: Event::Dismissed,
        channel: channel::STAFF.into(),
        refers_to: Some(entry_hash(&asked)),
        ..withdrawn("8", &lena, "offers", at(7))
    };
    step("staff asks, and it was no stop", no);
    step(
        "fewer, please",
        Act {
            event: Event::Paused,
            ..withdrawn("9", &lena, "offers", at(8))
        },
    );
    step(
        "scans the code again",
        granted("10", &lena, &["offers"], at(9)),
    );
    step("STOPP", withdrawn("11", &lena, "offers", at(10)));
    step(
        "a newer list",
        weaker("12", Event::Claimed, channel::IMPORT, &lena, at(11)),
    );
    step(
        "never write to me again",
        withdrawn("13", &lena, "all", at(12)),
    );
    step(
        "staff says they said yes after all",
        weaker("14", Event::Granted, channel::SPOKEN, &lena, at(13)),
    );
    step("WhatsApp's resume", meta("15", Event::Granted, 14));
    step(
        "signs at the till, for orders alone",
        Act {
            channel: channel::SIGNATURE.into(),
            strength: Strength::Good,
            ..granted("16", &lena, &["updates"], at(15))
        },
    );
    let entries = counter.desk.check_ledger(true).unwrap();
    assert_eq!(entries.broken, []);
    let _ = writeln!(
        text,
        "\n{} entries, and the chain verifies",
        entries.entries
    );
    golden::compare("consent_life.txt", &text);
}
