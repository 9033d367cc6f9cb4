//! Everything that happens is a fact: a webhook arrived, staff queued a message, Meta answered.
//!
//! Facts may come in any order and any number of times; [`crate::apply`] makes the same store of them.
//! So a fact says when and to whom it happened, and never "the last one" or "now".
//! Times are Unix milliseconds, UTC, of the platform's clock.

use crate::{
    batch,
    ledger::{Known, LedgerEntry},
    view::SkipReason,
};
use cloud_api::webhook::{
    Content, Context, MetaError, NoticeKind, Peer, Pricing, StatusKind, TemplateChange,
};
use serde_json::Value;
use store::{Connection, Result, number};

#[derive(Debug, Clone)]
pub struct Fact {
    /// The business number it happened on; empty where it concerns the whole account.
    pub number: Number,
    pub kind: FactKind,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Number {
    pub phone_number_id: String,
    pub display: String,
}

#[derive(Debug, Clone)]
pub enum FactKind {
    Said(Said),
    Reacted {
        peer: Peer,
        by_us: bool,
        target: String,
        emoji: Option<String>,
        at: i64,
    },
    Edited {
        target: String,
        content: Content,
        at: i64,
    },
    Revoked {
        target: String,
        at: i64,
    },
    Ticked(Tick),
    Named {
        peer: Peer,
        parent_bsuid: Option<String>,
        field: NameField,
        value: String,
        at: i64,
    },
    /// The ids of this peer were seen together.
    Met {
        peer: Peer,
        at: i64,
    },
    IdentityChanged {
        wamid: String,
        old: Peer,
        new: Peer,
        body: String,
        at: i64,
        arrived: i64,
    },
    Called {
        id: String,
        peer: Peer,
        event: String,
        from_customer: bool,
        opens_window: bool,
        at: i64,
        arrived: i64,
    },
    Preferred {
        peer: Peer,
        category: String,
        value: String,
        at: i64,
    },
    TemplateTold {
        waba_id: String,
        name: String,
        language: String,
        template_id: Option<String>,
        change: TemplateChange,
        at: i64,
    },
    TemplatesListed {
        waba_id: String,
        templates: Vec<ListedTemplate>,
        /// How many Meta says there are, where it says so.
        total: Option<i64>,
        at: i64,
    },
    /// Staff wants a template at hand, or no more.
    TemplateFavoured {
        waba_id: String,
        name: String,
        language: String,
        on: bool,
        at: i64,
    },
    /// Staff says that a template is still right.
    TemplateChecked {
        waba_id: String,
        name: String,
        language: String,
        at: i64,
    },
    /// Meta took an edit of a template that was approved.
    TemplateEdited {
        waba_id: String,
        template_id: String,
        at: i64,
    },
    /// How many customers the account may write to outside their windows in 24 hours, as Meta words it.
    LimitTold {
        waba_id: String,
        limit: String,
        at: i64,
    },
    /// A template being written, JSON of `view::TemplateDraft`; an empty one was handed in or thrown away.
    TemplateDrafted {
        id: String,
        json: String,
        at: i64,
    },
    Noticed {
        waba_id: String,
        kind: NoticeKind,
        event: String,
        detail: Value,
        at: i64,
    },
    /// Meta answered 131047 to a send: the window is closed, whatever we counted.
    WindowClosed {
        source: String,
        peer: Peer,
        at: i64,
    },
    Queued(Queued),
    AttemptStarted {
        outbox_id: String,
        n: i64,
        at: i64,
    },
    AttemptEnded {
        outbox_id: String,
        n: i64,
        end: AttemptEnd,
        at: i64,
    },
    /// Back to the composer: undone, or its window closed while it waited.
    Returned {
        outbox_id: String,
        at: i64,
    },
    /// A person let a doubtful one rest.
    LeftDoubtful {
        outbox_id: String,
        at: i64,
    },
    Drafted {
        peer: Peer,
        text: String,
        at: i64,
    },
    /// What is filled into a template for this customer, JSON of a list of `view::SlotValue`; empty: nothing, or it
    /// was sent.
    FilledIn {
        peer: Peer,
        name: String,
        language: String,
        values: String,
        at: i64,
    },
    /// This staff member has seen what had arrived by `arrived`. The latest word wins.
    Seen {
        peer: Peer,
        staff: String,
        arrived: i64,
        at: i64,
    },
    /// What staff did with a thread.
    Marked {
        peer: Peer,
        mark: Mark,
        at: i64,
    },
    /// What staff wrote down about a customer.
    Described {
        peer: Peer,
        what: Trait,
        value: String,
        at: i64,
    },
    /// An internal note; said again with a later `at` it is changed, with an empty text it is gone.
    Noted {
        id: String,
        peer: Peer,
        staff: String,
        text: String,
        written_at: i64,
        at: i64,
    },
    /// Staff said that two identifiers are one customer, or took that back.
    Merged {
        id: String,
        a: Peer,
        b: Peer,
        made_at: i64,
        undone: bool,
        at: i64,
    },
    /// A text for often; an empty one is gone.
    QuickReplySaved {
        id: String,
        shortcut: String,
        text: String,
        at: i64,
    },
    /// The guard warned staff of a send, or refused it.
    Warned(Warned),
    /// Sent all the same, as somebody answers for. `id`: of what was warned of; `outbox_id`: what was sent, or a batch.
    Insisted {
        id: String,
        outbox_id: String,
        /// `asked`, `order`, `emergency`, `other`.
        reason: String,
        text: String,
        at: i64,
    },
    /// Everything about whoever is known by these goes, up to `at`, and stays away however late it arrives.
    Erased {
        identifiers: Vec<Known>,
        at: i64,
    },
    /// An entry of a consent ledger, of whichever device.
    Recorded(LedgerEntry),
    /// A template to many.
    BatchMade(batch::Made),
    /// It goes, stands still, or is over. The latest word wins.
    BatchTold(batch::Told),
    /// Somebody of it was passed over while it was on its way.
    BatchSkipped {
        id: String,
        n: i64,
        why: SkipReason,
        at: i64,
    },
    HoldSet {
        code: i64,
        at: i64,
    },
    HoldLifted {
        at: i64,
    },
}

/// What staff did with a thread. `arrived` is the newest arrival there was: what comes later undoes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    Open,
    Done {
        arrived: i64,
    },
    Snoozed {
        until: i64,
        arrived: i64,
    },
    Pinned(bool),
    /// Empty: nobody.
    Assigned(String),
    /// Meta confirmed that this business number blocks the customer, or no more.
    Blocked(bool),
}

