//! What somebody might send to harm or to mislead is shown as text, and nothing comes of it.

mod kinds;
mod merging;
mod texts;

use std::{io::ErrorKind, net::TcpListener, time::Duration};

use fantoccini::key::Key;
use serde_json::{Map, Value, json};
use support::bodies::{NUMBER, change, seconds};

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::Inbox,
    panels::Palette,
    stage::{LENA, LENA_NAME, Stage},
    window::Window,
};

const PROBE: &str = include_str!("probe.js");
/// The walk through all of them; more than enough even for a busy machine.
const WALK: Duration = Duration::from_secs(150);
/// Screens per call: no call may take as long as a driver waits for a script.
const SCREENS: usize = 12;
/// Messages per webhook.
const AT_ONCE: usize = 25;
const OTHER: &str = "493023125201";

#[tokio::test]
async fn five_hundred_hostile_texts_are_shown_as_text_and_nothing_comes_of_them() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let trap = Trap::set()?;
    let texts = texts::texts(&trap.address()?);
    assert_eq!(texts.len(), texts::COUNT);

    let stage = Stage::start().await?;
    journey("hostile", stage.setup(), async |_, window| {
        let inbox = Inbox(window);
        window.one("search").await?;
        // As narrow as it may be, and high: fewer screens to look at.
        window.resize(1280, 1150).await?;
        window.run(PROBE).await?;

        let begin = stage.clock.now() - 3_600_000;
        for (n, name) in texts::names(&texts).iter().enumerate() {
            let from = format!("4930231252{n:02}");
            let said = json!({ "type": "text", "text": { "body": name } });
            let named = message(&from, &format!("wamid.named{n}"), begin - 60_000, said);
            post(&stage, &from, name, vec![named]).await?;
        }
        for (page, some) in texts.chunks(AT_ONCE).enumerate() {
            let messages = some.iter().enumerate().map(|(n, text)| {
                let n = page * AT_ONCE + n;
                let said = json!({ "type": "text", "text": { "body": text } });
                message(
                    LENA,
                    &format!("wamid.hostile{n}"),
                    begin + n as i64 * 1000,
                    said,
                )
            });
            post(&stage, LENA, LENA_NAME, messages.collect()).await?;
        }
        eventually("everybody is listed", WALK, async || {
            let rows = inbox.threads().await?;
            let all = |row: &String| row.contains(LENA_NAME) && row.contains("500");
            Ok((rows.iter().any(all) && rows.len() > 8).then_some(()))
        })
        .await?;
        look_at_the_list(window).await?;

        inbox.open_thread(LENA_NAME).await?;
        let mut unfolded = 0;
        eventually("every text was on the screen", WALK, async || {
            let walked = call(window, &format!("walk({SCREENS})")).await?;
            if walked["folded"] == true {
                let opened = call(window, "unfold()").await?;
                unfolded = opened["unfolded"].as_u64().unwrap_or_default();
            }
            let whole = walked["seen"].as_u64() == Some(texts::COUNT as u64);
            Ok((whole && walked["folded"] == false).then_some(()))
        })
        .await?;
        let long = texts.iter().filter(|text| texts::is_folded(text)).count();
        assert_eq!(unfolded, long as u64, "long texts that were opened");
        nothing_is_found(window).await?;

        let shown: Vec<String> = serde_json::from_value(call(window, "texts()").await?)?;
        let plain: Vec<_> = texts.iter().filter(|text| texts::is_plain(text)).collect();
        assert!(plain.len() > 30, "{}", plain.len());
        for text in plain {
            let as_it_is = |shown: &String| shown.trim() == text.trim();
            assert!(shown.iter().any(as_it_is), "not on the screen: {text}");
        }
        trap.nobody_knocked()
    })
    .await
}

