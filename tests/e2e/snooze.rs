//! A thread is put to sleep, and wakes by itself.

use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    pages::Inbox,
    stage::{HOUR, LENA_NAME, MINUTE, Stage},
};

const JONAS_NAME: &str = "Jonas Wieland";
/// The digits of the sections in the rail.
const ALL: &str = "1";
const ASLEEP: &str = "6";

#[tokio::test]
async fn a_sleeping_thread_wakes_when_its_customer_writes_and_when_its_time_has_come() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("snooze", stage.setup(), async |_, window| {
        let inbox = Inbox(window);
        stage
            .writes("493023125117", JONAS_NAME, "Was kostet das?")
            .await?;
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.lena_writes("Haben Sie heute noch offen?").await?;
        inbox.until_listed(&[LENA_NAME, JONAS_NAME]).await?;

        window.press("j").await?;
        window.press("s").await?;
        window.click("snooze-hour").await?;
        inbox.until_listed(&[JONAS_NAME]).await?;
        assert!(window.text("toast").await?.contains(LENA_NAME));
        window.press(ASLEEP).await?;
        inbox.until_listed(&[LENA_NAME]).await?;
        window.one("asleep").await?;

        // She writes: it is there again at once.
        stage.set_clock(stage.clock.now() + MINUTE, 1.0)?;
        let written = stage.lena_writes("Hallo?").await?;
        inbox.until_listed(&[]).await?;
        window.press(ALL).await?;
        inbox.until_listed(&[LENA_NAME, JONAS_NAME]).await?;

        // Nobody writes, and its hour has passed.
        window.press("j").await?;
        inbox.open_thread(JONAS_NAME).await?;
        inbox.until_open(JONAS_NAME).await?;
        window.click("head-snooze").await?;
        window.click("snooze-hour").await?;
        inbox.until_listed(&[LENA_NAME]).await?;
        stage.set_clock(stage.clock.now() + HOUR + MINUTE, 1.0)?;
        inbox.until_listed(&[LENA_NAME, JONAS_NAME]).await?;

        // An hour that would outlast the window is warned of, before it is chosen.
        stage.set_clock(written + 24 * HOUR - 40 * MINUTE, 1.0)?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_countdown_of_open("soon").await?;
        window.click("head-snooze").await?;
        window
            .until("return document.querySelector('[data-testid=snooze-hour] [data-warning=after_close]') !== null")
            .await
    })
    .await
}
