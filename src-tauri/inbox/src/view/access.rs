//! Connecting the shop's own number, step by step.

crossing! {
    /// What the shop types in to speak for its number.
    pub struct AccessForm {
        pub provider: Provider,
        pub phone_number_id: String,
        pub waba_id: String,
        pub token: String,
        /// Signs the self-test; asked for only there and never kept.
        pub app_secret: String,
        pub relay_url: String,
        pub relay_token: String,
    }

    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "snake_case")]
    pub enum Provider {
        #[default]
        Meta,
        Dialog360,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum AccessStep {
        /// Valid, both scopes, and until when.
        Token,
        /// The number, its status and quality.
        Number,
        /// The account, and that the number belongs to it.
        Account,
        /// An app gets the account's webhooks.
        Subscription,
        /// The relay answers and takes the token.
        Relay,
        /// A signed body goes in at the relay and comes out at its feed.
        SelfTest,
    }

    /// How one step went.
    pub struct AccessCheck {
        pub step: AccessStep,
        pub state: CheckState,
        /// Key of the sentence in `messages/*`: what was found, and where to put it right.
        pub finding: String,
        /// Meta's or the relay's own words, a date, a missing scope.
        pub detail: Option<String>,
        /// Numbers of the account (step `account`).
        pub numbers: Vec<FoundNumber>,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum CheckState {
        Passed,
        /// Works, but wants a look: the token expires, the quality is low.
        Warning,
        Failed,
        /// Cannot be checked with this provider, or without what was left empty.
        Skipped,
    }

    pub struct FoundNumber {
        pub phone_number_id: String,
        pub display: String,
        pub verified_name: Option<String>,
        /// GREEN, YELLOW, RED, UNKNOWN.
        pub quality: Option<String>,
        /// CONNECTED, FLAGGED, RESTRICTED, BANNED …
        pub status: Option<String>,
    }
}
