//! What changed in the store.

crossing! {
    /// What changed in the store: ids only, the screen asks for what it shows.
    #[derive(Default)]
    pub struct Change {
        pub threads: Vec<i64>,
        /// Too many to name: reload the list.
        pub all_threads: bool,
        pub templates: bool,
        pub connection: bool,
        /// New live messages of customers, for notices on the desktop: the first 50 of a transaction.
        pub arrived: Vec<i64>,
        /// Quick replies changed.
        pub writing: bool,
        /// Which labels there are, or who bears which.
        pub labels: bool,
        /// Consents, wordings, or a code that was scanned.
        pub consents: bool,
        /// Warnings, overrides, thresholds, word lists.
        pub guard: bool,
        /// A batch, or how far one is.
        pub batches: bool,
    }
}
