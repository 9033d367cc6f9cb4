//! What somebody did about a consent, as it is handed to the ledger.

use super::entry::Digest;
use crate::view::Strength;
use cloud_api::webhook::Peer;

/// Ways a consent comes or goes, `channel` of an entry.
pub mod channel {
    pub const COUNTER_QR: &str = "counter_qr";
    pub const SIGNATURE: &str = "signature";
    pub const PAPER: &str = "paper";
    pub const SPOKEN: &str = "spoken";
    pub const WHATSAPP: &str = "whatsapp";
    pub const IMPORT: &str = "import";
    /// WhatsApp's own stop and resume, and error 131050.
    pub const META: &str = "meta";
    /// By hand, with a reason.
    pub const STAFF: &str = "staff";
    /// Of an invented customer in practice mode.
    pub const PRACTICE: &str = "practice";
    /// What an erasure left behind; in no entry, only where a person stands.
    pub const ERASURE: &str = "erasure";
    /// A stop of the person's that no entry could be made of; in none, only where a person stands.
    pub const SUPPRESSION: &str = "suppression";
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Event {
    Asked,
    Claimed,
    Granted,
    Confirmed,
    Expired,
    /// Says that another entry was recorded wrongly, or something about the person (`minor`).
    Corrected,
    /// "Fewer, please."
    Paused,
    /// A message that may be an opt-out: marketing is on hold until `Dismissed` or `Withdrawn` refers to it.
    Questioned,
    Dismissed,
    Withdrawn,
    /// A template was sent on it.
    Used,
    Merged,
    Erased,
    Exported,
}

const NAMES: [(Event, &str); 14] = [
    (Event::Asked, "asked"),
    (Event::Claimed, "claimed"),
    (Event::Granted, "granted"),
    (Event::Confirmed, "confirmed"),
    (Event::Expired, "expired"),
    (Event::Corrected, "corrected"),
    (Event::Paused, "paused"),
    (Event::Questioned, "questioned"),
    (Event::Dismissed, "dismissed"),
    (Event::Withdrawn, "withdrawn"),
    (Event::Used, "used"),
    (Event::Merged, "merged"),
    (Event::Erased, "erased"),
    (Event::Exported, "exported"),
];

impl Event {
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(event, _)| *event == self)
            .map_or("", |(_, name)| name)
    }

    /// `None`: a later version of Guichet knows more.
    pub fn named(name: &str) -> Option<Self> {
        let found = NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(event, _)| *event)
    }
}

/// How the time of an act is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeSource {
    /// Meta's clock.
    #[default]
    Platform,
    Laptop,
    /// Somebody wrote the date down.
    Stated,
}

impl TimeSource {
    pub fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Laptop => "laptop",
            Self::Stated => "stated",
        }
    }
}

/// One act. It becomes one entry for each of its purposes.
#[derive(Clone)]
pub struct Act {
    /// The same act has the same id wherever it is recorded: `stop:WAMID`, `used:OUTBOX_ID`; a uuid for what staff does.
    pub act_id: String,
    pub event: Event,
    /// [`super::ALL`] stands for a stop of everything.
    pub purposes: Vec<String>,
    /// Whom it is about: BSUID, number or both, of one person. `None`: about nobody, as an export is.
    pub who: Option<Peer>,
    pub at: i64,
    pub time_source: TimeSource,
    /// One of [`channel`].
    pub channel: String,
    pub strength: Strength,
    /// What was shown, one for each purpose, or one with an empty purpose for all.
    pub wordings: Vec<ShownWording>,
    /// Empty: what the person is called here.
    pub name: String,
    pub language: String,
    /// Empty: the name customers see, as it is known here.
    pub business_name: String,
    pub own_number: String,
    pub staff: String,
    /// Reason, or the words of the person.
    pub note: String,
    pub place: String,
    /// Where a list came from, with the line.
    pub source: String,
    pub evidence: Vec<Evidence>,
    /// The message that is the proof.
    pub wamid: String,
    pub template: String,
    /// The entry it answers or corrects.
    pub refers_to: Option<Digest>,
    pub minor: Option<bool>,
    /// Who agreed for a minor.
    pub guardian: String,
    /// The entries that are erased.
    pub erases: Vec<Digest>,
}

impl Act {
    pub fn new(event: Event, act_id: impl Into<String>, at: i64) -> Self {
        Self {
            act_id: act_id.into(),
            event,
            purposes: Vec::new(),
            who: None,
            at,
            time_source: TimeSource::default(),
            channel: String::new(),
            strength: Strength::None,
            wordings: Vec::new(),
            name: String::new(),
            language: String::new(),
            business_name: String::new(),
            own_number: String::new(),
            staff: String::new(),
            note: String::new(),
            place: String::new(),
            source: String::new(),
            evidence: Vec::new(),
            wamid: String::new(),
            template: String::new(),
            refers_to: None,
            minor: None,
            guardian: String::new(),
            erases: Vec::new(),
        }
    }

    pub(super) fn wording_of(&self, purpose: &str) -> Option<&ShownWording> {
        let of = |wanted: &str| self.wordings.iter().find(|w| w.purpose == wanted);
        of(purpose).or_else(|| of(""))
    }
}

impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Act({} {:?})", self.event.name(), self.purposes)
    }
}

/// A wording as it was shown, the business's name in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShownWording {
    pub purpose: String,
    pub id: String,
    pub version: i64,
    pub text: String,
}

/// A picture or file in the store.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Evidence {
    /// Hex.
    pub sha256: String,
    /// signature, photo, scan.
    pub kind: String,
    pub mime: String,
}
