//! Tab goes through the till and the ledger as one reads them, and back.

use super::pages::{Ledger, Till};
use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    screen::Screen,
    stage::{LENA, LENA_NAME, Stage},
    tab_order::goes_round,
};

#[tokio::test]
async fn tab_goes_through_till_ledger_and_person_as_one_reads_them_and_back() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    let (screen, setup) = Screen::with(&stage)?;
    journey("consents-tab-order", setup, async |_, window| {
        let (till, ledger) = (Till(window), Ledger(window));
        till.until_ready().await?;
        till.scanned_by(&stage, (LENA, LENA_NAME), "de", &["service", "offers"])
            .await?;
        screen.look_at("Guichet")?;
        window.press_ctrl('o').await?;
        window.until_focused("counter-number").await?;
        goes_round(window, &screen, 15).await?;

        ledger.open().await?;
        window.one("consents-row").await?;
        goes_round(window, &screen, 15).await?;
        // From the search down into the list, and by Enter to a person.
        window.one("consents-search").await?.click().await?;
        screen.press(&["Down", "Return"])?;
        window.one("person-history").await?;
        window.until_focused("person-back").await?;
        goes_round(window, &screen, 10).await?;
        screen.press(&["Escape"])?;
        window.one("consents-list").await?;
        // Where one came from.
        window.until_focused("consents-row").await?;
        screen.press(&["Escape"])?;
        window.until_gone("consents-screen").await
    })
    .await
}
