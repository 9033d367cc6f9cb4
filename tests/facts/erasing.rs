//! The same of a store that somebody asked to be taken out of: whatever comes before, between or after the erasure.

use crate::{
    EPOCH,
    any::{content, fact, made, mark, name, queued, said_by_the_guard, status_kind, time, what},
    difference, dump, for_all,
};
use cloud_api::webhook::{Content, MetaError, Peer, StatusKind};
use inbox::{
    fact::{AttemptEnd, By, Fact, FactKind, Number, Queued, Said, Tick},
    ledger::Known,
};
use proptest::prelude::*;
use serde_json::json;

const THEIR_NUMBER: &str = "493023125777";
const THEIR_BSUID: &str = "DE.eee5";

/// Somebody nothing else is about.
fn them() -> impl Strategy<Value = Peer> {
    let of = |wa: &str, bsuid: &str| Peer {
        wa_id: (!wa.is_empty()).then(|| wa.to_owned()),
        bsuid: (!bsuid.is_empty()).then(|| bsuid.to_owned()),
        group_id: None,
    };
    prop_oneof![
        2 => Just(of(THEIR_NUMBER, THEIR_BSUID)),
        1 => Just(of(THEIR_NUMBER, "")),
        1 => Just(of("", THEIR_BSUID)),
    ]
}

