//! Voice notes and films in the WebKit of the system, on a machine that may lack a decoder and has no loudspeaker.

use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    ogg::silence,
    pages::Inbox,
    stage::{LENA_NAME, Stage},
};

/// The beginning of an MP4 file, and then nothing that could be played.
const NO_FILM: &[u8] = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x08free";

#[tokio::test]
async fn a_voice_note_says_how_long_it_is_and_what_cannot_be_played_can_be_saved() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("sound", stage.setup(), async |_, window| {
        stage
            .lena_sends("audio", "audio/ogg; codecs=opus", &silence(83))
            .await?;
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.lena_sends("video", "video/mp4", NO_FILM).await?;
        Inbox(window).open_thread(LENA_NAME).await?;

        // Before anybody has pressed anything.
        window
            .until("return document.querySelector('[data-testid=voice]')?.innerText.includes('1:23') === true")
            .await?;
        // Until everything stands where it stays: a click goes to a place.
        window
            .until("return document.querySelector('[data-testid=messages]').innerText.includes('MP4')")
            .await?;
        for speed in ["1,5×", "2×", "1×"] {
            window.click("voice-speed").await?;
            window
                .until(&format!(
                    "return document.querySelector('[data-testid=voice-speed]').innerText.trim() === '{speed}'"
                ))
                .await?;
        }
        // It plays, or says that it cannot; the rest of the thread stays as it is.
        window.click("voice-play").await?;
        window
            .until("return document.querySelector('[data-testid=file] .trouble') !== null
                && document.querySelector('[data-testid=file] [data-testid=save-file]')?.innerText.includes('Speichern') === true")
            .await?;
        assert_eq!(Inbox(window).messages().await?.len(), 2);
        Ok(())
    })
    .await
}
