//! What the guard does, told with explicit times.

use super::limits::{DAY, HOUR, MINUTE};
use super::*;
use proptest::prelude::*;

const SOFT: &str = "The pottery shelf is up at last and it looks lovely, come and have a browse.";
const ADVERT: &str = "Half price on all candles until Sunday, grab yours before they sell out!";

fn send(at: i64, to: Person, content: Content<'_>) -> Send<'_> {
    let template = matches!(content, Content::Template { .. });
    Send {
        at,
        to,
        staff: 1,
        number: 1,
        automatic: false,
        content,
        recipient: Recipient {
            name: "",
            window_open: !template,
            consents: Consents {
                marketing: Grant::In,
                service: Grant::In,
            },
            last_in: Some(-3 * HOUR),
            unanswered_marketing: 0,
        },
        shop: Shop::default(),
    }
}

fn text(at: i64, to: Person, words: &str) -> Send<'_> {
    send(at, to, Content::Text(words))
}

fn news(at: i64, to: Person) -> Send<'static> {
    let content = Content::Template {
        name: "news",
        category: Category::Marketing,
        approved: true,
        body: "Our winter range is here. Atelier Lux",
        footer: "Reply STOP to stop.",
        params: &[],
    };
    send(at, to, content)
}

/// Sends although warned; the verdict.
fn go(guard: &mut Guard, send: &Send<'_>) -> Verdict {
    let verdict = guard.verdict(send);
    guard.record(send, &verdict, true);
    verdict
}

/// The person at whom the guard first speaks when `words` go to `most` people.
fn first_warned(guard: &mut Guard, words: &str, from: i64, most: u64) -> Option<u64> {
    (1..=most)
        .find(|&n| go(guard, &text(from + n as i64 * MINUTE, 1000 + n, words)).level == Level::Warn)
}

#[test]
fn the_fifth_person_who_did_not_ask_is_one_too_many() {
    let mut guard = Guard::default();
    assert_eq!(first_warned(&mut guard, SOFT, 0, 9), Some(5));
    let verdict = guard.verdict(&text(HOUR, 9, SOFT));
    assert_eq!(
        verdict.reasons[..2],
        [
            Reason {
                code: Code::MassSimilar,
                number: 6
            },
            Reason {
                code: Code::Unasked,
                number: 6
            }
        ]
    );
}

#[test]
fn the_line_above_the_composer_knows_how_far_it_has_grown() {
    let mut guard = Guard::default();
    for n in 1..=3 {
        go(&mut guard, &text(n, n as u64, SOFT));
    }
    let verdict = guard.verdict(&text(10, 4, SOFT));
    assert_eq!(
        (verdict.level, verdict.crowd.people, verdict.crowd.threshold),
        (Level::Allow, 4, 5.0)
    );
}

#[test]
fn answers_are_never_a_crowd() {
    let mut guard = Guard::default();
    for n in 1..=40 {
        let at = n as i64 * MINUTE;
        guard.observe_in(at, n, "Are you open on Saturday?");
        let verdict = go(&mut guard, &text(at + 10_000, n, "Yes, from 9 to 2."));
        assert_eq!(verdict.level, Level::Allow, "{n}");
    }
}

#[test]
fn thanks_hours_ago_ask_for_nothing() {
    let mut guard = Guard::default();
    for n in 1..=5 {
        guard.observe_in(n as i64, n, "Are you open?");
        go(&mut guard, &text(1000, n, "Yes, until six."));
        guard.observe_in(2000, n, "Thanks!");
    }
    let last = (1..=5)
        .map(|n| go(&mut guard, &text(5 * HOUR, n, ADVERT)).level)
        .last();
    assert_eq!(last, Some(Level::Warn));
}

