//! The whole panel, as text.

use super::*;

#[test]
fn the_panel_tells_all_that_is_known() {
    let counter = Counter::open(NINE + 3 * DAY + 60 * MINUTE);
    let lena = Peer {
        wa_id: Some(LENA.into()),
        ..bsuid(IDA)
    };
    writes(&counter, &lena, "Lena Brandt", NINE, "Guten Morgen");
    writes(
        &counter,
        &lena,
        "Lena Brandt",
        NINE + 20 * 60 * MINUTE,
        "Und nochmal",
    );
    writes(
        &counter,
        &lena,
        "@lena.brot",
        NINE + 20 * 60 * MINUTE + 1000,
        "Mit Namen",
    );
    let system = json!({ "type": "user_changed_number", "wa_id": OTHER, "user_id": STRANGER, "previous_user_id": IDA, "body": "…" });
    let change = json!({ "from": LENA, "id": "wamid.CHANGE", "timestamp": seconds(NINE + 2 * DAY), "type": "system", "system": system });
    counter.receive(
        &bodies::change(NUMBER, "messages", json!({ "messages": [change] })),
        NINE + 2 * DAY,
    );
    let now = Peer {
        wa_id: Some(OTHER.into()),
        ..bsuid(STRANGER)
    };
    let thread = writes(&counter, &now, "Lena B.", NINE + 3 * DAY, "Neue Nummer");
    counter
        .desk
        .apply_one(FactKind::Preferred {
            peer: now.clone(),
            category: "marketing_messages".into(),
            value: "stop".into(),
            at: NINE + 3 * DAY,
        })
        .unwrap();
    let SendResult::Queued { .. } = counter
        .desk
        .send_text(thread, "Danke!", None, STAFF)
        .unwrap()
    else {
        panic!("refused")
    };
    let mut story = String::from("# As she came\n");
    story += &picture(&panel(&counter, thread));
    named(&counter, thread, " Lena\nvom Markt ");
    label(&counter, thread, "Stammkunde", true);
    label(&counter, thread, "Markt", true);
    describe(
        &counter,
        thread,
        CustomerChange::Language { tag: "de".into() },
    );
    describe(
        &counter,
        thread,
        CustomerChange::Note {
            text: "Kommt dienstags.\nHund heißt Bo.".into(),
        },
    );
    counter.desk.note_blocked(thread, true).unwrap();
    let twin = writes(
        &counter,
        &phone("4915155501077"),
        "Lena B.",
        NINE + 3 * DAY + MINUTE,
        "Ich auch",
    );
    story += "\n# Described, with somebody of the same name about\n";
    story += &picture(&panel(&counter, thread));
    counter.desk.merge(thread, twin).unwrap();
    story += "\n# Merged with her\n";
    story += &picture(&panel(&counter, thread));
    golden::compare("customer_panel.txt", &story);
}

/// A panel as text; times in hours since nine.
fn picture(view: &CustomerView) -> String {
    let hour = |at: i64| (at - NINE) as f64 / 3_600_000.0;
    let since = |at: Option<i64>| at.map_or("?".into(), |at| format!("{:.1}", hour(at)));
    let mut text = format!(
        "{} (phone {:?}, username {:?})\n",
        view.name.text, view.name.phone, view.name.username
    );
    let mut line = |what: &str, value: String| {
        let _ = writeln!(text, "  {what}: {value}");
    };
    line("given name", view.given_name.clone());
    line(
        "calls himself",
        view.profile_name.clone().unwrap_or_default(),
    );
    for id in &view.identities {
        let now = if id.current { ", now" } else { "" };
        line(
            &id.kind,
            format!(
                "{} ({} to {}{now})",
                id.value,
                since(id.first_at),
                since(id.last_at)
            ),
        );
    }
    line("language", view.language.clone());
    line("labels", view.labels.join(", "));
    line("note", view.note.replace('\n', " / "));
    line("blocked", view.blocked.to_string());
    line("first contact", since(view.first_contact_at));
    for span in &view.windows {
        let answered = if span.answered {
            "answered"
        } else {
            "not answered"
        };
        line(
            "window",
            format!(
                "{:.1} to {:.1}, {} messages, {answered}",
                hour(span.opened_at),
                hour(span.closed_at),
                span.messages
            ),
        );
    }
    for merge in &view.merges {
        line("merged", merge.names.join(" and "));
    }
    for other in &view.lookalikes {
        line("perhaps", format!("{} ({})", other.name.text, other.reason));
    }
    line("marketing", view.marketing.clone().unwrap_or_default());
    text
}
