//! Appending to this device's chain: an act becomes entries, and the entries are applied as any other fact is.

use super::{
    act::{Act, Event},
    chain::{self, LEDGER_BROKEN},
    entry::{BEGINNING, Digest, Known, LedgerEntry, Personal, Public, PublicWording},
    suppress,
};
use crate::{
    apply::Work,
    consent, customer,
    desk::SHOP_NAME,
    view::{Change, ConsentRefusal, NumberProblem},
};
use cloud_api::webhook::Peer;
use store::{Connection, Result, StoreError, about_person, customer as rows, ledger, setting};

/// What was appended.
#[derive(Debug, Clone, Default)]
pub struct Recorded {
    /// `DEVICE/SEQ`; none for a purpose this device had recorded already.
    pub entries: Vec<String>,
    /// Of whom; `None` for an act about nobody.
    pub customer_id: Option<i64>,
    /// For the window.
    pub change: Change,
}

/// Records an act in the transaction `db` is in. `now`: platform time.
pub fn record(
    db: &Connection,
    act: &Act,
    now: i64,
) -> Result<std::result::Result<Recorded, ConsentRefusal>> {
    let mut work = Work::new(db);
    let entries = record_in(&mut work, act, now)?;
    let change = work.finish()?;
    let entries = match entries {
        Ok(entries) => entries,
        Err(why) => return Ok(Err(why)),
    };
    let customer_id = match &act.who {
        Some(peer) => consent::customer_of(db, peer, act.at)?,
        None => None,
    };
    Ok(Ok(Recorded {
        entries,
        customer_id,
        change,
    }))
}

/// The same as part of more; the caller finishes the work. Names the entries.
pub(crate) fn record_in(
    work: &mut Work<'_>,
    act: &Act,
    now: i64,
) -> Result<std::result::Result<Vec<String>, ConsentRefusal>> {
    let db = work.db;
    if let Err(why) = is_complete(act) {
        return Ok(Err(why));
    }
    if let Some(entry) = setting::get(db, LEDGER_BROKEN)?.filter(|entry| !entry.is_empty()) {
        // A stop holds even where it cannot be written down.
        if let (Event::Withdrawn, Some(who)) = (act.event, &act.who) {
            stop_without_entry(work, act, who)?;
        }
        return Ok(Err(ConsentRefusal::LedgerBroken { entry }));
    }
    let found = match &act.who {
        Some(peer) => {
            let peer = one_identifier(peer);
            Some(customer::find(db, &peer, act.at, &mut work.touched)?)
        }
        None => None,
    };
    if let Some(found) = &found
        && let Some(since) = consent::stands_against(db, found.person.customer_id, act)?
    {
        return Ok(Err(ConsentRefusal::Out { since }));
    }
    let device = device(db)?;
    let personal = match &found {
        Some(found) => personal(db, act, &found.person)?,
        None => about_nobody(act),
    };
    let mut names = Vec::new();
    for purpose in &act.purposes {
        if store::consent::is_recorded(db, &device, &act.act_id, purpose)? {
            continue;
        }
        let head = ledger::head(db, &device)?;
        let public = public(act, purpose, &device, head.as_ref(), now);
        let personal = Personal {
            shown: act
                .wording_of(purpose)
                .map(|wording| wording.text.clone())
                .unwrap_or_default(),
            ..personal.clone()
        };
        let prev = head.map_or(BEGINNING, |head| head.hash);
        let entry = LedgerEntry::new(prev, random()?, &public, &personal)?;
        work.recorded(&entry)?;
        chain::note_head(db, &entry)?;
        names.push(entry.name());
    }
    Ok(Ok(names))
}

/// The surest of somebody's identifiers. An entry says who did something, and does not teach that two identifiers are
/// one person: that is for messages to tell, and an erasure could not take it back.
pub(crate) fn one_identifier(peer: &Peer) -> Peer {
    Peer {
        bsuid: peer.bsuid.clone(),
        wa_id: peer.wa_id.clone().filter(|_| peer.bsuid.is_none()),
        group_id: None,
    }
}

