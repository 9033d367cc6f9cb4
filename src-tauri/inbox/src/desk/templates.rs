//! The account's templates as staff picks from them and looks after them.

use super::{Desk, not_found, settings::settings, threads};
use crate::{
    apply_in,
    fact::{Fact, FactKind, ListedTemplate},
    template::{
        Candidate, GivenFile, Known, Said, Template, hours_text, obstacle, propose, values_of,
    },
    view::{
        CategoryMove, SlotKind, TemplateFigures, TemplateList, TemplateRejection, TemplateView,
        Unanswered,
    },
};
use cloud_api::outgoing::OutgoingContent;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use store::{
    Connection, Result, about_person, attachment, setting,
    template::{self, TemplateRow},
    template_use::{self, TemplateFigure, TemplateUse},
    template_word::{self as word, TemplateWord},
    thread::{self, Thread},
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// What the figures look back on.
const LOOK_BACK: i64 = 90 * DAY;
/// So long a template that nobody answered speaks against sending another.
const UNANSWERED_FOR: i64 = 7 * DAY;
/// So many sends to one customer are looked at.
const SENT_HERE: i64 = 200;
/// The name customers see, as Meta verified it.
pub(crate) const SHOP_NAME: &str = "shop_name";

type Key = (String, String);

/// Everything that is said of templates beside their rows.
struct Around {
    now: i64,
    words: HashMap<Key, HashMap<String, (String, i64)>>,
    figures: HashMap<Key, TemplateFigure>,
    restricted: Option<Option<i64>>,
    shop: Option<String>,
    hours: crate::view::OpeningHours,
    customer: Option<String>,
    /// Sends to this customer, the newest first.
    here: Vec<TemplateUse>,
}

impl Desk {
    /// Every template, with slots proposed for the customer of this thread.
    pub fn templates(&self, thread_id: Option<i64>) -> Result<TemplateList> {
        let now = self.clock.now();
        self.store.read(|db| {
            let waba_id = &self.account.waba_id;
            let thread = match thread_id {
                Some(id) => thread::get(db, id)?,
                None => None,
            };
            let around = Around::look(db, waba_id, thread.as_ref(), now)?;
            let mut templates = Vec::new();
            for row in template::all(db, waba_id)? {
                templates.push(around.view(db, Template::read(row))?);
            }
            let spoken = thread.as_ref().map(|t| t.language.clone());
            let language = match spoken.filter(|tag| !tag.is_empty()) {
                Some(tag) => tag,
                None => settings(db)?.language,
            };
            let listed = template::listed(db, waba_id)?;
            let mut list = TemplateList {
                sync: self.sync_view(listed),
                proposal: None,
                unanswered: None,
                templates,
                language,
            };
            if let Some(thread) = &thread {
                around.reopening(db, thread, &mut list)?;
            }
            Ok(list)
        })
    }

    /// Meta's complete list, as of now.
    pub fn take_template_list(
        &self,
        templates: Vec<ListedTemplate>,
        total: Option<i64>,
    ) -> Result<()> {
        let waba_id = self.account.waba_id.clone();
        let now = self.clock.now();
        let change = self.store.write(|db| {
            // Later than the list before, even if the clock stood still or was set back: what is missing is gone.
            let before = template::listed(db, &waba_id)?;
            let at = before.map_or(now, |list| now.max(list.at + 1));
            let kind = FactKind::TemplatesListed {
                waba_id,
                templates,
                total,
                at,
            };
            apply_in(db, &[Fact::new(&self.number(), kind)])
        })?;
        self.tell(change);
        Ok(())
    }

    /// Puts a template at hand, or no more.
    pub fn favourite_template(&self, name: &str, language: &str, on: bool) -> Result<()> {
        self.say_of(name, language, word::FAVOURITE, |waba_id, at| {
            FactKind::TemplateFavoured {
                waba_id,
                name: name.to_owned(),
                language: language.to_owned(),
                on,
                at,
            }
        })
    }

    /// Staff says that it is still right.
    pub fn template_checked(&self, name: &str, language: &str) -> Result<()> {
        self.say_of(name, language, word::CHECKED, |waba_id, at| {
            FactKind::TemplateChecked {
                waba_id,
                name: name.to_owned(),
                language: language.to_owned(),
                at,
            }
        })
    }

    /// A word that takes the place of the one there is, even if the clock was set back meanwhile.
    fn say_of(
        &self,
        name: &str,
        language: &str,
        field: &str,
        fact: impl FnOnce(String, i64) -> FactKind,
    ) -> Result<()> {
        let now = self.clock.now();
        let waba_id = self.account.waba_id.clone();
        let change = self.store.write(|db| {
            let key = (waba_id.as_str(), name, language);
            template::get(db, key)?.ok_or_else(not_found)?;
            let there = word::get(db, key, field)?;
            let at = there.map_or(now, |(_, then)| now.max(then + 1));
            apply_in(db, &[Fact::new(&self.number(), fact(waba_id.clone(), at))])
        })?;
        self.tell(change);
        Ok(())
    }

    /// A template of the account by name and language, if it still exists.
    pub(crate) fn template(
        &self,
        db: &Connection,
        name: &str,
        language: &str,
    ) -> Result<Option<Template>> {
        let row = template::get(db, (&self.account.waba_id, name, language))?;
        Ok(row.map(Template::read))
    }

    /// The template Meta knows by this id.
    pub(crate) fn template_by_id(&self, db: &Connection, id: &str) -> Result<Option<TemplateRow>> {
        let all = template::all(db, &self.account.waba_id)?;
        Ok(all.into_iter().find(|row| row.template_id == id))
    }

    /// What stands in the way of a template right now.
    pub(crate) fn obstacle(
        &self,
        db: &Connection,
        row: &TemplateRow,
        now: i64,
    ) -> Result<Option<crate::view::TemplateObstacle>> {
        let key = (
            row.waba_id.as_str(),
            row.name.as_str(),
            row.language.as_str(),
        );
        let said = Said {
            now,
            paused_until: paused_until(db, key)?,
            restricted: restricted(db, &row.waba_id)?,
        };
        Ok(obstacle(&Template::read(row.clone()), said))
    }
}

/// Until when Meta paused a template, where that is known.
pub(crate) fn paused_until(db: &Connection, key: (&str, &str, &str)) -> Result<Option<i64>> {
    let said = word::get(db, key, word::PAUSED_UNTIL)?;
    Ok(said.and_then(|(value, _)| value.parse().ok()))
}

/// What is known of a file that was put there for a slot.
pub(crate) fn given_file(db: &Connection, id: &str) -> Result<Option<GivenFile>> {
    Ok(attachment::get(db, id)?.map(|file| GivenFile {
        kind: file.kind,
        filename: file.filename,
    }))
}

/// Meta forbids the account to start conversations; the end, where it is known.
fn restricted(db: &Connection, waba_id: &str) -> Result<Option<Option<i64>>> {
    let said = word::get(db, (waba_id, "", ""), word::RESTRICTED)?;
    Ok(said
        .filter(|(value, _)| !value.is_empty())
        .map(|(value, _)| value.parse().ok()))
}

impl Around {
    fn look(db: &Connection, waba_id: &str, thread: Option<&Thread>, now: i64) -> Result<Self> {
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
        let (customer, here) = match thread {
            Some(thread) => (
                threads::called(db, thread.customer_id)?,
                template_use::of_thread(db, thread.id, SENT_HERE)?,
            ),
            None => (None, Vec::new()),
        };
        Ok(Self {
            now,
            words,
            figures,
            restricted: restricted(db, waba_id)?,
            shop: setting::get(db, SHOP_NAME)?.filter(|name| !name.is_empty()),
            hours: settings(db)?.hours,
            customer,
            here,
        })
    }

    fn view(&self, db: &Connection, template: Template) -> Result<TemplateView> {
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
                },
            ),
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
            name: key.0,
            language: key.1,
        })
    }

    /// What to send to bring the customer of a closed thread back, and what he has not answered.
    fn reopening(&self, db: &Connection, thread: &Thread, list: &mut TemplateList) -> Result<()> {
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
