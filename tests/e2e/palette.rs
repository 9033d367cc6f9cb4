//! Everything by its name.

use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    pages::Inbox,
    panels::Palette,
    stage::{LENA_NAME, Stage},
};

const JONAS_NAME: &str = "Jonas Wieland";

#[tokio::test]
async fn the_palette_finds_an_action_a_section_and_a_customer() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("palette", stage.setup(), async |_, window| {
        let (inbox, palette) = (Inbox(window), Palette(window));
        stage
            .writes("493023125117", JONAS_NAME, "Was kostet das?")
            .await?;
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.lena_writes("Haben Sie heute noch offen?").await?;
        inbox.until_listed(&[LENA_NAME, JONAS_NAME]).await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;

        // From within the text field, too.
        window.one("composer").await?.click().await?;
        palette.open().await?;
        palette.take("jonas", "person ").await?;
        inbox.until_open(JONAS_NAME).await?;

        palette.open().await?;
        palette.take("interne notiz", "note").await?;
        window.until_focused("note").await?;

        palette.open().await?;
        palette.take("erledigt weiter", "done").await?;
        inbox.until_listed(&[LENA_NAME]).await?;

        palette.open().await?;
        palette.take("erledigt", "view-done").await?;
        inbox.until_listed(&[JONAS_NAME]).await
    })
    .await
}
