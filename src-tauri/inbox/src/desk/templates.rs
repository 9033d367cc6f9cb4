//! The account's templates as staff picks from them.

use super::{Desk, settings::settings, threads};
use crate::{
    fact::{FactKind, ListedTemplate},
    template::Template,
    view::{TemplateList, TemplateSync},
};
use store::{Result, template, thread};

impl Desk {
    /// Every template, with slots proposed for the customer of this thread.
    pub fn templates(&self, thread_id: Option<i64>) -> Result<TemplateList> {
        self.store.read(|db| {
            let thread = match thread_id {
                Some(id) => thread::get(db, id)?,
                None => None,
            };
            let name = match &thread {
                Some(thread) => threads::called(db, thread.customer_id)?,
                None => None,
            };
            let templates: Vec<_> = template::all(db, &self.account.waba_id)?
                .iter()
                .map(|row| Template::read(row).view(name.as_deref()))
                .collect();
            let listed = template::listed(db, &self.account.waba_id)?;
            let spoken = thread.map(|t| t.language).filter(|tag| !tag.is_empty());
            Ok(TemplateList {
                templates,
                sync: TemplateSync {
                    at: listed.map(|list| list.at),
                    loaded: listed.map_or(0, |list| list.loaded),
                    total: listed.map_or(0, |list| list.total),
                    running: None,
                    failed: None,
                },
                proposal: None,
                unanswered: None,
                language: match spoken {
                    Some(tag) => tag,
                    None => settings(db)?.language,
                },
            })
        })
    }

    /// Meta's complete list, as of now.
    pub fn take_template_list(&self, templates: Vec<ListedTemplate>) -> Result<()> {
        let waba_id = self.account.waba_id.clone();
        self.apply_one(FactKind::TemplatesListed {
            waba_id,
            templates,
            total: None,
            at: self.clock.now(),
        })
    }
}
