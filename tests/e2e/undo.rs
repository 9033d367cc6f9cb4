//! The seconds in which a message can be taken back: everything of it comes back.

use serde_json::json;

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::{Inbox, Staff},
    stage::{LENA_NAME, Stage},
};

const PICTURE: &[u8] = include_bytes!("../../assets/practice/cake.png");
const TEXT: &str = "Das kostet 12 Euro.";
const CAPTION: &str = "Diese hier?";

#[tokio::test]
async fn what_is_taken_back_stands_in_the_composer_again_with_its_file() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("undo", stage.setup(), async |_, window| {
        let inbox = Inbox(window);
        Staff(window).wants(&json!({ "undo_ms": 30_000 })).await?;
        stage.lena_writes("Was kostet die Torte?").await?;
        inbox.open_thread(LENA_NAME).await?;

        inbox.write(TEXT).await?;
        inbox.send().await?;
        inbox.undo().await?;
        until_draft(&inbox, TEXT).await?;
        eventually("no bubble is left of it", PATIENCE, async || {
            let bubbles = inbox.messages().await?;
            Ok(bubbles
                .iter()
                .all(|each| each.direction == "in")
                .then_some(()))
        })
        .await?;

        let folder = tempfile::tempdir()?;
        let cake = folder.path().join("torte.png");
        std::fs::write(&cake, PICTURE)?;
        window.choose_file("attach-input", &cake).await?;
        window.one("attachment").await?;
        inbox.write(CAPTION).await?;
        inbox.send().await?;
        window.until_gone("attachment").await?;
        inbox.undo().await?;
        until_draft(&inbox, CAPTION).await?;
        window.one("attachment").await?;
        stage.accepted(0).await?;

        Staff(window).sends_at_once().await?;
        inbox.send().await?;
        let accepted = stage.accepted(1).await?;
        assert_eq!(accepted[0].body["image"]["caption"], CAPTION);
        Ok(())
    })
    .await
}

async fn until_draft(inbox: &Inbox<'_>, text: &str) -> Outcome {
    eventually(
        &format!("the composer holds \"{text}\""),
        PATIENCE,
        async || Ok((inbox.draft().await? == text).then_some(())),
    )
    .await
}
