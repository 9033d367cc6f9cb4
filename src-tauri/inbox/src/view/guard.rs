//! What the guard says about a send, what became of it, and what the owner may set.

crossing! {
    #[derive(Copy, Eq, Hash, PartialOrd, Ord)]
    #[serde(rename_all = "snake_case")]
    pub enum GuardLevel {
        Allow,
        /// Staff may send all the same, with a reason.
        Warn,
        /// Nobody may: what is wrong has to be put right first.
        Block,
    }

    /// Why. The first five block, the rest warn.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum GuardCode {
        /// Number: hours since the stop, 0 where only the ledger knows of it.
        OptedOut,
        NoOptIn,
        WindowClosed,
        /// Number: hours until it may be tried again.
        RetryTooSoon,
        TemplateState,
        /// Number: the how-many-eth person today this would be with nearly the same text.
        MassSimilar,
        /// Number: the how-many-eth person today this would be with the same file.
        MassMedia,
        /// Number: how many of these people did not ask for it, this one included.
        Unasked,
        /// Number: the how-many-eth person with unasked advertising, today or (slow drip) in seven days.
        Promo,
        /// Number: people who got advertising in a utility template, this one included.
        PromoInUtility,
        /// Number: people with a link to the same address, this one included.
        Link,
        /// The link hides where it leads. Number: as for `Link`.
        Shortener,
        /// Faster than a person writes. Number: seconds for the last three messages.
        Velocity,
        /// Letters that only look like letters, or characters nobody sees. Number: people, this one included.
        Obfuscated,
        /// Number: how many of these people we never heard from before today.
        NewContacts,
        Shouting,
        NoIdentity,
        NoOptOutHint,
        /// Number: people who got forbidden words, this one included.
        Forbidden,
        /// The rating of the number.
        Quality,
        /// Meta refused for spam (131048). Number: hours since.
        RecentSpamError,
        /// Number: people who opted out after this content.
        RecentOptOuts,
        /// Number: people of the messaging limit in use.
        Tier,
        /// Number: the how-many-eth marketing message without an answer in seven days this would be.
        Frequency,
    }

    #[derive(Copy, Eq)]
    pub struct GuardReason {
        pub code: GuardCode,
        /// See [`GuardCode`]; 0 where a code has none.
        pub number: i64,
    }

    /// What is to be said about a send.
    pub struct GuardVerdict {
        /// Of the warning in the audit: goes with the words "send anyway". Empty for a look while somebody writes.
        pub id: String,
        pub level: GuardLevel,
        /// Heaviest first; three are enough to show.
        pub reasons: Vec<GuardReason>,
        /// A dialog; otherwise, unless allowed, a line above the composer.
        pub interrupt: bool,
        /// People who got this content unasked in 24 hours, this one included.
        pub people: i64,
        /// Their weights together, and the weight from which on the guard warns.
        pub weight: f64,
        pub threshold: f64,
        /// Passages of the text that somebody should look at once more.
        pub findings: Vec<ContentFinding>,
    }

    /// A passage of a text, and what is the matter with it. A hint, never a change.
    pub struct ContentFinding {
        pub kind: ContentKind,
        /// UTF-16 code units, as the window counts.
        pub start: i64,
        pub end: i64,
    }

    #[derive(Copy, Eq, Hash, PartialOrd, Ord)]
    #[serde(rename_all = "snake_case")]
    pub enum ContentKind {
        Unlawful,
        Insulting,
        Discriminating,
        Violent,
        Sexual,
        /// Goods that WhatsApp lets nobody sell (Meta, "Commerce Policy").
        Prohibited,
        /// "Is it true?": said only of texts to many.
        Price,
        Date,
        Health,
        /// Said only of names: what is not true of a shop, and what makes a scandal.
        Misleading,
    }

    /// Where a text stands that customers see.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum NamePlace {
        TemplateName,
        Label,
        GroupSubject,
    }

    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum OverrideReason {
        /// They asked for it, by telephone or in the shop.
        Asked,
        /// It belongs to an order or an appointment.
        Order,
        Emergency,
        Other,
    }

    /// "Send anyway."
    pub struct GuardOverride {
        /// `GuardVerdict::id`.
        pub id: String,
        pub reason: OverrideReason,
        /// In their words; needed where the reason is another.
        pub text: String,
    }

    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum AuditOutcome {
        /// The dialog was shown and nothing was sent.
        NotSent,
        /// A line stood above the composer, and it was sent.
        Sent,
        /// Sent all the same, with a reason.
        Overridden,
        /// The same, or with the line, and it came back before it left.
        TakenBack,
        Blocked,
    }

    /// A warning, an override, or a block.
    pub struct AuditEntry {
        pub id: String,
        pub at: i64,
        pub staff: String,
        /// The customer's thread, where it is still there.
        pub thread_id: Option<i64>,
        /// As the customer is called now.
        pub customer: String,
        pub level: GuardLevel,
        pub reasons: Vec<GuardReason>,
        pub people: i64,
        pub weight: f64,
        pub threshold: f64,
        /// Of the text, so that equal texts can be told without keeping them here.
        pub digest: String,
        pub outcome: AuditOutcome,
        pub reason: Option<OverrideReason>,
        pub text: String,
        /// What was sent, where it was.
        pub message_id: Option<i64>,
        pub batch_id: Option<String>,
    }

    #[derive(Default)]
    pub struct AuditQuery {
        /// In a customer's name or number, a staff name, an override's words.
        pub words: String,
        pub staff: Option<String>,
        /// `2026-11`, in the laptop's time zone; `from` and `to` (exclusive) are its moments.
        pub from: Option<i64>,
        pub to: Option<i64>,
        pub outcome: Option<AuditOutcome>,
        pub code: Option<GuardCode>,
    }

    /// Where a page of the audit ended.
    pub struct AuditCursor {
        pub at: i64,
        pub id: String,
    }

    pub struct AuditPage {
        pub entries: Vec<AuditEntry>,
        pub next: Option<AuditCursor>,
    }

    /// What one member of staff was told within a span, and did.
    pub struct AuditFigures {
        pub staff: String,
        pub lines: i64,
        pub not_sent: i64,
        pub taken_back: i64,
        pub overridden: i64,
        /// Of the overridden: because they had asked for it. More than half: the threshold may be too low.
        pub asked: i64,
        pub blocked: i64,
    }

    /// A threshold of the guard (`spam_guard::Limits`) that the owner may change within bounds.
    pub struct GuardSetting {
        /// The field's name.
        pub key: String,
        /// A switch is 0 or 1.
        pub value: f64,
        pub usual: f64,
        pub least: f64,
        pub most: f64,
        pub step: f64,
        pub is_switch: bool,
    }

    /// Words that are pointed out before a send.
    pub struct WordList {
        /// BCP 47.
        pub language: String,
        pub kind: ContentKind,
        pub words: Vec<String>,
        /// The shop changed the list that came with the app.
        pub is_own: bool,
    }
}
