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
const JONAS: &str = "493023125117";
const JONAS_NAME: &str = "Jonas Wieland";

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
        two_customers_wrote(&stage, &inbox).await?;

        window.press("?").await?;
        window
            .until("return document.querySelector('dialog[open]') !== null")
            .await?;
        window.press(&Key::Escape.to_string()).await?;
        window
            .until("return document.querySelector('dialog[open]') === null")
            .await?;

        // Lena wrote last and stands first.
        window.press("j").await?;
        until_on_row(window, LENA_NAME).await?;
        window.press("j").await?;
        until_on_row(window, JONAS_NAME).await?;
        window.press("k").await?;
        until_on_row(window, LENA_NAME).await?;
        window.press(&Key::Enter.to_string()).await?;
        window.until_focused("composer").await?;
        assert_eq!(inbox.open_name().await?, LENA_NAME);

        // Back to the list, and to the text field by its own key.
        window.press(&Key::Escape.to_string()).await?;
        until_on_row(window, LENA_NAME).await?;
        window.press("r").await?;
        window.until_focused("composer").await?;
        window.press(ANSWER).await?;
        window.press(&Key::Enter.to_string()).await?;
        inbox
            .bubble(ANSWER, |bubble| bubble.state == "queued")
            .await?;

        // Z outside the text field takes it back, and the text stands before what was begun meanwhile.
        window.press(MORE).await?;
        window
            .until("return document.querySelector('[data-testid=send]').disabled === false")
            .await?;
        window.leave_field().await?;
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

        window.leave_field().await?;
        window.press("t").await?;
        picker.until_open().await?;
        window.until_focused("picker-search").await?;
        window.press(&Key::Escape.to_string()).await?;
        inbox.until_composing().await?;
        window.until_focused("composer").await?;
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
        window.until_focused("thread-row").await?;
        window.press("/").await?;
        window.until_focused("search").await
    })
    .await
}

#[tokio::test]
async fn a_morning_s_threads_are_answered_and_done_without_the_mouse() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("keyboard-done", stage.setup(), async |_, window| {
        let inbox = Inbox(window);
        Staff(window).sends_at_once().await?;
        two_customers_wrote(&stage, &inbox).await?;

        window.press("j").await?;
        until_on_row(window, LENA_NAME).await?;
        window.press(&Key::Enter.to_string()).await?;
        window.until_focused("composer").await?;
        window.press(ANSWER).await?;
        window.press(&Key::Enter.to_string()).await?;
        inbox
            .bubble(ANSWER, |bubble| bubble.state == "accepted")
            .await?;

        // Done from where one has just written: said, and the next one is open.
        window.press_ctrl('e').await?;
        assert!(window.text("toast").await?.contains(LENA_NAME));
        inbox.until_open(JONAS_NAME).await?;
        until_on_row(window, JONAS_NAME).await?;
        assert_eq!(inbox.threads().await?.len(), 1);

        window.press(&Key::Enter.to_string()).await?;
        window.until_focused("composer").await?;
        window.press(MORE).await?;
        window.press(&Key::Enter.to_string()).await?;
        inbox
            .bubble(MORE, |bubble| bubble.state == "accepted")
            .await?;
        window.press(&Key::Escape.to_string()).await?;
        until_on_row(window, JONAS_NAME).await?;
        window.press("e").await?;
        window.one("list-empty").await?;

        // What was put away last comes back with one key.
        window.press("z").await?;
        inbox.until_open(JONAS_NAME).await?;

        // Lena's thread opens again by itself.
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.lena_writes("Danke! Und morgen?").await?;
        eventually("both threads are listed", PATIENCE, async || {
            Ok((inbox.threads().await?.len() == 2).then_some(()))
        })
        .await?;

        let accepted = stage.accepted(2).await?;
        let told: Vec<_> = accepted
            .iter()
            .map(|each| (each.to.as_str(), each.body["text"]["body"].as_str()))
            .collect();
        assert_eq!(told, [(LENA, Some(ANSWER)), (JONAS, Some(MORE))]);
        Ok(())
    })
    .await
}

/// Jonas, and two seconds later Lena.
async fn two_customers_wrote(stage: &Stage, inbox: &Inbox<'_>) -> Outcome {
    stage.writes(JONAS, JONAS_NAME, "Was kostet das?").await?;
    stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
    stage.lena_writes("Haben Sie heute noch offen?").await?;
    eventually("both threads are listed", PATIENCE, async || {
        Ok((inbox.threads().await?.len() == 2).then_some(()))
    })
    .await
}

async fn until_on_row(window: &Window, name: &str) -> Outcome {
    let name = serde_json::to_string(name)?;
    window.until(&format!(
        "return document.activeElement.dataset.testid === 'thread-row' && document.activeElement.innerText.includes({name})"
    ))
    .await
}
