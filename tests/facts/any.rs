//! Any fact there may be, about few people, messages and sends, so that they meet.

use crate::{EPOCH, entries::ENTRIES};
use cloud_api::webhook::{
    Content, Context, Media, MediaKind, MetaError, NoticeKind, Peer, Pricing, StatusKind,
    TemplateChange,
};
use inbox::batch::{Made, Told, Word};
use inbox::fact::{
    AttemptEnd, By, Fact, FactKind, ListedTemplate, Mark, NameField, Number, Queued, Said, Tick,
    Trait, Warned,
};
use inbox::view::{BatchHalt, SkipReason};
use proptest::prelude::*;
use serde_json::json;

fn number() -> impl Strategy<Value = Number> {
    prop_oneof![3 => Just("n1"), 1 => Just("n2")].prop_map(|id| Number {
        phone_number_id: id.into(),
        display: if id == "n1" {
            "+49 30 23125 000".into()
        } else {
            String::new()
        },
    })
}

/// Few people, so that they meet: numbers alone, BSUIDs alone, both, numbers that change hands.
fn peer() -> impl Strategy<Value = Peer> {
    let wa = || {
        prop_oneof![
            Just("493023125101"),
            Just("493023125102"),
            Just("493023125103")
        ]
        .prop_map(str::to_owned)
    };
    let bsuid =
        || prop_oneof![Just("DE.aaa1"), Just("DE.bbb2"), Just("DE.ccc3")].prop_map(str::to_owned);
    prop_oneof![
        4 => wa().prop_map(|wa| Peer { wa_id: Some(wa), ..Peer::default() }),
        3 => (wa(), bsuid()).prop_map(|(wa, b)| Peer { wa_id: Some(wa), bsuid: Some(b), group_id: None }),
        2 => bsuid().prop_map(|b| Peer { bsuid: Some(b), ..Peer::default() }),
        1 => Just(Peer { group_id: Some("g1".into()), wa_id: Some("493023125101".into()), bsuid: None }),
    ]
}

pub fn time() -> impl Strategy<Value = i64> {
    (0i64..200).prop_map(|s| EPOCH + s * 1000)
}

fn wamid() -> impl Strategy<Value = String> {
    (0u8..14).prop_map(|n| format!("wamid.{n}"))
}

fn outbox_id() -> impl Strategy<Value = String> {
    (0u8..5).prop_map(|n| format!("0192-{n}"))
}

/// Some of these wamids also come as echoes and edits: a message of ours seen from outside.
fn wamid_of(outbox_id: &str) -> String {
    format!("wamid.{}", &outbox_id[5..])
}

pub fn content() -> impl Strategy<Value = Content> {
    prop_oneof![
        4 => "[a-zäöü]{1,8}( [a-zß]{1,6}){0,3}".prop_map(|body| Content::Text { body }),
        1 => Just(Content::Media(Media {
            kind: MediaKind::Image, id: Some("m1".into()), mime_type: Some("image/png".into()),
            sha256: Some("aa".into()), caption: Some("Torte".into()), filename: None, voice: false, animated: false,
        })),
        1 => Just(Content::ButtonReply { id: "yes".into(), title: "Ja".into() }),
        1 => Just(Content::Unsupported { kind: Some("poll_creation".into()), errors: vec![] }),
        1 => Just(Content::Unknown { kind: "hologram".into(), raw: json!({}) }),
        1 => Just(Content::System { kind: "customer_identity_changed".into(), body: "…".into() }),
    ]
}

/// What one wamid says is the same in every fact about it, as it is with Meta.
fn said() -> impl Strategy<Value = FactKind> {
    (
        wamid(),
        peer(),
        content(),
        time(),
        0i64..5,
        prop_oneof![5 => Just(By::Customer), 1 => Just(By::Phone), 1 => Just(By::HistoryIn)],
        any::<bool>(),
    )
        .prop_map(|(wamid, peer, content, at, late, by, quoted)| {
            let context = quoted.then(|| Context {
                wamid: Some("wamid.3".into()),
                ..Context::default()
            });
            let mut said = Said {
                wamid,
                peer,
                by,
                content,
                at,
                timed: true,
                arrived: (at + late * 60_000) * 1000,
                context,
                referral: None,
            };
            if by == By::Phone {
                // Under the few wamids that also belong to our sends.
                let n = i64::from(said.wamid.bytes().last().unwrap_or(b'0') - b'0');
                said.peer = Peer {
                    wa_id: Some(format!("49302312510{}", n % 3 + 1)),
                    ..Peer::default()
                };
                said.content = Content::Text {
                    body: "vom Telefon".into(),
                };
                said.context = None;
            } else {
                let words = match &said.content {
                    Content::Text { body } => body.clone(),
                    other => format!("{other:?}"),
                };
                said.wamid = format!(
                    "{}-{at}-{:?}-{by:?}-{quoted}-{words}",
                    said.wamid,
                    (&said.peer.wa_id, &said.peer.bsuid, &said.peer.group_id)
                );
            }
            FactKind::Said(said)
        })
}

