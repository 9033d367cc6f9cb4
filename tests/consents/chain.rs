//! Nothing in the ledger is changed without being seen.

use super::*;
use inbox::view::{ConsentRefusal, LedgerCheck};
use store::Connection;

fn filled() -> Counter {
    let counter = Counter::open(NINE);
    for n in 0..4 {
        let act = granted(
            &format!("a{n}"),
            &phone(LENA),
            &["service"],
            NINE - n * MINUTE,
        );
        record(&counter.desk, &act);
    }
    counter
}

fn whole(counter: &Counter) -> LedgerCheck {
    counter.desk.check_ledger(true).unwrap()
}

/// `(entry's number, why)` of everything that does not fit.
fn wrong(check: &LedgerCheck) -> Vec<(i64, &str)> {
    check
        .broken
        .iter()
        .map(|b| {
            let (_, seq) = inbox::ledger::entry_named(&b.entry).unwrap();
            (seq, b.why.as_str())
        })
        .collect()
}

#[test]
fn an_untouched_ledger_verifies_and_an_act_told_twice_is_one() {
    let counter = filled();
    record(
        &counter.desk,
        &granted("a0", &phone(LENA), &["service"], NINE),
    );
    let check = whole(&counter);
    assert_eq!((check.entries, wrong(&check)), (4, vec![]));
    assert_eq!((check.head.len(), check.public_key.len()), (64, 64));
    assert_eq!(whole(&counter).public_key, check.public_key);
}

#[test]
fn the_database_itself_refuses_to_change_or_delete_an_entry() {
    let counter = filled();
    for sql in [
        "UPDATE ledger_entry SET public = '{}' WHERE seq = 2",
        "DELETE FROM ledger_entry WHERE seq = 2",
        "UPDATE ledger_personal SET personal = '{}'",
        "DELETE FROM ledger_personal",
        "INSERT INTO ledger_erased VALUES (x'00', x'00', 0); UPDATE ledger_erased SET at = 1",
        "INSERT INTO ledger_erased VALUES (x'01', x'00', 0); DELETE FROM ledger_erased",
    ] {
        let refused = counter.desk.store.write(|db| Ok(db.execute_batch(sql)?));
        let said = refused.expect_err(sql).to_string();
        assert!(said.contains("ledger"), "{sql}: {said}");
    }
    // Replacing is a deletion that fires no trigger; it leaves the entry that is there.
    counter
        .desk
        .store
        .write(|db| {
            db.execute_batch(
                "INSERT OR REPLACE INTO ledger_entry SELECT device, seq, hash, prev, commitment, '{}' FROM ledger_entry;
                 INSERT OR REPLACE INTO ledger_personal SELECT device, seq, hash, salt, '{}' FROM ledger_personal",
            )?;
            Ok(())
        })
        .unwrap();
    assert_eq!(wrong(&whole(&counter)), []);
}

/// As another program would, that knows how to take the triggers away.
fn tamper(counter: &Counter, sql: &str) {
    let triggers = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'ledger%'";
    let done = counter.desk.store.write(|db: &Connection| {
        let drop: String = db.query_row(triggers, [], |row| row.get(0))?;
        db.execute_batch(&drop)?;
        Ok(db.execute_batch(sql)?)
    });
    done.unwrap();
}

