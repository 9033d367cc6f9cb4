//! The assistant that connects the shop's own number: what is wrong is named, one thing after the other.

use crate::{
    Outcome,
    journey::{journey, no_window_wanted},
    pages::Inbox,
    panels::Assistant,
    stage::{LENA_NAME, Stage},
};

#[tokio::test]
async fn what_is_wrong_is_named_until_nothing_is_and_the_number_is_connected() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let mut stage = Stage::start().await?;
    journey("connect", stage.setup_to_connect(), async |_, window| {
        let (inbox, assistant) = (Inbox(window), Assistant(window));
        window.click("choose-connect").await?;
        assistant.fill(&stage.access()).await?;

        // A token that Meta does not know: nothing else can be asked of Meta with it.
        let right = stage.access();
        assistant
            .fill(&[("token", "EAAG-not-a-token".into())])
            .await?;
        assistant.check().await?;
        assistant.until("token", "failed", "token_invalid").await?;
        assistant.until("number", "skipped", "after_token").await?;
        assistant
            .until("self_test", "passed", "self_test_ok")
            .await?;
        window.until_focused("token").await?;
        assert_eq!(assistant.wrong_fields().await?, ["token"]);
        assert!(!window.shows("connect-submit").await?);

        // A number id of somebody else's.
        assistant
            .fill(&[right[2].clone(), ("phone-number-id", "424242424242".into())])
            .await?;
        assistant.check().await?;
        assistant.until("token", "passed", "token_ok").await?;
        assistant
            .until("number", "failed", "number_wrong_id")
            .await?;
        window.until_focused("phone-number-id").await?;

        // Nobody at the relay's address.
        stage.kill_relay();
        assistant
            .fill(&[right[0].clone(), right[3].clone()])
            .await?;
        assistant.check().await?;
        assistant.until("number", "passed", "number_ok").await?;
        assistant.until("relay", "failed", "relay_down").await?;
        window.until_focused("relay-url").await?;
        assert!(!window.shows("connect-submit").await?);

        stage.start_relay_again();
        assistant.check().await?;
        for step in [
            "token",
            "number",
            "account",
            "subscription",
            "relay",
            "self_test",
        ] {
            assistant
                .until(step, "passed", &format!("{step}_ok"))
                .await?;
        }
        assert!(assistant.wrong_fields().await?.is_empty());
        window.click("connect-submit").await?;
        window.one("search").await?;

        stage.lena_writes("Guten Morgen!").await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox
            .bubble("Guten Morgen!", |bubble| bubble.direction == "in")
            .await?;
        assert!(!inbox.is_practice().await?);
        Ok(())
    })
    .await
}
