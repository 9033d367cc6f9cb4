//! Meta's wire, and nothing else: webhooks in, Graph requests out, the table of errors.
//!
//! Knows no database and no window. The relay uses it without the `client` feature.

#[cfg(feature = "client")]
pub mod client;
pub mod clock;
pub mod error;
pub mod feed;
pub mod outgoing;
mod read;
pub mod signature;
pub mod template;
pub mod webhook;
