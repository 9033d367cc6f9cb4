//! The steps of a batch, and the time that has to pass between its messages.

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    stage::Stage,
    window::Window,
};

pub const NEWS: &str = "season_news";

/// The news, to their first name, about strawberries.
pub async fn choose_template(window: &Window) -> Outcome {
    window.write("batch-template-search", "season").await?;
    let row = format!("[data-testid=batch-template-row][data-name={NEWS}][data-language=de]");
    window
        .until(&format!("return document.querySelector('{row}') !== null"))
        .await?;
    window
        .run(&format!("document.querySelector('{row}').click()"))
        .await?;
    window.one("batch-template").await?;
    for (slot, value) in window
        .all("slot")
        .await?
        .into_iter()
        .zip(["{{first_name}}", "Erdbeeren"])
    {
        slot.clear().await?;
        slot.send_keys(value).await?;
    }
    until_next(window).await
}

pub async fn until_next(window: &Window) -> Outcome {
    window
        .until("return document.querySelector('[data-testid=step-next]')?.disabled === false")
        .await
}

pub async fn until_state(window: &Window, state: &str) -> Outcome {
    window
        .until(&format!(
            "return document.querySelector('[data-testid=batch-page]')?.dataset.state === '{state}'"
        ))
        .await
}

/// It is paced: time has to pass between one and the next. Second by second, and none where the last one has only just
/// made something leave: the app must not die with a message on its way that nobody has taken yet.
pub async fn reaches(stage: &Stage, count: usize) -> Outcome {
    let what = format!("{count} have reached the platform");
    let mut waited = 0;
    eventually(&what, PATIENCE, async || {
        if stage.accepted_so_far().await?.len() >= count {
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

pub fn later(stage: &Stage, ms: i64) -> Outcome {
    stage.set_clock(stage.clock.now() + ms, 1.0)
}
