//! Opt-ins at the till, and the words people agree to.

use super::{ConsentRefusal, ConsentSummary, EvidenceView, NumberProblem, PersonName, WordingRef};

crossing! {
    /// What the counter needs before anybody stands there.
    pub struct CounterForm {
        pub business_name: String,
        /// The number that customers write to, digits; empty: none is connected.
        pub own_number: String,
        /// ISO 3166 of the preset.
        pub country: String,
        pub purposes: Vec<Purpose>,
        /// The current version of every purpose and language.
        pub wordings: Vec<Wording>,
    }

    pub struct Purpose {
        pub key: String,
        /// Empty for the four that every shop has: the window names these.
        pub label: String,
        pub advertising: bool,
    }

    /// One version of what people agree to.
    pub struct Wording {
        pub id: String,
        pub version: i64,
        pub purpose: String,
        /// `de`, `pt-BR`, `en`, or another the shop writes in.
        pub language: String,
        /// With `{{business}}` still in it.
        pub text: String,
        /// As it is shown.
        pub shown: String,
        pub sha256: String,
        pub since: i64,
        pub retired_at: Option<i64>,
        /// Comes with Guichet, not written by the shop.
        pub built_in: bool,
        pub findings: Vec<WordingFinding>,
        /// Acts that rest on this version.
        pub used: i64,
    }

    /// What is missing in a wording.
    pub struct WordingFinding {
        /// `business_missing`, `messages_missing` (both are Meta's duty), `kinds_missing`, `stop_missing`,
        /// `privacy_missing`, `too_long`, `empty`.
        pub rule: String,
        /// Without it a consent cannot be used.
        pub blocks: bool,
    }

    pub struct WordingDraft {
        /// Empty for a new one.
        pub id: String,
        pub purpose: String,
        pub language: String,
        pub text: String,
    }

    /// What a number typed at the till is.
    pub struct NumberCheck {
        /// Digits with a plus, when it is one.
        pub e164: Option<String>,
        /// As people write it there.
        pub shown: String,
        pub country: String,
        pub problem: Option<NumberProblem>,
        /// `brazil_nine`, `mexico_one`, `argentina_nine`: both spellings may be the same phone.
        pub trap: Option<String>,
        /// The other spelling.
        pub variant: Option<String>,
        pub known: Vec<KnownPerson>,
    }

    /// Somebody in the store who has this number or its other spelling.
    pub struct KnownPerson {
        pub name: PersonName,
        pub summary: ConsentSummary,
    }

    /// What the owner has taken down at the till.
    pub struct CounterEntry {
        /// As typed; may be empty for the QR way.
        pub number: String,
        pub country: String,
        pub name: String,
        pub language: String,
        pub purposes: Vec<String>,
        pub wordings: Vec<WordingRef>,
        pub minor: Option<bool>,
        pub guardian: String,
    }

    /// How it was given, without a phone.
    #[serde(tag = "way", rename_all = "snake_case")]
    pub enum CounterWay {
        /// Drawn on the screen; the picture is the evidence `id`.
        Signature { evidence: String },
        /// Photo or scan of a form; its number, if it has one.
        Paper { evidence: String, form: String, signed_at: Option<i64> },
        Spoken { place: String },
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum CounterResult {
        Recorded { customer_id: i64, summary: ConsentSummary },
        Refused { why: ConsentRefusal },
    }

    /// A code to be scanned.
    pub struct QrTicket {
        pub code: String,
        /// What the customer sends.
        pub text: String,
        pub url: String,
        /// Rows of dark (`1`) and light (`0`) modules, without a quiet zone.
        pub modules: Vec<String>,
        pub expires_at: i64,
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum QrState {
        Waiting,
        Confirmed { customer_id: i64, thread_id: i64, name: PersonName, at: i64, number_differs: bool },
        Expired,
        Cancelled,
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum EvidenceResult {
        Kept { evidence: EvidenceView },
        Refused { why: ConsentRefusal },
    }

    /// What can be printed (PDF).
    #[serde(rename_all = "snake_case")]
    #[derive(Copy, Eq)]
    pub enum Sheet {
        /// A4.
        Poster,
        /// A6, four on a page.
        Card,
        /// A4, to be filled in and signed.
        Form,
    }
}
