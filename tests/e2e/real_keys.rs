//! Keys and clipboard as the X server brings them, on keyboards of three countries.

use serde_json::json;

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::{Inbox, Staff},
    screen::Screen,
    stage::{LENA_NAME, Stage},
    window::Window,
};

const JONAS: &str = "493023125117";
const JONAS_NAME: &str = "Jonas Wieland";
const BEGUN: &str = "Guten Tag, ";
const PASTED: &str = "der Korb passt";
/// Any picture.
const PICTURE: &[u8] = include_bytes!("../../assets/icons/32x32.png");
const REPLY: &str = "wir sind bis 18 Uhr da.";

#[tokio::test]
async fn keys_do_what_is_printed_on_them_on_keyboards_of_three_countries() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    let (screen, setup) = Screen::with(&stage)?;
    journey("real-keys", setup, async |_, window| {
        let inbox = Inbox(window);
        Staff(window).wants(&json!({ "undo_ms": 20_000 })).await?;
        let reply = json!({ "id": "", "shortcut": "zeiten", "text": REPLY });
        window.invoke("save_quick_reply", json!({ "reply": reply })).await?;
        stage.writes(JONAS, JONAS_NAME, "Was kostet das?").await?;
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.lena_writes("Haben Sie heute noch offen?").await?;
        inbox.until_listed(&[LENA_NAME, JONAS_NAME]).await?;
        screen.look_at("Guichet")?;

        for layout in ["us", "fr", "de"] {
            screen.keyboard(layout)?;
            screen.press(&["question"])?;
            until_dialog(window, true).await?;
            screen.press(&["Escape"])?;
            until_dialog(window, false).await?;
            screen.press(&["slash"])?;
            window.until_focused("search").await?;
            screen.press(&["Escape"])?;
            window.until_focused("thread-row").await?;
            screen.press(&["ctrl+k"])?;
            window.until_focused("palette-input").await?;
            screen.press(&["Escape"])?;
            until_dialog(window, false).await?;
        }

        // By the palette to a customer, and from there to an answer.
        screen.press(&["ctrl+k"])?;
        window.until_focused("palette-input").await?;
        screen.write("jonas")?;
        window.until("return document.querySelector('[data-testid=palette-option][aria-selected=true]')?.dataset.option?.startsWith('person ') === true").await?;
        screen.press(&["Down", "Up", "Return"])?;
        inbox.until_open(JONAS_NAME).await?;
        inbox.until_composing().await?;
        window.leave_field().await?;
        screen.press(&["r"])?;
        window.until_focused("composer").await?;

        // What was put in by a menu or from the clipboard is taken back like what was typed.
        screen.write(BEGUN)?;
        until_draft(&inbox, BEGUN).await?;
        screen.copy("UTF8_STRING", PASTED.as_bytes())?;
        screen.press(&["ctrl+v"])?;
        until_draft(&inbox, &format!("{BEGUN}{PASTED}")).await?;
        screen.press(&["ctrl+z"])?;
        until_draft(&inbox, BEGUN).await?;
        screen.press(&["slash"])?;
        window.one("suggest").await?;
        screen.press(&["Return"])?;
        window.until_gone("suggest").await?;
        until_draft(&inbox, &format!("{BEGUN}{REPLY}")).await?;
        screen.press(&["ctrl+z"])?;
        until_draft(&inbox, &format!("{BEGUN}/")).await?;
        screen.press(&["BackSpace"])?;

        // A picture of the screen, as a program that makes such pictures holds it.
        screen.copy("image/png", PICTURE)?;
        screen.press(&["ctrl+v"])?;
        window.one("attachment").await?;
        until_draft(&inbox, BEGUN).await
    })
    .await
}

#[tokio::test]
async fn done_asleep_labelled_and_noted_by_real_keys() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    let (screen, setup) = Screen::with(&stage)?;
    journey("real-keys-done", setup, async |_, window| {
        let inbox = Inbox(window);
        stage.writes(JONAS, JONAS_NAME, "Was kostet das?").await?;
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.lena_writes("Haben Sie heute noch offen?").await?;
        inbox.until_listed(&[LENA_NAME, JONAS_NAME]).await?;
        screen.look_at("Guichet")?;

        for layout in ["us", "fr", "de"] {
            screen.keyboard(layout)?;
            inbox.open_thread(JONAS_NAME).await?;
            inbox.until_open(JONAS_NAME).await?;
            window.leave_field().await?;
            screen.press(&["k"])?;
            window.until_focused("thread-row").await?;
            screen.press(&["Return"])?;
            inbox.until_open(LENA_NAME).await?;
            window.until_focused("composer").await?;
            screen.press(&["Escape"])?;
            window.until_focused("thread-row").await?;
            for (key, shown) in [("s", "snooze-hour"), ("l", "labels-finish")] {
                screen.press(&[key])?;
                window.one(shown).await?;
                screen.press(&["Escape"])?;
                window.until_gone(shown).await?;
                window.until_focused("thread-row").await?;
            }
            screen.press(&["n"])?;
            window.until_focused("note").await?;
            screen.press(&["Escape"])?;
            window.until_focused("composer").await?;
            screen.press(&["Escape"])?;
            window.until_focused("thread-row").await?;

            // Put away, the next one is there; and back again.
            screen.press(&["e"])?;
            inbox.until_listed(&[JONAS_NAME]).await?;
            inbox.until_open(JONAS_NAME).await?;
            screen.press(&["z"])?;
            inbox.until_listed(&[LENA_NAME, JONAS_NAME]).await?;
            inbox.until_open(LENA_NAME).await?;
        }
        Ok(())
    })
    .await
}

async fn until_dialog(window: &Window, open: bool) -> Outcome {
    window
        .until(&format!(
            "return (document.querySelector('dialog[open]') !== null) === {open}"
        ))
        .await
}

async fn until_draft(inbox: &Inbox<'_>, text: &str) -> Outcome {
    eventually(
        &format!("the composer holds \"{text}\""),
        PATIENCE,
        async || {
            let draft = inbox.draft().await?;
            if draft == text {
                return Ok(Some(()));
            }
            Err(format!("it holds \"{draft}\"").into())
        },
    )
    .await
}
