//! What the shop sets.

crossing! {
    pub struct Settings {
        /// `de`, `pt-BR`, `en`; empty follows the system.
        pub language: String,
        /// `light`, `dark`; empty follows the system.
        pub theme: String,
        /// `comfortable` or `compact`.
        pub density: String,
        /// High contrast whatever the system says.
        pub high_contrast: bool,
        /// Milliseconds, 0 to 30,000.
        pub undo_ms: i64,
        /// Milliseconds before the end from which free text is refused.
        pub margin_ms: i64,
        /// A window counts as closing soon from here on, milliseconds before its end.
        pub soon_ms: i64,
        /// Enter sends and Shift+Enter breaks the line; else the other way round, with Ctrl+Enter to send.
        pub enter_sends: bool,
        /// Tell the customer when staff has read: off unless the shop wants it.
        pub send_read_receipts: bool,
        /// Names of those who work here.
        pub staff: Vec<String>,
        /// Who works at this laptop now; empty: nobody said.
        pub me: String,
        pub hours: OpeningHours,
        pub alerts: AlertSettings,
    }

    /// When the shop is open, in the laptop's own time zone. No day at all: not said.
    #[derive(Default)]
    pub struct OpeningHours {
        pub days: Vec<OpenSpan>,
    }

    pub struct OpenSpan {
        /// 1 Monday … 7 Sunday.
        pub day: i64,
        /// Minutes after midnight; `to` may be 1440.
        pub from: i64,
        pub to: i64,
    }

    pub struct AlertSettings {
        /// A notice on the desktop for each new message.
        pub messages: bool,
        /// What was written is shown in it.
        pub show_text: bool,
        pub sound: bool,
        /// "Closes in 30 minutes and nobody answered".
        pub closing: bool,
        /// Minutes after midnight between which nothing is shown or heard; both the same: never quiet.
        pub quiet_from: i64,
        pub quiet_to: i64,
    }

    /// A new message, for a notice on the desktop.
    pub struct Arrival {
        pub thread_id: i64,
        pub message_id: i64,
        pub name: String,
        pub kind: String,
        pub text: String,
    }
}
