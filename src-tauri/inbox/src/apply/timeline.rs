//! Messages, calls, reactions, edits and identity lines.

use super::Work;
use crate::{
    content,
    customer::{self, Found},
    fact::{By, NameField, Number, Said},
    service_window::{effective, opened_by},
    view::Body,
};
use cloud_api::webhook::{Content, Peer};
use store::{
    Result, about_person, amendment, media,
    message::{self, NewMessage},
    thread,
};

pub(super) struct CallEvent<'a> {
    pub id: &'a str,
    pub event: &'a str,
    pub from_customer: bool,
    pub opens_window: bool,
}

impl Work<'_> {
    pub(super) fn said(&mut self, number: &Number, said: &Said) -> Result<()> {
        let found = customer::find(self.db, &said.peer, said.at, &mut self.touched)?;
        // A message of our own outbox, seen again from outside.
        if let Some((id, _)) = message::by_wamid(self.db, &said.wamid)?
            && !message::get(self.db, id)?.is_some_and(|row| row.outbox_id.is_empty())
        {
            return Ok(());
        }
        let shown = content::shown(&said.content);
        let (direction, origin) = match said.by {
            By::Customer => (message::IN, message::LIVE),
            By::Phone => (message::OUT, message::PHONE),
            By::HistoryIn => (message::IN, message::HISTORY),
            By::HistoryOut => (message::OUT, message::HISTORY),
        };
        let direction = if matches!(said.content, Content::System { .. }) {
            message::LINE
        } else {
            direction
        };
        let opens = said.by == By::Customer && said.timed && opened_by(&said.content);
        let referral = said.referral.as_ref().map(content::referral);
        let referral = referral
            .map(|view| serde_json::to_string(&view))
            .transpose()?;
        let number_id = self.number_id(number)?;
        let new = self.put(
            number_id,
            &found,
            NewMessage {
                key: format!("m:{}", said.wamid),
                wamid: said.wamid.clone(),
                direction,
                origin,
                at: said.at,
                arrived: said.arrived,
                window_at: if opens {
                    effective(said.at, said.arrived / 1000)
                } else {
                    -1
                },
                kind: shown.kind.into(),
                body: shown.words,
                payload: serde_json::to_string(&shown.body)?,
                quote_wamid: said
                    .context
                    .as_ref()
                    .and_then(|c| c.wamid.clone())
                    .unwrap_or_default(),
                referral: referral.unwrap_or_default(),
                forwarded: said
                    .context
                    .as_ref()
                    .is_some_and(|c| c.forwarded || c.frequently_forwarded),
                ..NewMessage::default()
            },
        )?;
        if new
            && said.by == By::Customer
            && direction == message::IN
            && let Some((id, _)) = message::by_wamid(self.db, &said.wamid)?
        {
            self.changed.arrived.push(id);
        }
        if let Content::Media(file) = &said.content
            && let Some(id) = &file.id
        {
            let text = |t: &Option<String>| t.clone().unwrap_or_default();
            media::want(
                self.db,
                &said.wamid,
                id,
                &text(&file.mime_type),
                &text(&file.sha256),
            )?;
        }
        if direction == message::OUT {
            self.foreign(&said.wamid)?;
        }
        amendment::amend(self.db, &said.wamid)
    }

    /// Files a row under its thread. True if it was new.
    pub(super) fn put(&mut self, number_id: i64, found: &Found, row: NewMessage) -> Result<bool> {
        let thread_id = thread::ensure(self.db, number_id, found.person.customer_id)?;
        let hidden = row.kind == "reaction";
        let key = row.key.clone();
        let before = message::put(
            self.db,
            &NewMessage {
                thread_id,
                number_id,
                person_id: found.person.id,
                loose_wa: found.loose_wa.clone(),
                shown: !hidden,
                ..row
            },
        )?;
        self.touched.threads.insert(thread_id);
        // The row may have been told of under another identifier, and so lie in another thread.
        self.touched.threads.extend(before);
        if before.is_some() && !found.loose_wa.is_empty() {
            customer::point_row_anew(self.db, &key, &found.loose_wa, &mut self.touched)?;
        }
        Ok(before.is_none())
    }

    pub(super) fn reacted(
        &mut self,
        peer: &Peer,
        by_us: bool,
        target: &str,
        emoji: Option<&str>,
        at: i64,
    ) -> Result<()> {
        // A reaction hangs on its message, so it needs no person: "them" and "us" are enough in a thread of two.
        let actor = if by_us {
            "us"
        } else {
            peer.group_id
                .as_ref()
                .and(peer.bsuid.as_deref().or(peer.wa_id.as_deref()))
                .unwrap_or("them")
        };
        amendment::observe_reaction(self.db, target, actor, emoji.unwrap_or_default(), at)?;
        if let Some((id, thread_id)) = message::by_wamid(self.db, target)? {
            self.touched.lines.insert((thread_id, id));
        }
        Ok(())
    }

    pub(super) fn edited(&mut self, target: &str, content: &Content, at: i64) -> Result<()> {
        let shown = content::shown(content);
        amendment::observe_edit(
            self.db,
            target,
            at,
            shown.kind,
            &shown.words,
            &serde_json::to_string(&shown.body)?,
        )?;
        amendment::amend(self.db, target)?;
        self.touch_message(target)
    }

    pub(super) fn revoked(&mut self, target: &str, at: i64) -> Result<()> {
        amendment::observe_revoke(self.db, target, at)?;
        amendment::amend(self.db, target)?;
        self.touch_message(target)
    }

    pub(super) fn touch_message(&mut self, wamid: &str) -> Result<()> {
        if let Some((_, thread_id)) = message::by_wamid(self.db, wamid)? {
            self.touched.threads.insert(thread_id);
        }
        Ok(())
    }

    pub(super) fn named(
        &mut self,
        peer: &Peer,
        parent: Option<&str>,
        field: NameField,
        value: &str,
        at: i64,
    ) -> Result<()> {
        let found = customer::find(self.db, peer, at, &mut self.touched)?;
        let mut news = false;
        if found.peer_key.starts_with("b:") {
            if let Some(parent) = parent {
                store::customer::observe_identity(
                    self.db,
                    found.person.id,
                    "parent_bsuid",
                    parent,
                    at,
                )?;
            }
            if field == NameField::Username {
                news |= store::customer::observe_identity(
                    self.db,
                    found.person.id,
                    "username",
                    value,
                    at,
                )?;
            }
        }
        if news {
            customer::touch_customer(self.db, found.person.customer_id, &mut self.touched)?;
        }
        self.observe_profile(&found, field.column(), value, at)
    }

    /// Notes a name of a customer; the threads that show it, or do not any more, are touched.
    fn observe_profile(&mut self, found: &Found, field: &str, value: &str, at: i64) -> Result<()> {
        let before = about_person::said_of(self.db, &found.peer_key, field)?;
        if let Some((person_id, _)) = before {
            self.touched.loose_persons.insert(person_id);
        }
        if !about_person::observe_profile(self.db, found.about(), field, value, at)? {
            return Ok(());
        }
        if let Some((person_id, said)) = before {
            // The same words again are no news; `find` has noted that they were heard.
            if person_id == found.person.id && said == value {
                return Ok(());
            }
            // A later word about a number may concern somebody else than the word before, who loses it.
            let before = store::customer::get(self.db, person_id)?;
            customer::touch_customer(self.db, before.customer_id, &mut self.touched)?;
        }
        customer::touch_customer(self.db, found.person.customer_id, &mut self.touched)
    }

    pub(super) fn identity_changed(
        &mut self,
        number: &Number,
        wamid: &str,
        (old, new): (&Peer, &Peer),
        body: &str,
        at: i64,
        arrived: i64,
    ) -> Result<()> {
        customer::change_identity(self.db, old, new, at, &mut self.touched)?;
        let found = customer::find(self.db, new, at, &mut self.touched)?;
        let line = Body::NumberChanged {
            text: body.to_owned(),
        };
        let number_id = self.number_id(number)?;
        self.put(
            number_id,
            &found,
            NewMessage {
                key: format!("m:{wamid}"),
                wamid: wamid.to_owned(),
                direction: message::LINE,
                at,
                arrived,
                window_at: -1,
                kind: "number_changed".into(),
                payload: serde_json::to_string(&line)?,
                ..NewMessage::default()
            },
        )?;
        Ok(())
    }

    /// A call is one line however many events it has; the furthest event is what the line says.
    pub(super) fn called(
        &mut self,
        number: &Number,
        peer: &Peer,
        call: CallEvent<'_>,
        at: i64,
        arrived: i64,
    ) -> Result<()> {
        let found = customer::find(self.db, peer, at, &mut self.touched)?;
        let key = format!("c:{}", call.id);
        let line = |event: &str, from_customer: bool| {
            serde_json::to_string(&Body::Call {
                event: event.to_lowercase(),
                from_customer,
            })
        };
        let number_id = self.number_id(number)?;
        let new = self.put(
            number_id,
            &found,
            NewMessage {
                key: key.clone(),
                direction: message::LINE,
                at,
                arrived,
                window_at: if call.opens_window {
                    effective(at, arrived / 1000)
                } else {
                    -1
                },
                kind: "call".into(),
                payload: line(call.event, call.from_customer)?,
                ..NewMessage::default()
            },
        )?;
        if !new && let Some((id, _)) = message::find(self.db, &key)? {
            let Ok(Body::Call {
                event: said,
                from_customer,
            }) = serde_json::from_str(&message::payload(self.db, id)?)
            else {
                return Ok(());
            };
            let event = call.event.to_lowercase();
            let furthest = if call_rank(&event) > call_rank(&said) {
                event
            } else {
                said
            };
            message::set_payload(
                self.db,
                id,
                &line(&furthest, from_customer || call.from_customer)?,
            )?;
        }
        Ok(())
    }

    /// The line "Meta closed the window", which is also what the window rule reads.
    pub(super) fn window_closed(
        &mut self,
        number_id: i64,
        source: &str,
        peer: &Peer,
        at: i64,
    ) -> Result<()> {
        let found = customer::find(self.db, peer, at, &mut self.touched)?;
        self.put(
            number_id,
            &found,
            NewMessage {
                key: closing_key(source, peer),
                direction: message::LINE,
                at,
                arrived: at * 1000,
                window_at: -1,
                kind: "window_closed".into(),
                payload: serde_json::to_string(&Body::WindowClosedByMeta)?,
                ..NewMessage::default()
            },
        )?;
        Ok(())
    }
}

/// Of the line that says Meta closed the window. One message goes to one person, so naming him too matters
/// only where news contradicts itself.
pub(super) fn closing_key(source: &str, peer: &Peer) -> String {
    format!("x:{source}:{}", customer::peer_key(peer))
}

/// How far a call got; equal words rank equal, so the order of events never matters.
fn call_rank(event: &str) -> (u8, &str) {
    let step = match event {
        "ringing" => 1,
        "connect" => 2,
        "rejected" => 3,
        "accepted" => 4,
        "terminate" => 5,
        _ => 0,
    };
    (step, event)
}
