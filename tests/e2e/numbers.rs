//! A number of the shop's is taken away and connected again.

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::Inbox,
    panels::Assistant,
    stage::{LENA_NAME, Stage},
    window::Window,
};
use fantoccini::key::Key;
use serde_json::{Value, json};

const SECOND: &str = "318000000000102=+49 30 55501235";
const DRAFT: &str = "Ja, ab 17 Uhr.";

#[tokio::test]
async fn a_number_that_is_taken_away_is_read_only_until_it_is_connected_again() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start_with(&[SECOND]).await?;
    journey("numbers", stage.setup_to_connect(), async |_, window| {
        let inbox = Inbox(window);
        window.click("choose-connect").await?;
        connect(window, &stage).await?;
        window.one("search").await?;
        stage.lena_writes("Ist mein Rad fertig?").await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;
        inbox.write(DRAFT).await?;

        window.click("settings").await?;
        window.click("settings-go-numbers").await?;
        let numbers = window.all("settings-number-remove").await?;
        assert_eq!(numbers.len(), 2, "either of two can be taken away");
        let asked = numbers[0].attr("aria-label").await?.unwrap_or_default();
        numbers[0].click().await?;
        let question =
            "return document.querySelector('dialog[open] dialog[open] h2')?.innerText ?? ''";
        let question = window.run(question).await?;
        let number = asked.split(" entfernen").next().unwrap_or_default();
        assert!(
            question.as_str().is_some_and(|q| q.starts_with(number)),
            "{question}"
        );
        window.click("settings-number-remove-do").await?;
        eventually("it is said that the number is gone", PATIENCE, async || {
            let said = window.text("settings-number-removed").await?;
            Ok(said.contains(number).then_some(()))
        })
        .await?;
        // The other one is the only one now, and stays.
        assert!(!window.shows("settings-number-remove").await?);
        window.press(&Key::Escape.to_string()).await?;

        window.one("away").await?;
        assert!(window.text("draft-kept").await?.contains(DRAFT));
        assert_eq!(inbox.messages().await?.len(), 1, "still to be read");
        let thread = inbox.open_thread_id().await?;
        let text = json!({ "threadId": thread, "text": "Hallo", "replyTo": null });
        let refused = window.invoke("send_text", text).await?;
        assert_eq!(refused["reasons"][0]["reason"], "not_connected");

        window.click("away-connect").await?;
        connect(window, &stage).await?;
        inbox.until_composing().await?;
        eventually("the draft is there", PATIENCE, async || {
            Ok((inbox.draft().await? == DRAFT).then_some(()))
        })
        .await?;
        inbox.send().await?;
        let accepted = stage.accepted(1).await?;
        assert_eq!(accepted[0].body["text"]["body"], DRAFT);
        let numbers = window.invoke("own_numbers", json!({})).await?;
        let connected = |number: &Value| number["connected"] == true;
        assert!(
            numbers
                .as_array()
                .is_some_and(|all| all.len() == 2 && all.iter().all(connected))
        );
        Ok(())
    })
    .await
}

/// Through the assistant, with every number of the account.
async fn connect(window: &Window, stage: &Stage) -> Outcome {
    let assistant = Assistant(window);
    assistant.fill(&stage.access()).await?;
    assistant.check().await?;
    assistant
        .until("self_test", "passed", "self_test_ok")
        .await?;
    window
        .run("document.querySelectorAll('input[type=checkbox]:not(:checked):not(:disabled)').forEach((box) => box.click())")
        .await?;
    window.click("connect-submit").await
}
