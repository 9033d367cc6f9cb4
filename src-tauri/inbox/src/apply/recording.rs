//! The ledger's entries: kept as they are, and what they say of whom.

use super::Work;
use crate::{
    consent, customer,
    ledger::{self, Event, LedgerEntry, Personal, Public},
};
use store::{Result, consent as rows, evidence, ledger as entries};

impl Work<'_> {
    pub(crate) fn recorded(&mut self, entry: &LedgerEntry) -> Result<()> {
        if !entry.is_sound() {
            tracing::warn!(entry = entry.name(), "an entry is not what its hash says");
            return Ok(());
        }
        let Some(public) = Public::read(&entry.public) else {
            return Ok(());
        };
        self.changed.consents |= entries::put(self.db, &entry.row())?;
        if let Some(part) = &entry.personal
            && let Some(personal) = Personal::read(&part.text)
        {
            if entries::is_erased(self.db, &entry.hash)? {
                self.leave_suppressed(&personal, public.act_at)?;
            } else {
                entries::put_personal(self.db, &entry.row(), &part.row())?;
                self.note_act(entry, &public, &personal)?;
            }
        }
        if Event::named(&public.event) == Some(Event::Erased) {
            for hash in public.erases.iter().filter_map(|hash| ledger::digest(hash)) {
                self.erase(&hash, entry, public.act_at)?;
            }
        }
        Ok(())
    }

    fn note_act(
        &mut self,
        entry: &LedgerEntry,
        public: &Public,
        personal: &Personal,
    ) -> Result<()> {
        let Some(peer) = &personal.who else {
            return Ok(());
        };
        let peer = ledger::one_identifier(peer);
        let found = customer::find(self.db, &peer, public.act_at, &mut self.touched)?;
        let rests_on_words = matches!(
            Event::named(&public.event),
            Some(Event::Granted | Event::Confirmed | Event::Claimed)
        );
        let flaw = rests_on_words
            .then(|| consent::flaw(&personal.shown, &personal.business_name))
            .flatten();
        let wording = public.wording.as_ref();
        rows::put_act(
            self.db,
            &rows::ActRow {
                hash: entry.hash,
                device: entry.device.clone(),
                seq: entry.seq,
                act_id: personal.act_id.clone(),
                person_id: found.person.id,
                peer_key: found.peer_key.clone(),
                loose_wa: found.loose_wa.clone(),
                event: public.event.clone(),
                purpose: public.purpose.clone(),
                at: public.act_at,
                recorded_at: public.recorded_at,
                channel: public.channel.clone(),
                strength: consent::strength_named(&public.strength),
                wording_id: wording.map(|w| w.id.clone()).unwrap_or_default(),
                wording_version: wording.map_or(0, |w| w.version),
                flaw: flaw.map_or("", consent::not_usable_name).to_owned(),
                refers_to: ledger::digest(&personal.refers_to),
                minor: personal.minor,
                guardian: !personal.guardian.is_empty(),
            },
        )?;
        for item in &personal.evidence {
            evidence::note_use(self.db, &entry.hash, &item.sha256)?;
        }
        self.touched.consents.insert(found.person.customer_id);
        Ok(())
    }

    fn erase(&mut self, hash: &ledger::Digest, by: &LedgerEntry, at: i64) -> Result<()> {
        let held = entries::personal(self.db, hash)?;
        entries::erase(self.db, hash, &by.hash, at)?;
        evidence::forget_uses(self.db, hash)?;
        if let Some(person) = rows::remove_act(self.db, hash)? {
            let person = store::customer::get(self.db, person)?;
            self.touched.consents.insert(person.customer_id);
            if store::customer::drop_if_unused(self.db, person.id)? {
                customer::touch_customer(self.db, person.customer_id, &mut self.touched)?;
                store::customer::drop_if_empty(self.db, person.customer_id)?;
            }
        }
        // The act's own time, which every device that ever held it knows, in whatever order it hears of both.
        if let Some(personal) = held.and_then(|row| Personal::read(&row.personal))
            && let Some(entry) = entries::by_hash(self.db, hash)?
            && let Some(public) = Public::read(&entry.public)
        {
            self.leave_suppressed(&personal, public.act_at)?;
        }
        Ok(())
    }

    fn leave_suppressed(&mut self, personal: &Personal, since: i64) -> Result<()> {
        let identifiers = personal.identifiers();
        ledger::suppress(self.db, &identifiers, ledger::ALL, since, ledger::ERASURE)?;
        let concerned = ledger::customers_with(self.db, &identifiers)?;
        self.touched.consents.extend(concerned);
        Ok(())
    }
}
