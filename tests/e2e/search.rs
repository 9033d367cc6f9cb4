//! From a few typed letters to the place in a long thread.

use fantoccini::key::Key;

use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    pages::Inbox,
    panels::Finder,
    stage::{LENA_NAME, MINUTE, Stage, lena_wrote_all},
};

const JONAS_NAME: &str = "Jonas Wieland";
const PICTURE: &[u8] = include_bytes!("../../assets/practice/bicycle.png");
const WANTED: &str = "Haben Sie Fahrradschläuche für 28 Zoll?";
const LENGTH: i64 = 600;
const PLACE: i64 = 200;

#[tokio::test]
async fn a_part_of_a_word_leads_to_its_place_in_a_long_thread() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("search", stage.setup(), async |_, window| {
        let (inbox, finder) = (Inbox(window), Finder(window));
        let begin = stage.clock.now() - (LENGTH + 5) * MINUTE;
        let texts: Vec<_> = (0..LENGTH)
            .map(|index| {
                let text = if index == PLACE {
                    WANTED.into()
                } else {
                    format!("Zeile {index} von vielen")
                };
                (format!("wamid.long.{index}"), begin + index * MINUTE, text)
            })
            .collect();
        for part in texts.chunks(100) {
            stage.post_signed(&lena_wrote_all(part)).await?;
        }
        stage
            .writes(
                "493023125117",
                JONAS_NAME,
                "Und ich brauche zwei FAHRRADSCHLAUCHE.",
            )
            .await?;
        stage.lena_sends_picture(PICTURE, "Dieses hier").await?;
        inbox.open_thread(JONAS_NAME).await?;

        // Both write of it, one with the umlaut and one without: newest first.
        finder.begin().await?;
        finder.type_more("schläu").await?;
        finder.until_found(&[JONAS_NAME, LENA_NAME]).await?;

        // Narrowed down by who wrote.
        finder.begin().await?;
        finder.type_more("von:Lena schlau").await?;
        finder.until_found(&["Fahrradschläuche"]).await?;
        assert_eq!(finder.chips().await?.len(), 1);

        window.press(&Key::Enter.to_string()).await?;
        inbox.until_open(LENA_NAME).await?;
        finder.until_shown(WANTED).await?;
        // With what stood around it, and the way back to the newest.
        for near in [PLACE - 1, PLACE + 1] {
            inbox
                .bubble(&format!("Zeile {near} von vielen"), |_| true)
                .await?;
        }
        window.one("to-newest").await?;

        finder.begin().await?;
        finder.type_more("hat:bild ").await?;
        finder.until_found(&["Dieses hier"]).await?;

        // Esc leaves the search, and the list is the list again.
        window.press(&Key::Escape.to_string()).await?;
        window.until_gone("search-hit").await?;
        inbox.until_threads().await
    })
    .await
}