fn is_complete(act: &Act) -> std::result::Result<(), ConsentRefusal> {
    if act.purposes.is_empty() {
        return Err(ConsentRefusal::NoPurpose);
    }
    match &act.who {
        Some(peer) if peer.group_id.is_some() => Err(ConsentRefusal::Nobody),
        Some(Peer {
            wa_id: Some(wa), ..
        }) if wa.is_empty() || !wa.bytes().all(|b| b.is_ascii_digit()) => {
            Err(ConsentRefusal::Number {
                problem: NumberProblem::NotANumber,
            })
        }
        Some(peer) if peer.bsuid.is_none() && peer.wa_id.is_none() => Err(ConsentRefusal::Nobody),
        None if !matches!(act.event, Event::Exported | Event::Erased) => {
            Err(ConsentRefusal::Nobody)
        }
        _ => Ok(()),
    }
}

fn public(
    act: &Act,
    purpose: &str,
    device: &str,
    head: Option<&ledger::EntryRow>,
    now: i64,
) -> Public {
    let before = head
        .and_then(|head| Public::read(&head.public))
        .map_or(i64::MIN, |public| public.recorded_at);
    Public {
        v: 1,
        device: device.to_owned(),
        seq: head.map_or(1, |head| head.seq + 1),
        event: act.event.name().to_owned(),
        purpose: purpose.to_owned(),
        act_at: act.at,
        recorded_at: now,
        time_source: act.time_source.name().to_owned(),
        wording: act.wording_of(purpose).map(PublicWording::of),
        channel: act.channel.clone(),
        strength: consent::strength_name(act.strength).to_owned(),
        clock_back: (before > now).then(|| before - now),
        erases: act.erases.iter().map(hex::encode).collect(),
    }
}

fn personal(db: &Connection, act: &Act, person: &rows::Person) -> Result<Personal> {
    let mut known = Vec::new();
    if let Some(bsuid) = person.key.strip_prefix("b:") {
        known.push(Known {
            kind: "bsuid".into(),
            value: bsuid.to_owned(),
        });
    }
    for identity in rows::identities(db, person.id)? {
        if !identity.left {
            known.push(Known {
                kind: identity.kind,
                value: identity.value,
            });
        }
    }
    known.sort_by(|x, y| (&x.kind, &x.value).cmp(&(&y.kind, &y.value)));
    let or = |said: &str, else_: Option<String>| match said {
        "" => else_.unwrap_or_default(),
        said => said.to_owned(),
    };
    Ok(Personal {
        known,
        name: or(&act.name, about_person::called(db, person.customer_id)?),
        business_name: or(&act.business_name, setting::get(db, SHOP_NAME)?),
        ..about_nobody(act)
    })
}

fn about_nobody(act: &Act) -> Personal {
    Personal {
        act_id: act.act_id.clone(),
        who: act.who.clone(),
        known: Vec::new(),
        name: act.name.clone(),
        language: act.language.clone(),
        business_name: act.business_name.clone(),
        own_number: act.own_number.clone(),
        staff: act.staff.clone(),
        note: act.note.clone(),
        place: act.place.clone(),
        source: act.source.clone(),
        shown: String::new(),
        evidence: act.evidence.clone(),
        wamid: act.wamid.clone(),
        template: act.template.clone(),
        refers_to: act.refers_to.map(hex::encode).unwrap_or_default(),
        minor: act.minor,
        guardian: act.guardian.clone(),
    }
}

fn stop_without_entry(work: &mut Work<'_>, act: &Act, who: &Peer) -> Result<()> {
    let peer = Personal {
        who: Some(who.clone()),
        ..Personal::default()
    };
    let identifiers = peer.identifiers();
    for scope in &act.purposes {
        suppress::suppress(work.db, &identifiers, scope, act.at, suppress::STOP)?;
    }
    let concerned = suppress::customers_with(work.db, &identifiers)?;
    work.touched.consents.extend(concerned);
    work.changed.consents = true;
    Ok(())
}

/// Setting: the name of this machine's chain.
pub(crate) const DEVICE: &str = "ledger_device";

/// This device's name in the ledger: random, made once.
pub fn device(db: &Connection) -> Result<String> {
    if let Some(device) = setting::get(db, DEVICE)? {
        return Ok(device);
    }
    let device = hex::encode(&random()?[..8]);
    setting::set(db, DEVICE, &device)?;
    Ok(device)
}

pub(super) fn random() -> Result<Digest> {
    let mut bytes = Digest::default();
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Random(error.to_string()))?;
    Ok(bytes)
}
