//! Templates and what is filled into them.

crossing! {
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
}
