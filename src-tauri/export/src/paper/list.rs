//! The list on paper: who stands where, one line for a person and a purpose.

use serde_json::{Value as Json, json};

use super::{Letterhead, sealed, setting};
use crate::{ExportError, Seal};

/// Five hundred pages. A longer list is for a spreadsheet; nobody turns so many leaves.
const LONGEST: usize = 20_000;

/// To be asked before the rows are gathered.
pub fn fits_on_paper(rows: usize) -> Result<(), ExportError> {
    if rows <= LONGEST {
        return Ok(());
    }
    Err(ExportError::TooLong {
        rows: rows as u64,
        limit: LONGEST as u64,
    })
}

#[derive(Clone, Copy, Default)]
pub struct ListRow<'a> {
    pub name: &'a str,
    /// Number or username.
    pub address: &'a str,
    pub purpose: &'a str,
    pub state: &'a str,
    pub why_not: &'a str,
    pub since: Option<i64>,
    pub channel: &'a str,
    pub strength: &'a str,
    /// `id v3`.
    pub wording: &'a str,
    pub last_used_at: Option<i64>,
}

pub struct ListPaper<'a> {
    pub letterhead: Letterhead<'a>,
    /// What the list was narrowed to, in words; may be empty.
    pub filter: &'a str,
    pub rows: &'a [ListRow<'a>],
    pub seal: &'a Seal,
}

impl ListPaper<'_> {
    pub fn pdf(&self) -> Result<Vec<u8>, ExportError> {
        fits_on_paper(self.rows.len())?;
        let head = &self.letterhead;
        let rows: Vec<Json> = self
            .rows
            .iter()
            .map(|row| {
                let mut state = head.named("states", row.state);
                if !row.why_not.is_empty() {
                    state = format!("{state}: {}", head.named("why_not", row.why_not));
                }
                json!([
                    row.name,
                    row.address,
                    head.named("purposes", row.purpose),
                    state,
                    head.day(row.since),
                    head.named("channels", row.channel),
                    head.named("strengths", row.strength),
                    row.wording,
                    head.day(row.last_used_at),
                ])
            })
            .collect();
        let headings = [
            "name", "phone", "purpose", "state", "since", "channel", "strength", "wording", "used",
        ];
        let data = json!({
            "title": head.word("list_title"),
            "business": head.business,
            "made_at": head.shown(Some(head.about.made_at)),
            "first": true,
            "last": true,
            "total": rows.len().to_string(),
            "filter": self.filter,
            "headings": headings.map(|key| head.word(key)),
            "widths": [2.0, 1.7, 2.1, 1.6, 1.1, 1.8, 0.9, 1.3, 1.1],
            "rows": rows,
            "seal": sealed(self.seal),
        });
        let set = setting::set("list.typ", head, data, Vec::new())?;
        Ok(set.pdf)
    }
}
