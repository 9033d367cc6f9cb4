//! The fields behind the lines: who, when, what exactly.

use serde_json::{Value, json};

use super::{events, expected::EXPECTED, fixture, main_event, message_of};
use crate::webhook::*;

#[test]
fn an_item_says_where_it_came_from() {
    let webhook = fixture("several_entries_some_malformed");
    let first = &webhook.items[2];
    assert_eq!(first.waba_id, "201100200300400");
    assert_eq!(first.field, "messages");
    assert_eq!(first.entry_at, Some(1_795_000_010_000));
    let number = first.number.as_ref().expect("metadata");
    assert_eq!(number.phone_number_id, "301100200300400");
    assert_eq!(number.display, "493055501234");
    assert_eq!(
        webhook.items.last().expect("items").waba_id,
        "201100200300401"
    );
}

#[test]
fn a_sender_without_a_phone_number_is_a_customer_like_any_other() {
    let message = message_of("message_bsuid_only");
    assert_eq!(message.peer.bsuid.as_deref(), Some("BR.3Hs8Vd0Kx5"));
    assert_eq!(message.peer.wa_id, None);
    let [Event::Profile(profile), _] = &events("message_bsuid_only")[..] else {
        panic!("a profile and a message");
    };
    assert_eq!(profile.username.as_deref(), Some("joao.padeiro"));
    assert_eq!(profile.parent_bsuid.as_deref(), Some("BR.ENT.9Qe1"));
    assert_eq!(profile.at, Some(1_795_000_000_000));
    assert_eq!(profile.peer, message.peer);
}

#[test]
fn a_contact_completes_the_id_that_a_message_leaves_out_but_never_a_stranger_s() {
    let said = |contacts: Value| {
        let body = json!({"object": OBJECT, "entry": [{"id": "1", "changes": [{"field": "messages", "value": {
            "contacts": contacts,
            "messages": [{"from": "4915155501001", "id": "wamid.A", "timestamp": "1795000000", "type": "text", "text": {"body": "?"}}],
        }}]}]});
        let webhook = parse(body.to_string().as_bytes()).expect("a body");
        match webhook.items.into_iter().next_back().map(|i| i.event) {
            Some(Event::Message(message)) => message.peer.bsuid,
            other => panic!("{other:?}"),
        }
    };
    let lena = json!({"wa_id": "4915155501001", "user_id": "DE.aaaa"});
    let otto = json!({"wa_id": "4915155501002", "user_id": "DE.bbbb"});
    assert_eq!(said(json!([otto, lena])).as_deref(), Some("DE.aaaa"));
    assert_eq!(said(json!([otto])), None);
}

#[test]
fn a_group_message_belongs_to_the_group_and_names_its_writer() {
    let peer = message_of("message_group").peer;
    assert_eq!(peer.group_id.as_deref(), Some("Y2FwaV9ncm91cDowMDAx"));
    assert_eq!(peer.wa_id.as_deref(), Some("4915155501001"));

    let Event::Status(status) = main_event("status_group") else {
        panic!("a status");
    };
    assert_eq!(
        status.recipient.group_id.as_deref(),
        Some("Y2FwaV9ncm91cDowMDAx")
    );
    assert_eq!(status.recipient.wa_id, None);
    assert_eq!(status.participant.as_deref(), Some("4915155501001"));
}

#[test]
fn a_number_change_names_the_old_and_the_new() {
    let change = |name: &str| match main_event(name) {
        Event::IdentityChange(change) => change,
        other => panic!("{name}: {other:?}"),
    };
    let full = change("message_system_number_change");
    assert_eq!(full.old.wa_id.as_deref(), Some("4915155501001"));
    assert_eq!(full.old.bsuid.as_deref(), Some("DE.7kQm2Lw9ZtR4"));
    assert_eq!(full.new.wa_id.as_deref(), Some("4915155501009"));
    assert_eq!(full.new.bsuid.as_deref(), Some("DE.Nw4Tz8Yp1Qa2"));

    let older = change("message_system_number_change_old_shape");
    assert_eq!(older.old.wa_id.as_deref(), Some("4915155501001"));
    assert_eq!(older.new.wa_id.as_deref(), Some("4915155501009"));

    let hidden = change("message_system_user_id_change");
    assert_eq!(hidden.old.bsuid.as_deref(), Some("DE.7kQm2Lw9ZtR4"));
    assert_eq!(hidden.new.bsuid.as_deref(), Some("DE.Nw4Tz8Yp1Qa2"));
    assert_eq!((hidden.old.wa_id, hidden.new.wa_id), (None, None));
}

