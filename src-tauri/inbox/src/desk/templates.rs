//! The account's templates as staff picks from them and looks after them.

use super::{Desk, not_found, settings::settings, template_view::Around};
use crate::{
    apply_in,
    fact::{Fact, FactKind, ListedTemplate},
    messaging_limit::{Limit, used_up_until},
    template::{GivenFile, Said, Template, obstacle},
    view::{Change, TemplateList, TemplateObstacle},
};
use store::{
    Connection, Result, attachment,
    template::{self, TemplateRow},
    template_word as word,
    thread::{self, Thread},
};

/// The name customers see, as Meta verified it.
pub(crate) const SHOP_NAME: &str = "shop_name";

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

    /// The messaging limit as the number tells it now.
    pub(crate) fn limit_told(&self, limit: &str) -> Result<()> {
        let now = self.clock.now();
        let waba_id = self.account.waba_id.clone();
        let change = self.store.write(|db| {
            let told = Limit::read(limit);
            if told.is_none() || Limit::told(db, &waba_id)? == told {
                return Ok(Change::default());
            }
            let there = word::get(db, (&waba_id, "", ""), word::LIMIT)?;
            let at = there.map_or(now, |(_, then)| now.max(then + 1));
            let limit = limit.to_owned();
            let kind = FactKind::LimitTold { waba_id, limit, at };
            apply_in(db, &[Fact::new(&self.number(), kind)])
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

    /// What stands in the way of a template right now. `to`: where it starts a conversation.
    pub(crate) fn obstacle(
        &self,
        db: &Connection,
        row: &TemplateRow,
        to: Option<&Thread>,
        now: i64,
    ) -> Result<Option<TemplateObstacle>> {
        let key = (
            row.waba_id.as_str(),
            row.name.as_str(),
            row.language.as_str(),
        );
        let said = Said {
            now,
            paused_until: paused_until(db, key)?,
            restricted: restricted(db, &row.waba_id)?,
            used_up_until: match to {
                Some(thread) => used_up_until(db, &row.waba_id, thread, now)?,
                None => None,
            },
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
pub(super) fn restricted(db: &Connection, waba_id: &str) -> Result<Option<Option<i64>>> {
    let said = word::get(db, (waba_id, "", ""), word::RESTRICTED)?;
    Ok(said
        .filter(|(value, _)| !value.is_empty())
        .map(|(value, _)| value.parse().ok()))
}
