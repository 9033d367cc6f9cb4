//! Listing templates, in pages with cursors (Meta, "Template management"; limits of a page as in the Graph API).

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{graph_error::GraphError, templates::Template};

const DEFAULT_PAGE: usize = 25;
const LARGEST_PAGE: usize = 1_000;

/// `GET /{waba_id}/message_templates`.
pub fn list(
    templates: &[Template],
    query: &HashMap<String, String>,
    own_address: &str,
) -> Result<Value, GraphError> {
    let asked = |key: &str| query.get(key).map(String::as_str).filter(|v| !v.is_empty());
    let limit = match asked("limit") {
        None => DEFAULT_PAGE,
        Some(text) => text
            .parse()
            .ok()
            .filter(|n| (1..=LARGEST_PAGE).contains(n))
            .ok_or_else(|| GraphError::new(100, "(#100) Param limit must be a positive number"))?,
    };
    let start = match asked("after") {
        None => 0,
        Some(cursor) => read_cursor(cursor)? + 1,
    };
    let matching = |t: &&Template| {
        asked("status").is_none_or(|s| t.status == s)
            && asked("name").is_none_or(|n| t.name == n)
            && asked("language").is_none_or(|l| t.language == l)
            && asked("category").is_none_or(|c| t.category == c)
    };
    let matched: Vec<&Template> = templates.iter().filter(matching).collect();
    let page: Vec<&Template> = matched.iter().skip(start).take(limit).copied().collect();
    let mut answer =
        json!({"data": page.iter().map(|t| t.node(asked("fields"))).collect::<Vec<_>>()});
    if !page.is_empty() {
        let after = write_cursor(start + page.len() - 1);
        answer["paging"] = json!({"cursors": {"before": write_cursor(start), "after": after}});
        if start + page.len() < matched.len() {
            let mut next = format!("{own_address}?limit={limit}&after={after}");
            for (key, value) in query.iter().filter(|(k, _)| *k != "after" && *k != "limit") {
                next.push_str(&format!("&{key}={value}"));
            }
            answer["paging"]["next"] = next.into();
        }
    }
    if asked("summary").is_some() {
        answer["summary"] = json!({"total_count": matched.len()});
    }
    Ok(answer)
}

fn write_cursor(at: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("practice:{at}"))
}

fn read_cursor(cursor: &str) -> Result<usize, GraphError> {
    URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| {
            String::from_utf8(bytes)
                .ok()?
                .strip_prefix("practice:")?
                .parse()
                .ok()
        })
        .ok_or_else(|| {
            GraphError::new(
                131_059,
                "The paging cursor is not valid; start from the first page.",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::generated;

    fn query(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    }

    #[test]
    fn two_hundred_and_fifty_one_templates_come_in_pages_and_each_once() {
        let templates = generated(251, 0);
        let mut seen = Vec::new();
        let mut after = String::new();
        let mut pages = 0;
        loop {
            let page = list(
                &templates,
                &query(&[("limit", "100"), ("after", &after), ("fields", "name")]),
                "http://x",
            )
            .unwrap();
            pages += 1;
            seen.extend(
                page["data"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|t| t["name"].as_str().unwrap().to_owned()),
            );
            if page["paging"].get("next").is_none() {
                break;
            }
            after = page["paging"]["cursors"]["after"]
                .as_str()
                .unwrap()
                .to_owned();
        }
        assert_eq!(pages, 3);
        seen.dedup();
        assert_eq!(seen.len(), 251);
    }

    #[test]
    fn a_foreign_cursor_is_131059() {
        let refused = list(
            &generated(3, 0),
            &query(&[("after", "bm9uc2Vuc2U")]),
            "http://x",
        )
        .unwrap_err();
        assert_eq!(refused.code, 131_059);
    }
}
