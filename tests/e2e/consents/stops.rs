//! Who says stop after advertising gets none from that moment on, and who only says something like it still does.

use fantoccini::key::Key;

use super::pages::{Offered, Till, send_template, standing};
use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::{Inbox, Staff},
    stage::{LENA, LENA_NAME, Stage},
    window::Window,
};

const NEWS: &str = "season_news";
const READY: &str = "order_ready";

/// Number, name, the language that was agreed in, the stop, and words of what confirms it.
const STOPS: [(&str, &str, &str, &str, &str); 4] = [
    (
        "447700900101",
        "Amy Weller",
        "en",
        "stop please",
        "no more advertising",
    ),
    (
        "493023125117",
        "Jonas Wieland",
        "de",
        "STOPP",
        "keine Werbung mehr",
    ),
    (
        "5511955500103",
        "Bruna Prado",
        "pt-BR",
        "SAIR",
        "não vai mais enviar publicidade",
    ),
    // What confirms it there is not in Turkish yet.
    (
        "905325550104",
        "Emre Aydın",
        "en",
        "reklam istemiyorum",
        "no more advertising",
    ),
];

/// After advertising, too, none of these is a stop.
const ALIKE: [&str; 4] = [
    "Stop by tomorrow?",
    "Hält der Bus direkt vor dem Laden an der Stoppstelle?",
    "vou sair mais cedo do trabalho e passo aí",
    "randevumu iptal etmek istiyorum",
];

/// Nobody but a person can tell.
const DOUBTFUL: &str = "How do I unsubscribe?";

