//! The trainer's and the tests' hand on the platform, as Rust calls. `control_http` offers the same over HTTP.

use std::time::Duration;

use axum::body::Bytes;
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::{
    bodies,
    customers::{Customer, bsuid_of},
    faults::{Fault, Faults},
    inbound, media,
    orders::{
        AccountChange, ClockMove, ClockState, ControlError, CustomerChange, Overview, Write,
        WriteMedia,
    },
    platform::{Shared, locked},
    schedule::perform,
    script,
    state::{Accepted, RuleSettings, SeenRequest, State, StatusPlan},
    statuses, webhooks,
};

/// How long [`Control::settle`] waits for the webhook target.
const SETTLE: Duration = Duration::from_secs(10);

#[derive(Clone)]
pub struct Control(pub(crate) Shared);

impl Control {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(shared)
    }

    /// A customer writes; gives the wamid.
    pub fn customer_writes(&self, write: &Write) -> Result<String, ControlError> {
        if write.wa_id.is_none() && write.bsuid.is_none() {
            return Err(ControlError::NoCustomer);
        }
        let mut content = self.content(write)?;
        if let Some(target) = &write.reply_to {
            content["context"] = json!({"from": self.0.config.display_phone_number, "id": target});
        }
        let now = self.0.clock.now();
        let customer = self.customer(write);
        let number = customer.wa_id.as_deref().unwrap_or_default();
        let wamid = content["id"]
            .as_str()
            .map_or_else(|| self.0.state().fresh_wamid(now, number), str::to_owned);
        let body = bodies::inbound(
            &self.0.config,
            &customer,
            &wamid,
            write.at.unwrap_or(now),
            &content,
        );
        inbound::observe(&self.0, &body);
        // What somebody writes whom the business has blocked, it never hears of.
        if !customer.blocked {
            self.0.send_webhook(&body);
        }
        Ok(wamid)
    }

    fn content(&self, write: &Write) -> Result<Value, ControlError> {
        if let Some(message) = &write.message {
            return Ok(message.clone());
        }
        if let Some(text) = &write.text {
            return Ok(json!({"type": "text", "text": {"body": text}}));
        }
        let given = write.media.as_ref().ok_or(ControlError::NoMessage)?;
        let bytes = STANDARD
            .decode(&given.base64)
            .map_err(|_| ControlError::NotBase64)?;
        Ok(self.media_content(given, Bytes::from(bytes)))
    }

    pub(crate) fn media_content(&self, given: &WriteMedia, bytes: Bytes) -> Value {
        let id = media::keep(&self.0, given.mime_type.clone(), bytes);
        let sha256 = self
            .0
            .state()
            .media
            .get(&id)
            .map(media::Media::sha256_base64);
        let mut part = json!({"id": id, "mime_type": given.mime_type, "sha256": sha256});
        if let Some(caption) = &given.caption {
            part["caption"] = caption.clone().into();
        }
        if let Some(filename) = &given.filename {
            part["filename"] = filename.clone().into();
        }
        let mut content = json!({"type": given.kind});
        content[&given.kind] = part;
        content
    }

    /// Everybody met so far.
    pub fn customers(&self) -> Vec<Customer> {
        self.0.state().customers.all().to_vec()
    }

    fn customer(&self, write: &Write) -> Customer {
        let mut state = self.0.state();
        let customer = state
            .customers
            .meet(write.wa_id.as_deref(), write.bsuid.as_deref());
        if let Some(name) = &write.name {
            customer.name.clone_from(name);
        } else if customer.name.is_empty() {
            customer.name = "Practice customer".to_owned();
        }
        if let Some(username) = &write.username {
            customer.username = Some(username.trim_start_matches('@').to_owned());
        }
        if let (None, Some(wa_id), false) = (&customer.bsuid, &customer.wa_id, write.without_bsuid)
        {
            let (wa_id, bsuid) = (wa_id.clone(), bsuid_of(wa_id));
            return state.customers.meet(Some(&wa_id), Some(&bsuid)).clone();
        }
        customer.clone()
    }

    /// Sends any body, signed.
    pub fn send_webhook(&self, body: &Value) {
        inbound::observe(&self.0, body);
        self.0.send_webhook(body);
    }

    /// Sends any bytes, signed; they need not be JSON.
    pub fn send_webhook_bytes(&self, body: Vec<u8>) {
        self.0.send_webhook_bytes(body, None);
    }

    /// Webhooks go to this URL from now on, the waiting ones at once.
    pub fn set_webhook_target(&self, url: impl Into<String>) {
        self.0.webhooks.set_target(url.into());
    }

    /// Meta's handshake with the webhook target; `true` where it passed.
    pub async fn verify_webhook(&self) -> bool {
        webhooks::verify(&self.0).await
    }

    pub fn clock(&self) -> ClockState {
        ClockState {
            now_ms: self.0.clock.now(),
            speed: self.0.clock.speed(),
        }
    }

    pub fn move_clock(&self, change: ClockMove) -> Result<ClockState, ControlError> {
        let now = change.set_ms.unwrap_or_else(|| self.0.clock.now()) + change.jump_ms;
        let speed = change.speed.unwrap_or_else(|| self.0.clock.speed());
        self.0
            .clock
            .set(now, speed)
            .map_err(|_| ControlError::ClockNotMoved)?;
        self.0.schedule.wake();
        Ok(self.clock())
    }

    pub fn arm_fault(&self, fault: Fault) {
        self.0.state().faults.arm(fault);
    }

    pub fn faults(&self) -> Vec<Fault> {
        self.0.state().faults.list()
    }

    pub fn clear_faults(&self) {
        self.0.state().faults.clear();
    }

    /// What was accepted, oldest first; with `callback_data` only what carried it.
    pub fn accepted(&self, callback_data: Option<&str>) -> Vec<Accepted> {
        let state = self.0.state();
        let matches = |m: &&Accepted| {
            callback_data.is_none_or(|wanted| m.callback_data.as_deref() == Some(wanted))
        };
        state.accepted.iter().filter(matches).cloned().collect()
    }

    /// The requests clients made, oldest first, with the answers they got.
    pub fn requests(&self) -> Vec<SeenRequest> {
        self.0.state().requests.iter().cloned().collect()
    }

    /// By `wa_id` or BSUID; a customer not met yet is made.
    pub fn change_customer(&self, id: &str, change: &CustomerChange) {
        let now = self.0.clock.now();
        let mut state = self.0.state();
        let customer = state.customers.meet_any(id);
        if let Some(name) = &change.name {
            customer.name.clone_from(name);
        }
        if let Some(username) = &change.username {
            customer.username = Some(username.clone());
        }
        if let Some(wa_id) = &change.answers_as {
            customer.answers_as = Some(wa_id.clone());
        }
        customer.blocks = change.blocks.unwrap_or(customer.blocks);
        customer.unreachable = change.unreachable.unwrap_or(customer.unreachable);
        customer.marketing_capped = change.marketing_capped.unwrap_or(customer.marketing_capped);
        customer.stops_marketing = change.stops_marketing.unwrap_or(customer.stops_marketing);
        let customer = customer.clone();
        drop(state);
        if let Some(stop) = change.stops_marketing {
            self.0.send_webhook(&bodies::user_preference(
                &self.0.config,
                &customer,
                stop,
                now,
            ));
        }
    }

    pub fn change_account(&self, change: &AccountChange) -> Result<(), ControlError> {
        let code = match change.state.as_deref() {
            _ if change.code.is_some() => change.code,
            None => self.0.state().account.refuses_with,
            Some("ok") => None,
            Some("restricted") => Some(368),
            Some("locked") => Some(131_031),
            Some("spam_limited") => Some(131_048),
            Some("no_permission") => Some(131_005),
            Some("marketing_capped") => Some(131_049),
            Some("payment") => Some(131_042),
            Some("maintenance") => Some(131_057),
            Some(_) => return Err(ControlError::UnknownAccountState),
        };
        let mut state = self.0.state();
        let before = std::mem::replace(&mut state.account.refuses_with, code);
        if let Some(quality) = &change.quality {
            state.account.quality.clone_from(quality);
        }
        drop(state);
        let now = self.0.clock.now();
        let update = match (before, code) {
            (before, code) if before == code => return Ok(()),
            (_, Some(368)) => json!({"event": "ACCOUNT_RESTRICTION", "restriction_info": [
                {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": now / 1_000 + 86_400},
                {"restriction_type": "RESTRICTED_CUSTOMER_INITIATED_MESSAGING", "expiration": now / 1_000 + 86_400},
            ]}),
            (_, Some(131_031)) => {
                json!({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE", "waba_ban_date": "today"}})
            }
            (Some(131_031), None) => {
                json!({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE", "waba_ban_date": "today"}})
            }
            _ => return Ok(()),
        };
        self.0.send_webhook(&bodies::envelope(
            &self.0.config,
            "account_update",
            update,
            Some(now),
        ));
        Ok(())
    }

    /// The token clients must show from now on; `None`: no token is good any more.
    pub fn set_token(&self, token: Option<SecretString>) {
        let now = self.0.clock.now();
        let mut state = self.0.state();
        state.token = match token {
            Some(token) => token,
            None => hex::encode(state.fresh(now)).into(),
        };
    }

    pub fn set_status_plan(&self, plan: StatusPlan) {
        self.0.state().plan = plan;
    }

    pub fn set_rules(&self, rules: RuleSettings) {
        self.0.state().rules = rules;
    }

    /// Announces one status of an accepted message now: `sent`, `delivered`, `read`, `played`, `failed` with a code.
    pub fn send_status(
        &self,
        wamid: &str,
        status: &str,
        code: Option<i64>,
    ) -> Result<(), ControlError> {
        if self.0.state().accepted(wamid).is_none() {
            return Err(ControlError::NoAcceptedMessage);
        }
        statuses::announce(&self.0, wamid, status, code, self.0.clock.now());
        Ok(())
    }

    /// Announces all planned statuses now and waits (up to ten seconds) until the webhook target has everything.
    pub async fn settle(&self) -> Overview {
        let now = self.0.clock.now();
        for (due, job) in self.0.schedule.take_statuses() {
            perform(&self.0, due.min(now), job);
        }
        if !self.0.webhooks.target().is_empty() {
            self.0.webhooks.drained(SETTLE).await;
        }
        self.overview()
    }

    pub fn overview(&self) -> Overview {
        let (pending_webhooks, delivered_webhooks) = self.0.webhooks.counts();
        let state = self.0.state();
        Overview {
            pending_webhooks,
            delivered_webhooks,
            planned: self.0.schedule.len(),
            accepted: state.accepted.len(),
            customers: state.customers.all().len(),
            webhook_url: self.0.webhooks.target(),
        }
    }

    /// The scripted customers of a language start to write.
    pub fn run_script(&self, language: crate::Language) {
        script::run(&self.0, language);
    }

    /// As after the start, except for the clock, the webhook target and the state file.
    pub fn reset(&self) {
        let config = &self.0.config;
        self.0.schedule.clear();
        self.0.webhooks.clear();
        *locked(&self.0.cast) = script::Cast::default();
        let mut state = self.0.state();
        *state = State::new(config.seed, config.token.clone());
        state.faults = Faults::new(config.seed);
    }
}
