//! Messages of every other kind, with something hostile in each place that holds words.

use serde_json::{Value, json};

/// Two names that read alike, and a name that would turn around what stands behind it.
pub const NAME: &str = "Lena Brandt\u{202e} 50:41";
pub const LOOKALIKE: &str = "Lena\u{200b} Brandt";

/// As long as the shop's own labels may be.
pub const LABEL: &str = "\u{202e}nednuknmmatS\u{2066} WWWWWWWWWWWWWWWWWWWWWWW";

const WALL: usize = 64 * 1024;

/// Of each hostile word so many, the last of them a reaction.
pub const KINDS: usize = 13;

/// Contents of messages as Meta posts them, in the order they are sent. `trap`: an address nobody may knock at.
pub fn contents(trap: &str) -> Vec<Value> {
    let wall = "W".repeat(WALL);
    let turned = "\u{202e}fdp.exe\u{2066}";
    let markup = format!("<img src={trap}/kind onerror=alert(1)>");
    let pile = format!("Z{}", "\u{300}\u{489}".repeat(2_000));
    let words = [
        wall.as_str(),
        turned,
        &markup,
        &pile,
        "\u{3164}",
        "שלום\u{200f} 1, 2",
    ];
    let mut all = Vec::new();
    for (n, word) in words.iter().enumerate() {
        all.extend([
            json!({ "type": "button", "button": { "payload": word, "text": word } }),
            json!({ "type": "interactive", "interactive": { "type": "button_reply",
                "button_reply": { "id": word, "title": word } } }),
            json!({ "type": "interactive", "interactive": { "type": "list_reply",
                "list_reply": { "id": word, "title": word, "description": word } } }),
            json!({ "type": "interactive", "interactive": { "type": "nfm_reply",
                "nfm_reply": { "name": word, "body": word, "response_json": "{}" } } }),
            json!({ "type": "location", "location": { "latitude": 52.5 + n as f64, "longitude": 1e9,
                "name": word, "address": word, "url": trap } }),
            json!({ "type": "document", "document": { "id": format!("90210030040050{n}"),
                "mime_type": "application/pdf", "sha256": "x", "filename": file_name(word), "caption": word } }),
            json!({ "type": "contacts", "contacts": [card(word, 1), card(word, 200)] }),
            json!({ "type": "order", "order": { "catalog_id": "1", "text": word, "product_items": items(word) } }),
            json!({ "type": "text", "text": { "body": format!("Anzeige {n}") }, "referral": {
                "source_url": format!("{trap}/ad?{word}"), "source_type": "ad", "source_id": "1",
                "headline": word, "body": word, "media_type": "image", "image_url": format!("{trap}/ad.png"),
                "thumbnail_url": format!("{trap}/ad.png"), "ctwa_clid": word } }),
            json!({ "type": "unsupported", "unsupported": { "type": word },
                "errors": [{ "code": 131_051, "title": word, "message": word, "error_data": { "details": word } }] }),
            json!({ "type": word, "anything": { "body": word } }),
            json!({ "type": "text", "text": { "body": format!("Zitat {n}") },
                "context": { "from": "0", "id": format!("wamid.kind{}", n * KINDS), "forwarded": true } }),
            json!({ "type": "reaction", "reaction": { "message_id": format!("wamid.kind{}", n * KINDS), "emoji": word } }),
        ]);
    }
    all
}

/// Three hundred characters, and an ending that is not where it seems to be.
fn file_name(word: &str) -> String {
    let begin: String = word.chars().take(40).collect();
    format!("{}{begin}\u{202e}fdp.exe", "漢".repeat(252))
}

fn card(word: &str, phones: usize) -> Value {
    let phones: Vec<_> = (0..phones)
        .map(|n| json!({ "phone": format!("+49 30 2312{n} {}", &word[..word.floor_char_boundary(400)]), "type": "WORK" }))
        .collect();
    json!({
        "name": { "formatted_name": word, "first_name": word }, "org": { "company": word },
        "phones": phones, "emails": [{ "email": word, "type": "WORK" }],
    })
}

fn items(word: &str) -> Vec<Value> {
    let short: String = word.chars().take(2_000).collect();
    (0..60)
        .map(|n| {
            json!({
                "product_retailer_id": short, "quantity": i64::MAX, "currency": format!("{n}{short}"),
                "item_price": if n % 2 == 0 { "1e300" } else { "inf" },
            })
        })
        .collect()
}
