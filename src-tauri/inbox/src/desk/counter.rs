//! At the till: whom a number belongs to, and what the owner writes down himself.

mod evidence;
mod scanning;

pub(crate) use scanning::code_in;
pub(super) use scanning::{new_code, scan_text, wa_me};

use super::{
    Desk, not_found, threads,
    wordings::{all_wordings, business_name, purposes},
};
use crate::{
    apply_in,
    consent::{self, wordings},
    customer::{known_owner, variants},
    fact::{Fact, FactKind, NameField, Trait},
    ledger::{self, Act, Event, Evidence, ShownWording, TimeSource, channel},
    phone::{self, Phone},
    view::{
        ConsentRefusal, CounterEntry, CounterForm, CounterResult, CounterWay, KnownPerson,
        NumberCheck, NumberProblem, Strength,
    },
};
use cloud_api::webhook::Peer;
use std::collections::BTreeSet;
use store::{Connection, Result, setting};
use uuid::Uuid;

/// Setting: ISO 3166 of the shop.
pub const COUNTRY: &str = "shop_country";

impl Desk {
    /// What the counter needs before anybody stands there.
    pub fn counter_form(&self) -> Result<CounterForm> {
        self.supply_wordings()?;
        let own_number = digits(&self.account.display);
        self.store.read(|db| {
            let mut current = all_wordings(db)?;
            let mut seen = BTreeSet::new();
            current.retain(|w| w.retired_at.is_none() && seen.insert(w.id.clone()));
            Ok(CounterForm {
                business_name: business_name(db)?,
                country: self.country(db)?,
                purposes: purposes(db)?,
                wordings: current,
                own_number,
            })
        })
    }

    /// What a number typed at the till is, and who has it.
    pub fn check_number(&self, text: &str, country: &str) -> Result<NumberCheck> {
        let now = self.clock.now();
        let phone = match phone::read(text, country) {
            Ok(phone) => phone,
            Err(problem) => {
                return Ok(NumberCheck {
                    e164: None,
                    shown: text.trim().to_owned(),
                    country: country.to_owned(),
                    problem: Some(problem),
                    trap: None,
                    variant: None,
                    known: Vec::new(),
                });
            }
        };
        let variant = phone.variant();
        let known = self.store.read(|db| known(db, &phone, now))?;
        Ok(NumberCheck {
            e164: Some(phone.e164()),
            shown: phone.shown,
            country: phone.country,
            problem: None,
            trap: variant.as_ref().map(|(trap, _)| (*trap).to_owned()),
            variant: variant.map(|(_, other)| format!("+{other}")),
            known,
        })
    }

    /// A signature, a paper, or what was said.
    pub fn record_at_counter(
        &self,
        entry: &CounterEntry,
        way: &CounterWay,
    ) -> Result<CounterResult> {
        self.supply_wordings()?;
        let now = self.clock.now();
        let staff = self.me()?;
        let refused = |why| Ok(CounterResult::Refused { why });
        let phone = match phone::read(&entry.number, &entry.country) {
            Ok(phone) => phone,
            Err(NumberProblem::Empty) => return refused(ConsentRefusal::Nobody),
            Err(problem) => return refused(ConsentRefusal::Number { problem }),
        };
        let outcome = self.store.write(|db| {
            let wordings = match shown_wordings(db, entry)? {
                Ok(wordings) => wordings,
                Err(why) => return Ok(Err(why)),
            };
            let mut act = Act {
                purposes: entry.purposes.clone(),
                who: Some(self.whose(db, &phone, now)?),
                wordings,
                name: entry.name.trim().to_owned(),
                language: entry.language.clone(),
                own_number: digits(&self.account.display),
                staff,
                minor: entry.minor,
                guardian: entry.guardian.clone(),
                ..Act::new(Event::Granted, Uuid::now_v7().to_string(), now)
            };
            if let Err(why) = by_way(db, &mut act, way)? {
                return Ok(Err(why));
            }
            let recorded = match ledger::record(db, &act, now)? {
                Ok(recorded) => recorded,
                Err(why) => return Ok(Err(why)),
            };
            let about = self.described(entry, act.who.as_ref(), now);
            let mut change = recorded.change;
            change.merge(apply_in(db, &about)?);
            Ok(Ok((recorded.customer_id, change)))
        })?;
        let (customer_id, change) = match outcome {
            Ok(done) => done,
            Err(why) => return refused(why),
        };
        self.tell(change);
        let customer_id = customer_id.ok_or_else(not_found)?;
        let summary = self
            .store
            .read(|db| consent::state_of(db, customer_id, now))?;
        Ok(CounterResult::Recorded {
            customer_id,
            summary,
        })
    }

