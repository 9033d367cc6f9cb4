//! Commands that failed.

crossing! {
    /// A refused command. A code exists only where the window acts on it.
    pub struct Problem {
        pub code: ProblemCode,
        pub message: String,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum ProblemCode {
        /// The store is not open yet: show the start screen.
        NotOpen,
        /// What was asked for is gone.
        NotFound,
        /// The disk is full.
        DiskFull,
        /// Only in practice mode.
        PracticeOnly,
        Internal,
    }
}
