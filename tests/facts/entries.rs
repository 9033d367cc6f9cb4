//! What stands in the ledgers of two laptops.

use crate::EPOCH;
use cloud_api::webhook::Peer;
use inbox::ledger::{LedgerEntry, Personal, Public};
use std::sync::LazyLock;

/// What two laptops wrote into their ledgers: acts of the people everything else is about, some told by both, some
/// about another; and of two people nothing else is about, who are erased.
pub static ENTRIES: LazyLock<Vec<LedgerEntry>> = LazyLock::new(|| {
    let of = |wa: &str, bsuid: &str| Peer {
        wa_id: (!wa.is_empty()).then(|| wa.to_owned()),
        bsuid: (!bsuid.is_empty()).then(|| bsuid.to_owned()),
        group_id: None,
    };
    let people = [
        of("493023125101", ""),
        of("493023125102", ""),
        of("493023125103", "DE.aaa1"),
        of("", "DE.bbb2"),
        of("493023125999", ""),
        of("493023125102", ""),
        of("", "DE.zzz9"),
    ];
    let events = [
        ("granted", "counter_qr", "strong"),
        ("withdrawn", "whatsapp", "strong"),
        ("claimed", "import", "none"),
        ("questioned", "whatsapp", "none"),
        ("granted", "spoken", "weak"),
        ("withdrawn", "meta", "strong"),
        ("used", "whatsapp", "none"),
        ("granted", "meta", "strong"),
        ("paused", "staff", "none"),
        ("confirmed", "whatsapp", "strong"),
        ("corrected", "staff", "none"),
        ("dismissed", "staff", "none"),
    ];
    let purposes = ["offers", "service", "offers", "all", "updates"];
    let mut entries: Vec<LedgerEntry> = Vec::new();
    for device in ["laptop-a", "laptop-b"] {
        let mut prev = [0; 32];
        let mut erasable = Vec::new();
        for n in 0..38usize {
            let (event, channel, strength) = events[n * 5 % events.len()];
            let who = &people[n % people.len()];
            // Every third act both laptops heard of.
            let (act_id, salt) = match n % 3 {
                0 => (format!("both:{n}"), 0),
                _ => (format!("{device}:{n}"), n as u8),
            };
            let last = n >= 36;
            let erases = match last {
                true => erasable.drain(..erasable.len().min(4)).collect(),
                false => Vec::new(),
            };
            let public = Public {
                v: 1,
                device: device.to_owned(),
                seq: n as i64 + 1,
                event: if last { "erased" } else { event }.to_owned(),
                purpose: purposes[n % purposes.len()].to_owned(),
                act_at: EPOCH + (n as i64 * 37 % 200) * 1000,
                recorded_at: EPOCH + n as i64 * 1000,
                channel: channel.to_owned(),
                strength: strength.to_owned(),
                erases,
                ..Public::default()
            };
            let about = entries
                .len()
                .checked_sub(2)
                .map(|at| hex::encode(entries[at].hash));
            let personal = Personal {
                act_id,
                who: (!last).then(|| who.clone()),
                business_name: "Laden".to_owned(),
                shown: if n % 2 == 0 { "Laden: Nachrichten" } else { "" }.to_owned(),
                minor: (n % 11 == 3).then_some(n % 2 == 0),
                refers_to: match event {
                    "corrected" | "dismissed" => about.unwrap_or_default(),
                    _ => String::new(),
                },
                ..Personal::default()
            };
            let entry = LedgerEntry::new(prev, [salt; 32], &public, &personal).unwrap();
            prev = entry.hash;
            if n % people.len() == 4 || n % people.len() == 6 {
                erasable.push(hex::encode(entry.hash));
            }
            entries.push(entry);
        }
    }
    entries
});
