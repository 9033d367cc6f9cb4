//! A list somebody brings along: what its rows are, whatever program wrote it. Reads only; what goes into the ledger is
//! `desk::importing`'s.

mod cards;
mod columns;
mod date;
mod table;

pub(crate) use columns::{guess, heading};
pub(crate) use date::read as date;
pub(crate) use table::{Row, Table};