#[tokio::test]
async fn hostile_names_and_kinds_stay_in_their_places() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let trap = Trap::set()?;
    let stage = Stage::start().await?;
    journey("hostile-kinds", stage.setup(), async |_, window| {
        let inbox = Inbox(window);
        window.one("search").await?;
        window.run(PROBE).await?;

        let begin = stage.clock.now() - 3_600_000;
        let contents = kinds::contents(&trap.address()?);
        let bubbles = contents.len() - contents.len() / kinds::KINDS;
        for (page, some) in contents.chunks(AT_ONCE).enumerate() {
            let messages = some.iter().enumerate().map(|(n, content)| {
                let n = page * AT_ONCE + n;
                message(LENA, &format!("wamid.kind{n}"), begin + n as i64 * 1000, content.clone())
            });
            post(&stage, LENA, kinds::NAME, messages.collect()).await?;
        }
        let greeting = json!({ "type": "text", "text": { "body": "Guten Tag" } });
        let greeting = message(OTHER, "wamid.lookalike", begin, greeting);
        post(&stage, OTHER, kinds::LOOKALIKE, vec![greeting]).await?;

        eventually("both are listed by what they really are called", PATIENCE, async || {
            let rows = inbox.threads().await?;
            let turned = rows.iter().any(|row| row.contains("Lena BrandtU+202E 50:41"));
            let alike = rows.iter().any(|row| row.contains("LenaU+200B Brandt"));
            Ok((rows.len() == 2 && turned && alike).then_some(()))
        })
        .await?;
        inbox.open_thread("U+202E").await?;
        let label = json!({ "kind": "label", "label": kinds::LABEL, "on": true });
        let thread = inbox.open_thread_id().await?;
        window.invoke("describe_customer", json!({ "threadId": thread, "change": label })).await?;
        eventually("the row bears the label", PATIENCE, async || {
            let rows = inbox.threads().await?;
            Ok(rows.iter().any(|row| row.contains("nednuknmmat")).then_some(()))
        })
        .await?;
        look_at_the_list(window).await?;

        inbox.until_composing().await?;
        let send = window.text("send").await?;
        assert!(send.contains("Lena Brandt[U+202E] 50:41"), "{send}");
        eventually("every kind was on the screen", WALK, async || {
            let walked = call(window, &format!("walk({SCREENS})")).await?;
            if walked["folded"] == true {
                call(window, "unfold()").await?;
            }
            let whole = walked["seen"].as_u64() == Some(bubbles as u64);
            Ok((whole && walked["folded"] == false).then_some(()))
        })
        .await?;
        call(window, "more()").await?;

        // What can be done with a message stands beside the one that has the keyboard.
        window.run("document.querySelector('article[data-testid=message]').focus({ preventScroll: true })").await?;
        window.one("reply").await?;
        window.run("document.querySelector('[data-testid=reply]').click()").await?;
        window.one("composer-quote").await?;
        call(window, "look()").await?;
        window.click("head-panel").await?;
        window.one("customer-label").await?;
        call(window, "look()").await?;
        let palette = Palette(window);
        palette.open().await?;
        window.press("brandt").await?;
        window.until("return document.querySelectorAll('[data-option^=person]').length === 2").await?;
        call(window, "look()").await?;
        window.press(&Key::Escape.to_string()).await?;
        window.until_gone("palette-input").await?;
        for typed in ["brandt", "fdp"] {
            window.write("search", typed).await?;
            window
                .until("return document.querySelector('[data-testid=search-person], [data-testid=search-hit]') !== null")
                .await?;
            call(window, "look()").await?;
        }
        nothing_is_found(window).await?;
        trap.nobody_knocked()
    })
    .await
}

/// Every row of the list, from the first to the last.
async fn look_at_the_list(window: &Window) -> Outcome {
    call(window, "list()").await?;
    nothing_is_found(window).await
}

async fn nothing_is_found(window: &Window) -> Outcome {
    let found: Map<String, Value> = serde_json::from_value(call(window, "found()").await?)?;
    let bad: Map<_, _> = found
        .into_iter()
        .filter(|(_, list)| list != &json!([]))
        .collect();
    assert!(bad.is_empty(), "{}", Value::Object(bad));
    Ok(())
}

/// Asks the probe. It answers as soon as the window does: one that hangs fails here.
async fn call(window: &Window, what: &str) -> Outcome<Value> {
    let script = format!(
        "const done = arguments[0];
        Promise.resolve(window.hostile.{what}).then(
            (value) => done({{ value: value ?? null }}), (error) => done({{ error: String(error) }}))"
    );
    let mut answer = window.run_until_called(&script).await?;
    match answer.get("error") {
        Some(error) => Err(format!("{what}: {error}").into()),
        None => Ok(answer["value"].take()),
    }
}

/// An address of this machine at which nobody may ever knock.
struct Trap(TcpListener);

impl Trap {
    fn set() -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        Ok(Self(listener))
    }

    fn address(&self) -> Outcome<String> {
        Ok(format!("http://{}", self.0.local_addr()?))
    }

    fn nobody_knocked(&self) -> Outcome {
        match self.0.accept() {
            Err(nobody) if nobody.kind() == ErrorKind::WouldBlock => Ok(()),
            Err(error) => Err(error.into()),
            Ok(_) => Err("a text had an address called".into()),
        }
    }
}

fn message(from: &str, wamid: &str, at: i64, mut content: Value) -> Value {
    content["from"] = from.into();
    content["id"] = wamid.into();
    content["timestamp"] = seconds(at);
    content
}

async fn post(stage: &Stage, from: &str, name: &str, messages: Vec<Value>) -> Outcome {
    let value = json!({
        "contacts": [{ "wa_id": from, "profile": { "name": name } }],
        "messages": messages,
    });
    stage.post_signed(&change(NUMBER, "messages", value)).await
}
