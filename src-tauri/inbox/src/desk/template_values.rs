//! What is filled into templates before they are sent: kept with the thread's draft, so that a crash, another thread or
//! another template costs nobody what he typed. Gone once it is sent, and back when that is taken back.

use super::{Desk, not_found, threads};
use crate::{
    apply_in,
    fact::{Fact, FactKind, Number},
    outbox::template_of,
    template::{OF_FILE, values_of},
    view::{SlotValue, TemplateChoice},
};
use cloud_api::{outgoing::TemplateSend, webhook::Peer};
use std::collections::HashMap;
use store::{
    Connection, Result,
    about_person::{self, form_of},
    outbox::OutboxItem,
    thread::{self, Thread},
};

/// What is kept for one customer, by [`form_of`] a template: the values, and when the last of them was put there.
pub(super) type Kept = HashMap<String, (Vec<SlotValue>, i64)>;

impl Desk {
    /// Keeps what was filled in so far; nothing: forgets it.
    pub fn save_template_values(
        &self,
        thread_id: i64,
        name: &str,
        language: &str,
        values: &[SlotValue],
    ) -> Result<()> {
        let now = self.clock.now();
        let change = self.store.write(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let peer = threads::peer(db, &thread)?;
            let fact = filled_in(db, &thread, peer, (name, language), values, now)?;
            apply_in(db, &fact.into_iter().collect::<Vec<_>>())
        })?;
        self.tell(change);
        Ok(())
    }
}

/// The latest word on what is filled in, even if the clock was set back meanwhile; `None`: it is what is known.
pub(crate) fn filled_in(
    db: &Connection,
    thread: &Thread,
    peer: Peer,
    (name, language): (&str, &str),
    values: &[SlotValue],
    now: i64,
) -> Result<Option<Fact>> {
    let text = if values.is_empty() {
        String::new()
    } else {
        serde_json::to_string(values)?
    };
    let form = form_of(name, language);
    let there = about_person::draft_of(db, thread.number_id, thread.customer_id, &form)?;
    let (known, at) = match there {
        Some((known, then)) => (known, now.max(then + 1)),
        None => (String::new(), now),
    };
    if known == text {
        return Ok(None);
    }
    let kind = FactKind::FilledIn {
        peer,
        name: name.to_owned(),
        language: language.to_owned(),
        values: text,
        at,
    };
    Ok(Some(Fact::new(
        &Number::stored(db, thread.number_id)?,
        kind,
    )))
}

/// The values of a send that was taken back, unless somebody has begun to fill the template in again.
pub(crate) fn back_to_the_form(
    db: &Connection,
    item: &OutboxItem,
    thread: &Thread,
    peer: Peer,
    now: i64,
) -> Result<Option<Fact>> {
    let Some(send) = template_of(item) else {
        return Ok(None);
    };
    let form = form_of(&send.name, &send.language);
    let there = about_person::draft_of(db, thread.number_id, thread.customer_id, &form)?;
    if there.is_some_and(|(text, _)| !text.is_empty()) {
        return Ok(None);
    }
    let template = (send.name.as_str(), send.language.as_str());
    filled_in(db, thread, peer, template, &choice(&send).values, now)
}

/// What somebody chose and filled in, from the message that came of it.
pub(crate) fn choice(send: &TemplateSend) -> TemplateChoice {
    let values = values_of(send).into_iter().map(|(key, text)| SlotValue {
        text: text.strip_prefix(OF_FILE).unwrap_or(&text).to_owned(),
        key,
    });
    TemplateChoice {
        values: values.collect(),
        name: send.name.clone(),
        language: send.language.clone(),
    }
}

/// Everything that is filled in for the customer of a thread.
pub(super) fn kept(db: &Connection, thread: &Thread) -> Result<Kept> {
    let mut kept = Kept::new();
    for (form, text, at) in about_person::forms_of(db, thread.number_id, thread.customer_id)? {
        match serde_json::from_str(&text) {
            Ok(values) => kept.insert(form, (values, at)),
            Err(_) => kept.remove(&form),
        };
    }
    Ok(kept)
}
