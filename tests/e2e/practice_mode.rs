//! Practice mode, from the first click to the next morning.

use crate::{
    Outcome,
    desk::Setup,
    journey::journey,
    pages::{Inbox, Picker, Staff, Start},
};

const CUSTOMER: &str = "Lena Brandt";
/// Writes nothing more by himself, so that nothing opens his window again.
const SILENT: &str = "Dirk Pohlmann";
const ANSWER: &str = "Gern, bringen Sie es am Donnerstag vorbei.";

#[tokio::test]
async fn a_newcomer_practises_answers_and_finds_the_threads_again_the_next_morning() -> Outcome {
    journey("practice-mode", Setup::default(), async |desk, window| {
        let (inbox, picker) = (Inbox(window), Picker(window));
        Start(window).practise_in("de").await?;
        Staff(window).sends_at_once().await?;
        assert!(
            inbox.is_practice().await?,
            "nothing says that this is practice"
        );

        inbox.open_thread(CUSTOMER).await?;
        inbox.until_countdown_of_open("open").await?;
        inbox.write(ANSWER).await?;
        inbox.send().await?;
        inbox
            .bubble(ANSWER, |bubble| bubble.state == "read")
            .await?;

        // The jump that a trainer makes to show the end, and past it.
        inbox.open_thread(SILENT).await?;
        inbox.until_countdown_of_open("open").await?;
        window.click("practice-to-end").await?;
        inbox.until_countdown_of_open("ending").await?;
        // Free text cannot be sent in the last minute.
        window.until_gone("send").await?;
        window.click("practice-hour").await?;
        picker.until_open().await?;
        inbox.until_countdown_of_open("closed").await?;

        // The next morning: the key is in the keyring, so nobody is asked anything.
        desk.close(window).await?;
        desk.reopen(window).await?;
        inbox.open_thread(CUSTOMER).await?;
        inbox
            .bubble(ANSWER, |bubble| bubble.state == "read")
            .await?;
        assert!(inbox.is_practice().await?);
        assert!(!window.shows("choose-practice").await?);
        Ok(())
    })
    .await
}
