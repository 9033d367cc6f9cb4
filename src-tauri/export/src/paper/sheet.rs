//! Sheets for the shop: a poster, cards for the counter, a form to sign. What people agree to stands on them in full.

use serde_json::{Value as Json, json};

use super::{
    Letterhead,
    letters::{Instead, name_missing},
    qr, setting,
};
use crate::ExportError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    /// A4.
    Poster,
    /// A6, four on a page; what does not fit on the front in readable letters stands on the back.
    Card,
    /// A4, to be filled in and signed.
    Form,
}

/// One purpose and its wording, the business's name already in it.
#[derive(Clone, Copy, Default)]
pub struct SheetBlock<'a> {
    /// A key, or the label of a purpose of the shop's own.
    pub purpose: &'a str,
    pub text: &'a str,
    pub wording_id: &'a str,
    pub version: i64,
    pub sha256: &'a str,
}

pub struct SheetPaper<'a> {
    pub kind: SheetKind,
    pub letterhead: Letterhead<'a>,
    pub blocks: &'a [SheetBlock<'a>],
    /// A wa.me link; without one the poster sends people to the staff.
    pub qr_url: Option<&'a str>,
    /// What the link makes them send.
    pub qr_text: &'a str,
    /// Of a form; empty: a line to write one on.
    pub form_number: &'a str,
}

impl SheetPaper<'_> {
    pub fn pdf(&self) -> Result<Vec<u8>, ExportError> {
        let head = &self.letterhead;
        let blocks: Vec<Json> = self
            .blocks
            .iter()
            .map(|block| {
                let print = block.sha256.get(..16).unwrap_or(block.sha256);
                json!({
                    "title": head.named("purposes", block.purpose),
                    "text": block.text,
                    // Says later which text hung there.
                    "mark": format!("{} v{} {print}", block.wording_id, block.version),
                })
            })
            .collect();
        let (template, title) = match self.kind {
            SheetKind::Poster => ("poster.typ", "poster_headline"),
            SheetKind::Card => ("card.typ", "poster_headline"),
            SheetKind::Form => ("form.typ", "form_title"),
        };
        let form_number = match self.form_number {
            "" => "________",
            number => number,
        };
        let mut data = json!({
            "title": head.word(title),
            "business": head.business,
            "own_number": head.own_number,
            "blocks": blocks,
            "qr": self.qr_url.and_then(qr::svg),
            "qr_text": self.qr_text,
            "form_number": form_number,
            "seal": {"code": ""},
        });
        // "[emoji]" is for those who read what somebody wrote, not for a wall.
        let script = head.word("other_script");
        let instead = Instead {
            emoji: "",
            script: &script,
        };
        name_missing(&mut data, instead);
        let set = setting::set(template, head, data, Vec::new())?;
        // People must be able to read all of what they agree to.
        match set.overflow {
            false => Ok(set.pdf),
            true => Err(ExportError::TooMuchText),
        }
    }
}
