//! What comes in while it is measured, as the relay hands it out.

use cloud_api::feed::{Page, StoredBody};
use inbox::desk::Desk;
use serde_json::json;
use support::generate::{END, number, peer};

use crate::shop::Shop;

pub fn inbound(customer: usize, n: u64, tag: &str) -> Page {
    let (peer, number) = (peer(customer), number(customer));
    let at = END / 1000 + i64::try_from(n).unwrap();
    let wamid = format!("wamid.HBgM{}{n:04}", tag.replace(' ', ""));
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "318000000000202", "changes": [{
        "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": number.display, "phone_number_id": number.phone_number_id },
            "contacts": [{ "profile": { "name": "Lena Testmann" }, "wa_id": peer.wa_id, "user_id": peer.bsuid }],
            "messages": [{ "from": peer.wa_id, "from_user_id": peer.bsuid, "id": wamid, "timestamp": at.to_string(),
                "type": "text", "text": { "body": "Ist die Torte morgen fertig?" } }] } }] }] });
    page(&body.to_string(), n)
}

pub fn status(shop: &Shop, desk: &Desk, n: u64) -> Page {
    let customer = shop.filled.customers[shop.regulars[0]];
    let wamid: String = desk
        .store
        .read(|db| {
            Ok(db.query_row(
                "SELECT wamid FROM message WHERE thread_id = ?1 AND direction = 1 ORDER BY id DESC LIMIT 1",
                [shop.regular(0)],
                |row| row.get(0),
            )?)
        })
        .unwrap();
    let (peer, number) = (peer(customer), number(customer));
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "318000000000202", "changes": [{
        "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": number.display, "phone_number_id": number.phone_number_id },
            "statuses": [{ "id": wamid, "status": "read", "timestamp": (END / 1000 + n as i64).to_string(),
                "recipient_id": peer.wa_id, "recipient_user_id": peer.bsuid }] } }] }] });
    page(&body.to_string(), n)
}

fn page(body: &str, n: u64) -> Page {
    let cursor = i64::try_from(n).unwrap() + 1;
    Page {
        events: vec![StoredBody {
            cursor,
            received_at: END + cursor * 1000,
            body: Some(body.to_owned()),
            body_base64: None,
        }],
        next: cursor,
        more: false,
        now: END,
    }
}
