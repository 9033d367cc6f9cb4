//! The end of the customer service window, met while somebody is writing.

use serde_json::json;

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    journey::{journey, no_window_wanted},
    pages::{Inbox, Picker, Staff},
    stage::{HOUR, LENA, LENA_NAME, MINUTE, Stage},
};

const HALF_WRITTEN: &str = "Ihr Rad ist heute noch fertig, und";
const UNSENT: &str = "Wir haben bis 18 Uhr geöffnet.";
const DAY: i64 = 24 * HOUR;

#[tokio::test]
async fn when_the_window_closes_only_a_template_leaves_and_no_written_word_is_lost() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let mut stage = Stage::start().await?;
    journey("window-closes", stage.setup(), async |_, window| {
        let (inbox, picker) = (Inbox(window), Picker(window));
        Staff(window).sends_at_once().await?;
        let written = stage.lena_writes("Ist mein Rad fertig?").await?;
        Staff(window).notes_agreement(LENA).await?;
        inbox.open_thread(LENA_NAME).await?;
        inbox.until_countdown("open").await?;
        let thread = inbox.open_thread_id().await?;

        // Ninety seconds are left, and they pass slowly while somebody begins to write.
        stage.set_clock(written + DAY - 90_000, 0.1)?;
        inbox.until_countdown("soon").await?;
        inbox.write(HALF_WRITTEN).await?;
        window.run("window.sameDocument = true").await?;

        stage.set_clock(stage.clock.now(), 30.0)?;
        picker.until_open().await?;
        assert!(!inbox.composes().await?, "the composer is still there");
        assert!(
            window.shows("draft-kept").await?,
            "nothing says where the text is"
        );
        assert_eq!(inbox.countdowns().await?, ["closed", "closed"]);
        let same = window.run("return window.sameDocument === true").await?;
        assert_eq!(same, true, "the window was loaded anew");

        // Past the screen: the core says no, for the same reason.
        let order = json!({ "threadId": thread, "text": HALF_WRITTEN, "replyTo": null });
        let refused = window.invoke("send_text", order).await?;
        assert_eq!(refused["kind"], "refused");
        assert_eq!(refused["reasons"][0]["reason"], "window_closed");

        // She writes again: the composer is back, and what stood in it.
        stage.set_clock(stage.clock.now(), 1.0)?;
        let written = stage.lena_writes("Hallo?").await?;
        inbox.until_composing().await?;
        assert_eq!(inbox.draft().await?, HALF_WRITTEN);
        inbox.until_countdown("open").await?;

        // Nobody answers at Meta's address; the text waits, and its window ends before it could leave.
        stage.kill_platform();
        inbox.write(UNSENT).await?;
        inbox.send().await?;
        inbox
            .bubble(UNSENT, |bubble| bubble.state == "queued")
            .await?;
        stage.set_clock(written + DAY + MINUTE, 1.0)?;
        picker.until_open().await?;
        eventually("the text is a draft again", PATIENCE, async || {
            let head = window
                .invoke("thread_head", json!({ "threadId": thread }))
                .await?;
            Ok((head["draft"] == UNSENT).then_some(()))
        })
        .await?;
        let bubbles = inbox.messages().await?;
        let failed = bubbles.iter().any(|bubble| bubble.state == "failed");
        assert!(!failed, "a text became a red bubble: {bubbles:#?}");
        window.one("draft-kept").await?;

        stage.start_platform_again().await?;
        picker.choose("order_ready").await?;
        picker.fill(&["Lena", "A1027", "18 Uhr"]).await?;
        picker.send().await?;
        let accepted = stage.accepted(1).await?;
        assert_eq!(accepted[0].kind, "template");
        assert_eq!(accepted[0].body["template"]["name"], "order_ready");

        stage.lena_writes("Danke, ich komme!").await?;
        inbox.until_composing().await?;
        assert_eq!(inbox.draft().await?, UNSENT);
        Ok(())
    })
    .await
}
