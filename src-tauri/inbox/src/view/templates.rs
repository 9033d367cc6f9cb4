//! Templates: as the picker and the review show them, what is filled into them, and drafts of new ones.
//!
//! Keys of parts and slots, everywhere the same: `name`, `header`, `body`, `footer`, `button:N`, `offer`,
//! `card:I:…`; a slot adds its label: `header:1`, `body:first_name`, `header:media`,
//! `header:latitude|longitude|place|address`, `button:N` (end of an address, coupon code), `offer:expires`,
//! `card:I:header:media`, `card:I:body:1`, `card:I:button:N`. N and I count from 0. A finding may also concern
//! `language`, `category`, `buttons` (all of them), `cards` (all of them), `card:I`, and `button:N:value` (address, number, code or flow behind a button).

crossing! {
    pub struct TemplateView {
        pub name: String,
        /// As Meta writes it, e.g. `pt_BR`.
        pub language: String,
        /// Meta's id; empty while the template is known from a webhook only.
        pub id: String,
        /// MARKETING, UTILITY, AUTHENTICATION, or a word of Meta's that is new.
        pub category: String,
        pub status: String,
        /// GREEN, YELLOW, RED, UNKNOWN.
        pub quality: String,
        pub parts: TemplateParts,
        pub slots: Vec<TemplateSlot>,
        /// Why it cannot be picked now; none: it can.
        pub obstacle: Option<TemplateObstacle>,
        pub favourite: bool,
        pub last_used_at: Option<i64>,
        /// Last sent to this customer.
        pub used_here_at: Option<i64>,
        pub figures: TemplateFigures,
        /// Meta will move it to another category.
        pub moves_to: Option<CategoryMove>,
        pub rejection: Option<TemplateRejection>,
        /// When staff last said that it is still right.
        pub checked_at: Option<i64>,
        /// When it was first heard of here.
        pub known_since: i64,
        /// What is filled in for this customer and not sent yet, by slot key; stands before what is proposed.
        pub kept: Vec<SlotValue>,
        /// When the last of it was filled in.
        pub kept_at: Option<i64>,
    }

    pub struct TemplateParts {
        pub header: Option<TemplateHeaderView>,
        /// Body text with its placeholders.
        pub body: String,
        pub footer: Option<String>,
        pub buttons: Vec<TemplateButtonView>,
        pub cards: Vec<TemplateCardView>,
        pub offer: Option<TemplateOfferView>,
        /// Meta's words for parts that are new to this version.
        pub unknown: Vec<String>,
    }

    pub struct TemplateHeaderView {
        /// `text`, `image`, `video`, `document`, `location`, `gif`, or Meta's word.
        pub kind: String,
        pub text: Option<String>,
    }

    pub struct TemplateButtonView {
        /// `quick_reply`, `url`, `phone_number`, `copy_code`, `flow`, `request_contact_info`, `voice_call`,
        /// `catalog`, `mpm`, `spm`, `otp`, or Meta's word in lower case.
        pub kind: String,
        pub text: String,
        /// With its placeholder, for `url`.
        pub url: Option<String>,
        pub phone: Option<String>,
    }

    /// One card of a carousel.
    pub struct TemplateCardView {
        pub header: Option<TemplateHeaderView>,
        pub body: String,
        pub buttons: Vec<TemplateButtonView>,
    }

    /// A limited-time offer.
    pub struct TemplateOfferView {
        pub text: String,
        pub has_expiration: bool,
    }

    /// One value to fill in before a template can be sent.
    pub struct TemplateSlot {
        pub key: String,
        pub kind: SlotKind,
        /// `1` or `first_name` as in the placeholder; otherwise the last word of the key.
        pub label: String,
        pub example: Option<String>,
        /// Filled from what is known, where it is.
        pub proposed: Option<String>,
        pub source: Option<SlotSource>,
        /// Characters at most, given what else the part holds when all other slots are empty.
        pub max: Option<i64>,
    }

    #[serde(rename_all = "snake_case")]
    pub enum SlotKind {
        Text,
        /// The end of a button's address.
        UrlSuffix,
        CouponCode,
        /// The value is the id of a file put there by `attach_for_template`.
        Image,
        Video,
        Document,
        /// Degrees, with a point.
        Number,
        /// Unix milliseconds.
        Moment,
    }

    #[serde(rename_all = "snake_case")]
    pub enum SlotSource {
        Customer,
        Shop,
        /// What was filled in when this template was sent last.
        LastTime,
    }

    /// Why a template cannot be picked.
    #[serde(tag = "reason", rename_all = "snake_case")]
    pub enum TemplateObstacle {
        /// Waits for Meta's review.
        InReview,
        Rejected,
        /// By Meta, for bad feedback; `until` where it is known.
        Paused { until: Option<i64> },
        Disabled,
        /// Any other state that is not APPROVED, as Meta calls it.
        Status { status: String },
        /// One-time codes are not for staff.
        Authentication,
        /// Has parts that cannot be sent from here yet.
        Parts { parts: Vec<String> },
        /// The account may start no more conversations for now.
        OverLimit { until: Option<i64> },
        /// This customer wants no such messages any more; as in `Refusal`.
        OptedOut { scope: String, since: i64, erased: bool },
        /// This customer has given no opt-in that a template of this kind may rest on; as in `Refusal`.
        NoOptIn { purpose: String, label: String, state: super::ConsentState, why_not: Option<super::NotUsable> },
    }

    /// What came of the template's sends of the last 90 days, from here. `answered`: the customer wrote within 24 hours.
    #[derive(Default)]
    pub struct TemplateFigures {
        pub sent: i64,
        pub delivered: i64,
        pub read: i64,
        pub answered: i64,
        pub failed: i64,
    }

    pub struct CategoryMove {
        pub to: String,
        pub at: Option<i64>,
    }

    pub struct TemplateRejection {
        /// Meta's word: INCORRECT_CATEGORY, INVALID_FORMAT, PROMOTIONAL, …
        pub reason: String,
        pub recommendation: Option<String>,
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
        pub sync: TemplateSync,
        /// What would most likely bring this customer back, for a closed thread.
        pub proposal: Option<TemplateProposal>,
        /// Templates sent to this customer in the last 7 days that he has not answered.
        pub unanswered: Option<Unanswered>,
        /// The customer's language, or the shop's where his is not known.
        pub language: String,
    }

    pub struct TemplateSync {
        /// When Meta last gave the whole list.
        pub at: Option<i64>,
        /// So many were in it, and so many Meta says there are.
        pub loaded: i64,
        pub total: i64,
        /// A list is being fetched; `loaded` of it so far.
        pub running: Option<i64>,
        /// Why the last attempt failed.
        pub failed: Option<SyncFailure>,
    }

    pub struct SyncFailure {
        pub at: i64,
        /// Meta's code, or none where Meta was not reached.
        pub code: Option<i64>,
        pub details: String,
    }

    pub struct TemplateProposal {
        pub name: String,
        pub language: String,
        pub why: Vec<ProposalReason>,
    }

    #[serde(tag = "reason", rename_all = "snake_case")]
    pub enum ProposalReason {
        /// Of `sent` that were sent from here so many were answered.
        Answered { answered: i64, sent: i64 },
        Language,
        /// Not advertising.
        Category,
        /// It brought this customer back before.
        WorkedHere { at: i64 },
    }

    pub struct Unanswered {
        pub count: i64,
        pub last_at: i64,
    }

    /// A template that staff writes. Kept until it is handed in or thrown away.
    pub struct TemplateDraft {
        /// Empty for a new one.
        pub id: String,
        pub name: String,
        pub language: String,
        pub category: String,
        pub header: Option<DraftHeader>,
        pub body: String,
        pub footer: String,
        pub buttons: Vec<DraftButton>,
        /// A carousel under the message; none: it is a plain one.
        #[serde(default)]
        pub cards: Vec<DraftCard>,
        #[serde(default)]
        pub offer: Option<DraftOffer>,
        /// A sample for every placeholder, by slot key.
        pub samples: Vec<SlotValue>,
        /// Set while an existing template is edited: its Meta id.
        pub edits: Option<String>,
        pub changed_at: i64,
    }

    pub struct DraftHeader {
        /// `text`, `image`, `video`, `document`, `location`.
        pub kind: String,
        pub text: String,
        /// The sample file, put there by `attach_sample`.
        pub file: Option<DraftFile>,
    }

    /// A card of a carousel; all of them have the same parts and the same kinds of buttons.
    pub struct DraftCard {
        /// `image` or `video`.
        pub header: DraftHeader,
        /// Empty: the cards have no text.
        pub body: String,
        pub buttons: Vec<DraftButton>,
    }

    /// A limited-time offer.
    pub struct DraftOffer {
        pub text: String,
        /// The moment it ends is given each time it is sent.
        pub has_expiration: bool,
    }

    pub struct DraftFile {
        pub id: String,
        pub filename: String,
        pub mime_type: String,
        pub size: i64,
    }

    pub struct DraftButton {
        /// `quick_reply`, `url`, `phone_number`, `copy_code`, `flow`, `request_contact_info`; of an existing template also
        /// `voice_call`, `catalog`.
        pub kind: String,
        pub text: String,
        /// Address with at most one placeholder at its end, telephone number, the code's sample, or the flow's id.
        pub value: String,
        /// What else Meta has on the button of an existing template, a JSON object; it is handed back as it came.
        #[serde(default)]
        pub rest: String,
    }

    /// Something about a draft that Meta would refuse, or that a reader should know.
    pub struct TemplateFinding {
        /// The rule's own name, e.g. `variable_at_start`; the window has a sentence for each.
        pub rule: String,
        pub severity: FindingSeverity,
        /// Key of the part it concerns.
        pub part: String,
        /// UTF-16 units within that part's text; equal where no place can be marked.
        pub start: i64,
        pub end: i64,
        /// Numbers and words the sentence needs, in its order.
        pub values: Vec<String>,
    }

    #[serde(rename_all = "snake_case")]
    pub enum FindingSeverity {
        /// Meta refuses it.
        Refused,
        /// Meta may refuse or move it, or the law may ask for more.
        Risky,
        Hint,
    }

    /// What came of handing a draft in.
    #[serde(tag = "outcome", rename_all = "snake_case")]
    pub enum SubmitResult {
        /// Meta has it; usually it waits for review. The draft is gone.
        HandedIn { status: String, category: String },
        /// Not even sent: these stand against it. The draft stays.
        Findings { findings: Vec<TemplateFinding> },
        /// Meta said no. The draft stays.
        Refused { code: i64, title: String, details: String },
        /// Meta may have it or not; the next list will tell. The draft stays.
        Doubtful,
        /// Meta was not reached. The draft stays.
        NotReached,
    }

    /// What came of asking Meta to delete or unpause a template.
    #[serde(tag = "outcome", rename_all = "snake_case")]
    pub enum TemplateActionResult {
        Done,
        Refused { code: i64, title: String, details: String },
        NotReached,
    }

    /// An example to start from.
    pub struct TemplateExample {
        /// `order_ready`, `appointment`, `delivery`, `changed_hours`, `opt_in_confirmation`, `reopening`.
        pub reason: String,
        pub draft: TemplateDraft,
    }
}
