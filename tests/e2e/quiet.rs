//! Quiet hours, and a desktop that has no tray.

use serde_json::{Value, json};

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    notice_server::Notices,
    pages::{Inbox, Staff},
    stage::{LENA_NAME, MINUTE, Stage},
};

const JONAS: &str = "493023125117";
const DRAFT: &str = "Ja, ab 17 Uhr";
const JONAS_NAME: &str = "Jonas Wieland";
/// Counts every sound that the window begins.
const LISTEN: &str = "window.sounds = 0;
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () { window.sounds++; return play.call(this); };";

#[tokio::test]
async fn in_quiet_hours_nothing_is_shown_or_heard_and_afterwards_it_is() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("quiet", stage.setup(), async |desk, window| {
        let (inbox, notices) = (Inbox(window), Notices::on(desk).await?);
        window.one("search").await?;
        // The shop's hours are those of its own clock on the wall.
        let minute = minute_of_day(
            &window
                .run(&format!(
                    "return new Date({}).getHours() * 60 + new Date({0}).getMinutes()",
                    stage.clock.now()
                ))
                .await?,
        );
        let mut alerts = window.invoke("settings", json!({})).await?["alerts"].clone();
        alerts["quiet_from"] = ((minute + 1440 - 5) % 1440).into();
        alerts["quiet_to"] = ((minute + 30) % 1440).into();
        Staff(window).wants(&json!({ "alerts": alerts })).await?;
        desk.close(window).await?;
        desk.reopen(window).await?;
        window.one("search").await?;
        window.run(LISTEN).await?;

        stage.lena_writes("Sind Sie noch wach?").await?;
        inbox.until_listed(&[LENA_NAME]).await?;
        // Still counted: in the title of the window, beside the tray where there is one.
        eventually("the unread thread is counted", PATIENCE, async || {
            let rows = inbox.threads().await?;
            Ok(rows[0].contains('1').then_some(()))
        })
        .await?;

        // The morning after, somebody else writes: that is shown and heard, and it is the first that ever was.
        stage.set_clock(stage.clock.now() + 40 * MINUTE, 1.0)?;
        stage.writes(JONAS, JONAS_NAME, "Guten Morgen!").await?;
        let shown = notices.shown(1).await?;
        assert_eq!(shown[0].title, JONAS_NAME);
        eventually("its sound begins", PATIENCE, async || {
            Ok((window.run("return window.sounds").await? == 1).then_some(()))
        })
        .await
    })
    .await
}

#[tokio::test]
async fn without_a_tray_the_closed_window_ends_the_app_and_the_next_start_finds_everything()
-> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("no-tray", stage.setup(), async |desk, window| {
        let inbox = Inbox(window);
        // Nobody on this bus shows trays.
        let notices = Notices::on(desk).await?;
        assert!(!notices.beside("org.kde.StatusNotifierWatcher").await?);
        stage.lena_writes("Ist mein Rad fertig?").await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;
        inbox.write(DRAFT).await?;
        let thread = inbox.open_thread_id().await?;
        eventually("the draft is kept", PATIENCE, async || {
            let head = window
                .invoke("thread_head", json!({ "threadId": thread }))
                .await?;
            Ok((head["draft"] == DRAFT).then_some(()))
        })
        .await?;
        // A window in the background that nobody could bring back would be lost: closed is closed.
        desk.close(window).await?;

        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.writes(JONAS, JONAS_NAME, "Und meins?").await?;
        desk.reopen(window).await?;
        inbox.until_listed(&[JONAS_NAME, LENA_NAME]).await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;
        assert_eq!(inbox.draft().await?, DRAFT);
        Ok(())
    })
    .await
}

fn minute_of_day(told: &Value) -> i64 {
    told.as_f64().unwrap_or_default() as i64
}
