//! A template from the first word to the picker: what Meta would refuse is explained, what is right is handed in,
//! and its approval is heard of without a restart.

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::{Inbox, Picker, Staff},
    stage::{HOUR, LENA, LENA_NAME, MINUTE, Stage},
};

const WRONG: &str = "{{first_name}}, Ihre Torte steht für Sie bereit.";
const RIGHT: &str = "Guten Tag {{first_name}}, Ihre Torte steht für Sie in der Backstube bereit.";

#[tokio::test]
async fn a_template_is_written_explained_handed_in_approved_and_picked() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("template-editor", stage.setup(), async |_, window| {
        let (inbox, picker) = (Inbox(window), Picker(window));
        let written = stage.lena_writes("Ist die Torte fertig?").await?;
        Staff(window).notes_agreement(LENA).await?;
        inbox.open_thread(LENA_NAME).await?;
        window.leave_field().await?;

        window.press_ctrl('t').await?;
        window.click("review-new").await?;
        window.write("editor-name", "Torte bereit").await?;
        window.write("editor-body", WRONG).await?;
        let rules = "return [...document.querySelectorAll('[data-testid=finding]')].map((one) => one.dataset.rule)";
        eventually("the mistake is explained", PATIENCE, async || {
            let found = window.run(rules).await?;
            let known = found.as_array().is_some_and(|all| all.iter().any(|rule| rule == "variable_at_start"));
            Ok(known.then_some(()))
        })
        .await?;
        window.click("editor-hand-in").await?;
        window.one("editor-result").await?;
        assert!(!stage.requests().await?.contains("\"torte_bereit\""), "it was handed in as it was");

        window.write("editor-body", RIGHT).await?;
        window.write("editor-sample", "Lena").await?;
        eventually("nothing stands against it", PATIENCE, async || {
            let found = window.run(rules).await?;
            Ok(found.as_array().is_some_and(Vec::is_empty).then_some(()))
        })
        .await?;
        window.click("editor-hand-in").await?;
        window.one("handed-in").await?;
        window
            .until("return document.querySelector('[data-testid=review-row][data-name=torte_bereit]') !== null")
            .await?;

        // Meta's review ends, and the window of the customer with it.
        stage.set_clock(written + 25 * HOUR, 1.0)?;
        window.click("review-back").await?;
        picker.until_open().await?;
        stage.set_clock(written + 25 * HOUR + 5 * MINUTE, 1.0)?;
        window.write("picker-search", "torte bereit").await?;
        window
            .until("return document.querySelector('[data-testid=template-row][data-name=torte_bereit]')?.getAttribute('aria-disabled') === 'false'")
            .await?;
        picker.choose("torte_bereit").await?;
        picker.fill(&["Lena"]).await?;
        picker.send().await?;
        let accepted = stage.accepted(1).await?;
        assert_eq!(accepted[0].body["template"]["name"], "torte_bereit");
        Ok(())
    })
    .await
}
