//! Files leave the shop encrypted at rest, in order, exactly once, and come back to the composer with their words.

use cloud_api::webhook::Peer;
use inbox::view::{
    AttachmentRefusal, Body, DeliveryState, QuickReply, Refusal, SendResult, UndoResult,
};
use practice::{Accepted, Fault, Kind, On};
use serde_json::json;
use support::{
    bodies::{self, LENA as NUMBER_OF_LENA, LENA_BSUID, NUMBER},
    counter::{Counter, phone},
    eventually::eventually,
    shop::{NINE, STAFF, Shop},
};

/// The smallest picture there is.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82";

fn put(shop: &Shop, thread: i64, filename: &str, bytes: &[u8]) {
    let view = shop
        .desk
        .attach(thread, filename, "", bytes.to_vec())
        .unwrap();
    assert_eq!(view.refused, None);
}

fn send(shop: &Shop, thread: i64, text: &str) -> Vec<String> {
    let results = shop
        .desk
        .send_attachments(thread, text, None, STAFF)
        .unwrap();
    let ids = results.into_iter().map(|result| match result {
        SendResult::Queued { outbox_id, .. } => outbox_id,
        other => panic!("{other:?}"),
    });
    ids.collect()
}

/// Time goes on until the platform has accepted so many messages.
async fn in_time(shop: &Shop, count: usize) -> Vec<Accepted> {
    eventually(&format!("{count} accepted messages"), || {
        shop.jump_seconds(1);
        let accepted = shop.control.accepted(None);
        (accepted.len() == count).then_some(accepted)
    })
    .await
}