#[test]
fn media_keep_their_id_hash_and_names() {
    let media = |name: &str| match message_of(name).content {
        Content::Media(media) => media,
        other => panic!("{name}: {other:?}"),
    };
    let document = media("message_document");
    assert_eq!(document.id.as_deref(), Some("811200300400504"));
    assert_eq!(document.filename.as_deref(), Some("Bestellung März.pdf"));
    assert_eq!(document.caption.as_deref(), Some("Die Liste"));
    assert_eq!(document.sha256.map(|s| s.len()), Some(64));
    assert!(media("message_audio_voice").voice);
    assert!(media("message_sticker").animated);
}

#[test]
fn numbers_written_as_strings_are_numbers() {
    let message = message_of("message_location_without_type");
    let Content::Location {
        latitude,
        longitude,
        ..
    } = message.content
    else {
        panic!("a location");
    };
    assert_eq!((latitude, longitude), (52.4871, 13.4249));
    assert_eq!(message.at, Some(1_795_000_000_000));
}

#[test]
fn a_status_carries_the_outbox_id_the_price_and_the_error() {
    let status = |name: &str| match main_event(name) {
        Event::Status(status) => status,
        other => panic!("{name}: {other:?}"),
    };
    let sent = status("status_sent");
    assert_eq!(
        sent.callback_data.as_deref(),
        Some("0198c0de-0000-7000-8000-000000000005")
    );
    assert_eq!(sent.at, Some(1_795_000_000_000));
    let price = sent.pricing.expect("a price");
    assert_eq!(
        (price.category.as_str(), price.kind.as_deref()),
        ("service", Some("regular"))
    );

    let failed = status("status_failed_131047");
    assert_eq!(failed.errors[0].title, "Re-engagement message");
    assert!(
        failed.errors[0]
            .details
            .as_deref()
            .is_some_and(|d| d.contains("24 hours"))
    );

    let hidden = status("status_bsuid_only").recipient;
    assert_eq!(
        (hidden.wa_id, hidden.bsuid.as_deref()),
        (None, Some("DE.7kQm2Lw9ZtR4"))
    );
}

#[test]
fn context_says_what_is_answered_forwarded_or_asked_about() {
    let context = |name: &str| message_of(name).context.expect(name);
    assert_eq!(
        context("message_button").wamid.as_deref(),
        Some("wamid.OURS0002")
    );
    let forwarded = context("message_forwarded");
    assert!(forwarded.forwarded && forwarded.frequently_forwarded && forwarded.wamid.is_none());
    assert_eq!(
        context("message_product_inquiry").product,
        Some(("701".into(), "torte-12".into()))
    );
    assert!(message_of("message_referral_ad").referral.is_some());
    assert!(message_of("message_text").context.is_none());
}

#[test]
fn a_template_language_is_written_as_the_api_wants_it_back() {
    let Event::Template(news) = main_event("template_status_rejected") else {
        panic!("a template");
    };
    assert_eq!(news.language, "en_US");
    assert_eq!(news.template_id.as_deref(), Some("551200300400500"));
    let Event::Template(news) = main_event("template_category_impending") else {
        panic!("a template");
    };
    let TemplateChange::Category { due, .. } = news.change else {
        panic!("a category");
    };
    assert_eq!(due, Some(1_795_086_400_000));
}

