//! From a choice to a message, and its bubble. Files are not at Meta yet when a template is queued: the message
//! then names them by their place in the store, and Meta's id is put there when they are up.

use super::{
    Template,
    parts::{body, header_kind},
};
use crate::view::{Body, SentCard, SlotFault, SlotRefusal, SlotValue};
use cloud_api::{
    outgoing::{OutgoingContent, TemplateButton, TemplateHeader, TemplateSend, TemplateValue},
    template::{Components, Given, Header, SlotKind, Values, Why, render},
    webhook::MediaKind,
};
use std::collections::BTreeMap;

/// Stands before the id of a file of ours where Meta's id will stand.
pub(crate) const OF_FILE: &str = "file:";

/// A file of ours that was put there for a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GivenFile {
    pub kind: String,
    pub filename: String,
}

/// A template filled in.
#[derive(Debug)]
pub(crate) struct Filled {
    pub content: OutgoingContent,
    pub bubble: Body,
    pub words: String,
    /// Files that go with it, by their ids.
    pub files: Vec<String>,
}

impl Template {
    /// The message, or every slot that is empty or holds what Meta refuses. `file`: what is known of a file of ours.
    pub(crate) fn fill(
        &self,
        given: &[SlotValue],
        now: i64,
        file: impl Fn(&str) -> Option<GivenFile>,
    ) -> Result<Filled, Vec<SlotRefusal>> {
        let text = |key: &str| {
            let found = given.iter().find(|value| value.key == key);
            found.map_or("", |value| value.text.as_str())
        };
        let (mut values, mut bad, mut files) = (BTreeMap::new(), Vec::new(), Vec::new());
        for slot in self.components.slots() {
            let own = text(&slot.key);
            let fault = match (&slot.kind, own.trim()) {
                (_, "") => Some(SlotFault::Empty),
                (SlotKind::Media(kind), id) => match file(id) {
                    None => Some(SlotFault::FileGone),
                    Some(found) if found.kind != word(*kind) => {
                        Some(SlotFault::FileKind { kind: found.kind })
                    }
                    Some(found) => {
                        let named = *kind == MediaKind::Document;
                        let media = Given::Media {
                            id: format!("{OF_FILE}{id}"),
                            filename: named.then_some(found.filename),
                        };
                        values.insert(slot.key.clone(), media);
                        files.push(id.to_owned());
                        continue;
                    }
                },
                (SlotKind::Expires, moment) => {
                    let ahead = moment.parse::<i64>().is_ok_and(|moment| moment > now);
                    (!ahead).then_some(SlotFault::NotAMoment)
                }
                _ => None,
            };
            match fault {
                Some(why) => bad.push(SlotRefusal { key: slot.key, why }),
                None => {
                    values.insert(slot.key, Given::Text(own.to_owned()));
                }
            }
        }
        let values: Values = values.into_iter().collect();
        let named = |key: &str| bad.iter().any(|known: &SlotRefusal| known.key == key);
        let more: Vec<SlotRefusal> = self
            .send()
            .problems(&values)
            .into_iter()
            .filter(|problem| !named(&problem.key))
            .map(|problem| SlotRefusal {
                why: fault(&problem.why, text(&problem.key)),
                key: problem.key,
            })
            .collect();
        bad.extend(more);
        if !bad.is_empty() {
            return Err(bad);
        }
        let send = self.send().fill(&values).map_err(|problems| {
            let bad = problems.into_iter().map(|problem| SlotRefusal {
                why: fault(&problem.why, ""),
                key: problem.key,
            });
            bad.collect::<Vec<_>>()
        })?;
        let filled = filled(self, |key| text(key).trim());
        Ok(Filled {
            words: filled.1,
            bubble: filled.0,
            content: OutgoingContent::Template(send),
            files,
        })
    }
}

fn fault(why: &Why, text: &str) -> SlotFault {
    let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match why {
        Why::Missing | Why::NotAText | Why::NotSendable(_) => SlotFault::Empty,
        Why::LineBreak if !text.contains(['\n', '\r']) => SlotFault::Tab,
        Why::LineBreak => SlotFault::LineBreak,
        Why::Spaces => SlotFault::Spaces,
        Why::SpaceInAddress => SlotFault::SpaceInAddress,
        Why::TooLong { length, max } => SlotFault::TooLong {
            length: n(*length),
            limit: n(*max),
        },
        Why::NotANumber => SlotFault::NotANumber,
        Why::NotAFile => SlotFault::FileGone,
    }
}

