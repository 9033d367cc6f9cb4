//! A batch from a number that customers rate badly: asked about, answered for; and who says stop meanwhile is left out.

use fantoccini::key::Key;
use serde_json::json;

use super::batch_pages::{choose_template, later, reaches, until_next, until_state};
use crate::{
    Outcome,
    consents::pages::Till,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::Staff,
    stage::{HOUR, Stage},
    window::Window,
};

/// Numbers set apart for fiction (Bundesnetzagentur).
const AGREED: [(&str, &str); 4] = [
    ("493023125131", "Olga Brandt"),
    ("493023125132", "Pia Steiner"),
    ("493023125133", "Quirin Maas"),
    ("493023125134", "Rosa Klein"),
];

#[tokio::test]
async fn a_batch_from_a_badly_rated_number_needs_a_reason_and_leaves_out_who_says_stop_meanwhile()
-> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("guard-batch-warned", stage.setup(), async |_, window| {
        Staff(window).sends_at_once().await?;
        Till(window).until_ready().await?;
        for customer in AGREED {
            Till(window)
                .scanned_by(&stage, customer, "de", &["service", "offers"])
                .await?;
        }
        later(&stage, HOUR)?;
        stage.order("account", &json!({ "quality": "RED" })).await?;
        window.invoke("sync_templates", json!({})).await?;

        window.leave_field().await?;
        window.press_ctrl('b').await?;
        window.click("batches-first").await?;
        choose_template(window).await?;
        window.click("step-next").await?;
        window.one("live-going").await?;
        until_next(window).await?;
        window.click("step-next").await?;
        window
            .until("return document.querySelector('[data-testid=preflight-guard]')?.dataset.level === 'warn'")
            .await?;
        until_next(window).await?;
        window.click("step-next").await?;
        window.write("batch-name", "Erdbeeren im Juni").await?;
        if window.shows("batch-checked").await? {
            window.click("batch-checked").await?;
            window.write("batch-checked-by", "Ada").await?;
        }

        // Asked, and left: there is no batch, and the form is as it was.
        window.click("batch-send").await?;
        window.until_focused("guard-change").await?;
        window.press(&Key::Escape.to_string()).await?;
        window.until_gone("guard-dialog").await?;
        assert_eq!(window.value("batch-name").await?, "Erdbeeren im Juni");
        assert!(stage.accepted_so_far().await?.is_empty());

        window.click("batch-send").await?;
        window.until_focused("guard-change").await?;
        window.click("guard-anyway").await?;
        window.click("guard-because-other").await?;
        window
            .write("guard-because-words", "Alle haben am Stand darum gebeten")
            .await?;
        window.click("guard-send").await?;
        window.one("batch-page").await?;

        reaches(&stage, 2).await?;
        window.click("batch-pause").await?;
        until_state(window, "paused").await?;
        let got = stage.accepted_so_far().await?;
        let left = |number: &str| got.iter().all(|one| one.to != number);
        let stopper = AGREED.into_iter().find(|(number, _)| left(number));
        let (number, name) = stopper.ok_or("somebody is left")?;
        stage.writes(number, name, "STOPP").await?;
        // The word to whoever said stop.
        reaches(&stage, got.len() + 1).await?;
        window.click("batch-resume").await?;
        until_state_in_time(&stage, window, "done").await?;

        let all = stage.accepted_so_far().await?;
        let news = all.iter().filter(|one| one.kind == "template");
        let sent: Vec<&str> = news.map(|one| one.to.as_str()).collect();
        assert_eq!(sent.len(), 3, "{sent:?}");
        assert!(!sent.contains(&number), "{sent:?}");
        let states = window.attributes("batch-person", "data-state").await?;
        let out = states.iter().filter(|state| *state == "opted_out").count();
        assert_eq!(out, 1, "{states:?}");

        window.leave_field().await?;
        window.press_ctrl('g').await?;
        let outcomes = eventually("the log is there", PATIENCE, async || {
            let outcomes = window.attributes("guard-row", "data-outcome").await?;
            Ok((outcomes.len() == 2).then_some(outcomes))
        })
        .await?;
        assert_eq!(outcomes, ["overridden", "not_sent"]);
        window
            .run("document.querySelector('[data-testid=guard-row][data-outcome=overridden]').click()")
            .await?;
        let said = window.text("guard-entry-said").await?;
        assert!(said.contains("am Stand"), "{said}");
        Ok(())
    })
    .await
}

/// It is paced: seconds have to pass until it is there.
async fn until_state_in_time(stage: &Stage, window: &Window, state: &str) -> Outcome {
    let script = "return document.querySelector('[data-testid=batch-page]')?.dataset.state";
    let mut waited = 0;
    eventually(&format!("the batch is {state}"), PATIENCE, async || {
        if window.run(script).await?.as_str() == Some(state) {
            return Ok(Some(()));
        }
        waited += 1;
        if waited % 10 == 0 {
            later(stage, 1_000)?;
        }
        Ok(None)
    })
    .await
}
