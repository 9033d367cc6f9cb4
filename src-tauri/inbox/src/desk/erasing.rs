//! The right to be forgotten (GDPR Art. 17, LGPD Art. 18): what would go, and that it goes.

use super::{Desk, not_found, settings::me, threads::name_of_customer};
use crate::{
    apply::COPIES_HOLD_ERASED,
    apply_in,
    fact::{Fact, FactKind},
    ledger::{self, Act, Event, Known, channel},
    service_window::Known as Window,
    view::{ConsentResult, ErasurePreview},
};
use std::collections::BTreeSet;
use store::{Connection, Result, about_person, customer, erasure, setting, thread};
use uuid::Uuid;

/// A reason is a line, not a letter.
const REASON_MAX: usize = 500;
/// What staff says again and again within a millisecond is dated ahead by as many.
const A_MOMENT: i64 = 60 * 1000;
/// As `view::ErasurePreview::warnings` has them.
const WINDOW_OPEN: &str = "window_open";
const SENDING: &str = "sending";

impl Desk {
    /// What would go, and what speaks for waiting.
    pub fn erasure_preview(&self, customer_id: i64) -> Result<ErasurePreview> {
        let now = self.clock.now();
        self.store.read(|db| {
            if customer::of_customer(db, customer_id)?.is_empty() {
                return Err(not_found());
            }
            let (messages, files, notes, consents) = erasure::extent(db, customer_id)?;
            let mut warnings = Vec::new();
            let is_open = |thread: &thread::Thread| {
                let window = Window::from_columns(thread.inbound_at, thread.closed_at);
                window.ends_at().is_some_and(|ends| ends > now)
            };
            if thread::of_customer(db, customer_id)?.iter().any(is_open) {
                warnings.push(WINDOW_OPEN.to_owned());
            }
            if erasure::is_written_to(db, customer_id)? {
                warnings.push(SENDING.to_owned());
            }
            Ok(ErasurePreview {
                name: name_of_customer(db, customer_id)?,
                messages,
                files,
                notes,
                consents,
                warnings,
            })
        })
    }

    /// Everything about the customer goes, in one transaction; what stays are empty places in the chain, and digests by
    /// which nobody is found, and everybody is recognised who must not be written to.
    pub fn erase(&self, customer_id: i64, reason: &str) -> Result<ConsentResult> {
        let now = self.clock.now();
        let erased = self.store.write(|db| {
            let identifiers = identifiers(db, customer_id)?;
            let act = Act {
                purposes: vec![ledger::ALL.to_owned()],
                channel: channel::STAFF.to_owned(),
                staff: me(db)?,
                note: unnamed(reason, &about_person::known_as(db, customer_id)?),
                erases: erasure::entries(db, customer_id)?,
                ..Act::new(Event::Erased, Uuid::now_v7().to_string(), now)
            };
            let mut change = match ledger::record(db, &act, now)? {
                Ok(recorded) => recorded.change,
                Err(why) => return Ok(Err(why)),
            };
            let noted = erasure::last_noted(db, customer_id)?;
            let kind = FactKind::Erased {
                identifiers,
                at: now.max(noted.min(now + A_MOMENT)),
            };
            change.merge(apply_in(db, &[Fact::new(&self.number(), kind)])?);
            change.all_threads = true;
            Ok(Ok(change))
        })?;
        Ok(match erased {
            Ok(change) => {
                if let Err(error) = self.forget_copies() {
                    tracing::warn!(%error, "copies of the store still hold what was erased; tried again later");
                }
                self.tell(change);
                ConsentResult::Done
            }
            Err(why) => ConsentResult::Refused { why },
        })
    }
}

impl Desk {
    /// After an erasure: what was erased is gone from the log, where the pages as they were would lie until it is next
    /// written over, and from the backup. That one is removed and not made anew at once: removing needs neither room nor
    /// time, so the person is gone when staff is told so. The next daily backup is due from that moment, and is made
    /// within minutes. Asked again at each start and before each backup, for the process may have ended in between.
    pub fn forget_copies(&self) -> Result<()> {
        let asked = self.store.read(|db| setting::get(db, COPIES_HOLD_ERASED))?;
        if asked.as_deref() != Some("1") {
            return Ok(());
        }
        self.store.truncate_log()?;
        self.store.forget_backup()?;
        self.store
            .write(|db| setting::set(db, COPIES_HOLD_ERASED, ""))
    }
}

/// Every number and BSUID of a customer.
fn identifiers(db: &Connection, customer_id: i64) -> Result<Vec<Known>> {
    let persons = customer::of_customer(db, customer_id)?;
    if persons.is_empty() {
        return Err(not_found());
    }
    let mut found = BTreeSet::new();
    for person in persons {
        match person.key.split_once(':') {
            Some(("b", bsuid)) => found.insert(("bsuid", bsuid.to_owned())),
            Some(("w", wa)) => {
                let number = wa.split('@').next().unwrap_or(wa);
                found.insert(("wa_id", number.to_owned()))
            }
            _ => false,
        };
        let seen = customer::identities(db, person.id)?.into_iter();
        // A number that passed on is somebody else's by now.
        for identity in seen.filter(|i| i.kind == "wa_id" && !i.left) {
            found.insert(("wa_id", identity.value));
        }
    }
    let known = found.into_iter().filter(|(_, value)| !value.is_empty());
    Ok(known
        .map(|(kind, value)| Known {
            kind: kind.to_owned(),
            value,
        })
        .collect())
}

/// A reason without the words the person is known by: it stays in the ledger.
fn unnamed(reason: &str, known_as: &[String]) -> String {
    let plain = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let names: BTreeSet<String> = known_as
        .iter()
        .flat_map(|name| name.split_whitespace())
        .map(plain)
        .filter(|name| name.chars().count() > 1)
        .collect();
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count() >= 5;
    let words =
        reason
            .split_whitespace()
            .map(|word| match names.contains(&plain(word)) || digits(word) {
                true => "…",
                false => word,
            });
    let said = words.collect::<Vec<_>>().join(" ");
    said.chars().take(REASON_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_names_nobody() {
        let known = ["Lena Testmann".to_owned(), "4915155501001".to_owned()];
        for (said, kept) in [
            ("Asked for it by e-mail", "Asked for it by e-mail"),
            ("Lena, by phone (+49 151 55501001)", "… by phone (+49 151 …"),
            ("letter of lena testmann.", "letter of … …"),
            ("  ", ""),
        ] {
            assert_eq!(unnamed(said, &known), kept);
        }
    }
}
