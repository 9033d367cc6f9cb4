//! The list: where a thread stands and why, in which order, how many there are, and what staff does with it.

mod list;

use inbox::{
    fact::{AttemptEnd, Fact, FactKind},
    view::{MarkChange, Section, SendResult, Settings, SlotValue, ThreadQuery, ThreadRow},
};
use list::pages;
use serde_json::Value;
use support::{
    bodies::{self, LENA, NUMBER, SECOND_NUMBER},
    counter::{Counter, phone},
};

const NINE: i64 = 1_795_165_200_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn text_on(number: &str, from: &str, at: i64) -> Value {
    bodies::text(number, from, &format!("wamid.{from}.{at}"), at, "Guten Tag")
}

fn writes(counter: &Counter, from: &str, at: i64) -> i64 {
    counter.receive(&text_on(NUMBER, from, at), at);
    counter.thread(NUMBER, &phone(from)).unwrap()
}

fn failed(counter: &Counter, outbox_id: &str, at: i64) {
    let end = AttemptEnd::Refused {
        code: 131_026,
        title: String::new(),
        details: String::new(),
    };
    let kind = FactKind::AttemptEnded {
        outbox_id: outbox_id.to_owned(),
        n: 1,
        end,
        at,
    };
    let fact = Fact::new(&counter.desk.number(), kind);
    counter.desk.apply(&[fact]).unwrap();
}

fn answers(counter: &Counter, thread: i64) -> String {
    match counter
        .desk
        .send_text(thread, "Gern!", None, "Ada")
        .unwrap()
    {
        SendResult::Queued { outbox_id, .. } => outbox_id,
        other => panic!("{other:?}"),
    }
}

fn row(counter: &Counter, thread: i64) -> ThreadRow {
    counter.desk.thread_rows(&[thread]).unwrap().remove(0)
}

fn mark(counter: &Counter, thread: i64, change: MarkChange) {
    counter.desk.mark_threads(&[thread], &change).unwrap();
}

fn works_here(counter: &Counter, me: &str) {
    let settings = counter.desk.settings().unwrap();
    let me = me.to_owned();
    counter
        .desk
        .save_settings(&Settings { me, ..settings })
        .unwrap();
}

#[test]
fn a_thread_moves_through_the_sections_as_time_goes_by_and_answers_go_out() {
    let counter = Counter::open(NINE);
    let lena = writes(&counter, LENA, NINE);
    let section = |now: i64| {
        counter.set(now);
        row(&counter, lena).section
    };
    assert_eq!(section(NINE), Section::WaitingForUs);
    assert_eq!(section(NINE + 22 * HOUR - 1), Section::WaitingForUs);
    assert_eq!(section(NINE + 22 * HOUR), Section::ClosingSoon);
    assert_eq!(row(&counter, lena).waiting_since, Some(NINE));

    let outbox_id = answers(&counter, lena);
    assert_eq!(section(NINE + 22 * HOUR), Section::WaitingForThem);
    assert_eq!(row(&counter, lena).waiting_since, None);
    failed(&counter, &outbox_id, NINE + 22 * HOUR + 1_000);
    assert_eq!(section(NINE + 22 * HOUR + 1_000), Section::ClosingSoon);
    assert_eq!(row(&counter, lena).waiting_since, Some(NINE));

    let outbox_id = answers(&counter, lena);
    assert_eq!(section(NINE + 23 * HOUR), Section::WaitingForThem);
    counter.desk.undo(&outbox_id).unwrap();
    assert_eq!(
        section(NINE + 23 * HOUR),
        Section::ClosingSoon,
        "its words are a draft again"
    );
    assert_eq!(row(&counter, lena).draft.as_deref(), Some("Gern!"));
    assert_eq!(section(NINE + DAY), Section::Closed);
}

#[test]
fn whoever_is_blocked_waits_for_no_answer_and_again_when_let_go() {
    let counter = Counter::open(NINE);
    let lena = writes(&counter, LENA, NINE);
    counter.set(NINE + 23 * HOUR);
    let soon = || {
        let query = ThreadQuery {
            section: Some(Section::ClosingSoon),
            ..ThreadQuery::default()
        };
        let counted = counter.desk.section_counts(&query).unwrap().closing_soon;
        assert_eq!(
            pages(&counter, &query).len(),
            usize::try_from(counted).unwrap()
        );
        counted
    };
    assert_eq!(soon(), 1);
    counter.desk.note_blocked(lena, true).unwrap();
    assert_eq!(soon(), 0);
    assert_eq!(row(&counter, lena).section, Section::WaitingForThem);
    counter.desk.note_blocked(lena, false).unwrap();
    assert_eq!(soon(), 1);
}