pub fn fact() -> impl Strategy<Value = Fact> {
    let kind = prop_oneof![
        8 => said(),
        2 => (peer(), wamid(), time(), any::<bool>(), 0u8..3).prop_map(|(peer, target, at, by_us, e)| FactKind::Reacted {
            peer, by_us, target, emoji: ["👍", "❤"].get(usize::from(e)).map(|s| (*s).to_owned()), at }),
        1 => (wamid(), content(), time()).prop_map(|(target, content, at)| FactKind::Edited { target, content, at }),
        1 => (wamid(), time()).prop_map(|(target, at)| FactKind::Revoked { target, at }),
        6 => (wamid(), status_kind(), peer(), proptest::option::of(outbox_id()), time(), 0u8..5).prop_map(|(wamid, kind, recipient, callback_data, at, e)| {
            let error = (kind == StatusKind::Failed).then(|| MetaError { code: [131_047, 131_050, 131_026, 130_403, 131_031][usize::from(e)], title: "t".into(), details: Some("d".into()) });
            // One send has one wamid: what comes back with its outbox id is that one.
            let wamid = callback_data.as_deref().map_or(wamid, wamid_of);
            FactKind::Ticked(Tick { wamid, kind, recipient, callback_data, error, pricing: Some(Pricing { category: "service".into(), kind: Some("regular".into()) }), at })
        }),
        3 => (peer(), name(), time()).prop_map(|(peer, (field, value), at)| FactKind::Named {
            peer, parent_bsuid: Some("DE.ENT.p".into()), field, value, at }),
        1 => (peer(), time()).prop_map(|(peer, at)| FactKind::Met { peer, at }),
        1 => (0u8..4, peer(), peer(), time()).prop_map(|(n, old, new, at)| FactKind::IdentityChanged {
            wamid: format!("wamid.sys{n}-{}", at / 1000), old, new, body: "…".into(), at, arrived: at * 1000 }),
        1 => (0u8..3, peer(), prop_oneof![Just("connect"), Just("terminate"), Just("ACCEPTED")], any::<bool>(), time()).prop_map(|(n, peer, event, from_customer, at)| {
            FactKind::Called { id: format!("wacid.{n}-{from_customer}-{:?}", peer), peer, event: event.into(), from_customer, opens_window: from_customer && event == "connect", at, arrived: at * 1000 } }),
        1 => (peer(), any::<bool>(), time()).prop_map(|(peer, stop, at)| FactKind::Preferred {
            peer, category: "marketing_messages".into(), value: if stop { "stop" } else { "resume" }.into(), at }),
        2 => (0u8..3, template_change(), time()).prop_map(|(n, change, at)| FactKind::TemplateTold {
            waba_id: "w".into(), name: format!("t{n}"), language: "de".into(), template_id: Some(n.to_string()), change, at }),
        1 => (0u8..3, time()).prop_map(|(n, at)| FactKind::TemplatesListed { waba_id: "w".into(), at, templates: (0..n).map(|n| ListedTemplate {
            id: n.to_string(), name: format!("t{n}"), language: "de".into(), status: "APPROVED".into(), category: "UTILITY".into(), quality: "GREEN".into(),
            components: json!([{ "type": "BODY", "text": "Hallo" }]), format: "POSITIONAL".into(), rejected_reason: None,
            correct_category: (n == 1).then(|| "MARKETING".into()) }).collect(), total: (n == 2).then_some(9) }),
        2 => (0u8..3, 0u8..3, time()).prop_map(|(n, what, at)| {
            let (waba_id, name, language) = ("w".to_owned(), format!("t{n}"), "de".to_owned());
            match what {
                0 => FactKind::TemplateChecked { waba_id, name, language, at },
                what => FactKind::TemplateFavoured { waba_id, name, language, on: what == 1, at },
            }
        }),
        1 => (0u8..2, time()).prop_map(|(n, at)| FactKind::TemplateEdited { waba_id: "w".into(), template_id: n.to_string(), at }),
        1 => (prop_oneof![Just("TIER_250"), Just("TIER_2K"), Just("2000"), Just("?")], time()).prop_map(|(limit, at)| FactKind::LimitTold {
            waba_id: "w".into(), limit: limit.into(), at }),
        1 => (0u8..2, prop_oneof![Just(""), Just("{\"id\":\"d\"}")], time()).prop_map(|(n, json, at)| FactKind::TemplateDrafted {
            id: format!("d{n}"), json: json.into(), at }),
        1 => (prop_oneof![Just("ACCOUNT_RESTRICTION"), Just("VERIFIED_ACCOUNT")], time()).prop_map(|(event, at)| FactKind::Noticed {
            waba_id: "w".into(), kind: NoticeKind::AccountUpdate, event: event.into(), at,
            detail: json!({ "restriction_info": [{ "restriction_type": "RESTRICTED_CUSTOMER_INITIATED_MESSAGING" }] }) }),
        1 => (peer(), time()).prop_map(|(peer, at)| FactKind::WindowClosed { source: format!("s{at}-{peer:?}"), peer, at }),
        4 => outbox_id().prop_map(queued),
        3 => (outbox_id(), 1i64..4, time()).prop_map(|(outbox_id, n, at)| FactKind::AttemptStarted { outbox_id, n, at }),
        5 => (outbox_id(), 1i64..4, attempt_end(), time()).prop_map(|(outbox_id, n, mut end, at)| {
            if let AttemptEnd::Accepted { wamid, .. } = &mut end {
                *wamid = wamid_of(&outbox_id);
            }
            FactKind::AttemptEnded { outbox_id, n, end, at }
        }),
        1 => (outbox_id(), time()).prop_map(|(outbox_id, at)| FactKind::Returned { outbox_id, at }),
        1 => (outbox_id(), time()).prop_map(|(outbox_id, at)| FactKind::LeftDoubtful { outbox_id, at }),
        2 => (peer(), "[a-z]{0,5}", time()).prop_map(|(peer, text, at)| FactKind::Drafted { peer, text, at }),
        2 => (peer(), prop_oneof![Just("order_ready"), Just("reopen")], "[a-z]{0,2}", time()).prop_map(|(peer, name, values, at)| FactKind::FilledIn {
            peer, name: name.into(), language: "de".into(), values, at }),
        3 => (peer(), any::<bool>(), time(), time()).prop_map(|(peer, ada, seen, at)| FactKind::Seen {
            peer, staff: if ada { "Ada" } else { "" }.into(), arrived: seen * 1000, at }),
        4 => (peer(), mark(), time()).prop_map(|(peer, mark, at)| FactKind::Marked { peer, mark, at }),
        3 => (0i64..4, "[a-z]{0,3}", prop_oneof![Just("Ada"), Just("Bo")], time()).prop_map(|(n, text, staff, at)| noted(n, text, staff, at)),
        3 => (peer(), what(), prop_oneof![Just(""), Just("1"), Just("de")], time()).prop_map(|(peer, what, value, at)| FactKind::Described {
            peer, what, value: value.into(), at }),
        3 => (0i64..5).prop_map(warned),
        3 => (0i64..5, outbox_id(), prop_oneof![Just("asked"), Just("other")], time()).prop_map(|(n, outbox_id, reason, at)| FactKind::Insisted {
            id: verdict_id(n), outbox_id, reason: reason.into(), text: "Am Telefon".into(), at }),
        4 => (merge(), any::<bool>(), time()).prop_map(|((id, a, b, made_at), undone, at)| FactKind::Merged { id, a, b, made_at, undone, at }),
        8 => (0..ENTRIES.len()).prop_map(|n| FactKind::Recorded(ENTRIES[n].clone())),
        2 => (0i64..2).prop_map(batch),
        3 => (0i64..2, batch_word(), time()).prop_map(|(n, (word, halt), at)| FactKind::BatchTold(Told {
            id: format!("0197-{n}"), word, halt, quality: if halt.is_some() { "YELLOW" } else { "GREEN" }.into(), at })),
        2 => (0i64..2, 0i64..3, any::<bool>(), time()).prop_map(|(batch, n, guard, at)| FactKind::BatchSkipped {
            id: format!("0197-{batch}"), n, why: if guard { SkipReason::Guard } else { SkipReason::ChangedMeanwhile }, at }),
        1 => time().prop_map(|at| FactKind::HoldSet { code: 190, at }),
        1 => time().prop_map(|at| FactKind::HoldLifted { at }),
    ];
    (number(), kind).prop_map(|(number, kind)| Fact {
        number: home(&kind).unwrap_or(number),
        kind,
    })
}

