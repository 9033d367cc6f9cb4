//! Meta's rules about who may be written to, when and how fast. Time is an argument.

use std::collections::{HashMap, VecDeque};

use crate::{
    customers::{Customer, looks_like_bsuid},
    graph_error::GraphError,
    state::State,
};

/// One message per six seconds to one customer (Meta, "About the platform": pair rate limit) …
const PAIR_INTERVAL_MS: i64 = 6_000;
/// … of which 45 may be borrowed from later.
const PAIR_BURST: i64 = 45;

/// How fast the business wrote lately: to each customer, and to all of them.
#[derive(Debug, Default)]
pub struct Pace {
    /// When the customer's debt of borrowed messages is paid back.
    pairs: HashMap<String, i64>,
    last_second: VecDeque<i64>,
}

impl Pace {
    /// Whether one more message may go to `customer`; counts it where it may.
    fn pair(&mut self, customer: &str, now: i64) -> bool {
        let paid_back = self.pairs.entry(customer.to_owned()).or_insert(now);
        let next = (*paid_back).max(now) + PAIR_INTERVAL_MS;
        // A clock that was set back must not lock a customer out for hours.
        if *paid_back - now > PAIR_BURST * PAIR_INTERVAL_MS {
            *paid_back = now + PAIR_BURST * PAIR_INTERVAL_MS;
        }
        if next - now > PAIR_BURST * PAIR_INTERVAL_MS {
            return false;
        }
        *paid_back = next;
        true
    }

    fn throughput(&mut self, limit: usize, now: i64) -> bool {
        self.last_second
            .retain(|at| (0..1_000).contains(&(now - at)));
        if self.last_second.len() >= limit {
            return false;
        }
        self.last_second.push_back(now);
        true
    }
}

/// Whom a message goes to and what it costs.
pub struct Target<'a> {
    /// `wa_id` or BSUID.
    pub to: &'a str,
    /// Free text outside the window is refused, templates are not.
    pub is_template: bool,
    pub is_marketing: bool,
}

/// Refused (`Err`), accepted (`Ok(None)`), or accepted and failing later (`Ok(Some)`).
pub fn check(
    state: &mut State,
    display_phone_number: &str,
    target: &Target<'_>,
    now: i64,
) -> Result<Option<GraphError>, GraphError> {
    if let Some(code) = state.account.refuses_with {
        // 131049 is about marketing only.
        if code != 131_049 || target.is_marketing {
            return late_or_now(state, GraphError::plain(code));
        }
    }
    if crate::customers::digits(display_phone_number) == target.to {
        return Err(GraphError::new(
            131_021,
            "The business number cannot write to itself.",
        ));
    }
    let customer = state.customers.get(target.to).cloned();
    if customer.as_ref().is_some_and(|customer| customer.blocked) {
        return late_or_now(state, GraphError::plain(130_403));
    }
    if let Some(refusal) = unreachable(target.to, customer.as_ref()) {
        return late_or_now(state, refusal);
    }
    let open = customer.as_ref().is_some_and(|c| c.window_open_at(now));
    if !open && !target.is_template {
        return late_or_now(
            state,
            GraphError::new(
                131_047,
                "More than 24 hours have passed since this customer last wrote to this number.",
            ),
        );
    }
    if target.is_marketing
        && let Some(customer) = &customer
    {
        if customer.stops_marketing {
            return late_or_now(
                state,
                GraphError::new(
                    131_050,
                    "The customer wants no marketing from this business.",
                ),
            );
        }
        if customer.marketing_capped && !open {
            return late_or_now(
                state,
                GraphError::new(131_049, "This customer gets no more marketing for now."),
            );
        }
    }
    // Only what would be accepted counts against the limits.
    let limit = state.rules.throughput_per_s;
    if !state.pace.throughput(limit, now) {
        return Err(GraphError::new(
            130_429,
            "More messages per second than this number may send.",
        ));
    }
    if state.rules.pair_limit && !state.pace.pair(target.to, now) {
        return Err(GraphError::new(
            131_056,
            "Too many messages to one customer in a short time.",
        ));
    }
    if customer.is_some_and(|c| c.blocks) {
        return Ok(Some(undeliverable()));
    }
    Ok(None)
}

fn undeliverable() -> GraphError {
    GraphError::new(131_026, "This recipient cannot be reached.")
}

fn unreachable(to: &str, customer: Option<&Customer>) -> Option<GraphError> {
    let reachable = match customer {
        Some(customer) => !customer.unreachable,
        // A BSUID is only known once its owner has written; a number needs the length of one.
        None => !looks_like_bsuid(to) && (7..=15).contains(&to.len()),
    };
    (!reachable).then(undeliverable)
}

