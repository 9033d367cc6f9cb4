//! What staff writes to each other stays in the shop.

use fantoccini::key::Key;

use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    pages::{Inbox, Staff},
    stage::{LENA_NAME, Stage},
};

const NOTE: &str = "Zahlt immer erst auf Nachfrage.";
const ANSWER: &str = "Gern, bis Donnerstag.";

#[tokio::test]
async fn an_internal_note_never_reaches_the_platform() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("notes", stage.setup(), async |_, window| {
        let inbox = Inbox(window);
        Staff(window).sends_at_once().await?;
        stage.lena_writes("Kann ich das Rad bringen?").await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;

        // An answer is begun; the note does not take its words, nor give it any.
        inbox.write(ANSWER).await?;
        window.leave_field().await?;
        window.press("n").await?;
        window.until_focused("note").await?;
        assert!(!window.shows("send").await?, "a note can be sent");
        window.press(NOTE).await?;
        window.press(&Key::Enter.to_string()).await?;
        inbox
            .bubble(NOTE, |bubble| bubble.direction == "note")
            .await?;

        window.click("tab-answer").await?;
        window.until_focused("composer").await?;
        assert_eq!(inbox.draft().await?, ANSWER);
        inbox.send().await?;
        inbox
            .bubble(ANSWER, |bubble| bubble.state == "accepted")
            .await?;
        let accepted = stage.accepted(1).await?;
        assert_eq!(accepted[0].body["text"]["body"], ANSWER);
        assert!(
            !stage.requests().await?.contains("Nachfrage"),
            "the note left the shop"
        );
        Ok(())
    })
    .await
}
