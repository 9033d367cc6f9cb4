//! What axe-core finds on the screens of consents, in the light and in the dark: nothing.

use super::pages::{Ledger, Till};
use crate::{
    Outcome,
    accessible::{accessible, escape},
    journey::{journey, no_window_wanted},
    pages::Staff,
    stage::{LENA, LENA_NAME, Stage},
};
use serde_json::json;

#[tokio::test]
async fn nobody_is_kept_out_of_the_till_and_the_ledger() -> Outcome {
    walk("consents-light", "light").await
}

#[tokio::test]
async fn nobody_is_kept_out_of_them_in_the_dark_either() -> Outcome {
    walk("consents-dark", "dark").await
}

async fn walk(name: &str, theme: &str) -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey(name, stage.setup(), async |desk, window| {
        let (till, ledger) = (Till(window), Ledger(window));
        till.until_ready().await?;
        Staff(window).wants(&json!({ "theme": theme })).await?;
        till.scanned_by(&stage, (LENA, LENA_NAME), "de", &["service", "offers"])
            .await?;
        desk.close(window).await?;
        desk.reopen(window).await?;
        window.one("thread-row").await?;

        window.press_ctrl('o').await?;
        window.until_focused("counter-number").await?;
        window.press("hallo").await?;
        window.one("counter-number-problem").await?;
        accessible(window, "till, no number").await?;
        window.write("counter-number", "030 23125101").await?;
        window.one("counter-known").await?;
        window.click("counter-minor").await?;
        for way in ["qr", "signature", "paper", "spoken"] {
            window.click(&format!("counter-way-{way}")).await?;
            accessible(window, way).await?;
        }
        window.click("counter-go").await?;
        window.one("consent-refusal").await?;
        accessible(window, "till, nothing ticked").await?;
        window.click("counter-minor").await?;
        for way in ["signature", "qr"] {
            window.click(&format!("counter-way-{way}")).await?;
            if way == "signature" {
                window
                    .run("document.querySelector('.till [data-purpose=offers]').click()")
                    .await?;
            }
            window.click("counter-go").await?;
            window.one("customer-view").await?;
            accessible(window, &format!("turned to the customer, {way}")).await?;
            escape(window).await?;
            window.until_gone("customer-view").await?;
        }
        window.click("counter-print").await?;
        window.one("print-do").await?;
        accessible(window, "printing").await?;
        escape(window).await?;
        window.click("counter-tab-wordings").await?;
        window.one("wordings").await?;
        accessible(window, "wordings").await?;
        window.click("wording-edit").await?;
        window.write("wording-text", "Ja, gern.").await?;
        window.one("wording-findings").await?;
        accessible(window, "writing a wording").await?;
        escape(window).await?;

        ledger.open().await?;
        window.one("consents-row").await?;
        accessible(window, "consents").await?;
        window.click("consents-export").await?;
        window.one("export-dialog").await?;
        accessible(window, "export").await?;
        escape(window).await?;
        window.click("consents-import").await?;
        window.one("import-wizard").await?;
        accessible(window, "import").await?;
        for tab in ["due", "ledger", "retention"] {
            window.click(&format!("consents-tab-{tab}")).await?;
            if tab == "ledger" {
                window.one("ledger-verdict").await?;
            }
            accessible(window, tab).await?;
        }
        window.click("consents-tab-list").await?;
        ledger.open_person(LENA_NAME).await?;
        window
            .run("document.querySelector('[data-testid=timeline-details] summary').click()")
            .await?;
        accessible(window, "person").await?;
        for (button, dialog) in [
            ("person-withdraw", "withdraw-dialog"),
            ("person-erase", "erase-dialog"),
            ("person-export", "export-dialog"),
        ] {
            window.click(button).await?;
            window.one(dialog).await?;
            accessible(window, dialog).await?;
            escape(window).await?;
            window.until_gone(dialog).await?;
        }
        Ok(())
    })
    .await
}
