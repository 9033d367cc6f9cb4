//! A file that came in is saved by the dialog of the desktop. (The dialog that chooses files to send is answered by
//! the driver itself, see `media`.)

use std::fs;

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::Inbox,
    screen::Screen,
    stage::{LENA_NAME, Stage},
};

const LIST: &[u8] = b"%PDF-1.7\nWunschliste\n";

#[tokio::test]
async fn a_file_is_saved_by_the_dialog_of_the_desktop_unless_somebody_thinks_better_of_it()
-> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    let (screen, setup) = Screen::with(&stage)?;
    journey("file-dialogs", setup, async |_, window| {
        let inbox = Inbox(window);
        let folder = tempfile::tempdir()?;
        let theirs = folder.path().join("liste.pdf");
        stage
            .lena_sends("document", "application/pdf", LIST)
            .await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_composing().await?;

        // Thought better of: nothing is written, nothing is said.
        window.click("save-file").await?;
        screen.leave_file_dialog().await?;
        assert!(!window.shows("toast").await?);

        window.click("save-file").await?;
        screen.answer_file_dialog(&theirs).await?;
        eventually("the file is saved", PATIENCE, async || {
            Ok((fs::read(&theirs).ok().as_deref() == Some(LIST)).then_some(()))
        })
        .await?;
        window.one("toast").await.map(drop)
    })
    .await
}
