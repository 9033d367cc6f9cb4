//! A template to many: who, what, and how far it is. No batch of free text exists.

use super::{
    Body, ConsentState, GuardCode, GuardOverride, GuardVerdict, Refusal, SlotRefusal,
    TemplateChoice,
};

crossing! {
    /// Whom a batch is for; what is empty narrows nothing.
    #[derive(Default)]
    pub struct Segment {
        /// Bears at least one of these.
        pub labels: Vec<String>,
        /// And none of these.
        pub without_labels: Vec<String>,
        /// BCP 47; a bare language takes its regions too.
        pub language: Option<String>,
        /// Last wrote at or after, and before: platform time.
        pub wrote_from: Option<i64>,
        pub wrote_before: Option<i64>,
        /// Agreed to this purpose; empty: whoever, and the preflight says who lacks consent.
        pub purpose: Option<String>,
        /// Exactly where they stand with that purpose.
        pub state: Option<ConsentState>,
    }

    /// What somebody wants to send to many.
    pub struct BatchPlan {
        pub name: String,
        pub number_id: i64,
        pub segment: Segment,
        /// A value may hold `{{name}}` and `{{first_name}}`, filled in per person.
        pub choice: TemplateChoice,
    }

    /// Why somebody of the segment gets nothing.
    #[derive(Copy, Eq, Hash, PartialOrd, Ord)]
    #[serde(rename_all = "snake_case")]
    pub enum SkipReason {
        /// Stopped, or suppressed after an erasure.
        OptedOut,
        NoOptIn,
        Blocked,
        /// Two messages within a week did not reach them (131026).
        Unreachable,
        /// The shop's own cap per day, week or month; Meta's is not active in Europe.
        CappedDay,
        CappedWeek,
        CappedMonth,
        /// Meta withheld marketing within the last 24 hours (131049).
        WithheldByMeta,
        /// Another row of the segment has the same number or is the same customer.
        Duplicate,
        /// A value would be empty: no name is known.
        MissingValue,
        /// No address that a template can go to.
        NoRecipient,
        /// Already got this batch's template in the last 24 hours.
        AlreadySent,
        /// Past the messaging limit.
        OverLimit,
        /// The guard refuses it for this person.
        Guard,
        /// While it was on its way: taken back from the outbox, or no longer to be found.
        ChangedMeanwhile,
    }

    pub struct SkipCount {
        pub why: SkipReason,
        pub people: i64,
    }

    /// What the whole lacks or should be looked at for.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum BatchCheck {
        /// The text does not say which business this is.
        BusinessNameMissing,
        /// Nothing in it says how to stop; needed where it is marketing.
        OptOutHintMissing,
        /// The same words for everybody: nothing is filled in per person.
        SameForEverybody,
        /// Half of them never wrote to us.
        MostlyStrangers,
        /// More than a tenth of the last batch failed, or opted out.
        LastBatchWentBadly,
        /// Outside the shop's own opening hours, or between 21:00 and 8:00 where none are set.
        UnusualHour,
    }

    /// Before anything is sent.
    pub struct Preflight {
        /// People in the segment.
        pub people: i64,
        /// Who gets it.
        pub going: i64,
        /// The most first.
        pub skipped: Vec<SkipCount>,
        /// Why none of it may go at all: a hold, a template that is not approved, a slot that is empty for all.
        pub refusals: Vec<Refusal>,
        pub slots: Vec<SlotRefusal>,
        pub guard: GuardVerdict,
        /// How many of those who would get it each reason of the guard speaks of.
        pub guard_people: Vec<GuardPeople>,
        pub checks: Vec<BatchCheck>,
        /// Customers outside windows in 24 hours that Meta lets us write to; `None`: unlimited, or not told.
        pub limit: Option<i64>,
        /// Of these at least so many are used up: what other tools sent is not known here.
        pub limit_used: i64,
        /// And so many would be used by this batch.
        pub limit_needed: i64,
        /// MARKETING, UTILITY: what Meta charges it as.
        pub category: String,
        /// Those with an open window, for whom a utility template costs nothing extra.
        pub in_window: i64,
        /// Milliseconds from the first to the last, as it is paced.
        pub takes: i64,
    }

    pub struct GuardPeople {
        pub code: GuardCode,
        pub people: i64,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum BatchFilter {
        All,
        Going,
        Skipped,
        /// Of a batch under way: not sent yet.
        Waiting,
        Sent,
        Failed,
        /// It may have arrived.
        Doubtful,
    }

    /// One person of a batch.
    pub struct BatchPerson {
        /// Place in the batch, from 0; also where the next page begins behind.
        pub n: i64,
        pub customer_id: i64,
        pub thread_id: Option<i64>,
        pub name: String,
        /// Number or username, as shown.
        pub address: String,
        pub language: String,
        pub skipped: Option<SkipReason>,
        /// What this person reads; of people who are skipped too.
        pub preview: Option<Body>,
        /// Of a batch under way.
        pub outbox_id: Option<String>,
        pub state: Option<super::DeliveryState>,
        pub failure: Option<super::Failure>,
    }

    pub struct BatchPeople {
        pub people: Vec<BatchPerson>,
        /// `n` of the last one, where there are more.
        pub next: Option<i64>,
    }

    /// "Send it."
    pub struct BatchGo {
        pub plan: BatchPlan,
        /// Who looked whether prices, dates and claims in it are true; needed where it has any.
        pub checked_by: String,
        /// Where the guard warns about the whole.
        pub insisted: Option<GuardOverride>,
        /// How many would get it when it was looked at; if it is another number by now, it is looked at again.
        pub going: i64,
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum BatchStart {
        Started { batch_id: String },
        Refused { reasons: Vec<Refusal> },
        Warned { verdict: GuardVerdict },
        /// Somebody has to say that it is true.
        NotChecked,
        /// Other people than those it was looked at for.
        Changed { going: i64 },
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum BatchState {
        Running,
        Paused,
        Stopped,
        Done,
    }

    /// Why a batch stands still.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum BatchHalt {
        /// Somebody said so.
        Staff,
        /// Meta refused for spam (131048).
        SpamRate,
        /// The account is locked or restricted (131031, 368), or sending is held for another reason.
        AccountLocked,
        /// The rating of the number or the template fell.
        Quality,
        /// Too many of those who got it stopped us.
        OptOuts,
        /// Too many did not arrive.
        Failures,
        /// The template is not approved any more, paused, or another one.
        Template,
        /// Meta's messaging limit is used up.
        Limit,
    }

    pub struct BatchRow {
        pub id: String,
        pub name: String,
        pub template: String,
        pub language: String,
        pub staff: String,
        pub made_at: i64,
        pub state: BatchState,
        pub halt: Option<BatchHalt>,
        /// Since when it is in that state.
        pub since: i64,
        /// Who was to get it when it began; whoever was passed over since is among them, and among `skipped` too.
        pub going: i64,
        pub skipped: i64,
        /// Left the outbox with Meta's yes.
        pub sent: i64,
        pub delivered: i64,
        pub read: i64,
        pub answered: i64,
        pub failed: i64,
        pub doubtful: i64,
        /// Stopped us after they got it.
        pub opt_outs: i64,
        /// When the last one leaves, while it runs.
        pub ends_at: Option<i64>,
        /// Why people were skipped, the most first.
        pub skips: Vec<SkipCount>,
    }

    /// How often one customer may get marketing from us, whatever Meta allows: messages in a day, 7 days, 30 days.
    #[derive(Copy, Eq)]
    pub struct FrequencyCap {
        pub day: i64,
        pub week: i64,
        pub month: i64,
    }
}