    /// The country numbers without a code are of: as set, else that of the shop's own number.
    pub(super) fn country(&self, db: &Connection) -> Result<String> {
        let set = setting::get(db, COUNTRY)?.filter(|country| !country.is_empty());
        Ok(set
            .or_else(|| phone::country_of(&digits(&self.account.display)))
            .unwrap_or_default())
    }

    /// Under which number the ledger keeps somebody: that by which he is known already, where a line has two spellings.
    fn whose(&self, db: &Connection, phone: &Phone, now: i64) -> Result<Peer> {
        let mut spelling = phone.digits.clone();
        if known_owner(db, &phone.digits, now)?.is_none() {
            for other in variants(&phone.digits) {
                if known_owner(db, &other, now)?.is_some() {
                    spelling = other;
                }
            }
        }
        Ok(Peer {
            wa_id: Some(spelling),
            ..Peer::default()
        })
    }

    /// What else was taken down: the name, where nothing is known of one, and the language.
    pub(crate) fn described(&self, entry: &CounterEntry, who: Option<&Peer>, at: i64) -> Vec<Fact> {
        let Some(peer) = who else { return Vec::new() };
        let mut kinds = Vec::new();
        let name = entry.name.trim();
        if !name.is_empty() {
            kinds.push(FactKind::Named {
                peer: peer.clone(),
                parent_bsuid: None,
                field: NameField::Book,
                value: name.to_owned(),
                at,
            });
        }
        if !entry.language.is_empty() {
            kinds.push(FactKind::Described {
                peer: peer.clone(),
                what: Trait::Language,
                value: entry.language.clone(),
                at,
            });
        }
        let number = self.number();
        kinds
            .into_iter()
            .map(|kind| Fact::new(&number, kind))
            .collect()
    }
}

/// Everybody with this number or its other spelling.
fn known(db: &Connection, phone: &Phone, now: i64) -> Result<Vec<KnownPerson>> {
    let mut spellings = vec![phone.digits.clone()];
    spellings.extend(variants(&phone.digits));
    let mut customers = BTreeSet::new();
    let mut found = Vec::new();
    for wa in spellings {
        let Some(person) = known_owner(db, &wa, now)? else {
            continue;
        };
        if customers.insert(person.customer_id) {
            found.push(KnownPerson {
                name: threads::name_of_customer(db, person.customer_id)?,
                summary: consent::state_of(db, person.customer_id, now)?,
            });
        }
    }
    Ok(found)
}

/// The words that were shown for each purpose; refused where one is not in use any more.
fn shown_wordings(
    db: &Connection,
    entry: &CounterEntry,
) -> Result<std::result::Result<Vec<ShownWording>, ConsentRefusal>> {
    let business = business_name(db)?;
    let mut shown = Vec::new();
    for named in &entry.wordings {
        match wordings::in_use(db, named)? {
            Some(row) => shown.push(wordings::for_act(&row, &business)),
            None => {
                return Ok(Err(ConsentRefusal::WordingRetired {
                    wording: named.clone(),
                }));
            }
        }
    }
    Ok(Ok(shown))
}

/// What the way it was given adds to the act.
fn by_way(
    db: &Connection,
    act: &mut Act,
    way: &CounterWay,
) -> Result<std::result::Result<(), ConsentRefusal>> {
    let (channel, strength, proof) = match way {
        CounterWay::Signature { evidence } => (channel::SIGNATURE, Strength::Good, Some(evidence)),
        CounterWay::Paper {
            evidence,
            form,
            signed_at,
        } => {
            act.source = form.clone();
            if let Some(at) = signed_at {
                (act.at, act.time_source) = ((*at).min(act.at), TimeSource::Stated);
            }
            (channel::PAPER, Strength::Good, Some(evidence))
        }
        CounterWay::Spoken { place } => {
            act.place = place.clone();
            (channel::SPOKEN, Strength::Weak, None)
        }
    };
    (act.channel, act.strength) = (channel.to_owned(), strength);
    if let Some(id) = proof {
        let Some(row) = store::evidence::get(db, id)? else {
            return Ok(Err(ConsentRefusal::NoEvidence));
        };
        act.evidence.push(Evidence {
            sha256: row.sha256,
            kind: row.kind,
            mime: row.mime_type,
        });
    }
    Ok(Ok(()))
}

pub(super) fn digits(display: &str) -> String {
    display.chars().filter(char::is_ascii_digit).collect()
}
