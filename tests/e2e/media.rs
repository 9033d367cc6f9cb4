//! Pictures, both ways.

use fantoccini::key::Key;

use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    pages::{Inbox, Staff},
    stage::{LENA, LENA_NAME, Stage},
};

const THEIRS: &[u8] = include_bytes!("../../assets/practice/bicycle.png");
const OURS: &[u8] = include_bytes!("../../assets/practice/cake.png");
const QUESTION: &str = "Passt an dieses Rad ein Korb?";
const CAPTION: &str = "So sähe es aus.";

#[tokio::test]
async fn a_customer_s_picture_is_seen_and_a_picture_of_ours_arrives_as_it_is() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("media", stage.setup(), async |_, window| {
        let inbox = Inbox(window);
        Staff(window).sends_at_once().await?;
        stage.lena_sends_picture(THEIRS, QUESTION).await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox
            .bubble(QUESTION, |bubble| bubble.direction == "in")
            .await?;
        window
            .until("return document.querySelector('[data-testid=picture] img')?.naturalWidth > 0")
            .await?;

        window.click("picture").await?;
        window
            .until("return document.querySelector('[data-testid=viewer] img')?.naturalWidth > 0")
            .await?;
        window.press(&Key::Escape.to_string()).await?;
        window.until_gone("viewer").await?;

        // Beside what was chosen stands what it looks like; what cannot be sent says why at once.
        let folder = tempfile::tempdir()?;
        let cake = folder.path().join("torte.png");
        std::fs::write(&cake, OURS)?;
        window.choose_file("attach-input", &cake).await?;
        window
            .until("return document.querySelector('[data-testid=attachment] img')?.naturalWidth > 0")
            .await?;
        window.until_focused("composer").await?;
        window.press(CAPTION).await?;

        inbox.send().await?;
        inbox
            .bubble(CAPTION, |bubble| bubble.state == "accepted")
            .await?;
        window.until_gone("attachment").await?;
        assert_eq!(inbox.draft().await?, "");

        let accepted = stage.accepted(1).await?;
        let image = &accepted[0].body["image"];
        assert_eq!((accepted[0].to.as_str(), accepted[0].kind.as_str()), (LENA, "image"));
        assert_eq!(image["caption"], CAPTION);
        let id = image["id"].as_str().ok_or("the picture has no id")?;
        assert!(stage.file(id).await? == OURS, "other bytes arrived");

        // The bubble shows it, too, and not only says that it left.
        window
            .until("return document.querySelector('[data-direction=out] [data-testid=picture] img')?.naturalWidth > 0")
            .await
    })
    .await
}

#[tokio::test]
async fn a_large_file_says_how_far_it_is_while_the_line_is_slow() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("media-large", stage.setup(), async |_, window| {
        let inbox = Inbox(window);
        Staff(window).sends_at_once().await?;
        stage.lena_writes("Haben Sie einen Katalog?").await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;

        // More than a line holds while nobody takes it out at the other end.
        let folder = tempfile::tempdir()?;
        let catalogue = folder.path().join("katalog.pdf");
        let mut bytes = b"%PDF-1.7\n".to_vec();
        bytes.resize(24 << 20, b' ');
        std::fs::write(&catalogue, &bytes)?;
        window.choose_file("attach-input", &catalogue).await?;
        window
            .until("return document.querySelector('[data-testid=send]').disabled === false")
            .await?;
        stage.suspend_platform();
        inbox.send().await?;
        window.one("upload").await?;
        assert!(
            !inbox
                .messages()
                .await?
                .iter()
                .any(|each| each.state == "accepted")
        );
        stage.resume_platform();
        inbox
            .bubble("katalog.pdf", |bubble| bubble.state == "accepted")
            .await?;
        window.until_gone("upload").await?;

        let accepted = stage.accepted(1).await?;
        let document = &accepted[0].body["document"];
        assert_eq!(document["filename"], "katalog.pdf");
        let id = document["id"].as_str().ok_or("the file has no id")?;
        assert!(stage.file(id).await? == bytes, "other bytes arrived");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_file_that_cannot_be_sent_says_why_before_anything_leaves() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("media-refused", stage.setup(), async |_, window| {
        stage.lena_writes("Schicken Sie mir ein Bild?").await?;
        Inbox(window).open_thread(LENA_NAME).await?;
        Inbox(window).until_composing().await?;
        let folder = tempfile::tempdir()?;
        let large = folder.path().join("plakat.png");
        let mut bytes = OURS.to_vec();
        bytes.resize(6 << 20, 0);
        std::fs::write(&large, bytes)?;
        window.choose_file("attach-input", &large).await?;
        window
            .until(
                "return document.querySelector('[data-testid=attachment][data-refused]') !== null",
            )
            .await?;
        assert!(!window.one("send").await?.is_enabled().await?);
        window.click("attachment-remove").await?;
        window.until_gone("attachment").await?;
        stage.accepted(0).await?;
        assert!(!stage.requests().await?.contains("/media"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_file_dropped_on_the_conversation_is_attached_and_one_beside_it_does_nothing() -> Outcome
{
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("media-drop", stage.setup(), async |_, window| {
        stage.lena_writes("Schicken Sie mir ein Bild?").await?;
        Inbox(window).open_thread(LENA_NAME).await?;
        Inbox(window).until_composing().await?;
        let bytes = serde_json::to_string(OURS)?;
        let drag = |event: &str, over: &str| {
            format!(
                "const data = new DataTransfer();
                data.items.add(new File([new Uint8Array({bytes})], 'torte.png', {{ type: 'image/png' }}));
                const event = new DragEvent('{event}', {{ dataTransfer: data, bubbles: true, cancelable: true }});
                document.querySelector('{over}').dispatchEvent(event);
                return event.defaultPrevented;"
            )
        };
        let list = "[data-testid=thread-row]";
        let zone = "[data-testid=drop-zone]";
        window.run(&drag("dragenter", list)).await?;
        window.one("drop-zone").await?;
        // Else the window would leave for the file.
        assert_eq!(window.run(&drag("drop", list)).await?, true);
        window.until_gone("drop-zone").await?;
        assert!(!window.shows("attachment").await?);

        window.run(&drag("dragenter", list)).await?;
        window.one("drop-zone").await?;
        assert_eq!(window.run(&drag("dragover", zone)).await?, true);
        assert_eq!(window.run(&drag("drop", zone)).await?, true);
        window
            .until("return document.querySelector('[data-testid=attachment] img')?.naturalWidth > 0")
            .await?;
        window.until_gone("drop-zone").await
    })
    .await
}
