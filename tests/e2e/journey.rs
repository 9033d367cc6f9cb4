//! Runs one journey and, where it fails, leaves a picture of the window.

use std::{
    env,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
    time::Duration,
};

use tokio::time::timeout;

use crate::{
    Outcome,
    desk::{Desk, Setup, built},
    eventually::PATIENCE,
    window::Window,
};

/// No journey takes this long; one that does waits for an answer of the driver that will never come.
const LONGEST: Duration = Duration::from_secs(180);

/// An album takes hundreds of pictures, on a machine that may take others meanwhile.
const LONGEST_ALBUM: Duration = Duration::from_secs(600);

/// The driver, the app and WebKit start together, on a machine that may have other windows to open.
const OPENING: Duration = Duration::from_secs(60);

/// Opens the app on a desk of its own and goes through `body`.
///
/// `name` names the picture that a failure leaves in `target/debug/e2e`.
pub async fn journey(
    name: &str,
    setup: Setup,
    body: impl AsyncFnOnce(&Desk, &Window) -> Outcome,
) -> Outcome {
    lasting(LONGEST, name, setup, body).await
}

/// The same for one that leaves an album of pictures.
pub async fn sitting(
    name: &str,
    setup: Setup,
    body: impl AsyncFnOnce(&Desk, &Window) -> Outcome,
) -> Outcome {
    lasting(LONGEST_ALBUM, name, setup, body).await
}

async fn lasting(
    longest: Duration,
    name: &str,
    setup: Setup,
    body: impl AsyncFnOnce(&Desk, &Window) -> Outcome,
) -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    let desk = Desk::start(&setup).await?;
    let window = timeout(OPENING, desk.open())
        .await
        .map_err(|_| "the window did not open")??;
    let outcome = timeout(longest, judged(body(&desk, &window)))
        .await
        .unwrap_or_else(|_| Err(format!("not over after {longest:?}").into()));
    if let Err(error) = outcome {
        let picture = built()?.join("e2e").join(format!("{name}.png"));
        let where_it_is = match timeout(PATIENCE, window.screenshot(&picture)).await {
            Ok(Ok(())) => picture.display().to_string(),
            Ok(Err(no_picture)) => format!("could not be taken, {no_picture}"),
            Err(_) => "could not be taken in time".into(),
        };
        return Err(format!("{error}\npicture: {where_it_is}").into());
    }
    timeout(PATIENCE, window.close())
        .await
        .map_err(|_| "the window did not close")?
}

/// A failed assertion is an outcome like any other, so that it leaves a picture, too. What it says is printed already.
async fn judged(body: impl Future<Output = Outcome>) -> Outcome {
    let mut body = pin!(body);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| body.as_mut().poll(context))) {
            Ok(poll) => poll,
            Err(_) => Poll::Ready(Err("the journey went another way, see above".into())),
        },
    )
    .await
}

/// Somebody asked for no window; a journey then ends before it begins, and says so.
pub fn no_window_wanted() -> bool {
    let unwanted = env::var_os("GUICHET_NO_WINDOW").is_some_and(|value| value == "1");
    if unwanted {
        eprintln!("not run: GUICHET_NO_WINDOW=1");
    }
    unwanted
}