/// Only the shop's own word for somebody may be taken back.
pub fn name() -> impl Strategy<Value = (NameField, String)> {
    let word = || "[A-Z][a-z]{2,5}";
    prop_oneof![
        3 => word().prop_map(|value| (NameField::Name, value)),
        3 => word().prop_map(|value| (NameField::Username, value)),
        1 => word().prop_map(|value| (NameField::Book, value)),
        1 => Just((NameField::Book, String::new())),
    ]
}

pub fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        1 => Just(Mark::Open),
        3 => time().prop_map(|at| Mark::Done { arrived: at * 1000 }),
        2 => (time(), time()).prop_map(|(until, at)| Mark::Snoozed { until, arrived: at * 1000 }),
        1 => any::<bool>().prop_map(Mark::Pinned),
        1 => any::<bool>().prop_map(Mark::Blocked),
        1 => prop_oneof![Just("Ada"), Just("Ben"), Just("")].prop_map(|who| Mark::Assigned(who.into())),
    ]
}

/// One message, call or outbox item lives on one number, whatever fact tells of it.
fn home(kind: &FactKind) -> Option<Number> {
    let on_first = matches!(
        kind,
        FactKind::Said(_)
            | FactKind::Called { .. }
            | FactKind::Queued(_)
            | FactKind::Ticked(_)
            | FactKind::IdentityChanged { .. }
            | FactKind::WindowClosed { .. }
            | FactKind::Noted { .. }
            | FactKind::BatchMade(_)
            | FactKind::Warned(_)
    );
    on_first.then(|| Number {
        phone_number_id: "n1".into(),
        display: "+49 30 23125 000".into(),
    })
}

