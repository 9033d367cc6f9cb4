//! A send with everything the guard asks of it, whether it is about to go out or went out long ago.

use crate::{
    send_policy::is_stop_confirmation,
    spam_guard::{Category, Consents, Content, Grant, Recipient, Send, Shop},
    template::Template,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use cloud_api::outgoing::{OutgoingContent, TemplateHeader, TemplateSend};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use store::{
    Connection, Result, about_person,
    guard_feed::{self, Told},
    template, template_use,
};

/// The guard remembers for so long when somebody wrote; of what is older it has to be told.
const REMEMBERED: i64 = 7 * 24 * 60 * 60 * 1000;

pub(super) enum Words {
    Text(String),
    Media {
        digest: String,
        caption: String,
    },
    Template {
        name: String,
        category: Category,
        approved: bool,
        body: String,
        footer: String,
        params: Vec<String>,
    },
}

pub(super) struct Letter {
    pub at: i64,
    pub to: i64,
    pub staff: u64,
    pub number_id: i64,
    pub automatic: bool,
    pub words: Words,
    pub name: String,
    pub window_open: bool,
    pub consents: Consents,
    pub last_in: Option<i64>,
}

/// What the guard has to know of a template beside its values.
#[derive(Clone)]
pub(super) struct Form {
    pub category: Category,
    pub approved: bool,
    pub footer: String,
}

/// What was looked up already: names and templates repeat.
#[derive(Default)]
pub(super) struct Known {
    names: HashMap<i64, String>,
    forms: HashMap<(String, String), Form>,
}

impl Letter {
    pub fn send<'a>(&'a self, shop: Shop<'a>) -> Send<'a> {
        Send {
            at: self.at,
            to: self.to.unsigned_abs(),
            staff: self.staff,
            number: self.number_id.unsigned_abs(),
            automatic: self.automatic,
            content: match &self.words {
                Words::Text(text) => Content::Text(text),
                Words::Media { digest, caption } => Content::Media { digest, caption },
                Words::Template {
                    name,
                    category,
                    approved,
                    body,
                    footer,
                    params,
                } => Content::Template {
                    name,
                    category: *category,
                    approved: *approved,
                    body,
                    footer,
                    params,
                },
            },
            recipient: Recipient {
                name: &self.name,
                window_open: self.window_open,
                consents: self.consents,
                last_in: self.last_in,
                unanswered_marketing: 0,
            },
            shop,
        }
    }
}

impl Known {
    pub fn name(&mut self, db: &Connection, customer_id: i64) -> Result<String> {
        if let Some(name) = self.names.get(&customer_id) {
            return Ok(name.clone());
        }
        let name = about_person::called(db, customer_id)?.unwrap_or_default();
        self.names.insert(customer_id, name.clone());
        Ok(name)
    }

    /// A template that is gone by now counts as advertising, as it does for the consents.
    pub fn form(&mut self, db: &Connection, waba_id: &str, send: &TemplateSend) -> Result<Form> {
        let key = (send.name.clone(), send.language.clone());
        if let Some(form) = self.forms.get(&key) {
            return Ok(form.clone());
        }
        let row = template::get(db, (waba_id, &send.name, &send.language))?;
        let read = row.map(Template::read);
        let form = Form {
            category: category(read.as_ref().map_or("", |found| &found.row.category)),
            approved: read
                .as_ref()
                .is_some_and(|found| found.row.status == "APPROVED"),
            footer: read
                .as_ref()
                .and_then(|found| found.components.footer())
                .unwrap_or_default()
                .to_owned(),
        };
        self.forms.insert(key, form.clone());
        Ok(form)
    }

    /// What went out, with what was known then; `None`: nothing that counts.
    pub fn sent(&mut self, db: &Connection, waba_id: &str, told: &Told) -> Result<Option<Letter>> {
        let content: Option<OutgoingContent> = match told.content.as_str() {
            "" => None,
            text => serde_json::from_str(text).ok(),
        };
        let mut window_open = true;
        let mut consents = Consents::default();
        let words = match content {
            Some(OutgoingContent::Reaction { .. }) => return Ok(None),
            Some(OutgoingContent::Template(send)) => {
                let form = self.form(db, waba_id, &send)?;
                window_open =
                    template_use::get(db, &told.outbox_id)?.is_some_and(|sent| !sent.outside);
                // It was let through, so it rested on one.
                match form.category {
                    Category::Marketing => consents.marketing = Grant::In,
                    Category::Utility => consents.service = Grant::In,
                }
                template_words(&send, form, &told.body, true)
            }
            Some(content) => free_words(&content, &told.body, &told.digest),
            None if is_file(&told.kind) => Words::Media {
                digest: hex_of(&told.sha256),
                caption: told.body.clone(),
            },
            None => Words::Text(told.body.clone()),
        };
        Ok(Some(Letter {
            at: told.at,
            to: told.customer_id,
            staff: staff_number(&told.staff),
            number_id: told.number_id,
            automatic: is_stop_confirmation(&told.outbox_id),
            words,
            name: self.name(db, told.customer_id)?,
            window_open,
            consents,
            last_in: wrote_long_ago(db, told.customer_id, told.at)?,
        }))
    }
}

/// When a customer last wrote, as far as the guard may have forgotten it.
pub(super) fn wrote_long_ago(db: &Connection, customer_id: i64, at: i64) -> Result<Option<i64>> {
    guard_feed::wrote_before(db, customer_id, at - REMEMBERED)
}

/// Of anything but a template.
pub(super) fn free_words(content: &OutgoingContent, words: &str, digest: &str) -> Words {
    match content {
        OutgoingContent::Media { .. } => Words::Media {
            digest: digest.to_owned(),
            caption: words.to_owned(),
        },
        _ => Words::Text(words.to_owned()),
    }
}

/// `body`: as the customer reads it. `passed`: it went out, whatever has become of the template since.
pub(super) fn template_words(send: &TemplateSend, form: Form, body: &str, passed: bool) -> Words {
    let mut params: Vec<String> = send.body.iter().map(|value| value.text.clone()).collect();
    if let Some(TemplateHeader::Text { text, .. }) = &send.header {
        params.push(text.clone());
    }
    let cards = send.cards.iter().flat_map(|card| &card.body);
    params.extend(cards.map(|value| value.text.clone()));
    Words::Template {
        name: send.name.clone(),
        category: form.category,
        approved: passed || form.approved,
        body: body.to_owned(),
        footer: form.footer,
        params,
    }
}

/// What Meta has not told the category of may be advertising.
pub(super) fn category(word: &str) -> Category {
    let service = ["UTILITY", "AUTHENTICATION"];
    if service.iter().any(|known| word.eq_ignore_ascii_case(known)) {
        Category::Utility
    } else {
        Category::Marketing
    }
}

/// The same for one name on every machine.
pub(super) fn staff_number(name: &str) -> u64 {
    let digest = Sha256::digest(name.as_bytes());
    digest
        .iter()
        .take(8)
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn is_file(kind: &str) -> bool {
    matches!(kind, "image" | "video" | "audio" | "document" | "sticker")
}

/// Meta writes digests in base64, we in hex.
fn hex_of(sha256: &str) -> String {
    match BASE64_STANDARD.decode(sha256) {
        Ok(bytes) if bytes.len() == 32 => hex::encode(bytes),
        _ => sha256.to_owned(),
    }
}
