use super::{Action::*, *};

#[test]
fn every_documented_code_has_its_action() {
    let cases: &[(&[i64], Action, bool)] = &[
        (&[190, 3, 10, 200, 250, 299, 131_005], SignIn, true),
        (
            &[1, 100, 131_008, 131_009, 130_501, 131_021, 131_055, 135_000],
            FixRequest,
            false,
        ),
        (
            &[2, 131_000, 131_016, 133_004, 131_057, 2_494_100],
            Retry,
            false,
        ),
        (&[4, 80_007, 130_429], RetryLater, false),
        (&[131_056], RetryLaterForRecipient, false),
        (
            &[33, 368, 131_031, 131_037, 131_042, 131_045],
            StopEverything,
            true,
        ),
        (&[131_048, 131_064, 134_011, 139_200], StopEverything, true),
        (&[130_403], Unblock, false),
        (&[130_472, 131_049], NoMarketingForNow, false),
        (&[130_497, 131_026], RecipientUnreachable, false),
        (&[131_047], CloseWindow, false),
        (&[131_050], RecordOptOut, false),
        (&[131_051, 131_052, 131_060], ShowPlaceholder, false),
        (&[131_053], FixFile, false),
        (&[131_059], RestartList, false),
        (&[131_062], AskForPhone, false),
        (&[131_063, 132_015, 132_016], TemplateProblem, true),
        (
            &[132_000, 132_001, 132_005, 132_007, 132_012, 132_018],
            TemplateProblem,
            false,
        ),
        (
            &[
                132_021, 132_068, 132_069, 134_100, 134_101, 134_102, 141_002,
            ],
            TemplateProblem,
            false,
        ),
        (
            &[2_388_019, 2_388_040, 2_388_047, 2_388_072, 2_388_073],
            TemplateProblem,
            false,
        ),
        (&[2_388_293, 2_388_299, 2_388_039], TemplateProblem, false),
        (
            &[
                133_000, 133_005, 133_006, 133_008, 133_009, 133_015, 133_016,
            ],
            SetUp,
            false,
        ),
        (&[133_010], SetUp, true),
        (&[137_000], CheckIdentity, false),
        (&[138_000, 138_006, 138_999, 139_100, 139_101], Tell, false),
        (&[139_102, 139_103], Retry, false),
        (
            &[147_001, 147_003, 147_005, 2_593_107, 2_593_108, 2_593_109],
            Tell,
            false,
        ),
    ];
    for (codes, action, stops) in cases {
        for code in *codes {
            for http in [None, Some(400), Some(500)] {
                let rule = classify(*code, http);
                assert!(rule.codes.contains(code), "{code} has no row");
                assert_eq!(rule.action, *action, "{code}");
                assert_eq!(rule.stops_campaign, *stops, "{code}");
            }
        }
    }
}

#[test]
fn the_table_is_in_order_and_its_names_are_keys() {
    for pair in RULES.windows(2) {
        assert!(
            pair[0].codes.end() < pair[1].codes.start(),
            "{:?}",
            pair[1].codes
        );
    }
    for rule in RULES {
        assert!(
            rule.name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'_'),
            "{}",
            rule.name
        );
    }
}

#[test]
fn an_unknown_code_is_judged_by_its_http_status() {
    let cases = [
        (None, Tell),
        (Some(400), FixRequest),
        (Some(401), SignIn),
        (Some(403), SignIn),
        (Some(404), FixRequest),
        (Some(429), RetryLater),
        (Some(500), Retry),
        (Some(503), Retry),
        (Some(200), Tell),
    ];
    for (http, action) in cases {
        assert_eq!(classify(987_654_321, http).action, action, "{http:?}");
        assert_eq!(classify(-7, http).action, action, "{http:?}");
    }
}

#[test]
fn a_missing_code_is_no_expired_token() {
    assert_eq!(classify(0, Some(401)).name, "token_invalid");
    assert_eq!(classify(0, Some(429)).name, "too_many_requests");
    assert_eq!(classify(0, Some(503)).name, "service_fault");
    assert_eq!(classify(0, None).name, "unknown");
}

#[test]
fn only_a_throttle_is_a_throttle() {
    for code in [4, 17, 80_007, 130_429, 131_056] {
        assert!(classify(code, Some(500)).is_throttle(), "{code}");
    }
    for code in [2, 131_000, 131_016, 131_048, 131_049, 131_047] {
        assert!(!classify(code, Some(500)).is_throttle(), "{code}");
    }
}
