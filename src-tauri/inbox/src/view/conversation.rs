//! The messages of a thread.

use super::Delivery;

crossing! {
    /// Which part of a conversation.
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum Place {
        Newest,
        Before { cursor: MessageCursor },
        After { cursor: MessageCursor },
        /// With this message in the middle.
        Around { message_id: i64 },
        /// From the first message at or after this time, and a little before.
        At { at: i64 },
    }

    /// A page of a conversation, oldest first.
    pub struct MessagePage {
        pub rows: Vec<MessageRow>,
        /// For the page before this one; `None` at the beginning.
        pub before: Option<MessageCursor>,
        /// For the page behind this one; `None` at the newest.
        pub after: Option<MessageCursor>,
    }

    pub struct MessageCursor {
        pub at: i64,
        pub arrived: i64,
        pub id: i64,
    }

    pub struct MessageRow {
        pub id: i64,
        pub at: i64,
        pub arrived: i64,
        pub direction: Direction,
        pub body: Body,
        pub quote: Option<Quote>,
        pub reactions: Vec<ReactionView>,
        pub edited: bool,
        pub revoked: bool,
        /// Set for our own messages.
        pub outbox_id: Option<String>,
        pub delivery: Option<Delivery>,
        /// Imported, or written on the shop's phone.
        pub origin: Origin,
        /// Came through an ad or a post.
        pub referral: Option<ReferralView>,
        pub forwarded: bool,
        /// Who of the staff wrote it, where that is known.
        pub staff: Option<String>,
        /// Internal notes only: what to change it by.
        pub note_id: Option<String>,
    }

    #[serde(rename_all = "snake_case")]
    pub enum Direction {
        In,
        Out,
        /// A line in the middle: a call, a changed number, Meta closed the window.
        Line,
        /// Written by staff for staff; never leaves this machine.
        Note,
    }

    #[serde(rename_all = "snake_case")]
    pub enum Origin {
        Live,
        History,
        Phone,
    }

    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum Body {
        Text { text: String },
        Media { media: MediaView },
        Location { latitude: f64, longitude: f64, name: Option<String>, address: Option<String> },
        Contacts { cards: Vec<ContactCard> },
        /// A tapped button or a chosen list row.
        Choice { title: String, description: Option<String> },
        Flow { name: String, text: String },
        Order { items: Vec<OrderItem>, text: String },
        Template {
            name: String,
            text: String,
            header: Option<String>,
            footer: Option<String>,
            buttons: Vec<String>,
            /// `image`, `video`, `document`, `location` where the header is no text.
            #[serde(default)]
            header_kind: Option<String>,
            #[serde(default)]
            cards: Vec<SentCard>,
            /// The heading of a limited-time offer.
            #[serde(default)]
            offer: Option<String>,
        },
        Buttons { text: String, buttons: Vec<String> },
        Call { event: String, from_customer: bool },
        NumberChanged { text: String },
        WindowClosedByMeta,
        System { text: String },
        Note { text: String },
        /// Cannot be shown here; `what` is Meta's word for it.
        Unsupported { what: String },
    }

    /// A card of a carousel, as it was sent.
    pub struct SentCard {
        pub header_kind: String,
        pub text: String,
        pub buttons: Vec<String>,
    }

    pub struct MediaView {
        pub kind: String,
        pub caption: Option<String>,
        pub filename: Option<String>,
        pub mime_type: Option<String>,
        pub state: MediaState,
        /// Bytes, where known.
        pub size: Option<i64>,
        pub voice: bool,
        pub animated: bool,
        /// Pixels, of a picture or a video as it is shown; known once its bytes are here.
        pub width: Option<i64>,
        pub height: Option<i64>,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum MediaState {
        /// To be fetched from Meta.
        Waiting,
        /// Bytes are in the store: ask `media(message_id)`.
        Stored,
        /// Meta has it no more.
        Gone,
        /// Too large, damaged, or from a server that may not be trusted.
        Refused,
    }

    /// A contact card a customer sent.
    pub struct ContactCard {
        pub name: String,
        pub organization: Option<String>,
        pub phones: Vec<String>,
        pub emails: Vec<String>,
    }

    pub struct OrderItem {
        /// The shop's own number of the product.
        pub product: String,
        pub quantity: i64,
        /// In the currency's units, as Meta sent it.
        pub price: f64,
        pub currency: String,
    }

    /// The ad or post a customer came through.
    pub struct ReferralView {
        pub headline: String,
        pub text: Option<String>,
        /// `ad` or `post`.
        pub source: String,
        pub url: Option<String>,
    }

    pub struct Quote {
        /// `None` where the quoted message is not in the store.
        pub message_id: Option<i64>,
        pub text: String,
        pub outgoing: bool,
    }

    pub struct ReactionView {
        pub emoji: String,
        pub outgoing: bool,
    }
}