/// Of whom a note is and when it was written is the same in every fact about it.
fn noted(n: i64, text: String, staff: &str, at: i64) -> FactKind {
    let peer = if n == 0 {
        Peer {
            bsuid: Some("DE.bbb2".into()),
            ..Peer::default()
        }
    } else {
        Peer {
            wa_id: Some(format!("49302312510{n}")),
            ..Peer::default()
        }
    };
    FactKind::Noted {
        id: format!("0193-{n}"),
        peer,
        staff: staff.into(),
        text,
        written_at: EPOCH + n * 31_000,
        at,
    }
}

/// Whom a batch is for never changes under one id.
fn batch(n: i64) -> FactKind {
    FactKind::BatchMade(made(n))
}

pub fn made(n: i64) -> Made {
    let of = |wa: &str, bsuid: &str| Peer {
        wa_id: (!wa.is_empty()).then(|| wa.to_owned()),
        bsuid: (!bsuid.is_empty()).then(|| bsuid.to_owned()),
        group_id: None,
    };
    Made {
        id: format!("0197-{n}"),
        device: "laptop-a".into(),
        name: "Herbst".into(),
        template: "t1".into(),
        language: "de".into(),
        filled: "[]".into(),
        segment: "{}".into(),
        staff: "Ada".into(),
        checked_by: String::new(),
        people: vec![
            (of("493023125101", ""), None),
            (of("493023125999", ""), None),
            (of("493023125103", "DE.aaa1"), Some(SkipReason::NoOptIn)),
            (of("", "DE.zzz9"), None),
        ],
        at: EPOCH + n * 90_000,
    }
}

fn batch_word() -> impl Strategy<Value = (Word, Option<BatchHalt>)> {
    prop_oneof![
        Just((Word::Running, None)),
        Just((Word::Paused, Some(BatchHalt::Staff))),
        Just((Word::Paused, Some(BatchHalt::SpamRate))),
        Just((Word::Stopped, Some(BatchHalt::Staff))),
        Just((Word::Done, None)),
    ]
}

pub fn queued(outbox_id: String) -> FactKind {
    let n = i64::from(outbox_id.bytes().last().unwrap_or(b'0') - b'0');
    let peer = Peer {
        wa_id: Some(format!("49302312510{}", n % 3 + 1)),
        ..Peer::default()
    };
    let (content, kind) = match n % 2 {
        0 => (
            r#"{"type":"text","body":"Gern!","preview_url":false}"#,
            "text",
        ),
        // A send of a template counts in its figures, and so does its answer.
        _ => (
            r#"{"type":"template","name":"t1","language":"de"}"#,
            "template",
        ),
    };
    FactKind::Queued(Queued {
        outbox_id,
        peer,
        content: content.into(),
        bubble: r#"{"kind":"text","text":"Gern!"}"#.into(),
        kind: kind.into(),
        body: "Gern!".into(),
        reply_wamid: String::new(),
        staff: "Ada".into(),
        at: EPOCH + n * 7_000,
        leaves_at: EPOCH + n * 7_000 + 5_000,
        digest: String::new(),
    })
}

