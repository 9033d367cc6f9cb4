//! Sending, undoing, drafting. A refusal is an answer, not an error.

mod draft;
mod packing;
mod parcel;
mod queueing;
mod route;
mod taking_back;
mod weighing;
mod with_files;

pub(crate) use draft::drafted;
pub(super) use packing::Sealed;
pub(super) use parcel::{Parcel, copies, text_parcel};
pub(super) use route::Route;
pub(super) use with_files::as_it_stands;

use super::{Desk, not_found};
use crate::view::{GuardOverride, SendResult, TemplateChoice};
use parcel::reaction_parcel;
use queueing::Sender;
use store::{Result, message};

impl Desk {
    /// A text, perhaps in answer to one message.
    pub fn send_text(
        &self,
        thread_id: i64,
        text: &str,
        reply_to: Option<i64>,
        staff: &str,
    ) -> Result<SendResult> {
        self.send_text_insisting(thread_id, text, reply_to, staff, None)
    }

    /// The same in spite of a warning.
    pub fn send_text_insisting(
        &self,
        thread_id: i64,
        text: &str,
        reply_to: Option<i64>,
        staff: &str,
        insisted: Option<&GuardOverride>,
    ) -> Result<SendResult> {
        let sender = Sender::guarded(staff, insisted);
        self.queue(thread_id, sender, |db| {
            let reply_wamid = match reply_to {
                Some(id) => message::get(db, id)?.map(|m| m.wamid).unwrap_or_default(),
                None => String::new(),
            };
            Ok(Ok(text_parcel(text, reply_wamid)))
        })
    }

    pub fn send_template(
        &self,
        thread_id: i64,
        choice: &TemplateChoice,
        staff: &str,
    ) -> Result<SendResult> {
        self.send_template_insisting(thread_id, choice, staff, None)
    }

    /// The same in spite of a warning.
    pub fn send_template_insisting(
        &self,
        thread_id: i64,
        choice: &TemplateChoice,
        staff: &str,
        insisted: Option<&GuardOverride>,
    ) -> Result<SendResult> {
        let now = self.clock.now();
        let sender = Sender::guarded(staff, insisted);
        self.queue(thread_id, sender, |db| {
            self.template_parcel(db, choice, now)
        })
    }

    /// An empty emoji takes the reaction back.
    pub fn send_reaction(
        &self,
        thread_id: i64,
        message_id: i64,
        emoji: &str,
        staff: &str,
    ) -> Result<SendResult> {
        let sender = Sender::unguarded(staff, None);
        self.queue(thread_id, sender, |db| {
            let target = message::get(db, message_id)?.ok_or_else(not_found)?.wamid;
            Ok(Ok(reaction_parcel(target, emoji)))
        })
    }
}
