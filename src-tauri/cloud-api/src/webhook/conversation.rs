//! What people say to each other: messages, echoes, statuses, calls, and who they are.

use serde_json::Value;

use super::{
    BusinessNumber, Call, Context, Event, IdentityChange, Message, MessageStatus, Notice,
    NoticeKind, Peer, Pricing, Profile, StatusKind,
    content::{self, Direction},
};
use crate::read::{self, part, text, text_of};

/// Everything in a `value` that has the shape of the `messages` field, the contacts first.
pub(super) fn events(value: &Value, number: Option<&BusinessNumber>, standby: bool) -> Vec<Event> {
    let contacts = Contacts::of(value);
    let mut events = contacts.profiles(newest(value));
    for message in read::list(value, "messages") {
        events.push(inbound(message, &contacts, standby));
    }
    for echo in read::list(value, "message_echoes") {
        let event = message(echo, &contacts, Direction::Out, number)
            .map(|message| Event::Echo(Message { standby, ..message }));
        events.push(event.unwrap_or_else(|| Event::Unknown("message_echoes".to_owned())));
    }
    for entry in read::list(value, "statuses") {
        let event = status(entry, &contacts).map(Event::Status);
        events.push(event.unwrap_or_else(|| Event::Unknown("statuses".to_owned())));
    }
    for error in content::errors(value) {
        events.push(Event::Notice(Notice {
            kind: NoticeKind::AccountError,
            event: error.code.to_string(),
            detail: value.clone(),
        }));
    }
    events
}

fn inbound(entry: &Value, contacts: &Contacts<'_>, standby: bool) -> Event {
    if content::kind_of(entry) == "system"
        && let Some(change) = identity_change(entry)
    {
        return Event::IdentityChange(change);
    }
    match message(entry, contacts, Direction::In, None) {
        Some(message) => Event::Message(Message { standby, ..message }),
        None => Event::Unknown(text(entry, "type").unwrap_or_else(|| "messages".to_owned())),
    }
}

/// `None` where the message has no id or belongs to nobody: then there is no thread to show it in.
pub(super) fn message(
    entry: &Value,
    contacts: &Contacts<'_>,
    direction: Direction,
    number: Option<&BusinessNumber>,
) -> Option<Message> {
    let peer = match direction {
        Direction::In => peer(entry, "from", "from_user_id"),
        Direction::Out => recipient(entry, number),
    };
    let mut peer = contacts.complete(peer);
    peer.group_id = text(entry, "group_id").or(peer.group_id);
    if peer == Peer::default() {
        return None;
    }
    Some(Message {
        wamid: text(entry, "id")?,
        peer,
        at: read::moment(entry, "timestamp"),
        content: content::read(entry, direction),
        context: context(part(entry, "context")),
        referral: entry.get("referral").filter(|r| r.is_object()).cloned(),
        standby: false,
    })
}

/// To whom an echo went. Where Meta leaves `to` out and `from` is not our own number, it was `from`.
fn recipient(entry: &Value, number: Option<&BusinessNumber>) -> Peer {
    let to = peer(entry, "to", "to_user_id");
    if to != Peer::default() || is_own(entry, number) {
        return to;
    }
    peer(entry, "from", "from_user_id")
}

/// True where `from` is the business itself, compared digit by digit.
pub(super) fn is_own(entry: &Value, number: Option<&BusinessNumber>) -> bool {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    match (text(entry, "from"), number) {
        (Some(from), Some(number)) => digits(&from) == digits(&number.display),
        _ => false,
    }
}

/// A peer out of two keys. An id such as `DE.4f…` in the phone's place is recognised as what it is.
pub(super) fn peer(entry: &Value, phone_key: &str, bsuid_key: &str) -> Peer {
    let mut peer = Peer {
        bsuid: text(entry, bsuid_key),
        wa_id: read::wa_id(entry, phone_key),
        group_id: None,
    };
    if peer.bsuid.is_none() && peer.wa_id.as_deref().is_some_and(is_bsuid) {
        peer.bsuid = peer.wa_id.take();
    }
    peer
}

/// Two-letter country, dot, letters and digits (Meta, "Business-scoped user IDs").
fn is_bsuid(id: &str) -> bool {
    let bytes = id.as_bytes();
    bytes.len() > 3 && bytes[..2].iter().all(u8::is_ascii_uppercase) && bytes[2] == b'.'
}

fn context(entry: &Value) -> Option<Context> {
    let product = part(entry, "referred_product");
    let context = Context {
        wamid: text_of(entry, &["id", "message_id"]),
        forwarded: read::flag(entry, "forwarded"),
        frequently_forwarded: read::flag(entry, "frequently_forwarded"),
        product: text(product, "catalog_id").zip(text(product, "product_retailer_id")),
    };
    (context != Context::default()).then_some(context)
}

/// The same person under a new number or id (Meta, "System messages webhook"). The old number is `from`.
fn identity_change(entry: &Value) -> Option<IdentityChange> {
    let system = part(entry, "system");
    let kind = text(system, "type")?;
    if !matches!(
        kind.as_str(),
        "user_changed_number" | "customer_changed_number" | "user_changed_user_id"
    ) {
        return None;
    }
    let new = Peer {
        bsuid: text(system, "user_id"),
        wa_id: read::wa_id(system, "wa_id").or_else(|| read::wa_id(system, "new_wa_id")),
        group_id: None,
    };
    let mut old = peer(entry, "from", "from_user_id");
    if let Some(previous) = text(system, "previous_user_id") {
        old.bsuid = Some(previous);
    } else if old.bsuid == new.bsuid {
        // Some bodies repeat the new id in `from_user_id`: it says nothing about the old one.
        old.bsuid = None;
    }
    if new == Peer::default() || old == Peer::default() {
        return None;
    }
    Some(IdentityChange {
        wamid: text(entry, "id")?,
        at: read::moment(entry, "timestamp"),
        kind,
        old,
        new,
        body: read::text_or_empty(system, "body"),
    })
}

