//! Who a customer is: labels, a lasting note, and two numbers that turn out to be one person.

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::Inbox,
    panels::CustomerPanel,
    stage::{LENA_NAME, Stage},
};

const JONAS_NAME: &str = "Jonas Wieland";
const LABEL: &str = "Stammkundin";
const NOTE: &str = "Holt lieber abends ab.";

#[tokio::test]
async fn a_customer_gets_a_label_and_a_note_and_is_merged_and_parted_again() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("customer", stage.setup(), async |desk, window| {
        let (inbox, panel) = (Inbox(window), CustomerPanel(window));
        stage
            .writes("493023125117", JONAS_NAME, "Ich schreibe für Lena.")
            .await?;
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.lena_writes("Ist mein Rad fertig?").await?;
        inbox.until_listed(&[LENA_NAME, JONAS_NAME]).await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_open(LENA_NAME).await?;
        window.leave_field().await?;
        window.press("i").await?;
        panel.until_open().await?;

        panel.label(LABEL).await?;
        panel.note(NOTE).await?;
        // The list says it, too.
        eventually("the row bears the label", PATIENCE, async || {
            Ok(inbox.threads().await?[0].contains(LABEL).then_some(()))
        })
        .await?;

        panel.merge_with(JONAS_NAME).await?;
        inbox.until_listed(&[""]).await?;
        inbox
            .bubble("Ich schreibe für Lena.", |bubble| bubble.direction == "in")
            .await?;
        // By the panel, which stays; the toast goes by itself.
        window.click("unmerge").await?;
        inbox.until_listed(&[LENA_NAME, JONAS_NAME]).await?;

        // Kept for the next morning, and told to nobody.
        desk.close(window).await?;
        desk.reopen(window).await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_open(LENA_NAME).await?;
        if !window.shows("customer-panel").await? {
            window.click("head-panel").await?;
        }
        panel.until_label(LABEL).await?;
        assert_eq!(window.value("customer-note").await?, NOTE);
        let asked = stage.requests().await?;
        assert!(!asked.contains(LABEL) && !asked.contains("abends"));
        Ok(())
    })
    .await
}
