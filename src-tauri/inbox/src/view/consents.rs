//! Who agreed to what: the state of a person, his history in the ledger, lists, and what a manager takes out.
//!
//! A *purpose* is `service`, `updates`, `offers`, `calls`, or one of the shop's own (`own:…`). `all` stands in
//! acts only: a stop of everything. Acts are told apart by their `entry`, `DEVICE/SEQ` in the ledger.

use super::PersonName;

crossing! {
    #[serde(rename_all = "snake_case")]
    #[derive(Copy, Eq, Hash, PartialOrd, Ord)]
    pub enum ConsentState {
        None,
        /// We asked and got no answer yet.
        Asked,
        /// Somebody says so, without proof: usable for nothing until the person confirms.
        Claimed,
        In,
        /// "Fewer, please": no advertising for now.
        Paused,
        Out,
    }

    /// How well a consent could be shown to a court.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy, Eq, Hash, PartialOrd, Ord)]
    pub enum Strength {
        /// Nothing but a word about it.
        None,
        /// Said in person or on the phone, written down by staff.
        Weak,
        /// A signature or a paper: his will, but not his number, is proven.
        Good,
        /// His own message or button from his own number.
        Strong,
    }

    /// Why a consent that was given cannot be used.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy, Eq, Hash, PartialOrd, Ord)]
    pub enum NotUsable {
        /// The wording did not name the business (Meta, "Get opt-in for WhatsApp").
        BusinessNotNamed,
        /// The wording did not say that messages will come.
        NoMessagesMentioned,
        /// What was shown is not known word for word.
        NoWording,
        /// Too weak a proof for advertising in the shop's country.
        TooWeak,
        /// A question to staff is open: was that an opt-out?
        Questioned,
        /// A minor without a guardian's word.
        Minor,
        /// Two messages in seven days could not be delivered (131026).
        Unreachable,
    }

    /// Where one person stands for one purpose.
    pub struct PurposeState {
        pub purpose: String,
        pub state: ConsentState,
        /// A template for this purpose may be sent on it now.
        pub usable: bool,
        pub why_not: Option<NotUsable>,
        /// When the act that decides was done.
        pub since: Option<i64>,
        pub strength: Strength,
        /// Of the act that decides; `counter_qr`, `signature`, `paper`, `spoken`, `whatsapp`, `import`, `meta`, `staff`,
        /// `erasure`, `suppression` (a stop that the ledger could not take).
        pub channel: String,
        pub wording: Option<WordingRef>,
        pub last_used_at: Option<i64>,
        pub uses: i64,
    }

    pub struct WordingRef {
        pub id: String,
        pub version: i64,
    }

    /// The customer panel's part, and the head of a person's page.
    pub struct ConsentSummary {
        pub customer_id: i64,
        pub purposes: Vec<PurposeState>,
        /// Nothing at all may go out any more, since.
        pub out_of_all: Option<i64>,
        /// A message of his that may be an opt-out, for staff to say.
        pub question: Option<OptOutQuestion>,
        /// `out_of_all` is no stop of his, but what is left of an erasure then: nothing was held of him after it.
        pub erased: bool,
    }

    pub struct OptOutQuestion {
        /// Of the entry that asks.
        pub entry: String,
        pub wamid: String,
        pub text: String,
        /// What a yes would stop: `offers` or `all`.
        pub scope: String,
        pub at: i64,
    }

    /// One act in a person's history.
    pub struct LedgerLine {
        pub entry: String,
        /// `asked`, `granted`, `confirmed`, `claimed`, `paused`, `withdrawn`, `questioned`, `dismissed`, `expired`,
        /// `corrected`, `used`, `merged`, `erased`.
        pub event: String,
        pub purpose: String,
        pub act_at: i64,
        pub recorded_at: i64,
        /// `platform`, `laptop`, `stated` (somebody wrote the date down).
        pub time_source: String,
        pub channel: String,
        pub strength: Strength,
        pub wording: Option<WordingRef>,
        /// As it was shown, word for word; empty where nothing was.
        pub wording_text: String,
        pub business_name: String,
        pub staff: String,
        /// Place, reason, or the words of the person.
        pub note: String,
        pub evidence: Vec<EvidenceView>,
        /// The message that is the proof, where there is one.
        pub wamid: Option<String>,
        pub template: Option<String>,
        pub hash: String,
    }

    pub struct EvidenceView {
        /// SHA-256 of the bytes, hex.
        pub id: String,
        /// `signature`, `photo`, `scan`.
        pub kind: String,
        pub mime_type: String,
        pub size: i64,
        /// Until when it should be kept; `None`: nobody said.
        pub keep_until: Option<i64>,
    }

    /// A person's page.
    pub struct ConsentPerson {
        pub customer_id: i64,
        pub name: PersonName,
        /// A thread to go to, if they ever wrote or were written to.
        pub thread_id: Option<i64>,
        pub language: String,
        pub summary: ConsentSummary,
        /// Newest first; uses of a consent are gathered by day.
        pub history: Vec<LedgerLine>,
        pub minor: Option<bool>,
    }

    /// What the list is narrowed to; empty words and lists narrow nothing.
    #[derive(Default)]
    pub struct ConsentFilter {
        /// `offers_today`, `never_contact`, `unconfirmed`, or empty.
        pub list: String,
        /// Name, number, username.
        pub text: String,
        pub purpose: String,
        pub states: Vec<ConsentState>,
        pub channel: String,
        pub wording: String,
        pub strengths: Vec<Strength>,
        /// Decided from … to (exclusive).
        pub from: Option<i64>,
        pub to: Option<i64>,
        /// Not used for twelve months.
        pub unused: bool,
        /// Its evidence is due to go within 30 days.
        pub expiring: bool,
    }

    /// One person and purpose.
    pub struct ConsentRow {
        pub customer_id: i64,
        pub name: PersonName,
        pub language: String,
        pub state: PurposeState,
        pub out_of_all: bool,
    }

    pub struct ConsentPage {
        pub rows: Vec<ConsentRow>,
        /// Where the next page starts; `None`: this was the last.
        pub next: Option<ConsentCursor>,
    }

    pub struct ConsentCursor {
        pub since: i64,
        pub customer_id: i64,
        pub purpose: String,
    }

    /// Persons per list and rows per state, under the filter without `list` and `states`.
    pub struct ConsentCounts {
        pub offers_today: i64,
        pub never_contact: i64,
        pub unconfirmed: i64,
        pub all: i64,
        pub states: Vec<StateCount>,
    }

    pub struct StateCount {
        pub state: ConsentState,
        pub rows: i64,
    }

    /// What staff says about a consent.
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum ConsentChange {
        /// By hand, with a reason: `scope` is a purpose or `all`.
        Withdraw { scope: String, reason: String },
        Pause { reason: String },
        /// The answer to an `OptOutQuestion`.
        Answer { entry: String, was_opt_out: bool },
        /// An act was recorded wrongly: says so, with what is right; the act itself stays in the ledger.
        Correct { entry: String, reason: String },
        /// Under age, and whether a guardian agreed.
        Minor { yes: bool, guardian: String },
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum ConsentResult {
        Done,
        Refused { why: ConsentRefusal },
    }

    #[serde(tag = "reason", rename_all = "snake_case")]
    pub enum ConsentRefusal {
        /// He is out, and what was recorded is no act of his own after that.
        Out { since: i64 },
        /// No number, BSUID or username to know him by.
        Nobody,
        Number { problem: NumberProblem },
        NoPurpose,
        WordingRetired { wording: WordingRef },
        /// This way needs a signature or picture.
        NoEvidence,
        EvidenceTooLarge { size: i64, limit: i64 },
        EvidenceKind { mime_type: String },
        /// The ledger was changed by another program; nothing is written into it until somebody looks.
        LedgerBroken { entry: String },
        /// The entry this is about is not there.
        NoSuchEntry,
    }

    #[serde(tag = "problem", rename_all = "snake_case")]
    pub enum NumberProblem {
        Empty,
        NotANumber,
        TooShort,
        TooLong,
        /// It has no such country code.
        Country,
        /// A fixed line or service number that WhatsApp does not know.
        Unlikely,
    }

    /// How the whole ledger stands.
    pub struct LedgerCheck {
        pub entries: i64,
        /// The first entry that does not fit, per device.
        pub broken: Vec<BrokenEntry>,
        /// Hash of this device's newest entry, hex.
        pub head: String,
        /// Hex; give it to whoever is to check an export.
        pub public_key: String,
        /// A clock that went back: entries recorded before the one ahead of them.
        pub clock_back: i64,
        pub checked_at: i64,
    }

    pub struct BrokenEntry {
        pub entry: String,
        /// `changed`, `missing`, `out_of_place`, `personal_changed`, `signature`.
        pub why: String,
    }

    #[serde(rename_all = "snake_case")]
    #[derive(Copy, Eq)]
    pub enum ExportFormat {
        /// With a semicolon, as Excel wants it in German and Portuguese.
        CsvSemicolon,
        Csv,
        Xlsx,
        /// The whole chain, which `guichet verify` checks.
        JsonLines,
        Pdf,
        /// One person, with wording, pictures and chain position.
        PersonPdf,
        /// Everything held about a person, files included.
        PersonJson,
        /// The same to be read, without the files.
        AccessPdf,
        Shopify,
    }

    pub struct ExportRequest {
        pub format: ExportFormat,
        pub filter: ConsentFilter,
        /// For the formats about one person.
        pub customer_id: Option<i64>,
        /// Of headings: `de`, `pt-BR`, `en`.
        pub language: String,
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum ExportResult {
        Written { path: String, rows: i64, bytes: i64, head: String },
        /// Nobody chose a place.
        NotChosen,
        Cancelled,
        /// The disk is full or the place cannot be written to; nothing was left behind.
        Failed { message: String, disk_full: bool },
        /// So many lines are too many for paper; said before anybody chose a place.
        TooLong { rows: i64, limit: i64 },
    }

    /// While one is being written.
    pub struct ExportProgress {
        pub done: i64,
        pub total: i64,
    }

    /// What a list to import holds.
    pub struct ImportPreview {
        /// Names this file to `import_consents`.
        pub id: String,
        pub filename: String,
        /// `csv` or `vcard`.
        pub format: String,
        pub columns: Vec<String>,
        /// Column for number, name, language, date; -1: none. As guessed.
        pub mapping: ImportMapping,
        /// The first rows, as read.
        pub sample: Vec<Vec<String>>,
        pub counts: ImportCounts,
        /// The first hundred that cannot be taken.
        pub bad: Vec<BadRow>,
    }

    #[derive(Copy, Eq)]
    pub struct ImportMapping {
        pub phone: i64,
        pub name: i64,
        pub language: i64,
        pub date: i64,
    }

    #[derive(Default, Copy, Eq)]
    pub struct ImportCounts {
        pub rows: i64,
        pub good: i64,
        pub bad: i64,
        /// Known already, under any spelling.
        pub known: i64,
        /// Out or suppressed: skipped.
        pub suppressed: i64,
        /// The same number twice in this file.
        pub twice: i64,
    }

    pub struct BadRow {
        pub line: i64,
        pub text: String,
        pub why: NumberProblem,
    }

    /// What is asked once per file.
    pub struct ImportBatch {
        pub id: String,
        pub mapping: ImportMapping,
        /// ISO 3166, for numbers without a country code.
        pub country: String,
        /// Where the list comes from, in the shop's words.
        pub source: String,
        pub consented_at: Option<i64>,
        pub purposes: Vec<String>,
        pub wording: Option<WordingRef>,
        /// A file that proves it; without one every row is claimed.
        pub evidence: Option<String>,
    }

    /// Bad rows are in `bad`, the good ones went in.
    pub struct ImportResult {
        pub counts: ImportCounts,
        pub bad: Vec<BadRow>,
        pub cancelled: bool,
        pub refused: Option<ConsentRefusal>,
    }

    /// Before somebody is erased: what would go.
    pub struct ErasurePreview {
        pub name: PersonName,
        pub messages: i64,
        pub files: i64,
        pub notes: i64,
        pub consents: i64,
        /// The customer service window is open, or something is on its way to them.
        pub warnings: Vec<String>,
    }

    /// Evidence whose time is over.
    pub struct DueRow {
        pub customer_id: i64,
        pub name: PersonName,
        pub entry: String,
        pub event: String,
        pub evidence: Vec<EvidenceView>,
        pub due_at: i64,
        /// `withdrawn`, `unused`, `claimed`.
        pub why: String,
    }

    /// How long proof is kept.
    pub struct Retention {
        /// ISO 3166.
        pub country: String,
        /// Years after the end of the year of the last use or the withdrawal.
        pub years: i64,
        /// As proposed for that country, with the source of the figure.
        pub preset_years: i64,
        pub source: String,
        /// A spoken consent may carry advertising.
        pub weak_offers: bool,
    }
}
