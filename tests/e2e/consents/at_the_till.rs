//! An opt-in at the till by a code that the customer scans and sends: few keys, and the strongest proof.

use std::{cell::Cell, io::Write};

use fantoccini::key::Key;
use serde_json::json;

use super::pages::{Offered, Till};
use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    pages::{Inbox, Picker, Staff},
    stage::{LENA, LENA_NAME, Stage},
    window::Window,
};

const JONAS: &str = "493023125117";
const JONAS_NAME: &str = "Jonas Wieland";
/// Lena's, as she says it.
const LOCAL: &str = "030 23125101";
/// Advertising.
const NEWS: &str = "season_news";
/// An owner at the till should not need more, the number aside.
const MOST_KEYS: usize = 10;

/// Counts what is pressed.
struct Keys<'a> {
    window: &'a Window,
    pressed: Cell<usize>,
}

impl Keys<'_> {
    async fn press(&self, key: &str) -> Outcome {
        self.pressed.set(self.pressed.get() + 1);
        self.window.press(key).await
    }

    async fn with_ctrl(&self, key: char) -> Outcome {
        self.pressed.set(self.pressed.get() + 1);
        self.window.press_ctrl(key).await
    }

    /// Tab by Tab to the first place that this script calls the one.
    async fn on_to(&self, place: &str) -> Outcome {
        let there = format!("const {{ dataset }} = document.activeElement; return {place}");
        for _ in 0..MOST_KEYS {
            if self.window.run(&there).await? == true {
                return Ok(());
            }
            self.press(&Key::Tab.to_string()).await?;
        }
        Err(format!("Tab does not lead to {place}").into())
    }
}

#[tokio::test]
async fn a_customer_scans_a_code_and_may_have_offers_from_then_on() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("counter-qr", stage.setup(), async |_, window| {
        let (inbox, till, offered) = (Inbox(window), Till(window), Offered(window));
        let enter = Key::Enter.to_string();
        Staff(window).sends_at_once().await?;
        till.until_ready().await?;
        stage.lena_writes("Haben Sie schon Erdbeeren?").await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;
        offered.open().await?;
        let why = offered.why_not(NEWS).await?;
        assert!(why.contains("Keine Einwilligung"), "{why}");

        // By her number and in her language, without the mouse.
        stage.set_clock(stage.clock.now() + 5_000, 1.0)?;
        let keys = Keys { window, pressed: Cell::new(0) };
        keys.with_ctrl('o').await?;
        window.until_focused("counter-number").await?;
        window.press(LOCAL).await?;
        let number = window.text("counter-number-is").await?;
        assert!(number.replace(' ', "").contains("+493023125101"), "{number}");
        assert!(window.text("counter-known").await?.contains(LENA_NAME));
        keys.on_to("dataset.language === 'en'").await?;
        keys.press(" ").await?;
        keys.on_to("dataset.testid === 'counter-purpose'").await?;
        till.until_ticked(&[]).await?;
        keys.press("3").await?;
        till.until_ticked(&["offers"]).await?;
        keys.press(&enter).await?;
        let text = till.text_to_scan().await?;
        let with_language = keys.pressed.get();
        // She reads the whole of it before she agrees, and in her own language.
        let shown = window.text("customer-view").await?;
        assert!(shown.contains("I agree") && shown.contains(&text), "{shown}");
        stage.lena_writes(&text).await?;
        window.one("customer-view-thanks").await?;

        // The next one says no number: the scan will.
        window.press(&enter).await?;
        window.until_focused("counter-number").await?;
        keys.pressed.set(1);
        keys.press(&enter).await?;
        keys.press("3").await?;
        till.until_ticked(&["offers"]).await?;
        keys.press(&enter).await?;
        let text = till.text_to_scan().await?;
        let shortest = keys.pressed.get();
        stage.writes(JONAS, JONAS_NAME, &text).await?;
        window.one("customer-view-thanks").await?;
        // Past the test runner, which keeps to itself what a passing test says.
        let _ = writeln!(
            std::io::stderr(),
            "counter by QR: {shortest} key presses; {with_language} with another language, and the {} of the number",
            LOCAL.len()
        );
        assert!(shortest <= MOST_KEYS && with_language <= MOST_KEYS);

        // Turned back, the laptop leads to the thread that the scan has opened.
        window.press(&Key::Escape.to_string()).await?;
        assert!(window.text("counter-done").await?.contains(JONAS_NAME));
        window.click("counter-thread").await?;
        inbox.until_open(JONAS_NAME).await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_open(LENA_NAME).await?;
        window.click("head-panel").await?;
        window
            .until("const mark = document.querySelector('[data-testid=consent-purpose][data-purpose=offers] [data-state]');
                return mark?.dataset.state === 'in' && mark.dataset.usable === 'true'")
            .await?;

        offered.open().await?;
        offered.until(NEWS, true).await?;
        Picker(window).choose(NEWS).await?;
        Picker(window).fill(&["Lena", "fresh strawberries"]).await?;
        Picker(window).send().await?;
        let accepted = stage.accepted(1).await?;
        let template = &accepted[0].body["template"];
        assert_eq!((accepted[0].to.as_str(), &template["name"]), (LENA, &json!(NEWS)));
        assert_eq!(template["language"]["code"], "en");
        Ok(())
    })
    .await
}
