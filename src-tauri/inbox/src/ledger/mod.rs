//! The consent ledger: who agreed to what, kept so that a regulator, a court or Meta can be shown it.
//!
//! Append-only and chained per device. Of each entry the public part stays for ever; the part about a person lies
//! behind a salted commitment, so that an erasure leaves the chain whole and nothing to link back. An act is
//! recorded with [`record`], in the transaction of whatever it follows from.

mod act;
mod chain;
mod entry;
mod file;
mod record;
mod signing;
mod suppress;
mod verify;
#[cfg(test)]
mod verify_tests;
mod witness;

pub use act::{Act, Event, Evidence, ShownWording, TimeSource, channel};
pub use chain::{LEDGER_BROKEN, check};
pub(crate) use entry::digest;
pub use entry::{
    Digest, Known, LedgerEntry, Personal, PersonalPart, Public, PublicWording, commitment, hash,
};
pub use file::{FileEntry, FileHeader, lines};
pub(crate) use record::{DEVICE, one_identifier, record_in};
pub use record::{Recorded, device, record};
pub use signing::{DeviceHead, Head, SignedHead, public_key, sign_head};
pub use suppress::suppressed;
pub(crate) use suppress::{
    ERASURE, Suppressed, customers_with, erased_at, mark_erased, suppress, suppressions_of,
};
pub use verify::{Misfit, NotVerified, Verified, verify};
pub use witness::apply_and_record;

/// A stop of everything, as a purpose.
pub const ALL: &str = "all";
pub const SERVICE: &str = "service";
pub const UPDATES: &str = "updates";
pub const OFFERS: &str = "offers";
pub const CALLS: &str = "calls";
/// What every shop has, in the order it is shown.
pub const PURPOSES: [&str; 4] = [SERVICE, UPDATES, OFFERS, CALLS];

/// How an entry is called: `DEVICE/SEQ`.
pub fn entry_name(device: &str, seq: i64) -> String {
    format!("{device}/{seq}")
}

/// From `DEVICE/SEQ`.
pub fn entry_named(name: &str) -> Option<(&str, i64)> {
    let (device, seq) = name.rsplit_once('/')?;
    Some((device, seq.parse().ok()?))
}
