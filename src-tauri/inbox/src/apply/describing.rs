//! What staff writes down about customers, and who they say is the same.

use super::Work;
use crate::{
    customer::{self, Merging},
    fact::{FactKind, Trait},
};
use cloud_api::webhook::Peer;
use store::{
    Result,
    about_person::{self, Noted},
    label,
};

impl Work<'_> {
    pub(super) fn described(
        &mut self,
        peer: &Peer,
        what: &Trait,
        value: &str,
        at: i64,
    ) -> Result<()> {
        let found = customer::find(self.db, peer, at, &mut self.touched)?;
        let field = what.field();
        let (peer_key, name) = (&found.peer_key, field.as_str());
        let row = Noted::Profile {
            peer_key,
            field: name,
        };
        self.may_move(row, None)?;
        // Whom the word before was about loses it.
        if let Some(before) = about_person::person_of(self.db, row)? {
            let before = store::customer::get(self.db, before)?.customer_id;
            customer::touch_customer(self.db, before, &mut self.touched)?;
        }
        if about_person::observe_profile(self.db, found.about(), name, value, at)? {
            customer::touch_customer(self.db, found.person.customer_id, &mut self.touched)?;
            self.changed.labels |= matches!(what, Trait::Label(_));
        }
        Ok(())
    }

    pub(super) fn merged(&mut self, fact: &FactKind) -> Result<()> {
        let FactKind::Merged {
            id,
            a,
            b,
            made_at,
            undone,
            at,
        } = fact
        else {
            return Ok(());
        };
        let said = Merging {
            id,
            a,
            b,
            made_at: *made_at,
            undone: *undone,
            at: *at,
        };
        customer::merge(self.db, &said, &mut self.touched)
    }
}

impl Trait {
    /// Its field of the profile.
    pub(crate) fn field(&self) -> String {
        match self {
            Self::Language => "language".into(),
            Self::Note => "note".into(),
            Self::Label(name) => format!("{}{name}", label::PREFIX),
        }
    }
}