#[test]
fn whatever_another_program_changes_is_named_and_nothing_more_is_written() {
    for (sql, expected) in [
        (
            "UPDATE ledger_entry SET public = replace(public, 'service', 'offers') WHERE seq = 2",
            (2, "changed"),
        ),
        (
            "UPDATE ledger_entry SET commitment = zeroblob(32) WHERE seq = 3",
            (3, "changed"),
        ),
        (
            "UPDATE ledger_entry SET prev = zeroblob(32) WHERE seq = 3",
            (3, "changed"),
        ),
        ("DELETE FROM ledger_entry WHERE seq = 2", (2, "missing")),
        ("DELETE FROM ledger_entry WHERE seq = 4", (4, "missing")),
        ("DELETE FROM ledger_entry", (1, "missing")),
        (
            "UPDATE ledger_entry SET seq = 9 WHERE seq = 4",
            (4, "missing"),
        ),
        (
            "UPDATE ledger_entry SET seq = CASE seq WHEN 2 THEN 3 ELSE 2 END WHERE seq IN (2, 3)",
            (2, "out_of_place"),
        ),
        (
            "UPDATE ledger_personal SET personal = replace(personal, 'Ada', 'Bob') WHERE hash = (SELECT hash FROM ledger_entry WHERE seq = 2)",
            (2, "personal_changed"),
        ),
        (
            "DELETE FROM ledger_personal WHERE hash = (SELECT hash FROM ledger_entry WHERE seq = 3)",
            (3, "personal_changed"),
        ),
    ] {
        let counter = filled();
        tamper(&counter, sql);
        let check = whole(&counter);
        assert_eq!(wrong(&check), [expected], "{sql}");

        let again = granted("later", &phone(LENA), &["updates"], NINE);
        let refused = counter.desk.record(&again).unwrap().unwrap_err();
        assert!(
            matches!(refused, ConsentRefusal::LedgerBroken { entry } if entry == check.broken[0].entry),
            "{sql}"
        );
    }
}

#[test]
fn a_stop_holds_even_while_the_ledger_is_read_only() {
    let counter = filled();
    let customer = counter
        .desk
        .store
        .read(|db| Ok(store::customer::find(db, &format!("w:{LENA}"))?.unwrap()))
        .unwrap()
        .customer_id;
    tamper(&counter, "DELETE FROM ledger_entry WHERE seq = 2");
    whole(&counter);
    let stop = withdrawn("stop", &phone(LENA), "all", NINE + MINUTE);
    assert!(counter.desk.record(&stop).unwrap().is_err());
    let now = summary(&counter, customer);
    assert_eq!(now.out_of_all, Some(NINE + MINUTE));
    assert!(!now.erased, "they said so themselves");
    let stopped = of(&now, "offers");
    assert_eq!(
        (stopped.state, stopped.channel.as_str()),
        (ConsentState::Out, "suppression")
    );
}

#[test]
fn a_look_at_the_start_sees_what_is_new_and_a_whole_look_everything() {
    let counter = filled();
    assert_eq!(wrong(&counter.desk.check_ledger(false).unwrap()), []);
    tamper(
        &counter,
        "UPDATE ledger_entry SET public = replace(public, 'service', 'offers') WHERE seq = 2",
    );
    assert_eq!(
        wrong(&counter.desk.check_ledger(false).unwrap()),
        [],
        "it was right when it was looked at"
    );
    assert_eq!(wrong(&whole(&counter)), [(2, "changed")]);

    let counter = filled();
    counter.desk.check_ledger(false).unwrap();
    tamper(&counter, "DELETE FROM ledger_entry WHERE seq = 4");
    assert_eq!(
        wrong(&counter.desk.check_ledger(false).unwrap()),
        [(4, "changed")],
        "where the last look ended"
    );
}

#[test]
fn a_clock_set_back_by_a_day_is_marked_and_breaks_nothing() {
    let counter = filled();
    counter.set(NINE - DAY);
    record(
        &counter.desk,
        &granted("yesterday", &phone(LENA), &["updates"], NINE - DAY),
    );
    let check = whole(&counter);
    assert_eq!((wrong(&check), check.clock_back), (vec![], 1));
}

