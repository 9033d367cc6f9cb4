//! At the till: whom a number belongs to, a code to scan, and what the owner writes down himself.

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
        ConsentRefusal, CounterEntry, CounterForm, CounterResult, CounterWay, EvidenceResult,
        EvidenceView, KnownPerson, NumberCheck, NumberProblem, QrState, QrTicket, Strength,
    },
};
use cloud_api::webhook::Peer;
use qrcode::{Color, EcLevel, QrCode};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use store::{
    Connection, Result,
    consent_code::{self, CodeRow},
    evidence::{self, EvidenceRow},
    message, setting, thread,
};
use uuid::Uuid;

/// How long a code may be scanned.
const CODE_LASTS: i64 = 30 * 60 * 1000;
/// Without letters and digits that look like others.
const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const CODE_LENGTH: usize = 6;
/// Largest picture of a paper that is kept.
const EVIDENCE_MAX: i64 = 16 * 1024 * 1024;
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

    /// A code that the customer scans and sends: the message that comes is the proof. It stands for the words that were
    /// shown when it was made, retired since or not.
    pub fn start_qr(&self, entry: &CounterEntry) -> Result<QrTicket> {
        self.supply_wordings()?;
        let now = self.clock.now();
        let staff = self.me()?;
        let own = digits(&self.account.display);
        self.store.write(|db| {
            let code = new_code(db)?;
            let text = scan_text(db, entry, &code)?;
            let url = wa_me(&own, &text);
            let (text, url, modules) = match modules(&url) {
                Ok(modules) => (text, url, modules),
                // More purposes than a code can hold: what they are is in our own row.
                Err(_) => {
                    let text = format!("#{code}");
                    let url = wa_me(&own, &text);
                    let modules = modules(&url).unwrap_or_default();
                    (text, url, modules)
                }
            };
            let expires_at = now + CODE_LASTS;
            consent_code::put(
                db,
                &CodeRow {
                    code: code.clone(),
                    entry: serde_json::to_string(entry)?,
                    staff,
                    made_at: now,
                    expires_at,
                    state: consent_code::WAITING.to_owned(),
                    confirmed_at: -1,
                    wamid: String::new(),
                },
            )?;
            Ok(QrTicket {
                code,
                text,
                url,
                modules,
                expires_at,
            })
        })
    }

    pub fn qr_state(&self, code: &str) -> Result<QrState> {
        let now = self.clock.now();
        self.store.read(|db| {
            let row = consent_code::get(db, code)?.ok_or_else(not_found)?;
            Ok(match row.state.as_str() {
                consent_code::CONFIRMED => confirmed(db, &row)?.unwrap_or(QrState::Expired),
                consent_code::CANCELLED => QrState::Cancelled,
                _ if now >= row.expires_at => QrState::Expired,
                _ => QrState::Waiting,
            })
        })
    }

    pub fn cancel_qr(&self, code: &str) -> Result<()> {
        let now = self.clock.now();
        self.store.write(|db| {
            consent_code::settle(db, code, consent_code::CANCELLED, now, "")?;
            Ok(())
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

    /// Keeps a picture in the encrypted store; its name is the digest of its bytes.
    pub fn keep_evidence(
        &self,
        kind: &str,
        filename: &str,
        mime_type: &str,
        bytes: &[u8],
    ) -> Result<EvidenceResult> {
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        // What it is by its bytes; what it is called decides nothing.
        let found = infer::get(bytes).map(|kind| kind.mime_type());
        let taken = matches!(
            found,
            Some("image/png" | "image/jpeg" | "image/webp" | "application/pdf")
        );
        if bytes.is_empty() {
            return Ok(EvidenceResult::Refused {
                why: ConsentRefusal::NoEvidence,
            });
        }
        if size > EVIDENCE_MAX {
            return Ok(EvidenceResult::Refused {
                why: ConsentRefusal::EvidenceTooLarge {
                    size,
                    limit: EVIDENCE_MAX,
                },
            });
        }
        let Some(found) = found.filter(|_| taken) else {
            return Ok(EvidenceResult::Refused {
                why: ConsentRefusal::EvidenceKind {
                    mime_type: found.unwrap_or(mime_type).to_owned(),
                },
            });
        };
        let row = EvidenceRow {
            sha256: hex::encode(Sha256::digest(bytes)),
            mime_type: found.to_owned(),
            kind: kind.to_owned(),
            filename: filename.to_owned(),
            size,
            put_at: self.clock.now(),
        };
        self.store.write(|db| evidence::put(db, &row, bytes))?;
        Ok(EvidenceResult::Kept {
            evidence: EvidenceView {
                id: row.sha256,
                kind: row.kind,
                mime_type: row.mime_type,
                size: row.size,
                keep_until: None,
            },
        })
    }

    pub fn evidence(&self, evidence_id: &str) -> Result<Option<Vec<u8>>> {
        self.store.read(|db| evidence::bytes(db, evidence_id))
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
        let Some(row) = evidence::get(db, id)? else {
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

fn confirmed(db: &Connection, row: &CodeRow) -> Result<Option<QrState>> {
    let Some((_, thread_id)) = message::by_wamid(db, &row.wamid)? else {
        return Ok(None);
    };
    let Some(thread) = thread::get(db, thread_id)? else {
        return Ok(None);
    };
    let entry: CounterEntry = serde_json::from_str(&row.entry)?;
    let number_differs = match phone::read(&entry.number, &entry.country) {
        Ok(phone) => {
            let spellings = variants(&phone.digits);
            let known = thread.phone.trim_start_matches('+');
            !known.is_empty()
                && known != phone.digits
                && !spellings.iter().any(|other| other == known)
        }
        Err(_) => false,
    };
    Ok(Some(QrState::Confirmed {
        customer_id: thread.customer_id,
        thread_id: thread.id,
        name: threads::person_name(&thread),
        at: row.confirmed_at,
        number_differs,
    }))
}

pub(super) fn new_code(db: &Connection) -> Result<String> {
    loop {
        let random = Uuid::new_v4();
        let letter = |byte: &u8| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]);
        let code: String = random
            .as_bytes()
            .iter()
            .rev()
            .take(CODE_LENGTH)
            .map(letter)
            .collect();
        if consent_code::get(db, &code)?.is_none() {
            return Ok(code);
        }
    }
}

/// The code in a message, if there is one: `#` and six of our letters.
pub(crate) fn code_in(text: &str) -> Option<String> {
    text.split('#').skip(1).find_map(|rest| {
        let code: String = rest
            .chars()
            .take(CODE_LENGTH)
            .collect::<String>()
            .to_uppercase();
        let ours = code.len() == CODE_LENGTH && code.bytes().all(|byte| LETTERS.contains(&byte));
        let ends = rest
            .chars()
            .nth(CODE_LENGTH)
            .is_none_or(|next| !next.is_alphanumeric());
        (ours && ends).then_some(code)
    })
}

pub(super) fn scan_text(db: &Connection, entry: &CounterEntry, code: &str) -> Result<String> {
    let Some(texts) = wordings::supplied(&entry.language) else {
        return Ok(format!("#{code}"));
    };
    let all = purposes(db)?;
    let wanted: Vec<(String, String)> = all
        .into_iter()
        .filter(|purpose| entry.purposes.contains(&purpose.key))
        .map(|purpose| (purpose.key, purpose.label))
        .collect();
    Ok(wordings::shown(&texts.scan, &business_name(db)?)
        .replace("{{kinds}}", &wordings::kinds(texts, &wanted))
        .replace("{{code}}", code))
}

/// A link that opens WhatsApp with the text typed already (Meta, "Click to chat").
pub(super) fn wa_me(own: &str, text: &str) -> String {
    let mut url = format!("https://wa.me/{own}?text=");
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                url.push(char::from(byte))
            }
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

fn modules(url: &str) -> std::result::Result<Vec<String>, qrcode::types::QrError> {
    let code = QrCode::with_error_correction_level(url, EcLevel::M)?;
    let dark = |color: &Color| if *color == Color::Dark { '1' } else { '0' };
    let colors = code.to_colors();
    Ok(colors
        .chunks(code.width())
        .map(|row| row.iter().map(dark).collect())
        .collect())
}

pub(super) fn digits(display: &str) -> String {
    display.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_wherever_the_customer_left_it() {
        for (text, expected) in [
            ("Ja, gern. #K7Q2MX", Some("K7Q2MX")),
            ("#k7q2mx", Some("K7Q2MX")),
            ("Hallo! #K7Q2MX.\nBis morgen", Some("K7Q2MX")),
            ("#1 in town #K7Q2MX", Some("K7Q2MX")),
            ("#K7Q2M", None),
            ("#K7Q2MX9", None),
            ("#K7Q2M0", None),
            ("K7Q2MX", None),
            ("#blumen", None),
            ("", None),
        ] {
            assert_eq!(code_in(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_link_holds_the_text_to_the_letter() {
        assert_eq!(
            wa_me("4930123456", "Ja, Blumen & Söhne: 100 %"),
            "https://wa.me/4930123456?text=Ja%2C%20Blumen%20%26%20S%C3%B6hne%3A%20100%20%25"
        );
    }
}
