//! Preferences, notices and drafts.

use super::Work;
use crate::{
    customer,
    fact::{Number, notice_name},
};
use cloud_api::webhook::{NoticeKind, Peer};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::{
    Result,
    about_person::{self, Noted},
    notice,
};

/// Scope of the hold on all sending.
pub(crate) const SENDING: &str = "sending";

impl Work<'_> {
    pub(super) fn preferred(
        &mut self,
        peer: &Peer,
        category: &str,
        value: &str,
        at: i64,
    ) -> Result<()> {
        let found = customer::find(self.db, peer, at, &mut self.touched)?;
        let peer_key = &found.peer_key;
        self.may_move(Noted::Preference { peer_key, category }, None)?;
        if about_person::observe_preference(self.db, found.about(), category, value, at)? {
            customer::touch_customer(self.db, found.person.customer_id, &mut self.touched)?;
        }
        Ok(())
    }

    pub(super) fn drafted(
        &mut self,
        number: &Number,
        peer: &Peer,
        form: &str,
        text: &str,
        at: i64,
    ) -> Result<()> {
        let number_id = self.number_id(number)?;
        let found = customer::find(self.db, peer, at, &mut self.touched)?;
        let peer_key = &found.peer_key;
        let row = Noted::Draft {
            number_id,
            peer_key,
            form,
        };
        self.may_move(row, Some(number_id))?;
        about_person::observe_draft(self.db, number_id, found.about(), form, text, at)?;
        self.may_move(row, Some(number_id))
    }

    /// A later word about a number may concern somebody else than the word before: whoever the row points at
    /// loses or gains it, and with `number_id` so does his thread.
    pub(super) fn may_move(&mut self, row: Noted<'_>, number_id: Option<i64>) -> Result<()> {
        let Some(person_id) = about_person::person_of(self.db, row)? else {
            return Ok(());
        };
        self.touched.loose_persons.insert(person_id);
        if let Some(number_id) = number_id {
            let person = store::customer::get(self.db, person_id)?;
            let thread = store::thread::find(self.db, number_id, person.customer_id)?;
            self.touched.threads.extend(thread);
        }
        Ok(())
    }

    pub(super) fn noticed(
        &mut self,
        waba_id: &str,
        kind: NoticeKind,
        event: &str,
        detail: &Value,
        at: i64,
    ) -> Result<()> {
        self.put_notice(waba_id, notice_name(kind), event, detail, at)?;
        self.may_start_conversations(waba_id, kind, event, detail, at)?;
        if matches!(kind, NoticeKind::Capability | NoticeKind::NumberQuality) {
            // The older name until February 2026 (Meta, "phone_number_quality_update").
            let names = ["max_daily_conversations_per_business", "current_limit"];
            let told = names.iter().find_map(|name| detail.get(name));
            if let Some(limit) = told.and_then(word) {
                self.limit_told(waba_id, &limit, at)?;
            }
        }
        // Banned accounts, and restrictions that forbid answers too, stop all sending (Meta, "account_update").
        let forbids_answers = |restriction: &Value| {
            matches!(
                restriction["restriction_type"].as_str(),
                Some("RESTRICTED_CUSTOMER_INITIATED_MESSAGING")
            )
        };
        let stops = kind == NoticeKind::AccountUpdate
            && match event {
                "DISABLED_UPDATE" => {
                    detail
                        .pointer("/ban_info/waba_ban_state")
                        .and_then(Value::as_str)
                        == Some("DISABLE")
                }
                "ACCOUNT_RESTRICTION" => detail["restriction_info"]
                    .as_array()
                    .is_some_and(|all| all.iter().any(forbids_answers)),
                "ACCOUNT_DELETED" => true,
                _ => false,
            };
        if stops {
            notice::observe_hold(self.db, SENDING, 131_031, at)?;
        }
        Ok(())
    }

    pub(super) fn put_notice(
        &mut self,
        waba_id: &str,
        kind: &str,
        event: &str,
        detail: &Value,
        at: i64,
    ) -> Result<()> {
        self.changed.connection = true;
        let detail = detail.to_string();
        let digest = Sha256::new()
            .chain_update(waba_id)
            .chain_update([0])
            .chain_update(kind)
            .chain_update([0])
            .chain_update(event)
            .chain_update([0])
            .chain_update(&detail)
            // The same words another time are other news; a repetition comes with the same time.
            .chain_update(at.to_be_bytes())
            .finalize();
        notice::put(
            self.db,
            &hex::encode(digest),
            waba_id,
            kind,
            event,
            &detail,
            at,
        )?;
        Ok(())
    }
}

/// Meta sends some figures as words and some as numbers.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
