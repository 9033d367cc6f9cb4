//! What becomes of a message of ours, and why one is refused.

use super::{AttachmentRefusal, TemplateChoice, TemplateObstacle};

crossing! {
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
        /// A template that Meta refused because it is another one by now: what is different.
        #[serde(default)]
        pub drift: Vec<TemplateDrift>,
        /// Of a template: what was filled in, to be filled in again.
        #[serde(default)]
        pub choice: Option<TemplateChoice>,
    }

    /// How Meta's template differs from what was sent.
    #[serde(tag = "what", rename_all = "snake_case")]
    pub enum TemplateDrift {
        /// There is none of this name in this language.
        Gone { language: String },
        /// PAUSED, REJECTED, …
        Status { status: String, until: Option<i64> },
        /// So many values are asked for now; so many were sent.
        Slots { now: i64, sent: i64 },
        /// The words changed.
        Text,
        /// Heading, buttons or cards are of other kinds.
        Parts,
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
        TemplateValues { slots: Vec<SlotRefusal> },
        TemplateUnknown,
        /// `status` is Meta's: PAUSED, REJECTED, DISABLED …
        TemplateNotApproved { status: String },
        /// It is approved, and cannot be sent all the same.
        TemplateObstacle { obstacle: TemplateObstacle },
        /// All sending stands still; `name` is a key of the error table.
        OnHold { code: i64, name: String, since: i64 },
        /// A group thread, or a peer that cannot be addressed.
        NoRecipient,
        /// We blocked this customer.
        Blocked,
        /// Nothing is sent from this number of ours: it is not, or no longer, connected.
        NotConnected { number: String },
        /// The person wants no such messages any more: `scope` is a purpose or `all`. There is no way round it.
        /// `erased`: nobody said so; all that was held went, and whoever was erased is not written to first.
        OptedOut { scope: String, since: i64, erased: bool },
        /// No opt-in that a template of this kind may rest on. `state` and `why_not` are of the purpose it needs, `label`
        /// is what the shop calls it; empty for the four that every shop has.
        NoOptIn { purpose: String, label: String, state: super::ConsentState, why_not: Option<super::NotUsable> },
        /// The guard refuses it, for a reason that no rule above names.
        Guard { reasons: Vec<super::GuardReason> },
        /// A file beside the text cannot be sent.
        Attachment { id: String, why: AttachmentRefusal },
        /// The time is not known well enough: the platform has not been reached since the start.
        ClockUnknown,
    }

    pub struct SlotRefusal {
        pub key: String,
        pub why: SlotFault,
    }

    /// Why a value cannot stand in its slot.
    #[serde(tag = "fault", rename_all = "snake_case")]
    pub enum SlotFault {
        Empty,
        LineBreak,
        Tab,
        /// More than four spaces in a row.
        Spaces,
        /// With all values filled in the part has `length` characters, and may have `limit`.
        TooLong { length: i64, limit: i64 },
        SpaceInAddress,
        /// No number, or none of this kind (degrees).
        NotANumber,
        /// No moment, or one that has passed.
        NotAMoment,
        /// The file is not on this machine any more.
        FileGone,
        /// The slot takes another kind of file.
        FileKind { kind: String },
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum SendResult {
        Queued { outbox_id: String, leaves_at: i64 },
        Refused { reasons: Vec<Refusal> },
        /// The guard asks first. Nothing was sent; the words stay where they are.
        Warned { verdict: super::GuardVerdict },
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum UndoResult {
        /// The text is back in the draft.
        Returned { text: String },
        /// Too late: it has left.
        Gone,
    }
}