/// What a file of ours has to be for a header of this kind.
fn word(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Video => "video",
        MediaKind::Document => "document",
        _ => "image",
    }
}

/// The bubble, and its words.
pub(crate) fn filled<'a>(template: &Template, value: impl Fn(&str) -> &'a str) -> (Body, String) {
    let components = &template.components;
    let within = |prefix: &str, part: &str, text: &str| {
        render(text, |label| {
            Some(value(&format!("{prefix}{part}:{label}")))
        })
    };
    let buttons = |components: &Components| {
        let buttons = components.buttons().iter();
        buttons
            .map(|button| button.text.clone())
            .collect::<Vec<_>>()
    };
    let words = within("", "body", &body(components));
    let place = match components.header() {
        Some(Header::Location) => {
            let place = [value("header:place"), value("header:address")];
            Some(place.join("\n").trim().to_owned())
        }
        Some(Header::Text(text)) => Some(within("", "header", &text.text)),
        _ => None,
    };
    let cards = components
        .cards()
        .iter()
        .enumerate()
        .map(|(n, card)| SentCard {
            header_kind: header_kind(&card.components).unwrap_or_default(),
            text: within(&format!("card:{n}:"), "body", &body(&card.components)),
            buttons: buttons(&card.components),
        });
    let bubble = Body::Template {
        name: template.row.name.clone(),
        text: words.clone(),
        header: place,
        footer: components.footer().map(str::to_owned),
        buttons: buttons(components),
        header_kind: header_kind(components),
        cards: cards.collect(),
        offer: components.offer().map(|offer| offer.text.clone()),
    };
    (bubble, words)
}

/// The values a message was filled with, by key. Files are named as the message names them.
pub(crate) fn values_of(send: &TemplateSend) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    add_values(
        &mut found,
        "",
        send.header.as_ref(),
        &send.body,
        &send.buttons,
    );
    for (n, card) in send.cards.iter().enumerate() {
        let prefix = format!("card:{n}:");
        add_values(
            &mut found,
            &prefix,
            card.header.as_ref(),
            &card.body,
            &card.buttons,
        );
    }
    if let Some(at) = send.offer_expires_at {
        found.insert("offer:expires".to_owned(), at.to_string());
    }
    found
}

fn add_values(
    found: &mut BTreeMap<String, String>,
    prefix: &str,
    header: Option<&TemplateHeader>,
    body: &[TemplateValue],
    buttons: &[TemplateButton],
) {
    let mut add = |rest: String, text: &str| {
        found.insert(format!("{prefix}{rest}"), text.to_owned());
    };
    match header {
        Some(TemplateHeader::Text { name, text }) => {
            add(format!("header:{}", name.as_deref().unwrap_or("1")), text);
        }
        Some(TemplateHeader::Media { id, .. }) => add("header:media".to_owned(), id),
        Some(TemplateHeader::Location {
            latitude,
            longitude,
            name,
            address,
        }) => {
            add("header:latitude".to_owned(), &latitude.to_string());
            add("header:longitude".to_owned(), &longitude.to_string());
            add("header:place".to_owned(), name);
            add("header:address".to_owned(), address);
        }
        None => {}
    }
    for (n, value) in (1..).zip(body) {
        let label = value.name.clone().unwrap_or_else(|| n.to_string());
        add(format!("body:{label}"), &value.text);
    }
    for button in buttons {
        match button {
            TemplateButton::Url { index, text } => add(format!("button:{index}"), text),
            TemplateButton::CopyCode { index, code } => add(format!("button:{index}"), code),
            TemplateButton::QuickReply { .. } | TemplateButton::Flow { .. } => {}
        }
    }
}

/// The files a message names.
pub(crate) fn files_of(send: &TemplateSend) -> Vec<String> {
    let cards = send.cards.iter().map(|card| &card.header);
    let headers = std::iter::once(&send.header).chain(cards);
    headers
        .filter_map(|header| match header {
            Some(TemplateHeader::Media { id, .. }) => id.strip_prefix(OF_FILE),
            _ => None,
        })
        .map(str::to_owned)
        .collect()
}

/// Puts something else where a message names a file: Meta's id, or the file's copy. `None` leaves it.
pub(crate) fn in_place_of_files(send: &mut TemplateSend, with: impl Fn(&str) -> Option<String>) {
    let cards = send.cards.iter_mut().map(|card| &mut card.header);
    for header in std::iter::once(&mut send.header).chain(cards) {
        if let Some(TemplateHeader::Media { id, .. }) = header
            && let Some(new) = id.strip_prefix(OF_FILE).and_then(&with)
        {
            *id = new;
        }
    }
}
