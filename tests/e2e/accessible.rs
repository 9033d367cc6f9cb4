//! What axe-core finds on the screens: nothing, at WCAG 2.1 level AA.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{
    Outcome,
    desk::Setup,
    eventually::{PATIENCE, eventually},
    journey::journey,
    pages::{Inbox, Picker, Start},
    stage::MINUTE,
    window::Window,
};

const AXE: &str = "../ui/node_modules/axe-core/axe.min.js";

const WRITER: &str = "Lena Brandt";
/// Has sent a picture.
const PHOTOGRAPHER: &str = "Jonas Wieland";
/// Only a template reaches her.
const CLOSED: &str = "Renate Okafor";

#[tokio::test]
async fn nobody_is_kept_out_by_how_the_screens_are_built() -> Outcome {
    walk("accessible-light", "light").await
}

#[tokio::test]
async fn nobody_is_kept_out_in_the_dark_either() -> Outcome {
    walk("accessible-dark", "dark").await
}

async fn walk(name: &str, theme: &str) -> Outcome {
    journey(name, Setup::default(), async |_, window| {
        let (inbox, picker) = (Inbox(window), Picker(window));
        window.one("choose-practice").await?;
        accessible(window, "start screen").await?;

        // Were nothing ever found, nothing would be known: a picture without words must be.
        let planted = "document.body.append(Object.assign(new Image(), { id: 'planted' }))";
        window.run(planted).await?;
        let found = violations(window).await?;
        assert_eq!(found[0]["rule"], "image-alt", "{found}");
        window
            .run("document.getElementById('planted').remove()")
            .await?;

        Start(window).practise_in("de").await?;
        window
            .invoke("practice_jump", json!({ "ms": 2 * MINUTE }))
            .await?;
        window.click("settings").await?;
        window.choose("settings-theme", theme).await?;
        accessible(window, "settings").await?;
        escape(window).await?;
        window.leave_field().await?;
        accessible(window, "nothing open").await?;

        inbox.open_thread(WRITER).await?;
        inbox.until_composing().await?;
        accessible(window, "conversation").await?;
        window.click("emoji-open").await?;
        accessible(window, "emoji").await?;
        escape(window).await?;
        window.click("replies-open").await?;
        window.one("suggest").await?;
        accessible(window, "quick replies").await?;
        // Another window may have taken the keyboard meanwhile, and with it the menu.
        eventually("quick replies can be managed", PATIENCE, async || {
            if !window.shows("replies-manage").await? {
                window.click("replies-open").await?;
            }
            let button = window.all("replies-manage").await?.into_iter().next();
            button.ok_or("the menu is not open")?.click().await?;
            Ok(Some(()))
        })
        .await?;
        window.one("replies-dialog").await?;
        accessible(window, "managing quick replies").await?;
        escape(window).await?;
        window.click("tab-note").await?;
        accessible(window, "note").await?;
        window.click("tab-answer").await?;
        window.leave_field().await?;

        for (keys, screen) in [
            ("?", "shortcuts"),
            ("s", "snooze"),
            ("l", "labels"),
            ("a", "assign"),
            ("d", "jump to a date"),
        ] {
            window.press(keys).await?;
            accessible(window, screen).await?;
            escape(window).await?;
            window.leave_field().await?;
        }
        window.press_ctrl('k').await?;
        window.one("palette-input").await?;
        accessible(window, "palette").await?;
        escape(window).await?;
        window.click("practice-write").await?;
        accessible(window, "writing as a customer").await?;
        escape(window).await?;

        window.click("head-panel").await?;
        window.one("customer-note").await?;
        accessible(window, "customer panel").await?;
        window.click("merge-search").await?;
        accessible(window, "looking for the same person").await?;
        escape(window).await?;
        window.click("head-panel").await?;

        inbox.open_thread(PHOTOGRAPHER).await?;
        inbox.until_open(PHOTOGRAPHER).await?;
        window.click("picture").await?;
        window.one("viewer").await?;
        accessible(window, "viewer").await?;
        escape(window).await?;

        window.leave_field().await?;
        window.press("/").await?;
        window.until_focused("search").await?;
        window.press("rad").await?;
        window.one("search-hit").await?;
        accessible(window, "search").await?;
        window.click("search-clear").await?;
        escape(window).await?;

        inbox.open_thread(CLOSED).await?;
        picker.until_open().await?;
        picker.choose("order_ready").await?;
        window.one("template-preview").await?;
        accessible(window, "picker").await?;
        window.leave_field().await?;

        window.press_ctrl('t').await?;
        window.one("review-row").await?;
        accessible(window, "templates").await?;
        window.click("review-example").await?;
        window.one("example").await?;
        accessible(window, "examples of templates").await?;
        window.click("examples-back").await?;
        window.click("review-new").await?;
        window.write("editor-name", "torte").await?;
        window
            .write("editor-body", "{{first_name}}, Torte!")
            .await?;
        window.one("finding").await?;
        accessible(window, "writing a template").await?;
        window.click("editor-back").await?;
        window.click("review-back").await?;

        window.click("settings").await?;
        window.click("settings-connect").await?;
        window.one("connect-check").await?;
        accessible(window, "connection assistant").await
    })
    .await
}

pub async fn accessible(window: &Window, screen: &str) -> Outcome {
    let found = violations(window).await?;
    match found == json!([]) {
        true => Ok(()),
        false => Err(format!("{screen}: {found:#}").into()),
    }
}

pub async fn escape(window: &Window) -> Outcome {
    window
        .press(&fantoccini::key::Key::Escape.to_string())
        .await
}

/// Rule and place of each violation.
async fn violations(window: &Window) -> Outcome<Value> {
    if window.run("return typeof axe === 'undefined'").await? == true {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(AXE);
        let source = fs::read_to_string(&path).map_err(|_| {
            format!(
                "axe-core is not at {}; run: npm --prefix ui ci",
                path.display()
            )
        })?;
        // A script of the driver's has a scope of its own; only what is put on `window` stays.
        window.run(&format!("{source}; window.axe = axe;")).await?;
    }
    let script = "const done = arguments[arguments.length - 1];
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
        // Colours on their way from one theme to the other are nobody's.
        // What pulses for ever never stands still.
        const ending = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity);
        const still = Promise.allSettled(ending.map(({ finished }) => finished));
        still.then(() => axe.run(document, { runOnly: { type: 'tag', values: tags } })).then(
            ({ violations }) => done(violations.flatMap(({ id, nodes }) =>
                nodes.map(({ target, failureSummary }) => ({ rule: id, at: target.join(' '), why: failureSummary })))),
            (error) => done([{ rule: 'axe itself', at: String(error) }]));";
    window.run_until_called(script).await
}
