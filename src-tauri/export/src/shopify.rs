//! Who may get advertising, as Shopify keeps it: the last state of each person, without wording or proof.
//!
//! Fields and values are those of `CustomerWhatsAppMarketingConsent` (Shopify, GraphQL Admin API 2026-07); name and
//! phone are as in its customer CSV. The apostrophe before a phone number is one that its importers take away.

use std::{fs::File, io::BufWriter, path::Path};

use crate::{
    ExportError, Written, csv_file::marked, disarm::disarmed, moment::push_utc, place::Place,
};

const HEADINGS: [&str; 9] = [
    "First Name",
    "Last Name",
    "Phone",
    "state",
    "optInLevel",
    "updatedAt",
    "collectedFrom",
    "sourceLocation",
    "Note",
];

/// One person. People without a number are in the list too, by username, but Shopify cannot match them.
#[derive(Clone, Copy, Default)]
pub struct ShopifyRow<'a> {
    pub first_name: &'a str,
    pub last_name: &'a str,
    /// With its plus.
    pub phone_e164: &'a str,
    pub username: &'a str,
    pub consent: ShopifyConsent,
    /// UTC milliseconds of the act that decides.
    pub updated_at: Option<i64>,
    pub location: &'a str,
}

/// `CustomerMarketingConsentState` and `CustomerMarketingOptInLevel` together, as far as the ledger knows both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ShopifyConsent {
    #[default]
    NotSubscribed,
    /// Asked or claimed, and not confirmed.
    Pending,
    /// By a signature, a paper, a word.
    Single,
    /// By a message or button of his own.
    Confirmed,
    Unsubscribed,
}

impl ShopifyConsent {
    fn state(self) -> &'static str {
        match self {
            Self::NotSubscribed => "NOT_SUBSCRIBED",
            Self::Pending => "PENDING",
            Self::Single | Self::Confirmed => "SUBSCRIBED",
            Self::Unsubscribed => "UNSUBSCRIBED",
        }
    }

    fn level(self) -> &'static str {
        match self {
            Self::Single => "SINGLE_OPT_IN",
            Self::Confirmed => "CONFIRMED_OPT_IN",
            _ => "UNKNOWN",
        }
    }
}

pub struct ShopifyFile {
    place: Place,
    csv: csv::Writer<BufWriter<File>>,
    rows: u64,
}

impl ShopifyFile {
    pub fn begin(target: &Path) -> Result<Self, ExportError> {
        let place = Place::beside(target)?;
        let mut csv = marked(&place, b',')?;
        csv.write_record(HEADINGS)?;
        Ok(Self {
            place,
            csv,
            rows: 0,
        })
    }

    pub fn row(&mut self, row: &ShopifyRow<'_>) -> Result<(), ExportError> {
        let mut updated = String::new();
        if let Some(at) = row.updated_at {
            push_utc(&mut updated, at);
        }
        let note = match row.username {
            "" => String::new(),
            name => format!("WhatsApp username: {name}"),
        };
        let cells = [
            row.first_name,
            row.last_name,
            row.phone_e164,
            row.consent.state(),
            row.consent.level(),
            &updated,
            "OTHER",
            row.location,
            &note,
        ];
        for cell in cells {
            self.csv.write_field(disarmed(cell).as_bytes())?;
        }
        self.csv.write_record(None::<&[u8]>)?;
        self.rows += 1;
        Ok(())
    }

    /// No seal: an importer would take it for a customer. The ledger's entry about this export has the hash.
    pub fn finish(mut self) -> Result<Written, ExportError> {
        self.csv.flush()?;
        self.place.keep(self.rows)
    }
}
