//! What Meta and staff say of templates, what came of their sends, and templates being written.

use super::Work;
use crate::{
    fact::{FactKind, ListedTemplate},
    messaging_limit::Limit,
    outbox::{is_template, template_of},
};
use cloud_api::webhook::{NoticeKind, TemplateChange};
use serde_json::{Value, json};
use store::{
    Connection, Result,
    outbox::OutboxItem,
    template::{self, Aspect, Listed, ListedParts},
    template_draft::{self, DraftRow},
    template_edit,
    template_use::{self, TemplateUse},
    template_word as word,
};

type Key<'a> = (&'a str, &'a str, &'a str);

impl Work<'_> {
    pub(super) fn template_told(
        &mut self,
        key: Key<'_>,
        template_id: Option<&str>,
        change: &TemplateChange,
        at: i64,
    ) -> Result<()> {
        self.changed.templates = true;
        let db = self.db;
        if let Some(id) = template_id {
            template::observe_id(db, key, id, at)?;
        }
        match change {
            TemplateChange::Status { event, reason, .. } => {
                // Meta's word for "approved again".
                let status = match event.as_str() {
                    "REINSTATED" | "UNPAUSED" => "APPROVED",
                    event => event,
                };
                template::observe(db, key, Aspect::Status, status, at)?;
                if event == "REJECTED" {
                    let told = change.rejection().unwrap_or_default();
                    // Where Meta gives no advice, what was wrong is advice enough.
                    let advice = told.recommendation.or(told.reason);
                    let told = json!({ "reason": reason, "recommendation": advice });
                    word::observe(db, key, word::REJECTION, &told.to_string(), at)?;
                }
                if event == "PAUSED" {
                    let until = change.paused_until(at).map(|at| at.to_string());
                    word::observe(db, key, word::PAUSED_UNTIL, &until.unwrap_or_default(), at)?;
                }
                Ok(())
            }
            TemplateChange::Quality { new, .. } => {
                template::observe(db, key, Aspect::Quality, new, at)
            }
            // The news names some parts of the template only: the next list brings the whole.
            TemplateChange::Components { .. } => template::seen(db, key, at),
            TemplateChange::Category {
                new, correct: None, ..
            } => {
                word::observe(db, key, word::MOVES, "", at)?;
                match new {
                    Some(category) => template::observe(db, key, Aspect::Category, category, at),
                    None => Ok(()),
                }
            }
            // Still to come: kept as a notice too, so that it is shown where nobody looks at templates.
            TemplateChange::Category {
                correct: Some(correct),
                due,
                ..
            } => {
                let moves = json!({ "to": correct, "at": due });
                word::observe(db, key, word::MOVES, &moves.to_string(), at)?;
                let detail =
                    json!({ "name": key.1, "language": key.2, "category": correct, "due": due });
                self.put_notice(key.0, "template_category_impending", correct, &detail, at)
            }
        }
    }

    pub(super) fn templates_listed(
        &mut self,
        waba_id: &str,
        templates: &[ListedTemplate],
        total: Option<i64>,
        at: i64,
    ) -> Result<()> {
        self.changed.templates = true;
        let db = self.db;
        let loaded = i64::try_from(templates.len()).unwrap_or(i64::MAX);
        let total = total.unwrap_or(loaded);
        template::observe_list(db, waba_id, Listed { at, loaded, total })?;
        for t in templates {
            let key = (waba_id, t.name.as_str(), t.language.as_str());
            template::observe_id(db, key, &t.id, at)?;
            template::observe(db, key, Aspect::Status, &t.status, at)?;
            template::observe(db, key, Aspect::Quality, &t.quality, at)?;
            template::observe(db, key, Aspect::Category, &t.category, at)?;
            let said = ListedParts {
                components: &t.components.to_string(),
                format: &t.format,
                rejected_for: t.rejected_reason.as_deref().unwrap_or_default(),
                moves_to: t.correct_category.as_deref().unwrap_or_default(),
            };
            template::observe_components(db, key, said, at)?;
        }
        Ok(())
    }

    /// Whether the account may send templates at all (Meta, "account_update": the latest word on restrictions is
    /// the whole of them).
    pub(super) fn may_start_conversations(
        &mut self,
        waba_id: &str,
        kind: NoticeKind,
        event: &str,
        detail: &Value,
        at: i64,
    ) -> Result<()> {
        if kind != NoticeKind::AccountUpdate || event != "ACCOUNT_RESTRICTION" {
            return Ok(());
        }
        let all = detail["restriction_info"].as_array();
        let found = all.into_iter().flatten().find(|one| {
            one["restriction_type"].as_str() == Some("RESTRICTED_BIZ_INITIATED_MESSAGING")
        });
        let end = |one: &Value| {
            let end = &one["expiration"];
            let seconds = end.as_i64().or_else(|| end.as_str()?.parse().ok())?;
            Some((seconds * 1000).to_string())
        };
        let value = found.map_or_else(String::new, |one| end(one).unwrap_or_else(|| "-".into()));
        self.changed.templates = true;
        word::observe(self.db, (waba_id, "", ""), word::RESTRICTED, &value, at)
    }

    /// A word that nobody can read says nothing.
    pub(super) fn limit_told(&mut self, waba_id: &str, limit: &str, at: i64) -> Result<()> {
        let Some(limit) = Limit::read(limit) else {
            return Ok(());
        };
        self.changed.templates = true;
        let key = (waba_id, "", "");
        word::observe(self.db, key, word::LIMIT, &limit.to_text(), at)
    }

    /// A word of staff about a template, or about one being written.
    pub(super) fn template_noted(&mut self, fact: &FactKind) -> Result<()> {
        self.changed.templates = true;
        match fact {
            FactKind::TemplateFavoured {
                waba_id,
                name,
                language,
                on,
                at,
            } => {
                let value = if *on { "1" } else { "" };
                word::observe(
                    self.db,
                    (waba_id, name, language),
                    word::FAVOURITE,
                    value,
                    *at,
                )
            }
            FactKind::TemplateChecked {
                waba_id,
                name,
                language,
                at,
            } => word::observe(self.db, (waba_id, name, language), word::CHECKED, "1", *at),
            FactKind::TemplateEdited {
                waba_id,
                template_id,
                at,
            } => template_edit::observe(self.db, waba_id, template_id, *at),
            FactKind::TemplateDrafted { id, json, at } => template_draft::observe(
                self.db,
                &DraftRow {
                    id: id.clone(),
                    json: json.clone(),
                    at: *at,
                },
            ),
            _ => Ok(()),
        }
    }
}

