//! Templates being written: kept, checked, made of existing ones. Handing them in is [`crate::run`]'s.

use super::{Desk, attaching::one_line, not_found, templates::SHOP_NAME};
use crate::{
    apply_in,
    attachment::fit,
    fact::{Fact, FactKind},
    template::{
        Template,
        draft::{files, of_template},
        edit_limit::{LOOK_BACK, no_edit},
        lint::{Shop, lint},
    },
    view::{Change, DraftFile, TemplateDraft, TemplateFinding},
};
use cloud_api::template::Other;
use store::{
    Connection, Result, setting, template,
    template_draft::{self, DraftRow, SampleFile},
    template_edit,
};
use uuid::Uuid;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Meta blocks the name of a deleted template that was approved for so long (Meta, "Template management").
const BLOCKED: i64 = 30 * DAY;

impl Desk {
    /// The one changed last first.
    pub fn template_drafts(&self) -> Result<Vec<TemplateDraft>> {
        let rows = self.store.read(template_draft::all)?;
        Ok(rows.iter().filter_map(read).collect())
    }

    pub(crate) fn template_draft(&self, id: &str) -> Result<Option<TemplateDraft>> {
        let row = self.store.read(|db| template_draft::get(db, id))?;
        Ok(row.as_ref().and_then(read))
    }

    /// Saves a new or changed one; returns its id.
    pub fn save_template_draft(&self, draft: &TemplateDraft) -> Result<String> {
        let mut draft = draft.clone();
        if draft.id.is_empty() {
            draft.id = Uuid::now_v7().to_string();
        }
        let kept: Vec<String> = files(&draft).map(|(_, file)| file.id.clone()).collect();
        self.draft(&draft.id.clone(), Some(draft.clone()), &kept)?;
        Ok(draft.id)
    }

    pub fn discard_template_draft(&self, id: &str) -> Result<()> {
        self.draft(id, None, &[])
    }

    /// The latest word on a draft, even if the clock was set back meanwhile. `kept`: the files it has.
    fn draft(&self, id: &str, draft: Option<TemplateDraft>, kept: &[String]) -> Result<()> {
        let now = self.clock.now();
        let change = self.store.write(|db| {
            let there = template_draft::get(db, id)?;
            let at = there.map_or(now, |row| now.max(row.at + 1));
            let json = match draft {
                Some(mut draft) => {
                    draft.changed_at = at;
                    serde_json::to_string(&draft)?
                }
                None => String::new(),
            };
            template_draft::drop_files(db, id, kept)?;
            let id = id.to_owned();
            apply_in(
                db,
                &[Fact::new(
                    &self.number(),
                    FactKind::TemplateDrafted { id, json, at },
                )],
            )
        })?;
        self.tell(change);
        Ok(())
    }

    /// The sample of a heading, of the draft or of a card: the draft says which, once it is saved with it. What it is shows in its bytes; whether that will do, the check says.
    pub fn attach_sample(
        &self,
        draft_id: &str,
        filename: &str,
        mime_type: &str,
        bytes: &[u8],
    ) -> Result<DraftFile> {
        let now = self.clock.now();
        let file = DraftFile {
            id: Uuid::now_v7().to_string(),
            filename: one_line(filename),
            mime_type: fit(filename, mime_type, bytes).mime_type,
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        };
        let row = SampleFile {
            id: file.id.clone(),
            draft_id: draft_id.to_owned(),
            filename: file.filename.clone(),
            mime_type: file.mime_type.clone(),
            put_at: now,
            size: file.size,
        };
        self.store
            .write(|db| template_draft::put_file(db, &row, bytes))?;
        Ok(file)
    }

    /// The bytes of a sample, for its preview.
    pub fn sample(&self, file_id: &str) -> Result<Option<Vec<u8>>> {
        self.store
            .read(|db| template_draft::file_bytes(db, file_id))
    }

    pub fn check_template(&self, draft: &TemplateDraft) -> Result<Vec<TemplateFinding>> {
        let now = self.clock.now();
        self.store.read(|db| self.lint(db, draft, now))
    }

    fn lint(
        &self,
        db: &Connection,
        draft: &TemplateDraft,
        now: i64,
    ) -> Result<Vec<TemplateFinding>> {
        let waba_id = &self.account.waba_id;
        let mut others = Vec::new();
        let mut edited = None;
        for row in template::all(db, waba_id)? {
            let same = draft
                .edits
                .as_ref()
                .is_some_and(|id| *id == row.template_id);
            if same {
                edited = Some(row);
                continue;
            }
            let other = Template::read(row);
            others.push(Other::new(
                &other.row.name,
                &other.row.language,
                &other.components,
            ));
        }
        let name = setting::get(db, SHOP_NAME)?;
        let approved = edited.as_ref().filter(|row| row.status == "APPROVED");
        let gone = template::gone_at(db, (waba_id, &draft.name, &draft.language))?;
        let blocked = gone
            .map(|at| at + BLOCKED - now)
            .filter(|left| *left > 0 && draft.edits.is_none());
        let display = self.account.display.trim_start_matches('+');
        Ok(lint(
            draft,
            &Shop {
                name: name.as_deref(),
                german: display.starts_with("49"),
                others: &others,
                fixed_category: approved.map(|row| row.category.as_str()),
                blocked_days: blocked.map(|left| (left + DAY - 1) / DAY),
                no_edit: match &edited {
                    Some(row) => {
                        let since = now - LOOK_BACK;
                        let edits = template_edit::since(db, waba_id, &row.template_id, since)?;
                        no_edit(&row.status, &edits, now)
                    }
                    None => None,
                },
            },
        ))
    }

    /// A draft of an existing template: the one there is, or a new one. `None`: it has parts that cannot be written
    /// here.
    pub fn edit_template(&self, name: &str, language: &str) -> Result<Option<TemplateDraft>> {
        let now = self.clock.now();
        let found = self.store.read(|db| self.template(db, name, language))?;
        let template = found.ok_or_else(not_found)?;
        let id = Some(&template.row.template_id).filter(|id| !id.is_empty());
        let there = self.template_drafts()?.into_iter();
        if let Some(draft) = there
            .into_iter()
            .find(|d| id.is_some() && d.edits.as_ref() == id)
        {
            return Ok(Some(draft));
        }
        let Some(draft) = of_template(&template, Uuid::now_v7().to_string(), now) else {
            return Ok(None);
        };
        self.save_template_draft(&draft)?;
        Ok(Some(draft))
    }

    /// What an existing template would be begun with in another language; not kept until somebody writes in it.
    /// `None`: it has parts that cannot be written here.
    pub fn translate_template(
        &self,
        name: &str,
        language: &str,
        into: &str,
    ) -> Result<Option<TemplateDraft>> {
        let now = self.clock.now();
        let found = self.store.read(|db| self.template(db, name, language))?;
        let template = found.ok_or_else(not_found)?;
        Ok(
            of_template(&template, String::new(), now).map(|draft| TemplateDraft {
                language: into.to_owned(),
                edits: None,
                ..draft
            }),
        )
    }

    /// Meta took an edit of a template that was approved: it takes the next one in a day.
    pub(crate) fn edit_taken(&self, template_id: &str) -> Result<()> {
        self.apply_one(FactKind::TemplateEdited {
            waba_id: self.account.waba_id.clone(),
            template_id: template_id.to_owned(),
            at: self.clock.now(),
        })
    }

    pub(crate) fn tell_templates(&self) {
        self.tell(Change {
            templates: true,
            ..Change::default()
        });
    }
}

fn read(row: &DraftRow) -> Option<TemplateDraft> {
    serde_json::from_str(&row.json).ok()
}
