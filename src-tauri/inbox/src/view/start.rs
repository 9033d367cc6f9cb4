//! The start of the app.

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

    /// What became of the wish to take a number away.
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum NumberRemoval {
        Removed { start: StartState },
        /// It is the only one: without any number nothing could come in or go out.
        LastOne,
    }

    #[serde(rename_all = "snake_case")]
    pub enum Profile {
        Practice,
        Shop,
    }
}
