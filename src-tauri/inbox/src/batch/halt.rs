//! When a batch stands still by itself. The signs of trouble come late and hard since Meta lowers no limits for bad
//! quality any more: a spam refusal is a state of the number, which going slower does not mend and standing still does.
//!
//! Sources: Meta, "Error codes" (131048, 131031, 368), "Template pausing", "Messaging limits"; complaint rates that mail
//! providers bear (0.1 to 0.3 %) are far lower than what can be told of few messages, so small numbers count whole.

use crate::view::BatchHalt;
use cloud_api::error::{Action, classify};

/// An opt-out so long after a message is put down to it.
pub(crate) const BLAME: i64 = 24 * 60 * 60 * 1000;

/// What the batch stops at; figures of those who got it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Thresholds {
    pub opt_outs: i64,
    pub opt_outs_per_cent: i64,
    pub failures: i64,
    pub failures_per_cent: i64,
    /// Of fewer messages no share of failures is told.
    pub failures_of: i64,
}

pub(crate) const USUAL: Thresholds = Thresholds {
    opt_outs: 2,
    opt_outs_per_cent: 2,
    failures: 5,
    failures_per_cent: 10,
    failures_of: 20,
};

/// Everything that is looked at before the next message.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watched<'a> {
    /// Meta refused a message from this number for spam (131048) since the batch began, or was resumed.
    pub spam: bool,
    /// Code of the hold on all sending.
    pub hold: Option<i64>,
    /// Nothing is sent from the number: it is not connected.
    pub unconnected: bool,
    /// Meta forbids the account to start conversations.
    pub restricted: bool,
    /// The template is there, approved and sendable.
    pub template: bool,
    /// Its rating when the batch began or was resumed, and now.
    pub quality_then: &'a str,
    pub quality_now: &'a str,
    /// Meta flagged the number, or lowered it, since then.
    pub number_fell: bool,
    pub sent: i64,
    pub failed: i64,
    /// Of the failures those of the template itself (132015 and its like).
    pub template_failed: bool,
    pub opt_outs: i64,
}

pub(crate) fn halt(watched: &Watched<'_>, at: Thresholds) -> Option<BatchHalt> {
    let is_spam = |code: i64| code == 131_048;
    if watched.spam || watched.hold.is_some_and(is_spam) {
        return Some(BatchHalt::SpamRate);
    }
    if watched.hold.is_some() || watched.restricted || watched.unconnected {
        return Some(BatchHalt::AccountLocked);
    }
    if !watched.template || watched.template_failed {
        return Some(BatchHalt::Template);
    }
    if watched.number_fell || fell(watched.quality_then, watched.quality_now) {
        return Some(BatchHalt::Quality);
    }
    let share = |n: i64, of: i64, per_cent: i64| n * 100 >= of * per_cent;
    if watched.opt_outs >= at.opt_outs
        && share(watched.opt_outs, watched.sent, at.opt_outs_per_cent)
    {
        return Some(BatchHalt::OptOuts);
    }
    let tried = watched.sent + watched.failed;
    if watched.failed >= at.failures
        && tried >= at.failures_of
        && share(watched.failed, tried, at.failures_per_cent)
    {
        return Some(BatchHalt::Failures);
    }
    None
}

/// Whether a refusal with this code is about the template and not about the person.
pub(crate) fn is_of_template(code: i64) -> bool {
    classify(code, None).action == Action::TemplateProblem
}

