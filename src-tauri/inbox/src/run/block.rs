//! Blocking a customer at Meta (Meta, "Block users"): only what Meta confirmed counts as blocked.

use crate::{desk::Desk, view::BlockResult};
use cloud_api::client::{Blocked, Client};
use std::sync::Arc;
use store::Result;

/// Meta: the person did not write in the last 24 hours.
const NOT_RECENT: i64 = 131_047;

/// Asks Meta, from the business number of the thread; `on: false` lets go.
pub async fn block(
    desk: &Arc<Desk>,
    client: Option<&Client>,
    thread_id: i64,
    on: bool,
) -> Result<BlockResult> {
    let (phone_number_id, peer) = desk.whom(thread_id)?;
    let not_reached = |message: String| BlockResult::NotReached { message };
    let connected = desk.account.answers_from(&phone_number_id);
    let Some(client) = client.filter(|_| connected) else {
        return Ok(not_reached(String::new()));
    };
    let client = client.with_number(&phone_number_id);
    let asked = if on {
        client.block(&peer).await
    } else {
        client.unblock(&peer).await
    };
    Ok(match asked {
        Ok(Blocked::Done) => {
            desk.note_blocked(thread_id, on)?;
            BlockResult::Done
        }
        Ok(Blocked::Refused(error)) if error.code == NOT_RECENT => BlockResult::NotRecent,
        Ok(Blocked::Refused(error)) => BlockResult::Refused {
            code: error.code,
            message: error.details.unwrap_or(error.title),
        },
        Ok(Blocked::Unclear | Blocked::NoPerson) => BlockResult::Refused {
            code: 0,
            message: String::new(),
        },
        Err(error) => not_reached(error.to_string()),
    })
}