#[test]
fn a_row_shows_how_the_draft_begins() {
    let counter = Counter::open(NINE);
    let lena = writes(&counter, LENA, NINE);
    let desk = &counter.desk;
    let values = [SlotValue {
        key: "body:1".into(),
        text: "a template's draft is none".into(),
    }];
    desk.save_template_values(lena, "abholbereit", "de", &values)
        .unwrap();
    assert_eq!(row(&counter, lena).draft, None);
    for (written, shown) in [
        ("Gern", Some("Gern")),
        ("\n  Gern, morgen\num neun", Some("Gern, morgen")),
        (" \n ", None),
        ("", None),
    ] {
        desk.save_draft(lena, written).unwrap();
        let row = row(&counter, lena);
        assert_eq!(row.draft.as_deref(), shown, "{written:?}");
        assert_eq!(row.preview.text, "Guten Tag");
    }
}

#[test]
fn a_message_of_ours_that_goes_wrong_after_a_good_one_is_our_turn_until_it_is_dealt_with() {
    let counter = Counter::open(NINE);
    let lena = writes(&counter, LENA, NINE);
    answers(&counter, lena);
    counter.set(NINE + MINUTE);
    let second = answers(&counter, lena);
    failed(&counter, &second, NINE + 2 * MINUTE);
    assert_eq!(row(&counter, lena).section, Section::WaitingForUs);
    assert_eq!(
        row(&counter, lena).waiting_since,
        None,
        "she has her answer"
    );

    counter.set(NINE + 3 * MINUTE);
    let third = answers(&counter, lena);
    assert_eq!(row(&counter, lena).section, Section::WaitingForThem);
    counter.desk.undo(&third).unwrap();
    assert_eq!(
        row(&counter, lena).section,
        Section::WaitingForUs,
        "its words lie in the composer"
    );
    counter.desk.save_draft(lena, "").unwrap();
    let after = row(&counter, lena).section;
    assert_eq!(
        after,
        Section::WaitingForUs,
        "the failed one is the last again"
    );
}

#[test]
fn what_is_done_comes_back_when_she_writes_or_a_message_of_ours_fails_and_not_before() {
    let counter = Counter::open(NINE);
    let lena = writes(&counter, LENA, NINE);
    let outbox_id = answers(&counter, lena);
    mark(&counter, lena, MarkChange::Done);
    assert_eq!(row(&counter, lena).section, Section::Done);
    counter.set(NINE + 2 * DAY);
    assert_eq!(
        row(&counter, lena).section,
        Section::Done,
        "time alone changes nothing"
    );
    counter.receive(&text_on(NUMBER, LENA, NINE), NINE);
    assert_eq!(
        row(&counter, lena).section,
        Section::Done,
        "a repeated webhook is no news"
    );
    failed(&counter, &outbox_id, NINE + MINUTE);
    assert_ne!(row(&counter, lena).section, Section::Done, "a failure is");

    mark(&counter, lena, MarkChange::Done);
    assert_eq!(row(&counter, lena).section, Section::Done);
    counter.set(NINE + 3 * DAY);
    writes(&counter, LENA, NINE + 3 * DAY);
    assert_eq!(row(&counter, lena).section, Section::WaitingForUs);
    mark(&counter, lena, MarkChange::Done);
    mark(&counter, lena, MarkChange::Reopen);
    assert_eq!(
        row(&counter, lena).section,
        Section::WaitingForUs,
        "at the same instant"
    );
}

#[test]
fn what_sleeps_wakes_up_as_unread_at_its_time_or_when_she_writes() {
    let counter = Counter::open(NINE);
    let lena = writes(&counter, LENA, NINE);
    counter.desk.mark_seen(lena).unwrap();
    let until = NINE + HOUR;
    mark(&counter, lena, MarkChange::Snooze { until });
    let asleep = row(&counter, lena);
    assert_eq!(
        (asleep.section, asleep.snoozed_until, asleep.unread),
        (Section::Snoozed, Some(until), 0)
    );
    assert!(pages(&counter, &ThreadQuery::default()).is_empty());

    counter.set(until);
    let woken = row(&counter, lena);
    assert_eq!(
        (woken.section, woken.snoozed_until, woken.unread),
        (Section::WaitingForUs, None, 1)
    );
    let unread = ThreadQuery {
        unread: true,
        ..ThreadQuery::default()
    };
    assert_eq!(pages(&counter, &unread), [lena]);
    counter.desk.mark_seen(lena).unwrap();
    assert_eq!(row(&counter, lena).unread, 0);
    assert!(pages(&counter, &unread).is_empty());

    mark(&counter, lena, MarkChange::Snooze { until: until + DAY });
    writes(&counter, LENA, until + MINUTE);
    assert_eq!(row(&counter, lena).section, Section::WaitingForUs);
}

