//! The same sentence to one customer after the other: answers pass without a word, advertising does not.

use fantoccini::key::Key;
use serde_json::json;

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::{Inbox, Staff},
    stage::{HOUR, Stage},
    window::Window,
};

/// Numbers set apart for fiction (Bundesnetzagentur).
const CUSTOMERS: [(&str, &str); 6] = [
    ("493023125111", "Ada Winter"),
    ("493023125112", "Bodo Frenzel"),
    ("493023125113", "Cora Lindner"),
    ("493023125114", "Dana Petzold"),
    ("493023125115", "Emil Rauch"),
    ("493023125116", "Frieda Stolz"),
];
const HOURS: &str = "Wir haben heute bis 18:30 Uhr geöffnet.";
const ADVERT: &str =
    "Nur heute: 20 % Rabatt auf alle Torten! Jetzt vorbeikommen, solange der Vorrat reicht!!";

#[tokio::test]
async fn five_customers_who_asked_are_told_the_opening_hours_and_nobody_is_warned() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("guard-answers", stage.setup(), async |_, window| {
        let inbox = Inbox(window);
        Staff(window).sends_at_once().await?;
        let asking = &CUSTOMERS[..5];
        for (number, name) in asking {
            stage
                .writes(number, name, "Wie lange haben Sie heute geöffnet?")
                .await?;
        }
        for (sent, (_, name)) in asking.iter().enumerate() {
            turn_to(&inbox, name).await?;
            inbox.write(HOURS).await?;
            let thread = inbox.open_thread_id().await?;
            let look = json!({ "threadId": thread, "text": HOURS });
            let said = window.invoke("guard_look", look).await?;
            assert_eq!(said["level"], "allow", "{name}: {said}");
            inbox.send().await?;
            stage.accepted(sent + 1).await?;
            assert!(!window.shows("guard-dialog").await?, "{name}");
            assert!(!window.shows("guard-line").await?, "{name}");
        }
        let log = json!({ "query": { "words": "" }, "after": null, "limit": 10 });
        let log = window.invoke("guard_audit", log).await?;
        assert_eq!(log["entries"], json!([]));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_same_advert_to_people_who_asked_nothing_is_stopped_answered_for_and_kept() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("guard-advert", stage.setup(), async |_, window| {
        let inbox = Inbox(window);
        Staff(window).sends_at_once().await?;
        for (number, name) in CUSTOMERS {
            stage.writes(number, name, "Vielen Dank!").await?;
        }
        inbox.open_thread(CUSTOMERS[5].1).await?;
        stage.set_clock(stage.clock.now() + 3 * HOUR, 1.0)?;
        for (sent, (_, name)) in CUSTOMERS[..4].iter().enumerate() {
            turn_to(&inbox, name).await?;
            inbox.write(ADVERT).await?;
            inbox.send().await?;
            stage.accepted(sent + 1).await?;
            assert!(!window.shows("guard-dialog").await?, "{name}");
        }

        // The fifth: nothing leaves, and nothing of what was written is lost, however often it is tried.
        let (_, name) = CUSTOMERS[4];
        turn_to(&inbox, name).await?;
        inbox.write(ADVERT).await?;
        for _ in 0..2 {
            inbox.send().await?;
            window.until_focused("guard-change").await?;
            let words = window.text("guard-dialog").await?;
            assert!(words.contains('5') && words.contains(name), "{words}");
            window.press(&Key::Escape.to_string()).await?;
            window.until_gone("guard-dialog").await?;
            assert_eq!(inbox.draft().await?, ADVERT);
        }
        stage.accepted(4).await?;

        // Answered for, by the keyboard alone.
        inbox.send().await?;
        window.until_focused("guard-change").await?;
        forward_to(window, "guard-anyway").await?;
        window.press(&Key::Enter.to_string()).await?;
        window.until_focused("guard-because-asked").await?;
        window.press(&Key::Down.to_string()).await?;
        window.until_focused("guard-because-order").await?;
        window.press(&Key::Enter.to_string()).await?;
        window.until_gone("guard-dialog").await?;
        inbox
            .bubble("Rabatt", |bubble| bubble.state == "queued")
            .await?;
        // Undo is ten seconds although nobody has any otherwise.
        stage.accepted(4).await?;
        stage.set_clock(stage.clock.now() + 9_000, 1.0)?;
        inbox
            .bubble("Rabatt", |bubble| bubble.state == "queued")
            .await?;
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.accepted(5).await?;

        // The next one of the same: a line, for the question was answered.
        let (_, name) = CUSTOMERS[5];
        turn_to(&inbox, name).await?;
        inbox.write(ADVERT).await?;
        let line = window.text("guard-line").await?;
        assert!(line.contains('6'), "{line}");
        inbox.send().await?;
        stage.accepted(6).await?;
        assert!(!window.shows("guard-dialog").await?);

        window.leave_field().await?;
        window.press_ctrl('g').await?;
        window.one("guard-log").await?;
        let outcomes = eventually("the log is there", PATIENCE, async || {
            let outcomes = window.attributes("guard-row", "data-outcome").await?;
            Ok((outcomes.len() == 4).then_some(outcomes))
        })
        .await?;
        assert_eq!(outcomes, ["sent", "overridden", "not_sent", "not_sent"]);
        window
            .run("document.querySelector('[data-testid=guard-row][data-outcome=overridden]').click()")
            .await?;
        let entry = window.text("guard-entry").await?;
        assert!(entry.contains(CUSTOMERS[4].1), "{entry}");
        Ok(())
    })
    .await
}

async fn turn_to(inbox: &Inbox<'_>, name: &str) -> Outcome {
    inbox.open_thread(name).await?;
    inbox.until_open(name).await?;
    inbox.until_composing().await
}

async fn forward_to(window: &Window, id: &str) -> Outcome {
    eventually(&format!("Tab leads to `{id}`"), PATIENCE, async || {
        if window.focused().await? == id {
            return Ok(Some(()));
        }
        window.press(&Key::Tab.to_string()).await?;
        Ok(None)
    })
    .await
}
