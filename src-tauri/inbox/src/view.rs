//! What crosses to the window, and nothing else does.
//!
//! Every type here is exported to `ui/src/backend/generated/`; a test fails when those files are stale.
//! Times are Unix milliseconds on the **platform's** clock, UTC. Ids are local to this machine.

use serde::{Deserialize, Serialize};
#[cfg(test)]
use ts_rs::TS;

macro_rules! crossing {
    ($($item:item)*) => {$(
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(test, derive(TS), ts(export))]
        $item
    )*};
}

crossing! {
    /// Where the app stands when its window opens.
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum StartState {
        /// The store is open.
        Ready { profile: Profile, needs_number: bool },
        /// First start: nothing chosen yet.
        Choose,
        /// The system keyring answers, but is locked.
        KeyringLocked { has_store: bool },
        /// No keyring service, or it did not answer in time.
        KeyringMissing { has_store: bool, timed_out: bool },
        /// The key of an existing store is not in the keyring.
        KeyMissing,
        /// This store is opened with a passphrase.
        PassphraseNeeded { wrong: bool },
        /// The file cannot be read as a database; it was set aside under `set_aside`.
        Damaged { set_aside: String, backup_at: Option<i64> },
        /// The store was written by a newer Guichet.
        TooNew,
        /// Anything else that stops the start, in a sentence for support.
        Failed { message: String },
    }

    #[serde(rename_all = "snake_case")]
    pub enum Profile {
        Practice,
        Shop,
    }

    /// A page of the thread list, newest activity first.
    pub struct ThreadPage {
        pub rows: Vec<ThreadRow>,
        /// Pass as `before` for the next page; `None` at the end.
        pub next: Option<ThreadCursor>,
    }

    pub struct ThreadCursor {
        pub last_at: i64,
        pub thread_id: i64,
    }

    pub struct ThreadRow {
        pub thread_id: i64,
        pub name: PersonName,
        /// The business number's display form, for shops with several.
        pub number: String,
        pub preview: Preview,
        pub last_at: i64,
        pub unread: i64,
        pub window: WindowView,
        pub has_draft: bool,
    }

    /// The best thing to call a person, and how sure it is.
    pub struct PersonName {
        /// Name, else @username, else number, else a short form of the BSUID.
        pub text: String,
        /// `+` and digits, where a number is known.
        pub phone: Option<String>,
        pub username: Option<String>,
    }

    /// The last line of a thread.
    #[derive(Default)]
    pub struct Preview {
        pub text: String,
        /// What kind of message it is, for an icon and a word ("Photo") where the text is empty.
        pub kind: String,
        pub outgoing: bool,
        pub state: Option<DeliveryState>,
    }

    /// The customer service window of one thread.
    #[serde(tag = "state", rename_all = "snake_case")]
    pub enum WindowView {
        /// `refuse_from`: free text is refused from here on, a little before the end.
        Open { closes_at: i64, refuse_from: i64, unsure_since: Option<i64> },
        /// `by_meta`: Meta said so (131047) before our own count ended.
        Closed { since: i64, by_meta: bool, unsure_since: Option<i64> },
        /// The customer never wrote to this number.
        Never { unsure_since: Option<i64> },
    }

    pub struct ThreadHead {
        pub thread_id: i64,
        pub name: PersonName,
        pub number: String,
        pub window: WindowView,
        pub draft: String,
        /// What a text sent now would meet: empty means allowed.
        pub text_refused: Vec<Refusal>,
    }

    /// A page of a conversation, oldest first; ask for older ones with `before`.
    pub struct MessagePage {
        pub rows: Vec<MessageRow>,
        pub before: Option<MessageCursor>,
    }

    pub struct MessageCursor {
        pub at: i64,
        pub arrived: i64,
        pub id: i64,
    }

    pub struct MessageRow {
        pub id: i64,
        pub at: i64,
        pub arrived: i64,
        pub direction: Direction,
        pub body: Body,
        pub quote: Option<Quote>,
        pub reactions: Vec<ReactionView>,
        pub edited: bool,
        pub revoked: bool,
        /// Set for our own messages.
        pub outbox_id: Option<String>,
        pub delivery: Option<Delivery>,
        /// Imported, or written on the shop's phone.
        pub origin: Origin,
        /// Came through an ad or a post: its headline.
        pub referral: Option<String>,
    }

    #[serde(rename_all = "snake_case")]
    pub enum Direction {
        In,
        Out,
        /// A line in the middle: a call, a changed number, Meta closed the window.
        Line,
    }

    #[serde(rename_all = "snake_case")]
    pub enum Origin {
        Live,
        History,
        Phone,
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum Body {
        Text { text: String },
        Media { media: MediaView },
        Location { latitude: f64, longitude: f64, name: Option<String>, address: Option<String> },
        Contacts { names: Vec<String> },
        /// A tapped button or a chosen list row.
        Choice { title: String, description: Option<String> },
        Flow { name: String, text: String },
        Order { items: i64, text: String },
        Template { name: String, text: String, header: Option<String>, footer: Option<String>, buttons: Vec<String> },
        Buttons { text: String, buttons: Vec<String> },
        Call { event: String, from_customer: bool },
        NumberChanged { text: String },
        WindowClosedByMeta,
        System { text: String },
        /// Cannot be shown here; `what` is Meta's word for it.
        Unsupported { what: String },
    }

    pub struct MediaView {
        pub kind: String,
        pub caption: Option<String>,
        pub filename: Option<String>,
        pub mime_type: Option<String>,
        /// Bytes are in the store: ask `media(message_id)`.
        pub stored: bool,
        pub voice: bool,
    }

    pub struct Quote {
        /// `None` where the quoted message is not in the store.
        pub message_id: Option<i64>,
        pub text: String,
        pub outgoing: bool,
    }

    pub struct ReactionView {
        pub emoji: String,
        pub outgoing: bool,
    }

    pub struct Delivery {
        pub state: DeliveryState,
        /// While undo is possible: when it leaves.
        pub leaves_at: Option<i64>,
        pub sent_at: Option<i64>,
        pub delivered_at: Option<i64>,
        pub read_at: Option<i64>,
        pub failure: Option<Failure>,
    }

    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum DeliveryState {
        Queued,
        Sending,
        Accepted,
        /// Meta holds it for quality assessment.
        Held,
        Sent,
        Delivered,
        Read,
        Played,
        Failed,
        /// No answer from Meta: it may have arrived.
        Doubtful,
        /// A person let a doubtful one rest.
        LeftDoubtful,
        /// Went back to the composer: undone, or its window closed while it waited.
        Returned,
    }

    pub struct Failure {
        pub code: i64,
        /// Key of the sentence in `messages/*.json`.
        pub name: String,
        pub details: Option<String>,
    }

    /// Why a send is refused. The window shows one sentence and a next step for each.
    #[serde(tag = "reason", rename_all = "snake_case")]
    pub enum Refusal {
        WindowClosed { since: i64, by_meta: bool },
        WindowNever,
        /// The last seconds before the end: Meta checks when it processes.
        WindowEnding { closes_at: i64 },
        Empty,
        TooLong { length: i64, limit: i64 },
        /// Several values of a template are missing, or hold what Meta refuses.
        TemplateValues { slots: Vec<String> },
        TemplateUnknown,
        /// `status` is Meta's: PAUSED, REJECTED, DISABLED …
        TemplateNotApproved { status: String },
        /// All sending stands still; `name` is a key of the error table.
        OnHold { code: i64, name: String, since: i64 },
        /// A group thread, or a peer that cannot be addressed.
        NoRecipient,
        /// The time is not known well enough: the platform has not been reached since the start.
        ClockUnknown,
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum SendResult {
        Queued { outbox_id: String, leaves_at: i64 },
        Refused { reasons: Vec<Refusal> },
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum UndoResult {
        /// The text is back in the draft.
        Returned { text: String },
        /// Too late: it has left.
        Gone,
    }

    pub struct TemplateView {
        pub name: String,
        pub language: String,
        pub category: String,
        pub status: String,
        pub quality: String,
        /// Body text with its placeholders.
        pub body: String,
        pub header: Option<TemplateHeaderView>,
        pub footer: Option<String>,
        pub buttons: Vec<String>,
        pub slots: Vec<TemplateSlot>,
        pub selectable: bool,
        /// Approved, but has parts that cannot be filled in here (a file in its header, a coupon, a flow).
        pub needs_more: bool,
    }

    pub struct TemplateHeaderView {
        /// `text`, `image`, `video`, `document`, `location`.
        pub kind: String,
        pub text: Option<String>,
    }

    /// One value to fill in before a template can be sent.
    pub struct TemplateSlot {
        /// Stable key: `body:1`, `body:first_name`, `header:1`, `button:0`.
        pub key: String,
        /// `1` or `first_name`, as in the placeholder.
        pub label: String,
        pub example: Option<String>,
        /// Filled from what is known of this customer, where it is.
        pub proposed: Option<String>,
    }

    pub struct TemplateChoice {
        pub name: String,
        pub language: String,
        pub values: Vec<SlotValue>,
    }

    pub struct SlotValue {
        pub key: String,
        pub text: String,
    }

    pub struct TemplateList {
        pub templates: Vec<TemplateView>,
        pub synced_at: Option<i64>,
    }

    /// How the app knows what time it is at Meta.
    pub struct ClockView {
        /// Platform time now.
        pub now: i64,
        /// Seconds per second: more than 1 only in practice mode.
        pub speed: f64,
        /// How far the laptop's own clock is off (positive: the laptop is ahead), once known.
        pub laptop_ahead_by: Option<i64>,
    }

    /// Whether what customers write reaches this machine.
    pub struct ConnectionView {
        /// The relay last answered, platform time.
        pub relay_reached_at: Option<i64>,
        /// Set once it has been silent for too long: windows are unsure since then.
        pub unsure_since: Option<i64>,
        pub relay_refused: bool,
        /// All sending stands still.
        pub hold: Option<HoldView>,
        /// Sends that need a person's word.
        pub doubtful: i64,
    }

    pub struct HoldView {
        pub code: i64,
        pub name: String,
        pub since: i64,
    }

    /// What changed in the store: ids only, the screen asks for what it shows.
    #[derive(Default)]
    pub struct Change {
        pub threads: Vec<i64>,
        /// Too many to name: reload the list.
        pub all_threads: bool,
        pub templates: bool,
        pub connection: bool,
    }

    pub struct Settings {
        /// `de`, `pt-BR`, `en`; empty follows the system.
        pub language: String,
        /// `light`, `dark`; empty follows the system.
        pub theme: String,
        /// Milliseconds, 0 to 30,000.
        pub undo_ms: i64,
        /// Milliseconds before the end from which free text is refused.
        pub margin_ms: i64,
        /// Tell the customer when staff has read: off unless the shop wants it.
        pub send_read_receipts: bool,
    }

    pub struct SearchPage {
        pub hits: Vec<SearchHit>,
        pub next: Option<i64>,
    }

    pub struct SearchHit {
        pub thread_id: i64,
        pub message_id: i64,
        pub at: i64,
        pub name: String,
        /// Text around the hit; the hit stands between U+0002 and U+0003.
        pub snippet: String,
    }

    /// A refused command. A code exists only where the window acts on it.
    pub struct Problem {
        pub code: ProblemCode,
        pub message: String,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum ProblemCode {
        /// The store is not open yet: show the start screen.
        NotOpen,
        /// What was asked for is gone.
        NotFound,
        /// The disk is full.
        DiskFull,
        /// Only in practice mode.
        PracticeOnly,
        Internal,
    }
}
