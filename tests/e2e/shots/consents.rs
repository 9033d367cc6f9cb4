//! The till and the ledger: an opt-in taken down in each way, the customer's own view, wordings, lists, what leaves the
//! app and what a person's page says.

use super::{
    album::{Album, WORDS, Words},
    escape,
};
use crate::{Outcome, desk::Setup, journey::sitting, pages::Start, window::Window};

/// Numbers set apart for fiction (Bundesnetzagentur, Ofcom; any for Brazil), as somebody says them at the till.
const NUMBERS: [&str; 3] = ["030 23125 042", "+55 11 95550 0142", "+44 7700 900142"];

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn consents_in_german() -> Outcome {
    consents(&WORDS[0], NUMBERS[0]).await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn consents_in_portuguese() -> Outcome {
    consents(&WORDS[1], NUMBERS[1]).await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn consents_in_english() -> Outcome {
    consents(&WORDS[2], NUMBERS[2]).await
}

async fn consents(words: &Words, number: &str) -> Outcome {
    let name = format!("shots-consents-{}", words.language);
    sitting(&name, Setup::default(), async |_, window| {
        let album = Album::of(words, window)?;
        Start(window).practise_in(words.language).await?;
        window.leave_field().await?;
        at_the_till(window, &album, number).await?;
        in_the_ledger(window, &album).await
    })
    .await
}

async fn at_the_till(window: &Window, album: &Album<'_>, number: &str) -> Outcome {
    window.press_ctrl('o').await?;
    window.until_focused("counter-number").await?;
    album.take_large("till").await?;
    window.write("counter-number", "12").await?;
    window.one("counter-number-problem").await?;
    album.take("till-no-number").await?;
    window.write("counter-number", number).await?;
    window.one("counter-number-is").await?;
    window
        .run("document.querySelector('.till [data-purpose=offers]').click()")
        .await?;
    for way in ["signature", "paper", "spoken", "qr"] {
        window.click(&format!("counter-way-{way}")).await?;
        album.take(&format!("till-{way}")).await?;
    }
    for way in ["qr", "signature"] {
        window.click(&format!("counter-way-{way}")).await?;
        window.click("counter-go").await?;
        window.one("customer-view").await?;
        album.take_large(&format!("customer-{way}")).await?;
        window.press(&escape()).await?;
        window.until_gone("customer-view").await?;
    }
    window.click("counter-way-spoken").await?;
    window.click("counter-go").await?;
    window.until_gone("consent-refusal").await?;
    album.take("till-done").await?;
    window.click("counter-print").await?;
    window.one("print-do").await?;
    album.take("till-print").await?;
    window.press(&escape()).await?;
    window.until_gone("print-do").await?;
    window.click("counter-tab-wordings").await?;
    window.one("wordings").await?;
    album.take_large("wordings").await?;
    window.click("wording-edit").await?;
    window.write("wording-text", "Ok.").await?;
    window.one("wording-findings").await?;
    album.take("wording-editor").await?;
    window.press(&escape()).await
}

async fn in_the_ledger(window: &Window, album: &Album<'_>) -> Outcome {
    window.leave_field().await?;
    window.press_ctrl('l').await?;
    window.one("consents-row").await?;
    album.take_large("consents").await?;
    for (button, dialog) in [
        ("consents-export", "export-dialog"),
        ("consents-import", "import-wizard"),
    ] {
        window.click(button).await?;
        window.one(dialog).await?;
        album.take(dialog).await?;
        window.press(&escape()).await?;
    }
    for tab in ["due", "ledger", "retention"] {
        window.click(&format!("consents-tab-{tab}")).await?;
        if tab == "ledger" {
            window.one("ledger-verdict").await?;
        }
        album.take(&format!("consents-{tab}")).await?;
    }
    window.click("consents-tab-list").await?;
    window.click("consents-row").await?;
    window.one("person-history").await?;
    album.take_large("consent-person").await?;
    for (button, dialog) in [
        ("person-withdraw", "withdraw-dialog"),
        ("person-erase", "erase-dialog"),
    ] {
        window.click(button).await?;
        window.one(dialog).await?;
        album.take(&format!("consent-{dialog}")).await?;
        window.press(&escape()).await?;
        window.until_gone(dialog).await?;
    }
    Ok(())
}
