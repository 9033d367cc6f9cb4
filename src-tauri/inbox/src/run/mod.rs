//! What runs by itself beside the window: fetching, sending, downloading. Each is one loop that ends when
//! its task is dropped; killed at any instant, each goes on from what the store says.

mod answer;
mod batches;
mod begin;
mod block;
mod dispatch;
mod doubt;
mod fetch;
mod files;
mod template_changes;
mod templates;
mod upload;
mod verdict;

pub use batches::{batches, look_at_batches};
pub use begin::{begin, look_at_ledger};
pub use block::block;
pub use dispatch::{dispatch, recover};
pub use fetch::{fetch, take_page};
pub use files::{download_files, send_receipts};
pub use template_changes::{delete_template, submit_template, unpause_template};
pub use templates::{keep_templates, sync_templates};

pub(crate) use verdict::back_to_the_composer;

use crate::{desk::Desk, platform_clock::Source};
use cloud_api::client::{Client, DateSample, FeedClient};
use std::sync::Arc;

/// Feeds the platform clock from every answer of Meta's.
pub fn listen_to_meta(desk: &Arc<Desk>, client: &mut Client) {
    let clock = desk.clock.clone();
    client.on_date(Arc::new(move |sample: DateSample| {
        clock.observe(Source::Meta, sample.sent, sample.received, sample.date_ms);
    }));
}

/// Feeds the platform clock from the relay's answers, until Meta's are there.
pub fn listen_to_relay(desk: &Arc<Desk>, feed: &mut FeedClient) {
    let clock = desk.clock.clone();
    feed.on_date(Arc::new(move |sample: DateSample| {
        clock.observe(Source::Relay, sample.sent, sample.received, sample.date_ms);
    }));
}
