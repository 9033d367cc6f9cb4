//! What somebody might send to harm or to mislead is shown as text, and nothing comes of it.

mod texts;

use std::{io::ErrorKind, net::TcpListener};

use serde_json::{Map, Value, json};
use support::bodies::{NUMBER, change, seconds};

use crate::{
    Outcome,
    eventually::eventually,
    journey::{journey, no_window_wanted},
    pages::Inbox,
    stage::{LENA, LENA_NAME, Stage},
};
use std::time::Duration;

const PROBE: &str = include_str!("probe.js");
/// The walk through all of them; more than enough even for a busy machine.
const WALK: Duration = Duration::from_secs(120);
/// Messages per webhook.
const AT_ONCE: usize = 25;
/// Customers who call themselves by a hostile text, too.
const NAMED: usize = 40;

#[ignore = "not finished: signs that nobody sees are not compared rightly yet"]
#[tokio::test]
async fn five_hundred_hostile_texts_are_shown_as_text_and_nothing_comes_of_them() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let trap = TcpListener::bind("127.0.0.1:0")?;
    trap.set_nonblocking(true)?;
    let texts = texts::texts(&format!("http://{}", trap.local_addr()?));
    assert_eq!(texts.len(), texts::COUNT);

    let stage = Stage::start().await?;
    journey("hostile", stage.setup(), async |_, window| {
        let inbox = Inbox(window);
        window.one("search").await?;
        window.run(PROBE).await?;

        let begin = stage.clock.now() - 3_600_000;
        for (page, some) in texts.chunks(AT_ONCE).enumerate() {
            let messages = some.iter().enumerate().map(|(n, text)| {
                let n = page * AT_ONCE + n;
                message(LENA, &format!("wamid.hostile{n}"), begin + n as i64 * 1000, text)
            });
            stage
                .post_signed(&change(
                    NUMBER,
                    "messages",
                    json!({
                        "contacts": [{ "wa_id": LENA, "profile": { "name": LENA_NAME } }],
                        "messages": messages.collect::<Vec<_>>(),
                    }),
                ))
                .await?;
        }
        for (n, text) in texts.iter().take(NAMED).enumerate() {
            let from = format!("4930231252{n:02}");
            let value = json!({
                "contacts": [{ "wa_id": from, "profile": { "name": text } }],
                "messages": [message(&from, &format!("wamid.named{n}"), begin - 60_000, text)],
            });
            stage.post_signed(&change(NUMBER, "messages", value)).await?;
        }
        eventually("everybody is listed", WALK, async || {
            let rows = inbox.threads().await?;
            let all = |row: &String| row.contains(LENA_NAME) && row.contains("500");
            let there = rows.iter().any(all) && rows.len() > 20;
            Ok(there.then_some(()))
        })
        .await?;

        inbox.open_thread(LENA_NAME).await?;
        eventually("every text was on the screen", WALK, async || {
            let script = "window.hostile.walk(10).then(arguments[0], (error) => arguments[0](String(error)))";
            let seen = window.run_until_called(script).await?;
            match seen.as_u64() {
                Some(seen) => Ok((seen >= texts::COUNT as u64).then_some(())),
                None => Err(seen.to_string().into()),
            }
        })
        .await?;

        let found = window.run("return window.hostile.found()").await?;
        let found: Map<String, Value> = serde_json::from_value(found)?;
        for (what, list) in &found {
            assert_eq!(list, &json!([]), "{what}");
        }
        let shown: Vec<String> =
            serde_json::from_value(window.run("return window.hostile.texts()").await?)?;
        let plain: Vec<_> = texts.iter().filter(|text| texts::is_plain(text)).collect();
        assert!(plain.len() > 30, "{}", plain.len());
        for text in plain {
            let as_it_is = |shown: &String| shown.trim() == text.trim();
            assert!(shown.iter().any(as_it_is), "not on the screen: {text}");
        }

        match trap.accept() {
            Err(nobody) if nobody.kind() == ErrorKind::WouldBlock => Ok(()),
            Err(error) => Err(error.into()),
            Ok(_) => Err("a text had an address called".into()),
        }
    })
    .await
}

fn message(from: &str, wamid: &str, at: i64, text: &str) -> Value {
    json!({ "from": from, "id": wamid, "timestamp": seconds(at), "type": "text", "text": { "body": text } })
}
