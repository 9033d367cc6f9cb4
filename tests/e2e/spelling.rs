//! Spelling is checked in the language of the customer one writes to, and in one's own where only colleagues read.

use std::{fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use crate::{
    Outcome,
    desk::Desk,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::Inbox,
    stage::{LENA_NAME, Stage},
    window::Window,
};

const GERMAN: &str = "Fahrrad";
const PORTUGUESE: &str = "bicicleta";

/// Where the red of the checker begins in a picture of the window, in CSS pixels from the left edge of the text of
/// a field, beside the width of the word that the text begins with; `null` where nothing is red.
const RED: &str = "const [id, picture, word, done] = arguments;
    const field = document.querySelector(`[data-testid=${id}]`);
    const style = getComputedStyle(field);
    const place = field.getBoundingClientRect();
    const image = new Image();
    image.onload = () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
        const context = canvas.getContext('2d', { willReadFrequently: true });
        context.font = style.font;
        const wide = context.measureText(word).width;
        context.drawImage(image, 0, 0);
        const scale = image.width / innerWidth;
        const [x, y, width, height] = [place.x, place.y, place.width, place.height].map((one) => Math.round(one * scale));
        const { data } = context.getImageData(x, y, width, height);
        let from = Infinity;
        for (let at = 0; at < data.length; at += 4)
            if (data[at] > 170 && data[at + 1] < 110 && data[at + 2] < 110) from = Math.min(from, (at / 4) % width);
        done(from === Infinity ? null : [from / scale - parseFloat(style.paddingLeft), wide]);
    };
    image.src = 'data:image/png;base64,' + picture;";

#[tokio::test]
async fn spelling_is_checked_in_the_customers_language() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("spelling", stage.setup(), async |desk, window| {
        let inbox = Inbox(window);
        dictionary(desk, "de_DE", GERMAN)?;
        dictionary(desk, "pt_BR", PORTUGUESE)?;
        stage.lena_writes("Passt der Korb?").await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;

        // Each word is right in one language and underlined in the other.
        let both = format!("{GERMAN} {PORTUGUESE} ");
        speaks(window, "de").await?;
        write(window, "composer", &both).await?;
        until_red(window, "composer", GERMAN, false).await?;
        speaks(window, "pt-BR").await?;
        write(window, "composer", &both).await?;
        until_red(window, "composer", GERMAN, true).await?;

        // A note is for colleagues, whatever the customer speaks.
        window.click("tab-note").await?;
        write(window, "note", &both).await?;
        until_red(window, "note", GERMAN, false).await
    })
    .await
}

/// A language of which this one word is all there is, for this desk alone.
fn dictionary(desk: &Desk, name: &str, word: &str) -> Outcome {
    let folder = desk.config().join("enchant/hunspell");
    fs::create_dir_all(&folder)?;
    let file = |ending: &str| folder.join(format!("{name}.{ending}"));
    fs::write(file("aff"), "SET UTF-8\n")?;
    Ok(fs::write(file("dic"), format!("1\n{word}\n"))?)
}

async fn speaks(window: &Window, tag: &str) -> Outcome {
    let thread = Inbox(window).open_thread_id().await?;
    let language = json!({ "threadId": thread, "change": { "kind": "language", "tag": tag } });
    window.invoke("describe_customer", language).await?;
    window
        .until(&format!(
            "return document.querySelector('[data-testid=composer]').lang === '{tag}'"
        ))
        .await
}

async fn write(window: &Window, id: &str, text: &str) -> Outcome {
    window.write(id, "").await?;
    window.one(id).await?.click().await?;
    window.until_focused(id).await?;
    window.press(text).await
}

/// Waits until a word is underlined, and the first one is so or is not.
async fn until_red(window: &Window, id: &str, first: &str, wanted: bool) -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("field.png");
    let what = format!(
        "`{first}` is {}underlined",
        if wanted { "" } else { "not " }
    );
    eventually(&what, PATIENCE, async || {
        match red(window, id, first, &file).await? {
            Some((from, wide)) if (from < wide) == wanted => Ok(Some(())),
            other => Err(format!("red from, and the word's width: {other:?}").into()),
        }
    })
    .await
}

async fn red(window: &Window, id: &str, word: &str, file: &Path) -> Outcome<Option<(f64, f64)>> {
    window.screenshot(file).await?;
    let picture = STANDARD.encode(fs::read(file)?);
    let found = window
        .run_until_called_with(RED, &[json!(id), json!(picture), json!(word)])
        .await?;
    Ok(serde_json::from_value(found)?)
}
