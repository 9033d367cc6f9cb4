//! The customer panel: who it is, what staff wrote down, merging and undoing that.

use super::{Desk, not_found};
use crate::view::{CustomerChange, CustomerView, LabelCount, Lookalike};
use cloud_api::webhook::Peer;
use store::Result;

impl Desk {
    pub fn customer(&self, _thread_id: i64) -> Result<CustomerView> {
        Err(not_found())
    }

    pub fn describe(&self, _thread_id: i64, _change: &CustomerChange) -> Result<()> {
        Err(not_found())
    }

    /// Customers by name, number or username, to merge this one with.
    pub fn merge_candidates(&self, _thread_id: i64, _text: &str) -> Result<Vec<Lookalike>> {
        Ok(Vec::new())
    }

    /// Says that the customers of two threads are one; returns what to undo it by.
    pub fn merge(&self, _thread_id: i64, _other_thread_id: i64) -> Result<String> {
        Err(not_found())
    }

    pub fn undo_merge(&self, _merge_id: &str) -> Result<()> {
        Err(not_found())
    }

    /// Every label in use, most used first.
    pub fn labels(&self) -> Result<Vec<LabelCount>> {
        Ok(Vec::new())
    }

    /// The business number of a thread and how its customer is addressed, for calls to Meta about him.
    pub fn whom(&self, _thread_id: i64) -> Result<(String, Peer)> {
        Err(not_found())
    }

    /// Meta confirmed that this customer is blocked, or no more.
    pub fn note_blocked(&self, _thread_id: i64, _on: bool) -> Result<()> {
        Err(not_found())
    }
}
