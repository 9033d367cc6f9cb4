//! The client against a real server on loopback that answers, falls silent and hangs up as told.

mod feed;
mod media;
mod reads;
mod sends;
mod server;
mod templates;