#[test]
fn trouble_lowers_the_threshold() {
    type Prepare = fn(&mut Guard);
    let cases: [(&str, Prepare); 5] = [
        ("quality yellow", |guard| {
            guard.observe_account(1, Quality::Yellow)
        }),
        ("quality red", |guard| {
            guard.observe_account(1, Quality::Red)
        }),
        ("131048 six days ago", |guard| {
            guard.observe_status(-6 * DAY, 1, 7, 131_048)
        }),
        ("131048 of another number", |guard| {
            guard.observe_status(-6 * DAY, 2, 7, 131_048)
        }),
        ("two opt-outs of this content", |guard| {
            for n in 1..=2 {
                go(guard, &text(0, n, SOFT));
                guard.observe_in(1, n, "STOP");
            }
        }),
    ];
    for (case, prepare) in cases {
        let mut guard = Guard::default();
        prepare(&mut guard);
        let warned = first_warned(&mut guard, SOFT, MINUTE, 9);
        let expected = if case.starts_with("two") { 1 } else { 3 };
        assert_eq!(warned, Some(expected), "{case}");
    }
    for (case, at) in [("eight days after", -8 * DAY), ("never", -400 * DAY)] {
        let mut guard = Guard::default();
        guard.observe_status(at, 1, 7, 131_048);
        assert_eq!(first_warned(&mut guard, SOFT, MINUTE, 9), Some(5), "{case}");
    }
}

#[test]
fn a_stranger_weighs_more() {
    let params = [ADVERT.to_owned()];
    let content = Content::Template {
        name: "update",
        category: Category::Utility,
        approved: true,
        body: "{{1}}",
        footer: "",
        params: &params,
    };
    for (last_in, expected) in [(None, 4), (Some(-HOUR), 5)] {
        let mut guard = Guard::default();
        let warned = (1..=9).find(|&n| {
            let mut send = send(n as i64, n, content);
            send.recipient.last_in = last_in;
            go(&mut guard, &send).level == Level::Warn
        });
        assert_eq!(warned, Some(expected), "{last_in:?}");
    }
}

#[test]
fn the_rating_of_the_number_holds_back_marketing() {
    for (quality, first) in [
        (Quality::Green, None),
        (Quality::Yellow, Some(10)),
        (Quality::Red, Some(1)),
    ] {
        let mut guard = Guard::default();
        guard.observe_account(1, quality);
        let warned = (1..=15).find(|&n| go(&mut guard, &news(n as i64, n)).says(Code::Quality));
        assert_eq!(warned, first, "{quality:?}");
    }
}

#[test]
fn what_blocks() {
    let paused = |send: &mut Send<'_>| {
        if let Content::Template { approved, .. } = &mut send.content {
            *approved = false;
        }
    };
    type Change<'a> = &'a dyn Fn(&mut Send<'_>);
    type Case<'a> = (&'a str, Send<'a>, Change<'a>, Option<Code>);
    let cases: [Case<'_>; 8] = [
        ("all in order", news(0, 1), &|_| {}, None),
        ("paused", news(0, 1), &paused, Some(Code::TemplateState)),
        (
            "no opt-in",
            news(0, 1),
            &|send| send.recipient.consents = Consents::default(),
            Some(Code::NoOptIn),
        ),
        (
            "out",
            news(0, 1),
            &|send| send.recipient.consents.marketing = Grant::Out,
            Some(Code::OptedOut),
        ),
        (
            "closed",
            text(0, 1, "Hello"),
            &|send| send.recipient.window_open = false,
            Some(Code::WindowClosed),
        ),
        (
            "limit reached",
            news(0, 1),
            &|send| (send.shop.limit, send.shop.used_elsewhere) = (Some(250), 250),
            Some(Code::Tier),
        ),
        (
            "one is left",
            news(0, 1),
            &|send| (send.shop.limit, send.shop.used_elsewhere) = (Some(250), 10),
            None,
        ),
        (
            "in the window the limit does not count",
            news(0, 1),
            &|send| {
                (send.shop.limit, send.shop.used_elsewhere) = (Some(250), 250);
                send.recipient.window_open = true;
            },
            None,
        ),
    ];
    for (case, mut send, change, code) in cases {
        change(&mut send);
        let verdict = Guard::default().verdict(&send);
        assert_eq!(verdict.level == Level::Block, code.is_some(), "{case}");
        assert_eq!(
            verdict.reasons.first().map(|reason| reason.code),
            code,
            "{case}"
        );
    }
}

