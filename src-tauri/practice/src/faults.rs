//! Faults on demand: what can go wrong between a client and Meta, switched on by a test or a trainer.
//!
//! A fault says which requests it meets (`on`), what happens (`kind`) and how often (`count`). "before"
//! means that the message was not accepted, "after" that it was, and only the answer is lost.

use serde::{Deserialize, Serialize};

use crate::chance::Chance;

/// Which traffic a fault meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// `POST /{phone_number_id}/messages` that send something.
    Messages,
    /// The same endpoint with `status: "read"`.
    Reads,
    /// Upload, address, bytes and deletion of media.
    Media,
    Templates,
    /// Everything else that a client asks: number, history, token, subscription.
    Account,
    /// Webhooks the platform sends.
    Webhook,
    /// Every request a client makes.
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Not accepted, and no answer for `delay_ms` (default: ten minutes), then a reset.
    TimeoutBefore,
    /// Accepted, and no answer.
    TimeoutAfter,
    /// Not accepted, the connection is reset.
    ResetBefore,
    /// Accepted; the connection is reset after `after_bytes` bytes of the answer (default 0).
    ResetAfter,
    /// An HTTP status (default 500) with an error body where `code` is given, else without a body.
    /// Accepted only with `accepted: true`.
    Status,
    /// 200 with a page of HTML. Accepted unless `accepted: false`; so are the next two.
    #[serde(rename = "html_200")]
    Html200,
    /// 200 without the message's id.
    #[serde(rename = "no_id_200")]
    NoId200,
    /// 200 with a JSON body that breaks off.
    MalformedJson,
    /// The answer (or the webhook) comes `delay_ms` late (default 1,000).
    Delay,
    DuplicateWebhook,
    /// The webhook changes places with the next one.
    ReorderWebhooks,
    DropWebhook,
    /// The `sent` status reaches the webhook before the send is answered.
    WebhookBeforeAnswer,
    /// A template is accepted as `held_for_quality_assessment`; with `code` (132015) it is dropped later, else released.
    HoldQuality,
}

impl Kind {
    fn concerns_webhooks(self, on: On) -> bool {
        match self {
            Self::DuplicateWebhook | Self::ReorderWebhooks | Self::DropWebhook => true,
            Self::Delay => on == On::Webhook,
            _ => false,
        }
    }

    /// Changes how a message is accepted; may come together with a fault of the connection.
    fn changes_acceptance(self) -> bool {
        matches!(self, Self::WebhookBeforeAnswer | Self::HoldQuality)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    pub on: On,
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
    /// Real milliseconds, whatever the platform's clock does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_bytes: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<bool>,
    /// How many requests it meets; `None`: until cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// 0 to 1; `None`: every matching request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
}

impl Fault {
    pub fn new(on: On, kind: Kind) -> Self {
        Self {
            on,
            kind,
            status: None,
            code: None,
            retry_after_s: None,
            delay_ms: None,
            after_bytes: None,
            accepted: None,
            count: None,
            probability: None,
            seed: None,
        }
    }

    /// Meets only the next request.
    pub fn once(on: On, kind: Kind) -> Self {
        Self {
            count: Some(1),
            ..Self::new(on, kind)
        }
    }

    /// Whether a request it meets still does its work.
    pub fn lets_through(&self) -> bool {
        match self.kind {
            Kind::TimeoutBefore | Kind::ResetBefore => false,
            Kind::Status => self.accepted.unwrap_or(false),
            _ => self.accepted.unwrap_or(true),
        }
    }
}

/// The faults switched on, in the order they came.
#[derive(Debug)]
pub struct Faults {
    seed: u64,
    armed: Vec<(Fault, Chance)>,
}

impl Faults {
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            armed: Vec::new(),
        }
    }

    pub fn arm(&mut self, fault: Fault) {
        let chance = Chance::new(fault.seed.unwrap_or(self.seed));
        self.armed.push((fault, chance));
    }

    pub fn clear(&mut self) {
        self.armed.clear();
    }

    pub fn list(&self) -> Vec<Fault> {
        self.armed.iter().map(|(fault, _)| fault.clone()).collect()
    }

    /// The fault this request meets, used up where it was the last time.
    pub fn meet(&mut self, on: On) -> Option<Fault> {
        self.take(|fault| {
            if on == On::Webhook {
                fault.kind.concerns_webhooks(fault.on)
            } else {
                (fault.on == on || fault.on == On::Any)
                    && !fault.kind.concerns_webhooks(fault.on)
                    && !fault.kind.changes_acceptance()
            }
        })
    }

    /// [`Kind::WebhookBeforeAnswer`] or [`Kind::HoldQuality`], for the message about to be accepted.
    pub fn meet_on_acceptance(&mut self, kind: Kind) -> Option<Fault> {
        self.take(|fault| fault.kind == kind)
    }

    fn take(&mut self, meets: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let at = self.armed.iter_mut().position(|(fault, chance)| {
            meets(fault) && fault.probability.is_none_or(|p| chance.happens(p))
        })?;
        let fault = self.armed[at].0.clone();
        if let Some(left) = self.armed[at].0.count.as_mut() {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.armed.remove(at);
            }
        }
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_fault_is_used_up_and_an_uncounted_one_stays() {
        let mut faults = Faults::new(1);
        faults.arm(Fault {
            count: Some(2),
            ..Fault::new(On::Messages, Kind::ResetAfter)
        });
        assert!(faults.meet(On::Media).is_none());
        assert!(faults.meet(On::Messages).is_some());
        assert!(faults.meet(On::Messages).is_some());
        assert!(faults.meet(On::Messages).is_none());
        faults.arm(Fault::new(On::Any, Kind::Status));
        assert!((0..9).all(|_| faults.meet(On::Account).is_some()));
        assert!(
            faults.meet(On::Webhook).is_none(),
            "`any` means a client's requests"
        );
        faults.clear();
        assert!(faults.meet(On::Account).is_none());
    }

    #[test]
    fn a_webhook_fault_never_eats_a_request() {
        let mut faults = Faults::new(1);
        faults.arm(Fault::once(On::Messages, Kind::DuplicateWebhook));
        assert!(faults.meet(On::Messages).is_none());
        assert_eq!(
            faults.meet(On::Webhook).map(|f| f.kind),
            Some(Kind::DuplicateWebhook)
        );
    }

    #[test]
    fn a_fault_with_a_probability_repeats_itself_with_its_seed() {
        let run = || {
            let mut faults = Faults::new(1);
            faults.arm(Fault {
                probability: Some(0.5),
                seed: Some(42),
                ..Fault::new(On::Messages, Kind::TimeoutAfter)
            });
            (0..64)
                .map(|_| faults.meet(On::Messages).is_some())
                .collect::<Vec<_>>()
        };
        assert_eq!(run(), run());
        assert!(run().contains(&true) && run().contains(&false));
    }

    #[test]
    fn faults_are_read_as_the_control_endpoint_gets_them() {
        let fault: Fault =
            serde_json::from_str(r#"{"on":"messages","kind":"no_id_200","count":1}"#).unwrap();
        assert_eq!(fault, Fault::once(On::Messages, Kind::NoId200));
        assert!(serde_json::from_str::<Fault>(r#"{"on":"messages","kind":"x"}"#).is_err());
    }
}
