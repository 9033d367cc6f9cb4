//! A day without the mouse.

use fantoccini::key::Key;

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::{Inbox, Picker, Staff},
    stage::{LENA, LENA_NAME, Stage},
    window::Window,
};
use serde_json::json;

const ANSWER: &str = "Ja, bis 18 Uhr.";
const MORE: &str = "Morgen ab 9.";

#[tokio::test]
async fn every_step_of_an_answer_can_be_taken_with_the_keyboard() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("keyboard", stage.setup(), async |_, window| {
        let (inbox, picker) = (Inbox(window), Picker(window));
        let both = format!("{ANSWER}\n{MORE}");
        Staff(window).wants(&json!({ "undo_ms": 20_000 })).await?;
        let other =
            json!({ "wa_id": "493023125117", "name": "Jonas Wieland", "text": "Was kostet das?" });
        stage.order("customers/write", &other).await?;
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.lena_writes("Haben Sie heute noch offen?").await?;
        eventually("both threads are listed", PATIENCE, async || {
            Ok((inbox.threads().await?.len() == 2).then_some(()))
        })
        .await?;

        window.press("?").await?;
        until(
            window,
            "return document.querySelector('dialog[open]') !== null",
        )
        .await?;
        window.press(&Key::Escape.to_string()).await?;
        until(
            window,
            "return document.querySelector('dialog[open]') === null",
        )
        .await?;

        // Lena wrote last and stands first.
        window.press("j").await?;
        until_on_row(window, LENA_NAME).await?;
        window.press("j").await?;
        until_on_row(window, "Jonas Wieland").await?;
        window.press("k").await?;
        until_on_row(window, LENA_NAME).await?;
        window.press(&Key::Enter.to_string()).await?;
        inbox.until_composing().await?;
        assert_eq!(inbox.open_name().await?, LENA_NAME);

        window.press("r").await?;
        until_focused(window, "composer").await?;
        window.press(ANSWER).await?;
        window.press(&Key::Enter.to_string()).await?;
        inbox
            .bubble(ANSWER, |bubble| bubble.state == "queued")
            .await?;

        // Z outside the text field takes it back, and the text stands before what was begun meanwhile.
        window.press(MORE).await?;
        until(
            window,
            "return document.querySelector('[data-testid=send]').disabled === false",
        )
        .await?;
        window.run("document.activeElement.blur()").await?;
        window.press("z").await?;
        eventually("the text is back", PATIENCE, async || {
            Ok((inbox.draft().await? == both).then_some(()))
        })
        .await?;
        assert!(
            inbox
                .messages()
                .await?
                .iter()
                .all(|each| each.direction == "in")
        );

        window.run("document.activeElement.blur()").await?;
        window.press("t").await?;
        picker.until_open().await?;
        until_focused(window, "picker-search").await?;
        window.press(&Key::Escape.to_string()).await?;
        inbox.until_composing().await?;
        until_focused(window, "composer").await?;
        assert_eq!(inbox.draft().await?, both);

        Staff(window).sends_at_once().await?;
        window.press(&Key::Enter.to_string()).await?;
        let accepted = stage.accepted(1).await?;
        assert_eq!(
            (accepted[0].to.as_str(), &accepted[0].body["text"]["body"]),
            (LENA, &json!(both))
        );

        // Until it has left, Esc would take it back.
        inbox
            .bubble(ANSWER, |bubble| bubble.state == "accepted")
            .await?;
        window.press(&Key::Escape.to_string()).await?;
        until_focused(window, "thread-row").await?;
        window.press("/").await?;
        until_focused(window, "search").await
    })
    .await
}

async fn until_focused(window: &Window, id: &str) -> Outcome {
    eventually(
        &format!("the keyboard is at `{id}`"),
        PATIENCE,
        async || Ok((window.focused().await? == id).then_some(())),
    )
    .await
}

async fn until_on_row(window: &Window, name: &str) -> Outcome {
    let name = serde_json::to_string(name)?;
    until(
        window,
        &format!("return document.activeElement.dataset.testid === 'thread-row' && document.activeElement.innerText.includes({name})"),
    )
    .await
}

async fn until(window: &Window, script: &str) -> Outcome {
    eventually(script, PATIENCE, async || {
        Ok((window.run(script).await? == true).then_some(()))
    })
    .await
}
