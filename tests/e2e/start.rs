//! The first start, as a newcomer meets it.

use crate::{
    Outcome,
    desk::Setup,
    eventually::{PATIENCE, eventually},
    journey::journey,
    pages::Start,
};

#[tokio::test]
async fn the_first_start_opens_a_window_that_offers_practice() -> Outcome {
    journey("first-start", Setup::default(), async |_, window| {
        let start = Start(window);
        eventually("the start screen offers practice", PATIENCE, async || {
            Ok(start.offers_practice().await?.then_some(()))
        })
        .await?;
        // One press of Enter away.
        assert_eq!(window.focused().await?, "choose-practice");
        Ok(())
    })
    .await
}
