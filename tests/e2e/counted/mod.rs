//! What the window costs, counted and not timed: elements in the page, and changes of it.

use std::time::Duration;

use serde::Deserialize;
use support::generate;

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::Inbox,
    prepared::{reopen_filled, setup},
    stage::{MINUTE, Stage},
};

const PROBE: &str = include_str!("probe.js");
const OPEN: usize = 5_000;
const LONG: usize = 3_000;

#[derive(Debug, Deserialize)]
struct Scrolled {
    messages: usize,
    nodes: usize,
    /// Beyond those on the screen.
    beside: usize,
    added: usize,
    passed: usize,
}

#[tokio::test]
async fn a_long_conversation_keeps_no_more_in_the_page_than_a_few_screens() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("long-thread", setup(&stage), async |desk, window| {
        let now = stage.clock.now();
        reopen_filled(desk, window, now, |store| {
            generate::long_thread(store, LONG, now)
        })
        .await?;
        Inbox(window).open_thread(generate::TALKER_NAME).await?;
        window.one("message").await?;
        window.run(PROBE).await?;

        let scroll = async |screens: u32| -> Outcome<Scrolled> {
            let script = format!("window.counted.scroll({screens}).then(arguments[0])");
            Ok(serde_json::from_value(
                window.run_until_called(&script).await?,
            )?)
        };
        let first = scroll(10).await?;
        let mut passed = first.passed;
        eventually(
            "many pages were scrolled through",
            Duration::from_secs(180),
            async || {
                let next = scroll(20).await?;
                passed += next.passed;
                assert!(next.beside <= 20, "{next:?}");
                assert!(
                    next.nodes <= first.nodes * 3 / 2,
                    "{first:?}, later {next:?}"
                );
                assert!(next.added <= 2 * next.passed + next.messages, "{next:?}");
                Ok((passed > LONG / 2).then_some(()))
            },
        )
        .await
    })
    .await
}

#[derive(Debug, Deserialize)]
struct Told {
    ticks: usize,
    writes: usize,
    texts: usize,
    r#else: Vec<String>,
}

#[tokio::test]
async fn a_tick_writes_the_countdowns_whose_text_changed_and_nothing_else() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("ticks", setup(&stage), async |desk, window| {
        let now = stage.clock.now();
        reopen_filled(desk, window, now, |store| {
            generate::open_windows(store, OPEN, now, 20 * MINUTE)
        })
        .await?;
        // Whose window ends first is on top: every row on the screen changes every second.
        window.run("document.querySelector('[data-testid=rail-item][data-view=closing_soon]').click()").await?;
        let ticking = "return /^\\d+:\\d\\d$/.test(document.querySelector('[data-testid=countdown] .text')?.innerText)";
        eventually("seconds are counted", PATIENCE, async || {
            Ok((window.run(ticking).await? == true).then_some(()))
        })
        .await?;
        window.run(PROBE).await?;
        let rows: (usize, usize) =
            serde_json::from_value(window.run("return window.counted.rows()").await?)?;
        assert!(rows.0 <= rows.1 + 2 * 12 + 2, "{rows:?}");

        // What comes in from the relay meanwhile changes the page, too; then it is watched anew.
        window.run("window.counted.watch()").await?;
        let told = eventually("a few ticks touch countdowns only", PATIENCE, async || {
            let told = window.run("return window.counted.told()").await?;
            let told: Told = serde_json::from_value(told)?;
            if !told.r#else.is_empty() {
                window.run("window.counted.watch()").await?;
                return Err(told.r#else.join(", ").into());
            }
            Ok((told.writes >= 3 * rows.0).then_some(told))
        })
        .await?;
        assert_eq!(told.writes, told.texts, "{told:?}");
        assert!(told.writes <= told.ticks * rows.0, "{told:?}");
        Ok(())
    })
    .await
}
