//! The webhook relay: keeps what Meta sends until the shop's laptop fetches it.
//!
//! Meta only posts to a public HTTPS address and offers no way to ask for old events again, so something
//! has to be reachable while the laptop sleeps. The relay is that something and nothing more: it proves that
//! a body comes from Meta ([`guard`]), makes it durable ([`log`]) and hands it out in order ([`wire`]).
//! It never looks inside a body.
//!
//! It runs on its own (`relay --help`) or inside another program, see [`start`] and [`serve`].

pub mod config;
pub mod guard;
pub mod log;
mod observe;
mod server;
pub mod settings;
pub mod wire;

pub use config::Config;
pub use log::{Log, SqliteLog};
pub use server::{Running, ServeError, serve, start};
pub use wire::{State, router};
