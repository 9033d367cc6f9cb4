//! What customers' own words do to their consents: a code they scanned, an answer to our question, a stop.
//!
//! Decided once, by the device that takes the message in, and written into its ledger in the same transaction. Acts
//! are named after the message, so that one that comes again is no second act.

use super::wordings;
use crate::{
    customer,
    desk::{Desk, answered_by, asked_id, code_in},
    fact::{By, Fact, FactKind, Said},
    ledger::{self, Act, Event, OFFERS, ShownWording, channel},
    opt_out::{self, Recognised, Scope, Tier, Yes},
    view::{Change, CounterEntry, Strength},
};
use cloud_api::{outgoing::OutgoingContent, webhook::Content};
use store::{
    Connection, Result,
    consent::{self as rows, ActRow},
    consent_code, message, outbox, setting, template,
    thread::Thread,
};

/// How long a yes is an answer to our question.
const ANSWER_WITHIN: i64 = 7 * 24 * 60 * 60 * 1000;
/// Setting, `0`: a stop is not confirmed.
pub const CONFIRM_STOPS: &str = "consent_confirm_stops";

/// Listens to what came in; for the transaction that applied it.
pub(crate) fn listen(desk: &Desk, db: &Connection, facts: &[Fact], now: i64) -> Result<Change> {
    let mut change = Change::default();
    for fact in facts {
        let FactKind::Said(said) = &fact.kind else {
            continue;
        };
        if said.by != By::Customer || said.peer.group_id.is_some() {
            continue;
        }
        let Some(words) = words(&said.content) else {
            continue;
        };
        let phone_number_id = &fact.number.phone_number_id;
        let Some(thread) = customer::thread_with(db, phone_number_id, &said.peer, said.at)? else {
            continue;
        };
        let heard = Heard {
            desk,
            db,
            said,
            thread: &thread,
            now,
        };
        heard.words(&words, &mut change)?;
    }
    Ok(change)
}

/// What the customer said, in words of his own or of a button.
struct Words<'a> {
    text: &'a str,
    /// Of a reply button.
    button_id: &'a str,
    button: bool,
}

fn words(content: &Content) -> Option<Words<'_>> {
    Some(match content {
        Content::Text { body } => Words {
            text: body,
            button_id: "",
            button: false,
        },
        Content::Button { text, .. } => Words {
            text,
            button_id: "",
            button: true,
        },
        Content::ButtonReply { id, title } | Content::ListReply { id, title, .. } => Words {
            text: title,
            button_id: id,
            button: true,
        },
        _ => return None,
    })
}

struct Heard<'a> {
    desk: &'a Desk,
    db: &'a Connection,
    said: &'a Said,
    thread: &'a Thread,
    now: i64,
}

