//! What one webhook body says, in Guichet's own words.
//!
//! Shapes follow Meta's "Webhooks reference" pages (messages, statuses and the account fields), the
//! field names keep Meta's. All times are Unix **milliseconds**, UTC. Whatever Meta sends that is not
//! known here becomes [`Event::Unknown`]: kept raw, never dropped, never fatal.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use veil::Redact;

use super::{AddressBookEntry, Call, Notice, TemplateNews, UserPreference};

/// One parsed webhook body: the events of all its entries and changes, in the order they stand in the body.
#[derive(Debug, Clone, Default)]
pub struct Webhook {
    pub items: Vec<Item>,
}

/// One event and where in the body it came from.
#[derive(Debug, Clone)]
pub struct Item {
    /// `entry[].id`: the WhatsApp Business Account.
    pub waba_id: String,
    /// `changes[].field`.
    pub field: String,
    /// `value.metadata`, where the field has one.
    pub number: Option<BusinessNumber>,
    /// `entry[].time`, which Meta sends in seconds.
    pub entry_at: Option<i64>,
    pub event: Event,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusinessNumber {
    pub phone_number_id: String,
    pub display: String,
}

/// The other side of a thread. At least one of the three is set in a usable peer.
#[derive(Redact, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Peer {
    /// `user_id`: the business-scoped user id, `CC.` and up to 128 letters and digits.
    #[redact(partial)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bsuid: Option<String>,
    /// `wa_id` or `from`: digits without a plus, as WhatsApp returned them; never rewritten.
    #[redact(partial)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wa_id: Option<String>,
    /// `group_id`: a group is a thread of its own with a window of its own.
    #[redact(partial)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
}

#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event {
    /// A message a customer wrote to the business (fields `messages` and `standby`).
    Message(Message),
    /// A message the business wrote elsewhere (`smb_message_echoes`, `standby.message_echoes`).
    Echo(Message),
    /// A message of the past, from a coexistence import. Opens no window.
    History(HistoryMessage),
    Status(MessageStatus),
    /// `contacts[]`: what the customer calls himself.
    Profile(Profile),
    /// A system message: the same person under a new number or a new BSUID.
    IdentityChange(IdentityChange),
    Call(Call),
    UserPreference(UserPreference),
    Template(TemplateNews),
    /// An entry of the phone's address book (`smb_app_state_sync`).
    AddressBook(AddressBookEntry),
    /// News about the account, the number, or who may answer: banners and holds.
    Notice(Notice),
    /// Known to nobody here: a `field`, or a part of one. Stays in the raw body. Holds its name.
    Unknown(String),
}

/// Any message, in or out.
#[derive(Redact, Clone, PartialEq)]
pub struct Message {
    pub wamid: String,
    pub peer: Peer,
    /// Meta's `timestamp`; `None` where it is missing or unreadable.
    pub at: Option<i64>,
    pub content: Content,
    pub context: Option<Context>,
    /// The click-to-WhatsApp ad or post the customer came from, as Meta sent it.
    #[redact]
    pub referral: Option<Value>,
    /// The thread is with Meta's own agent; we may be the ones who only watch (`standby`).
    pub standby: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// wamid of the message quoted or answered.
    pub wamid: Option<String>,
    pub forwarded: bool,
    pub frequently_forwarded: bool,
    /// `catalog_id`, `product_retailer_id` of a product asked about.
    pub product: Option<(String, String)>,
}

