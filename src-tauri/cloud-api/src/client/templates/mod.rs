//! The account's templates, to the last page; `change` hands them in and changes them, `upload` brings samples.

mod change;
mod refusal;
mod upload;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CallError, Client, Provider, call::next_cursor};
use crate::{
    error::Action,
    read::{self, part, text},
};

pub use change::{CreatedTemplate, TemplateEdit, Unpaused};
pub use refusal::{TemplateError, TemplateRefusal};

const FIELDS: &str = "id,name,language,status,category,correct_category,sub_category,components,\
parameter_format,quality_score,rejected_reason,message_send_ttl_seconds";
const PAGE: &str = "100";
/// 360dialog's own page.
const OFFSET_PAGE: &str = "1000";
/// 6,000 templates are the most an account may have; in pages of 25, were the limit ignored, that is 240.
const PAGES_MAX: usize = 400;

/// A template as the list shows it (Meta, "Template management"). Enum values stay Meta's words, since new
/// ones come without notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Template {
    pub id: String,
    pub name: String,
    /// With an underscore, e.g. `pt_BR`.
    pub language: String,
    /// APPROVED, PENDING, REJECTED, PAUSED, DISABLED, …
    pub status: String,
    /// MARKETING, UTILITY, AUTHENTICATION.
    pub category: String,
    /// Where Meta holds it to be of another category: the change is to come.
    pub correct_category: Option<String>,
    pub sub_category: Option<String>,
    /// POSITIONAL or NAMED; POSITIONAL where Meta says nothing.
    pub parameter_format: String,
    /// GREEN, YELLOW, RED, UNKNOWN.
    pub quality: Option<String>,
    pub rejected_reason: Option<String>,
    pub message_send_ttl_seconds: Option<i64>,
    /// HEADER, BODY, FOOTER, BUTTONS … as Meta wrote them.
    pub components: Vec<Value>,
}

/// The whole list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TemplateList {
    /// In the provider's order.
    pub templates: Vec<Template>,
    /// How many the provider says there are, where it does: more than `templates` means that some were not to be had.
    pub total: Option<usize>,
}

impl std::ops::Deref for TemplateList {
    type Target = [Template];

    fn deref(&self) -> &[Template] {
        &self.templates
    }
}

impl IntoIterator for TemplateList {
    type Item = Template;
    type IntoIter = std::vec::IntoIter<Template>;

    fn into_iter(self) -> Self::IntoIter {
        self.templates.into_iter()
    }
}

/// Is told after each page how many there are so far.
type Told<'a> = &'a (dyn Fn(usize) + Send + Sync);

impl Client {
    /// All templates of the account, in Meta's order. A cursor that Meta no longer knows (131059) starts the
    /// list again, once.
    pub async fn templates(&self) -> Result<TemplateList, CallError> {
        self.templates_told(&|_| {}).await
    }

    /// The same; `told` hears after each page how many there are so far.
    pub async fn templates_told(&self, told: Told<'_>) -> Result<TemplateList, CallError> {
        match self.all_templates(told).await {
            Err(error)
                if error
                    .rule()
                    .is_some_and(|r| r.action == Action::RestartList) =>
            {
                self.all_templates(told).await
            }
            result => result,
        }
    }

    async fn all_templates(&self, told: Told<'_>) -> Result<TemplateList, CallError> {
        match self.config.provider {
            Provider::Meta => self.by_cursor(&[], told).await,
            Provider::Dialog360 => self.by_offset(told).await,
        }
    }

    /// The template of this name and language, as it is now.
    async fn find_template(
        &self,
        name: &str,
        language: &str,
    ) -> Result<Option<Template>, CallError> {
        let list = match self.config.provider {
            Provider::Meta => self.by_cursor(&[("name", name)], &|_| {}).await?,
            Provider::Dialog360 => self.by_offset(&|_| {}).await?,
        };
        // Meta's filter also lets through names that only contain it.
        let mut all = list.into_iter();
        Ok(all.find(|t| t.name == name && t.language == language))
    }

    async fn by_cursor(
        &self,
        filter: &[(&str, &str)],
        told: Told<'_>,
    ) -> Result<TemplateList, CallError> {
        let url = self.account_url("message_templates");
        let mut list = TemplateList::default();
        let mut after: Option<String> = None;
        for _ in 0..PAGES_MAX {
            // Graph API, "WhatsApp Business Account: message templates": `summary` counts the edge.
            let mut query = vec![
                ("fields", FIELDS),
                ("limit", PAGE),
                ("summary", "total_count"),
            ];
            query.extend(filter);
            if let Some(after) = &after {
                query.push(("after", after));
            }
            let page = self.get(&url, &query).await?;
            list.templates
                .extend(rows(&page, "data")?.iter().filter_map(template));
            told(list.templates.len());
            let total = read::integer(part(&page, "summary"), "total_count");
            list.total = total.and_then(|n| usize::try_from(n).ok()).or(list.total);
            let next = next_cursor(&page);
            if next.is_none() {
                return Ok(list);
            }
            if next == after {
                break;
            }
            after = next;
        }
        Err(CallError::EndlessList)
    }

    /// 360dialog, "Template list": another name for the same rows, `limit` and `offset`, and the `total`.
    async fn by_offset(&self, told: Told<'_>) -> Result<TemplateList, CallError> {
        let url = self.account_url("message_templates");
        let mut list = TemplateList::default();
        let mut offset = 0_usize;
        for _ in 0..PAGES_MAX {
            let at = offset.to_string();
            let page = self
                .get(&url, &[("limit", OFFSET_PAGE), ("offset", &at)])
                .await?;
            let rows = rows(&page, "waba_templates").or_else(|_| rows(&page, "data"))?;
            let total = read::integer(&page, "total").and_then(|n| usize::try_from(n).ok());
            list.templates.extend(rows.iter().filter_map(template));
            told(list.templates.len());
            list.total = total.or(list.total);
            offset += rows.len();
            // Without a total the first page is all there is.
            if rows.is_empty() || total.is_none_or(|total| offset >= total) {
                return Ok(list);
            }
        }
        Err(CallError::EndlessList)
    }
}

fn rows<'a>(page: &'a Value, key: &str) -> Result<&'a [Value], CallError> {
    let rows = page.get(key).and_then(Value::as_array);
    rows.map(Vec::as_slice).ok_or(CallError::Unreadable {
        http_status: 200,
        retry_after: None,
    })
}

/// One row; `None` where it has no name, and then nothing could be sent with it.
fn template(row: &Value) -> Option<Template> {
    Some(Template {
        id: text(row, "id").unwrap_or_default(),
        name: text(row, "name")?,
        language: text(row, "language")?.replace('-', "_"),
        // 360dialog writes it in small letters.
        status: text(row, "status").unwrap_or_default().to_ascii_uppercase(),
        category: text(row, "category")
            .unwrap_or_default()
            .to_ascii_uppercase(),
        correct_category: text(row, "correct_category"),
        sub_category: text(row, "sub_category"),
        parameter_format: text(row, "parameter_format").unwrap_or_else(|| "POSITIONAL".to_owned()),
        quality: text(part(row, "quality_score"), "score").or_else(|| text(row, "quality_score")),
        rejected_reason: text(row, "rejected_reason").filter(|r| !r.eq_ignore_ascii_case("none")),
        message_send_ttl_seconds: read::integer(row, "message_send_ttl_seconds"),
        components: read::list(row, "components").to_vec(),
    })
}
