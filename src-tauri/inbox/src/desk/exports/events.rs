//! The ledger as rows of a table: one per entry, in the order of the chain, with what it led to.

use super::{super::Desk, Export};
use crate::{
    consent,
    ledger::{self, Event, Personal, Public},
    view::ConsentFilter,
};
use std::collections::{BTreeMap, HashMap};
use store::{
    Connection, Result, StoreError,
    ledger_page::{self, LedgerPageRow},
};

/// Read at once, and let go before they are written.
const PAGE: i64 = 2_000;
/// A customer's confirmations are looked up once while his entries follow each other.
const REMEMBERED: usize = 10_000;

/// One entry. Fields are empty where nothing was said, or the person was erased.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct EventRecord {
    pub device: String,
    pub seq: i64,
    pub hash: String,
    pub prev: String,
    pub customer_id: i64,
    pub event: String,
    pub purpose: String,
    pub act_at: i64,
    pub recorded_at: i64,
    pub time_source: String,
    pub channel: String,
    pub strength: String,
    pub wording_id: String,
    pub wording_version: Option<i64>,
    pub wording_sha256: String,
    /// What was known of the person then.
    pub personal: Personal,
    /// With its plus, as far as a number was known.
    pub phone: String,
    pub wa_id: String,
    pub bsuid: String,
    pub username: String,
    pub evidence_type: String,
    pub evidence_sha256: String,
    /// Out of this purpose now, since, and by which way.
    pub withdrawn_at: Option<i64>,
    pub withdrawn_how: String,
    pub last_used_at: Option<i64>,
    pub uses: i64,
    /// The message by which the person confirmed himself, and when.
    pub confirmed: Option<(String, i64)>,
}

impl Desk {
    /// Hands out every entry up to where the export was begun, until `row` says no. Says whether all were wanted.
    /// Memory does not grow with the ledger; nothing is locked between pages.
    ///
    /// A filter narrows the rows to acts of the persons and purposes it finds.
    pub fn export_events<E>(
        &self,
        export: &Export,
        filter: &ConsentFilter,
        mut row: impl FnMut(&EventRecord) -> std::result::Result<bool, E>,
    ) -> std::result::Result<bool, E>
    where
        E: From<StoreError>,
    {
        let wanted = self.wanted(filter)?;
        let mut confirmed = Confirmed::default();
        for head in &export.head.devices {
            let mut after = 0;
            loop {
                let page = self.store.read(|db| {
                    let rows = ledger_page::page(db, &head.device, after, head.seq, PAGE)?;
                    let last = rows.last().map(|row| row.entry.seq);
                    let mut records = Vec::with_capacity(rows.len());
                    for row in rows {
                        let Some(record) = record(db, row, wanted.as_ref(), &mut confirmed)? else {
                            continue;
                        };
                        records.push(record);
                    }
                    Ok((records, last))
                })?;
                let (records, last) = page;
                for record in &records {
                    if !row(record)? {
                        return Ok(false);
                    }
                }
                match last {
                    Some(last) if last < head.seq => after = last,
                    _ => break,
                }
            }
        }
        Ok(true)
    }

    /// Customers and purposes of a filter; `None`: everything, what is about nobody among it.
    fn wanted(&self, filter: &ConsentFilter) -> Result<Option<Wanted>> {
        if *filter == ConsentFilter::default() {
            return Ok(None);
        }
        let mut wanted = Wanted::new();
        self.matching(filter, |customer_id, standing| {
            let purposes = wanted.entry(customer_id).or_default();
            purposes.push(standing.purpose.clone());
        })?;
        Ok(Some(wanted))
    }
}

/// A few bytes for each person found, however many acts each has.
type Wanted = BTreeMap<i64, Vec<String>>;

/// Per customer and purpose: the first confirmation of his own.
#[derive(Default)]
struct Confirmed(HashMap<(i64, String), Option<(String, i64)>>);

