//! What a person can do in the window: look, click, type. Elements are found by `data-testid`.

use std::{
    fs,
    path::Path,
    sync::{Mutex, PoisonError},
};

use fantoccini::{Client, Locator, elements::Element, key::Key};
use serde_json::Value;

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
};

pub struct Window {
    client: Mutex<Client>,
}

#[allow(
    dead_code,
    reason = "the window offers what a person can do, whether or not a journey does it yet"
)]
impl Window {
    pub const fn new(client: Client) -> Self {
        Self {
            client: Mutex::new(client),
        }
    }

    fn client(&self) -> Client {
        let client = self.client.lock();
        client.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Goes on in a window that was opened after this one was closed.
    pub fn is_now(&self, other: &Self) {
        *self.client.lock().unwrap_or_else(PoisonError::into_inner) = other.client();
    }

    /// Every element with this test id, from top to bottom; it may be none.
    pub async fn all(&self, id: &str) -> Outcome<Vec<Element>> {
        Ok(self.client().find_all(Locator::Css(&selector(id))).await?)
    }

    /// The first element with this test id, waited for.
    pub async fn one(&self, id: &str) -> Outcome<Element> {
        eventually(&format!("`{id}` is on the screen"), PATIENCE, async || {
            for element in self.all(id).await? {
                if element.is_displayed().await? {
                    return Ok(Some(element));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Whether an element with this test id is on the screen right now.
    pub async fn shows(&self, id: &str) -> Outcome<bool> {
        for element in self.all(id).await? {
            if element.is_displayed().await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Clicks, and clicks again where the element was replaced or covered in that moment.
    pub async fn click(&self, id: &str) -> Outcome {
        eventually(&format!("`{id}` can be clicked"), PATIENCE, async || {
            let element = self.one(id).await?;
            if !element.is_enabled().await? {
                return Ok(None);
            }
            element.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Types over what stands in the field.
    pub async fn write(&self, id: &str, text: &str) -> Outcome {
        let field = self.one(id).await?;
        field.clear().await?;
        if text.is_empty() {
            // To the driver, nothing is not something that can be typed; and clearing alone is not noticed.
            let told =
                "document.activeElement.dispatchEvent(new Event('input', { bubbles: true }))";
            field.click().await?;
            return self.run(told).await.map(drop);
        }
        Ok(field.send_keys(text).await?)
    }

    pub async fn text(&self, id: &str) -> Outcome<String> {
        Ok(self
            .one(id)
            .await?
            .prop("innerText")
            .await?
            .unwrap_or_default())
    }

    /// What stands in a field.
    pub async fn value(&self, id: &str) -> Outcome<String> {
        Ok(self.one(id).await?.prop("value").await?.unwrap_or_default())
    }

    /// The values of an attribute of every element with this test id.
    pub async fn attributes(&self, id: &str, name: &str) -> Outcome<Vec<String>> {
        let mut values = Vec::new();
        for element in self.all(id).await? {
            values.push(element.attr(name).await?.unwrap_or_default());
        }
        Ok(values)
    }

    /// Presses keys wherever the focus is.
    pub async fn press(&self, keys: &str) -> Outcome {
        self.client()
            .active_element()
            .await?
            .send_keys(keys)
            .await?;
        Ok(())
    }

    /// Calls a command of the app as the interface would, but past it: for what the screen does not offer.
    ///
    /// # Errors
    /// The app's own refusal, as JSON text.
    pub async fn invoke(&self, command: &str, arguments: Value) -> Outcome<Value> {
        let script = "const [command, args, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, args)
                .then((value) => done({ value: value ?? null }), (error) => done({ error: error ?? 'failed' }));";
        let answer = self
            .client()
            .execute_async(script, vec![command.into(), arguments])
            .await?;
        match answer.get("error") {
            Some(error) => Err(error.to_string().into()),
            None => Ok(answer["value"].clone()),
        }
    }

    /// The test id of what has the keyboard, or nothing.
    pub async fn focused(&self) -> Outcome<String> {
        let script = "return document.activeElement?.dataset?.testid ?? ''";
        Ok(self.run(script).await?.as_str().unwrap_or_default().into())
    }

    /// Waits until the keyboard is there.
    pub async fn until_focused(&self, id: &str) -> Outcome {
        let what = format!("the keyboard is at `{id}`");
        eventually(&what, PATIENCE, async || {
            let at = self.focused().await?;
            if at == id {
                return Ok(Some(()));
            }
            Err(format!("it is at `{at}`").into())
        })
        .await
    }

    /// Waits until this script returns `true`.
    pub async fn until(&self, script: &str) -> Outcome {
        eventually(script, PATIENCE, async || {
            Ok((self.run(script).await? == true).then_some(()))
        })
        .await
    }

    /// Waits until nothing with this test id is on the screen.
    pub async fn until_gone(&self, id: &str) -> Outcome {
        eventually(&format!("`{id}` is gone"), PATIENCE, async || {
            Ok((!self.shows(id).await?).then_some(()))
        })
        .await
    }

    /// Ctrl and one more key, wherever the focus is.
    pub async fn press_ctrl(&self, key: char) -> Outcome {
        self.press(&format!("{}{key}{}", Key::Control, Key::Null))
            .await
    }

    /// The keyboard goes nowhere: keys are the screen's own.
    pub async fn leave_field(&self) -> Outcome {
        self.run("document.activeElement.blur()").await.map(drop)
    }

    /// Types at the end of what stands in the field, key by key.
    pub async fn type_into(&self, id: &str, text: &str) -> Outcome {
        Ok(self.one(id).await?.send_keys(text).await?)
    }

    /// Chooses a file as the dialog of the desktop would.
    pub async fn choose_file(&self, id: &str, file: &Path) -> Outcome {
        for element in self.all(id).await? {
            element.send_keys(&file.display().to_string()).await?;
        }
        Ok(())
    }

    /// Chooses the entry with this value in a list to choose from.
    pub async fn choose(&self, id: &str, value: &str) -> Outcome {
        Ok(self.one(id).await?.select_by_value(value).await?)
    }

    pub async fn run(&self, script: &str) -> Outcome<Value> {
        Ok(self.client().execute(script, Vec::new()).await?)
    }

    /// Runs a script with arguments.
    pub async fn run_with(&self, script: &str, arguments: &[Value]) -> Outcome<Value> {
        Ok(self.client().execute(script, arguments.to_vec()).await?)
    }

    /// Runs a script that ends by calling its last argument.
    pub async fn run_until_called(&self, script: &str) -> Outcome<Value> {
        Ok(self.client().execute_async(script, Vec::new()).await?)
    }

    /// The same with arguments before it.
    pub async fn run_until_called_with(&self, script: &str, arguments: &[Value]) -> Outcome<Value> {
        Ok(self
            .client()
            .execute_async(script, arguments.to_vec())
            .await?)
    }

    /// The driver answers only once the size has changed, and never where it is already right.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        if self.client().get_window_size().await? != (u64::from(width), u64::from(height)) {
            self.client().set_window_size(width, height).await?;
        }
        Ok(())
    }

    /// A picture of what is painted now; a page that was only just built is waited for.
    pub async fn screenshot(&self, file: &Path) -> Outcome {
        let painted = "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))";
        self.client().execute_async(painted, Vec::new()).await?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, self.client().screenshot().await?)?;
        Ok(())
    }

    /// Closes the app.
    pub async fn close(&self) -> Outcome {
        Ok(self.client().close().await?)
    }
}

fn selector(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}
