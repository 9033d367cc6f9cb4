//! A message that was let through becomes facts: into the outbox, to leave when its undo delay is over.

use super::{Parcel, Route};
use crate::{
    desk::Desk,
    fact::{Fact, FactKind, Queued},
    service_window::{Known, Window},
};
use store::Result;

/// What stands on a parcel that goes out.
pub(in crate::desk) struct Sealed<'a> {
    pub staff: &'a str,
    pub now: i64,
    pub outbox_id: String,
    /// Of its file.
    pub digest: String,
    /// The undo delay at least, milliseconds of a person's own time.
    pub undo: i64,
}

impl Desk {
    /// When it leaves, and the facts that put it into the outbox.
    pub(in crate::desk) fn pack(
        &self,
        route: &Route,
        parcel: &Parcel,
        sealed: Sealed<'_>,
    ) -> Result<(i64, Vec<Fact>)> {
        // A person undoes in his own seconds, however fast the platform's clock was made.
        let undo = (route.undo.max(sealed.undo) as f64 * self.clock.speed()) as i64;
        let is_template = parcel.content.is_template();
        let leaves_at = leaves_at(sealed.now, undo, route.margin, route.window, is_template);
        let queued = FactKind::Queued(Queued {
            outbox_id: sealed.outbox_id,
            peer: route.peer.clone(),
            content: serde_json::to_string(&parcel.content)?,
            bubble: serde_json::to_string(&parcel.bubble)?,
            kind: parcel.kind.to_owned(),
            body: parcel.words.clone(),
            reply_wamid: parcel.reply_wamid.clone(),
            staff: sealed.staff.to_owned(),
            at: sealed.now,
            leaves_at,
            digest: sealed.digest,
        });
        Ok((leaves_at, vec![Fact::new(&route.number, queued)]))
    }
}

/// End of the undo delay; shortened so that it never crosses the moment from which free text is refused.
fn leaves_at(now: i64, undo_ms: i64, margin: i64, window: Known, is_template: bool) -> i64 {
    let wanted = now + undo_ms;
    match window.at(now) {
        Window::Open { closes_at } if !is_template => wanted.min(closes_at - margin - 1).max(now),
        _ => wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service_window::LENGTH;

    #[test]
    fn the_undo_delay_never_crosses_the_windows_end() {
        let written = 1_900_000_000_000;
        let window = Known {
            inbound_at: Some(written),
            closed_by_meta_at: None,
        };
        let end = written + LENGTH;
        for (before_end, is_template, expected) in [
            (3_600_000, false, 5_000),
            (63_000, false, 2_999),
            (60_001, false, 0),
            (63_000, true, 5_000),
        ] {
            let now = end - before_end;
            assert_eq!(
                leaves_at(now, 5_000, 60_000, window, is_template) - now,
                expected,
                "{before_end} ms before the end"
            );
        }
    }
}
