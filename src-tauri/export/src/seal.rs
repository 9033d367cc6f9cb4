//! What every export carries at its end: how the chain stood when it was made, signed.

use serde::Serialize;

/// All in hex. The signature and what it covers are made by the ledger; here it is only written down.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Seal {
    /// `DEVICE/SEQ` of the newest entry.
    pub entry: String,
    pub head: String,
    pub public_key: String,
    pub signature: String,
    /// The JSON text that was signed: the newest entry of every device.
    pub signed: String,
    /// Entries in the chain at that moment.
    pub entries: u64,
}

impl Seal {
    /// What is compared by eye: the first sixteen digits of the head, in fours.
    pub fn code(&self) -> String {
        let digits: Vec<char> = self.head.chars().take(16).collect();
        let fours: Vec<String> = digits.chunks(4).map(|four| four.iter().collect()).collect();
        fours.join(" ").to_uppercase()
    }

    /// One line for tables.
    pub(crate) fn line(&self) -> String {
        format!(
            "Guichet {} head={} entries={} key={} signature={} signed={}",
            self.entry, self.head, self.entries, self.public_key, self.signature, self.signed
        )
    }
}