fn status(entry: &Value, contacts: &Contacts<'_>) -> Option<MessageStatus> {
    let group = text(entry, "recipient_type").as_deref() == Some("group");
    let mut recipient = peer(entry, "recipient_id", "recipient_user_id");
    if group {
        recipient = Peer {
            group_id: text_of(entry, &["group_id", "recipient_id"]),
            ..Peer::default()
        };
    } else {
        recipient = contacts.match_only(recipient);
        recipient.group_id = text(entry, "group_id");
    }
    let price = part(entry, "pricing");
    Some(MessageStatus {
        wamid: text(entry, "id")?,
        kind: StatusKind::named(&text(entry, "status")?),
        at: read::moment(entry, "timestamp"),
        recipient,
        participant: text_of(
            entry,
            &["recipient_participant_id", "recipient_participant_user_id"],
        ),
        callback_data: text(entry, "biz_opaque_callback_data"),
        errors: content::errors(entry),
        pricing: text(price, "category").map(|category| Pricing {
            category,
            kind: text(price, "type"),
        }),
    })
}

/// `calls` holds the call itself, `statuses` how a call of ours is going (Meta, "Calling: webhooks").
pub(super) fn calls(value: &Value, number: Option<&BusinessNumber>) -> Vec<Event> {
    let contacts = Contacts::of(value);
    let mut events = contacts.profiles(newest(value));
    for entry in read::list(value, "calls") {
        let from_customer = match text(entry, "direction") {
            Some(direction) => direction.eq_ignore_ascii_case("USER_INITIATED"),
            None => !is_own(entry, number),
        };
        let other_side = if from_customer {
            peer(entry, "from", "from_user_id")
        } else {
            peer(entry, "to", "to_user_id")
        };
        events.push(call(
            entry,
            "event",
            contacts.complete(other_side),
            from_customer,
        ));
    }
    for entry in read::list(value, "statuses") {
        let other_side = peer(entry, "recipient_id", "recipient_user_id");
        events.push(call(entry, "status", contacts.complete(other_side), false));
    }
    events
}

fn call(entry: &Value, event_key: &str, peer: Peer, from_customer: bool) -> Event {
    match (text(entry, "id"), text(entry, event_key)) {
        (Some(id), Some(event)) if peer != Peer::default() => Event::Call(Call {
            id,
            peer,
            at: read::moment(entry, "timestamp"),
            event,
            from_customer,
        }),
        _ => Event::Unknown("calls".to_owned()),
    }
}

/// The newest time among all that a `value` carries.
fn newest(value: &Value) -> Option<i64> {
    ["messages", "statuses", "message_echoes", "calls"]
        .iter()
        .flat_map(|key| read::list(value, key))
        .filter_map(|entry| read::moment(entry, "timestamp"))
        .max()
}

/// `contacts[]` of a value: the names, and the other half of an identity of which a message names one.
pub(super) struct Contacts<'a>(Vec<(Peer, &'a Value)>);

impl<'a> Contacts<'a> {
    pub(super) fn of(value: &'a Value) -> Self {
        Self(
            read::list(value, "contacts")
                .iter()
                .map(|contact| (peer(contact, "wa_id", "user_id"), contact))
                .collect(),
        )
    }

    fn profiles(&self, at: Option<i64>) -> Vec<Event> {
        self.0
            .iter()
            .map(|(peer, contact)| {
                if *peer == Peer::default() {
                    return Event::Unknown("contacts".to_owned());
                }
                let profile = part(contact, "profile");
                Event::Profile(Profile {
                    peer: peer.clone(),
                    parent_bsuid: text(contact, "parent_user_id"),
                    name: text(profile, "name"),
                    username: read::username(profile, "username")
                        .or_else(|| read::username(contact, "username")),
                    at,
                })
            })
            .collect()
    }

    /// Fills in the id that a message leaves out, where a contact has both; and both, where the message
    /// names nobody and there is but one contact.
    pub(super) fn complete(&self, peer: Peer) -> Peer {
        match self.0.as_slice() {
            [(only, _)] if peer == Peer::default() => only.clone(),
            _ => self.match_only(peer),
        }
    }

    fn match_only(&self, mut peer: Peer) -> Peer {
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        // A contact that agrees in one id and differs in the other is somebody else's data.
        let fits = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
        let found = self.0.iter().find(|(contact, _)| {
            (same(&contact.bsuid, &peer.bsuid) && fits(&contact.wa_id, &peer.wa_id))
                || (same(&contact.wa_id, &peer.wa_id) && fits(&contact.bsuid, &peer.bsuid))
        });
        if let Some((contact, _)) = found {
            peer.bsuid = peer.bsuid.or_else(|| contact.bsuid.clone());
            peer.wa_id = peer.wa_id.or_else(|| contact.wa_id.clone());
        }
        peer
    }
}
