//! The product: rules and use cases, without a window, without a clock of its own.

pub mod access;
mod apply;
mod attachment;
pub mod batch;
mod change;
pub mod consent;
mod content;
pub mod content_check;
mod customer;
pub mod desk;
pub mod fact;
mod frame;
mod gather;
mod import;
pub mod ledger;
mod messaging_limit;
mod naming;
pub mod opt_out;
pub mod outbox;
pub mod phone;
pub mod platform_clock;
pub mod receive;
pub mod run;
mod section;
pub mod send_policy;
pub mod service_window;
pub mod spam_guard;
mod template;
pub mod view;

pub use apply::{apply, apply_in};
pub use change::EventSink;
pub use customer::thread_with;
pub use gather::gather;
pub use template::template_examples;
