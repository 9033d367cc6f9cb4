//! The shop's templates: how they fare, how one is written, and how one with a picture is filled.

use super::{
    album::{Album, WORDS, Words},
    escape,
};
use crate::{
    Outcome,
    desk::Setup,
    journey::sitting,
    pages::{Inbox, Picker, Start},
    window::Window,
};

const CAKE: &[u8] = include_bytes!("../../../assets/practice/cake.png");

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn templates_in_german() -> Outcome {
    templates(&WORDS[0]).await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn templates_in_portuguese() -> Outcome {
    templates(&WORDS[1]).await
}

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn templates_in_english() -> Outcome {
    templates(&WORDS[2]).await
}

async fn templates(words: &Words) -> Outcome {
    let name = format!("shots-templates-{}", words.language);
    sitting(&name, Setup::default(), async |_, window| {
        let album = Album::of(words, window)?;
        Start(window).practise_in(words.language).await?;
        window.leave_field().await?;
        window.press_ctrl('t').await?;
        window.one("review-row").await?;
        album.take_large("templates").await?;
        window.click("review-show").await?;
        window.one("template-preview").await?;
        album.take("template-shown").await?;
        window.click("review-filter-rejected").await?;
        album.take("templates-rejected").await?;
        window.click("review-filter-paused").await?;
        window.one("review-none").await?;
        album.take("templates-none").await?;
        window.click("review-filter-all").await?;
        for (item, dialog) in [
            ("review-more-translate", "language-dialog"),
            ("review-more-delete", "delete-dialog"),
        ] {
            window.click("review-more").await?;
            window.click(item).await?;
            window.one(dialog).await?;
            album.take(&format!("template-{dialog}")).await?;
            window.press(&escape()).await?;
            window.until_gone(dialog).await?;
        }

        window.click("review-example").await?;
        window.one("example").await?;
        album.take("template-examples").await?;
        window.click("example-use").await?;
        window.one("editor-body").await?;
        album.take_large("template-editor").await?;
        window
            .run("document.querySelector('[data-testid=editor-sample]').scrollIntoView({ block: 'center' })")
            .await?;
        album.take("template-editor-end").await?;
        window.click("editor-variable").await?;
        window.one("variable-menu").await?;
        album.take("template-variables").await?;
        window.press(&escape()).await?;
        window.until_gone("variable-menu").await?;
        window.click("editor-hand-in").await?;
        window.one("handed-in").await?;
        album.take("template-handed-in").await?;
        window.click("review-new").await?;
        album.take("template-new").await?;
        // What Meta would refuse, whatever the language.
        window
            .write("editor-body", "{{first_name}} {{date}}!")
            .await?;
        window.one("finding").await?;
        album.take("template-findings").await?;
        window.click("editor-back").await?;
        window.one("review-draft").await?;
        album.take("template-draft").await?;
        window.click("review-back").await?;
        in_the_picker(words, window, &album).await
    })
    .await
}

async fn in_the_picker(words: &Words, window: &Window, album: &Album<'_>) -> Outcome {
    let picker = Picker(window);
    Inbox(window).open_thread(words.closed).await?;
    picker.until_open().await?;
    window.write("picker-search", "raffle").await?;
    window.one("template-row").await?;
    album.take("picker-rejected").await?;
    window.write("picker-search", "xyzzy").await?;
    window.until_gone("template-row").await?;
    album.take("picker-nothing").await?;
    picker.choose("work_finished_photo").await?;
    window.one("slot-file").await?;
    album.take("picker-picture-missing").await?;
    let folder = tempfile::tempdir()?;
    let cake = folder.path().join("IMG_2041.png");
    std::fs::write(&cake, CAKE)?;
    window.choose_file("slot-file-input", &cake).await?;
    window
        .until(
            "return document.querySelector('[data-testid=template-preview] img')?.naturalWidth > 0",
        )
        .await?;
    picker.fill(&words.slots[..1]).await?;
    album.take_large("picker-picture").await
}
