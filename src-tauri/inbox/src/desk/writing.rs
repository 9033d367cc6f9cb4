//! Attachments beside a draft, and quick replies.

use super::{Desk, not_found};
use crate::view::{AttachmentView, FilledReply, QuickReply, SendResult};
use store::Result;

impl Desk {
    /// Puts a file beside the draft of a thread, in the encrypted store. What Meta would refuse is said at once.
    pub fn attach(
        &self,
        _thread_id: i64,
        _filename: &str,
        _mime_type: &str,
        _bytes: Vec<u8>,
    ) -> Result<AttachmentView> {
        Err(not_found())
    }

    pub fn detach(&self, _attachment_id: &str) -> Result<()> {
        Err(not_found())
    }

    /// The bytes of a file that was not sent yet, for its preview.
    pub fn attachment(&self, _attachment_id: &str) -> Result<Option<Vec<u8>>> {
        Ok(None)
    }

    /// Sends every file beside the draft, one message each; the words go under the first that takes a caption,
    /// else as a message of their own. All are queued, or none.
    pub fn send_attachments(
        &self,
        _thread_id: i64,
        _text: &str,
        _reply_to: Option<i64>,
        _staff: &str,
    ) -> Result<Vec<SendResult>> {
        Err(not_found())
    }

    /// Every quick reply, filled for the customer of this thread.
    pub fn quick_replies(&self, _thread_id: Option<i64>) -> Result<Vec<FilledReply>> {
        Ok(Vec::new())
    }

    /// As they were written, for changing them.
    pub fn raw_quick_replies(&self) -> Result<Vec<QuickReply>> {
        Ok(Vec::new())
    }

    /// Saves a new or changed one; an empty text takes it away. Returns its id.
    pub fn save_quick_reply(&self, _reply: &QuickReply) -> Result<String> {
        Err(not_found())
    }
}