/// Where a send stands, for the figures of its template. `state` is that of its outbox item.
pub(crate) fn count_use(
    db: &Connection,
    item: &OutboxItem,
    state: &str,
    thread_id: i64,
) -> Result<()> {
    if !is_template(item) {
        return Ok(());
    }
    let known = template_use::get(db, &item.id)?;
    let (name, language) = match &known {
        Some(known) => (known.name.clone(), known.language.clone()),
        None => match template_of(item) {
            Some(send) => (send.name, send.language),
            None => return Ok(()),
        },
    };
    let stage = match state {
        "accepted" | "held" | "sent" => template_use::SENT,
        "delivered" => template_use::DELIVERED,
        "read" | "played" => template_use::READ,
        "failed" => template_use::FAILED,
        _ => template_use::NEITHER,
    };
    template_use::set(
        db,
        &TemplateUse {
            outbox_id: item.id.clone(),
            name,
            language,
            at: item.queued_at,
            stage,
            answered: template_use::is_answered(db, thread_id, item.queued_at)?,
            outside: template_use::is_outside(db, thread_id, item.queued_at)?,
        },
    )
}

/// Says of each template sent in a thread whether it was answered, and whether it went outside the window.
pub(crate) fn judge_answers(db: &Connection, thread_id: i64) -> Result<()> {
    for wrong in template_use::misjudged(db, thread_id)? {
        let right = TemplateUse {
            answered: template_use::is_answered(db, thread_id, wrong.at)?,
            outside: template_use::is_outside(db, thread_id, wrong.at)?,
            ..wrong
        };
        template_use::set(db, &right)?;
    }
    Ok(())
}
