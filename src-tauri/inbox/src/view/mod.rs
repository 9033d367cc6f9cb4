//! What crosses to the window, and nothing else does.
//!
//! Every type here is exported to `ui/src/backend/generated/`; a test fails when those files are stale.
//! Times are Unix milliseconds on the **platform's** clock, UTC. Ids are local to this machine.

macro_rules! crossing {
    ($($item:item)*) => {$(
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(test, derive(ts_rs::TS), ts(export))]
        $item
    )*};
}

mod access;
mod batches;
mod change;
mod connection;
mod consents;
mod conversation;
mod counter;
mod customer;
mod delivery;
mod guard;
mod problem;
mod search;
mod settings;
mod start;
mod templates;
mod threads;
mod writing;

pub use access::*;
pub use batches::*;
pub use change::*;
pub use connection::*;
pub use consents::*;
pub use conversation::*;
pub use counter::*;
pub use customer::*;
pub use delivery::*;
pub use guard::*;
pub use problem::*;
pub use search::*;
pub use settings::*;
pub use start::*;
pub use templates::*;
pub use threads::*;
pub use writing::*;
