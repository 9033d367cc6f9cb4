//! From the ledger's records to the rows of a table.

use ::export::{EventRow, ShopifyConsent, ShopifyRow};
use inbox::desk::exports::{Addressee, EventRecord};
use store::consent::StateRow;

pub fn event(record: &EventRecord) -> EventRow<'_> {
    let personal = &record.personal;
    let (confirmed, confirmed_at) = match &record.confirmed {
        Some((wamid, at)) => (wamid.as_str(), Some(*at)),
        None => ("", None),
    };
    EventRow {
        device: &record.device,
        seq: record.seq,
        event_id: &personal.act_id,
        event: &record.event,
        person_id: record.customer_id,
        phone_e164: &record.phone,
        wa_id: &record.wa_id,
        bsuid: &record.bsuid,
        username: &record.username,
        display_name: &personal.name,
        business_name: &personal.business_name,
        business_number: &personal.own_number,
        channel: &record.channel,
        purpose: &record.purpose,
        scope_text: &personal.shown,
        wording_id: &record.wording_id,
        wording_version: record.wording_version,
        wording_sha256: &record.wording_sha256,
        language: &personal.language,
        act_at: Some(record.act_at),
        recorded_at: Some(record.recorded_at),
        time_source: &record.time_source,
        staff: &personal.staff,
        place: &personal.place,
        strength: &record.strength,
        evidence_type: &record.evidence_type,
        evidence_sha256: &record.evidence_sha256,
        evidence_ref: &personal.wamid,
        double_opt_in: confirmed_at.is_some(),
        double_opt_in_wamid: confirmed,
        double_opt_in_at: confirmed_at,
        ip: "",
        withdrawn_at: record.withdrawn_at,
        withdrawn_how: &record.withdrawn_how,
        last_used_at: record.last_used_at,
        use_count: record.uses,
        // The ledger holds nothing but consents.
        legal_basis: if record.customer_id == 0 {
            ""
        } else {
            "consent"
        },
        jurisdiction: "",
        retention_until: None,
        source_batch: &personal.source,
        template: &personal.template,
        note: &personal.note,
        prev_hash: &record.prev,
        row_hash: &record.hash,
    }
}

pub fn shopify<'a>(person: &'a Addressee, standing: &StateRow) -> ShopifyRow<'a> {
    // Shopify wants two names; the last word is the family's, as far as anybody can tell.
    let (first, last) = person.name.rsplit_once(' ').unwrap_or((&person.name, ""));
    ShopifyRow {
        first_name: first,
        last_name: last,
        phone_e164: &person.phone,
        username: &person.username,
        consent: match standing.state.as_str() {
            // Shopify has no word for a consent that may not be used.
            "in" if !standing.usable => ShopifyConsent::Pending,
            "in" if standing.strength >= STRONG => ShopifyConsent::Confirmed,
            "in" => ShopifyConsent::Single,
            "asked" | "claimed" => ShopifyConsent::Pending,
            "out" | "paused" => ShopifyConsent::Unsubscribed,
            _ => ShopifyConsent::NotSubscribed,
        },
        updated_at: (standing.since >= 0).then_some(standing.since),
        location: "",
    }
}

/// His own message or button.
const STRONG: i64 = 3;