/// Meta rates a template worse now than then.
fn fell(then: &str, now: &str) -> bool {
    let rank = |word: &str| match word.to_ascii_uppercase().as_str() {
        "RED" => 2,
        "YELLOW" => 1,
        _ => 0,
    };
    rank(now) > rank(then)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn well() -> Watched<'static> {
        Watched {
            template: true,
            quality_then: "GREEN",
            quality_now: "GREEN",
            sent: 100,
            ..Watched::default()
        }
    }

    #[test]
    fn it_stands_still_at_the_first_signs_of_trouble() {
        use BatchHalt::*;
        for (what, watched, expected) in [
            ("all well", well(), None),
            (
                "131048",
                Watched {
                    spam: true,
                    hold: Some(131_048),
                    ..well()
                },
                Some(SpamRate),
            ),
            (
                "131048 before the status tells",
                Watched {
                    hold: Some(131_048),
                    ..well()
                },
                Some(SpamRate),
            ),
            (
                "131031",
                Watched {
                    hold: Some(131_031),
                    ..well()
                },
                Some(AccountLocked),
            ),
            (
                "368",
                Watched {
                    hold: Some(368),
                    ..well()
                },
                Some(AccountLocked),
            ),
            (
                "signed out",
                Watched {
                    hold: Some(190),
                    ..well()
                },
                Some(AccountLocked),
            ),
            (
                "restricted",
                Watched {
                    restricted: true,
                    ..well()
                },
                Some(AccountLocked),
            ),
            (
                "number taken away",
                Watched {
                    unconnected: true,
                    ..well()
                },
                Some(AccountLocked),
            ),
            (
                "template paused",
                Watched {
                    template: false,
                    ..well()
                },
                Some(Template),
            ),
            (
                "132015",
                Watched {
                    template_failed: true,
                    ..well()
                },
                Some(Template),
            ),
            (
                "number flagged",
                Watched {
                    number_fell: true,
                    ..well()
                },
                Some(Quality),
            ),
            (
                "green to yellow",
                Watched {
                    quality_now: "YELLOW",
                    ..well()
                },
                Some(Quality),
            ),
            (
                "unknown to green",
                Watched {
                    quality_then: "UNKNOWN",
                    ..well()
                },
                None,
            ),
            (
                "unknown to red",
                Watched {
                    quality_then: "",
                    quality_now: "RED",
                    ..well()
                },
                Some(Quality),
            ),
            (
                "yellow when it began",
                Watched {
                    quality_then: "YELLOW",
                    quality_now: "YELLOW",
                    ..well()
                },
                None,
            ),
            (
                "yellow to red",
                Watched {
                    quality_then: "YELLOW",
                    quality_now: "RED",
                    ..well()
                },
                Some(Quality),
            ),
            (
                "one opt-out of three",
                Watched {
                    opt_outs: 1,
                    sent: 3,
                    ..well()
                },
                None,
            ),
            (
                "two opt-outs of three",
                Watched {
                    opt_outs: 2,
                    sent: 3,
                    ..well()
                },
                Some(OptOuts),
            ),
            (
                "two opt-outs of a hundred",
                Watched {
                    opt_outs: 2,
                    ..well()
                },
                Some(OptOuts),
            ),
            (
                "two opt-outs of a hundred and one",
                Watched {
                    opt_outs: 2,
                    sent: 101,
                    ..well()
                },
                None,
            ),
            (
                "four failed of five",
                Watched {
                    failed: 4,
                    sent: 1,
                    ..well()
                },
                None,
            ),
            (
                "five failed of nineteen",
                Watched {
                    failed: 5,
                    sent: 14,
                    ..well()
                },
                None,
            ),
            (
                "five failed of twenty",
                Watched {
                    failed: 5,
                    sent: 15,
                    ..well()
                },
                Some(Failures),
            ),
            (
                "five failed of fifty-one",
                Watched {
                    failed: 5,
                    sent: 46,
                    ..well()
                },
                None,
            ),
            (
                "ten failed of a hundred",
                Watched {
                    failed: 10,
                    sent: 90,
                    ..well()
                },
                Some(Failures),
            ),
        ] {
            assert_eq!(halt(&watched, USUAL), expected, "{what}");
        }
    }

    #[test]
    fn what_is_wrong_with_the_template_is_told_from_what_is_wrong_with_a_person() {
        for (code, expected) in [
            (132_015, true),
            (132_016, true),
            (131_049, false),
            (131_026, false),
            (131_050, false),
        ] {
            assert_eq!(is_of_template(code), expected, "{code}");
        }
    }
}
