//! What lies over or beside the inbox, in the words of a person: search, palette, the customer's panel, the
//! assistant that connects a number.

use fantoccini::key::Key;

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    window::Window,
};

/// Typing into the field above the thread list, and what is found.
pub struct Finder<'a>(pub &'a Window);

impl Finder<'_> {
    /// Leaves nothing in the field and puts the keyboard there.
    pub async fn begin(&self) -> Outcome {
        if self.0.shows("search-clear").await? {
            self.0.click("search-clear").await?;
        }
        self.0.one("search").await?.click().await?;
        self.0.until_focused("search").await
    }

    pub async fn type_more(&self, text: &str) -> Outcome {
        self.0.press(text).await
    }

    /// Waits until messages with these words are listed, in this order, and no others.
    pub async fn until_found(&self, words: &[&str]) -> Outcome {
        eventually(&format!("{words:?} are found"), PATIENCE, async || {
            let mut found = Vec::new();
            for hit in self.0.all("search-hit").await? {
                found.push(hit.prop("innerText").await?.unwrap_or_default());
            }
            let alike = found.len() == words.len();
            if alike
                && found
                    .iter()
                    .zip(words)
                    .all(|(hit, words)| hit.contains(words))
            {
                return Ok(Some(()));
            }
            Err(format!("these are found: {found:?}").into())
        })
        .await
    }

    /// What narrows the search, from the first to the last.
    pub async fn chips(&self) -> Outcome<Vec<String>> {
        let mut chips = Vec::new();
        for chip in self.0.all("search-chip").await? {
            chips.push(
                chip.prop("innerText")
                    .await?
                    .unwrap_or_default()
                    .trim()
                    .to_owned(),
            );
        }
        Ok(chips)
    }

    /// Waits for the message that was jumped to: marked, and within what is seen of the conversation.
    pub async fn until_shown(&self, text: &str) -> Outcome {
        let text = serde_json::to_string(text)?;
        self.0
            .until(&format!(
                "const marked = document.querySelector('[data-testid=message].marked');
                if (!marked?.innerText.includes({text})) return false;
                const frame = document.querySelector('[data-testid=messages]').getBoundingClientRect();
                const place = marked.getBoundingClientRect();
                return place.top >= frame.top && place.bottom <= frame.bottom;"
            ))
            .await
    }
}

/// Every action by its name, and every customer.
pub struct Palette<'a>(pub &'a Window);

impl Palette<'_> {
    pub async fn open(&self) -> Outcome {
        self.0.press_ctrl('k').await?;
        self.0.until_focused("palette-input").await
    }

    /// Types, goes down to this option, and takes it.
    pub async fn take(&self, typed: &str, option: &str) -> Outcome {
        self.0.press(typed).await?;
        eventually(
            &format!("the palette offers {option}"),
            PATIENCE,
            async || {
                let options = self.0.attributes("palette-option", "data-option").await?;
                let chosen = self.0.attributes("palette-option", "aria-selected").await?;
                let at = chosen.iter().position(|chosen| chosen == "true");
                match options.iter().position(|one| one.starts_with(option)) {
                    Some(wanted) if at == Some(wanted) => return Ok(Some(())),
                    Some(_) => self.0.press(&Key::Down.to_string()).await?,
                    None => {}
                }
                Err(format!("it offers {options:?}").into())
            },
        )
        .await?;
        self.0.press(&Key::Enter.to_string()).await?;
        self.0.until_gone("palette-input").await
    }
}

/// Who the customer is, on the right of the conversation.
pub struct CustomerPanel<'a>(pub &'a Window);

impl CustomerPanel<'_> {
    pub async fn until_open(&self) -> Outcome {
        self.0.one("customer-label-add").await.map(drop)
    }

    pub async fn label(&self, label: &str) -> Outcome {
        self.0.type_into("customer-label-add", label).await?;
        self.0.press(&Key::Enter.to_string()).await?;
        self.until_label(label).await
    }

    pub async fn until_label(&self, label: &str) -> Outcome {
        eventually(
            &format!("the label {label} is there"),
            PATIENCE,
            async || {
                let mut labels = Vec::new();
                for chip in self.0.all("customer-label").await? {
                    labels.push(chip.prop("innerText").await?.unwrap_or_default());
                }
                Ok(labels.iter().any(|one| one.trim() == label).then_some(()))
            },
        )
        .await
    }

    /// Writes the lasting note, and waits until it is said to be saved.
    pub async fn note(&self, text: &str) -> Outcome {
        self.0.write("customer-note", text).await?;
        eventually("the note is saved", PATIENCE, async || {
            let state = self.0.all("customer-note-state").await?;
            let Some(state) = state.first() else {
                return Ok(None);
            };
            let said = state.prop("innerText").await?.unwrap_or_default();
            let kept = self.0.value("customer-note").await?;
            Ok((!said.trim().is_empty() && kept == text).then_some(()))
        })
        .await
    }

    /// Finds somebody by name and makes one customer of the two.
    pub async fn merge_with(&self, name: &str) -> Outcome {
        self.0.click("merge-search").await?;
        self.0.until_focused("merge-input").await?;
        self.0.press(name).await?;
        eventually(&format!("{name} is found"), PATIENCE, async || {
            for option in self.0.all("merge-option").await? {
                if option
                    .prop("innerText")
                    .await?
                    .unwrap_or_default()
                    .contains(name)
                {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await?;
        self.0.press(&Key::Enter.to_string()).await?;
        self.0.click("merge-do").await
    }
}

/// The assistant that connects the shop's own number.
pub struct Assistant<'a>(pub &'a Window);

impl Assistant<'_> {
    pub async fn fill(&self, fields: &[(&str, String)]) -> Outcome {
        for (field, value) in fields {
            self.0.write(field, value).await?;
        }
        Ok(())
    }

    pub async fn check(&self) -> Outcome {
        self.0.click("connect-check").await
    }

    /// Waits until this step stands so, for this reason.
    pub async fn until(&self, step: &str, state: &str, finding: &str) -> Outcome {
        let what = format!("the step {step} is {state}: {finding}");
        eventually(&what, PATIENCE, async || {
            let id = format!("check-{step}");
            let states = self.0.attributes(&id, "data-state").await?;
            let findings = self.0.attributes(&id, "data-finding").await?;
            if states == [state] && findings == [finding] {
                return Ok(Some(()));
            }
            Err(format!("it is {states:?}: {findings:?}").into())
        })
        .await
    }

    /// The fields that are marked as wrong.
    pub async fn wrong_fields(&self) -> Outcome<Vec<String>> {
        let script = "return [...document.querySelectorAll('[aria-invalid=true]')].map((each) => each.dataset.testid)";
        Ok(serde_json::from_value(self.0.run(script).await?)?)
    }
}