/// A message and everything that is told of it without saying whose it is, or one thing that was noted of the person.
fn about_them() -> impl Strategy<Value = Vec<FactKind>> {
    let heard = (
        0i64..3,
        them(),
        content(),
        time(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(n, peer, content, at, edited, revoked)| {
            let wamid = format!("wamid.theirs{n}-{at}-{peer:?}-{content:?}");
            let mut told = vec![FactKind::Said(Said {
                wamid: wamid.clone(),
                peer,
                by: By::Customer,
                content,
                at,
                timed: true,
                arrived: at * 1000,
                context: None,
                referral: None,
            })];
            if edited {
                let content = Content::Text {
                    body: "anders".into(),
                };
                let target = wamid.clone();
                told.push(FactKind::Edited {
                    target,
                    content,
                    at: at + 1_000,
                });
            }
            if revoked {
                told.push(FactKind::Revoked {
                    target: wamid,
                    at: at + 2_000,
                });
            }
            told
        });
    let sent = (0u8..3, them(), status_kind(), time(), any::<bool>()).prop_map(
        |(n, recipient, kind, at, reacted)| {
            let (outbox_id, wamid) = (format!("0194-{n}"), format!("wamid.ours{n}"));
            let FactKind::Queued(like) = queued("0192-1".into()) else {
                return Vec::new();
            };
            let error = (kind == StatusKind::Failed).then(|| MetaError {
                code: 131_026,
                title: "t".into(),
                details: None,
            });
            let mut told = vec![
                FactKind::Queued(Queued {
                    outbox_id: outbox_id.clone(),
                    peer: Peer {
                        wa_id: Some(THEIR_NUMBER.into()),
                        ..Peer::default()
                    },
                    ..like
                }),
                FactKind::AttemptStarted {
                    outbox_id: outbox_id.clone(),
                    n: 1,
                    at,
                },
                FactKind::AttemptEnded {
                    outbox_id: outbox_id.clone(),
                    n: 1,
                    end: AttemptEnd::Accepted {
                        wamid: wamid.clone(),
                        held: false,
                    },
                    at,
                },
                FactKind::Ticked(Tick {
                    wamid: wamid.clone(),
                    kind,
                    recipient: recipient.clone(),
                    callback_data: Some(outbox_id),
                    error,
                    pricing: None,
                    at,
                }),
            ];
            if reacted {
                let emoji = Some("👍".to_owned());
                told.push(FactKind::Reacted {
                    peer: recipient,
                    by_us: false,
                    target: wamid,
                    emoji,
                    at,
                });
            }
            told
        },
    );
    let noted = prop_oneof![
        (them(), name(), time()).prop_map(|(peer, (field, value), at)| FactKind::Named {
            peer,
            parent_bsuid: None,
            field,
            value,
            at
        }),
        (them(), time()).prop_map(|(peer, at)| FactKind::Met { peer, at }),
        (them(), "[a-z]{1,5}", time()).prop_map(|(peer, text, at)| FactKind::Drafted {
            peer,
            text,
            at
        }),
        (them(), mark(), time()).prop_map(|(peer, mark, at)| FactKind::Marked { peer, mark, at }),
        (them(), what(), time()).prop_map(|(peer, what, at)| FactKind::Described {
            peer,
            what,
            value: "de".into(),
            at
        }),
        (them(), any::<bool>(), time()).prop_map(|(peer, stop, at)| FactKind::Preferred {
            peer,
            category: "marketing_messages".into(),
            value: if stop { "stop" } else { "resume" }.into(),
            at
        }),
        (them(), time()).prop_map(|(peer, at)| FactKind::WindowClosed {
            source: format!("e{at}-{peer:?}"),
            peer,
            at
        }),
    ]
    .prop_map(|kind| vec![kind]);
    let warned = (0i64..3, them(), any::<bool>(), time()).prop_map(|(n, peer, insisted, at)| {
        let id = format!("0196-{n}-{}", json!(peer));
        let mut told = vec![said_by_the_guard(id.clone(), Some(peer), n)];
        if insisted {
            told.push(FactKind::Insisted {
                id,
                outbox_id: "0194-1".into(),
                reason: "asked".into(),
                text: "theirs".into(),
                at,
            });
        }
        told
    });
    let in_a_batch = (0i64..2, them()).prop_map(|(n, peer)| {
        let by = (peer.wa_id.is_some(), peer.bsuid.is_some());
        let mut made = made(n);
        made.id = format!("0198-{n}-{by:?}");
        made.people.push((peer, None));
        vec![FactKind::BatchMade(made)]
    });
    prop_oneof![3 => heard, 3 => sent, 3 => noted, 2 => warned, 1 => in_a_batch]
}

/// One or both laptops erase them, after all of it.
fn erased() -> impl Strategy<Value = Vec<FactKind>> {
    let one = (300i64..310, any::<bool>()).prop_map(|(s, number_first)| {
        let known = |kind: &str, value: &str| Known {
            kind: kind.into(),
            value: value.into(),
        };
        let mut identifiers = vec![known("bsuid", THEIR_BSUID), known("wa_id", THEIR_NUMBER)];
        if number_first {
            identifiers.reverse();
        }
        FactKind::Erased {
            identifiers,
            at: EPOCH + s * 1000,
        }
    });
    proptest::collection::vec(one, 1..3)
}

fn stream_with_an_erasure() -> impl Strategy<Value = (Vec<Fact>, Vec<Fact>, usize)> {
    let theirs = proptest::collection::vec(about_them(), 1..8);
    let others = proptest::collection::vec(fact(), 0..8);
    (theirs, erased(), others, 1usize..8).prop_flat_map(|(theirs, erased, others, chunk)| {
        let number = Number {
            phone_number_id: "n1".into(),
            display: "+49 30 23125 000".into(),
        };
        let of_them = theirs.into_iter().flatten().chain(erased);
        let facts: Vec<Fact> = others
            .into_iter()
            .chain(of_them.map(|kind| Fact::new(&number, kind)))
            .collect();
        let n = facts.len();
        let again = proptest::collection::vec(0..n, 0..n);
        (Just(facts.clone()), again, Just(chunk)).prop_flat_map(move |(facts, again, chunk)| {
            let mut twice = facts.clone();
            twice.extend(again.into_iter().map(|i| facts[i].clone()));
            (Just(facts), Just(twice).prop_shuffle(), Just(chunk))
        })
    })
}

#[test]
fn an_erasure_leaves_the_same_store_whenever_a_device_hears_of_it() {
    for_all(200, &stream_with_an_erasure(), |(once, mixed, chunk)| {
        let (straight, mixed) = (nameless(&dump(&once, 1)), nameless(&dump(&mixed, chunk)));
        prop_assert!(straight == mixed, "{}", difference(&straight, &mixed));
        for left in [THEIR_NUMBER, THEIR_BSUID, "theirs", "wamid.ours"] {
            prop_assert!(!mixed.contains(left), "{left} in {mixed}");
        }
        Ok(())
    });
}

/// Without what is of nobody: how many of a template went out on a day is not taken back, and not counted of what was
/// let go of at the door; nor does that make a business number known.
fn nameless(dump: &str) -> String {
    let of_nobody = ["template_figure|", "number|"];
    dump.lines()
        .filter(|line| !of_nobody.iter().any(|table| line.starts_with(table)))
        .map(|line| format!("{line}\n"))
        .collect()
}
