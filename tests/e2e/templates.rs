//! A template with a picture and the end of an address, from a closed thread to the blue ticks, by way of the window.

use serde_json::{Value, json};

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::{Inbox, Picker, Staff},
    stage::{HOUR, LENA, LENA_NAME, Stage},
};

const CAKE: &[u8] = include_bytes!("../../assets/practice/cake.png");
const NAME: &str = "torte_fertig";
const WORDS: &str = "Hallo Lena, Ihre Bestellung A1027 ist fertig und wartet auf Sie.";

fn with_a_picture() -> Value {
    json!({
        "name": NAME, "language": "de", "category": "UTILITY",
        "components": [
            { "type": "HEADER", "format": "IMAGE", "example": { "header_handle": ["4::practice"] } },
            { "type": "BODY", "text": "Hallo {{1}}, Ihre Bestellung {{2}} ist fertig und wartet auf Sie.",
              "example": { "body_text": [["Lena", "A1027"]] } },
            { "type": "FOOTER", "text": "Bäckerei am Markt" },
            { "type": "BUTTONS", "buttons": [
                { "type": "QUICK_REPLY", "text": "Danke" },
                { "type": "URL", "text": "Ansehen", "url": "https://www.example.com/b/{{1}}",
                  "example": ["https://www.example.com/b/A1027"] } ] }
        ],
    })
}

#[tokio::test]
async fn a_closed_thread_is_reopened_with_a_picture_and_an_address_exactly_as_meta_wants_them()
-> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    stage.order("templates", &with_a_picture()).await?;
    journey("template", stage.setup(), async |_, window| {
        let (inbox, picker) = (Inbox(window), Picker(window));
        Staff(window).sends_at_once().await?;
        let written = stage.lena_writes("Ist die Torte fertig?").await?;
        Staff(window).notes_agreement(LENA).await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_countdown("open").await?;
        stage.set_clock(written + 25 * HOUR, 1.0)?;
        picker.until_open().await?;

        // Every slot has its field; the form says what is missing until the last one is filled.
        picker.choose(NAME).await?;
        window
            .until("return document.querySelector('[data-testid=picker-send]')?.disabled === true")
            .await?;
        let folder = tempfile::tempdir()?;
        let cake = folder.path().join("torte.png");
        std::fs::write(&cake, CAKE)?;
        window.choose_file("slot-file-input", &cake).await?;
        window
            .until("return document.querySelector('[data-testid=template-preview] img')?.naturalWidth > 0")
            .await?;
        picker.fill(&["Lena", "A1027", "A1027"]).await?;
        let preview = window.text("template-preview").await?;
        assert!(preview.contains(WORDS), "the preview shows {preview}");

        picker.send().await?;
        let accepted = stage.accepted(1).await?;
        assert_eq!(
            (accepted[0].to.as_str(), accepted[0].kind.as_str()),
            (LENA, "template")
        );
        let template = &accepted[0].body["template"];
        let picture = template["components"][0]["parameters"][0]["image"]["id"]
            .as_str()
            .ok_or("the picture has no id")?;
        assert_eq!(
            *template,
            json!({
                "name": NAME,
                "language": { "policy": "deterministic", "code": "de" },
                "components": [
                    { "type": "header", "parameters": [{ "type": "image", "image": { "id": picture } }] },
                    { "type": "body", "parameters": [
                        { "type": "text", "text": "Lena" }, { "type": "text", "text": "A1027" }] },
                    { "type": "button", "sub_type": "url", "index": "1",
                      "parameters": [{ "type": "text", "text": "A1027" }] },
                ],
            })
        );
        assert!(stage.file(picture).await? == CAKE, "other bytes arrived");

        // Its bubble is the template itself, and its ticks climb as Meta reports them.
        for state in ["sent", "delivered", "read"] {
            let status = json!({ "wamid": accepted[0].wamid, "status": state });
            stage.order("statuses/send", &status).await?;
            inbox
                .bubble(WORDS, |bubble| bubble.state == state)
                .await?;
        }

        // She answers: text is allowed again, and what was filled in is no longer asked for.
        stage.lena_writes("Danke, ich komme!").await?;
        inbox.until_composing().await?;
        eventually("the picker is gone", PATIENCE, async || {
            Ok((!picker.is_open().await?).then_some(()))
        })
        .await
    })
    .await
}
