//! A restart, a second laptop, facts in any order: the guard is the same afterwards.

use super::*;
use proptest::prelude::*;

/// Days of a shop: answers, adverts, files, stops, trouble, two at the counter, in an order made of `seeds`.
fn story(seeds: &[u16]) -> Vec<Past<'static>> {
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
    let past = |(seq, &seed): (usize, &u16)| {
        let person = u64::from(seed % 13);
        let pick = usize::from(seed / 13);
        // Now and then two things happen in the same moment.
        let at = (seq / 3 * 3) as i64 * 40 * MINUTE + (seq % 3 / 2) as i64 * MINUTE;
        let out = |send: Send<'static>| {
            let (staff, number) = (u64::from(seed % 2), u64::from(seed % 3 / 2));
            Happened::Out {
                send: Send {
                    staff,
                    number,
                    ..send
                },
                sent: seed % 11 != 0,
            }
        };
        let what = match seed % 17 {
            0..=5 => out(text(at, person, texts[pick % texts.len()])),
            6..=9 => Happened::In {
                from: person,
                text: heard[pick % heard.len()],
            },
            10 => out(news(at, person)),
            11 => out(ready(at, person)),
            12 => out(send(
                at,
                person,
                Content::Media {
                    digest: ["one", "two"][pick % 2],
                    caption: ["", SOFT][pick / 2 % 2],
                },
            )),
            13 | 14 => Happened::Status {
                to: person,
                number: 1,
                code: [131_048, 131_049, 131_050, 131_000][pick % 4],
            },
            15 => Happened::Preference {
                from: person,
                resume: pick % 2 == 0,
            },
            _ => Happened::Account {
                number: 1,
                quality: [Quality::Green, Quality::Yellow, Quality::Red][pick % 3],
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

/// After the last of `past`.
fn after(past: &[Past<'_>]) -> i64 {
    past.iter().map(|past| past.at).max().unwrap_or(0) + MINUTE
}

fn asked_everything(guard: &Guard, at: i64) -> Vec<Verdict> {
    let sends = (0..15).flat_map(|n| [text(at, n, SOFT), text(at, n, ADVERT), news(at, n)]);
    sends.map(|send| guard.verdict(&send)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// A restart in the middle, and facts that arrive in any order, change nothing.
    #[test]
    fn rebuilding_is_living_through_it(seeds in proptest::collection::vec(any::<u16>(), 1..120), shuffle in any::<u64>()) {
        let past = story(&seeds);
        let mut lived = Guard::new(Limits::default());
        for one in &past {
            lived.live(one);
        }
        let mut mixed = past.clone();
        mixed.sort_by_key(|one| (one.seq + 1).wrapping_mul(shuffle | 1));
        let rebuilt = Guard::rebuilt(Limits::default(), mixed);
        let now = after(&past);
        prop_assert_eq!(asked_everything(&lived, now), asked_everything(&rebuilt, now));
    }

    /// What comes later changes no verdict before it.
    #[test]
    fn the_future_changes_nothing(seeds in proptest::collection::vec(any::<u16>(), 2..80), cut in 1_usize..79) {
        let past = story(&seeds);
        let cut = cut.min(past.len());
        let verdicts = |past: &[Past<'static>]| -> Vec<Option<Verdict>> {
            let mut guard = Guard::new(Limits::default());
            past.iter().map(|one| guard.live(one)).collect()
        };
        prop_assert_eq!(&verdicts(&past)[..cut], &verdicts(&past[..cut])[..]);
    }

    /// The app is closed after `cut` things, and goes on with what the store remembers.
    #[test]
    fn a_restart_in_the_middle_is_none(seeds in proptest::collection::vec(any::<u16>(), 2..100), cut in 1_usize..99) {
        let past = story(&seeds);
        let cut = cut.min(past.len());
        let mut lived = Guard::new(Limits::default());
        let mut verdicts: Vec<Option<Verdict>> = past.iter().map(|one| lived.live(one)).collect();
        let mut begun_anew = Guard::rebuilt(Limits::default(), past[..cut].to_vec());
        let since: Vec<Option<Verdict>> = past[cut..].iter().map(|one| begun_anew.live(one)).collect();
        prop_assert_eq!(verdicts.split_off(cut), since);
    }
}

#[test]
fn a_crowd_goes_on_after_a_restart_and_no_dialog_is_shown_twice() {
    let send = |n: u64| text(n as i64 * MINUTE, n, SOFT);
    let past = |n: u64| Past {
        at: n as i64 * MINUTE,
        seq: n,
        what: Happened::Out {
            send: send(n),
            sent: true,
        },
    };
    for closed_after in 0..=12 {
        let mut before = Guard::new(Limits::default());
        let mut shown = Vec::new();
        for n in 1..=closed_after {
            let verdict = go(&mut before, &send(n));
            if verdict.interrupt {
                shown.push(Shown {
                    at: send(n).at,
                    staff: send(n).staff,
                    episode: verdict.episode(),
                    people: verdict.reached(),
                    dialog: true,
                });
            }
        }
        // What was sent, and what somebody was asked about: the store keeps both.
        let mut guard = Guard::rebuilt(Limits::default(), (1..=closed_after).map(past));
        shown.into_iter().for_each(|one| guard.shown(one));
        let dialogs: Vec<u64> = (closed_after + 1..=12)
            .filter(|&n| go(&mut guard, &send(n)).interrupt)
            .collect();
        let expected: Vec<u64> = [5, 10].into_iter().filter(|&n| n > closed_after).collect();
        assert_eq!(dialogs, expected, "closed after {closed_after}");
    }
}
