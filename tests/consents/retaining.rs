//! Evidence whose time is over.

use super::*;
use inbox::{
    ledger::Evidence,
    view::{ConsentResult, EvidenceResult},
};

const YEAR: i64 = 366 * DAY;

#[test]
fn evidence_is_due_after_its_years_and_goes_by_a_click_only() {
    let counter = Counter::open(NINE);
    let desk = &counter.desk;
    let EvidenceResult::Kept { evidence } = desk
        .keep_evidence("scan", "l.pdf", "application/pdf", b"%PDF-1.7 form")
        .unwrap()
    else {
        panic!("a paper is kept");
    };
    let mut act = granted("paper", &phone(LENA), &["offers"], NINE);
    act.evidence.push(Evidence {
        sha256: evidence.id.clone(),
        kind: "scan".into(),
        mime: "application/pdf".into(),
    });
    let entry = record(desk, &act).entries.remove(0);
    let mut set = desk.retention().unwrap();
    set.country = "DE".into();
    desk.save_retention(&set).unwrap();
    let set = desk.retention().unwrap();
    assert_eq!((set.years, set.preset_years), (5, 5));

    assert!(desk.due().unwrap().is_empty());
    assert!(
        desk.forget_evidence(&entry).unwrap() != ConsentResult::Done,
        "its time is not over"
    );
    counter.set(NINE + 7 * YEAR);
    let due = desk.due().unwrap();
    assert_eq!(
        (due.len(), due[0].why.as_str(), due[0].entry.as_str()),
        (1, "unused", entry.as_str())
    );
    record(
        desk,
        &Act {
            event: Event::Used,
            ..granted("used", &phone(LENA), &["offers"], NINE + 6 * YEAR)
        },
    );
    assert!(desk.due().unwrap().is_empty(), "it was used since");
    counter.set(NINE + 13 * YEAR);
    assert_eq!(desk.due().unwrap().len(), 1);
    assert!(desk.forget_evidence(&entry).unwrap() == ConsentResult::Done);
    assert_eq!(desk.evidence(&evidence.id).unwrap(), None);
    assert!(desk.due().unwrap().is_empty());
    assert!(
        desk.check_ledger(true).unwrap().broken.is_empty(),
        "the entry stays"
    );
}
