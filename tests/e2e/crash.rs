//! The app dies while somebody is writing.

use serde_json::json;

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::Inbox,
    stage::{LENA_NAME, Stage},
};

const DRAFT: &str = "Guten Tag, Ihr Rad ist fertig und";

#[tokio::test]
async fn a_half_written_answer_outlives_the_app_that_it_was_written_in() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("crash", stage.setup(), async |desk, window| {
        let inbox = Inbox(window);
        stage.lena_writes("Ist mein Rad fertig?").await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;
        let thread = inbox.open_thread_id().await?;
        window.type_into("composer", DRAFT).await?;
        // Nobody turned away and nothing was left: it is kept while it is typed.
        window.until_focused("composer").await?;
        eventually("what is typed is kept", PATIENCE, async || {
            let head = window
                .invoke("thread_head", json!({ "threadId": thread }))
                .await?;
            Ok((head["draft"] == DRAFT).then_some(()))
        })
        .await?;

        desk.cut_power().await?;
        desk.reopen(window).await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;
        assert_eq!(inbox.draft().await?, DRAFT);
        stage.accepted(0).await?;
        Ok(())
    })
    .await
}
