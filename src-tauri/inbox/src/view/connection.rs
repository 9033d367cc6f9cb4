//! Time, and whether what customers write reaches this machine.

crossing! {
    /// How the app knows what time it is at Meta.
    pub struct ClockView {
        /// Platform time now.
        pub now: i64,
        /// Seconds per second: more than 1 only in practice mode.
        pub speed: f64,
        /// How far the laptop's own clock is off (positive: the laptop is ahead), once known.
        pub laptop_ahead_by: Option<i64>,
    }

    /// Whether what customers write reaches this machine.
    pub struct ConnectionView {
        /// The relay last answered, platform time.
        pub relay_reached_at: Option<i64>,
        /// Set once it has been silent for too long: windows are unsure since then.
        pub unsure_since: Option<i64>,
        pub relay_refused: bool,
        /// All sending stands still.
        pub hold: Option<HoldView>,
        /// Sends that need a person's word.
        pub doubtful: i64,
        /// The entry of the consent ledger that another program changed: nothing is written into it meanwhile.
        pub ledger_broken: Option<String>,
    }

    pub struct HoldView {
        pub code: i64,
        pub name: String,
        pub since: i64,
    }
}