#[test]
fn who_is_erased_is_gone_from_the_ledger_and_its_chain_still_verifies() {
    let counter = filled();
    let (desk, store) = (&counter.desk, &counter.desk.store);
    record(desk, &granted("ida", &bsuid(IDA), &["offers"], NINE));
    let hashes: Vec<store::ledger::Digest> = store
        .read(|db| {
            let mut statement =
                db.prepare("SELECT hash FROM consent_act WHERE peer_key LIKE 'w:%'")?;
            Ok(statement
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?)
        })
        .unwrap();
    let erasure = Act {
        purposes: vec!["all".into()],
        erases: hashes,
        staff: "Ada".into(),
        ..Act::new(Event::Erased, "e1", NINE + MINUTE)
    };
    record(desk, &erasure);
    assert_eq!(wrong(&whole(&counter)), []);
    let (held, dump) = store
        .read(|db| {
            let held: String = db.query_row(
                "SELECT group_concat(personal) FROM ledger_personal",
                [],
                |row| row.get(0),
            )?;
            Ok((held, store::canonical_dump(db)?))
        })
        .unwrap();
    assert!(held.contains(IDA) && !held.contains(LENA));
    assert!(!dump.contains(LENA), "{dump}");

    // An import cannot bring them back; their own word can.
    let claim = weaker(
        "list",
        Event::Claimed,
        channel::IMPORT,
        &phone(LENA),
        NINE + 2 * MINUTE,
    );
    let recorded = desk.record(&claim).unwrap();
    let suppressed = store
        .read(|db| inbox::ledger::suppressed(db, &phone(LENA)))
        .unwrap();
    assert_eq!(suppressed, [("all".to_owned(), NINE)]);
    assert_eq!(recorded.unwrap_err(), ConsentRefusal::Out { since: NINE });
    let back = record(
        desk,
        &granted("again", &phone(LENA), &["offers"], NINE + 3 * MINUTE),
    );
    let now = summary(&counter, back.customer_id.unwrap());
    assert_eq!((now.out_of_all, now.erased), (None, false));
    assert!(of(&now, "offers").usable);
}

#[test]
fn a_start_finds_what_was_changed_in_between_and_the_ledger_is_read_only_from_the_first_moment() {
    let counter = filled();
    inbox::run::begin(&counter.desk).unwrap();
    tamper(
        &counter,
        "UPDATE ledger_entry SET public = replace(public, 'service', 'offers') WHERE seq = 2",
    );
    let counter = counter.reopened();
    counter.changed();
    inbox::run::begin(&counter.desk).unwrap();
    let told = counter.changed();
    assert!(told.consents && told.connection, "the window is told");
    let shown = || counter.desk.connection().unwrap().ledger_broken;
    assert!(shown().is_some_and(|entry| entry.ends_with("/2")));
    let again = granted("later", &phone(LENA), &["updates"], NINE);
    let refused = counter.desk.record(&again).unwrap().unwrap_err();
    assert!(
        matches!(&refused, ConsentRefusal::LedgerBroken { entry } if entry.ends_with("/2")),
        "{refused:?}"
    );
    // It stays so at the next start, and what is not about the ledger goes on.
    let counter = counter.reopened();
    inbox::run::begin(&counter.desk).unwrap();
    assert!(counter.desk.record(&again).unwrap().is_err());
    counter.receive(
        &support::bodies::text(support::bodies::NUMBER, LENA, "wamid.1", NINE, "Hallo"),
        NINE,
    );
    assert!(
        counter
            .thread(support::bodies::NUMBER, &phone(LENA))
            .is_some()
    );
}

#[test]
fn of_a_long_ledger_the_start_looks_at_what_is_new_and_the_rest_is_looked_at_in_its_own_time() {
    let counter = Counter::open(NINE);
    let people: Vec<_> = (0..10)
        .map(|n| phone(&format!("49151555020{n:02}")))
        .collect();
    support::consent::fill(&counter.desk.store, &people, 6_000, NINE - DAY).unwrap();
    inbox::run::begin(&counter.desk).unwrap();
    tamper(
        &counter,
        "UPDATE ledger_entry SET public = replace(public, 'offers', 'updates') WHERE seq = 17",
    );
    let counter = counter.reopened();
    inbox::run::begin(&counter.desk).unwrap();
    counter.changed();
    inbox::run::look_at_ledger(&counter.desk).unwrap();
    assert!(counter.changed().consents);
    let again = granted("later", &phone(LENA), &["updates"], NINE);
    let refused = counter.desk.record(&again).unwrap().unwrap_err();
    assert!(matches!(refused, ConsentRefusal::LedgerBroken { entry } if entry.ends_with("/17")));
}
