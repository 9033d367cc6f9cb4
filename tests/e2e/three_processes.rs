//! The whole path through three processes: Meta's side, the relay, the app in its window.

use std::time::Instant;

use serde_json::json;

use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    pages::{Inbox, Staff},
    stage::{LENA, LENA_NAME, Stage, lena_wrote, say},
};

const QUESTION: &str = "Guten Morgen, ist mein Stadtrad schon fertig?";
const SECOND: &str = "Und haben Sie auch Samstag geöffnet?";
const ANSWER: &str = "Ja, Samstag bis 14 Uhr. Ihr Rad steht bereit.";

#[tokio::test]
async fn a_signed_webhook_is_seen_and_the_answer_leaves_once_and_its_ticks_climb() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let stage = Stage::start().await?;
    journey("three-processes", stage.setup(), async |_, window| {
        let inbox = Inbox(window);
        Staff(window).sends_at_once().await?;
        stage
            .post_signed(&lena_wrote("wamid.one", stage.clock.now(), QUESTION))
            .await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox
            .bubble(QUESTION, |bubble| bubble.direction == "in")
            .await?;

        let second = lena_wrote("wamid.two", stage.clock.now(), SECOND);
        let posted = Instant::now();
        stage.post_signed(&second).await?;
        inbox
            .bubble(SECOND, |bubble| bubble.direction == "in")
            .await?;
        say(
            "from the signed body to the bubble in the window",
            posted.elapsed(),
        );

        // Meta knows that she wrote, and repeats itself: still one bubble.
        stage.order("webhook", &json!({ "body": second })).await?;

        // Meta dates to the second, and nobody reads and answers within one.
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        inbox.write(ANSWER).await?;
        let sent = Instant::now();
        inbox.send().await?;
        let accepted = stage.accepted(1).await?;
        say(
            "from the click to the message at the platform",
            sent.elapsed(),
        );
        let message = &accepted[0];
        assert_eq!(message.to, LENA);
        assert_eq!(message.body["text"]["body"], ANSWER);
        assert!(
            message
                .callback_data
                .as_ref()
                .is_some_and(|id| !id.is_empty())
        );
        inbox
            .bubble(ANSWER, |bubble| bubble.state == "accepted")
            .await?;

        assert_eq!(inbox.draft().await?, "", "what left stands in the composer");

        for status in ["sent", "delivered", "read"] {
            let order = json!({ "wamid": message.wamid, "status": status });
            stage.order("statuses/send", &order).await?;
            inbox
                .bubble(ANSWER, |bubble| bubble.state == status)
                .await?;
        }

        // An older tick comes late, and after it a message: once that one is seen, the tick was, too.
        let late = json!({ "wamid": message.wamid, "status": "sent" });
        stage.order("statuses/send", &late).await?;
        stage.set_clock(stage.clock.now() + 2_000, 1.0)?;
        stage.lena_writes("Danke!").await?;
        inbox
            .bubble("Danke!", |bubble| bubble.direction == "in")
            .await?;
        let bubbles = inbox.messages().await?;
        let told: Vec<_> = bubbles
            .iter()
            .map(|bubble| (bubble.direction.as_str(), bubble.state.as_str()))
            .collect();
        assert_eq!(
            told,
            [("in", ""), ("in", ""), ("out", "read"), ("in", "")],
            "{bubbles:#?}"
        );
        stage.accepted(1).await?;
        Ok(())
    })
    .await
}
