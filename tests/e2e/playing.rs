//! A real film and a real voice note, made on this machine, play in the WebKit of the system.

use std::{path::Path, process::Command};

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::Inbox,
    stage::{LENA_NAME, Stage},
};

/// Three seconds, H.264 and AAC in MP4, as WhatsApp sends films.
const FILM: &str = "videotestsrc num-buffers=75 pattern=ball ! video/x-raw,format=I420,width=320,height=240,framerate=25/1
    ! x264enc key-int-max=25 ! video/x-h264,profile=baseline,stream-format=avc ! mp4mux name=film faststart=true
    ! filesink location=FILE
    audiotestsrc num-buffers=130 wave=sine ! audio/x-raw,rate=44100 ! audioconvert ! avenc_aac ! aacparse ! film.";
/// Three seconds, Opus in Ogg, as WhatsApp sends voice notes.
const NOTE: &str =
    "audiotestsrc num-buffers=141 wave=ticks ! audio/x-raw,rate=48000,channels=1 ! audioconvert
    ! opusenc ! oggmux ! filesink location=FILE";

/// Whatever may play H.264 on somebody's machine.
const DECODERS: [&str; 6] = [
    "avdec_h264",
    "openh264dec",
    "vah264dec",
    "vaapih264dec",
    "v4l2h264dec",
    "nvh264dec",
];

#[tokio::test]
async fn a_film_and_a_voice_note_play() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let film = made(FILM, &folder.path().join("film.mp4"))?;
    let note = made(NOTE, &folder.path().join("note.ogg"))?;
    let stage = Stage::start().await?;
    journey("playing", stage.setup(), async |_, window| {
        stage.lena_sends("audio", "audio/ogg; codecs=opus", &note).await?;
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.lena_sends("video", "video/mp4", &film).await?;
        Inbox(window).open_thread(LENA_NAME).await?;

        window
            .until("return document.querySelector('video')?.readyState >= 1")
            .await?;
        let seconds = window.run("return document.querySelector('video').duration").await?;
        let seconds = seconds.as_f64().unwrap_or_default();
        assert!((2.5..3.5).contains(&seconds), "{seconds}");
        let size = "const film = document.querySelector('video'); return film.videoWidth === 320 && film.videoHeight === 240";
        window.until(size).await?;
        window.run("document.querySelector('video').play()").await?;
        window
            .until("const film = document.querySelector('video'); return film.currentTime > 0.3 && film.readyState >= 2")
            .await?;

        // The note, by its own button; the film gives way.
        window
            .until("return document.querySelector('[data-testid=voice]')?.innerText.includes('0:03') === true")
            .await?;
        window.click("voice-play").await?;
        eventually("the voice note is heard to its end", PATIENCE, async || {
            let position = "return Number(document.querySelector('[data-testid=voice] input').value)";
            let at = window.run(position).await?.as_f64().unwrap_or_default();
            if at > 0.3 {
                return Ok(Some(()));
            }
            Err(format!("it is at {at}").into())
        })
        .await?;
        assert!(!window.shows("save-file").await?, "something is said not to play");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_film_without_a_decoder_says_what_is_missing_and_can_be_saved() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let film = made(FILM, &folder.path().join("film.mp4"))?;
    let stage = Stage::start().await?;
    let mut setup = stage.setup();
    let none = DECODERS.map(|decoder| format!("{decoder}:NONE")).join(",");
    setup
        .environment
        .push(("GST_PLUGIN_FEATURE_RANK".into(), none));
    journey("no-decoder", setup, async |_, window| {
        stage.lena_sends("video", "video/mp4", &film).await?;
        Inbox(window).open_thread(LENA_NAME).await?;
        window
            .until("return document.querySelector('[data-testid=file] .trouble')?.innerText.includes('gstreamer1.0-libav') === true")
            .await?;
        window.one("save-file").await.map(drop)
    })
    .await
}

fn made(pipeline: &str, file: &Path) -> Outcome<Vec<u8>> {
    let pipeline = pipeline.replace("FILE", &file.display().to_string());
    let done = Command::new("gst-launch-1.0")
        .arg("-q")
        .args(pipeline.split_whitespace())
        .output()
        .map_err(|error| format!("gst-launch-1.0: {error}; run: src-tauri/setup.sh test"))?;
    if !done.status.success() {
        let why = String::from_utf8_lossy(&done.stderr);
        return Err(format!("no file was made: {why}; run: src-tauri/setup.sh test").into());
    }
    Ok(std::fs::read(file)?)
}