/// Where the newest file of ours stands.
async fn until_file(shop: &Shop, thread: i64, state: DeliveryState) {
    eventually(&format!("a file as {state:?}"), || {
        let rows = shop.bubbles(thread);
        let file = rows
            .iter()
            .rfind(|row| row.delivery.is_some() && matches!(row.body, Body::Media { .. }))?;
        (file.delivery.as_ref()?.state == state).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_arrives_with_its_caption_and_is_seen_here_too() {
    let shop = Shop::open().await;
    let thread = shop.lena_writes("Wie sieht es aus?").await;
    put(&shop, thread, "fertig.png", PNG);
    let head = shop.desk.thread_head(thread).unwrap();
    assert_eq!(head.attachments.len(), 1);
    assert_eq!(head.attachments[0].kind, "image");
    assert_eq!(send(&shop, thread, "So!").len(), 1);
    let accepted = shop.accepted(1).await;
    assert_eq!(accepted[0].kind, "image");
    assert_eq!(accepted[0].body["image"]["caption"], "So!");
    let media_id = accepted[0].body["image"]["id"].as_str().unwrap();
    let there = shop.client.download_media(media_id, 1 << 20).await.unwrap();
    assert_eq!(there, PNG);
    until_file(&shop, thread, DeliveryState::Accepted).await;
    let rows = shop.bubbles(thread);
    let Body::Media { media } = &rows.last().unwrap().body else {
        panic!("no file")
    };
    assert_eq!((media.width, media.height), (Some(1), Some(1)));
    let here = shop.desk.media(rows.last().unwrap().id).unwrap();
    assert_eq!(here.as_deref(), Some(PNG));
    assert!(
        shop.desk
            .thread_head(thread)
            .unwrap()
            .attachments
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_leave_in_order_also_where_the_first_one_has_to_wait() {
    let shop = Shop::open().await;
    let thread = shop.lena_writes("Und die Rechnung?").await;
    shop.arm(Fault {
        status: Some(503),
        ..Fault::once(On::Media, Kind::Status)
    });
    put(&shop, thread, "eins.pdf", b"%PDF-1.7\n\0eins");
    put(&shop, thread, "zwei.pdf", b"%PDF-1.7\n\0zwei");
    send(&shop, thread, "Bitte sehr");
    shop.send(thread, "Danke!");
    eventually("the failed upload", || {
        shop.control.faults().is_empty().then_some(())
    })
    .await;
    assert!(shop.control.accepted(None).is_empty(), "nothing overtakes");
    let accepted = in_time(&shop, 3).await;
    let said: Vec<_> = accepted
        .iter()
        .map(|one| match one.kind.as_str() {
            "document" => one.body["document"]["filename"].as_str().unwrap(),
            _ => one.body["text"]["body"].as_str().unwrap(),
        })
        .collect();
    assert_eq!(said, ["eins.pdf", "zwei.pdf", "Danke!"]);
    assert_eq!(accepted[0].body["document"]["caption"], "Bitte sehr");
    assert!(accepted[1].body["document"].get("caption").is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_without_an_answer_is_no_doubtful_send() {
    let shop = Shop::open().await;
    let thread = shop.lena_writes("Foto?").await;
    shop.arm(Fault::once(On::Media, Kind::ResetAfter));
    put(&shop, thread, "fertig.png", PNG);
    send(&shop, thread, "");
    eventually("the broken upload", || {
        shop.control.faults().is_empty().then_some(())
    })
    .await;
    until_file(&shop, thread, DeliveryState::Queued).await;
    assert_eq!(shop.desk.connection().unwrap().doubtful, 0);
    assert_eq!(in_time(&shop, 1).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_meta_refuses_fails_with_metas_reason() {
    let shop = Shop::open().await;
    let thread = shop.lena_writes("Foto?").await;
    shop.arm(Fault {
        status: Some(400),
        code: Some(131_053),
        ..Fault::once(On::Media, Kind::Status)
    });
    put(&shop, thread, "fertig.png", PNG);
    send(&shop, thread, "");
    until_file(&shop, thread, DeliveryState::Failed).await;
    let rows = shop.bubbles(thread);
    let delivery = rows.last().unwrap().delivery.clone().unwrap();
    assert_eq!(delivery.failure.unwrap().code, 131_053);
    assert!(shop.control.accepted(None).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_with_a_token_that_ended_holds_all_sending_and_goes_on_afterwards() {
    let shop = Shop::open().await;
    let thread = shop.lena_writes("Foto?").await;
    shop.arm(Fault {
        status: Some(401),
        code: Some(190),
        ..Fault::once(On::Media, Kind::Status)
    });
    put(&shop, thread, "fertig.png", PNG);
    send(&shop, thread, "");
    eventually("the hold", || shop.desk.connection().unwrap().hold).await;
    until_file(&shop, thread, DeliveryState::Queued).await;
    shop.jump_seconds(1);
    shop.desk.lift_hold().unwrap();
    assert_eq!(in_time(&shop, 1).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn undo_brings_back_the_words_and_the_file_even_while_it_is_going_up() {
    let shop = Shop::open().await;
    let thread = shop.lena_writes("Foto?").await;
    shop.arm(Fault {
        delay_ms: Some(20_000),
        ..Fault::once(On::Media, Kind::TimeoutBefore)
    });
    put(&shop, thread, "fertig.png", PNG);
    let sent = send(&shop, thread, "So!");
    eventually("the upload under way", || {
        shop.control.faults().is_empty().then_some(())
    })
    .await;
    let undone = shop.desk.undo(&sent[0]).unwrap();
    assert_eq!(undone, UndoResult::Returned { text: "So!".into() });
    let head = shop.desk.thread_head(thread).unwrap();
    assert_eq!((head.draft.as_str(), head.attachments.len()), ("So!", 1));
    // The next message does not wait for what nobody wants any more.
    shop.send(thread, "Gleich!");
    let accepted = shop.accepted(1).await;
    assert_eq!(accepted[0].body["text"]["body"], "Gleich!");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_whose_window_closes_while_it_waits_is_beside_the_draft_again() {
    let shop = Shop::open().await;
    let thread = shop.lena_writes("Foto?").await;
    shop.jump_seconds(23 * 3600 + 1800);
    shop.arm(Fault {
        status: Some(503),
        count: None,
        ..Fault::new(On::Media, Kind::Status)
    });
    put(&shop, thread, "fertig.png", PNG);
    send(&shop, thread, "So!");
    until_file(&shop, thread, DeliveryState::Queued).await;
    shop.jump_seconds(3600);
    shop.until_draft(thread, "So!").await;
    assert_eq!(shop.desk.thread_head(thread).unwrap().attachments.len(), 1);
    let refused = shop
        .desk
        .send_attachments(thread, "So!", None, STAFF)
        .unwrap();
    assert!(matches!(
        refused.as_slice(),
        [SendResult::Refused { reasons }] if matches!(reasons[..], [Refusal::WindowClosed { .. }])
    ));
    assert_eq!(shop.desk.thread_head(thread).unwrap().attachments.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_sent_is_said_before_anything_is_kept() {
    let shop = Shop::open().await;
    let thread = shop.lena_writes("Foto?").await;
    let gif = shop
        .desk
        .attach(thread, "a.gif", "image/gif", b"GIF89a\0".to_vec())
        .unwrap();
    assert_eq!(
        gif.refused,
        Some(AttachmentRefusal::Kind {
            mime_type: "image/gif".into()
        })
    );
    assert!(
        shop.desk
            .thread_head(thread)
            .unwrap()
            .attachments
            .is_empty()
    );
    put(&shop, thread, "fertig.png", PNG);
    let long = "ä".repeat(1_025);
    let refused = shop
        .desk
        .send_attachments(thread, &long, None, STAFF)
        .unwrap();
    assert!(matches!(
        refused.as_slice(),
        [SendResult::Refused { reasons }] if reasons[..] == [Refusal::TooLong { length: 1_025, limit: 1_024 }]
    ));
    let id = shop.desk.thread_head(thread).unwrap().attachments[0]
        .id
        .clone();
    shop.desk.detach(&id).unwrap();
    assert!(
        shop.desk
            .thread_head(thread)
            .unwrap()
            .attachments
            .is_empty()
    );
    assert_eq!(shop.desk.attachment(&id).unwrap(), None);
}

#[test]
fn a_file_follows_its_person_and_survives_a_restart() {
    let counter = Counter::open(NINE);
    let lena = phone(NUMBER_OF_LENA);
    counter.receive(
        &bodies::text(NUMBER, NUMBER_OF_LENA, "wamid.1", NINE, "Hallo"),
        NINE,
    );
    let thread = counter.thread(NUMBER, &lena).unwrap();
    counter
        .desk
        .attach(thread, "a.png", "", PNG.to_vec())
        .unwrap();
    let counter = counter.reopened();
    // Now Meta tells her BSUID: her messages move to the person it names, and so does the file.
    let told =
        json!({ "type": "text", "text": { "body": "Ich noch mal" }, "from_user_id": LENA_BSUID });
    let body = bodies::message(NUMBER, NUMBER_OF_LENA, "wamid.2", NINE + 60_000, told);
    counter.receive(&body, NINE + 60_000);
    let known = Peer {
        bsuid: Some(LENA_BSUID.into()),
        ..lena
    };
    let head = counter.head(NUMBER, &known).unwrap();
    assert_eq!(head.attachments.len(), 1);
    let sent = counter
        .desk
        .send_attachments(head.thread_id, "", None, STAFF)
        .unwrap();
    assert!(matches!(sent[..], [SendResult::Queued { .. }]));
    counter.receive(
        &bodies::text(NUMBER, NUMBER_OF_LENA, "wamid.3", NINE + 120_000, "Danke"),
        NINE + 120_000,
    );
    assert!(counter.head(NUMBER, &known).unwrap().attachments.is_empty());
}

#[test]
fn a_quick_reply_is_filled_for_whom_it_goes_to() {
    let counter = Counter::open(NINE);
    let save = |id: &str, shortcut: &str, text: &str| {
        let reply = QuickReply {
            id: id.into(),
            shortcut: shortcut.into(),
            text: text.into(),
        };
        counter.desk.save_quick_reply(&reply).unwrap()
    };
    let hours = save(
        "",
        "/offen",
        "Hallo {{first_name}}, wir haben bis 18 Uhr offen. {{me}}",
    );
    save("", "Offen", "Morgen wieder.");
    let mut body = bodies::text(NUMBER, NUMBER_OF_LENA, "wamid.1", NINE, "Hallo");
    body["entry"][0]["changes"][0]["value"]["contacts"] =
        json!([{ "wa_id": NUMBER_OF_LENA, "profile": { "name": "Lena Brandt" } }]);
    counter.receive(&body, NINE);
    let thread = counter.thread(NUMBER, &phone(NUMBER_OF_LENA)).unwrap();
    let filled = counter.desk.quick_replies(Some(thread)).unwrap();
    let shown: Vec<_> = filled
        .iter()
        .map(|one| (one.shortcut.as_str(), one.text.as_str(), one.missing.len()))
        .collect();
    assert_eq!(
        shown,
        [
            ("Offen2", "Morgen wieder.", 0),
            ("offen", "Hallo Lena, wir haben bis 18 Uhr offen. {{me}}", 1),
        ]
    );
    save(&hours, "offen", "");
    assert_eq!(counter.desk.raw_quick_replies().unwrap().len(), 1);
}

#[test]
fn files_beside_a_draft_leave_in_the_order_they_were_put_in() {
    let counter = Counter::open(NINE);
    let hello = bodies::text(NUMBER, NUMBER_OF_LENA, "wamid.hello", NINE, "Hallo");
    counter.receive(&hello, NINE);
    let thread = counter.thread(NUMBER, &phone(NUMBER_OF_LENA)).unwrap();
    let desk = &counter.desk;
    let put = |name: &str| desk.attach(thread, name, "", PNG.to_vec()).unwrap().id;
    let beside = || -> Vec<String> {
        let files = desk.thread_head(thread).unwrap().attachments.into_iter();
        files.map(|file| file.filename).collect()
    };
    let [a, b, c] = ["a.png", "b.png", "c.png"].map(put);
    let order = |ids: &[&String]| {
        let ids: Vec<String> = ids.iter().map(|id| (*id).clone()).collect();
        desk.order_attachments(thread, &ids).unwrap();
    };
    order(&[&c, &a, &b]);
    assert_eq!(beside(), ["c.png", "a.png", "b.png"]);
    order(&[&b, &"of nobody".to_owned()]);
    assert_eq!(
        beside(),
        ["b.png", "c.png", "a.png"],
        "the others stay behind"
    );
    counter.set(NINE + 60_000);
    put("d.png");
    assert_eq!(beside(), ["b.png", "c.png", "a.png", "d.png"]);
    let sent = desk.send_attachments(thread, "So!", None, STAFF).unwrap();
    let SendResult::Queued { outbox_id, .. } = &sent[0] else {
        panic!("{sent:?}")
    };
    assert_eq!(sent.len(), 4);
    desk.undo(outbox_id).unwrap();
    assert_eq!(beside(), ["b.png"], "the first one was the one put first");
}
