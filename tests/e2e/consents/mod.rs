//! The consent ledger through the window: taken down at the till, stopped, taken out and proven, forgotten.

mod at_the_till;
mod by_keyboard;
mod erased;
mod looked_at;
pub mod pages;
mod signed;
mod stops;
mod taken_out;
