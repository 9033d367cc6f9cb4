//! What one hopes never to see: messages that did not simply arrive, a start without a key.

use serde_json::json;

use super::album::{Album, WORDS, Words};
use crate::{
    Outcome,
    damaged::spoil,
    desk::Setup,
    eventually::{PATIENCE, eventually},
    journey::{no_window_wanted, sitting},
    keyring::Keyring,
    pages::{Inbox, Staff, Start},
    panels::Assistant,
    stage::{HOUR, MINUTE, Stage},
};

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn what_did_not_simply_arrive() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    for words in &WORDS {
        let stage = Stage::start().await?;
        sitting(
            "trouble",
            setup_in(words, stage.setup()),
            async |_, window| {
                let album = Album::of(words, window)?;
                let inbox = Inbox(window);
                Staff(window).sends_at_once().await?;
                let at = stage.lena_writes("☎ 030 5550134?").await?;
                inbox.open_thread("Lena").await?;
                for (kind, accepted, state) in [
                    ("reset_after", true, "doubtful"),
                    ("status", false, "failed"),
                ] {
                    let mut fault =
                        json!({ "on": "messages", "kind": kind, "count": 1, "accepted": accepted });
                    if state == "failed" {
                        fault["status"] = 400.into();
                        fault["code"] = 131_026.into();
                    }
                    stage.order("faults", &fault).await?;
                    let answer = words.answers[usize::from(state == "failed")];
                    inbox.write(answer).await?;
                    inbox.send().await?;
                    let first = answer.split(['*', '!', ',']).next().unwrap_or(answer);
                    inbox.bubble(first, |bubble| bubble.state == state).await?;
                }
                album.take("doubtful-and-failed").await?;
                Staff(window).wants(&json!({ "undo_ms": 30_000 })).await?;
                inbox.write(words.answers[0]).await?;
                inbox.send().await?;
                window.one("undo").await?;
                album.take("undo").await?;
                window.click("undo").await?;
                stage.set_clock(at + 24 * HOUR - MINUTE / 2, 0.1)?;
                inbox.until_countdown("ending").await?;
                album.take("ending").await
            },
        )
        .await?;
    }
    Ok(())
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn the_start_that_finds_no_key_or_a_ruined_store() -> Outcome {
    for words in &WORDS {
        let setup = Setup {
            keyring: Keyring::Missing,
            ..Setup::default()
        };
        sitting(
            "shots-keyring",
            setup_in(words, setup),
            async |desk, window| {
                let album = Album::of(words, window)?;
                let start = Start(window);
                start.choose_practice().await?;
                start.keyring_is_asked_for().await?;
                album.take("keyring-missing").await?;
                window.click("use-passphrase").await?;
                window.write("passphrase", "sieben Fahrräder").await?;
                album.take("passphrase-new").await?;
                start
                    .create_passphrase("sieben Fahrräder im Schaufenster")
                    .await?;
                Inbox(window).until_threads().await?;

                desk.close(window).await?;
                desk.reopen(window).await?;
                start.unlock("falsch").await?;
                eventually("the passphrase is wrong", PATIENCE, async || {
                    let script = "return document.querySelector('[aria-invalid=true]') !== null";
                    Ok((window.run(script).await? == true).then_some(()))
                })
                .await?;
                album.take("passphrase-wrong").await?;

                desk.close(window).await?;
                spoil(desk)?;
                desk.reopen(window).await?;
                start.unlock("sieben Fahrräder im Schaufenster").await?;
                window.one("start-empty").await?;
                album.take("damaged").await
            },
        )
        .await?;
    }
    Ok(())
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn the_assistant_that_finds_something_wrong() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    for words in &WORDS {
        let stage = Stage::start().await?;
        let setup = setup_in(words, stage.setup_to_connect());
        sitting("shots-connect", setup, async |_, window| {
            let album = Album::of(words, window)?;
            let assistant = Assistant(window);
            window.click("choose-connect").await?;
            album.take("connect-empty").await?;
            assistant.fill(&stage.access()).await?;
            assistant
                .fill(&[
                    ("token", "EAAG-not-a-token".into()),
                    ("relay-url", "http://127.0.0.1:9".into()),
                ])
                .await?;
            assistant.check().await?;
            window.one("connect-check").await?;
            assistant.until("token", "failed", "token_invalid").await?;
            assistant.until("relay", "failed", "relay_down").await?;
            window.until_focused("token").await?;
            album.take("connect-wrong").await?;
            assistant.fill(&stage.access()).await?;
            assistant.check().await?;
            window.one("connect-submit").await?;
            album.take_large("connect-right").await
        })
        .await?;
    }
    Ok(())
}

/// The app as on a desktop in this language.
pub fn setup_in(words: &Words, setup: Setup) -> Setup {
    let mut environment = setup.environment;
    environment.push(("LC_ALL".into(), words.locale.into()));
    Setup {
        environment,
        ..setup
    }
}
