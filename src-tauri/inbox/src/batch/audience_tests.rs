//! Cases of who is of a segment, and of who of it gets nothing.

use super::audience::*;
use crate::{
    batch::cap::USUAL,
    view::{ConsentState, NotUsable, Refusal, Segment, SkipReason},
};
use cloud_api::webhook::Peer;
use std::collections::HashSet;

const NOW: i64 = 1_900_000_000_000;

fn lena() -> Somebody {
    Somebody {
        customer_id: 1,
        peer: Peer {
            wa_id: Some("493023125101".into()),
            ..Peer::default()
        },
        title: "Lena Brandt".into(),
        named: true,
        language: "de-AT".into(),
        wrote_at: NOW - DAY,
        closes_at: -1,
        ..Somebody::default()
    }
}

#[test]
fn a_segment_narrows_by_what_it_says_and_by_nothing_else() {
    let labels = ["Stammkunde".to_owned(), "Rad".to_owned()];
    let one = |text: &str| vec![text.to_owned()];
    for (what, segment, expected) in [
        ("nothing", Segment::default(), true),
        (
            "a label",
            Segment {
                labels: one("Rad"),
                ..Segment::default()
            },
            true,
        ),
        (
            "one of two",
            Segment {
                labels: vec!["Neu".into(), "Rad".into()],
                ..Segment::default()
            },
            true,
        ),
        (
            "another label",
            Segment {
                labels: one("Neu"),
                ..Segment::default()
            },
            false,
        ),
        (
            "without a label",
            Segment {
                without_labels: one("Rad"),
                ..Segment::default()
            },
            false,
        ),
        (
            "the bare language",
            Segment {
                language: Some("de".into()),
                ..Segment::default()
            },
            true,
        ),
        (
            "the region",
            Segment {
                language: Some("de_AT".into()),
                ..Segment::default()
            },
            true,
        ),
        (
            "another region",
            Segment {
                language: Some("de-CH".into()),
                ..Segment::default()
            },
            false,
        ),
        (
            "a language that begins the same",
            Segment {
                language: Some("d".into()),
                ..Segment::default()
            },
            false,
        ),
        (
            "wrote lately",
            Segment {
                wrote_from: Some(NOW - DAY),
                ..Segment::default()
            },
            true,
        ),
        (
            "wrote today",
            Segment {
                wrote_from: Some(NOW),
                ..Segment::default()
            },
            false,
        ),
        (
            "not since",
            Segment {
                wrote_before: Some(NOW),
                ..Segment::default()
            },
            true,
        ),
        (
            "not since before",
            Segment {
                wrote_before: Some(NOW - DAY),
                ..Segment::default()
            },
            false,
        ),
    ] {
        assert_eq!(fits(&segment, &lena(), &labels), expected, "{what}");
    }
    let never = Somebody {
        wrote_at: -1,
        ..lena()
    };
    let segment = Segment {
        wrote_before: Some(0),
        ..Segment::default()
    };
    assert!(
        fits(&segment, &never, &[]) && !fits(&segment, &lena(), &[]),
        "never"
    );
}

#[test]
fn each_reason_stands_where_it_belongs() {
    use SkipReason::*;
    let opt_in = |why_not| Refusal::NoOptIn {
        purpose: "offers".into(),
        label: String::new(),
        state: ConsentState::In,
        why_not,
    };
    let asked = Asked {
        now: NOW,
        marketing: true,
        cap: Some(USUAL),
        personal: true,
        withheld: HashSet::from([7]),
        got_it: HashSet::from([8]),
    };
    let out = Refusal::OptedOut {
        scope: "all".into(),
        since: 0,
        erased: false,
    };
    for (what, who, got, expected) in [
        ("all well", lena(), vec![], None),
        (
            "no address",
            Somebody {
                peer: Peer::default(),
                ..lena()
            },
            vec![],
            Some(NoRecipient),
        ),
        (
            "blocked",
            Somebody {
                blocked: true,
                ..lena()
            },
            vec![],
            Some(Blocked),
        ),
        (
            "out",
            Somebody {
                consent: Some(out),
                ..lena()
            },
            vec![],
            Some(OptedOut),
        ),
        (
            "no opt-in",
            Somebody {
                consent: Some(opt_in(None)),
                ..lena()
            },
            vec![],
            Some(NoOptIn),
        ),
        (
            "not reached twice",
            Somebody {
                consent: Some(opt_in(Some(NotUsable::Unreachable))),
                ..lena()
            },
            vec![],
            Some(Unreachable),
        ),
        (
            "got it already",
            Somebody {
                customer_id: 8,
                ..lena()
            },
            vec![],
            Some(AlreadySent),
        ),
        (
            "131049",
            Somebody {
                customer_id: 7,
                ..lena()
            },
            vec![],
            Some(WithheldByMeta),
        ),
        ("one today", lena(), vec![NOW - 1], Some(CappedDay)),
        (
            "no name",
            Somebody {
                named: false,
                title: "+4930".into(),
                ..lena()
            },
            vec![],
            Some(MissingValue),
        ),
        (
            "a heart for a name",
            Somebody {
                title: "❤".into(),
                ..lena()
            },
            vec![],
            Some(MissingValue),
        ),
    ] {
        assert_eq!(skip(&asked, &who, &got, false), expected, "{what}");
    }
    assert_eq!(skip(&asked, &lena(), &[], true), Some(Duplicate));
    let utility = Asked {
        marketing: false,
        personal: false,
        ..asked
    };
    let capped = Somebody {
        customer_id: 7,
        ..lena()
    };
    assert_eq!(
        skip(&utility, &capped, &[NOW - 1], false),
        None,
        "only marketing is capped"
    );
}
