//! Merging two customers by hand, and taking that back.

use super::*;

#[test]
fn merging_makes_one_thread_of_two_and_undoing_gives_each_his_own_back() {
    let (counter, lena, ida) = two();
    let desk = &counter.desk;
    desk.save_draft(lena, "an Lena").unwrap();
    counter.set(NINE + 15 * MINUTE);
    desk.save_draft(ida, "an Ida").unwrap();
    label(&counter, ida, "Stammkunde", true);
    label(&counter, lena, "Großhandel", true);

    counter.set(NINE + 20 * MINUTE);
    let id = desk.merge(lena, ida).unwrap();
    assert_eq!(threads(&counter), 1);
    assert_eq!(
        said(&counter, lena),
        ["Hier Ida", "Hier Lena"],
        "the first thread stays"
    );
    assert!(desk.customer(ida).is_err(), "the other is gone");
    assert_eq!(panel(&counter, lena).labels, ["Großhandel", "Stammkunde"]);
    assert_eq!(panel(&counter, lena).merges.len(), 1);
    assert_eq!(
        panel(&counter, lena).merges[0].names,
        ["Lena Brandt", "Ida Sommer"]
    );
    assert_eq!(
        draft(&counter, lena),
        "an Ida",
        "the newest draft of the two"
    );
    assert!(desk.merge(lena, lena).is_err(), "they are one already");

    counter.set(NINE + 30 * MINUTE);
    desk.undo_merge(&id).unwrap();
    desk.undo_merge(&id).unwrap();
    assert_eq!(threads(&counter), 2);
    let ida = counter.thread(NUMBER, &bsuid(IDA)).unwrap();
    assert_eq!(
        (said(&counter, lena), said(&counter, ida)),
        (vec!["Hier Lena".into()], vec!["Hier Ida".into()])
    );
    assert_eq!(
        (draft(&counter, lena), draft(&counter, ida)),
        ("an Lena".into(), "an Ida".into())
    );
    assert_eq!(panel(&counter, lena).labels, ["Großhandel"]);
    assert_eq!(panel(&counter, ida).labels, ["Stammkunde"]);
    assert_eq!(panel(&counter, ida).merges, []);
}

#[test]
fn whatever_is_done_while_merged_never_ties_the_two_for_good() {
    let (counter, lena, ida) = two();
    let desk = &counter.desk;
    let settings = desk.settings().unwrap();
    assert!(settings.undo_ms > 0, "what is sent here is taken back");
    let id = desk.merge(ida, lena).unwrap();
    desk.mark_seen(ida).unwrap();
    desk.save_draft(ida, "Gern!").unwrap();
    label(&counter, ida, "Stammkunde", true);
    named(&counter, ida, "Lena Ida");
    desk.note_blocked(ida, true).unwrap();
    desk.note_blocked(ida, false).unwrap();
    let Ok(SendResult::Queued { outbox_id, .. }) = desk.send_text(ida, "Gern!", None, STAFF) else {
        panic!("refused")
    };
    desk.undo(&outbox_id).unwrap();
    writes(
        &counter,
        &bsuid(IDA),
        "Ida Sommer",
        NINE + 2 * MINUTE,
        "Ida nochmal",
    );
    let Ok(SendResult::Queued { outbox_id, .. }) = desk.send_text(ida, "Ja", None, STAFF) else {
        panic!("refused")
    };
    desk.undo(&outbox_id).unwrap();
    assert_eq!(
        said(&counter, ida),
        ["Hier Ida", "Hier Lena", "Ida nochmal"]
    );

    counter.set(NINE + 30 * MINUTE);
    desk.undo_merge(&id).unwrap();
    let lena = counter.thread(NUMBER, &phone(LENA)).unwrap();
    assert_ne!(lena, ida);
    assert_eq!(said(&counter, lena), ["Hier Lena"]);
    assert_eq!(said(&counter, ida), ["Hier Ida", "Ida nochmal"]);
    assert_eq!(desk.whom(ida).unwrap().1, bsuid(IDA));
    assert_eq!(desk.whom(lena).unwrap().1, phone(LENA));
}

