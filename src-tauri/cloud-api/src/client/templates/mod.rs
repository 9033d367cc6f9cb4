//! The account's templates, to the last page.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CallError, Client, call::next_cursor};
use crate::{
    error::Action,
    read::{self, part, text},
};

const FIELDS: &str = "id,name,language,status,category,correct_category,sub_category,components,\
parameter_format,quality_score,rejected_reason,message_send_ttl_seconds";
const PAGE: &str = "100";
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

impl Client {
    /// All templates of the account, in Meta's order. A cursor that Meta no longer knows (131059) starts the
    /// list again, once.
    pub async fn templates(&self) -> Result<Vec<Template>, CallError> {
        match self.all_templates().await {
            Err(error)
                if error
                    .rule()
                    .is_some_and(|r| r.action == Action::RestartList) =>
            {
                self.all_templates().await
            }
            result => result,
        }
    }

    async fn all_templates(&self) -> Result<Vec<Template>, CallError> {
        let url = self.account_url("message_templates");
        let mut templates = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..PAGES_MAX {
            let mut query = vec![("fields", FIELDS), ("limit", PAGE)];
            if let Some(after) = &after {
                query.push(("after", after));
            }
            let page = self.get(&url, &query).await?;
            // 360dialog, "Template list": another name for the same rows, and one page.
            let rows = page.get("data").or_else(|| page.get("waba_templates"));
            let rows = rows.and_then(Value::as_array);
            let rows = rows.ok_or(CallError::Unreadable {
                http_status: 200,
                retry_after: None,
            })?;
            templates.extend(rows.iter().filter_map(template));
            let next = next_cursor(&page);
            if next.is_none() {
                return Ok(templates);
            }
            if next == after {
                break;
            }
            after = next;
        }
        Err(CallError::EndlessList)
    }
}

/// One row; `None` where it has no name, and then nothing could be sent with it.
fn template(row: &Value) -> Option<Template> {
    Some(Template {
        id: text(row, "id").unwrap_or_default(),
        name: text(row, "name")?,
        language: text(row, "language")?.replace('-', "_"),
        status: text(row, "status").unwrap_or_default(),
        category: text(row, "category").unwrap_or_default(),
        correct_category: text(row, "correct_category"),
        sub_category: text(row, "sub_category"),
        parameter_format: text(row, "parameter_format").unwrap_or_else(|| "POSITIONAL".to_owned()),
        quality: text(part(row, "quality_score"), "score").or_else(|| text(row, "quality_score")),
        rejected_reason: text(row, "rejected_reason").filter(|r| !r.eq_ignore_ascii_case("none")),
        message_send_ttl_seconds: read::integer(row, "message_send_ttl_seconds"),
        components: read::list(row, "components").to_vec(),
    })
}
