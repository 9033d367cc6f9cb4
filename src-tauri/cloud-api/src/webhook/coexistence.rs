//! What comes from the WhatsApp Business app on the shop's phone: the past, and its address book.
//! (Meta, "Onboarding WhatsApp Business app users".)

use serde_json::Value;

use super::{
    AddressBookEntry, BusinessNumber, Event, HistoryMessage, Notice, NoticeKind, Peer,
    content::{self, Direction},
    conversation::{self, Contacts},
};
use crate::read::{self, part, text};

/// `history[]` with threads, or with errors where the business refused; or `messages[]`, which bring the
/// media of messages that came before as placeholders.
pub(super) fn history(value: &Value, number: Option<&BusinessNumber>) -> Vec<Event> {
    let contacts = Contacts::of(value);
    let mut events = Vec::new();
    for chunk in read::list(value, "history") {
        let before = events.len();
        if let Some(phase) = text(part(chunk, "metadata"), "phase") {
            events.push(notice(
                NoticeKind::HistoryImport,
                phase,
                part(chunk, "metadata"),
            ));
        }
        for thread in read::list(chunk, "threads") {
            let customer = customer_of(thread);
            for entry in read::list(thread, "messages") {
                events.push(past(entry, &contacts, &customer, number));
            }
        }
        for error in content::errors(chunk) {
            events.push(notice(
                NoticeKind::AccountError,
                error.code.to_string(),
                value,
            ));
        }
        if events.len() == before {
            events.push(Event::Unknown("history".to_owned()));
        }
    }
    for entry in read::list(value, "messages") {
        events.push(past(entry, &contacts, &Peer::default(), number));
    }
    for error in content::errors(value) {
        events.push(notice(
            NoticeKind::AccountError,
            error.code.to_string(),
            value,
        ));
    }
    events
}

fn notice(kind: NoticeKind, event: String, detail: &Value) -> Event {
    Event::Notice(Notice {
        kind,
        event,
        detail: detail.clone(),
    })
}

/// The thread's `id` is the customer's number; newer bodies have a `context` with both ids instead.
fn customer_of(thread: &Value) -> Peer {
    let context = part(thread, "context");
    let named = conversation::peer(context, "wa_id", "user_id");
    if named == Peer::default() {
        conversation::peer(thread, "id", "user_id")
    } else {
        named
    }
}

fn past(
    entry: &Value,
    contacts: &Contacts<'_>,
    customer: &Peer,
    number: Option<&BusinessNumber>,
) -> Event {
    let context = part(entry, "history_context");
    let outgoing = read::flag(context, "from_me")
        || conversation::is_own(entry, number)
        || (text(entry, "from").is_none() && read::wa_id(entry, "to").is_some());
    let direction = if outgoing {
        Direction::Out
    } else {
        Direction::In
    };
    // The thread says whom it is with; a message that names nobody takes the name from there.
    let mut entry_with_peer = entry.clone();
    if let Some(fields) = entry_with_peer.as_object_mut() {
        let (phone, bsuid) = match direction {
            Direction::In => ("from", "from_user_id"),
            Direction::Out => ("to", "to_user_id"),
        };
        for (key, known) in [(phone, &customer.wa_id), (bsuid, &customer.bsuid)] {
            if let Some(known) = known {
                fields
                    .entry(key)
                    .or_insert_with(|| Value::String(known.clone()));
            }
        }
    }
    match conversation::message(&entry_with_peer, contacts, direction, number) {
        Some(message) => Event::History(HistoryMessage {
            message,
            outgoing,
            status: text(context, "status").map(|status| status.to_ascii_uppercase()),
        }),
        None => Event::Unknown("history".to_owned()),
    }
}

/// `state_sync[]`: one entry of the phone's address book each.
pub(super) fn address_book(value: &Value) -> Vec<Event> {
    read::list(value, "state_sync")
        .iter()
        .map(|entry| {
            address_book_entry(entry).map_or_else(
                || Event::Unknown("state_sync".to_owned()),
                Event::AddressBook,
            )
        })
        .collect()
}

fn address_book_entry(entry: &Value) -> Option<AddressBookEntry> {
    let contact = entry.get("contact")?;
    let digits = text(contact, "phone_number")
        .map(|number| {
            number
                .chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        })
        .filter(|digits| !digits.is_empty());
    let peer = Peer {
        bsuid: text(contact, "user_id"),
        wa_id: digits,
        group_id: None,
    };
    if peer == Peer::default() {
        return None;
    }
    Some(AddressBookEntry {
        peer,
        name: read::text_of(contact, &["full_name", "first_name"]),
        username: read::username(contact, "username"),
        removed: text(entry, "action").as_deref() == Some("remove"),
        at: read::moment(part(entry, "metadata"), "timestamp"),
    })
}