#[test]
fn people_on_the_limit_count_once_and_for_a_day() {
    let mut guard = Guard::default();
    let limited = |at: i64, to: Person| {
        let mut send = news(at, to);
        send.shop.limit = Some(3);
        send.recipient.unanswered_marketing = 0;
        send
    };
    for n in 1..=3 {
        assert_ne!(go(&mut guard, &limited(n as i64, n)).level, Level::Block);
    }
    assert_ne!(
        guard.verdict(&limited(10, 2)).level,
        Level::Block,
        "already counted"
    );
    assert_eq!(guard.verdict(&limited(10, 4)).level, Level::Block);
    assert_ne!(
        guard.verdict(&limited(DAY + 2, 4)).level,
        Level::Block,
        "a day later"
    );
}

#[test]
fn a_stop_stops_all_but_one_confirmation() {
    let mut guard = Guard::default();
    guard.observe_in(0, 1, "STOP");
    let confirmation = text(MINUTE, 1, "You will not get any more messages from us.");
    assert_eq!(
        guard.verdict(&text(11 * MINUTE, 1, "Done.")).level,
        Level::Block,
        "too late"
    );
    assert_eq!(
        guard.verdict(&text(MINUTE, 1, ADVERT)).level,
        Level::Block,
        "advertising"
    );
    assert_eq!(go(&mut guard, &confirmation).level, Level::Allow);
    assert_eq!(
        guard.verdict(&text(2 * MINUTE, 1, "Done.")).level,
        Level::Block,
        "the second"
    );
    guard.observe_in(HOUR, 1, "Are you open on Saturday?");
    assert_eq!(
        guard.verdict(&text(HOUR + 1, 1, "Yes, from 9.")).level,
        Level::Allow,
        "an answer"
    );
    assert_eq!(
        guard.verdict(&news(HOUR + 1, 1)).level,
        Level::Block,
        "advertising after an answer"
    );
    guard.observe_pref(2 * HOUR, 1, true);
    assert_eq!(
        guard.verdict(&news(2 * HOUR + 1, 1)).level,
        Level::Allow,
        "resumed"
    );
}

#[test]
fn codes_of_meta() {
    for (code, at, blocked) in [
        (131_049, DAY - 1, Some(Code::RetryTooSoon)),
        (131_049, DAY, None),
        (131_050, 100 * DAY, Some(Code::OptedOut)),
        (131_000, 1, None),
    ] {
        let mut guard = Guard::default();
        guard.observe_status(0, 1, 1, code);
        let first = guard
            .verdict(&news(at, 1))
            .reasons
            .first()
            .map(|reason| reason.code);
        assert_eq!(first, blocked, "{code} after {at}");
    }
    let mut guard = Guard::default();
    guard.observe_status(0, 1, 2, 131_048);
    assert!(
        guard
            .verdict(&news(23 * HOUR, 1))
            .says(Code::RecentSpamError)
    );
    assert_eq!(guard.verdict(&news(25 * HOUR, 1)).level, Level::Allow);
    let mut other = news(HOUR, 1);
    other.number = 2;
    assert_eq!(guard.verdict(&other).level, Level::Allow, "another number");
}

