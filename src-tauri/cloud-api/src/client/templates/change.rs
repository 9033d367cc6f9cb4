//! Handing in, editing, deleting and unpausing templates (Meta, "Template management", "Template pausing").
//!
//! Each is one attempt. Where no clear answer comes, the list is looked at instead of asking again: a template
//! handed in twice is refused, and an edit made twice counts twice against Meta's limits.

use serde_json::{Map, Value, json};

use super::{
    super::{CallError, Client},
    Template,
    refusal::{Failed, TemplateError},
    template,
};
use crate::{
    read::{self, text},
    template::{Components, Draft, Header},
};

/// A template that Meta took for review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedTemplate {
    pub id: String,
    /// PENDING mostly; APPROVED or REJECTED where Meta decided at once.
    pub status: String,
    /// May differ from the one asked for.
    pub category: String,
    /// The answer was lost; the list showed that the template is there.
    pub found_in_list: bool,
}

/// `POST /<TEMPLATE_ID>`: what is `None` stays as it is; components are replaced as a whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TemplateEdit {
    /// Not for approved ones.
    pub category: Option<String>,
    pub components: Option<Vec<Value>>,
    pub message_send_ttl_seconds: Option<i64>,
}

/// How a request to unpause ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unpaused {
    Done,
    /// Meta said no, and gave its reason.
    Refused(Option<String>),
}

impl Client {
    /// Hands a template in for review.
    pub async fn create_template(&self, draft: &Draft) -> Result<CreatedTemplate, TemplateError> {
        let url = self.account_url("message_templates");
        let request = self.http.post(url).json(&draft.to_json());
        let answer = match self.once(request).await {
            Ok(answer) => text(&answer, "id").map(|id| CreatedTemplate {
                id,
                status: read::text_or_empty(&answer, "status").to_ascii_uppercase(),
                category: text(&answer, "category").unwrap_or_else(|| draft.category.clone()),
                found_in_list: false,
            }),
            Err(error) => match Failed::from(error) {
                Failed::Certain(error) => return Err(error),
                Failed::Doubtful => None,
            },
        };
        if let Some(created) = answer {
            return Ok(created);
        }
        let found = self.find_template(&draft.name, &draft.language).await;
        let found = found.map_err(|_| TemplateError::Unsettled)?;
        // One that says something else was there before: ours was refused or never came.
        let ours = found.filter(|there| same_words(&there.components, &draft.components));
        let there = ours.ok_or(TemplateError::NotTaken)?;
        Ok(CreatedTemplate {
            id: there.id,
            status: there.status,
            category: there.category,
            found_in_list: true,
        })
    }

    /// Changes a template; it goes back to review. Approved ones once in 24 hours and 10 times in 30 days.
    pub async fn edit_template(&self, id: &str, edit: &TemplateEdit) -> Result<(), TemplateError> {
        self.only_meta().map_err(TemplateError::Call)?;
        let mut body = Map::new();
        if let Some(category) = &edit.category {
            body.insert("category".into(), json!(category));
        }
        if let Some(components) = &edit.components {
            body.insert("components".into(), json!(components));
        }
        if let Some(ttl) = edit.message_send_ttl_seconds {
            body.insert("message_send_ttl_seconds".into(), json!(ttl));
        }
        let request = self.http.post(self.url(id)).json(&body);
        match self.done(request).await {
            Ok(()) => return Ok(()),
            Err(Failed::Certain(error)) => return Err(error),
            Err(Failed::Doubtful) => {}
        }
        let now = self.template(id).await;
        let now = now.map_err(|_| TemplateError::Unsettled)?;
        let words = edit.components.as_ref();
        let changed = words.is_none_or(|words| same_words(&now.components, words))
            && edit.category.as_ref().is_none_or(|c| *c == now.category)
            && edit
                .message_send_ttl_seconds
                .is_none_or(|ttl| now.message_send_ttl_seconds == Some(ttl));
        if changed {
            Ok(())
        } else {
            Err(TemplateError::NotTaken)
        }
    }

    /// One template, as it is now.
    pub async fn template(&self, id: &str) -> Result<Template, CallError> {
        self.only_meta()?;
        let row = self
            .get(&self.url(id), &[("fields", super::FIELDS)])
            .await?;
        template(&row).ok_or(CallError::Unreadable {
            http_status: 200,
            retry_after: None,
        })
    }

    /// Deletes a template in all its languages. The name of an approved one is blocked for 30 days.
    pub async fn delete_template(&self, name: &str) -> Result<(), TemplateError> {
        self.delete(name, None).await
    }

    /// Deletes a template in the one language that has this id.
    pub async fn delete_template_language(
        &self,
        name: &str,
        id: &str,
    ) -> Result<(), TemplateError> {
        self.delete(name, Some(id)).await
    }

    async fn delete(&self, name: &str, id: Option<&str>) -> Result<(), TemplateError> {
        self.only_meta().map_err(TemplateError::Call)?;
        let mut query = vec![("name", name)];
        query.extend(id.map(|id| ("hsm_id", id)));
        let request = self
            .http
            .delete(self.account_url("message_templates"))
            .query(&query);
        match self.done(request).await {
            Ok(()) => return Ok(()),
            Err(Failed::Certain(error)) => return Err(error),
            Err(Failed::Doubtful) => {}
        }
        let left = self.by_cursor(&[("name", name)], &|_| {}).await;
        let left = left.map_err(|_| TemplateError::Unsettled)?;
        let meant = |t: &Template| t.name == name && id.is_none_or(|id| t.id == id);
        let gone = |t: &Template| matches!(t.status.as_str(), "DELETED" | "PENDING_DELETION");
        if left.iter().any(|t| meant(t) && !gone(t)) {
            Err(TemplateError::NotTaken)
        } else {
            Ok(())
        }
    }

    /// Lets a template go on that pacing had paused. Not for those paused for their quality.
    pub async fn unpause_template(&self, id: &str) -> Result<Unpaused, CallError> {
        self.only_meta()?;
        let request = self.http.post(self.url(&format!("{id}/unpause")));
        let answer = self.once(request).await?;
        if read::flag(&answer, "success") {
            Ok(Unpaused::Done)
        } else {
            Ok(Unpaused::Refused(text(&answer, "reason")))
        }
    }

    /// One attempt at something that is answered with `success`.
    async fn done(&self, request: reqwest::RequestBuilder) -> Result<(), Failed> {
        let answer = self.once(request).await?;
        // Some answers hold the object in place of the word.
        if read::flag(&answer, "success") || text(&answer, "id").is_some() {
            Ok(())
        } else {
            Err(Failed::Doubtful)
        }
    }
}

/// Whether two lists of components say the same. Samples come back as addresses, so only words count.
fn same_words(one: &[Value], other: &[Value]) -> bool {
    let words = |list: &[Value]| {
        let read = Components::read(list);
        let header = match read.header() {
            Some(Header::Text(text)) => text.text.clone(),
            Some(other) => other.format().to_owned(),
            None => String::new(),
        };
        let buttons = read.buttons().iter();
        (
            header.trim().to_owned(),
            read.body().map(|b| b.text.trim().to_owned()),
            read.footer().map(|f| f.trim().to_owned()),
            buttons
                .map(|b| (b.kind.name().to_owned(), b.text.trim().to_owned()))
                .filter(|(kind, _)| !matches!(kind.as_str(), "COPY_CODE" | "REQUEST_CONTACT_INFO"))
                .collect::<Vec<_>>(),
            read.cards().len(),
        )
    };
    words(one) == words(other)
}
