//! A template as the picker shows it: everything that is said of it, what came of its sends, what is known for its
//! slots; and which one would bring a customer back.

use super::{
    settings::settings,
    template_values::{Kept, kept},
    templates::{SHOP_NAME, given_file, restricted},
    threads,
};
use crate::{
    consent::Gate,
    messaging_limit::used_up_until,
    template::{Candidate, Known, Said, Template, hours_text, obstacle, propose, values_of},
    view::{
        CategoryMove, OpeningHours, Refusal, SlotKind, TemplateFigures, TemplateList,
        TemplateObstacle, TemplateRejection, TemplateView, Unanswered,
    },
};
use cloud_api::outgoing::OutgoingContent;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use store::{
    Connection, Result,
    about_person::{self, form_of},
    setting,
    template::TemplateRow,
    template_use::{self, TemplateFigure, TemplateUse},
    template_word::{self as word, TemplateWord},
    thread::Thread,
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// What the figures look back on.
const LOOK_BACK: i64 = 90 * DAY;
/// So long a template that nobody answered speaks against sending another.
const UNANSWERED_FOR: i64 = 7 * DAY;
/// So many sends to one customer are looked at.
const SENT_HERE: i64 = 200;

type Key = (String, String);

/// Everything that is said of templates beside their rows.
pub(super) struct Around {
    now: i64,
    words: HashMap<Key, HashMap<String, (String, i64)>>,
    figures: HashMap<Key, TemplateFigure>,
    restricted: Option<Option<i64>>,
    shop: Option<String>,
    hours: OpeningHours,
    customer: Option<String>,
    /// Without a thread nobody's consent is asked.
    consent: Option<Gate>,
    /// Sends to this customer, the newest first.
    here: Vec<TemplateUse>,
    kept: Kept,
    used_up_until: Option<i64>,
}

impl Around {
    pub fn look(db: &Connection, waba_id: &str, thread: Option<&Thread>, now: i64) -> Result<Self> {
        let mut words: HashMap<Key, HashMap<String, (String, i64)>> = HashMap::new();
        for TemplateWord {
            name,
            language,
            field,
            value,
            at,
        } in word::all(db, waba_id)?
        {
            let said = words.entry((name, language)).or_default();
            said.insert(field, (value, at));
        }
        let figures = template_use::figures(db, now - LOOK_BACK)?;
        let figures = figures
            .into_iter()
            .map(|f| ((f.name.clone(), f.language.clone()), f))
            .collect();
        let (customer, here, kept) = match thread {
            Some(thread) => (
                threads::called(db, thread.customer_id)?,
                template_use::of_thread(db, thread.id, SENT_HERE)?,
                kept(db, thread)?,
            ),
            None => (None, Vec::new(), Kept::new()),
        };
        Ok(Self {
            now,
            words,
            figures,
            restricted: restricted(db, waba_id)?,
            shop: setting::get(db, SHOP_NAME)?.filter(|name| !name.is_empty()),
            hours: settings(db)?.hours,
            customer,
            consent: match thread {
                Some(thread) => Some(Gate::of(db, thread.customer_id)?),
                None => None,
            },
            here,
            kept,
            used_up_until: match thread {
                Some(thread) => used_up_until(db, waba_id, thread, now)?,
                None => None,
            },
        })
    }

    /// What this customer's consents do not let through.
    fn lacks_consent(&self, category: &str) -> Option<TemplateObstacle> {
        match self.consent.as_ref()?.template(category)? {
            Refusal::OptedOut {
                scope,
                since,
                erased,
            } => Some(TemplateObstacle::OptedOut {
                scope,
                since,
                erased,
            }),
            Refusal::NoOptIn {
                purpose,
                label,
                state,
                why_not,
            } => Some(TemplateObstacle::NoOptIn {
                purpose,
                label,
                state,
                why_not,
            }),
            _ => None,
        }
    }

    pub fn view(&self, db: &Connection, template: Template) -> Result<TemplateView> {
        let row = &template.row;
        let key = (row.name.clone(), row.language.clone());
        let none = HashMap::new();
        let said = self.words.get(&key).unwrap_or(&none);
        let value = |field: &str| said.get(field).map(|(value, _)| value.as_str());
        let last = last_sends(db, &template)?;
        let hours = hours_text(&self.hours, &row.language);
        let known = Known {
            customer: self.customer.as_deref(),
            shop: self.shop.as_deref(),
            hours: hours.as_deref(),
            last: last.iter().map(|(_, values)| values.clone()).collect(),
        };
        let mut slots = template.slots(&known);
        for slot in &mut slots {
            let is_file = matches!(
                slot.kind,
                SlotKind::Image | SlotKind::Video | SlotKind::Document
            );
            if let (true, Some(id)) = (is_file, &slot.proposed)
                && given_file(db, id)?.is_none()
            {
                (slot.proposed, slot.source) = (None, None);
            }
        }
        let used_here = |u: &&TemplateUse| u.name == row.name && u.language == row.language;
        let (kept, kept_at) = match self.kept.get(&form_of(&row.name, &row.language)) {
            Some((values, at)) => (values.clone(), Some(*at)),
            None => (Vec::new(), None),
        };
        let figures = self.figures.get(&key);
        let paused_until = value(word::PAUSED_UNTIL).and_then(|v| v.parse().ok());
        Ok(TemplateView {
            id: row.template_id.clone(),
            category: row.category.clone(),
            status: row.status.clone(),
            quality: row.quality.clone(),
            parts: template.parts(),
            slots,
            obstacle: obstacle(
                &template,
                Said {
                    now: self.now,
                    paused_until,
                    restricted: self.restricted,
                    used_up_until: self.used_up_until,
                },
            )
            .or_else(|| self.lacks_consent(&row.category)),
            favourite: value(word::FAVOURITE) == Some("1"),
            last_used_at: last.first().map(|(at, _)| *at),
            used_here_at: self.here.iter().find(used_here).map(|u| u.at),
            figures: figures.map_or_else(TemplateFigures::default, |f| TemplateFigures {
                sent: f.sent,
                delivered: f.delivered,
                read: f.read,
                answered: f.answered,
                failed: f.failed,
            }),
            moves_to: moves_to(row, said.get(word::MOVES)),
            rejection: rejection(row, value(word::REJECTION)),
            checked_at: said.get(word::CHECKED).map(|(_, at)| *at),
            known_since: row.first_at,
            kept,
            kept_at,
            name: key.0,
            language: key.1,
        })
    }

    /// What to send to bring the customer of a closed thread back, and what he has not answered.
    pub fn reopening(
        &self,
        db: &Connection,
        thread: &Thread,
        list: &mut TemplateList,
    ) -> Result<()> {
        let since = (self.now - UNANSWERED_FOR).max(thread.inbound_at);
        let unanswered: Vec<&TemplateUse> = self.here.iter().filter(|u| u.at > since).collect();
        list.unanswered = unanswered.first().map(|newest| Unanswered {
            count: i64::try_from(unanswered.len()).unwrap_or(i64::MAX),
            last_at: newest.at,
        });
        if thread.closes_at > self.now {
            return Ok(());
        }
        let stopped = about_person::preference_of(db, thread.customer_id, "marketing_messages")?;
        let of = |t: &TemplateView, u: &TemplateUse| u.name == t.name && u.language == t.language;
        let candidates: Vec<Candidate<'_>> = list
            .templates
            .iter()
            .map(|template| Candidate {
                template,
                worked_at: self
                    .here
                    .iter()
                    .find(|u| u.answered && of(template, u))
                    .map(|u| u.at),
                unanswered: unanswered.iter().any(|u| of(template, u)),
            })
            .collect();
        list.proposal = propose(
            &candidates,
            &list.language,
            stopped.as_deref() == Some("stop"),
        );
        Ok(())
    }
}

/// The latest two sends of a template and the values they had.
fn last_sends(
    db: &Connection,
    template: &Template,
) -> Result<Vec<(i64, BTreeMap<String, String>)>> {
    let (name, language) = (&template.row.name, &template.row.language);
    let sends = template_use::last(db, name, language, 2)?.into_iter();
    Ok(sends
        .map(|(at, content)| {
            let values = match serde_json::from_str(&content) {
                Ok(OutgoingContent::Template(send)) => values_of(&send),
                _ => BTreeMap::new(),
            };
            (at, values)
        })
        .collect())
}

/// The webhook tells when; the list tells whether it still stands.
fn moves_to(row: &TemplateRow, told: Option<&(String, i64)>) -> Option<CategoryMove> {
    let told = told.and_then(|(json, at)| {
        let value: Value = serde_json::from_str(json).ok()?;
        let to = value["to"].as_str()?.to_owned();
        Some((
            CategoryMove {
                to,
                at: value["at"].as_i64(),
            },
            *at,
        ))
    });
    let listed = (!row.moves_to.is_empty()).then(|| CategoryMove {
        to: row.moves_to.clone(),
        at: None,
    });
    let found = match told {
        Some((told, at))
            if at > row.components_at || listed.as_ref().is_none_or(|l| l.to == told.to) =>
        {
            Some(told)
        }
        _ => listed,
    };
    found.filter(|moving| moving.to != row.category)
}

fn rejection(row: &TemplateRow, told: Option<&str>) -> Option<TemplateRejection> {
    if row.status != "REJECTED" {
        return None;
    }
    let told: Value = told
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default();
    let word = |key: &str| told[key].as_str().map(str::to_owned);
    let listed = (!row.rejected_for.is_empty()).then(|| row.rejected_for.clone());
    let reason = word("reason").or_else(|| listed.clone())?;
    let same = listed.is_none_or(|listed| listed == reason);
    Some(TemplateRejection {
        recommendation: word("recommendation").filter(|_| same),
        reason,
    })
}
