//! The customer panel.

use super::PersonName;

crossing! {
    /// All that is known of the customer of a thread.
    pub struct CustomerView {
        pub name: PersonName,
        /// What the shop calls him; empty: nothing of its own.
        pub given_name: String,
        /// What he calls himself on WhatsApp.
        pub profile_name: Option<String>,
        pub identities: Vec<IdentityView>,
        /// BCP 47; empty: not known.
        pub language: String,
        pub labels: Vec<String>,
        pub note: String,
        pub blocked: bool,
        pub first_contact_at: Option<i64>,
        /// The last customer service windows with this number, newest first.
        pub windows: Vec<WindowSpan>,
        /// Merges made by hand that can be undone.
        pub merges: Vec<MergeView>,
        /// Other customers who may be the same person.
        pub lookalikes: Vec<Lookalike>,
        /// What he told WhatsApp he wants of us (`user_preferences`), as `stop` or `resume`.
        pub marketing: Option<String>,
        pub consent: super::ConsentSummary,
    }

    /// An identifier seen with this customer.
    pub struct IdentityView {
        /// `phone`, `username`, `bsuid`, `parent_bsuid`, `group`.
        pub kind: String,
        /// As received: digits without a plus, a username without the @.
        pub value: String,
        pub first_at: Option<i64>,
        pub last_at: Option<i64>,
        /// Messages go there now.
        pub current: bool,
    }

    /// One customer service window: opened by an inbound message and prolonged by later ones.
    pub struct WindowSpan {
        pub opened_at: i64,
        pub closed_at: i64,
        /// Inbound messages that opened or prolonged it.
        pub messages: i64,
        /// Whether staff answered in it.
        pub answered: bool,
    }

    pub struct MergeView {
        pub merge_id: String,
        pub at: i64,
        /// The names of the two, as they were known by themselves.
        pub names: Vec<String>,
    }

    pub struct Lookalike {
        pub thread_id: i64,
        pub name: PersonName,
        /// `number_variant` (Brazil, Mexico, Argentina), `username`, `name`.
        pub reason: String,
    }

    /// What staff writes down about a customer.
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum CustomerChange {
        Name { text: String },
        Language { tag: String },
        Note { text: String },
        Label { label: String, on: bool },
    }

    pub struct LabelCount {
        pub label: String,
        pub customers: i64,
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum BlockResult {
        Done,
        /// Meta takes blocks only of people who wrote in the last 24 hours.
        NotRecent,
        /// The number of the thread is not connected, or Meta could not be reached.
        NotReached { message: String },
        Refused { code: i64, message: String },
    }
}
