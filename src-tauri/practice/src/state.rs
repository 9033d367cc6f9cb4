//! What the platform knows, behind one lock: customers, messages, templates, media, settings.

use std::collections::{BTreeMap, HashMap, VecDeque};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use veil::Redact;

use crate::{
    customers::Customers,
    faults::Faults,
    media::Media,
    rules::Pace,
    samples::Uploads,
    templates::{self, Template},
};

/// A message the platform took from the business: it answered 200, or would have.
#[derive(Redact, Clone, PartialEq, Serialize, Deserialize)]
pub struct Accepted {
    pub wamid: String,
    /// `wa_id` or, where the message was addressed so, BSUID.
    #[redact]
    pub to: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub callback_data: Option<String>,
    #[redact]
    pub body: Value,
    /// Unix milliseconds by the platform's clock.
    pub at: i64,
    /// `service`, `utility`, `marketing`, `authentication`.
    pub category: String,
    /// Fails later with this code instead of being delivered.
    pub fails_with: Option<i64>,
}

/// One delivery status the platform announced, or is about to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusEvent {
    pub wamid: String,
    /// `sent`, `delivered`, `read`, `played`, `failed`.
    pub status: String,
    pub at: i64,
    pub code: Option<i64>,
}

/// A request as a client made it, for tests that check requests and answers.
#[derive(Redact, Clone, Serialize, Deserialize)]
pub struct SeenRequest {
    pub method: String,
    pub path: String,
    #[redact]
    pub query: String,
    pub content_type: Option<String>,
    /// The body, where it is JSON.
    #[redact]
    pub body: Option<Value>,
    /// The answer's status; `None` where there was no answer (a fault).
    pub status: Option<u16>,
    /// The answer's body, where it is JSON.
    #[redact]
    pub response: Option<Value>,
    pub at: i64,
}

/// How long after acceptance the statuses come, in milliseconds of the platform's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StatusPlan {
    /// `false`: none come by themselves, only those sent on demand.
    pub auto: bool,
    pub sent_ms: i64,
    pub delivered_ms: i64,
    /// `None`: the customer does not read (or has receipts switched off).
    pub read_ms: Option<i64>,
}

impl Default for StatusPlan {
    fn default() -> Self {
        Self {
            auto: true,
            sent_ms: 300,
            delivered_ms: 900,
            read_ms: Some(4_000),
        }
    }
}

impl StatusPlan {
    pub fn immediate() -> Self {
        Self {
            auto: true,
            sent_ms: 0,
            delivered_ms: 0,
            read_ms: Some(0),
        }
    }
}

/// Rules that can be loosened, and the way refusals come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RuleSettings {
    /// Codes that come as a failed status after a 200, instead of as HTTP 400.
    pub as_status: Vec<i64>,
    pub throughput_per_s: usize,
    pub pair_limit: bool,
}

impl Default for RuleSettings {
    fn default() -> Self {
        Self {
            as_status: vec![131_049],
            throughput_per_s: 80,
            pair_limit: true,
        }
    }
}

/// The state of the account and its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Every send is refused with this code.
    pub refuses_with: Option<i64>,
    /// GREEN, YELLOW, RED, NA.
    pub quality: String,
    pub subscribed: bool,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            refuses_with: None,
            quality: "GREEN".into(),
            subscribed: true,
        }
    }
}

/// A message either side may quote, react to or mark as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownMessage {
    pub at: i64,
    pub reaction: bool,
    pub inbound: bool,
}

const REQUESTS_KEPT: usize = 20_000;

pub struct State {
    seed: u64,
    counter: u64,
    pub token: SecretString,
    pub customers: Customers,
    pub known: HashMap<String, KnownMessage>,
    pub accepted: Vec<Accepted>,
    pub by_wamid: HashMap<String, usize>,
    pub history: BTreeMap<String, Vec<StatusEvent>>,
    pub templates: Vec<Template>,
    /// Names of deleted templates, and until when nobody may use them again.
    pub blocked_names: HashMap<String, i64>,
    pub uploads: Uploads,
    pub media: HashMap<String, Media>,
    pub account: Account,
    pub plan: StatusPlan,
    pub rules: RuleSettings,
    pub pace: Pace,
    pub faults: Faults,
    pub requests: VecDeque<SeenRequest>,
}

impl State {
    pub fn new(seed: u64, token: SecretString) -> Self {
        Self {
            seed,
            counter: 0,
            token,
            customers: Customers::default(),
            known: HashMap::new(),
            accepted: Vec::new(),
            by_wamid: HashMap::new(),
            history: BTreeMap::new(),
            templates: templates::built_in(),
            blocked_names: HashMap::new(),
            uploads: Uploads::default(),
            media: HashMap::new(),
            account: Account::default(),
            plan: StatusPlan::default(),
            rules: RuleSettings::default(),
            pace: Pace::default(),
            faults: Faults::new(seed),
            requests: VecDeque::new(),
        }
    }

    /// Bytes nobody else gets. `now` goes in so that a platform started again with the same seed does not
    /// repeat the ids of its last life.
    pub fn fresh(&mut self, now: i64) -> [u8; 32] {
        self.counter += 1;
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(self.counter.to_be_bytes());
        hash.update(now.to_be_bytes());
        hash.finalize().into()
    }

    /// A fresh id of 15 digits, as Meta's object ids look.
    pub fn fresh_number(&mut self, now: i64) -> String {
        let bytes = self.fresh(now);
        let n = bytes
            .iter()
            .take(8)
            .fold(0_u64, |n, byte| (n << 8) | u64::from(*byte));
        (100_000_000_000_000 + n % 900_000_000_000_000).to_string()
    }

    /// An id as WhatsApp makes them: base64 around the number of the other side.
    pub fn fresh_wamid(&mut self, now: i64, other_side: &str) -> String {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let number = other_side.as_bytes();
        let length = u8::try_from(number.len()).unwrap_or(0);
        let mut bytes = vec![0x1c, 0x18, length];
        bytes.extend(number);
        bytes.extend([0x15, 0x02, 0x00]);
        bytes.extend(&self.fresh(now)[..20]);
        format!("wamid.{}", STANDARD.encode(bytes))
    }

    pub fn remember_accepted(&mut self, accepted: Accepted) {
        self.known.insert(
            accepted.wamid.clone(),
            KnownMessage {
                at: accepted.at,
                reaction: accepted.kind == "reaction",
                inbound: false,
            },
        );
        self.by_wamid
            .insert(accepted.wamid.clone(), self.accepted.len());
        self.accepted.push(accepted);
    }

    pub fn accepted(&self, wamid: &str) -> Option<&Accepted> {
        self.accepted.get(*self.by_wamid.get(wamid)?)
    }

    pub fn remember_request(&mut self, request: SeenRequest) {
        if self.requests.len() == REQUESTS_KEPT {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }
}
