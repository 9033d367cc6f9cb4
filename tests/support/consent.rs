//! Consents as a test needs them: recorded through the ledger, as every consent is.

use cloud_api::webhook::Peer;
use inbox::{
    desk::Desk,
    ledger::{
        self, Act, Digest, Event, LedgerEntry, Personal, Public, Recorded, ShownWording, channel,
    },
    view::Strength,
};
use store::{
    Connection, Store,
    consent::{self, ActRow},
    customer,
    ledger::{self as rows, EntryRow, PersonalRow},
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
    let id = format!("opted-in:{at}:{}", serde_json::json!(who));
    record(desk, &granted(&id, who, &purposes, at));
}

/// A ledger of so many entries about these people: each agreed once, and everything else is a use of that.
/// Written as one device writes it, without asking the rules each time.
pub fn fill(store: &Store, people: &[Peer], entries: usize, begun: i64) -> store::Result<()> {
    let device = store.write(ledger::device)?;
    let mut prev = [0; 32];
    let mut seq = 0;
    while (seq as usize) < entries {
        store.write(|db| {
            for _ in 0..10_000.min(entries - seq as usize) {
                let at = seq as usize;
                let (first, who) = (at < people.len(), &people[at % people.len()]);
                seq += 1;
                prev = one(db, &device, seq, prev, (who, first), begun)?;
            }
            Ok(())
        })?;
    }
    store.write(|db| {
        for who in people {
            let person = customer::ensure(db, &key(who))?;
            inbox::consent::refresh(db, person.customer_id)?;
        }
        Ok(())
    })
}

fn key(who: &Peer) -> String {
    match (&who.bsuid, &who.wa_id) {
        (Some(bsuid), _) => format!("b:{bsuid}"),
        (None, wa) => format!("w:{}", wa.as_deref().unwrap_or_default()),
    }
}

fn one(
    db: &Connection,
    device: &str,
    seq: i64,
    prev: Digest,
    (who, first): (&Peer, bool),
    begun: i64,
) -> store::Result<Digest> {
    let event = if first { Event::Granted } else { Event::Used };
    let at = begun + seq;
    let public = Public {
        v: 1,
        device: device.to_owned(),
        seq,
        event: event.name().to_owned(),
        purpose: "offers".to_owned(),
        act_at: at,
        recorded_at: at,
        time_source: "platform".to_owned(),
        channel: channel::COUNTER_QR.to_owned(),
        strength: "strong".to_owned(),
        ..Public::default()
    };
    let personal = Personal {
        act_id: format!("fill:{seq}"),
        who: Some(who.clone()),
        name: "Lena Testmann".to_owned(),
        business_name: SHOP.to_owned(),
        staff: "Ada".to_owned(),
        shown: if first { WORDS } else { "" }.to_owned(),
        template: if first { "" } else { "angebot/de" }.to_owned(),
        ..Personal::default()
    };
    let mut salt = [7; 32];
    salt[..8].copy_from_slice(&seq.to_le_bytes());
    let entry = LedgerEntry::new(prev, salt, &public, &personal)?;
    let row = EntryRow {
        device: entry.device.clone(),
        seq,
        hash: entry.hash,
        prev,
        commitment: entry.commitment,
        public: entry.public.clone(),
    };
    rows::put(db, &row)?;
    if let Some(part) = &entry.personal {
        let (salt, personal) = (part.salt, part.text.clone());
        rows::put_personal(db, &row, &PersonalRow { salt, personal })?;
    }
    let person = customer::ensure(db, &key(who))?;
    consent::put_act(
        db,
        &ActRow {
            hash: entry.hash,
            device: entry.device,
            seq,
            act_id: personal.act_id,
            person_id: person.id,
            peer_key: person.key,
            event: public.event,
            purpose: public.purpose,
            at,
            recorded_at: at,
            channel: public.channel,
            strength: 3,
            ..ActRow::default()
        },
    )?;
    Ok(entry.hash)
}