impl Heard<'_> {
    fn words(&self, words: &Words<'_>, change: &mut Change) -> Result<()> {
        if let Some(code) = code_in(words.text)
            && self.scanned(&code, change)?
        {
            return Ok(());
        }
        if let Some((ask, yes)) = answered_by(words.button_id) {
            return match yes {
                true => self.agreed(&asked_id(ask), change),
                false => Ok(()),
            };
        }
        let after_marketing = self.after_marketing()?;
        let found = opt_out::recognise(words.text, after_marketing);
        match (found.tier, opt_out::answer(words.text)) {
            (Tier::Certain, _) => self.stopped(&found, change),
            // A button says what it says; nobody taps one by mistake in the middle of a sentence.
            (Tier::Ask, _) if words.button => self.stopped(&found, change),
            (Tier::Ask, _) => self.questioned(&found, words.text, change),
            (Tier::No, Some(Yes::StartWord)) => self.started(change),
            (Tier::No, Some(Yes::YesWord)) => self.said_yes(change),
            (Tier::No, _) => Ok(()),
        }
    }

    fn act(&self, event: Event, id: &str) -> Act {
        Act {
            who: Some(self.said.peer.clone()),
            channel: channel::WHATSAPP.to_owned(),
            strength: Strength::Strong,
            wamid: self.said.wamid.clone(),
            language: self.thread.language.clone(),
            ..Act::new(event, format!("{id}:{}", self.said.wamid), self.said.at)
        }
    }

    fn record(&self, act: &Act, change: &mut Change) -> Result<bool> {
        match ledger::record(self.db, act, self.now)? {
            Ok(recorded) => {
                change.merge(recorded.change);
                Ok(!recorded.entries.is_empty())
            }
            Err(why) => {
                tracing::warn!(?why, "what a customer said is not in the ledger");
                Ok(false)
            }
        }
    }

    /// The code of the till: the strongest proof there is. False: it is none of ours, or its time was over.
    fn scanned(&self, code: &str, change: &mut Change) -> Result<bool> {
        let Some(row) = consent_code::get(self.db, code)? else {
            return Ok(false);
        };
        let mine = row.state == consent_code::CONFIRMED && row.wamid == self.said.wamid;
        // What counts is when it was sent, not when it came here.
        let in_time = row.state == consent_code::WAITING && self.said.at < row.expires_at;
        let hangs = row.state == consent_code::STANDING;
        if !mine && !in_time && !hangs {
            return Ok(false);
        }
        let entry: CounterEntry = serde_json::from_str(&row.entry)?;
        let business = crate::desk::business_name(self.db)?;
        let mut shown = Vec::new();
        for named in &entry.wordings {
            // As it stood there when the code was made, retired since or not.
            if let Some(wording) = store::wording::get(self.db, &named.id, named.version)? {
                shown.push(wordings::for_act(&wording, &business));
            }
        }
        let act = Act {
            purposes: entry.purposes.clone(),
            channel: channel::COUNTER_QR.to_owned(),
            wordings: shown,
            staff: row.staff,
            name: entry.name.trim().to_owned(),
            language: entry.language.clone(),
            minor: entry.minor,
            guardian: entry.guardian.clone(),
            ..self.act(Event::Confirmed, "qr")
        };
        self.record(&act, change)?;
        if consent_code::settle(
            self.db,
            code,
            consent_code::CONFIRMED,
            self.said.at,
            &self.said.wamid,
        )? {
            let about = self
                .desk
                .described(&entry, Some(&self.said.peer), self.said.at);
            change.merge(crate::apply_in(self.db, &about)?);
            change.consents = true;
        }
        Ok(true)
    }

    /// Yes to the question `asked`: it becomes the entry, with the words that were asked.
    fn agreed(&self, asked: &str, change: &mut Change) -> Result<()> {
        let acts = rows::acts_named(self.db, asked)?;
        self.confirm(&acts, "yes", change)
    }

    fn confirm(&self, acts: &[ActRow], id: &str, change: &mut Change) -> Result<()> {
        let mut purposes: Vec<String> = Vec::new();
        let mut shown: Vec<ShownWording> = Vec::new();
        for act in acts {
            if purposes.contains(&act.purpose) {
                continue;
            }
            purposes.push(act.purpose.clone());
            shown.extend(shown_in(self.db, act)?);
        }
        if purposes.is_empty() {
            return Ok(());
        }
        let act = Act {
            purposes,
            wordings: shown,
            ..self.act(Event::Confirmed, id)
        };
        self.record(&act, change)?;
        Ok(())
    }

    /// A yes in words: only where our question stands right before it.
    fn said_yes(&self, change: &mut Change) -> Result<()> {
        let from = self.said.at - ANSWER_WITHIN;
        let asked = rows::asked_between(self.db, self.thread.customer_id, from, self.said.at)?;
        let Some(latest) = asked.iter().map(|act| act.at).max() else {
            return Ok(());
        };
        if message::wrote_between(self.db, self.thread.id, latest, self.said.at)? {
            return Ok(());
        }
        let of_it: Vec<ActRow> = asked.into_iter().filter(|act| act.at == latest).collect();
        self.confirm(&of_it, "yes", change)
    }

    /// START: what they had stopped themselves is open again, on the words they had agreed to.
    fn started(&self, change: &mut Change) -> Result<()> {
        let asked = {
            let from = self.said.at - ANSWER_WITHIN;
            rows::asked_between(self.db, self.thread.customer_id, from, self.said.at)?
        };
        if !asked.is_empty() {
            return self.confirm(&asked, "start", change);
        }
        let stopped: Vec<String> = rows::states_of(self.db, self.thread.customer_id)?
            .into_iter()
            .filter(|row| matches!(row.state.as_str(), "out" | "paused"))
            .map(|row| row.purpose)
            .collect();
        let everything = stopped.iter().any(|purpose| purpose == ledger::ALL);
        let agreed = rows::agreed_of(self.db, self.thread.customer_id)?;
        let again: Vec<ActRow> = agreed
            .into_iter()
            .filter(|act| everything || stopped.contains(&act.purpose))
            .collect();
        self.confirm(&again, "start", change)
    }

    fn stopped(&self, found: &Recognised, change: &mut Change) -> Result<()> {
        let everything = found.scope == Some(Scope::All);
        let act = Act {
            purposes: vec![if everything { ledger::ALL } else { OFFERS }.to_owned()],
            note: self.passage(found),
            ..self.act(Event::Withdrawn, "stop")
        };
        let news = self.record(&act, change)?;
        if news && setting::get(self.db, CONFIRM_STOPS)?.as_deref() != Some("0") {
            self.confirm_stop(&act.act_id, everything, found.language, change)?;
        }
        Ok(())
    }

    fn confirm_stop(
        &self,
        act_id: &str,
        everything: bool,
        language: Option<&str>,
        change: &mut Change,
    ) -> Result<()> {
        let spoken = match language {
            Some(language) => language.to_owned(),
            None => self.spoken()?,
        };
        let Some(texts) = wordings::supplied(&spoken) else {
            return Ok(());
        };
        let text = match everything {
            true => &texts.stopped.all,
            false => &texts.stopped.offers,
        };
        let business = crate::desk::business_name(self.db)?;
        let text = wordings::shown(text, &business);
        // The window this very message opened.
        let Some(thread) = store::thread::get(self.db, self.thread.id)? else {
            return Ok(());
        };
        let facts = self
            .desk
            .confirm_stop(self.db, &thread, act_id, &text, self.now)?;
        change.merge(crate::apply_in(self.db, &facts)?);
        Ok(())
    }

    /// What to write them in, where their own words (`STOP`) do not tell: what is noted of them, else the language of
    /// what they last agreed to, else that of the shop.
    fn spoken(&self) -> Result<String> {
        if !self.thread.language.is_empty() {
            return Ok(self.thread.language.clone());
        }
        let agreed = rows::agreed_of(self.db, self.thread.customer_id)?;
        if let Some(latest) = agreed.iter().max_by_key(|act| act.at)
            && let Some(wording) =
                store::wording::get(self.db, &latest.wording_id, latest.wording_version)?
        {
            return Ok(wording.language);
        }
        Ok(setting::get(self.db, "language")?.unwrap_or_default())
    }

    fn questioned(&self, found: &Recognised, text: &str, change: &mut Change) -> Result<()> {
        let scope = match found.scope {
            Some(Scope::All) => ledger::ALL,
            _ => OFFERS,
        };
        let act = Act {
            purposes: vec![scope.to_owned()],
            note: text.chars().take(500).collect(),
            ..self.act(Event::Questioned, "question")
        };
        self.record(&act, change)?;
        Ok(())
    }

    fn passage(&self, found: &Recognised) -> String {
        let text = match &self.said.content {
            Content::Text { body } => body.as_str(),
            _ => return String::new(),
        };
        let passage = found.passage.clone().and_then(|range| text.get(range));
        passage.unwrap_or(text).chars().take(500).collect()
    }

    /// Whether the latest message of ours before theirs was advertising.
    fn after_marketing(&self) -> Result<bool> {
        let Some(outbox_id) = message::ours_before(self.db, self.thread.id, self.said.at)? else {
            return Ok(false);
        };
        let Some(item) = outbox::get(self.db, &outbox_id)? else {
            return Ok(false);
        };
        let Ok(OutgoingContent::Template(send)) = serde_json::from_str(&item.content) else {
            return Ok(false);
        };
        let key = (
            self.desk.account.waba_id.as_str(),
            send.name.as_str(),
            send.language.as_str(),
        );
        let row = template::get(self.db, key)?;
        Ok(row.is_some_and(|row| row.category.eq_ignore_ascii_case("MARKETING")))
    }
}

/// The words an act rests on, as the ledger holds them.
fn shown_in(db: &Connection, act: &ActRow) -> Result<Option<ShownWording>> {
    if act.wording_id.is_empty() {
        return Ok(None);
    }
    let personal = store::ledger::personal(db, &act.hash)?
        .and_then(|row| ledger::Personal::read(&row.personal))
        .unwrap_or_default();
    Ok(Some(ShownWording {
        purpose: act.purpose.clone(),
        id: act.wording_id.clone(),
        version: act.wording_version,
        text: personal.shown,
    }))
}
