//! What a customer's consents let through, for `send_policy`.

use super::{not_usable_named, state_named};
use crate::{
    ledger::{ALL, OFFERS, PURPOSES, SERVICE, UPDATES, channel},
    spam_guard::{Consents, Grant},
    view::{ConsentState, Refusal},
};
use std::collections::BTreeMap;
use store::{
    Connection, Result,
    consent::{self, StateRow},
    wording,
};

/// One customer's standing, as the policy asks it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gate {
    states: Vec<StateRow>,
    /// What the shop calls purposes of its own, by key; only where the customer said something of one.
    labels: BTreeMap<String, String>,
}

impl Gate {
    /// One look-up, however much is recorded.
    pub fn of(db: &Connection, customer_id: i64) -> Result<Self> {
        let states = consent::states_of(db, customer_id)?;
        let is_own = |row: &StateRow| row.purpose != ALL && !PURPOSES.contains(&&*row.purpose);
        let labels = match states.iter().any(is_own) {
            true => wording::purposes(db)?
                .into_iter()
                .map(|row| (row.key, row.label))
                .collect(),
            false => BTreeMap::new(),
        };
        Ok(Self { states, labels })
    }

    /// The same from rows that were looked up with those of others.
    pub(crate) fn from_rows(states: Vec<StateRow>) -> Self {
        Self {
            states,
            ..Self::default()
        }
    }

    /// A customer who agreed to everything.
    #[cfg(test)]
    pub fn open_to_all() -> Self {
        let states = crate::ledger::PURPOSES.map(|purpose| StateRow {
            purpose: purpose.to_owned(),
            state: "in".to_owned(),
            usable: true,
            ..StateRow::default()
        });
        Self {
            states: states.to_vec(),
            labels: BTreeMap::new(),
        }
    }

    /// Why a template of this category (Meta's word) may not go to the customer.
    pub fn template(&self, category: &str) -> Option<Refusal> {
        if let Some(row) = self.out(ALL) {
            return Some(opted_out(row));
        }
        if !category.eq_ignore_ascii_case("UTILITY") {
            // What Meta has not told the category of may be advertising.
            return match self.row(OFFERS) {
                Some(row) if row.usable => None,
                Some(row) if row.state == super::OUT => Some(opted_out(row)),
                _ => Some(self.missing(OFFERS)),
            };
        }
        for purpose in [SERVICE, UPDATES] {
            if let Some(row) = self.out(purpose) {
                return Some(opted_out(row));
            }
        }
        match self.states.iter().any(|row| row.usable) {
            true => None,
            false => Some(self.missing(SERVICE)),
        }
    }

    /// The same for the guard, which knows two purposes.
    pub(crate) fn consents(&self) -> Consents {
        let grant = |category: &str| match self.template(category) {
            None => Grant::In,
            Some(Refusal::OptedOut { .. }) => Grant::Out,
            Some(_) => Grant::Unknown,
        };
        Consents {
            marketing: grant("MARKETING"),
            service: grant("UTILITY"),
        }
    }

    /// They stopped advertising, or everything, and did not take it back.
    pub(crate) fn has_stopped(&self) -> bool {
        [ALL, OFFERS]
            .iter()
            .any(|purpose| self.out(purpose).is_some())
    }

    /// The purpose that a template of this category rests on, once the policy let it through.
    pub fn basis(&self, category: &str) -> Option<&str> {
        let usable = |row: &&StateRow| row.usable;
        if !category.eq_ignore_ascii_case("UTILITY") {
            return self
                .row(OFFERS)
                .filter(usable)
                .map(|row| row.purpose.as_str());
        }
        let first = [SERVICE, UPDATES]
            .into_iter()
            .find_map(|p| self.row(p).filter(usable));
        let any = first.or_else(|| self.states.iter().find(usable));
        any.map(|row| row.purpose.as_str())
    }

    /// Why nothing at all may go, not even an answer. `wrote_at`: when the customer last wrote; whoever stopped us
    /// and writes again is asking for an answer.
    pub fn free_form(&self, wrote_at: Option<i64>) -> Option<Refusal> {
        let row = self.out(ALL)?;
        match wrote_at {
            Some(at) if at > row.since => None,
            _ => Some(opted_out(row)),
        }
    }

    fn row(&self, purpose: &str) -> Option<&StateRow> {
        self.states.iter().find(|row| row.purpose == purpose)
    }

    fn out(&self, purpose: &str) -> Option<&StateRow> {
        self.row(purpose).filter(|row| row.state == super::OUT)
    }

    /// The purpose with what comes nearest to an opt-in for it.
    fn missing(&self, purpose: &str) -> Refusal {
        let nearest = match purpose {
            SERVICE => self.states.iter().find(|row| row.state == "in"),
            _ => None,
        };
        let row = nearest.or_else(|| self.row(purpose));
        let purpose = row.map_or(purpose, |row| &row.purpose);
        Refusal::NoOptIn {
            purpose: purpose.to_owned(),
            label: self.labels.get(purpose).cloned().unwrap_or_default(),
            state: row.map_or(ConsentState::None, |row| state_named(&row.state)),
            why_not: row.and_then(|row| not_usable_named(&row.why_not)),
        }
    }
}

fn opted_out(row: &StateRow) -> Refusal {
    Refusal::OptedOut {
        scope: row.purpose.clone(),
        since: row.since,
        erased: row.channel == channel::ERASURE,
    }
}
