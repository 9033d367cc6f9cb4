//! Every fixture of `tests/payloads` and what it says, in one line per event.

use std::{collections::BTreeSet, fs};

use super::{events, payloads};
use crate::webhook::{Content, Event, TemplateChange};

fn content_label(content: &Content) -> String {
    match content {
        Content::Text { .. } => "text".into(),
        Content::Media(media) => format!("{:?}", media.kind).to_lowercase(),
        Content::Location { .. } => "location".into(),
        Content::Contacts { requested, .. } => format!("contacts requested={requested}"),
        Content::Button { .. } => "button".into(),
        Content::ButtonReply { .. } => "button reply".into(),
        Content::ListReply { .. } => "list reply".into(),
        Content::FlowReply { .. } => "flow reply".into(),
        Content::CallPermission { granted } => format!("call permission {granted}"),
        Content::InteractiveOther { kind, .. } => format!("interactive {kind}"),
        Content::Order { .. } => "order".into(),
        Content::Reaction { emoji, .. } => format!("reaction {}", emoji.is_some()),
        Content::Edit { new, .. } => format!("edit to {}", content_label(new)),
        Content::Revoke { .. } => "revoke".into(),
        Content::System { kind, .. } => format!("system {kind}"),
        Content::Unsupported { kind, .. } => {
            format!("unsupported {}", kind.as_deref().unwrap_or("-"))
        }
        Content::Sent { kind, .. } => format!("sent {kind}"),
        Content::Unknown { kind, .. } => format!("unknown {kind}"),
    }
}

fn label(event: &Event) -> String {
    match event {
        Event::Message(m) => format!("message {}", content_label(&m.content)),
        Event::Echo(m) => format!("echo {}", content_label(&m.content)),
        Event::History(h) => format!(
            "{} {}",
            if h.outgoing { "past out" } else { "past in" },
            content_label(&h.message.content)
        ),
        Event::Status(s) => format!(
            "status {:?} {}",
            s.kind,
            s.errors.first().map_or(0, |e| e.code)
        ),
        Event::Profile(_) => "profile".into(),
        Event::IdentityChange(c) => format!("identity {}", c.kind),
        Event::Call(c) => format!("call {} opens={}", c.event, c.opens_window()),
        Event::UserPreference(p) => format!("preference {} {}", p.category, p.value),
        Event::Template(t) => match &t.change {
            TemplateChange::Status { event, reason, .. } => {
                format!("template {event} {}", reason.as_deref().unwrap_or("-"))
            }
            TemplateChange::Quality { new, .. } => format!("template quality {new}"),
            TemplateChange::Components { .. } => "template components".into(),
            TemplateChange::Category { correct, due, .. } => {
                format!("template category {} {}", correct.is_some(), due.is_some())
            }
        },
        Event::AddressBook(a) => format!("address removed={}", a.removed),
        Event::Notice(n) => format!("notice {:?} {}", n.kind, n.event),
        Event::Unknown(name) => format!("kept {name}"),
    }
}