#[tokio::test]
async fn a_stop_in_four_languages_ends_offers_at_once_and_leaves_orders() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("stops", stage.setup(), async |_, window| {
        let (inbox, offered) = (Inbox(window), Offered(window));
        Staff(window).sends_at_once().await?;
        Till(window).until_ready().await?;
        for (number, name, language, ..) in STOPS {
            let purposes = ["service", "offers"];
            Till(window)
                .scanned_by(&stage, (number, name), language, &purposes)
                .await?;
        }
        later(&stage)?;
        for (_, name, language, ..) in STOPS {
            inbox.open_thread(name).await?;
            inbox.until_open(name).await?;
            let thread = inbox.open_thread_id().await?;
            let language = language.replace('-', "_");
            let sent = send_template(window, thread, NEWS, &language).await?;
            assert_eq!(sent["kind"], "queued", "{name}: {sent}");
        }
        stage.accepted(STOPS.len()).await?;
        later(&stage)?;

        for (at, (number, name, _, stop, confirmed)) in STOPS.into_iter().enumerate() {
            inbox.open_thread(name).await?;
            inbox.until_open(name).await?;
            let thread = inbox.open_thread_id().await?;
            assert_eq!(
                standing(window, thread, "offers").await?,
                ("in".into(), true)
            );
            stage.writes(number, name, stop).await?;
            inbox
                .bubble(stop, |bubble| bubble.direction == "in")
                .await?;
            // Not a moment later: with the message itself.
            assert_eq!(
                standing(window, thread, "offers").await?.0,
                "out",
                "{name}: {stop}"
            );
            assert_eq!(
                standing(window, thread, "service").await?,
                ("in".into(), true)
            );
            inbox
                .bubble(confirmed, |bubble| bubble.direction == "out")
                .await?;
            let accepted = stage.accepted(STOPS.len() + at + 1).await?;
            let told = accepted.last().ok_or("nothing was sent")?;
            assert_eq!((told.to.as_str(), told.kind.as_str()), (number, "text"));

            offered.open().await?;
            offered.until(READY, true).await?;
            let why = offered.why_not(NEWS).await?;
            assert!(why.contains("abbestellt"), "{name}: {why}");
            window.press(&Key::Escape.to_string()).await?;
        }

        // Past the screen, too, and orders go out as before. What was confirmed was confirmed once.
        for (at, (_, name, language, ..)) in STOPS.into_iter().enumerate() {
            inbox.open_thread(name).await?;
            inbox.until_open(name).await?;
            let thread = inbox.open_thread_id().await?;
            let language = language.replace('-', "_");
            let refused = send_template(window, thread, NEWS, &language).await?;
            assert_eq!(
                refused["reasons"][0]["reason"], "opted_out",
                "{name}: {refused}"
            );
            let sent = send_template(window, thread, READY, &language).await?;
            assert_eq!(sent["kind"], "queued", "{name}: {sent}");
            stage.accepted(2 * STOPS.len() + at + 1).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_only_looks_like_a_stop_changes_nothing_and_what_nobody_can_tell_is_asked() -> Outcome
{
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("no-stops", stage.setup(), async |_, window| {
        let (inbox, offered) = (Inbox(window), Offered(window));
        Staff(window).sends_at_once().await?;
        Till(window).until_ready().await?;
        Till(window)
            .scanned_by(&stage, (LENA, LENA_NAME), "de", &["service", "offers"])
            .await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;
        let thread = inbox.open_thread_id().await?;
        later(&stage)?;
        send_template(window, thread, NEWS, "de").await?;
        stage.accepted(1).await?;
        for words in ALIKE {
            later(&stage)?;
            stage.lena_writes(words).await?;
            inbox
                .bubble(words, |bubble| bubble.direction == "in")
                .await?;
            assert_eq!(
                standing(window, thread, "offers").await?,
                ("in".into(), true),
                "{words}"
            );
            assert!(!window.shows("opt-out-question").await?, "{words}");
        }
        offered.open().await?;
        offered.until(NEWS, true).await?;
        window.press(&Key::Escape.to_string()).await?;
        window.press(&Key::Escape.to_string()).await?;
        window.until_gone("picker").await?;

        later(&stage)?;
        stage.lena_writes(DOUBTFUL).await?;
        let asked = "document.querySelector('[data-testid=opt-out-question]')?.innerText";
        window
            .until(&format!("return {asked}?.includes('{DOUBTFUL}') === true"))
            .await?;
        // What is asked about stays in sight above the question.
        window
            .until("const said = [...document.querySelectorAll('[data-testid=message]')].at(-1).getBoundingClientRect();
                const frame = document.querySelector('[data-testid=messages]').getBoundingClientRect();
                return said.top >= frame.top && said.bottom <= frame.bottom + 1")
            .await?;
        assert_eq!(
            standing(window, thread, "offers").await?,
            ("in".into(), false)
        );
        offered.open().await?;
        let why = offered.why_not(NEWS).await?;
        assert!(why.contains("Abmeldung"), "{why}");
        window.press(&Key::Escape.to_string()).await?;
        window.press(&Key::Escape.to_string()).await?;
        window.until_gone("picker").await?;

        // Back from the text field to the question above it, and answered there.
        window.click("composer").await?;
        backwards_to(window, "opt-out-no").await?;
        window.press(&Key::Enter.to_string()).await?;
        window.until_gone("opt-out-question").await?;
        assert_eq!(
            standing(window, thread, "offers").await?,
            ("in".into(), true)
        );
        offered.open().await?;
        offered.until(NEWS, true).await?;
        // Nothing was confirmed to anybody.
        stage.accepted(1).await.map(drop)
    })
    .await
}

/// Customers write in whole seconds: what one answers must lie before them.
fn later(stage: &Stage) -> Outcome {
    stage.set_clock(stage.clock.now() + 3_000, 1.0)
}

async fn backwards_to(window: &Window, id: &str) -> Outcome {
    let back = format!("{}{}{}", Key::Shift, Key::Tab, Key::Null);
    eventually(
        &format!("Shift and Tab lead to `{id}`"),
        PATIENCE,
        async || {
            if window.focused().await? == id {
                return Ok(Some(()));
            }
            window.press(&back).await?;
            Ok(None)
        },
    )
    .await
}
