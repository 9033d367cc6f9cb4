//! Notices on the desktop: what they say, what they keep to themselves, and where a click on one leads.

use serde_json::json;
use support::bodies::{NUMBER, change, seconds};

use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    notice_server::Notices,
    pages::{Inbox, Staff},
    stage::{LENA_NAME, Stage},
};

const QUESTION: &str = "Ist <b>5 & 6</b> noch frei?";
const JONAS: &str = "493023125117";
const JONAS_NAME: &str = "Jonas Wieland";
const CROWD: [&str; 5] = ["Ada", "Bela", "Cleo", "Dana", "Emil"];

#[tokio::test]
async fn a_notice_says_who_wrote_and_a_click_on_it_opens_the_thread() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    // Nothing plays a sound here, and no tray is there: neither may matter.
    journey("notices", stage.setup(), async |desk, window| {
        let inbox = Inbox(window);
        let notices = Notices::on(desk).await?;
        window.one("search").await?;

        stage.lena_writes(QUESTION).await?;
        let shown = notices.shown(1).await?;
        assert_eq!(shown[0].title, LENA_NAME);
        // Markup is the desktop's, never a customer's.
        assert_eq!(shown[0].body, "Ist &lt;b&gt;5 &amp; 6&lt;/b&gt; noch frei?");
        assert_eq!(shown[0].actions, ["default"]);

        stage.writes(JONAS, JONAS_NAME, "Was kostet das?").await?;
        let shown = notices.shown(2).await?;
        assert_eq!(shown[1].title, JONAS_NAME);
        notices.click(&shown[1]).await?;
        inbox.until_open(JONAS_NAME).await?;
        notices.click(&shown[0]).await?;
        inbox.until_open(LENA_NAME).await?;

        // Many at once are one notice.
        stage.post_signed(&crowd(&stage)).await?;
        let shown = notices.shown(3).await?;
        assert_eq!(shown[2].title, "5 Nachrichten von 5 Kunden");

        // What was written may be kept from whoever stands at the counter.
        let mut alerts = window.invoke("settings", json!({})).await?["alerts"].clone();
        alerts["show_text"] = false.into();
        Staff(window).wants(&json!({ "alerts": alerts })).await?;
        desk.close(window).await?;
        desk.reopen(window).await?;
        inbox.until_threads().await?;
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.writes(JONAS, JONAS_NAME, "Ich habe Fieber.").await?;
        let shown = notices.shown(4).await?;
        assert_eq!(shown[3].title, JONAS_NAME);
        assert!(!shown[3].body.contains("Fieber"), "{}", shown[3].body);
        Ok(())
    })
    .await
}

/// Five customers in one webhook.
fn crowd(stage: &Stage) -> serde_json::Value {
    let number = |n: usize| format!("49302312520{n}");
    let contacts = CROWD
        .iter()
        .enumerate()
        .map(|(n, name)| json!({ "wa_id": number(n), "profile": { "name": name } }));
    let messages = (0..CROWD.len()).map(|n| {
        json!({ "from": number(n), "id": format!("wamid.crowd{n}"), "timestamp": seconds(stage.clock.now()),
            "type": "text", "text": { "body": "Guten Tag!" } })
    });
    let value = json!({ "contacts": contacts.collect::<Vec<_>>(), "messages": messages.collect::<Vec<_>>() });
    change(NUMBER, "messages", value)
}
