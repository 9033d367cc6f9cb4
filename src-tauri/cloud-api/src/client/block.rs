//! Blocking customers (Meta, "Block users"): only people who wrote in the last 24 hours, a list of 64,000 at most.

use super::{CallError, Client};
use crate::{
    read::{self, part},
    webhook::{MetaError, Peer},
};
use reqwest::Method;
use serde_json::{Value, json};

/// How a request to block, or to unblock, ended for one person.
#[derive(Debug, Clone, PartialEq)]
pub enum Blocked {
    Done,
    /// Meta named a reason: 131047 where he did not write in the last 24 hours, 139101 where the list is full …
    Refused(MetaError),
    /// Neither in the list of those it was done for nor in the list of those it was not.
    Unclear,
    /// Meta knows people here by number (or BSUID) only; a group cannot be blocked.
    NoPerson,
}

impl Client {
    /// Messages of this person no longer reach us, and ours no longer reach him (130403).
    pub async fn block(&self, peer: &Peer) -> Result<Blocked, CallError> {
        self.change_block(Method::POST, peer, "added_users").await
    }

    pub async fn unblock(&self, peer: &Peer) -> Result<Blocked, CallError> {
        self.change_block(Method::DELETE, peer, "removed_users")
            .await
    }

    async fn change_block(
        &self,
        method: Method,
        peer: &Peer,
        done: &str,
    ) -> Result<Blocked, CallError> {
        self.only_meta()?;
        let user = match (&peer.group_id, &peer.wa_id, &peer.bsuid) {
            (None, Some(wa_id), _) => format!("+{wa_id}"),
            (None, None, Some(bsuid)) => bsuid.clone(),
            _ => return Ok(Blocked::NoPerson),
        };
        let body = json!({ "messaging_product": "whatsapp", "block_users": [{ "user": user }] });
        let request = self
            .http
            .request(method, self.number_url("block_users"))
            .json(&body);
        match self.once(request).await {
            Ok(answer) => Ok(outcome(part(&answer, "block_users"), done)),
            // Where nobody at all could be blocked, Meta may answer with an error around the list.
            Err(CallError::Refused { error, .. }) => Ok(Blocked::Refused(MetaError {
                code: error.code,
                title: error.title,
                details: error.details,
            })),
            Err(error) => Err(error),
        }
    }
}

fn outcome(lists: &Value, done: &str) -> Blocked {
    if !read::list(lists, done).is_empty() {
        return Blocked::Done;
    }
    let Some(failed) = read::list(lists, "failed_users").first() else {
        return Blocked::Unclear;
    };
    let error = read::list(failed, "errors").first().unwrap_or(&Value::Null);
    Blocked::Refused(MetaError {
        code: read::integer(error, "code").unwrap_or_default(),
        title: read::text_or_empty(error, "message"),
        details: read::text(part(error, "error_data"), "details"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_counts_only_where_meta_says_so() {
        let refused = |code| {
            Blocked::Refused(MetaError {
                code,
                title: "No".into(),
                details: None,
            })
        };
        for (answer, expected) in [
            (
                json!({ "added_users": [{ "input": "+1", "wa_id": "1" }] }),
                Blocked::Done,
            ),
            (
                json!({ "added_users": [], "failed_users": [{ "input": "+1", "errors": [{ "code": 131_047, "message": "No" }] }] }),
                refused(131_047),
            ),
            (
                json!({ "failed_users": [{ "input": "+1" }] }),
                Blocked::Refused(MetaError {
                    code: 0,
                    title: String::new(),
                    details: None,
                }),
            ),
            (json!({}), Blocked::Unclear),
        ] {
            assert_eq!(outcome(&answer, "added_users"), expected, "{answer}");
        }
    }
}
