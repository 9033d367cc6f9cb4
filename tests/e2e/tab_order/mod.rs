//! Tab goes through the whole screen as one reads it, is seen and named wherever it stands, and comes back.

use std::fs;

use serde::Deserialize;
use serde_json::json;

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::Inbox,
    screen::Screen,
    stage::{LENA_NAME, Stage},
    window::Window,
};

const AXE: &str = "../ui/node_modules/axe-core/axe.min.js";
const PROBE: &str = include_str!("probe.js");
const OFFERED: &str = "search-kind";
/// No screen has more places for the keyboard.
const STOPS: usize = 120;
/// Pixels by which things on one line may lie apart.
const LINE: f64 = 12.0;

#[derive(Debug, Deserialize)]
struct Stop {
    id: i64,
    what: String,
    name: String,
    role: String,
    inside: bool,
    /// Left, top, right, bottom.
    bounds: [f64; 4],
}

#[tokio::test]
async fn tab_goes_through_the_inbox_as_one_reads_it_and_back() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    let (screen, setup) = Screen::with(&stage)?;
    journey("tab-order", setup, async |_, window| {
        let inbox = Inbox(window);
        stage
            .writes("493023125117", "Jonas Wieland", "Was kostet das?")
            .await?;
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage
            .lena_writes("Geht das? https://blumen.example/strauss")
            .await?;
        inbox.until_listed(&[LENA_NAME, "Jonas Wieland"]).await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;
        window.click("head-panel").await?;
        window.one("customer-note").await?;
        let label = json!({ "kind": "label", "label": "Stammkundin", "on": true });
        let thread = inbox.open_thread_id().await?;
        window
            .invoke(
                "describe_customer",
                json!({ "threadId": thread, "change": label }),
            )
            .await?;
        window.one("customer-label").await?;
        screen.look_at("Guichet")?;
        goes_round(window, &screen, 20).await
    })
    .await
}

/// Tab by Tab through what is on the screen now, and back; more than `least` places have the keyboard in turn.
pub async fn goes_round(window: &Window, screen: &Screen, least: usize) -> Outcome {
    window.run(&fs::read_to_string(AXE)?).await?;
    window.run(PROBE).await?;
    // From the top of the page.
    window
        .run("document.activeElement.blur(); getSelection().setPosition(document.body, 0)")
        .await?;

    let mut bad = Vec::new();
    let mut stops: Vec<Stop> = Vec::new();
    for _ in 0..STOPS {
        let at = where_it_is(window).await?;
        screen.press(&["Tab"])?;
        until_elsewhere(window, at).await?;
        if let Some(last) = stops.last()
            && window.run("return tabOrder.wasSeen()").await? != true
        {
            bad.push(format!("not seen: {last:?}"));
        }
        let Some(stop) = stop(window).await? else {
            continue;
        };
        if stops.first().is_some_and(|first| first.id == stop.id) {
            break;
        }
        if let Some(again) = stops.iter().find(|other| other.id == stop.id) {
            bad.push(format!("a trap: {again:?}"));
            break;
        }
        stops.push(stop);
    }
    assert!(stops.len() > least && stops.len() < STOPS, "{stops:#?}");
    for stop in &stops {
        if stop.name.trim().is_empty() || stop.role.is_empty() || !stop.inside {
            bad.push(format!("unnamed or outside: {stop:?}"));
        }
    }
    // What the search offers lies over the list, and only while the keyboard is in it.
    let lasting: Vec<&Stop> = stops.iter().filter(|stop| stop.what != OFFERED).collect();
    for pair in lasting.windows(2) {
        if !follows(pair[0], pair[1]) {
            bad.push(format!("out of order: {:?} before {:?}", pair[0], pair[1]));
        }
    }
    // The same way back, from the first to the last and on to the first.
    let forth: Vec<i64> = lasting.iter().map(|stop| stop.id).collect();
    let mut back = Vec::new();
    for _ in 0..STOPS {
        let at = where_it_is(window).await?;
        screen.press(&["shift+Tab"])?;
        until_elsewhere(window, at).await?;
        match where_it_is(window).await? {
            0 => continue,
            id if id == forth[0] => break,
            id => back.push(id),
        }
    }
    back.push(forth[0]);
    back.reverse();
    if back != forth {
        bad.push(format!("another way back: {back:?} for {forth:?}"));
    }
    let way: Vec<_> = stops
        .iter()
        .map(|stop| (stop.id, &stop.what, &stop.name))
        .collect();
    assert!(bad.is_empty(), "{}\n{way:#?}", bad.join("\n"));
    Ok(())
}

/// To the right of it, or further down; where both are on one line, from left to right.
fn follows(first: &Stop, second: &Stop) -> bool {
    let ([left, top, right, bottom], [x, y, _, _]) = (first.bounds, second.bounds);
    let one_line = (top - y).abs() <= LINE;
    let within = x >= left && y >= top && y < bottom;
    x >= right - 1.0 || within || (one_line && x >= left) || y >= top + LINE
}

async fn stop(window: &Window) -> Outcome<Option<Stop>> {
    Ok(serde_json::from_value(
        window.run("return tabOrder.stop()").await?,
    )?)
}

/// The place of the keyboard; 0 where it is nowhere.
async fn where_it_is(window: &Window) -> Outcome<i64> {
    let id = window.run("return tabOrder.id()").await?;
    Ok(id.as_f64().unwrap_or_default() as i64)
}

async fn until_elsewhere(window: &Window, before: i64) -> Outcome {
    eventually("the keyboard moves on", PATIENCE, async || {
        let now = where_it_is(window).await?;
        if now != before {
            return Ok(Some(()));
        }
        let stop = stop(window).await?;
        Err(format!("it stays at {stop:?}").into())
    })
    .await
}
