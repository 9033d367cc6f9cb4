//! The practice platform over real sockets, by a clock that stands still until a test moves it.

#![allow(clippy::unwrap_used, reason = "a test fails loudly")]

mod faults;
mod graph;
mod media;
mod process;
mod script;
mod shop;
mod template_life;
mod templates;
mod webhooks;
