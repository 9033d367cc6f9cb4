//! One of everything that customers send, and what is asked before something is done.

use serde_json::{Value, json};

use super::{
    album::{Album, WORDS, Words},
    escape,
    rare::setup_in,
};
use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{no_window_wanted, sitting},
    ogg::silence,
    pages::{Inbox, Staff},
    panels::CustomerPanel,
    stage::{HOUR, LENA, LENA_NAME, MINUTE, Stage},
    window::Window,
};

const CAKE: &[u8] = include_bytes!("../../../assets/practice/cake.png");
/// Somebody else, and the same person at another number.
const OTHERS: [(&str, &str); 3] = [
    ("493023125117", "Jonas Wieland"),
    ("493023125109", "Lena Brandt"),
    ("493023125152", "Ayla Demir"),
];

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn one_of_everything_in_german() -> Outcome {
    everything(&WORDS[0]).await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn one_of_everything_in_portuguese() -> Outcome {
    everything(&WORDS[1]).await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn one_of_everything_in_english() -> Outcome {
    everything(&WORDS[2]).await
}

async fn everything(words: &Words) -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let mut stage = Stage::start().await?;
    let name = format!("shots-kinds-{}", words.language);
    sitting(&name, setup_in(words, stage.setup()), async |_, window| {
        let album = Album::of(words, window)?;
        let inbox = Inbox(window);
        Staff(window).sends_at_once().await?;
        for (number, name) in OTHERS {
            stage.writes(number, name, words.said[0]).await?;
        }
        send_everything(&stage, words).await?;
        eventually("everything has come", PATIENCE, async || {
            let rows = inbox.threads().await?;
            Ok((rows.len() == 4 && rows[0].contains(words.said[1])).then_some(()))
        })
        .await?;
        window.resize(1280, 800).await?;
        inbox.open_thread(words.said[1]).await?;
        inbox.until_composing().await?;
        pages(window, &album).await?;

        window.click("link").await?;
        window.one("link-check").await?;
        album.take("link").await?;
        window.press(&escape()).await?;
        window.until_gone("link-check").await?;
        on_a_message(window, "message-menu").await?;
        window.one("message-menu-open").await?;
        album.take("message-menu").await?;
        window.click("message-details").await?;
        window.one("details").await?;
        album.take("message-details").await?;
        window.press(&escape()).await?;
        window.until_gone("message-menu-open").await?;
        on_a_message(window, "reply").await?;
        window.one("composer-quote").await?;
        inbox.write(words.answers[0]).await?;
        album.take("quoting").await?;
        inbox.write("").await?;

        window.leave_field().await?;
        for _ in 0..2 {
            window.press("x").await?;
            window.press("j").await?;
        }
        window.one("picked-clear").await?;
        album.take("picked").await?;
        window.click("picked-clear").await?;

        inbox.open_thread(words.said[1]).await?;
        inbox.until_open(LENA_NAME).await?;
        window.click("head-panel").await?;
        CustomerPanel(window).until_open().await?;
        window.click("merge-search").await?;
        window.until_focused("merge-input").await?;
        window.press("Jonas").await?;
        window.one("merge-option").await?;
        window
            .press(&fantoccini::key::Key::Enter.to_string())
            .await?;
        window.one("merge-do").await?;
        album.take("merge").await?;
        window.click("merge-do").await?;
        window.one("unmerge").await?;
        album.take("merged").await?;
        window.click("customer-block").await?;
        window.one("block-do").await?;
        album.take("block").await?;
        window.click("block-do").await?;
        window.one("blocked").await?;
        album.take("blocked").await?;
        window.click("head-panel").await?;

        inbox.open_thread(OTHERS[2].1).await?;
        inbox.until_open(OTHERS[2].1).await?;
        stage.set_clock(stage.clock.now() + 23 * HOUR, 1.0)?;
        inbox.until_countdown_of_open("soon").await?;
        window.leave_field().await?;
        window.press("s").await?;
        window.one("snooze-warning").await?;
        album.take("snooze-warning").await?;
        window.press(&escape()).await?;

        // Nothing has been heard of the relay for a while: whether a window is open is not known.
        stage.kill_relay();
        out_of_reach(&stage, window).await?;
        window
            .until("return document.querySelector('main [data-testid=countdown][data-unsure=true]') !== null")
            .await?;
        album.take_large("unsure").await
    })
    .await
}

/// Time passes until the app says so: it may just have heard of the relay when that one was killed.
async fn out_of_reach(stage: &Stage, window: &Window) -> Outcome {
    let mut said = Ok(());
    for minutes in [12, 6, 6] {
        stage.set_clock(stage.clock.now() + minutes * MINUTE, 1.0)?;
        said = eventually("the relay is out of reach", PATIENCE / 2, async || {
            Ok(window.shows("strip-unsure").await?.then_some(()))
        })
        .await;
        if said.is_ok() {
            break;
        }
    }
    said
}

/// From the first unread message to the newest, a screen at a time.
async fn pages(window: &Window, album: &Album<'_>) -> Outcome {
    album.take_large("kinds-1").await?;
    for page in 2..=5 {
        let on = "const frame = document.querySelector('[data-testid=messages]');
            const before = frame.scrollTop;
            frame.scrollTop += frame.clientHeight * 0.85;
            return frame.scrollTop > before + 20";
        if window.run(on).await? == false {
            break;
        }
        album.take(&format!("kinds-{page}")).await?;
    }
    Ok(())
}

/// What is offered of the newest message that is a text, as it is while one points there.
/// The buttons stand beside a message that has the focus or the pointer.
async fn on_a_message(window: &Window, id: &str) -> Outcome {
    let script =
        "const all = document.querySelectorAll('article[data-testid=message][data-direction=in]');
        const last = [...all].at(-1);
        last.scrollIntoView({ block: 'center' });
        last.focus()";
    window.run(script).await?;
    window.click(id).await
}

/// Everything a customer can send, from the oldest to the newest, twenty seconds apart.
async fn send_everything(stage: &Stage, words: &Words) -> Outcome {
    let [
        greeting,
        last,
        voice,
        file,
        place,
        tapped,
        described,
        ordered,
        headline,
        teaser,
    ] = words.said;
    let text = |body: &str| json!({ "type": "text", "text": { "body": body } });
    let mut advertised = text(greeting);
    advertised["referral"] = json!({ "source_type": "ad", "source_id": "4711", "source_url": "https://example.com/ad/4711",
        "headline": headline, "body": teaser });
    let mut forwarded = text(described);
    forwarded["context"] = json!({ "forwarded": true });
    let mut quoting = text(tapped);
    quoting["context"] = json!({ "from": LENA, "id": "wamid.shown.0" });
    let all = [
        advertised,
        media("image", "image/png", CAKE, headline, ""),
        media("audio", "audio/ogg; codecs=opus", &silence(47), "", ""),
        text(voice),
        media(
            "document",
            "application/pdf",
            b"%PDF-1.7\n",
            file,
            "A1027.pdf",
        ),
        json!({ "type": "location", "location": { "latitude": 52.520_008, "longitude": 13.404_954, "name": place,
            "address": "Marktplatz 4" } }),
        json!({ "type": "contacts", "contacts": [{ "name": { "formatted_name": "Luísa Oliveira" },
            "org": { "company": "Casa Jardim" }, "phones": [{ "phone": "+49 30 23125 0171", "type": "WORK" }],
            "emails": [{ "email": "luisa@casajardim.example", "type": "WORK" }] }] }),
        json!({ "type": "interactive", "interactive": { "type": "list_reply",
            "list_reply": { "id": "1", "title": tapped, "description": described } } }),
        json!({ "type": "order", "order": { "catalog_id": "1", "text": ordered, "product_items": [
            { "product_retailer_id": "A1027", "quantity": 1, "item_price": 48.0, "currency": "EUR" },
            { "product_retailer_id": "B0044", "quantity": 12, "item_price": 1.65, "currency": "EUR" } ] } }),
        media("sticker", "image/webp", CAKE, "", ""),
        quoting,
        forwarded,
        json!({ "type": "unsupported", "unsupported": { "type": "poll_creation" },
            "errors": [{ "code": 131_051, "title": "Message type unknown" }] }),
        text("…"),
        json!({ "type": "revoke", "revoke": { "original_message_id": "wamid.shown.13" } }),
        text("😀🎉"),
        text(voice),
        json!({ "type": "edit", "edit": { "original_message_id": "wamid.shown.16", "message": text(ordered) } }),
        json!({ "type": "reaction", "reaction": { "message_id": "wamid.shown.11", "emoji": "👍" } }),
        text(last),
    ];
    for (n, mut message) in all.into_iter().enumerate() {
        stage.set_clock(stage.clock.now() + 20_000, 1.0)?;
        let mut write = json!({ "wa_id": LENA, "name": LENA_NAME });
        if message["kind"].is_string() {
            write["media"] = message;
        } else {
            message["id"] = format!("wamid.shown.{n}").into();
            write["message"] = message;
        }
        stage.order("customers/write", &write).await?;
    }
    Ok(())
}

fn media(kind: &str, mime_type: &str, bytes: &[u8], caption: &str, filename: &str) -> Value {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let mut media =
        json!({ "kind": kind, "mime_type": mime_type, "base64": STANDARD.encode(bytes) });
    for (name, text) in [("caption", caption), ("filename", filename)] {
        if !text.is_empty() {
            media[name] = text.into();
        }
    }
    media
}