#[test]
fn an_answer_goes_to_the_identifier_that_wrote_last_to_this_number() {
    let counter = Counter::open(NINE + DAY);
    let ida = writes(&counter, &bsuid(IDA), "Ida", NINE, "eins");
    let lena = writes(&counter, &phone(LENA), "Lena", NINE + MINUTE, "zwei");
    counter.receive(
        &text_to(SECOND_NUMBER, &bsuid(IDA), "Ida", NINE + 2 * MINUTE, "drei"),
        NINE + 2 * MINUTE,
    );
    let id = counter.desk.merge(ida, lena).unwrap();
    let second = counter.thread(SECOND_NUMBER, &phone(LENA)).unwrap();
    assert_eq!(second, counter.thread(SECOND_NUMBER, &bsuid(IDA)).unwrap());
    let first = (NUMBER.to_owned(), phone(LENA));
    assert_eq!(counter.desk.whom(ida).unwrap(), first);
    assert_eq!(
        counter.desk.whom(second).unwrap(),
        (SECOND_NUMBER.to_owned(), bsuid(IDA))
    );
    assert_eq!(said(&counter, ida), ["eins", "zwei"]);
    assert_eq!(said(&counter, second), ["drei"]);
    counter.desk.undo_merge(&id).unwrap();
    assert_eq!(counter.thread(SECOND_NUMBER, &phone(LENA)), None);
    assert_eq!(counter.thread(SECOND_NUMBER, &bsuid(IDA)), Some(second));
}

#[test]
fn a_merge_holds_when_the_number_turns_out_to_be_somebody_s_bsuid() {
    let (counter, lena, ida) = two();
    let id = counter.desk.merge(lena, ida).unwrap();
    let both = Peer {
        wa_id: Some(LENA.into()),
        ..bsuid(STRANGER)
    };
    writes(
        &counter,
        &both,
        "Lena Brandt",
        NINE + 5 * MINUTE,
        "mit Kennung",
    );
    assert_eq!(
        said(&counter, lena),
        ["Hier Ida", "Hier Lena", "mit Kennung"]
    );
    counter.desk.undo_merge(&id).unwrap();
    assert_eq!(
        said(&counter, counter.thread(NUMBER, &bsuid(STRANGER)).unwrap()),
        ["Hier Lena", "mit Kennung"]
    );
    assert_eq!(
        said(&counter, counter.thread(NUMBER, &bsuid(IDA)).unwrap()),
        ["Hier Ida"]
    );
}

#[test]
fn a_group_is_described_but_never_merged() {
    let (counter, lena, _) = two();
    let message = json!({ "from": LENA, "id": "wamid.g", "timestamp": seconds(NINE), "type": "text", "group_id": "g-55501", "text": { "body": "g" } });
    counter.receive(
        &bodies::change(NUMBER, "messages", json!({ "messages": [message] })),
        NINE,
    );
    let group = counter
        .thread(
            NUMBER,
            &Peer {
                group_id: Some("g-55501".into()),
                ..Peer::default()
            },
        )
        .unwrap();
    assert!(counter.desk.merge(lena, group).is_err());
    assert!(counter.desk.merge(group, lena).is_err());
    label(&counter, group, "Verein", true);
    let view = panel(&counter, group);
    assert_eq!(view.labels, ["Verein"]);
    assert_eq!(
        (view.identities[0].kind.as_str(), view.identities[0].current),
        ("group", true)
    );
    assert!(panel(&counter, lena).labels.is_empty());
}

#[test]
fn whoever_may_bear_other_labels_now_is_told_of() {
    let (counter, lena, ida) = two();
    let told = || counter.changed().labels;
    told();
    label(&counter, ida, "Stammkunde", true);
    assert!(told(), "a new label");
    label(&counter, ida, "Stammkunde", true);
    named(&counter, ida, "Ida");
    counter.desk.save_draft(ida, "Gern!").unwrap();
    assert!(!told(), "nothing of labels");
    label(&counter, lena, "stammkunde", true);
    assert!(told(), "the same label on somebody else");
    let id = counter.desk.merge(lena, ida).unwrap();
    assert!(told(), "two customers with it are one");
    counter.set(NINE + 30 * MINUTE);
    counter.desk.undo_merge(&id).unwrap();
    assert!(told(), "and two again");
    let ida = counter.thread(NUMBER, &bsuid(IDA)).unwrap();
    label(&counter, ida, "Stammkunde", false);
    assert!(told(), "taken away");
}
