//! What stands on a sheet for the shop: the wordings in force, in full, and what a scan makes people send.

use super::{super::Desk, business};
use store::{Result, wording};

/// One purpose and its wording, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetWording {
    /// A key, or the label of a purpose of the shop's own.
    pub purpose: String,
    pub text: String,
    pub id: String,
    pub version: i64,
    /// Hex, of the text as it is shown.
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetRecord {
    pub made_at: i64,
    pub business: String,
    /// As people read it; empty: none is connected.
    pub own_number: String,
    pub wordings: Vec<SheetWording>,
    /// `None`: no number is connected, so there is nobody to write to.
    pub qr: Option<SheetCode>,
    /// Empty: none was given out.
    pub form_number: String,
}

/// What a scan leads to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetCode {
    pub url: String,
    /// The message it makes people send.
    pub text: String,
}

impl Desk {
    /// The wordings in force for these purposes in a language, in the order of the purposes.
    pub fn sheet(&self, language: &str, purposes: &[String]) -> Result<SheetRecord> {
        use sha2::{Digest, Sha256};
        let made_at = self.clock.now();
        let own_number = self.account.display.clone();
        self.store.read(|db| {
            let business = business(db)?;
            let all = wording::all(db)?;
            let labels = wording::purposes(db)?;
            let in_force = |purpose: &String| {
                let row = all.iter().find(|row| {
                    row.purpose == *purpose && row.language == language && row.retired_at < 0
                })?;
                let text = row.text.replace("{{business}}", &business);
                let label = labels.iter().find(|own| own.key == *purpose);
                Some(SheetWording {
                    purpose: label.map_or_else(|| purpose.clone(), |own| own.label.clone()),
                    sha256: hex::encode(Sha256::digest(text.as_bytes())),
                    text,
                    id: row.id.clone(),
                    version: row.version,
                })
            };
            Ok(SheetRecord {
                made_at,
                wordings: purposes.iter().filter_map(in_force).collect(),
                business,
                own_number,
                qr: None,
                form_number: String::new(),
            })
        })
    }
}
