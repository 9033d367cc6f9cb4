//! Somebody is erased: gone from every screen and every table, while the chain holds and lists skip them.

use std::fs;

use support::traces::traces;

use super::pages::{Ledger, Till};
use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    pages::{Inbox, Start},
    panels::Finder,
    prepared,
    screen::Screen,
    stage::{LENA, LENA_NAME, Stage},
    window::Window,
};

const JONAS: (&str, &str) = ("493023125117", "Jonas Wieland");
const SAID: &str = "Streuselkuchen bitte, wie letztes Mal";
/// With another one, so that the list is not empty.
const LIST: &str = "Name;Handynummer\nLena Brandt;030 23125101\nIda Sommer;0151 23456789\n";
/// None of them may be left in any column of any table, however it is written.
const TRACES: [&str; 4] = [LENA, "23125101", "brandt", "streusel"];

#[tokio::test]
async fn an_erased_person_is_gone_from_every_screen_and_every_table() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    let (screen, mut setup) = Screen::with(&stage)?;
    setup.keyring = prepared::setup(&stage).keyring;
    journey("erased", setup, async |desk, window| {
        let (inbox, ledger, finder) = (Inbox(window), Ledger(window), Finder(window));
        Start(window).keyring_is_asked_for().await?;
        window.click("use-passphrase").await?;
        Start(window).create_passphrase(prepared::PASSPHRASE).await?;
        Till(window).until_ready().await?;
        for who in [(LENA, LENA_NAME), JONAS] {
            Till(window).scanned_by(&stage, who, "de", &["service", "offers"]).await?;
        }
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.lena_writes(SAID).await?;
        inbox.until_listed(&[LENA_NAME, JONAS.1]).await?;
        screen.look_at("Guichet")?;

        ledger.open().await?;
        ledger.open_person(LENA_NAME).await?;
        window.click("person-erase").await?;
        window.one("erase-goes").await?;
        window.write("erase-reason", "Brief vom Montag").await?;
        assert!(!window.one("erase-do").await?.is_enabled().await?);
        window.write("erase-confirm", LENA_NAME).await?;
        window.click("erase-do").await?;
        window.until_gone("erase-dialog").await?;

        // From the list, by her name and by her number.
        for text in ["Brandt", "23125101"] {
            window.write("consents-search", "Jonas").await?;
            window.one("consents-row").await?;
            window.write("consents-search", text).await?;
            window.one("consents-empty").await?;
        }
        window.click("consents-tab-ledger").await?;
        window.click("ledger-again").await?;
        window.one("ledger-verdict").await?;
        assert!(!window.shows("ledger-broken").await?);

        // A list that is brought along skips her and says so.
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("kunden.csv");
        fs::write(&file, LIST)?;
        window.click("consents-import").await?;
        window.click("import-choose").await?;
        screen.choose_in_file_dialog(&file).await?;
        window.one("import-columns").await?;
        assert_eq!(count(window, "suppressed").await?, "1");
        window.click("import-next").await?;
        window.write("import-source", "Altes Kassenbuch").await?;
        window
            .run("document.querySelector('[data-testid=import-purpose][data-purpose=offers]').click()")
            .await?;
        window.click("import-do").await?;
        window.one("import-result").await?;
        assert_eq!(count(window, "suppressed").await?, "1");
        assert_eq!(count(window, "good").await?, "1");

        // From the inbox and from search.
        window.click("consents-back").await?;
        inbox.until_listed(&[JONAS.1]).await?;
        for text in ["Brandt", "Streusel"] {
            finder.begin().await?;
            finder.type_more(text).await?;
            finder.until_found(&[]).await?;
            window
                .until("const state = document.querySelector('[data-testid=search-state]');
                    return state !== null && state.querySelector('.working') === null")
                .await?;
            assert!(!window.shows("search-hit").await? && !window.shows("search-person").await?);
        }

        desk.close(window).await?;
        let store = prepared::store_of(desk, stage.clock.now())?;
        let says = |text: &str| {
            let text = text.to_lowercase();
            TRACES.into_iter().find(|trace| text.contains(trace))
        };
        assert_eq!(traces(&store, says)?, [""; 0]);
        store.write(store::check_search)?;
        drop(store);
        desk.reopen(window).await
    })
    .await
}

async fn count(window: &Window, of: &str) -> Outcome<String> {
    let tile = window.text(&format!("import-count-{of}")).await?;
    Ok(tile
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned())
}
