//! A code to scan: made for what was asked at the till, kept before it is shown, and found again in the message that
//! the customer sends.

use super::{
    super::{
        Desk, not_found, threads,
        wordings::{business_name, purposes},
    },
    digits,
};
use crate::{
    consent::wordings,
    customer::variants,
    phone,
    view::{CounterEntry, QrState, QrTicket},
};
use qrcode::{Color, EcLevel, QrCode};
use store::{
    Connection, Result,
    consent_code::{self, CodeRow},
    message, thread,
};
use uuid::Uuid;

/// How long a code may be scanned.
const CODE_LASTS: i64 = 30 * 60 * 1000;
/// Without letters and digits that look like others.
const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const CODE_LENGTH: usize = 6;

impl Desk {
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

pub(in crate::desk) fn new_code(db: &Connection) -> Result<String> {
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

pub(in crate::desk) fn scan_text(
    db: &Connection,
    entry: &CounterEntry,
    code: &str,
) -> Result<String> {
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
pub(in crate::desk) fn wa_me(own: &str, text: &str) -> String {
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
