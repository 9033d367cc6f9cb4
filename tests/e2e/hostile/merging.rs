//! Customers whose names and usernames are made to mislead, looked at one by one, merged and parted again.

use super::{PROBE, Trap, call, message, nothing_is_found, post};
use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    pages::Inbox,
    panels::CustomerPanel,
    stage::Stage,
    window::Window,
};
use fantoccini::key::Key;
use serde_json::{Value, json};
use support::bodies::{NUMBER, change};

/// `TRAP`: an address at which nobody may knock. What is shown of a name begins so.
const NAMES: [(&str, &str); 6] = [
    ("<img src=TRAP/name onerror=alert(1)>", "<img src="),
    ("Anna\u{202e}renreW\u{2066}", "Anna"),
    ("Be\u{200b}a\u{200d}\u{2060} \u{3164}", "Be"),
    ("{@html '<h1>Guichet</h1>'}</span></dialog>", "{@html"),
    ("Z\u{300}\u{301}\u{302}\u{489}", "Z"),
    ("W", "W"),
];
const MARKS: usize = 80;
const WALL: usize = 64 * 1024;

#[tokio::test]
async fn hostile_names_and_usernames_stay_text_while_customers_are_merged_and_parted() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let trap = Trap::set()?;
    let stage = Stage::start().await?;
    journey("hostile-merging", stage.setup(), async |_, window| {
        let (inbox, panel) = (Inbox(window), CustomerPanel(window));
        window.one("search").await?;
        window.run(PROBE).await?;
        let at = stage.clock.now() - 600_000;
        for (n, (name, _)) in NAMES.iter().enumerate() {
            let mut name = name.replace("TRAP", &trap.address()?);
            match n {
                4 => name = name.repeat(MARKS),
                5 => name = name.repeat(WALL),
                _ => {}
            }
            let said = json!({ "type": "text", "text": { "body": format!("Gruß {n}") } });
            let said = message(&number(n), &format!("wamid.merging{n}"), at + n as i64 * 1000, said);
            let contact = json!({ "wa_id": number(n), "profile": { "name": name, "username": format!("@{name}") } });
            let value = json!({ "contacts": [contact], "messages": [said] });
            stage.post_signed(&change(NUMBER, "messages", value)).await?;
        }
        let plain = json!({ "type": "text", "text": { "body": "Gruß 9" } });
        let plain = message(&number(9), "wamid.merging9", at + 9_000, plain);
        post(&stage, &number(9), "Jonas Wieland", vec![plain]).await?;
        window.until("return document.querySelectorAll('[data-testid=thread-row]').length === 7").await?;

        for (n, (_, shown)) in NAMES.iter().enumerate() {
            inbox.open_thread(&format!("Gruß {n}")).await?;
            window.until(&format!(
                "return document.querySelector('main h2')?.innerText.startsWith({})",
                Value::from(*shown)
            )).await?;
            if !window.shows("customer-panel").await? {
                window.click("head-panel").await?;
            }
            panel.until_open().await?;
            look(window).await?;

            // Found by the number of another, whose name is no better.
            let other = number((n + 1) % NAMES.len());
            window.click("merge-search").await?;
            window.until_focused("merge-input").await?;
            window.press(&other).await?;
            window.one("merge-option").await?;
            look(window).await?;
            window.press(&Key::Enter.to_string()).await?;
            window.one("merge-do").await?;
            window.until("return document.querySelectorAll('[data-testid=merge-side] .name').length === 2").await?;
            look(window).await?;
            let within = "const { top, bottom } = document.querySelector('[data-testid=merge-do]').getBoundingClientRect();
                return top > 0 && bottom <= innerHeight";
            assert_eq!(window.run(within).await?, true, "the button of {shown} is out of reach");
            window.click("merge-do").await?;
            window.one("unmerge").await?;
            window.one("toast").await?;
            look(window).await?;
            window.click("unmerge").await?;
            window.until_gone("unmerge").await?;
            look(window).await?;
            nothing_is_found(window).await?;
        }
        trap.nobody_knocked()
    })
    .await
}

fn number(n: usize) -> String {
    format!("49302312530{n}")
}

async fn look(window: &Window) -> Outcome {
    call(window, "look()").await.map(drop)
}
