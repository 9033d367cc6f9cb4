//! Sections, filters, orders and counts, compared with what the rows say of themselves.

use crate::{NINE, answers, mark, text_on, works_here};
use inbox::view::{
    CustomerChange, MarkChange, Section, SectionCounts, ThreadQuery, ThreadRow, ThreadSort,
    WindowView,
};
use support::{
    bodies::{NUMBER, SECOND_NUMBER},
    counter::{Counter, phone},
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Every page of a query, some rows at a time.
pub fn pages(counter: &Counter, query: &ThreadQuery) -> Vec<i64> {
    let (mut ids, mut before) = (Vec::new(), None);
    loop {
        let page = counter.desk.threads(query, before, 4).unwrap();
        ids.extend(page.rows.iter().map(|row| row.thread_id));
        match page.next {
            Some(next) => before = Some(next),
            None => return ids,
        }
    }
}

/// A shop in which everything occurs: three days of threads on two numbers.
fn busy_shop() -> (Counter, Vec<i64>, i64) {
    let counter = Counter::with_others(NINE, &[SECOND_NUMBER]);
    works_here(&counter, "Ada");
    let mut threads = Vec::new();
    for n in 0..48 {
        let at = NINE + n * 90 * MINUTE;
        counter.set(at);
        let from = format!("4930231251{n:02}");
        let number = if n % 5 == 0 { SECOND_NUMBER } else { NUMBER };
        counter.receive(&text_on(number, &from, at), at);
        let id = counter.thread(number, &phone(&from)).unwrap();
        if n % 3 == 0 {
            answers(&counter, id);
        }
        if n % 4 == 0 {
            counter.desk.mark_seen(id).unwrap();
        }
        threads.push(id);
    }
    let now = NINE + 48 * 90 * MINUTE;
    counter.set(now);
    for (n, &id) in threads.iter().enumerate() {
        let n = i64::try_from(n).unwrap();
        if n % 6 == 1 {
            mark(&counter, id, MarkChange::Done);
        }
        if n % 7 == 2 {
            let until = now + (n % 3 - 1) * 60 * HOUR + MINUTE;
            mark(&counter, id, MarkChange::Snooze { until });
        }
        if n % 11 == 3 {
            mark(&counter, id, MarkChange::Pin { on: true });
        }
        if n % 4 == 1 {
            let staff = if n % 8 == 1 { "Ada" } else { "Ben" }.to_owned();
            mark(&counter, id, MarkChange::Assign { staff });
        }
        if n % 9 == 4 {
            label(&counter, id);
        }
    }
    // Those asleep until yesterday are awake.
    counter.set(now + 2 * MINUTE);
    (counter, threads, now + 2 * MINUTE)
}

fn label(counter: &Counter, thread_id: i64) {
    let change = CustomerChange::Label {
        label: "Stammkundin".to_owned(),
        on: true,
    };
    counter.desk.describe(thread_id, &change).unwrap();
}

/// What the list is by its own words: every row, kept or not, and put in order.
fn by_hand(rows: &[(ThreadRow, i64)], query: &ThreadQuery, now: i64) -> Vec<i64> {
    let closes_at = |row: &ThreadRow| match row.window {
        WindowView::Open { closes_at, .. } => closes_at,
        WindowView::Closed { since, .. } => since,
        WindowView::Never { .. } => -1,
    };
    let mut kept: Vec<_> = rows
        .iter()
        .filter(|(row, number)| fits(row, *number, query))
        .map(|(row, _)| {
            let (end, id) = (closes_at(row), row.thread_id);
            let key = match query.sort {
                ThreadSort::Newest => (false, -row.last_at, -id),
                ThreadSort::Closing if end > now => (false, end, id),
                ThreadSort::Closing => (true, -end, -id),
            };
            (!row.pinned, key, id)
        })
        .collect();
    kept.sort_unstable();
    kept.into_iter().map(|(.., id)| id).collect()
}

fn fits(row: &ThreadRow, number_id: i64, query: &ThreadQuery) -> bool {
    let standing = match query.section {
        None => !matches!(row.section, Section::Done | Section::Snoozed),
        Some(section) => row.section == section,
    };
    standing
        && (!query.unread || row.unread > 0)
        && query.number_id.is_none_or(|id| id == number_id)
        && query
            .label
            .as_ref()
            .is_none_or(|label| row.labels.contains(label))
        && query
            .assignee
            .as_ref()
            .is_none_or(|staff| row.assignee.as_deref().unwrap_or_default() == staff)
}

fn filters() -> Vec<ThreadQuery> {
    let none = ThreadQuery::default;
    let by = |assignee: Option<&str>, label: Option<&str>, unread, number_id| ThreadQuery {
        assignee: assignee.map(str::to_owned),
        label: label.map(str::to_owned),
        unread,
        number_id,
        ..none()
    };
    let label = Some("Stammkundin");
    vec![
        none(),
        by(None, None, true, None),
        by(Some("Ada"), None, false, None),
        by(Some(""), None, false, None),
        by(Some(""), None, true, Some(1)),
        by(None, label, false, None),
        by(None, label, true, None),
        by(None, None, false, Some(2)),
        by(Some("Ben"), None, true, Some(1)),
        by(None, Some("nobody has this"), false, None),
    ]
}

const SECTIONS: [Option<Section>; 7] = [
    None,
    Some(Section::ClosingSoon),
    Some(Section::WaitingForUs),
    Some(Section::WaitingForThem),
    Some(Section::Closed),
    Some(Section::Snoozed),
    Some(Section::Done),
];

#[test]
fn every_section_filter_and_order_shows_each_of_its_threads_once() {
    let (counter, threads, now) = busy_shop();
    // For Ada it is known what she has not read; Cleo never read anything.
    for me in ["Ada", "Cleo"] {
        works_here(&counter, me);
        let rows = rows(&counter, &threads);
        let mut met = 0;
        for filter in filters() {
            for section in SECTIONS {
                for sort in [ThreadSort::Newest, ThreadSort::Closing] {
                    let query = ThreadQuery {
                        section,
                        sort,
                        ..filter.clone()
                    };
                    let found = pages(&counter, &query);
                    assert_eq!(found, by_hand(&rows, &query, now), "{me}: {query:?}");
                    met += found.len();
                }
            }
        }
        assert!(met > 400, "the shop is as busy as it should be: {met}");
    }
}

fn rows(counter: &Counter, threads: &[i64]) -> Vec<(ThreadRow, i64)> {
    let rows = counter.desk.thread_rows(threads).unwrap();
    assert_eq!(rows.len(), threads.len());
    rows.into_iter()
        .map(|row| {
            let number = counter.desk.thread_head(row.thread_id).unwrap().number_id;
            (row, number)
        })
        .collect()
}

#[test]
fn the_counts_are_those_of_the_lists() {
    let (counter, threads, now) = busy_shop();
    for me in ["Ada", "Cleo", ""] {
        works_here(&counter, me);
        let rows = rows(&counter, &threads);
        for filter in filters() {
            let count = |query: ThreadQuery| by_hand(&rows, &query, now).len() as i64;
            let of = |section| {
                count(ThreadQuery {
                    section: Some(section),
                    ..filter.clone()
                })
            };
            let mine = match &filter.assignee {
                _ if me.is_empty() => 0,
                Some(staff) if staff != me => 0,
                _ => count(ThreadQuery {
                    assignee: Some(me.into()),
                    ..filter.clone()
                }),
            };
            let expected = SectionCounts {
                all: count(filter.clone()),
                closing_soon: of(Section::ClosingSoon),
                waiting_for_us: of(Section::WaitingForUs),
                waiting_for_them: of(Section::WaitingForThem),
                closed: of(Section::Closed),
                snoozed: of(Section::Snoozed),
                done: of(Section::Done),
                unread: count(ThreadQuery {
                    unread: true,
                    ..filter.clone()
                }),
                mine,
            };
            let found = counter.desk.section_counts(&filter).unwrap();
            assert_eq!(found, expected, "{me}: {filter:?}");
        }
    }
}

#[test]
fn marking_many_threads_marks_each_and_leaves_out_what_is_gone() {
    let (counter, mut threads, _) = busy_shop();
    threads.push(9_999);
    counter
        .desk
        .mark_threads(&threads, &MarkChange::Done)
        .unwrap();
    let done = ThreadQuery {
        section: Some(Section::Done),
        ..ThreadQuery::default()
    };
    assert_eq!(pages(&counter, &done).len(), 48);
    let staff = "Ben".to_owned();
    counter
        .desk
        .mark_threads(&threads, &MarkChange::Assign { staff })
        .unwrap();
    counter
        .desk
        .mark_threads(&threads, &MarkChange::Reopen)
        .unwrap();
    works_here(&counter, "Ben");
    let counts = counter
        .desk
        .section_counts(&ThreadQuery::default())
        .unwrap();
    assert_eq!((counts.all, counts.mine, counts.done), (48, 48, 0));
}
