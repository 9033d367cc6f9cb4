//! Cards side by side: made in the editor, approved, and sent with a picture and an address on each.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    Outcome,
    consents::pages::{Offered, Till},
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::{Inbox, Picker, Staff},
    stage::{LENA, LENA_NAME, MINUTE, Stage},
    window::Window,
};

const NAME: &str = "sommer_karten";
const ABOVE: &str = "Das gibt es diesen Sommer neu bei Guichet practice. Mit STOPP abbestellen.";
const CARDS: [(&str, &str, &[u8]); 2] = [
    (
        "Erdbeertorte, täglich frisch.",
        "torte",
        include_bytes!("../../assets/practice/cake.png"),
    ),
    (
        "Wir liefern mit dem Rad.",
        "rad",
        include_bytes!("../../assets/practice/bicycle.png"),
    ),
];

#[tokio::test]
async fn a_carousel_is_made_approved_and_sent_with_two_cards() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("carousel", stage.setup(), async |_, window| {
        let (inbox, picker) = (Inbox(window), Picker(window));
        Staff(window).sends_at_once().await?;
        Till(window).until_ready().await?;
        Till(window).scanned_by(&stage, (LENA, LENA_NAME), "de", &["offers"]).await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;
        let folder = tempfile::tempdir()?;
        let files = CARDS.map(|(_, name, _)| folder.path().join(format!("{name}.png")));
        for (file, (.., bytes)) in files.iter().zip(CARDS) {
            std::fs::write(file, bytes)?;
        }

        window.leave_field().await?;
        window.press_ctrl('t').await?;
        window.click("review-new").await?;
        window.write("editor-name", "Sommer Karten").await?;
        window.one("editor-body").await?;
        window
            .run("document.querySelector('[data-testid=editor-shape-carousel]').click()")
            .await?;
        window.one("editor-card").await?;
        window.write("editor-body", ABOVE).await?;
        for (at, file) in files.iter().enumerate() {
            attach(window, "sample-input", at, file).await?;
            window
                .until(&format!("return document.querySelector('[data-card=\"{at}\"] [data-testid=sample-replace]') !== null"))
                .await?;
        }
        write_all(window, "editor-card-body", &CARDS.map(|card| card.0)).await?;
        write_all(window, "editor-button-text", &["Ansehen"; 2]).await?;
        write_all(window, "editor-button-value", &["https://www.example.com/s/{{1}}"; 2]).await?;
        eventually("every address has its sample", PATIENCE, async || {
            Ok((window.all("editor-sample").await?.len() == CARDS.len()).then_some(()))
        })
        .await?;
        write_all(window, "editor-sample", &CARDS.map(|card| card.1)).await?;
        eventually("nothing stands against it", PATIENCE, async || {
            let found = window.attributes("finding", "data-rule").await?;
            match found.is_empty() {
                true => Ok(Some(())),
                false => Err(format!("{found:?}").into()),
            }
        })
        .await?;
        window.click("editor-hand-in").await?;
        window.one("handed-in").await?;
        window.click("review-back").await?;

        // Approved a minute later by the platform's clock, and on offer without a restart.
        stage.set_clock(stage.clock.now() + 5 * MINUTE, 1.0)?;
        Offered(window).open().await?;
        Offered(window).until(NAME, true).await?;
        picker.choose(NAME).await?;
        for (at, file) in files.iter().enumerate() {
            attach(window, "slot-file-input", at, file).await?;
            window
                .until(&format!("return document.querySelectorAll('.file strong[title]').length === {}", at + 1))
                .await?;
        }
        picker.fill(&CARDS.map(|card| card.1)).await?;
        picker.send().await?;

        let accepted = stage.accepted(1).await?;
        assert_eq!(accepted[0].to, LENA);
        let template = &accepted[0].body["template"];
        assert_eq!(template["name"], NAME);
        let parts = template["components"].as_array().into_iter().flatten();
        let cards = parts.into_iter().find(|part| part["type"] == "carousel");
        let cards = cards.ok_or("there are no cards")?["cards"].as_array().ok_or("no list")?;
        assert_eq!(cards.len(), CARDS.len(), "{template}");
        for (at, ((_, end, bytes), card)) in CARDS.into_iter().zip(cards).enumerate() {
            let picture = &card["components"][0]["parameters"][0]["image"]["id"];
            assert_eq!(
                *card,
                json!({ "card_index": at, "components": [
                    { "type": "header", "parameters": [{ "type": "image", "image": { "id": picture } }] },
                    { "type": "button", "sub_type": "url", "index": "0",
                      "parameters": [{ "type": "text", "text": end }] },
                ] })
            );
            let picture = picture.as_str().ok_or("the picture has no id")?;
            assert!(stage.file(picture).await? == bytes, "other bytes on card {at}");
        }
        let bubble = inbox.bubble(ABOVE, |bubble| bubble.direction == "out").await?;
        for (text, ..) in CARDS {
            assert!(bubble.text.contains(text), "{}", bubble.text);
        }
        Ok(())
    })
    .await
}

/// Chooses a file in one of several places for one.
async fn attach(window: &Window, id: &str, at: usize, file: &Path) -> Outcome {
    let all = window.all(id).await?;
    let input = all.get(at).ok_or("there are fewer places for a file")?;
    Ok(input.send_keys(&file.display().to_string()).await?)
}

/// Types into the fields with this test id, from the first to the last.
async fn write_all(window: &Window, id: &str, texts: &[&str]) -> Outcome {
    let script = "const [id, at] = arguments;
        document.querySelectorAll(`[data-testid=${id}]`)[at].scrollIntoView({ block: 'center' })";
    for (at, text) in texts.iter().enumerate() {
        window
            .run_with(script, &[json!(id), Value::from(at)])
            .await?;
        let all = window.all(id).await?;
        let field = all
            .get(at)
            .ok_or_else(|| format!("there are fewer fields `{id}`"))?;
        field.clear().await?;
        field.send_keys(text).await?;
    }
    Ok(())
}
