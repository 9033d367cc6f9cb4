//! Till, ledger and picker as the journeys about consents use them.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    pages::Picker,
    stage::Stage,
    window::Window,
};

/// Where opt-ins are taken down.
pub struct Till<'a>(pub &'a Window);

impl Till<'_> {
    /// Waits until the shop has heard from the platform what customers see it called: wordings name it.
    pub async fn until_ready(&self) -> Outcome {
        eventually("the shop knows its name", PATIENCE, async || {
            let form = self.0.invoke("counter_form", json!({})).await?;
            Ok((form["business_name"] != "").then_some(()))
        })
        .await
    }

    /// Waits until exactly these are ticked.
    pub async fn until_ticked(&self, purposes: &[&str]) -> Outcome {
        let wanted = serde_json::to_string(purposes)?;
        let ticked =
            "[...document.querySelectorAll('.till [data-testid=counter-purpose]:checked')]";
        self.0
            .until(&format!(
                "return JSON.stringify({ticked}.map((box) => box.dataset.purpose)) === '{wanted}'"
            ))
            .await
    }

    /// What the phone types when it has scanned the code that is shown.
    pub async fn text_to_scan(&self) -> Outcome<String> {
        self.0.one("customer-view").await?;
        let script = "return document.querySelector('[data-testid=counter-ticket][data-state=waiting] q')?.textContent ?? ''";
        eventually("a code can be scanned", PATIENCE, async || {
            let text = self.0.run(script).await?;
            let text = text.as_str().unwrap_or_default().to_owned();
            Ok((!text.is_empty()).then_some(text))
        })
        .await
    }

    /// A customer scans a code for these purposes and sends what it says; nothing of it on the screen.
    pub async fn scanned_by(
        &self,
        stage: &Stage,
        (number, name): (&str, &str),
        language: &str,
        purposes: &[&str],
    ) -> Outcome {
        let form = self.0.invoke("counter_form", json!({})).await?;
        let wordings = form["wordings"].as_array().into_iter().flatten();
        let shown: Vec<_> = wordings
            .filter(|one| one["language"] == language)
            .filter(|one| purposes.contains(&one["purpose"].as_str().unwrap_or_default()))
            .map(|one| json!({ "id": one["id"], "version": one["version"] }))
            .collect();
        let entry = json!({
            "number": "", "country": "DE", "name": "", "language": language, "purposes": purposes,
            "wordings": shown, "minor": null, "guardian": ""
        });
        let ticket = self.0.invoke("start_qr", json!({ "entry": entry })).await?;
        let text = ticket["text"].as_str().ok_or("the code has no text")?;
        stage.writes(number, name, text).await?;
        let code = json!({ "code": ticket["code"] });
        eventually("the code is confirmed", PATIENCE, async || {
            let state = self.0.invoke("qr_state", code.clone()).await?;
            Ok((state["kind"] == "confirmed").then_some(()))
        })
        .await
    }
}

/// Who agreed to what.
pub struct Ledger<'a>(pub &'a Window);

impl Ledger<'_> {
    pub async fn open(&self) -> Outcome {
        self.0.press_ctrl('l').await?;
        self.0.one("consents-list").await.map(drop)
    }

    /// Waits until a row of this person's is listed, and opens the page behind it.
    pub async fn open_person(&self, name: &str) -> Outcome {
        let what = format!("{name} is listed");
        eventually(&what, PATIENCE, async || {
            for row in self.0.all("consents-row").await? {
                let text = row.prop("innerText").await?.unwrap_or_default();
                if text.contains(name) {
                    row.click().await?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await?;
        self.0.one("person-history").await.map(drop)
    }

    /// Chooses what to take out, by the arrow keys.
    pub async fn choose_format(&self, format: &str) -> Outcome {
        self.0.one("export-dialog").await?;
        let chosen = format!(
            "return document.querySelector('[data-testid=export-{format}]')?.checked === true"
        );
        eventually(&format!("{format} is chosen"), PATIENCE, async || {
            if self.0.run(&chosen).await? == true {
                return Ok(Some(()));
            }
            let at = "document.querySelector('[data-testid=export-dialog] [name=format]:checked')";
            self.0.run(&format!("{at}.focus()")).await?;
            self.0.press(&Key::Down.to_string()).await?;
            Ok(None)
        })
        .await
    }
}

/// Whether this template may go to the customer whose thread is open, as the picker shows it.
pub struct Offered<'a>(pub &'a Window);

impl Offered<'_> {
    /// Opens the picker, whatever is at the foot of the conversation.
    pub async fn open(&self) -> Outcome {
        if !self.0.shows("picker").await? {
            self.0.leave_field().await?;
            self.0.press("t").await?;
        }
        Picker(self.0).until_open().await
    }

    pub async fn until(&self, name: &str, offered: bool) -> Outcome {
        self.0
            .write("picker-search", &name.replace('_', " "))
            .await?;
        let row = format!("[data-testid=template-row][data-name={name}]");
        self.0
            .until(&format!(
                "return document.querySelector('{row}')?.getAttribute('aria-disabled') === '{}'",
                !offered
            ))
            .await
    }

    /// Why it may not.
    pub async fn why_not(&self, name: &str) -> Outcome<String> {
        self.until(name, false).await?;
        self.0.text("picker-lacking").await
    }
}

/// Sends a template to the customer of a thread, everything in it filled in alike.
pub async fn send_template(
    window: &Window,
    thread: i64,
    name: &str,
    language: &str,
) -> Outcome<Value> {
    let list = window
        .invoke("templates", json!({ "threadId": thread }))
        .await?;
    let all = list["templates"]
        .as_array()
        .ok_or("there are no templates")?;
    let template = all
        .iter()
        .find(|one| one["name"] == name && one["language"] == language);
    let slots = template.ok_or("there is no such template")?["slots"].as_array();
    let values: Vec<_> = slots
        .into_iter()
        .flatten()
        .map(|slot| json!({ "key": slot["key"], "text": "Erdbeeren" }))
        .collect();
    let choice = json!({ "name": name, "language": language, "values": values });
    let sent = json!({ "threadId": thread, "choice": choice });
    window.invoke("send_template", sent).await
}

/// How a customer stands for a purpose, as the core says it now.
pub async fn standing(window: &Window, thread: i64, purpose: &str) -> Outcome<(String, bool)> {
    let customer = window
        .invoke("customer", json!({ "threadId": thread }))
        .await?;
    let all = customer["consent"]["purposes"]
        .as_array()
        .into_iter()
        .flatten();
    let one = all.into_iter().find(|one| one["purpose"] == purpose);
    let one = one.ok_or("there is no such purpose")?;
    Ok((
        one["state"].as_str().unwrap_or_default().to_owned(),
        one["usable"] == true,
    ))
}
