//! An opt-in at the till by a signature, and the picture of it where it is looked up later.

use fantoccini::key::Key;
use serde_json::Value;

use super::pages::{Ledger, Till};
use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    screen::Screen,
    stage::{LENA_NAME, Stage},
    window::Window,
};

/// Hers, as she says it.
const LOCAL: &str = "030 23125101";

#[tokio::test]
async fn a_signature_is_drawn_on_the_screen_and_lies_on_the_page_of_who_signed() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    let (screen, setup) = Screen::with(&stage)?;
    journey("counter-signature", setup, async |_, window| {
        let till = Till(window);
        till.until_ready().await?;
        screen.look_at("Guichet")?;
        window.press_ctrl('o').await?;
        window.until_focused("counter-number").await?;
        window.press(LOCAL).await?;
        window.one("counter-number-is").await?;
        window.write("counter-name", LENA_NAME).await?;
        window.press(&Key::Enter.to_string()).await?;
        window.until_focused("counter-purpose").await?;
        window.press("3").await?;
        till.until_ticked(&["offers"]).await?;
        window.click("counter-way-signature").await?;
        window.click("counter-go").await?;
        window.one("signature").await?;
        assert!(!window.one("customer-view-agree").await?.is_enabled().await?);

        // Two strokes, by the pointer of the desktop.
        let place = "const { left, top, width, height } = document.querySelector('[data-testid=signature]').getBoundingClientRect();
            return [left, top, width, height].map(Math.round)";
        let [left, top, width, height]: [i32; 4] = serde_json::from_value(whole(window, place).await?)?;
        let at = |x: i32, y: i32| (left + width * x / 100, top + height * y / 100);
        screen.draw(&[at(20, 60), at(30, 30), at(40, 70), at(50, 30), at(60, 70)])?;
        screen.draw(&[at(65, 50), at(80, 45)])?;
        window.click("customer-view-agree").await?;
        window.one("customer-view-thanks").await?;
        window.click("customer-view-next").await?;
        window.until_gone("customer-view").await?;

        let ledger = Ledger(window);
        ledger.open().await?;
        ledger.open_person(LENA_NAME).await?;
        let line = "document.querySelector('[data-testid=timeline-line][data-event=granted]')";
        window.until(&format!("return {line} !== null")).await?;
        window.run(&format!("{line}.querySelector('summary').click()")).await?;
        window
            .until("return document.querySelector('[data-testid=evidence-open] img')?.naturalWidth === 1200")
            .await?;
        // What was drawn is on it: ink, and far more paper.
        let ink = whole(window, "const picture = document.querySelector('[data-testid=evidence-open] img');
            const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 400 });
            const context = canvas.getContext('2d');
            context.drawImage(picture, 0, 0);
            const { data } = context.getImageData(0, 0, 1200, 400);
            let [left, right, ink] = [1200, 0, 0];
            for (let at = 0; at < data.length; at += 4) {
                if (data[at] > 128) continue;
                ink += 1;
                left = Math.min(left, (at / 4) % 1200);
                right = Math.max(right, (at / 4) % 1200);
            }
            return [left, right, ink]").await?;
        let [from, to, ink]: [i32; 3] = serde_json::from_value(ink)?;
        assert!((200..280).contains(&from) && (920..1000).contains(&to), "ink from {from} to {to}");
        assert!((1_000..100_000).contains(&ink), "{ink} dark points");
        eventually("the laptop shows it large", PATIENCE, async || {
            window.click("evidence-open").await?;
            Ok(window.shows("evidence-large").await?.then_some(()))
        })
        .await
    })
    .await
}

/// The driver gives whole numbers with a point behind them.
async fn whole(window: &Window, script: &str) -> Outcome<Value> {
    let found = window.run(script).await?;
    let all = found.as_array().ok_or("not a list")?;
    Ok(all
        .iter()
        .map(|one| one.as_f64().unwrap_or_default() as i64)
        .collect())
}