fn verdict_id(n: i64) -> String {
    format!("0195-{n}")
}

/// What the guard said under one id is the same wherever it is told.
fn warned(n: i64) -> FactKind {
    let peer = match n {
        0 => Some(Peer {
            bsuid: Some("DE.ccc3".into()),
            ..Peer::default()
        }),
        4 => None,
        n => Some(Peer {
            wa_id: Some(format!("49302312510{n}")),
            ..Peer::default()
        }),
    };
    said_by_the_guard(verdict_id(n), peer, n)
}

pub fn said_by_the_guard(id: String, peer: Option<Peer>, n: i64) -> FactKind {
    FactKind::Warned(Warned {
        id,
        batch_id: if peer.is_none() { "b1" } else { "" }.into(),
        peer,
        at: EPOCH + n * 23_000,
        staff: "Ada".into(),
        block: n == 2,
        reasons: r#"[{"code":"mass_similar","number":6}]"#.into(),
        episode: -7 - n,
        reached: 6,
        people: 6,
        weight: 5.5,
        threshold: 5.0,
        digest: "ab".repeat(32),
        dialog: n != 3,
        outbox_id: if n == 3 { "0192-2" } else { "" }.into(),
    })
}

pub fn what() -> impl Strategy<Value = Trait> {
    prop_oneof![
        Just(Trait::Language),
        Just(Trait::Note),
        Just(Trait::Label("Stammkunde".into())),
    ]
}

/// Some merges that several words are about, and any other; what is merged never changes under one id.
fn merge() -> impl Strategy<Value = (String, Peer, Peer, i64)> {
    let by = |wa: &str, bsuid: &str| Peer {
        wa_id: (!wa.is_empty()).then(|| format!("493023125{wa}")),
        bsuid: (!bsuid.is_empty()).then(|| format!("DE.{bsuid}")),
        group_id: None,
    };
    let pairs = [
        (by("101", ""), by("", "aaa1")),
        (by("102", ""), by("103", "")),
        (by("", "bbb2"), by("", "ccc3")),
        (by("102", "aaa1"), by("101", "")),
    ];
    prop_oneof![
        3 => (0usize..4).prop_map(move |n| {
            let (a, b) = pairs[n].clone();
            (format!("m{n}"), a, b, EPOCH + n as i64 * 50_000)
        }),
        1 => (peer(), peer(), time()).prop_map(|(a, b, at)| (format!("{a:?}{b:?}{at}"), a, b, at)),
    ]
}

pub fn status_kind() -> impl Strategy<Value = StatusKind> {
    prop_oneof![
        Just(StatusKind::Sent),
        Just(StatusKind::Delivered),
        Just(StatusKind::Read),
        Just(StatusKind::Played),
        Just(StatusKind::Failed),
        Just(StatusKind::Other)
    ]
}

fn template_change() -> impl Strategy<Value = TemplateChange> {
    prop_oneof![
        prop_oneof![Just("APPROVED"), Just("PAUSED"), Just("REJECTED")].prop_map(|e| {
            TemplateChange::Status {
                event: e.into(),
                reason: (e == "REJECTED").then(|| "PROMOTIONAL".into()),
                detail: json!({ "other_info": { "title": "FIRST_PAUSE" } }),
            }
        }),
        prop_oneof![Just("GREEN"), Just("RED")].prop_map(|q| TemplateChange::Quality {
            previous: None,
            new: q.into()
        }),
        Just(TemplateChange::Components { raw: json!({}) }),
        any::<bool>().prop_map(|soon| TemplateChange::Category {
            previous: Some("UTILITY".into()),
            new: Some("MARKETING".into()),
            correct: soon.then(|| "MARKETING".into()),
            due: Some(EPOCH)
        }),
    ]
}

fn attempt_end() -> impl Strategy<Value = AttemptEnd> {
    prop_oneof![
        (wamid(), any::<bool>()).prop_map(|(wamid, held)| AttemptEnd::Accepted { wamid, held }),
        prop_oneof![Just(131_047), Just(131_026), Just(130_403)].prop_map(|code| {
            AttemptEnd::Refused {
                code,
                title: "t".into(),
                details: "d".into(),
            }
        }),
        time().prop_map(|retry_at| AttemptEnd::Later {
            code: 131_056,
            title: "t".into(),
            details: "d".into(),
            retry_at
        }),
        time().prop_map(|retry_at| AttemptEnd::NotSent {
            reason: "r".into(),
            retry_at
        }),
        Just(AttemptEnd::Doubtful { reason: "r".into() }),
    ]
}
