//! What staff writes with: attachments, quick replies.

crossing! {
    /// A file put beside a draft. Kept in the encrypted store until it is sent or taken away.
    pub struct AttachmentView {
        pub id: String,
        /// `image`, `video`, `audio`, `document`, `sticker`: as what it would be sent.
        pub kind: String,
        pub filename: String,
        pub mime_type: String,
        pub size: i64,
        pub refused: Option<AttachmentRefusal>,
    }

    /// Why a file cannot be sent (Meta, "Media": supported types and sizes).
    #[serde(tag = "reason", rename_all = "snake_case")]
    pub enum AttachmentRefusal {
        TooLarge { limit: i64 },
        /// Meta takes no such file.
        Kind { mime_type: String },
        Empty,
    }

    /// A file on its way to Meta.
    pub struct UploadProgress {
        /// Of the message that carries it; of the sample of a template being written, the draft's id.
        pub outbox_id: String,
        pub sent: i64,
        pub total: i64,
    }

    /// A text for often.
    pub struct QuickReply {
        /// Empty for a new one.
        pub id: String,
        /// Typed behind `/`.
        pub shortcut: String,
        /// May hold `{{name}}`, `{{first_name}}`, `{{me}}`.
        pub text: String,
    }

    /// A quick reply with its placeholders filled for one customer.
    pub struct FilledReply {
        pub id: String,
        pub shortcut: String,
        pub text: String,
        /// Placeholders nothing is known for.
        pub missing: Vec<String>,
    }
}