/// Every fixture and what it says. A fixture without a row, or a row without a fixture, fails.
pub const EXPECTED: &[(&str, &[&str])] = &[
    ("message_text", &["profile", "message text"]),
    ("message_image", &["profile", "message image"]),
    ("message_video", &["profile", "message video"]),
    ("message_audio_voice", &["profile", "message audio"]),
    ("message_document", &["profile", "message document"]),
    ("message_sticker", &["profile", "message sticker"]),
    ("message_location", &["profile", "message location"]),
    (
        "message_location_without_type",
        &["profile", "message location"],
    ),
    (
        "message_contacts",
        &["profile", "message contacts requested=false"],
    ),
    (
        "message_contacts_requested",
        &["profile", "message contacts requested=true"],
    ),
    ("message_reaction", &["profile", "message reaction true"]),
    (
        "message_reaction_removed",
        &["profile", "message reaction false"],
    ),
    ("message_button", &["profile", "message button"]),
    (
        "message_interactive_button_reply",
        &["profile", "message button reply"],
    ),
    (
        "message_interactive_list_reply",
        &["profile", "message list reply"],
    ),
    (
        "message_interactive_nfm_reply",
        &["profile", "message flow reply"],
    ),
    (
        "message_interactive_call_permission",
        &["profile", "message call permission true"],
    ),
    (
        "message_interactive_other",
        &["profile", "message interactive product_reply"],
    ),
    ("message_order", &["profile", "message order"]),
    (
        "message_system_number_change",
        &["identity user_changed_number"],
    ),
    (
        "message_system_number_change_old_shape",
        &["identity user_changed_number"],
    ),
    (
        "message_system_user_id_change",
        &["identity user_changed_user_id"],
    ),
    (
        "message_system_identity",
        &["message system customer_identity_changed"],
    ),
    (
        "message_unsupported",
        &["profile", "message unsupported poll_creation"],
    ),
    (
        "message_unknown_old_shape",
        &["profile", "message unsupported unknown"],
    ),
    ("message_edit", &["profile", "message edit to text"]),
    ("message_revoke", &["profile", "message revoke"]),
    (
        "message_request_welcome",
        &["profile", "message system request_welcome"],
    ),
    ("message_bsuid_only", &["profile", "message text"]),
    ("message_group", &["profile", "message text"]),
    ("message_referral_ad", &["profile", "message text"]),
    ("message_product_inquiry", &["profile", "message text"]),
    ("message_forwarded", &["profile", "message text"]),
    (
        "message_future_kind",
        &["profile", "message unknown hologram"],
    ),
    (
        "message_text_without_body",
        &["profile", "message unknown text"],
    ),
    ("message_without_id", &["profile", "kept text"]),
    (
        "several_entries_some_malformed",
        &[
            "profile",
            "profile",
            "message text",
            "kept messages",
            "message text",
            "status Sent 0",
            "kept statuses",
            "status Delivered 0",
            "kept change",
            "kept entry",
            "kept hologram_update",
        ],
    ),
    ("field_beside_changes", &["profile", "message text"]),
    ("messages_value_errors", &["notice AccountError 130429"]),
    ("status_sent", &["profile", "status Sent 0"]),
    ("status_sent_held", &["profile", "status Sent 0"]),
    ("status_delivered", &["profile", "status Delivered 0"]),
    ("status_read", &["profile", "status Read 0"]),
    ("status_played", &["profile", "status Played 0"]),
    ("status_deleted", &["status Other 0"]),
    ("status_bsuid_only", &["status Delivered 0"]),
    ("status_group", &["status Read 0"]),
    ("status_failed_131047", &["status Failed 131047"]),
    ("status_failed_131026", &["status Failed 131026"]),
    ("status_failed_131049", &["status Failed 131049"]),
    ("status_failed_131050", &["status Failed 131050"]),
    ("status_failed_132015", &["status Failed 132015"]),
    ("template_status_approved", &["template APPROVED -"]),
    (
        "template_status_rejected",
        &["template REJECTED INVALID_FORMAT"],
    ),
    ("template_status_paused", &["template PAUSED -"]),
    (
        "template_status_disabled",
        &["template DISABLED ABUSIVE_CONTENT"],
    ),
    ("template_status_archived", &["template ARCHIVED -"]),
    ("template_quality", &["template quality YELLOW"]),
    ("template_quality_wrong_label", &["template quality RED"]),
    ("template_components", &["template components"]),
    (
        "template_category_impending",
        &["template category true true"],
    ),
    ("template_category_done", &["template category false false"]),
    (
        "account_update_restriction",
        &["notice AccountUpdate ACCOUNT_RESTRICTION"],
    ),
    (
        "account_update_violation",
        &["notice AccountUpdate ACCOUNT_VIOLATION"],
    ),
    (
        "account_update_disabled",
        &["notice AccountUpdate DISABLED_UPDATE"],
    ),
    (
        "account_update_partner_removed",
        &["notice AccountUpdate PARTNER_REMOVED"],
    ),
    (
        "account_update_verified",
        &["notice AccountUpdate VERIFIED_ACCOUNT"],
    ),
    (
        "account_alerts",
        &["notice AccountAlert INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED"],
    ),
    ("account_review_update", &["notice AccountReview APPROVED"]),
    (
        "account_settings_update",
        &["notice AccountSettings PHONE_NUMBER_SETTINGS"],
    ),
    ("business_capability_update", &["notice Capability "]),
    ("business_capability_update_number", &["notice Capability "]),
    (
        "phone_number_quality_update",
        &["notice NumberQuality THROUGHPUT_UPGRADE"],
    ),
    ("phone_number_name_update", &["notice NumberName DECLINED"]),
    ("security_pin_changed", &["notice Security PIN_CHANGED"]),
    ("flows_status", &["notice Flow FLOW_STATUS_CHANGE"]),
    (
        "business_username_update",
        &["notice BusinessUsername approved"],
    ),
    (
        "business_username_updates",
        &["notice BusinessUsername reserved"],
    ),
    ("messaging_handovers", &["notice Handover control_passed"]),
    (
        "user_preferences_stop",
        &["preference marketing_messages stop"],
    ),
    (
        "user_preferences_resume",
        &["preference marketing_messages resume"],
    ),
    ("user_id_update", &["identity user_id_update"]),
    ("smb_message_echoes", &["echo text", "echo sent template"]),
    (
        "smb_app_state_sync",
        &["address removed=false", "address removed=true"],
    ),
    (
        "history_threads",
        &[
            "notice HistoryImport 0",
            "past in text",
            "past out text",
            "past in unsupported media_placeholder",
            "past in text",
        ],
    ),
    ("history_media", &["past in image"]),
    ("history_refused", &["notice AccountError 2593109"]),
    (
        "call_connect_from_customer",
        &["profile", "call connect opens=true"],
    ),
    ("call_terminate", &["profile", "call terminate opens=false"]),
    ("call_status_accepted", &["call ACCEPTED opens=true"]),
    (
        "standby",
        &["profile", "message text", "echo text", "status Sent 0"],
    ),
    ("kept_group_lifecycle", &["kept group_lifecycle_update"]),
    ("kept_automatic_events", &["kept automatic_events"]),
    (
        "kept_payment_configuration",
        &["kept payment_configuration_update"],
    ),
    ("kept_unknown_field", &["kept hologram_update"]),
];

#[test]
fn every_fixture_says_what_it_should() {
    for (name, expected) in EXPECTED {
        let labels: Vec<String> = events(name).iter().map(label).collect();
        assert_eq!(labels, *expected, "{name}");
    }
}

#[test]
fn no_fixture_is_left_out() {
    let named: BTreeSet<String> = EXPECTED.iter().map(|(n, _)| (*n).to_owned()).collect();
    let present: BTreeSet<String> = fs::read_dir(payloads())
        .expect("the folder of fixtures")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    assert_eq!(present, named);
}
