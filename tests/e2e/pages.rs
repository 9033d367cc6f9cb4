//! What is on each screen, in the words of a person. A page finds and does; only a journey judges.

#![allow(
    dead_code,
    reason = "a page offers what its screen has, whether or not a journey uses it yet"
)]

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

    /// Opens the thread whose row holds `name`, once it is there.
    pub async fn open_thread(&self, name: &str) -> Outcome {
        eventually(
            &format!("a thread of {name} can be opened"),
            PATIENCE,
            async || {
                for row in self.0.all("thread-row").await? {
                    if row.text().await?.contains(name) {
                        row.click().await?;
                        return Ok(Some(()));
                    }
                }
                Ok(None)
            },
        )
        .await
    }

    /// Every bubble that is rendered, oldest first.
    pub async fn messages(&self) -> Outcome<Vec<Bubble>> {
        let mut bubbles = Vec::new();
        for element in self.0.all("message").await? {
            bubbles.push(Bubble {
                text: element.text().await?,
                direction: element.attr("data-direction").await?.unwrap_or_default(),
                state: element.attr("data-state").await?.unwrap_or_default(),
            });
        }
        Ok(bubbles)
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

    /// The names of the templates on offer.
    pub async fn templates(&self) -> Outcome<Vec<String>> {
        self.0.attributes("template-row", "data-name").await
    }

    pub async fn choose(&self, name: &str) -> Outcome {
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

#[derive(Debug, Clone, PartialEq, Eq)]
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
        texts.push(element.text().await?);
    }
    Ok(texts)
}
