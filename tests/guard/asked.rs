//! Before a send: silence, a dialog, a line; and "send anyway".

use super::*;
use inbox::view::AuditOutcome;

#[test]
fn twenty_customers_who_asked_get_the_same_sentence_in_silence() {
    let counter = Counter::open(NINE);
    for n in 0..20 {
        let at = NINE + n as i64 * MINUTE;
        counter.set(at + 30_000);
        let thread = writes(&counter, n, at, "Wann habt ihr heute geöffnet?");
        assert_eq!(level(&counter.desk, thread, HOURS), GuardLevel::Allow);
        queued(say(&counter, thread, HOURS));
    }
    let audit = counter
        .desk
        .guard_audit(&Default::default(), None, 50)
        .unwrap();
    assert!(audit.entries.is_empty(), "{audit:?}");
}

#[test]
fn the_advert_nobody_asked_for_makes_the_guard_ask_and_leaves_the_draft_alone() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 8);
    let desk = &counter.desk;
    for (n, thread) in threads.iter().take(4).enumerate() {
        let look = desk.guard_look(*thread, ADVERT).unwrap();
        // Before the second one there is no crowd.
        let people = if n == 0 { 0 } else { n as i64 + 1 };
        assert_eq!((look.level, look.people), (GuardLevel::Allow, people));
        queued(say(&counter, *thread, ADVERT));
    }
    desk.save_draft(threads[4], ADVERT).unwrap();
    let look = desk.guard_look(threads[4], ADVERT).unwrap();
    assert!(look.interrupt && look.id.is_empty());
    let verdict = warned(say(&counter, threads[4], ADVERT));
    assert!(verdict.interrupt && !verdict.id.is_empty());
    assert_eq!((verdict.people, verdict.threshold), (5, 5.0));
    assert_eq!(
        codes(&verdict)[..3],
        [GuardCode::MassSimilar, GuardCode::Unasked, GuardCode::Promo]
    );
    assert_eq!(desk.thread_head(threads[4]).unwrap().draft, ADVERT);

    // Asked and not answered: it is asked again, for whomever.
    warned(say(&counter, threads[4], ADVERT));
    warned(say(&counter, threads[5], ADVERT));
    let audit = desk.guard_audit(&Default::default(), None, 50).unwrap();
    let outcomes: Vec<_> = audit.entries.iter().map(|entry| entry.outcome).collect();
    assert_eq!(outcomes, [AuditOutcome::NotSent; 3]);
    assert_eq!(audit.entries[2].id, verdict.id);
    assert_eq!(audit.entries[2].thread_id, Some(threads[4]));
}

