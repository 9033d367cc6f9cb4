//! From a webhook body to facts.

use crate::{
    fact::{By, Fact, FactKind, NameField, Number, Said, Tick},
    service_window::effective,
};
use cloud_api::webhook::{Content, Event, Item, Message, Peer, Webhook};

/// The facts a body holds. `received_at`: when the relay had it, Unix milliseconds.
///
/// Items nobody here knows make no fact; they stay in the raw body.
pub fn facts(webhook: &Webhook, received_at: i64) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (place, item) in webhook.items.iter().enumerate() {
        let place = i64::try_from(place).unwrap_or(999).min(999);
        let reading = Reading {
            item,
            received_at,
            arrived: received_at * 1000 + place,
        };
        reading.read(&mut facts);
    }
    facts
}

struct Reading<'a> {
    item: &'a Item,
    received_at: i64,
    arrived: i64,
}

impl Reading<'_> {
    fn read(&self, facts: &mut Vec<Fact>) {
        let mut add = |kind| {
            facts.push(Fact {
                number: self.number(),
                kind,
            })
        };
        match &self.item.event {
            Event::Message(message) => self.message(message, By::Customer, &mut add),
            Event::Echo(message) => self.message(message, By::Phone, &mut add),
            Event::History(history) => {
                let by = if history.outgoing {
                    By::HistoryOut
                } else {
                    By::HistoryIn
                };
                self.message(&history.message, by, &mut add);
            }
            Event::Status(status) => {
                let at = self.time(status.at);
                if usable(&status.recipient) {
                    add(FactKind::Met {
                        peer: status.recipient.clone(),
                        at,
                    });
                }
                add(FactKind::Ticked(Tick {
                    wamid: status.wamid.clone(),
                    kind: status.kind,
                    recipient: status.recipient.clone(),
                    callback_data: status.callback_data.clone(),
                    error: status.errors.first().cloned(),
                    pricing: status.pricing.clone(),
                    at,
                }));
            }
            Event::Profile(profile) => {
                let at = self.time(profile.at);
                let mut named = |field, value: &Option<String>| {
                    if let Some(value) = value.as_ref().filter(|v| !v.is_empty()) {
                        add(FactKind::Named {
                            peer: profile.peer.clone(),
                            parent_bsuid: profile.parent_bsuid.clone(),
                            field,
                            value: value.clone(),
                            at,
                        });
                    }
                };
                named(NameField::Name, &profile.name);
                named(NameField::Username, &profile.username);
            }
            Event::AddressBook(entry) => {
                let at = self.time(entry.at);
                let value = if entry.removed {
                    Some(String::new())
                } else {
                    entry.name.clone()
                };
                if let Some(value) = value {
                    add(FactKind::Named {
                        peer: entry.peer.clone(),
                        parent_bsuid: None,
                        field: NameField::Book,
                        value,
                        at,
                    });
                }
            }
            Event::IdentityChange(change) => add(FactKind::IdentityChanged {
                wamid: change.wamid.clone(),
                old: change.old.clone(),
                new: change.new.clone(),
                body: change.body.clone(),
                at: self.time(change.at),
                arrived: self.arrived,
            }),
            Event::Call(call) => add(FactKind::Called {
                id: call.id.clone(),
                peer: call.peer.clone(),
                event: call.event.clone(),
                from_customer: call.from_customer,
                opens_window: call.opens_window() && call.at.is_some(),
                at: self.time(call.at),
                arrived: self.arrived,
            }),
            Event::UserPreference(preference) => add(FactKind::Preferred {
                peer: preference.peer.clone(),
                category: preference.category.clone(),
                value: preference.value.clone(),
                at: self.time(preference.at),
            }),
            Event::Template(news) => add(FactKind::TemplateTold {
                waba_id: self.item.waba_id.clone(),
                name: news.name.clone(),
                language: news.language.clone(),
                template_id: news.template_id.clone(),
                change: news.change.clone(),
                at: self.time(self.item.entry_at),
            }),
            Event::Notice(notice) => add(FactKind::Noticed {
                waba_id: self.item.waba_id.clone(),
                kind: notice.kind,
                event: notice.event.clone(),
                detail: notice.detail.clone(),
                at: self.time(self.item.entry_at),
            }),
            _ => {}
        }
    }

    fn message(&self, message: &Message, by: By, add: &mut impl FnMut(FactKind)) {
        let at = self.time(message.at);
        match &message.content {
            Content::Reaction { target, emoji } => {
                let by_us = matches!(by, By::Phone | By::HistoryOut);
                add(FactKind::Reacted {
                    peer: message.peer.clone(),
                    by_us,
                    target: target.clone(),
                    emoji: emoji.clone(),
                    at,
                });
            }
            Content::Edit { target, new } => {
                add(FactKind::Edited {
                    target: target.clone(),
                    content: (**new).clone(),
                    at,
                });
            }
            Content::Revoke { target } => add(FactKind::Revoked {
                target: target.clone(),
                at,
            }),
            content => add(FactKind::Said(Said {
                wamid: message.wamid.clone(),
                peer: message.peer.clone(),
                by,
                content: content.clone(),
                at,
                timed: message.at.is_some(),
                arrived: self.arrived,
                context: message.context.clone(),
                referral: message.referral.clone(),
            })),
        }
    }

    /// Meta's time, clipped to arrival; arrival where there is none.
    fn time(&self, at: Option<i64>) -> i64 {
        at.map_or(self.received_at, |at| effective(at, self.received_at))
    }

    fn number(&self) -> Number {
        self.item
            .number
            .as_ref()
            .map_or_else(Number::default, |number| Number {
                phone_number_id: number.phone_number_id.clone(),
                display: number.display.clone(),
            })
    }
}

fn usable(peer: &Peer) -> bool {
    peer.group_id.is_none() && peer.bsuid.is_some() && peer.wa_id.is_some()
}