#[test]
fn the_third_marketing_message_without_an_answer_warns() {
    let mut guard = Guard::default();
    assert_eq!(go(&mut guard, &news(0, 1)).level, Level::Allow);
    assert_eq!(go(&mut guard, &news(2 * DAY, 1)).level, Level::Allow);
    assert!(guard.verdict(&news(4 * DAY, 1)).says(Code::Frequency));
    assert_eq!(
        guard.verdict(&news(8 * DAY, 1)).level,
        Level::Allow,
        "a week later"
    );
    guard.observe_in(3 * DAY, 1, "When do you open?");
    assert_eq!(
        guard.verdict(&news(4 * DAY, 1)).level,
        Level::Allow,
        "answered"
    );
}

#[test]
fn a_slow_drip_is_seen_after_some_days() {
    let mut guard = Guard::default();
    let adverts = [
        ADVERT,
        "Only today: 20% off everything with code GLOW20",
        "Free gift with every lamp, this week only, hurry!",
    ];
    let first = (0..40).find(|&n: &i64| {
        let words = adverts[n as usize % 3];
        // Four a day: none of the days is a crowd.
        go(&mut guard, &text(n * 6 * HOUR + n, 1 + n as u64, words)).level == Level::Warn
    });
    assert_eq!(first, Some(24));
}

#[test]
fn opt_outs_of_a_batch_stop_it() {
    let mut guard = Guard::default();
    for n in 1..=25 {
        go(&mut guard, &news(n as i64, n));
    }
    for n in 1..=2 {
        guard.observe_pref(1000, n, false);
    }
    let verdict = guard.verdict(&news(2000, 30));
    assert_eq!(
        (verdict.level, verdict.says(Code::RecentOptOuts)),
        (Level::Warn, true)
    );
    assert_eq!(
        guard.verdict(&news(1000 + DAY, 30)).level,
        Level::Allow,
        "the next day"
    );
}

#[test]
fn what_differs_for_each_is_personal() {
    type Words = fn(u64) -> String;
    let personal: [(&str, Words); 4] = [
        ("times", |n| {
            format!("We look forward to seeing you at {}:15.", 8 + n)
        }),
        ("codes", |n| {
            format!("It is ready at the counter, number B-41{n:02}.")
        }),
        ("amounts", |n| {
            format!("We have received {},50 euros, thank you.", 20 + n)
        }),
        ("names of pets", |n| {
            let pet = [
                "Bella", "Rex", "Luna", "Milo", "Nala", "Balu", "Kira", "Simba", "Lola", "Oskar",
                "Maya", "Rocky",
            ][n as usize];
            format!("{pet} was very brave this morning and may go home.")
        }),
    ];
    for (case, words) in personal {
        let mut guard = Guard::default();
        for n in 0..12 {
            let words = words(n);
            assert_eq!(
                go(&mut guard, &text(n as i64 * MINUTE, n, &words)).level,
                Level::Allow,
                "{case} {n}"
            );
        }
    }
    let mut guard = Guard::default();
    assert_eq!(
        first_warned(
            &mut guard,
            "We look forward to seeing you all at 10:15.",
            0,
            9
        ),
        Some(5)
    );
}

#[test]
fn a_file_is_personal_until_somebody_else_gets_it() {
    let mut guard = Guard::default();
    let digests: Vec<String> = (0..12).map(|n| format!("file {n}")).collect();
    for (n, digest) in digests.iter().enumerate() {
        let content = Content::Media {
            digest,
            caption: "Here is the picture of it.",
        };
        assert_eq!(
            go(&mut guard, &send(n as i64, n as u64, content)).level,
            Level::Allow
        );
    }
    let mut guard = Guard::default();
    let first = (1..=9).find(|&n| {
        let caption = ["", "Look at this", "Just in"][n as usize % 3];
        go(
            &mut guard,
            &send(
                n as i64,
                n,
                Content::Media {
                    digest: "one",
                    caption,
                },
            ),
        )
        .says(Code::MassMedia)
    });
    assert_eq!(first, Some(5));
}

#[test]
fn a_disguise_is_named() {
    let mut guard = Guard::default();
    let first = (1..=5).find(|&n| {
        go(
            &mut guard,
            &text(n as i64, n, "Ѕаle of sh\u{200b}oes starts"),
        )
        .says(Code::Obfuscated)
    });
    assert_eq!(first, Some(2));
}

