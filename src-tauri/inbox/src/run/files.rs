//! Downloading what customers sent, and telling them it was read.

use crate::{
    desk::{Desk, Receipt},
    frame::frame,
    view::Change,
};
use cloud_api::client::{CallError, Client};
use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};
use store::{Result, media, message};

/// Meta, "Media": nothing larger is delivered.
const LARGEST: u64 = 100 << 20;
/// Media ids of webhooks live seven days; after this many tries over about that time a file is gone.
const TRIES: i64 = 12;
const LOOK: Duration = Duration::from_secs(30);

/// Fetches wanted files for ever, at once where one just came in: their addresses live minutes only.
pub async fn download_files(desk: Arc<Desk>, client: Client) {
    loop {
        let now = desk.clock.now();
        match desk.store.read(|db| media::wanted(db, now, 8)) {
            Ok(wanted) if !wanted.is_empty() => {
                for file in wanted {
                    let fetched = client.download_media(&file.media_id, LARGEST).await;
                    if let Err(error) = keep(&desk, &file, fetched) {
                        tracing::error!(%error, "a file could not be stored");
                        tokio::time::sleep(LOOK).await;
                    }
                }
                continue;
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the store cannot be read"),
        }
        tokio::select! {
            () = desk.media_wanted.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

fn keep(
    desk: &Desk,
    file: &media::MediaRow,
    fetched: std::result::Result<Vec<u8>, CallError>,
) -> Result<()> {
    let now = desk.clock.now();
    let thread = desk.store.write(|db| {
        match fetched {
            Ok(bytes) => media::keep(db, &file.wamid, &bytes, frame(&bytes))?,
            Err(error) => {
                let state = match error {
                    CallError::TooLarge { .. } | CallError::ForeignServer => "refused",
                    _ if file.tries + 1 >= TRIES => "gone",
                    _ => "wanted",
                };
                let pause = 5_000 * 2_i64.pow(u32::try_from(file.tries).unwrap_or(0).min(14));
                media::postpone(db, &file.wamid, state, now + pause)?;
            }
        }
        message::by_wamid(db, &file.wamid)
    })?;
    desk.tell(Change {
        threads: thread.into_iter().map(|(_, thread)| thread).collect(),
        ..Change::default()
    });
    Ok(())
}

/// Tells customers that staff has read, where the shop wants that.
pub async fn send_receipts(desk: Arc<Desk>, client: Client) {
    loop {
        let due: Vec<Receipt> =
            std::mem::take(&mut *desk.receipts.lock().unwrap_or_else(PoisonError::into_inner));
        for receipt in due {
            // Only a courtesy: what fails is not worth a second try.
            if client
                .with_number(&receipt.phone_number_id)
                .mark_read(&receipt.wamid, false)
                .await
                .is_err()
            {
                tracing::debug!("a read receipt was not taken");
            }
        }
        desk.receipts_due.notified().await;
    }
}
