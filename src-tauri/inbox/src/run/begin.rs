//! What a store that was just opened needs, whether or not anything can be sent from here: a shop without an access has a
//! ledger too.

use crate::desk::Desk;
use store::{Result, ledger};

/// A ledger of so many entries is walked whole in less time than the window takes to appear.
const SHORT: i64 = 5_000;

/// Looks at the ledger before anything is written into it, and lets go of copies that should be gone.
///
/// Of a long ledger what is new since the last look; the rest is looked at by [`look_at_ledger`], in its own time.
pub fn begin(desk: &Desk) -> Result<()> {
    if let Err(error) = desk.forget_copies() {
        tracing::warn!(%error, "copies of the store still hold what was erased; tried again later");
    }
    desk.check_ledger(is_short(desk)?)?;
    Ok(())
}

/// The whole ledger, where `begin` did not walk it. Takes seconds where it is long; nobody waits.
pub fn look_at_ledger(desk: &Desk) -> Result<()> {
    if !is_short(desk)? {
        desk.check_ledger(true)?;
    }
    Ok(())
}

fn is_short(desk: &Desk) -> Result<bool> {
    desk.store.read(|db| {
        let mut entries = 0;
        for device in ledger::devices(db)? {
            entries += ledger::head(db, &device)?.map_or(0, |head| head.seq);
        }
        Ok(entries <= SHORT)
    })
}