#[test]
fn advertising_hidden_in_a_service_template() {
    let params = ["Ann".to_owned(), ADVERT.to_owned()];
    let content = Content::Template {
        name: "update",
        category: Category::Utility,
        approved: true,
        body: "{{1}}: {{2}}",
        footer: "",
        params: &params,
    };
    let mut guard = Guard::default();
    let first =
        (1..=9).find(|&n| go(&mut guard, &send(n as i64, n, content)).says(Code::PromoInUtility));
    assert_eq!(first, Some(5));
}

#[test]
fn all_staff_and_all_numbers_are_one_shop() {
    let mut guard = Guard::default();
    let first = (1..=9).find(|&n| {
        let mut send = text(n as i64, n, SOFT);
        (send.staff, send.number) = (n % 2, n % 3);
        go(&mut guard, &send).level == Level::Warn
    });
    assert_eq!(first, Some(5));
}

#[test]
fn dialogs_are_few() {
    let mut guard = Guard::default();
    let mut dialogs = Vec::new();
    for n in 1..=60 {
        let verdict = go(&mut guard, &text(n as i64 * 1000, n, SOFT));
        if verdict.interrupt {
            dialogs.push(n);
        }
    }
    assert_eq!(
        dialogs,
        [5, 10, 20],
        "again at twice the people, at most three"
    );
    let other = "We are closed on Thursday because of the stocktaking in the cellar.";
    let silent = (100..110).all(|n| !go(&mut guard, &text(70_000 + n as i64, n, other)).interrupt);
    assert!(silent, "the fourth dialog of the day is a line");
    let mut colleague = text(80_000, 200, SOFT);
    colleague.staff = 2;
    assert!(
        guard.verdict(&colleague).interrupt,
        "a colleague has not seen it"
    );
    let mut closed = text(80_000, 200, SOFT);
    closed.recipient.window_open = false;
    assert!(guard.verdict(&closed).interrupt, "blocks always show");
    assert!(guard.verdict(&text(3 * DAY, 1, "Hello")).level == Level::Allow);
}

#[test]
fn fatigue_by_itself() {
    let limits = Limits::default();
    let shown = |staff, episode, people| Shown {
        at: 0,
        staff,
        episode,
        people,
        dialog: true,
    };
    let cases = [
        ("nothing shown", vec![], 5, HOUR, true),
        (
            "shown for five, now six",
            vec![shown(1, 1, 5)],
            6,
            HOUR,
            false,
        ),
        (
            "shown for five, now ten",
            vec![shown(1, 1, 5)],
            10,
            HOUR,
            true,
        ),
        ("a day later", vec![shown(1, 1, 5)], 6, DAY, true),
        (
            "three others",
            vec![shown(1, 2, 5), shown(1, 3, 5), shown(1, 4, 5)],
            5,
            HOUR,
            false,
        ),
        (
            "three of a colleague",
            vec![shown(2, 2, 5), shown(2, 3, 5), shown(2, 4, 5)],
            5,
            HOUR,
            true,
        ),
    ];
    for (case, shown, people, now, dialog) in cases {
        assert_eq!(
            interrupts(Level::Warn, 1, 1, people, now, &shown, &limits),
            dialog,
            "{case}"
        );
        assert!(
            interrupts(Level::Block, 1, 1, people, now, &shown, &limits),
            "{case}"
        );
        assert!(
            !interrupts(Level::Allow, 1, 1, people, now, &shown, &limits),
            "{case}"
        );
    }
}

