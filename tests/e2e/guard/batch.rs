//! A template to many: looked at before, paused, killed in the middle, gone on with, and nobody gets it twice.

use std::collections::BTreeSet;

use super::batch_pages::{NEWS, choose_template, later, reaches, until_next, until_state};
use crate::{
    Outcome,
    consents::pages::{Till, send_template},
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::{Inbox, Staff},
    stage::{HOUR, Stage},
};

/// Who agreed to offers. Numbers set apart for fiction (Bundesnetzagentur).
const AGREED: [(&str, &str); 7] = [
    ("493023125121", "Gesa Thiel"),
    ("493023125122", "Hanno Voss"),
    ("493023125123", "Ilka Brehm"),
    ("493023125124", "Jost Kramer"),
    ("493023125125", "Kaya Demir"),
    ("493023125126", "Lothar Engel"),
    ("493023125127", "Mara Singer"),
];
/// Stopped since, got these very news today, never agreed.
const STOPPED: usize = 5;
const SERVED: usize = 6;
const ASKING: (&str, &str) = ("493023125128", "Nils Quandt");

#[tokio::test]
async fn a_batch_skips_whom_it_must_outlives_the_app_and_reaches_everybody_once() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("guard-batch", stage.setup(), async |desk, window| {
        let inbox = Inbox(window);
        Staff(window).sends_at_once().await?;
        Till(window).until_ready().await?;
        for customer in AGREED {
            Till(window)
                .scanned_by(&stage, customer, "de", &["service", "offers"])
                .await?;
        }
        stage
            .writes(ASKING.0, ASKING.1, "Haben Sie morgen offen?")
            .await?;
        later(&stage, 3_000)?;
        stage
            .writes(AGREED[STOPPED].0, AGREED[STOPPED].1, "STOPP")
            .await?;
        let served = AGREED[SERVED].1;
        inbox.open_thread(served).await?;
        inbox.until_open(served).await?;
        let thread = inbox.open_thread_id().await?;
        let sent = send_template(window, thread, NEWS, "de").await?;
        assert_eq!(sent["kind"], "queued", "{sent}");
        // It, and the word to whoever said stop.
        let before = stage.accepted(2).await?.len();
        later(&stage, HOUR)?;

        window.leave_field().await?;
        window.press_ctrl('b').await?;
        window.click("batches-first").await?;
        choose_template(window).await?;
        window.click("step-next").await?;
        window.one("live-going").await?;
        until_next(window).await?;
        window.click("step-next").await?;
        eventually("five of eight get it", PATIENCE, async || {
            let going = window.text("preflight-going").await?;
            Ok((going == "5").then_some(()))
        })
        .await?;
        let mut skipped = window.attributes("preflight-skip", "data-why").await?;
        skipped.sort();
        assert_eq!(skipped, ["already_sent", "no_opt_in", "opted_out"]);
        let reads = window.text("batch-reads").await?;
        assert!(reads.contains("Erdbeeren"), "{reads}");
        until_next(window).await?;
        window.click("step-next").await?;
        window.write("batch-name", "Erdbeeren im Juni").await?;
        if window.shows("batch-checked").await? {
            window.click("batch-checked").await?;
            window.write("batch-checked-by", "Ada").await?;
        }
        window.click("batch-send").await?;
        window.one("batch-page").await?;

        // Two have it; then it stands still, and stays so over a night.
        reaches(&stage, before + 2).await?;
        window.click("batch-pause").await?;
        until_state(window, "paused").await?;
        desk.cut_power().await?;
        let sent = stage.accepted_so_far().await?.len();
        desk.reopen(window).await?;
        window.one("thread-row").await?;
        later(&stage, 60_000)?;
        window.leave_field().await?;
        window.press_ctrl('b').await?;
        window.click("batch-open").await?;
        until_state(window, "paused").await?;
        stage.accepted(sent).await?;
        window.click("batch-resume").await?;

        // Killed while it runs, it goes on by itself.
        reaches(&stage, sent + 1).await?;
        desk.cut_power().await?;
        desk.reopen(window).await?;
        reaches(&stage, before + 5).await?;
        later(&stage, 60_000)?;
        let all = stage.accepted(before + 5).await?;
        let got: Vec<&str> = all[before..].iter().map(|one| one.to.as_str()).collect();
        let everybody: BTreeSet<&str> = AGREED[..5].iter().map(|(number, _)| *number).collect();
        assert_eq!(got.len(), 5, "{got:?}");
        assert_eq!(got.into_iter().collect::<BTreeSet<_>>(), everybody);
        window.one("thread-row").await?;
        window.leave_field().await?;
        window.press_ctrl('b').await?;
        window.click("batch-open").await?;
        until_state(window, "done").await
    })
    .await
}
