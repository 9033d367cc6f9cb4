//! What is on each screen, in the words of a person. A page finds and does; only a journey judges.

#![allow(
    dead_code,
    reason = "a page offers what its screen has, whether or not a journey uses it yet"
)]

use fantoccini::elements::Element;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    window::Window,
};

/// The first screen: how to begin, or why the store cannot be opened.
pub struct Start<'a>(pub &'a Window);

impl Start<'_> {
    pub async fn offers_practice(&self) -> Outcome<bool> {
        self.0.shows("choose-practice").await
    }

    pub async fn choose_practice(&self) -> Outcome {
        self.0.click("choose-practice").await
    }

    /// First start in this language, as far as the inbox with its first customers.
    pub async fn practise_in(&self, language: &str) -> Outcome {
        self.0.choose("start-language", language).await?;
        self.choose_practice().await?;
        Inbox(self.0).until_threads().await
    }

    /// Waits for the screen that says in words why there is no key.
    pub async fn keyring_is_asked_for(&self) -> Outcome {
        eventually("the keyring is asked for", PATIENCE, async || {
            let button = self.0.one("retry-keyring").await?;
            Ok(button.is_enabled().await?.then_some(()))
        })
        .await
    }

    pub async fn retry_keyring(&self) -> Outcome {
        self.0.click("retry-keyring").await
    }

    /// A new passphrase, written twice.
    pub async fn create_passphrase(&self, passphrase: &str) -> Outcome {
        self.0.write("passphrase", passphrase).await?;
        self.0.write("passphrase-repeat", passphrase).await?;
        self.0.click("passphrase-submit").await
    }

    pub async fn unlock(&self, passphrase: &str) -> Outcome {
        self.0.write("passphrase", passphrase).await?;
        self.0.click("passphrase-submit").await
    }
}

/// Somebody who works at the counter and has set the app up as he likes it.
pub struct Staff<'a>(pub &'a Window);

impl Staff<'_> {
    /// Changes some settings once the store is open; the screen shows them from its next start on.
    pub async fn wants(&self, wishes: &Value) -> Outcome {
        eventually("the settings can be changed", PATIENCE, async || {
            let mut settings = self.0.invoke("settings", json!({})).await?;
            for (name, wish) in wishes.as_object().into_iter().flatten() {
                settings[name] = wish.clone();
            }
            let changed = json!({ "settings": settings });
            self.0.invoke("save_settings", changed).await.map(Some)
        })
        .await
        .map(drop)
    }

    /// Writes down at the counter that somebody agreed, in person, to messages about their orders.
    pub async fn notes_agreement(&self, number: &str) -> Outcome {
        let form = self.0.invoke("counter_form", json!({})).await?;
        let wordings = form["wordings"].as_array().into_iter().flatten();
        let shown: Vec<_> = wordings
            .filter(|wording| wording["purpose"] == "service" && wording["language"] == "de")
            .map(|wording| json!({ "id": wording["id"], "version": wording["version"] }))
            .collect();
        let entry = json!({
            "number": format!("+{number}"), "country": "DE", "name": "", "language": "de",
            "purposes": ["service"], "wordings": shown, "minor": null, "guardian": ""
        });
        let way = json!({ "way": "spoken", "place": "" });
        let noted = json!({ "entry": entry, "way": way });
        let result = self.0.invoke("record_at_counter", noted).await?;
        match result["kind"] == "recorded" {
            true => Ok(()),
            false => Err(format!("not noted: {result}").into()),
        }
    }

    /// No seconds to take a message back.
    pub async fn sends_at_once(&self) -> Outcome {
        self.wants(&json!({ "undo_ms": 0 })).await
    }
}

/// Thread list, conversation and composer.
pub struct Inbox<'a>(pub &'a Window);

