//! A day at the counter: the list, conversations, answers, and what goes with them.

use serde_json::json;

use super::album::{Album, WORDS, Words};
use crate::{
    Outcome,
    desk::Setup,
    eventually::{PATIENCE, eventually},
    journey::sitting,
    pages::{Inbox, Picker, Staff, Start},
    panels::{CustomerPanel, Finder},
    stage::MINUTE,
};

const CAKE: &[u8] = include_bytes!("../../../assets/practice/cake.png");

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn a_day_in_german() -> Outcome {
    day(&WORDS[0]).await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn a_day_in_portuguese() -> Outcome {
    day(&WORDS[1]).await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn a_day_in_english() -> Outcome {
    day(&WORDS[2]).await
}

async fn day(words: &Words) -> Outcome {
    let name = format!("shots-day-{}", words.language);
    sitting(&name, Setup::default(), async |_, window| {
        let album = Album::of(words, window)?;
        let (inbox, picker) = (Inbox(window), Picker(window));
        window.choose("start-language", words.language).await?;
        album.take_large("start").await?;

        Start(window).practise_in(words.language).await?;
        Staff(window).sends_at_once().await?;
        album.take("inbox-nothing-open").await?;

        inbox.open_thread(words.open).await?;
        for answer in words.answers {
            inbox.write(answer).await?;
            inbox.send().await?;
            let first = answer.split(['*', '!', ',']).next().unwrap_or(answer);
            inbox.bubble(first, |bubble| bubble.state == "read").await?;
            // The customers go on writing.
            window
                .invoke("practice_jump", json!({ "ms": 2 * MINUTE }))
                .await?;
        }
        eventually("everybody has written", PATIENCE, async || {
            Ok((inbox.threads().await?.len() >= 6).then_some(()))
        })
        .await?;
        album.take_large("conversation").await?;

        // A file with its caption, before it leaves; a note that never does.
        let folder = tempfile::tempdir()?;
        let cake = folder.path().join("IMG_2041.png");
        std::fs::write(&cake, CAKE)?;
        window.choose_file("attach-input", &cake).await?;
        window.one("attachment").await?;
        inbox.write(words.answers[1]).await?;
        album.take("attachment").await?;
        window.click("attachment-remove").await?;
        inbox.write("").await?;
        window.click("emoji-open").await?;
        album.take("emoji").await?;
        window.press(&super::escape()).await?;
        window.click("replies-open").await?;
        window.one("suggest").await?;
        album.take("quick-replies").await?;
        window.press(&super::escape()).await?;
        inbox.write("").await?;
        window.click("tab-note").await?;
        window.write("note", words.note).await?;
        album.take("note").await?;
        window.click("note-save").await?;
        inbox
            .bubble(words.note, |bubble| bubble.direction == "note")
            .await?;
        window.click("tab-answer").await?;

        let panel = CustomerPanel(window);
        window.click("head-panel").await?;
        panel.until_open().await?;
        for label in words.labels {
            panel.label(label).await?;
        }
        panel.note(words.note).await?;
        window.leave_field().await?;
        album.take_large("customer").await?;
        window.click("head-panel").await?;

        inbox.open_thread(words.photographer).await?;
        inbox.until_open(words.photographer).await?;
        window
            .until("return document.querySelector('[data-testid=picture] img')?.naturalWidth > 0")
            .await?;
        album.take_large("picture").await?;
        window.click("picture").await?;
        window
            .until("return document.querySelector('[data-testid=viewer] img')?.naturalWidth > 0")
            .await?;
        album.take("viewer").await?;
        window.press(&super::escape()).await?;

        let finder = Finder(window);
        finder.begin().await?;
        finder.type_more(words.looked_for).await?;
        window.one("search-hit").await?;
        album.take_large("search").await?;
        window.press("xyzzy").await?;
        window.until_gone("search-hit").await?;
        album.take("search-nothing").await?;
        window.press(&super::escape()).await?;

        inbox.open_thread(words.soon).await?;
        inbox.until_open(words.soon).await?;
        album.take_large("closing-soon").await?;
        window.click("choose-template").await?;
        picker.until_open().await?;
        album.take("picker-while-open").await?;
        window.click("picker-back").await?;

        inbox.open_thread(words.closed).await?;
        picker.until_open().await?;
        album.take_large("closed").await?;
        picker.choose("order_ready").await?;
        picker.fill(&words.slots[..2]).await?;
        album.take("picker-filled").await?;
        picker.fill(&words.slots).await?;
        picker.send().await?;
        inbox
            .bubble(words.slots[2], |bubble| bubble.state == "read")
            .await?;
        album.take("template-sent").await
    })
    .await
}
