//! Every screen speaks the language that was chosen, at once and completely.

use std::{collections::BTreeMap, fs, path::Path};

use fantoccini::key::Key;
use serde_json::Value;

use crate::{
    Outcome,
    desk::Setup,
    eventually::{PATIENCE, eventually},
    journey::journey,
    pages::{Inbox, Start},
    window::Window,
};

const CUSTOMER: &str = "Lena Brandt";

/// Every text that is shown or read aloud.
const TEXTS: &str = "
    const texts = [document.body.innerText];
    for (const each of document.querySelectorAll('*'))
        for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
            if (each.hasAttribute(name)) texts.push(each.getAttribute(name));
    return texts";

#[tokio::test]
async fn the_language_changes_at_once_and_no_text_is_left_without_words() -> Outcome {
    journey("languages", Setup::default(), async |_, window| {
        let inbox = Inbox(window);
        Start(window).practise_in("de").await?;
        inbox.open_thread(CUSTOMER).await?;
        inbox.until_composing().await?;
        window.leave_field().await?;
        window.press("i").await?;
        window.one("customer-note").await?;

        for language in ["pt-BR", "en", "de"] {
            let messages = messages(language)?;
            window.click("settings").await?;
            window.choose("settings-language", language).await?;
            window
                .until(&format!(
                    "return document.documentElement.lang === '{language}'"
                ))
                .await?;
            until_said(window, &messages["settings_title"]).await?;
            complete(window, &messages, "settings").await?;
            escape(window).await?;

            until_said(window, &messages["customer_note"]).await?;
            complete(window, &messages, "inbox").await?;
            for (key, dialog) in [("?", "shortcuts"), ("s", "snooze"), ("l", "labels")] {
                window.press(key).await?;
                window
                    .until("return document.querySelector('dialog[open]') !== null")
                    .await?;
                complete(window, &messages, dialog).await?;
                escape(window).await?;
            }
            window.press_ctrl('k').await?;
            window.until_focused("palette-input").await?;
            until_said(window, &messages["palette_placeholder"]).await?;
            complete(window, &messages, "palette").await?;
            escape(window).await?;
        }
        Ok(())
    })
    .await
}

/// No name of a message where its words should be, and no gap that was not filled.
async fn complete(window: &Window, messages: &BTreeMap<String, String>, screen: &str) -> Outcome {
    let texts: Vec<String> = serde_json::from_value(window.run(TEXTS).await?)?;
    for text in &texts {
        for word in text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')) {
            assert!(
                !(word.contains('_') && messages.contains_key(word)),
                "{screen}: \"{word}\" stands in \"{text}\""
            );
        }
        assert!(
            !(text.contains('{') && text.contains('}')),
            "{screen}: a gap in \"{text}\""
        );
    }
    Ok(())
}

async fn until_said(window: &Window, words: &str) -> Outcome {
    eventually(
        &format!("\"{words}\" stands on the screen"),
        PATIENCE,
        async || {
            let texts: Vec<String> = serde_json::from_value(window.run(TEXTS).await?)?;
            Ok(texts.iter().any(|text| text.contains(words)).then_some(()))
        },
    )
    .await
}

async fn escape(window: &Window) -> Outcome {
    window.press(&Key::Escape.to_string()).await?;
    window
        .until("return document.querySelector('dialog[open]') === null")
        .await
}

/// Every message of a language by its name; those that have several forms have none here.
fn messages(language: &str) -> Outcome<BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../ui/messages")
        .join(language);
    let mut all = BTreeMap::new();
    for file in fs::read_dir(folder)? {
        let parsed: BTreeMap<String, Value> =
            serde_json::from_str(&fs::read_to_string(file?.path())?)?;
        for (name, words) in parsed {
            all.insert(name, words.as_str().unwrap_or_default().to_owned());
        }
    }
    Ok(all)
}