#[test]
fn limits_stay_within_their_bounds() {
    let wild = Limits {
        crowd: 1000.0,
        crowd_in_trouble: f32::NAN,
        dialogs_per_staff: 0,
        ..Limits::default()
    };
    let kept = wild.bounded();
    assert_eq!(
        (kept.crowd, kept.crowd_in_trouble, kept.dialogs_per_staff),
        (12.0, 3.0, 1)
    );
    assert_eq!(Limits::default().bounded(), Limits::default());
    let written = serde_json::to_string(&Limits::default()).unwrap();
    assert_eq!(
        serde_json::from_str::<Limits>(&written).unwrap(),
        Limits::default()
    );
    assert_eq!(
        serde_json::from_str::<Limits>("{\"crowd\":6}")
            .unwrap()
            .crowd,
        6.0
    );
}

#[test]
fn a_list_is_looked_at_without_being_sent() {
    let guard = Guard::default();
    let sends: Vec<Send<'_>> = (1..=8).map(|n| text(n as i64, n, SOFT)).collect();
    let levels: Vec<Level> = guard
        .preview(&sends)
        .iter()
        .map(|verdict| verdict.level)
        .collect();
    assert_eq!(
        levels.iter().filter(|level| **level == Level::Warn).count(),
        4
    );
    assert_eq!(guard.verdict(&sends[7]).level, Level::Allow);
}

/// A day of a shop: answers, adverts, stops, in an order made of `seeds`.
fn story(seeds: &[u8]) -> Vec<Past<'static>> {
    let texts = [
        SOFT,
        ADVERT,
        "Yes, until six.",
        "We will let you know.",
        "Your order B-4711 is ready.",
        "Thanks, see you!",
    ];
    let heard = [
        "Are you open?",
        "Thanks",
        "STOP",
        "How much is it?",
        "Has my parcel come?",
    ];
    let past = |(seq, seed): (usize, &u8)| {
        let person = u64::from(seed % 13);
        let at = seq as i64 * 20 * MINUTE;
        let what = match seed % 7 {
            0..=3 => Happened::Out {
                send: text(at, person, texts[usize::from(*seed / 7) % texts.len()]),
                sent: seed % 11 != 0,
            },
            4 | 5 => Happened::In {
                from: person,
                text: heard[usize::from(*seed / 7) % heard.len()],
            },
            _ => Happened::Out {
                send: news(at, person),
                sent: true,
            },
        };
        Past {
            at,
            seq: seq as u64,
            what,
        }
    };
    seeds.iter().enumerate().map(past).collect()
}

fn asked_everything(guard: &Guard, at: i64) -> Vec<Verdict> {
    let sends = (0..15).flat_map(|n| [text(at, n, SOFT), text(at, n, ADVERT), news(at, n)]);
    sends.map(|send| guard.verdict(&send)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// A restart in the middle, and facts that arrive in any order, change nothing.
    #[test]
    fn rebuilding_is_living_through_it(seeds in proptest::collection::vec(any::<u8>(), 1..120), shuffle in any::<u64>()) {
        let past = story(&seeds);
        let mut lived = Guard::new(Limits::default());
        for one in &past {
            lived.live(one);
        }
        let mut mixed = past.clone();
        mixed.sort_by_key(|one| (one.seq + 1).wrapping_mul(shuffle | 1));
        let rebuilt = Guard::rebuilt(Limits::default(), mixed);
        let now = past.len() as i64 * 20 * MINUTE;
        prop_assert_eq!(asked_everything(&lived, now), asked_everything(&rebuilt, now));
    }

    /// What comes later changes no verdict before it.
    #[test]
    fn the_future_changes_nothing(seeds in proptest::collection::vec(any::<u8>(), 2..80), cut in 1_usize..79) {
        let past = story(&seeds);
        let cut = cut.min(past.len());
        let verdicts = |past: &[Past<'static>]| -> Vec<Option<Verdict>> {
            let mut guard = Guard::new(Limits::default());
            past.iter().map(|one| guard.live(one)).collect()
        };
        prop_assert_eq!(&verdicts(&past)[..cut], &verdicts(&past[..cut])[..]);
    }
}