/// What can be written down about a customer; each is a field of the `profile` table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trait {
    /// BCP 47.
    Language,
    Note,
    /// `1` or empty, per label.
    Label(String),
}

/// A message, whoever wrote it.
#[derive(Debug, Clone)]
pub struct Said {
    pub wamid: String,
    pub peer: Peer,
    pub by: By,
    pub content: Content,
    /// Clipped to arrival where Meta's timestamp lies in the future.
    pub at: i64,
    /// Meta's `timestamp` was readable: only then may it open a window.
    pub timed: bool,
    /// The relay's milliseconds times 1000, plus the place in the body.
    pub arrived: i64,
    pub context: Option<Context>,
    pub referral: Option<Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Customer,
    /// Staff, on the shop's phone.
    Phone,
    /// Imported: the customer's, or ours.
    HistoryIn,
    HistoryOut,
}

#[derive(Debug, Clone)]
pub struct Tick {
    pub wamid: String,
    pub kind: StatusKind,
    pub recipient: Peer,
    pub callback_data: Option<String>,
    pub error: Option<MetaError>,
    pub pricing: Option<Pricing>,
    pub at: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameField {
    /// What the customer calls himself.
    Name,
    Username,
    /// The phone's address book, or what the shop calls him.
    Book,
}

impl NameField {
    pub(crate) fn column(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Username => "username",
            Self::Book => "book",
        }
    }
}

/// One template of a complete list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedTemplate {
    pub id: String,
    pub name: String,
    pub language: String,
    pub status: String,
    pub category: String,
    pub quality: String,
    pub components: Value,
    pub format: String,
    pub rejected_reason: Option<String>,
    /// The category Meta will move it to.
    pub correct_category: Option<String>,
}

/// Staff wants this sent.
#[derive(Debug, Clone)]
pub struct Queued {
    pub outbox_id: String,
    pub peer: Peer,
    /// JSON of `cloud_api::client::OutgoingContent`.
    pub content: String,
    /// What the bubble shows, JSON of `view::Body`.
    pub bubble: String,
    pub kind: String,
    pub body: String,
    pub reply_wamid: String,
    pub staff: String,
    pub at: i64,
    /// End of the undo delay.
    pub leaves_at: i64,
    /// Of the file that goes with it, hex of SHA-256; empty: there is none.
    pub digest: String,
}

/// What the guard said about one send, or about a whole batch. Every fact under one id says the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Warned {
    pub id: String,
    /// Whom it would have gone to; `None`: a batch.
    pub peer: Option<Peer>,
    pub at: i64,
    pub staff: String,
    /// Nothing overrides it.
    pub block: bool,
    /// JSON of `view::GuardReason`s, heaviest first.
    pub reasons: String,
    /// What it was about: one value per crowd or state.
    pub episode: i64,
    /// People in that.
    pub reached: i64,
    pub people: i64,
    pub weight: f64,
    pub threshold: f64,
    /// Of what was to be sent, hex of SHA-256.
    pub digest: String,
    /// Staff was asked. Otherwise a line stood above the composer, and it was sent as `outbox_id`.
    pub dialog: bool,
    pub outbox_id: String,
    pub batch_id: String,
}

