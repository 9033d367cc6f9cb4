//! The practice platform: stands in for Meta over real HTTP, in practice mode and in tests.
//!
//! It speaks the wire of the WhatsApp Cloud API on loopback (`/{version}/…`), obeys Meta's rules by a clock
//! that can be moved, sends signed webhooks, and makes mistakes on demand (`/_practice/…`, see [`Control`]).

mod account;
mod answer;
mod blast;
mod block;
mod bodies;
mod chance;
mod connection;
mod control;
mod control_http;
mod control_templates;
mod control_templates_http;
mod customers;
mod faults;
mod graph_error;
mod history;
mod inbound;
mod journal;
mod media;
mod messages;
mod orders;
mod platform;
mod rules;
mod samples;
mod schedule;
mod script;
mod script_source;
mod server;
mod shape;
mod state;
mod statuses;
mod template_life;
mod template_list;
mod template_parameters;
mod template_review;
mod template_send;
mod template_verdict;
mod templates;
mod webhooks;

pub use control::Control;
pub use customers::{Customer, bsuid_of};
pub use faults::{Fault, Kind, On};
pub use graph_error::GraphError;
pub use orders::{
    AccountChange, ClockMove, ClockState, ControlError, CustomerChange, Overview, Write, WriteMedia,
};
pub use platform::{Config, Platform, StartError};
pub use script_source::{Agreed, Language, UnknownLanguage};
pub use state::{Accepted, RuleSettings, SeenRequest, StatusEvent, StatusPlan};
pub use templates::Template;
