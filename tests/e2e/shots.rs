//! Pictures of every screen, light and dark, in every language: `make shots`.

use std::{env, path::PathBuf};

use crate::{Outcome, desk::Setup, journey::journey};

#[tokio::test]
#[ignore = "leaves pictures, judges nothing: make shots"]
async fn shots_of_the_start_screen() -> Outcome {
    let folder = folder()?;
    journey("shots", Setup::default(), async |_, window| {
        window.resize(1280, 800).await?;
        window.one("choose-practice").await?;
        window.screenshot(&folder.join("start.png")).await
    })
    .await
}

fn folder() -> Outcome<PathBuf> {
    let folder = env::var_os("GUICHET_SHOTS")
        .ok_or("GUICHET_SHOTS names no folder for the pictures; run: make shots")?;
    Ok(folder.into())
}
