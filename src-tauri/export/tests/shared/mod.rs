//! Invented people and a shop, shared by the tests of files and papers.
#![allow(dead_code)]

use export::{About, EventRow, Language, Seal};

/// 2026-11-22, 10:46 UTC.
pub const NOW: i64 = 1_795_344_360_000;
pub const DAY: i64 = 86_400_000;

/// Berlin, without summer time.
pub fn berlin(_: i64) -> i32 {
    3_600
}

pub fn about(language: Language) -> About<'static> {
    About {
        language,
        zone: &berlin,
        made_at: NOW,
    }
}

pub fn seal() -> Seal {
    Seal {
        entry: "7f3a9c/1042".into(),
        head: "9b1c4d7e0f2a3b5c6d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9f0011223344".into(),
        public_key: "aa55".repeat(16),
        signature: "0123456789abcdef".repeat(8),
        signed: "{\"count\":1042}".into(),
        entries: 1_042,
    }
}

/// Somebody who said yes by scanning the code on the counter.
pub fn granted() -> EventRow<'static> {
    EventRow {
        device: "7f3a9c",
        seq: 17,
        event_id: "grant:c4",
        event: "confirmed",
        person_id: 4,
        phone_e164: "+4915123456789",
        wa_id: "4915123456789",
        bsuid: "DE.1234567890123456",
        display_name: "Mehmet Çelik-Żółty",
        business_name: "Fahrradwerkstatt \"Kette & Kranz\"",
        business_number: "+493012345678",
        channel: "counter_qr",
        purpose: "offers",
        scope_text: "Kette & Kranz darf mir Angebote schicken; abbestellen mit STOPP.",
        wording_id: "offers",
        wording_version: Some(3),
        wording_sha256: "3f2a",
        language: "de",
        act_at: Some(NOW - 30 * DAY),
        recorded_at: Some(NOW - 30 * DAY + 1_000),
        time_source: "platform",
        staff: "Ida",
        place: "Laden",
        strength: "strong",
        evidence_ref: "wamid.HBgN",
        double_opt_in: true,
        double_opt_in_wamid: "wamid.HBgN",
        double_opt_in_at: Some(NOW - 30 * DAY),
        last_used_at: Some(NOW - DAY),
        use_count: 2,
        retention_until: Some(NOW + 1_000 * DAY),
        prev_hash: "00",
        row_hash: "12e5",
        ..EventRow::default()
    }
}

/// Somebody whose name is a formula, known by username alone, who withdrew.
pub fn hostile() -> EventRow<'static> {
    EventRow {
        device: "7f3a9c",
        seq: 18,
        event_id: "stop:wamid.X",
        event: "withdrawn",
        person_id: 5,
        username: "@ada",
        display_name: "=HYPERLINK(\"http://example.invalid\";\"Rechnung\")",
        channel: "whatsapp",
        purpose: "all",
        act_at: Some(NOW),
        recorded_at: Some(NOW),
        note: "line one\nline \"two\"; </t><f>1+1</f> & \u{7}",
        withdrawn_at: Some(NOW),
        withdrawn_how: "whatsapp",
        row_hash: "ab",
        ..EventRow::default()
    }
}

/// Names of everything in a folder.
pub fn names(folder: &std::path::Path) -> Vec<String> {
    let mut all: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    all.sort();
    all
}
