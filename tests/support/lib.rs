//! What the tests and the two hand tools stand on: bodies, stores, a whole shop on loopback.

pub mod bodies;
pub mod consent;
pub mod counter;
pub mod eventually;
pub mod generate;
pub mod golden;
pub mod ingest;
pub mod program;
pub mod random;
pub mod scratch;
pub mod shop;
pub mod story;
pub mod template;
pub mod traces;
pub mod window_eval;