impl Inbox<'_> {
    pub async fn is_practice(&self) -> Outcome<bool> {
        self.0.shows("practice-banner").await
    }

    /// The texts of the rows of the thread list that are rendered, from the top.
    pub async fn threads(&self) -> Outcome<Vec<String>> {
        texts(self.0, "thread-row").await
    }

    /// Waits for the first row.
    pub async fn until_threads(&self) -> Outcome {
        self.0.one("thread-row").await.map(drop)
    }

    /// The name above the open thread.
    pub async fn open_name(&self) -> Outcome<String> {
        let script = "return document.querySelector('main h2')?.innerText ?? ''";
        Ok(self
            .0
            .run(script)
            .await?
            .as_str()
            .unwrap_or_default()
            .into())
    }

    /// Opens the thread whose row holds `name`, once it is there.
    pub async fn open_thread(&self, name: &str) -> Outcome {
        eventually(
            &format!("a thread of {name} can be opened"),
            PATIENCE,
            async || {
                for row in self.0.all("thread-row").await? {
                    if words(&row).await?.contains(name) {
                        row.click().await?;
                        return Ok(Some(()));
                    }
                }
                Ok(None)
            },
        )
        .await
    }

    /// Waits until this customer's thread is the open one.
    pub async fn until_open(&self, name: &str) -> Outcome {
        eventually(
            &format!("the thread of {name} is open"),
            PATIENCE,
            async || Ok((self.open_name().await? == name).then_some(())),
        )
        .await
    }

    /// Waits until exactly these threads are listed, from the top.
    pub async fn until_listed(&self, names: &[&str]) -> Outcome {
        eventually(&format!("the list holds {names:?}"), PATIENCE, async || {
            let rows = self.threads().await?;
            let alike = rows.len() == names.len();
            if alike && rows.iter().zip(names).all(|(row, name)| row.contains(name)) {
                return Ok(Some(()));
            }
            Err(format!("it holds {rows:?}").into())
        })
        .await
    }

    /// Every bubble that is rendered, oldest first.
    pub async fn messages(&self) -> Outcome<Vec<Bubble>> {
        let script = "return [...document.querySelectorAll('[data-testid=message]')].map((each) => ({
            text: each.innerText, direction: each.dataset.direction, state: each.dataset.state ?? '' }))";
        Ok(serde_json::from_value(self.0.run(script).await?)?)
    }

    /// The newest bubble with this text, once `wanted` says yes to it.
    pub async fn bubble(&self, text: &str, wanted: impl Fn(&Bubble) -> bool) -> Outcome<Bubble> {
        eventually(
            &format!("the bubble \"{text}\" is as it should be"),
            PATIENCE,
            async || {
                let bubbles = self.messages().await?;
                Ok(bubbles
                    .into_iter()
                    .rev()
                    .find(|bubble| bubble.text.contains(text) && wanted(bubble)))
            },
        )
        .await
    }

    /// The states of the countdowns on the screen (`open`, `closing_soon`, …).
    pub async fn countdowns(&self) -> Outcome<Vec<String>> {
        self.0.attributes("countdown", "data-state").await
    }

    /// Waits until the open thread and its row show this state, and no other.
    pub async fn until_countdown(&self, state: &str) -> Outcome {
        let what = format!("the countdown shows {state}");
        eventually(&what, PATIENCE, async || {
            let states = self.countdowns().await?;
            Ok((states.len() > 1 && states.iter().all(|shown| shown == state)).then_some(()))
        })
        .await
    }

    /// The same where other threads have countdowns of their own.
    pub async fn until_countdown_of_open(&self, state: &str) -> Outcome {
        let script =
            "return document.querySelector('main [data-testid=countdown]')?.dataset.state ?? ''";
        let what = format!("the countdown of the open thread shows {state}");
        eventually(&what, PATIENCE, async || {
            Ok((self.0.run(script).await? == state).then_some(()))
        })
        .await
    }

    /// The id of the thread that is open.
    pub async fn open_thread_id(&self) -> Outcome<i64> {
        let script =
            "return Number(document.querySelector('[data-testid=thread-row][aria-current=true]')
            .dataset.threadId)";
        let id = self.0.run(script).await?;
        id.as_f64()
            .map(|id| id as i64)
            .ok_or_else(|| "no thread is open".into())
    }

    /// Waits for the text field.
    pub async fn until_composing(&self) -> Outcome {
        self.0.one("composer").await.map(drop)
    }

    pub async fn composes(&self) -> Outcome<bool> {
        self.0.shows("composer").await
    }

    pub async fn draft(&self) -> Outcome<String> {
        self.0.value("composer").await
    }

    pub async fn write(&self, text: &str) -> Outcome {
        self.0.write("composer", text).await
    }

    pub async fn send(&self) -> Outcome {
        self.0.click("send").await
    }

    pub async fn undo(&self) -> Outcome {
        self.0.click("undo").await
    }

    pub async fn refusal(&self) -> Outcome<String> {
        self.0.text("refusal").await
    }
}

/// The template picker, which takes the composer's place when the customer service window is closed.
pub struct Picker<'a>(pub &'a Window);

impl Picker<'_> {
    pub async fn is_open(&self) -> Outcome<bool> {
        self.0.shows("picker").await
    }

    pub async fn until_open(&self) -> Outcome {
        self.0.one("picker").await.map(drop)
    }

    /// The names of the templates on offer.
    pub async fn templates(&self) -> Outcome<Vec<String>> {
        self.0.attributes("template-row", "data-name").await
    }

    /// Finds it as people do, by its name: of a long list only a part is drawn.
    pub async fn choose(&self, name: &str) -> Outcome {
        self.0.write("picker-search", name).await?;
        eventually(
            &format!("the template {name} can be chosen"),
            PATIENCE,
            async || {
                for row in self.0.all("template-row").await? {
                    if row.attr("data-name").await?.as_deref() == Some(name) {
                        row.click().await?;
                        return Ok(Some(()));
                    }
                }
                Ok(None)
            },
        )
        .await
    }

    /// Fills the slots from the first to the last.
    pub async fn fill(&self, values: &[&str]) -> Outcome {
        for (slot, value) in self.0.all("slot").await?.into_iter().zip(values) {
            slot.clear().await?;
            slot.send_keys(value).await?;
        }
        Ok(())
    }

    pub async fn send(&self) -> Outcome {
        self.0.click("picker-send").await
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Bubble {
    pub text: String,
    /// `in` or `out`.
    pub direction: String,
    /// As in the generated type `DeliveryState`; empty for inbound.
    pub state: String,
}

async fn texts(window: &Window, id: &str) -> Outcome<Vec<String>> {
    let mut texts = Vec::new();
    for element in window.all(id).await? {
        texts.push(words(&element).await?);
    }
    Ok(texts)
}

/// Every word inside an element. The driver's own `text` leaves out what is cut off with an ellipsis.
async fn words(element: &Element) -> Outcome<String> {
    Ok(element.prop("innerText").await?.unwrap_or_default())
}