fn late_or_now(state: &State, refusal: GraphError) -> Result<Option<GraphError>, GraphError> {
    if state.rules.as_status.contains(&refusal.code) {
        Ok(Some(refusal))
    } else {
        Err(refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::WINDOW_MS;

    const NOW: i64 = 1_790_000_000_000;
    const LENA: &str = "493023125101";

    fn state() -> State {
        let mut state = State::new(1, "token".to_owned().into());
        state.customers.meet(Some(LENA), None).last_inbound = Some(NOW);
        state
    }

    fn code(outcome: Result<Option<GraphError>, GraphError>) -> (Option<i64>, bool) {
        match outcome {
            Ok(later) => (later.map(|e| e.code), true),
            Err(now) => (Some(now.code), false),
        }
    }

    fn text(to: &str) -> Target<'_> {
        Target {
            to,
            is_template: false,
            is_marketing: false,
        }
    }

    fn offer(to: &str) -> Target<'_> {
        Target {
            to,
            is_template: true,
            is_marketing: true,
        }
    }

    #[test]
    fn free_text_is_refused_from_the_millisecond_the_window_closes() {
        for (now, expected) in [
            (NOW, None),
            (NOW + WINDOW_MS - 1, None),
            (NOW + WINDOW_MS, Some(131_047)),
        ] {
            assert_eq!(
                code(check(&mut state(), "+1 555 0100", &text(LENA), now)).0,
                expected,
                "{now}"
            );
        }
    }

    #[test]
    fn a_template_needs_no_window() {
        let template = Target {
            to: LENA,
            is_template: true,
            is_marketing: false,
        };
        assert_eq!(
            code(check(&mut state(), "", &template, NOW + 9 * WINDOW_MS)),
            (None, true)
        );
    }

    #[test]
    fn a_refusal_can_come_as_a_failed_status_instead() {
        let mut state = state();
        state.rules.as_status = vec![131_047];
        assert_eq!(
            code(check(&mut state, "", &text(LENA), NOW + WINDOW_MS)),
            (Some(131_047), true)
        );
    }

    #[test]
    fn recipients_that_cannot_be_reached_are_131026() {
        let mut state = state();
        state.customers.meet(Some("493023125102"), None).unreachable = true;
        state.customers.meet(Some("493023125103"), None).blocks = true;
        for (to, expected) in [
            ("493023125102", (Some(131_026), false)),
            ("493023125103", (Some(131_026), true)),
            ("12", (Some(131_026), false)),
            ("DE.404", (Some(131_026), false)),
            ("493023125104", (None, true)),
        ] {
            let template = Target {
                to,
                is_template: true,
                is_marketing: false,
            };
            assert_eq!(
                code(check(&mut state, "", &template, NOW)),
                expected,
                "{to}"
            );
        }
    }

    #[test]
    fn the_business_cannot_write_to_itself() {
        assert_eq!(
            code(check(&mut state(), "+49 30 23125-101", &text(LENA), NOW)).0,
            Some(131_021)
        );
    }

    #[test]
    fn forty_five_messages_may_come_at_once_and_then_one_every_six_seconds() {
        let mut state = state();
        for n in 0..45 {
            assert_eq!(
                code(check(&mut state, "", &text(LENA), NOW)).0,
                None,
                "message {n}"
            );
        }
        for (after_ms, expected) in [
            (0, Some(131_056)),
            (5_999, Some(131_056)),
            (6_000, None),
            (6_001, Some(131_056)),
        ] {
            assert_eq!(
                code(check(&mut state, "", &text(LENA), NOW + after_ms)).0,
                expected,
                "{after_ms}"
            );
        }
        state
            .customers
            .meet(Some("493023125105"), None)
            .last_inbound = Some(NOW);
        assert_eq!(
            code(check(&mut state, "", &text("493023125105"), NOW + 6_001)).0,
            None,
            "another customer"
        );
    }

    #[test]
    fn more_than_the_numbers_throughput_in_a_second_is_130429() {
        let mut state = state();
        state.rules.throughput_per_s = 2;
        for (at, expected) in [(0, None), (0, None), (999, Some(130_429)), (1_000, None)] {
            assert_eq!(
                code(check(&mut state, "", &text(LENA), NOW + at)).0,
                expected,
                "{at}"
            );
        }
    }

    #[test]
    fn marketing_stops_where_the_customer_or_meta_stopped_it() {
        let mut state = state();
        state
            .customers
            .meet(Some("493023125106"), None)
            .stops_marketing = true;
        state
            .customers
            .meet(Some("493023125107"), None)
            .marketing_capped = true;
        assert_eq!(
            code(check(&mut state, "", &offer("493023125106"), NOW)),
            (Some(131_050), false)
        );
        assert_eq!(
            code(check(&mut state, "", &offer("493023125107"), NOW)),
            (Some(131_049), true)
        );
        assert_eq!(code(check(&mut state, "", &offer(LENA), NOW)), (None, true));
    }

    #[test]
    fn an_account_in_trouble_refuses_every_send() {
        for trouble in [368, 131_031, 131_048, 131_005, 10, 131_042] {
            let mut state = state();
            state.account.refuses_with = Some(trouble);
            assert_eq!(
                code(check(&mut state, "", &text(LENA), NOW)),
                (Some(trouble), false)
            );
        }
        let mut state = state();
        state.account.refuses_with = Some(131_049);
        assert_eq!(
            code(check(&mut state, "", &text(LENA), NOW)),
            (None, true),
            "only marketing"
        );
    }
}