/// How one HTTP attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptEnd {
    Accepted {
        wamid: String,
        held: bool,
    },
    /// Meta said no, for good.
    Refused {
        code: i64,
        title: String,
        details: String,
    },
    /// Meta said not now.
    Later {
        code: i64,
        title: String,
        details: String,
        retry_at: i64,
    },
    /// It certainly never left.
    NotSent {
        reason: String,
        retry_at: i64,
    },
    /// It may have arrived.
    Doubtful {
        reason: String,
    },
}

impl Number {
    /// The business number of a stored row.
    pub(crate) fn stored(db: &Connection, number_id: i64) -> Result<Self> {
        let (phone_number_id, display) = number::get(db, number_id)?;
        Ok(Self {
            phone_number_id,
            display,
        })
    }
}

impl Fact {
    pub fn new(number: &Number, kind: FactKind) -> Self {
        Self {
            number: number.clone(),
            kind,
        }
    }

    /// A short name for logs and the `ingest` program.
    pub fn name(&self) -> &'static str {
        match &self.kind {
            FactKind::Said(said) => match said.by {
                By::Customer => "message",
                By::Phone => "echo",
                By::HistoryIn | By::HistoryOut => "history",
            },
            FactKind::Reacted { .. } => "reaction",
            FactKind::Edited { .. } => "edit",
            FactKind::Revoked { .. } => "revoke",
            FactKind::Ticked(_) => "status",
            FactKind::Named { .. } => "profile",
            FactKind::Met { .. } => "identity",
            FactKind::IdentityChanged { .. } => "identity_change",
            FactKind::Called { .. } => "call",
            FactKind::Preferred { .. } => "user_preference",
            FactKind::TemplateTold { change, .. } => match change {
                TemplateChange::Status { .. } => "template_status",
                TemplateChange::Quality { .. } => "template_quality",
                TemplateChange::Components { .. } => "template_components",
                TemplateChange::Category { .. } => "template_category",
            },
            FactKind::TemplatesListed { .. } => "template_list",
            FactKind::TemplateFavoured { .. } => "template_favoured",
            FactKind::TemplateChecked { .. } => "template_checked",
            FactKind::TemplateEdited { .. } => "template_edited",
            FactKind::LimitTold { .. } => "limit",
            FactKind::TemplateDrafted { .. } => "template_drafted",
            FactKind::Noticed { kind, .. } => notice_name(*kind),
            FactKind::WindowClosed { .. } => "window_closed",
            FactKind::Queued(_) => "queued",
            FactKind::AttemptStarted { .. } => "attempt_started",
            FactKind::AttemptEnded { .. } => "attempt_ended",
            FactKind::Returned { .. } => "returned",
            FactKind::LeftDoubtful { .. } => "left_doubtful",
            FactKind::Drafted { .. } => "draft",
            FactKind::FilledIn { .. } => "filled_in",
            FactKind::Seen { .. } => "seen",
            FactKind::Marked { .. } => "mark",
            FactKind::Described { .. } => "described",
            FactKind::Noted { .. } => "note",
            FactKind::Merged { .. } => "merge",
            FactKind::QuickReplySaved { .. } => "quick_reply",
            FactKind::Warned(_) => "warned",
            FactKind::Insisted { .. } => "insisted",
            FactKind::Erased { .. } => "erased",
            FactKind::Recorded(_) => "recorded",
            FactKind::BatchMade(_) => "batch_made",
            FactKind::BatchTold(_) => "batch_told",
            FactKind::BatchSkipped { .. } => "batch_skipped",
            FactKind::HoldSet { .. } => "hold_set",
            FactKind::HoldLifted { .. } => "hold_lifted",
        }
    }
}

/// The word for a kind of notice, also its `kind` in the store.
pub fn notice_name(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::AccountUpdate => "account_update",
        NoticeKind::AccountAlert => "account_alert",
        NoticeKind::AccountReview => "account_review",
        NoticeKind::AccountSettings => "account_settings",
        NoticeKind::AccountError => "account_error",
        NoticeKind::Capability => "capability",
        NoticeKind::NumberQuality => "number_quality",
        NoticeKind::NumberName => "number_name",
        NoticeKind::Security => "security",
        NoticeKind::Handover => "handover",
        NoticeKind::Flow => "flow",
        NoticeKind::BusinessUsername => "business_username",
        NoticeKind::HistoryImport => "history_import",
    }
}