#[test]
fn a_template_status_says_why_and_until_when() {
    const HOUR: i64 = 3_600_000;
    let change = |name: &str| match main_event(name) {
        Event::Template(news) => news.change,
        other => panic!("{name}: {other:?}"),
    };
    let rejected = change("template_status_rejected").rejection();
    let rejected = rejected.expect("a reason");
    assert_eq!(rejected.reason.as_deref(), Some("Variable at the end"));
    assert_eq!(
        rejected.recommendation.as_deref(),
        Some("Put words after it")
    );

    let paused = change("template_status_paused");
    let info = paused.other_info().expect("a title");
    assert_eq!(info.title, "FIRST_PAUSE");
    assert_eq!(info.description.as_deref(), Some("Paused for 3 hours"));
    assert_eq!(paused.paused_until(5 * HOUR), Some(8 * HOUR));

    let disabled = change("template_status_disabled");
    assert_eq!(disabled.disabled_at(), Some(1_795_086_400_000));

    for name in [
        "template_status_approved",
        "template_quality",
        "template_category_done",
    ] {
        let change = change(name);
        assert_eq!(change.rejection(), None, "{name}");
        assert_eq!(change.other_info(), None, "{name}");
        assert_eq!(change.paused_until(0), None, "{name}");
        assert_eq!(change.disabled_at(), None, "{name}");
    }
}

#[test]
fn how_long_a_pause_takes_depends_on_its_title() {
    for (event, title, hours) in [
        ("PAUSED", "FIRST_PAUSE", Some(3)),
        ("PAUSED", "SECOND_PAUSE", Some(6)),
        ("PAUSED", "RATE_LIMITING_PAUSE", None),
        ("PAUSED", "SOMETHING_NEW", None),
        ("REINSTATED", "FIRST_PAUSE", None),
    ] {
        let change = TemplateChange::Status {
            event: event.into(),
            reason: None,
            detail: serde_json::json!({"event": event, "other_info": {"title": title}}),
        };
        assert_eq!(
            change.paused_until(0),
            hours.map(|h| h * 3_600_000),
            "{event} {title}"
        );
    }
}

#[test]
fn an_echo_belongs_to_whom_it_was_written() {
    let peers: Vec<Peer> = events("smb_message_echoes")
        .into_iter()
        .map(|event| match event {
            Event::Echo(message) => message.peer,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(peers[0].wa_id.as_deref(), Some("4915155501001"));
    assert_eq!(peers[1].bsuid.as_deref(), Some("BR.3Hs8Vd0Kx5"));
}

#[test]
fn everything_of_a_standby_lane_is_marked_as_such() {
    for event in events("standby") {
        if let Event::Message(message) | Event::Echo(message) = event {
            assert!(message.standby);
        }
    }
    assert!(!message_of("message_text").standby);
}

#[test]
fn history_knows_its_customer_from_the_thread() {
    let peers: Vec<Peer> = events("history_threads")
        .into_iter()
        .filter_map(|event| match event {
            Event::History(past) => Some(past.message.peer),
            _ => None,
        })
        .collect();
    assert!(
        peers[..3]
            .iter()
            .all(|p| p.wa_id.as_deref() == Some("4915155501001"))
    );
    assert_eq!(peers[3].bsuid.as_deref(), Some("BR.3Hs8Vd0Kx5"));
}

#[test]
fn an_address_book_number_is_reduced_to_its_digits() {
    let Event::AddressBook(entry) = main_event("smb_app_state_sync") else {
        panic!("an entry");
    };
    assert_eq!(entry.peer.wa_id.as_deref(), Some("4915155501001"));
    assert_eq!(entry.username.as_deref(), Some("lena.backt"));
    assert_eq!(entry.at, Some(1_795_000_000_000));
}

#[test]
fn what_is_kept_raw_is_named() {
    let kept =
        |name: &str| -> Vec<String> { fixture(name).kept_raw().map(str::to_owned).collect() };
    assert_eq!(kept("message_future_kind"), ["hologram"]);
    assert_eq!(kept("kept_unknown_field"), ["hologram_update"]);
    assert!(kept("message_text").is_empty());
}

#[test]
fn debug_shows_no_words_names_or_whole_numbers() {
    for (name, _) in EXPECTED {
        let shown = format!("{:?}", fixture(name));
        for private in [
            "Lena",
            "Guten Tag",
            "4915155501001",
            "Anzeige",
            "João",
            "Otto",
        ] {
            assert!(!shown.contains(private), "{name} shows {private}: {shown}");
        }
    }
}