#[test]
fn each_of_the_staff_has_unread_messages_of_their_own() {
    let counter = Counter::open(NINE);
    let lena = writes(&counter, LENA, NINE);
    writes(&counter, LENA, NINE + MINUTE);
    counter.set(NINE + HOUR);
    let unread = |me: &str| {
        works_here(&counter, me);
        let counts = counter
            .desk
            .section_counts(&ThreadQuery::default())
            .unwrap();
        let head = counter.desk.thread_head(lena).unwrap();
        assert_eq!(head.first_unread.is_some(), head.unread > 0);
        (head.unread, counts.unread)
    };
    assert_eq!((unread("Ada"), unread("Ben")), ((2, 1), (2, 1)));
    works_here(&counter, "Ada");
    counter.desk.mark_seen(lena).unwrap();
    assert_eq!((unread("Ada"), unread("Ben")), ((0, 0), (2, 1)));
    works_here(&counter, "Ada");
    mark(&counter, lena, MarkChange::Unread);
    assert_eq!(unread("Ada"), (1, 1), "the newest one");
    counter.desk.mark_seen(lena).unwrap();
    assert_eq!(unread("Ada"), (0, 0), "at the same instant");
    writes(&counter, LENA, NINE + 2 * HOUR);
    assert_eq!((unread("Ada"), unread("Ben")), ((1, 1), (3, 1)));
}

#[test]
fn the_numbers_of_the_business_are_those_heard_of_and_those_that_are_connected() {
    let counter = Counter::open(NINE);
    let ours = |counter: &Counter| -> Vec<(String, bool)> {
        let numbers = counter.desk.own_numbers().unwrap();
        numbers
            .into_iter()
            .map(|n| (n.phone_number_id, n.connected))
            .collect()
    };
    assert_eq!(ours(&counter), [(NUMBER.to_owned(), true)]);
    counter.receive(&text_on(SECOND_NUMBER, LENA, NINE), NINE);
    let (first, second) = (NUMBER.to_owned(), SECOND_NUMBER.to_owned());
    assert_eq!(
        ours(&counter),
        [(first.clone(), true), (second.clone(), false)]
    );

    let counter = Counter::with_others(NINE, &[SECOND_NUMBER]);
    let both = [(first, true), (second, true)];
    assert_eq!(ours(&counter), both, "before anybody wrote to them");
    counter.receive(&text_on(SECOND_NUMBER, LENA, NINE), NINE);
    assert_eq!(ours(&counter), both);
}

#[test]
fn somebody_with_another_name_keeps_the_threads_and_what_was_read() {
    let counter = Counter::open(NINE);
    let lena = writes(&counter, LENA, NINE);
    let ben = writes(&counter, "493023125102", NINE + MINUTE);
    counter.set(NINE + HOUR);
    let settings = counter.desk.settings().unwrap();
    let staff = vec!["Ada".to_owned(), "Ben".to_owned()];
    let settings = Settings { staff, ..settings };
    counter.desk.save_settings(&settings).unwrap();
    works_here(&counter, "Ada");
    counter.desk.mark_seen(lena).unwrap();
    let assign = |staff: &str| MarkChange::Assign {
        staff: staff.to_owned(),
    };
    mark(&counter, lena, assign("Ada"));
    mark(&counter, lena, MarkChange::Done);
    mark(&counter, ben, assign("Ben"));

    counter.desk.rename_staff("Ada", " Ada Winter ").unwrap();
    let settings = counter.desk.settings().unwrap();
    assert_eq!(settings.staff, ["Ada Winter", "Ben"]);
    assert_eq!(settings.me, "Ada Winter");
    let shown = |id| {
        let row = row(&counter, id);
        (row.assignee.unwrap_or_default(), row.unread, row.section)
    };
    assert_eq!(shown(lena), ("Ada Winter".into(), 0, Section::Done));
    assert_eq!(shown(ben), ("Ben".into(), 1, Section::WaitingForUs));
    let counts = counter.desk.section_counts(&ThreadQuery::default());
    assert_eq!(counts.unwrap().unread, 1);
    for (from, to) in [("", "Cleo"), ("Ben", " "), ("Ben", "Ben")] {
        counter.desk.rename_staff(from, to).unwrap();
        assert_eq!(shown(ben).0, "Ben");
    }
}