impl Confirmed {
    fn of(
        &mut self,
        db: &Connection,
        customer_id: i64,
        purpose: &str,
    ) -> Result<Option<(String, i64)>> {
        let key = (customer_id, purpose.to_owned());
        if let Some(known) = self.0.get(&key) {
            return Ok(known.clone());
        }
        if self.0.len() >= REMEMBERED {
            self.0.clear();
        }
        let found = ledger_page::first_confirmed(db, customer_id, purpose)?;
        let found = found.map(|(at, personal)| {
            let personal = personal.and_then(|text| Personal::read(&text));
            (personal.map(|p| p.wamid).unwrap_or_default(), at)
        });
        self.0.insert(key, found.clone());
        Ok(found)
    }
}

fn record(
    db: &Connection,
    row: LedgerPageRow,
    wanted: Option<&Wanted>,
    confirmed: &mut Confirmed,
) -> Result<Option<EventRecord>> {
    let Some(public) = Public::read(&row.entry.public) else {
        // Written by a later version: it stays in the chain, and no table could show it.
        return Ok(None);
    };
    let customer_id = row.customer_id.unwrap_or_default();
    if let Some(wanted) = wanted {
        let purposes = wanted.get(&customer_id);
        let is_wanted =
            |p: &Vec<String>| public.purpose == ledger::ALL || p.contains(&public.purpose);
        if !purposes.is_some_and(is_wanted) {
            return Ok(None);
        }
    }
    let personal = row
        .personal
        .and_then(|text| Personal::read(&text))
        .unwrap_or_default();
    let known = |kind: &str| {
        let of_known = personal.known.iter().find(|known| known.kind == kind);
        of_known
            .map(|known| known.value.clone())
            .unwrap_or_default()
    };
    let who = personal.who.as_ref();
    let wa_id = who
        .and_then(|who| who.wa_id.clone())
        .unwrap_or_else(|| known("wa_id"));
    let evidence = personal.evidence.first().cloned().unwrap_or_default();
    let standing = row.standing;
    let out = standing
        .as_ref()
        .filter(|standing| standing.state == consent::OUT);
    let first = match customer_id {
        0 => None,
        _ => confirmed.of(db, customer_id, &public.purpose)?,
    };
    let wording = public.wording.unwrap_or_default();
    Ok(Some(EventRecord {
        device: row.entry.device,
        seq: row.entry.seq,
        hash: hex::encode(row.entry.hash),
        prev: hex::encode(row.entry.prev),
        customer_id,
        act_at: public.act_at,
        recorded_at: public.recorded_at,
        time_source: public.time_source,
        channel: public.channel,
        strength: public.strength,
        wording_version: (!wording.id.is_empty()).then_some(wording.version),
        wording_id: wording.id,
        wording_sha256: wording.sha256,
        phone: if wa_id.is_empty() {
            String::new()
        } else {
            format!("+{wa_id}")
        },
        bsuid: who
            .and_then(|who| who.bsuid.clone())
            .unwrap_or_else(|| known("bsuid")),
        username: known("username"),
        wa_id,
        evidence_type: match (evidence.kind.as_str(), personal.wamid.is_empty()) {
            ("", false) => "message".to_owned(),
            (kind, _) => kind.to_owned(),
        },
        evidence_sha256: evidence.sha256,
        withdrawn_at: out.map(|out| out.since).filter(|at| *at >= 0),
        withdrawn_how: out.map(|out| out.channel.clone()).unwrap_or_default(),
        last_used_at: standing
            .as_ref()
            .map(|s| s.last_used_at)
            .filter(|at| *at >= 0),
        uses: standing.as_ref().map_or(0, |standing| standing.uses),
        // What he did himself at once needs no second word.
        confirmed: first.filter(|_| Event::named(&public.event) != Some(Event::Used)),
        event: public.event,
        purpose: public.purpose,
        personal,
    }))
}
