//! What happens in a shop: time passes, Lena writes, staff answers, the platform does as it is told.

use super::{LENA, STAFF, Shop, insist_on, start_relay, words};
use crate::{counter::phone, eventually::eventually};
use inbox::{
    thread_with,
    view::{DeliveryState, MessageRow, Place, SendResult, Settings, TemplateChoice},
};
use practice::{Accepted, Fault, Write};

impl Shop {
    /// Whole seconds: that is all a `Date` header tells.
    pub fn jump_seconds(&self, seconds: i64) {
        let jump_ms = seconds * 1000;
        self.control
            .move_clock(practice::ClockMove {
                jump_ms,
                ..Default::default()
            })
            .expect("a clock that moves");
    }

    /// From now on a second is a second.
    pub fn run_clock(&self) {
        let speed = Some(1.0);
        self.control
            .move_clock(practice::ClockMove {
                speed,
                ..Default::default()
            })
            .expect("a clock that moves");
    }

    pub fn set_undo_ms(&self, undo_ms: i64) {
        let settings = self.desk.settings().expect("settings");
        self.desk
            .save_settings(&Settings {
                undo_ms,
                ..settings
            })
            .expect("settings are kept");
    }

    pub async fn stop_relay(&self) {
        if let Some(relay) = self.relay.lock().await.take() {
            relay.stop().await.expect("a relay that ends in good order");
        }
    }

    /// The same relay at the same address.
    pub async fn start_relay_again(&self) {
        let relay = start_relay(&self.directory, self.relay_address, &self.clock).await;
        *self.relay.lock().await = Some(relay);
    }

    /// Lena writes `text`, and it is in the window; gives her thread.
    pub async fn lena_writes(&self, text: &str) -> i64 {
        self.lena_wrote(text, self.clock.now()).await
    }

    /// The same, but she wrote it at another time.
    pub async fn lena_wrote(&self, text: &str, at: i64) -> i64 {
        let write = Write {
            wa_id: Some(LENA.to_owned()),
            name: Some("Lena Brandt".to_owned()),
            text: Some(text.to_owned()),
            at: Some(at),
            ..Write::default()
        };
        self.control
            .customer_writes(&write)
            .expect("a customer who can write");
        eventually("Lena's message", || {
            let thread = self.thread()?;
            self.bubbles(thread)
                .iter()
                .any(|row| words(&row.body) == text)
                .then_some(thread)
        })
        .await
    }

    fn thread(&self) -> Option<i64> {
        let number = &self.written_to;
        let found = self
            .desk
            .store
            .read(|db| thread_with(db, number, &phone(LENA), self.desk.clock.now()));
        found.expect("a store that answers").map(|thread| thread.id)
    }

    pub fn bubbles(&self, thread: i64) -> Vec<MessageRow> {
        self.desk
            .messages(thread, &Place::Newest, 100)
            .expect("a page of messages")
            .rows
    }

    /// Sends, and the policy says yes; gives the outbox id.
    pub fn send(&self, thread: i64, text: &str) -> String {
        match self
            .desk
            .send_text(thread, text, None, STAFF)
            .expect("a desk that answers")
        {
            SendResult::Queued { outbox_id, .. } => outbox_id,
            SendResult::Refused { reasons } => panic!("refused: {reasons:?}"),
            SendResult::Warned { verdict } => panic!("warned: {verdict:?}"),
        }
    }

    /// Waits until our bubble with this text is in this state.
    pub async fn until(&self, thread: i64, text: &str, state: DeliveryState) {
        eventually(&format!("{text:?} as {state:?}"), || {
            let rows = self.bubbles(thread);
            let ours = rows
                .iter()
                .rfind(|row| words(&row.body) == text && row.delivery.is_some())?;
            (ours.delivery.as_ref()?.state == state).then_some(())
        })
        .await;
    }

    /// Waits until this is what the composer of the thread holds.
    pub async fn until_draft(&self, thread: i64, text: &str) {
        eventually(&format!("the draft {text:?}"), || {
            (self
                .desk
                .thread_head(thread)
                .expect("the head of a thread")
                .draft
                == text)
                .then_some(())
        })
        .await;
    }

    /// Waits until the platform has accepted so many messages, and gives them.
    pub async fn accepted(&self, count: usize) -> Vec<Accepted> {
        eventually(&format!("{count} accepted messages"), || {
            let accepted = self.control.accepted(None);
            (accepted.len() == count).then_some(accepted)
        })
        .await
    }

    pub fn arm(&self, fault: Fault) {
        self.control.arm_fault(fault);
    }

    /// A status of the newest accepted message, dated now.
    pub fn status(&self, status: &str, code: Option<i64>) {
        let accepted = self.control.accepted(None);
        let newest = accepted.last().expect("an accepted message");
        self.control
            .send_status(&newest.wamid, status, code)
            .expect("a status");
    }

    /// Sends a template until the platform has it, and gives the outbox id. On a busy machine an answer may come too
    /// late, and a doubtful send is never made again by itself.
    pub async fn template_arrives(
        &self,
        thread: i64,
        choice: &TemplateChoice,
    ) -> (String, Accepted) {
        loop {
            let outbox_id = match insist_on(&self.desk, thread, choice) {
                SendResult::Queued { outbox_id, .. } => outbox_id,
                SendResult::Refused { reasons } => panic!("{}: {reasons:?}", choice.name),
                SendResult::Warned { verdict } => panic!("{}: {verdict:?}", choice.name),
            };
            let ended = eventually(&choice.name, || {
                let rows = self.bubbles(thread).into_iter();
                let mut ours = rows.filter(|row| row.outbox_id.as_deref() == Some(&outbox_id));
                let delivery = ours.next()?.delivery?;
                assert_eq!(delivery.failure, None, "{}", choice.name);
                match delivery.state {
                    DeliveryState::Doubtful => Some(None),
                    // Its answer tells the time: it must not come after a jump of the clock.
                    DeliveryState::Queued | DeliveryState::Sending => None,
                    _ => Some(self.control.accepted(Some(&outbox_id)).pop()),
                }
            })
            .await;
            if let Some(accepted) = ended {
                return (outbox_id, accepted);
            }
        }
    }
}
