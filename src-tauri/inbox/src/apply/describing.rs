//! What staff writes down about customers, and who they say is the same.

use super::Work;
use crate::fact::{FactKind, Trait};
use cloud_api::webhook::Peer;
use store::Result;

impl Work<'_> {
    pub(super) fn described(&mut self, _: &Peer, _: &Trait, _: &str, _: i64) -> Result<()> {
        Ok(())
    }

    pub(super) fn merged(&mut self, _: &FactKind) -> Result<()> {
        Ok(())
    }
}
