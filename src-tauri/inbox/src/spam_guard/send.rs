//! What the guard is told: sends, and what happened before them. People, staff and numbers are opaque ids; times are
//! Unix milliseconds of the platform's clock. Nothing here is looked up: whoever asks brings the facts.

use std::fmt;

/// A customer, whatever number or alias is used.
pub type Person = u64;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grant {
    In,
    Out,
    #[default]
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Consents {
    pub marketing: Grant,
    pub service: Grant,
}

/// What is known of the customer besides the conversation that the guard follows.
#[derive(Clone, Copy)]
pub struct Recipient<'a> {
    /// As written in the contact; its words do not make a text personal.
    pub name: &'a str,
    /// The customer service window is open for this send (Meta, "Send messages").
    pub window_open: bool,
    pub consents: Consents,
    /// The latest message from this customer that the guard was not told of. `None`: none is known.
    pub last_in: Option<i64>,
    /// Marketing messages without an answer in the last seven days that the guard was not told of.
    pub unanswered_marketing: u32,
}

impl fmt::Debug for Recipient<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recipient")
            .field("window_open", &self.window_open)
            .field("consents", &self.consents)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    Marketing,
    /// Utility and authentication.
    Utility,
}

#[derive(Clone, Copy)]
pub enum Content<'a> {
    Text(&'a str),
    Media {
        /// Of the bytes of the file; any stable text. Empty: not known.
        digest: &'a str,
        caption: &'a str,
    },
    Template {
        name: &'a str,
        category: Category,
        /// APPROVED and not paused.
        approved: bool,
        body: &'a str,
        footer: &'a str,
        params: &'a [String],
    },
}

impl fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(…)",
            Self::Media { .. } => "Media(…)",
            Self::Template { .. } => "Template(…)",
        })
    }
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Shop<'a> {
    /// The display name, as a customer sees it.
    pub name: &'a str,
    /// Links to these are the shop's own.
    pub own_domains: &'a [String],
    /// People outside windows per moving 24 hours. `None`: unlimited or not known.
    pub limit: Option<u32>,
    /// How many of them were used in the last 24 hours by sends that the guard was not told of.
    pub used_elsewhere: u32,
}

/// A message that is about to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Send<'a> {
    pub at: i64,
    pub to: Person,
    /// Who sends it.
    pub staff: u64,
    /// From which business number. All numbers count together; a 131048 is a state of one.
    pub number: u64,
    /// A machine answers: an away message, a greeting.
    pub automatic: bool,
    pub content: Content<'a>,
    pub recipient: Recipient<'a>,
    pub shop: Shop<'a>,
}

/// Meta's rating of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Quality {
    #[default]
    Green,
    Yellow,
    Red,
}

/// Something that happened, for rebuilding the guard's state.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    pub at: i64,
    /// Breaks ties of `at`; the same on every machine.
    pub seq: u64,
    pub what: Happened<'a>,
}

#[derive(Clone, Copy)]
pub enum Happened<'a> {
    In { from: Person, text: &'a str },
    Out { send: Send<'a>, sent: bool },
    Status { to: Person, number: u64, code: i64 },
    Preference { from: Person, resume: bool },
    Account { number: u64, quality: Quality },
}

impl fmt::Debug for Happened<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::In { .. } => "In(…)",
            Self::Out { .. } => "Out(…)",
            Self::Status { .. } => "Status(…)",
            Self::Preference { .. } => "Preference(…)",
            Self::Account { .. } => "Account(…)",
        })
    }
}
