//! News about the account, the number, and what customers set in their own app.

use serde_json::Value;

use super::{Event, IdentityChange, Notice, NoticeKind, Peer, UserPreference, conversation};
use crate::read::{self, part, text, text_of};

/// One notice for each field that raises a banner or a hold; nothing for a field nobody knows.
pub(super) fn notice(field: &str, value: &Value) -> Vec<Event> {
    let kind = match field {
        "account_update" => NoticeKind::AccountUpdate,
        "account_alerts" => NoticeKind::AccountAlert,
        "account_review_update" => NoticeKind::AccountReview,
        "account_settings_update" => NoticeKind::AccountSettings,
        "business_capability_update" => NoticeKind::Capability,
        "phone_number_quality_update" => NoticeKind::NumberQuality,
        "phone_number_name_update" => NoticeKind::NumberName,
        "security" => NoticeKind::Security,
        "messaging_handovers" => NoticeKind::Handover,
        "flows" => NoticeKind::Flow,
        "business_username_update" | "business_username_updates" => NoticeKind::BusinessUsername,
        _ => return Vec::new(),
    };
    vec![Event::Notice(Notice {
        kind,
        event: name_of(field, value).unwrap_or_default(),
        detail: value.clone(),
    })]
}

/// What the news is called, wherever the field keeps it: in the value or in the part that bears its name.
fn name_of(field: &str, value: &Value) -> Option<String> {
    const KEYS: &[&str] = &["event", "decision", "status", "type", "alert_type"];
    let inner = ["alert_info", field].into_iter();
    text_of(value, KEYS)
        .or_else(|| {
            inner
                .flat_map(|key| read::list(value, key))
                .find_map(|part| text_of(part, &["type", "event", "decision", "status"]))
        })
        .map(|name| name.trim_matches(['[', ']']).to_owned())
}

/// Stop and resume of marketing, set by the customer in WhatsApp (Meta, "user_preferences webhook").
pub(super) fn user_preferences(value: &Value) -> Vec<Event> {
    read::list(value, "user_preferences")
        .iter()
        .map(|entry| {
            user_preference(entry).map_or_else(
                || Event::Unknown("user_preferences".to_owned()),
                Event::UserPreference,
            )
        })
        .collect()
}

fn user_preference(entry: &Value) -> Option<UserPreference> {
    let peer = conversation::peer(entry, "wa_id", "user_id");
    if peer == Peer::default() {
        return None;
    }
    Some(UserPreference {
        peer,
        category: text(entry, "category")?,
        value: text(entry, "value")?,
        detail: text(entry, "detail"),
        at: read::moment(entry, "timestamp"),
    })
}

/// Documented once, then withdrawn in favour of system messages; some accounts may still send it.
pub(super) fn user_id_updates(value: &Value) -> Vec<Event> {
    read::list(value, "user_id_update")
        .iter()
        .map(|entry| {
            user_id_update(entry).map_or_else(
                || Event::Unknown("user_id_update".to_owned()),
                Event::IdentityChange,
            )
        })
        .collect()
}

fn user_id_update(entry: &Value) -> Option<IdentityChange> {
    let ids = part(entry, "user_id");
    let previous =
        text(ids, "previous").or_else(|| text_of(entry, &["previous_user_id", "old_user_id"]))?;
    let current = text(ids, "current").or_else(|| text_of(entry, &["new_user_id", "user_id"]))?;
    let wa_id = read::wa_id(entry, "wa_id");
    Some(IdentityChange {
        // Has no wamid; the two ids name the change just as well when it comes twice.
        wamid: format!("user_id_update:{previous}:{current}"),
        at: read::moment(entry, "timestamp"),
        kind: "user_id_update".to_owned(),
        old: Peer {
            bsuid: Some(previous),
            wa_id: wa_id.clone(),
            group_id: None,
        },
        new: Peer {
            bsuid: Some(current),
            wa_id,
            group_id: None,
        },
        body: read::text_or_empty(entry, "detail"),
    })
}
