//! Consents as a test needs them: recorded through the ledger, as every consent is.

use cloud_api::webhook::Peer;
use inbox::{
    desk::Desk,
    ledger::{Act, Event, Recorded, ShownWording, channel},
    view::Strength,
};

pub const SHOP: &str = "Bäckerei am Markt";
pub const WORDS: &str = "Ja, die Bäckerei am Markt darf mir über WhatsApp Nachrichten schicken. Mit STOPP ist jederzeit Schluss.";

/// A code scanned and sent at the till: as good as a consent can be.
pub fn granted(act_id: &str, who: &Peer, purposes: &[&str], at: i64) -> Act {
    Act {
        purposes: purposes
            .iter()
            .map(|purpose| (*purpose).to_owned())
            .collect(),
        who: Some(who.clone()),
        channel: channel::COUNTER_QR.to_owned(),
        strength: Strength::Strong,
        wordings: vec![ShownWording {
            purpose: String::new(),
            id: "counter-de".to_owned(),
            version: 1,
            text: WORDS.to_owned(),
        }],
        business_name: SHOP.to_owned(),
        staff: "Ada".to_owned(),
        ..Act::new(Event::Granted, act_id, at)
    }
}

/// Somebody who wants nothing more of these purposes.
pub fn withdrawn(act_id: &str, who: &Peer, scope: &str, at: i64) -> Act {
    Act {
        purposes: vec![scope.to_owned()],
        who: Some(who.clone()),
        channel: channel::WHATSAPP.to_owned(),
        strength: Strength::Strong,
        ..Act::new(Event::Withdrawn, act_id, at)
    }
}

/// Records it, and the ledger takes it.
pub fn record(desk: &Desk, act: &Act) -> Recorded {
    let recorded = desk.record(act).expect("a desk that answers");
    recorded.expect("an act the ledger takes")
}

/// They agreed a moment ago to whatever templates may rest on.
pub fn opted_in(desk: &Desk, who: &Peer) {
    let purposes = ["service", "updates", "offers"];
    let at = desk.clock.now() - 1_000;
    record(
        desk,
        &granted(&format!("opted-in:{at}"), who, &purposes, at),
    );
}
