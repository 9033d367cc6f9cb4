//! What opens over the inbox, the compact list, and sections with nothing in them.

use super::{
    album::{Album, WORDS, Words},
    escape,
};
use crate::{
    Outcome,
    desk::Setup,
    journey::sitting,
    pages::{Inbox, Staff, Start},
    window::Window,
};

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn dialogs_in_german() -> Outcome {
    dialogs(&WORDS[0]).await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn dialogs_in_portuguese() -> Outcome {
    dialogs(&WORDS[1]).await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn dialogs_in_english() -> Outcome {
    dialogs(&WORDS[2]).await
}

async fn dialogs(words: &Words) -> Outcome {
    let name = format!("shots-dialogs-{}", words.language);
    sitting(&name, Setup::default(), async |_, window| {
        let album = Album::of(words, window)?;
        let inbox = Inbox(window);
        Start(window).practise_in(words.language).await?;
        Staff(window).sends_at_once().await?;
        inbox.open_thread(words.open).await?;
        inbox.until_composing().await?;
        window.leave_field().await?;

        for (key, name) in [
            ("?", "shortcuts"),
            ("s", "snooze"),
            ("l", "labels"),
            ("a", "assign"),
            ("d", "jump-to-date"),
        ] {
            window.press(key).await?;
            album.take(name).await?;
            close(window).await?;
        }
        window.press_ctrl('k').await?;
        window.until_focused("palette-input").await?;
        album.take_large("palette").await?;
        window.press("an").await?;
        album.take("palette-typed").await?;
        close(window).await?;

        window.click("practice-write").await?;
        album.take("practice-write").await?;
        close(window).await?;

        window.click("settings").await?;
        album.take_large("settings").await?;
        for part in ["people", "hours", "alerts", "replies", "numbers"] {
            window.click(&format!("settings-go-{part}")).await?;
            album.take(&format!("settings-{part}")).await?;
        }
        window.click("settings-replies").await?;
        window.one("replies-dialog").await?;
        album.take("managing-replies").await?;
        close(window).await?;

        // Done and said so; and what a section says that has nothing in it.
        window.press("e").await?;
        window.one("toast").await?;
        album.take("done-toast").await?;
        window.press("6").await?;
        window.one("list-empty").await?;
        album.take("empty-section").await?;
        window.press("1").await?;

        window.click("rail-fold").await?;
        album.take("rail-folded").await?;
        window.click("settings").await?;
        window.choose("settings-density", "compact").await?;
        close(window).await?;
        album.take_large("compact").await?;

        window.click("settings").await?;
        window.click("settings-connect").await?;
        window.one("connect-check").await?;
        album.take_large("connect").await
    })
    .await
}

async fn close(window: &Window) -> Outcome {
    window.press(&escape()).await?;
    window
        .until("return document.querySelector('dialog[open]') === null")
        .await?;
    window.leave_field().await
}
