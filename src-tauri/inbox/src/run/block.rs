//! Blocking a customer at Meta (Meta, "Block users"): only what Meta confirmed counts as blocked.

use crate::{desk::Desk, view::BlockResult};
use cloud_api::client::Client;
use std::sync::Arc;
use store::Result;

pub async fn block(
    _desk: &Arc<Desk>,
    _client: Option<&Client>,
    _thread_id: i64,
    _on: bool,
) -> Result<BlockResult> {
    Ok(BlockResult::NotReached {
        message: String::new(),
    })
}
