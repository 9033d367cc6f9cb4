//! The thread list and the head of a thread.

use super::{AttachmentView, DeliveryState, Refusal};

crossing! {
    /// Which threads, and in which order. Pinned ones come first.
    #[derive(Default)]
    pub struct ThreadQuery {
        /// `None`: everything that is neither done nor asleep.
        pub section: Option<Section>,
        pub sort: ThreadSort,
        /// Only what this staff member has not read.
        pub unread: bool,
        /// Only threads of this staff member; empty text: of nobody.
        pub assignee: Option<String>,
        /// Only customers with this label.
        pub label: Option<String>,
        /// Only threads of this business number.
        pub number_id: Option<i64>,
    }

    /// Where a thread stands. Follows from facts and the time; nothing sets it.
    #[derive(Copy, Eq, Hash)]
    #[serde(rename_all = "snake_case")]
    pub enum Section {
        /// The window is open, closes within the time set for "soon", and the customer waits for an answer.
        ClosingSoon,
        /// Open window, and the customer wrote last (or our answer failed).
        WaitingForUs,
        /// Open window, and we wrote last.
        WaitingForThem,
        /// Only a template can be sent.
        Closed,
        Snoozed,
        Done,
    }

    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "snake_case")]
    pub enum ThreadSort {
        /// Newest activity first.
        #[default]
        Newest,
        /// Whose window closes first; closed ones behind, the last closed first.
        Closing,
    }

    /// How many threads stand where, each counted up to 1,000.
    #[derive(Default)]
    pub struct SectionCounts {
        /// Neither done nor asleep.
        pub all: i64,
        pub closing_soon: i64,
        pub waiting_for_us: i64,
        pub waiting_for_them: i64,
        pub closed: i64,
        pub snoozed: i64,
        pub done: i64,
        /// Unread by this staff member, among those that are not done.
        pub unread: i64,
        /// Assigned to this staff member and not done.
        pub mine: i64,
    }

    /// What staff does with a thread.
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum MarkChange {
        /// Comes back by itself when the customer writes again or a message of ours fails.
        Done,
        /// Neither done nor asleep any more.
        Reopen,
        Snooze { until: i64 },
        Pin { on: bool },
        /// Empty: nobody.
        Assign { staff: String },
        /// The newest inbound message counts as unread again, for this staff member.
        Unread,
    }

    /// One of the business's own numbers.
    pub struct OwnNumber {
        pub number_id: i64,
        pub phone_number_id: String,
        pub display: String,
        /// The account set up here may send from it.
        pub connected: bool,
    }

    /// A page of the thread list.
    pub struct ThreadPage {
        pub rows: Vec<ThreadRow>,
        /// Pass as `before` for the next page; `None` at the end.
        pub next: Option<ThreadCursor>,
    }

    pub struct ThreadCursor {
        pub pinned: bool,
        /// What the list is sorted by.
        pub key: i64,
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
        /// The first line of the words in the composer, where there are some.
        pub draft: Option<String>,
        pub section: Section,
        pub pinned: bool,
        pub assignee: Option<String>,
        pub snoozed_until: Option<i64>,
        /// Since when the customer waits: the oldest inbound message behind our last answer.
        pub waiting_since: Option<i64>,
        pub labels: Vec<String>,
        /// As BCP 47, where it is known.
        pub language: Option<String>,
        pub blocked: bool,
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
        pub number_id: i64,
        pub window: WindowView,
        pub draft: String,
        /// Files put beside the draft, not sent yet.
        pub attachments: Vec<AttachmentView>,
        pub unread: i64,
        /// The oldest message this staff member has not read.
        pub first_unread: Option<i64>,
        pub section: Section,
        pub pinned: bool,
        pub assignee: Option<String>,
        pub snoozed_until: Option<i64>,
        pub waiting_since: Option<i64>,
        pub labels: Vec<String>,
        pub language: Option<String>,
        pub blocked: bool,
        /// What a text sent now would meet: empty means allowed.
        pub text_refused: Vec<Refusal>,
    }
}