/// What a message holds. `Debug` never shows customers' words.
#[derive(Redact, Clone, PartialEq)]
#[non_exhaustive]
pub enum Content {
    Text {
        #[redact]
        body: String,
    },
    Media(Media),
    Location {
        #[redact]
        latitude: f64,
        #[redact]
        longitude: f64,
        #[redact]
        name: Option<String>,
        #[redact]
        address: Option<String>,
        #[redact]
        url: Option<String>,
    },
    /// Contact cards, as Meta sent them, and whether they answer a request for contact info.
    Contacts {
        #[redact]
        cards: Value,
        requested: bool,
    },
    /// Tap on a quick-reply button of a template.
    Button {
        #[redact]
        text: String,
        #[redact]
        payload: String,
    },
    ButtonReply {
        id: String,
        #[redact]
        title: String,
    },
    ListReply {
        id: String,
        #[redact]
        title: String,
        #[redact]
        description: Option<String>,
    },
    /// Answer from a flow or an address form; `response` is the JSON inside `response_json`.
    FlowReply {
        name: String,
        #[redact]
        body: String,
        #[redact]
        response: Value,
    },
    CallPermission {
        granted: bool,
    },
    /// Any other `interactive` reply, with Meta's name for it.
    InteractiveOther {
        kind: String,
        #[redact]
        raw: Value,
    },
    Order {
        #[redact]
        order: Value,
    },
    /// `emoji` is `None` where the reaction was taken back.
    Reaction {
        target: String,
        emoji: Option<String>,
    },
    Edit {
        target: String,
        new: Box<Content>,
    },
    Revoke {
        target: String,
    },
    /// A line from WhatsApp itself that changes no identity, e.g. `customer_identity_changed`.
    System {
        kind: String,
        #[redact]
        body: String,
    },
    /// WhatsApp could not show us this message. `kind` is `unsupported.type` where given.
    Unsupported {
        kind: Option<String>,
        errors: Vec<MetaError>,
    },
    /// A template or interactive message of our own, seen in an echo or in history.
    Sent {
        kind: String,
        #[redact]
        raw: Value,
    },
    /// A `type` nobody here knows. Shown as a placeholder.
    Unknown {
        kind: String,
        #[redact]
        raw: Value,
    },
}

#[derive(Redact, Clone, PartialEq, Eq)]
pub struct Media {
    pub kind: MediaKind,
    /// Media id: valid 7 days in a webhook, 30 days after an upload.
    pub id: Option<String>,
    pub mime_type: Option<String>,
    /// As Meta sent it: base64 in most payloads, hex in some.
    pub sha256: Option<String>,
    #[redact]
    pub caption: Option<String>,
    #[redact]
    pub filename: Option<String>,
    /// `voice:true`: recorded in the chat, shown as a voice note.
    pub voice: bool,
    pub animated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    Image,
    Video,
    Audio,
    Document,
    Sticker,
}

#[derive(Debug, Clone, PartialEq)]
pub struct HistoryMessage {
    pub message: Message,
    /// True where the business wrote it.
    pub outgoing: bool,
    /// `history_context.status`, upper case as Meta sends it (READ, DELIVERED, …).
    pub status: Option<String>,
}

#[derive(Redact, Clone, PartialEq, Eq)]
pub struct MessageStatus {
    pub wamid: String,
    pub kind: StatusKind,
    pub at: Option<i64>,
    pub recipient: Peer,
    /// `recipient_participant_id` in a group: who of them.
    #[redact]
    pub participant: Option<String>,
    /// `biz_opaque_callback_data`: the outbox id we sent along.
    pub callback_data: Option<String>,
    pub errors: Vec<MetaError>,
    /// `pricing.category` and `pricing.type`.
    pub pricing: Option<Pricing>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatusKind {
    Sent,
    Delivered,
    Read,
    Played,
    Failed,
    /// `deleted` (old fixtures) and whatever comes next: kept, moves nothing.
    Other,
}

impl StatusKind {
    /// Meta writes it in small letters in webhooks and in capitals in its delivery log.
    pub fn named(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "read" => Self::Read,
            "played" => Self::Played,
            "failed" => Self::Failed,
            _ => Self::Other,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pricing {
    pub category: String,
    pub kind: Option<String>,
}

/// An error as Meta writes it in a status, a message, `value.errors` or a Graph answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetaError {
    /// 0 where the body holds none.
    pub code: i64,
    pub title: String,
    pub details: Option<String>,
}

#[derive(Redact, Clone, PartialEq, Eq)]
pub struct Profile {
    pub peer: Peer,
    pub parent_bsuid: Option<String>,
    #[redact]
    pub name: Option<String>,
    /// Without the leading @.
    #[redact]
    pub username: Option<String>,
    /// Time of the message or status it accompanies; `None` where that has none.
    pub at: Option<i64>,
}

#[derive(Redact, Clone, PartialEq, Eq)]
pub struct IdentityChange {
    pub wamid: String,
    pub at: Option<i64>,
    /// `user_changed_number`, `user_changed_user_id` …
    pub kind: String,
    pub old: Peer,
    pub new: Peer,
    #[redact]
    pub body: String,
}
