//! The audit: every warning, override and block, searchable, and per member of staff.

use super::{Desk, guarding::reason_named, threads::name_of_customer};
use crate::view::{
    AuditCursor, AuditEntry, AuditFigures, AuditOutcome, AuditPage, AuditQuery, GuardLevel,
    GuardReason,
};
use store::{
    Connection, Result, about_person, message, thread,
    verdict::{self, AuditRow},
};

/// Rows looked at at once, and for one page: a search for what is nowhere ends.
const LOOKED_AT: i64 = 200;
const LOOKED_AT_MOST: usize = 20_000;

impl Desk {
    /// Newest first.
    pub fn guard_audit(
        &self,
        query: &AuditQuery,
        after: Option<&AuditCursor>,
        limit: i64,
    ) -> Result<AuditPage> {
        let limit = usize::try_from(limit.clamp(1, 200)).unwrap_or(1);
        let span = (query.from.unwrap_or(i64::MIN), query.to.unwrap_or(i64::MAX));
        self.store.read(|db| {
            let mut entries = Vec::new();
            let mut behind = after.cloned().unwrap_or(AuditCursor {
                at: i64::MAX,
                id: String::new(),
            });
            let mut looked_at = 0;
            loop {
                let rows = verdict::page(db, span, (behind.at, &behind.id), LOOKED_AT)?;
                let is_last = rows.len() < usize::try_from(LOOKED_AT).unwrap_or(0);
                looked_at += rows.len();
                for row in rows {
                    behind = AuditCursor {
                        at: row.verdict.at,
                        id: row.verdict.id.clone(),
                    };
                    let row = Row::read(db, row)?;
                    if row.fits(query) {
                        entries.push(row.entry);
                    }
                    if entries.len() == limit {
                        return Ok(AuditPage {
                            entries,
                            next: Some(behind),
                        });
                    }
                }
                if is_last || looked_at >= LOOKED_AT_MOST {
                    let next = (!is_last).then_some(behind);
                    return Ok(AuditPage { entries, next });
                }
            }
        })
    }

    /// Per member of staff, from … to (exclusive).
    pub fn guard_figures(&self, from: i64, to: i64) -> Result<Vec<AuditFigures>> {
        let figures = self.store.read(|db| verdict::figures(db, from, to))?;
        Ok(figures
            .into_iter()
            .map(|row| AuditFigures {
                staff: row.staff,
                lines: row.lines,
                not_sent: row.not_sent,
                taken_back: row.taken_back,
                overridden: row.overridden,
                asked: row.asked,
                blocked: row.blocked,
            })
            .collect())
    }
}

struct Row {
    entry: AuditEntry,
    /// What the customer may be looked for by, small letters.
    known_as: String,
}

impl Row {
    fn read(db: &Connection, row: AuditRow) -> Result<Self> {
        let AuditRow {
            verdict,
            customer_id,
            insisted,
            taken_back,
        } = row;
        let (mut customer, mut known_as, mut thread_id) = (String::new(), String::new(), None);
        if let Some(id) = customer_id {
            let name = name_of_customer(db, id)?;
            customer = match name.text.is_empty() {
                true => name.phone.or(name.username).unwrap_or_default(),
                false => name.text,
            };
            known_as = about_person::known_as(db, id)?.join("\n").to_lowercase();
            thread_id = thread::find(db, verdict.number_id, id)?;
        }
        let outcome = match (&verdict.level[..], &insisted) {
            ("block", _) => AuditOutcome::Blocked,
            _ if taken_back => AuditOutcome::TakenBack,
            (_, Some(_)) => AuditOutcome::Overridden,
            _ if verdict.dialog => AuditOutcome::NotSent,
            _ => AuditOutcome::Sent,
        };
        let sent_as = match &insisted {
            Some(insisted) => &insisted.outbox_id,
            None => &verdict.outbox_id,
        };
        let message_id = match taken_back {
            true => None,
            false => message::by_outbox(db, sent_as)?.map(|(id, _)| id),
        };
        let some = |text: String| (!text.is_empty()).then_some(text);
        let entry = AuditEntry {
            at: verdict.at,
            staff: verdict.staff,
            thread_id,
            customer,
            level: match outcome {
                AuditOutcome::Blocked => GuardLevel::Block,
                _ => GuardLevel::Warn,
            },
            reasons: serde_json::from_str::<Vec<GuardReason>>(&verdict.reasons).unwrap_or_default(),
            people: verdict.people,
            weight: verdict.weight,
            threshold: verdict.threshold,
            digest: verdict.digest,
            outcome,
            reason: insisted.as_ref().map(|row| reason_named(&row.reason)),
            text: insisted.map(|row| row.text).unwrap_or_default(),
            message_id,
            batch_id: some(verdict.batch_id),
            id: verdict.id,
        };
        Ok(Self { entry, known_as })
    }

    fn fits(&self, query: &AuditQuery) -> bool {
        let entry = &self.entry;
        let has = |code| entry.reasons.iter().any(|reason| reason.code == code);
        query
            .staff
            .as_ref()
            .is_none_or(|staff| *staff == entry.staff)
            && query.outcome.is_none_or(|outcome| outcome == entry.outcome)
            && query.code.is_none_or(has)
            && self.says(&query.words)
    }

    /// Every word of a search is in a name or number of the customer, in the staff name, or in an override's words.
    fn says(&self, words: &str) -> bool {
        let entry = &self.entry;
        let staff = entry.staff.to_lowercase();
        let text = entry.text.to_lowercase();
        let name = entry.customer.to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| {
            let digits: String = word.chars().filter(char::is_ascii_digit).collect();
            let number = digits.len() >= 3 && self.known_as.contains(&digits);
            number
                || [&staff, &text, &name, &self.known_as]
                    .iter()
                    .any(|place| place.contains(word))
        })
    }
}
