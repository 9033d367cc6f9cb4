//! What is never sent.

use super::*;

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
fn a_template_that_is_paused_goes_nowhere_until_it_is_approved_again() {
    let guard = Guard::default();
    for (case, mut send) in [("marketing", news(0, 1)), ("utility", ready(0, 1))] {
        for open in [false, true] {
            send.recipient.window_open = open;
            let approved = |is: bool| {
                let mut send = send;
                if let Content::Template { approved, .. } = &mut send.content {
                    *approved = is;
                }
                guard.verdict(&send)
            };
            let paused = approved(false);
            assert_eq!(paused.level, Level::Block, "{case} {open}");
            assert_eq!(
                paused.reasons,
                [Reason {
                    code: Code::TemplateState,
                    number: 0
                }],
                "{case} {open}"
            );
            assert_eq!(approved(true).level, Level::Allow, "{case} {open}");
        }
    }
}

#[test]
fn a_block_names_everything_that_is_in_the_way_and_counts_nobody() {
    let mut guard = Guard::default();
    guard.observe_status(0, 1, 1, 131_049);
    let mut send = news(HOUR, 1);
    send.recipient.consents = Consents::default();
    send.shop.limit = Some(250);
    send.shop.used_elsewhere = 250;
    let verdict = go(&mut guard, &send);
    let codes: Vec<Code> = verdict.reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(codes, [Code::NoOptIn, Code::RetryTooSoon, Code::Tier]);
    assert_eq!(verdict.reasons[1].number, 23, "hours to wait");
    // Recorded as sent though it was blocked: it did not go out.
    let mut next = news(HOUR, 1);
    next.shop.limit = Some(1);
    next.at = 2 * DAY;
    assert_eq!(
        guard.verdict(&next).level,
        Level::Warn,
        "the one of the limit is left"
    );
}