#[test]
fn sent_anyway_it_waits_ten_seconds_and_is_in_the_audit_and_what_follows_is_a_line() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 12);
    let desk = &counter.desk;
    let (n, verdict) = until_warned(&counter, &threads, ADVERT);
    let insists = |id: &str, reason, text: &str| {
        let insisted = because(id, reason, text);
        desk.send_text_insisting(threads[n], ADVERT, None, STAFF, Some(&insisted))
            .unwrap()
    };
    // No reason, another id, other words, another customer, another member of staff: asked anew.
    warned(insists(&verdict.id, OverrideReason::Other, "  "));
    warned(insists("another", OverrideReason::Asked, ""));
    let good = because(&verdict.id, OverrideReason::Asked, "am Telefon");
    let other = |thread: i64, text: &str, staff: &str| {
        desk.send_text_insisting(thread, text, None, staff, Some(&good))
            .unwrap()
    };
    warned(other(threads[n], &format!("{ADVERT} Heute!"), STAFF));
    warned(other(threads[n + 1], ADVERT, STAFF));
    warned(other(threads[n], ADVERT, "Ben"));

    let now = counter.clock.now();
    counter.clock.set(now, 1.0).unwrap();
    let SendResult::Queued {
        outbox_id,
        leaves_at,
    } = other(threads[n], ADVERT, STAFF)
    else {
        panic!("not queued");
    };
    assert!(leaves_at - now >= 10_000);
    counter.set(now);
    // Once: pressed twice, it is asked anew.
    assert!(!matches!(
        other(threads[n], ADVERT, STAFF),
        SendResult::Refused { .. }
    ));
    let audit = desk.guard_audit(&Default::default(), None, 50).unwrap();
    let entry = audit.entries.iter().find(|e| e.id == verdict.id).unwrap();
    assert_eq!(entry.outcome, AuditOutcome::Overridden);
    assert_eq!(entry.reason, Some(OverrideReason::Asked));
    assert_eq!(entry.text, "am Telefon");
    assert!(entry.message_id.is_some() && entry.digest.len() == 64);
    counter.set(counter.clock.now() + MINUTE);

    // Answered for: a line from here on, until the crowd has doubled.
    queued(say(&counter, threads[n + 1], ADVERT));
    let lines = counter.desk.guard_figures(NINE, NINE + DAY).unwrap();
    let of = |staff: &str| lines.iter().find(|row| row.staff == staff).unwrap().clone();
    assert_eq!((of(STAFF).overridden, of(STAFF).asked), (1, 1));
    assert!(of(STAFF).lines >= 1 && of("Ben").not_sent == 1);
    assert!(!outbox_id.is_empty());
    queued(say(&counter, threads[n + 2], ADVERT));
    queued(say(&counter, threads[n + 3], ADVERT));
    queued(say(&counter, threads[n + 4], ADVERT));
    warned(say(&counter, threads[n + 5], ADVERT));
}

#[test]
fn an_override_is_good_for_an_hour() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 6);
    let (n, verdict) = until_warned(&counter, &threads, ADVERT);
    counter.set(counter.clock.now() + HOUR);
    let late = because(&verdict.id, OverrideReason::Order, "");
    let sent = counter
        .desk
        .send_text_insisting(threads[n], ADVERT, None, STAFF, Some(&late));
    warned(sent.unwrap());
}

#[test]
fn the_same_file_to_many_is_one_question_for_all_that_goes_with_it() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 6);
    let desk = &counter.desk;
    let png = support_png();
    let attach = |thread: i64| {
        desk.attach(thread, "plakat.png", "image/png", png.clone())
            .unwrap();
        desk.attach(
            thread,
            "karte.png",
            "image/png",
            [png.clone(), vec![0]].concat(),
        )
        .unwrap();
    };
    let send = |thread: i64, insisted: Option<&GuardOverride>| {
        let sent = desk
            .send_attachments_insisting(thread, "", None, STAFF, insisted)
            .unwrap();
        counter.set(counter.clock.now() + MINUTE);
        sent
    };
    for thread in &threads[..4] {
        attach(*thread);
        let sent = send(*thread, None);
        assert!(
            matches!(
                sent[..],
                [SendResult::Queued { .. }, SendResult::Queued { .. }]
            ),
            "{sent:?}"
        );
    }
    let look = |text: &str| desk.guard_look(threads[4], text).unwrap();
    assert_eq!(look("").level, GuardLevel::Allow, "nothing is there yet");
    attach(threads[4]);
    for text in ["", "Passt das so?"] {
        let seen = look(text);
        assert_eq!(seen.level, GuardLevel::Warn, "{text:?}");
        assert_eq!(codes(&seen)[0], GuardCode::MassMedia, "{text:?}");
    }
    let mut sent = send(threads[4], None);
    assert_eq!(sent.len(), 1);
    let verdict = warned(sent.remove(0));
    assert_eq!(codes(&verdict)[0], GuardCode::MassMedia);
    assert_eq!(desk.thread_head(threads[4]).unwrap().attachments.len(), 2);
    let insisted = because(&verdict.id, OverrideReason::Asked, "");
    let sent = send(threads[4], Some(&insisted));
    assert!(
        matches!(
            sent[..],
            [SendResult::Queued { .. }, SendResult::Queued { .. }]
        ),
        "{sent:?}"
    );
}

/// The smallest picture that is one.
fn support_png() -> Vec<u8> {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    BASE64_STANDARD.decode(png).unwrap()
}
