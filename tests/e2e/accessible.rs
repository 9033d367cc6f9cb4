//! What axe-core finds on the screens: nothing, at WCAG 2.1 level AA.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{
    Outcome,
    desk::Setup,
    journey::journey,
    pages::{Inbox, Picker, Start},
    window::Window,
};

const AXE: &str = "../ui/node_modules/axe-core/axe.min.js";

#[tokio::test]
async fn nobody_is_kept_out_by_how_the_screens_are_built() -> Outcome {
    journey("accessible", Setup::default(), async |_, window| {
        let (inbox, picker) = (Inbox(window), Picker(window));
        window.one("choose-practice").await?;
        assert_eq!(violations(window).await?, json!([]), "start screen");

        // Were nothing ever found, nothing would be known: a picture without words must be.
        let planted = "document.body.append(Object.assign(new Image(), { id: 'planted' }))";
        window.run(planted).await?;
        let found = violations(window).await?;
        assert_eq!(found[0]["rule"], "image-alt", "{found}");
        window
            .run("document.getElementById('planted').remove()")
            .await?;

        Start(window).practise_in("de").await?;
        for theme in ["light", "dark"] {
            window.click("settings").await?;
            window.choose("settings-theme", theme).await?;
            assert_eq!(violations(window).await?, json!([]), "settings, {theme}");
            window
                .press(&fantoccini::key::Key::Escape.to_string())
                .await?;
            inbox.open_thread("Lena Brandt").await?;
            inbox.until_composing().await?;
            assert_eq!(violations(window).await?, json!([]), "inbox, {theme}");
            inbox.open_thread("Renate Okafor").await?;
            picker.until_open().await?;
            picker.choose("order_ready").await?;
            window.one("template-preview").await?;
            assert_eq!(violations(window).await?, json!([]), "picker, {theme}");
        }
        Ok(())
    })
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
        const still = Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
        still.then(() => axe.run(document, { runOnly: { type: 'tag', values: tags } })).then(
            ({ violations }) => done(violations.flatMap(({ id, nodes }) =>
                nodes.map(({ target, failureSummary }) => ({ rule: id, at: target.join(' '), why: failureSummary })))),
            (error) => done([{ rule: 'axe itself', at: String(error) }]));";
    window.run_until_called(script).await
}
