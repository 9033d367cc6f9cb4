//! What the number, the account, the token and Meta's delivery log say about themselves.

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CallError, Client, call::next_cursor};
use crate::{
    read::{self, part, text},
    webhook::StatusKind,
};

/// An account has a few numbers, in pages of 25; more pages than this are a fault.
const NUMBER_PAGES_MAX: usize = 40;
const NUMBER_FIELDS: &str = "id,display_phone_number,verified_name,name_status,quality_rating,status,\
code_verification_status,throughput,account_mode,platform_type,is_on_biz_app,is_official_business_account,\
whatsapp_business_manager_messaging_limit,health_status";

/// The business number (Meta, "Phone numbers"). Values stay Meta's words; `None` where Meta left them out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PhoneNumber {
    pub id: String,
    pub display_phone_number: String,
    pub verified_name: Option<String>,
    pub name_status: Option<String>,
    /// GREEN, YELLOW, RED, UNKNOWN or NA.
    pub quality_rating: Option<String>,
    /// CONNECTED, FLAGGED, RESTRICTED, BANNED, …
    pub status: Option<String>,
    pub code_verification_status: Option<String>,
    /// STANDARD, HIGH, NOT_APPLICABLE.
    pub throughput: Option<String>,
    pub account_mode: Option<String>,
    pub platform_type: Option<String>,
    /// Coexistence: the number is also used in the WhatsApp Business app.
    pub is_on_biz_app: bool,
    pub is_official_business_account: bool,
    /// TIER_250, TIER_2K, … for the whole portfolio.
    pub messaging_limit: Option<String>,
    pub health: Option<Health>,
}

/// `health_status`: may messages be sent, and if not, what is in the way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Health {
    /// AVAILABLE, LIMITED, BLOCKED.
    pub can_send_message: String,
    /// Each with entity_type, id, can_send_message, errors or additional_info, as Meta wrote them.
    pub entities: Vec<Value>,
}

/// A page of Meta's delivery log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryPage {
    pub events: Vec<HistoryEvent>,
    /// Pass as `after` for the next page.
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEvent {
    pub wamid: String,
    pub kind: StatusKind,
    /// `delivery_status` as Meta wrote it.
    pub status: String,
    /// Unix milliseconds.
    pub at: Option<i64>,
    pub error: Option<String>,
}

/// What a token may do, and until when (Meta, "Permissions"; `debug_token`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenInfo {
    pub is_valid: bool,
    pub app_id: Option<String>,
    pub scopes: Vec<String>,
    /// Unix milliseconds; `None` where it never expires.
    pub expires_at: Option<i64>,
}

impl TokenInfo {
    /// Sending and receiving messages; templates and account news.
    pub const SCOPES_NEEDED: [&str; 2] = [
        "whatsapp_business_messaging",
        "whatsapp_business_management",
    ];

    pub fn missing_scopes(&self) -> Vec<&'static str> {
        let has = |scope: &str| self.scopes.iter().any(|s| s == scope);
        Self::SCOPES_NEEDED
            .into_iter()
            .filter(|scope| !has(scope))
            .collect()
    }
}

/// An app that gets the account's webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscribedApp {
    pub id: String,
    pub name: String,
}

impl Client {
    pub async fn phone_number(&self) -> Result<PhoneNumber, CallError> {
        self.only_meta()?;
        let url = self.url(&self.config.phone_number_id);
        let row = self.get(&url, &[("fields", NUMBER_FIELDS)]).await?;
        Ok(phone_number(&row, &self.config.phone_number_id))
    }

    /// Every number of the account, to the last page (Meta, "Phone numbers").
    pub async fn phone_numbers(&self) -> Result<Vec<PhoneNumber>, CallError> {
        self.only_meta()?;
        let url = self.account_url("phone_numbers");
        let mut numbers = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..NUMBER_PAGES_MAX {
            let mut query = vec![("fields", NUMBER_FIELDS)];
            query.extend(after.as_deref().map(|after| ("after", after)));
            let page = self.get(&url, &query).await?;
            numbers.extend(
                read::list(&page, "data")
                    .iter()
                    .map(|row| phone_number(row, "")),
            );
            match next_cursor(&page) {
                Some(next) if Some(&next) != after.as_ref() => after = Some(next),
                Some(_) => break,
                None => return Ok(numbers),
            }
        }
        Err(CallError::EndlessList)
    }

    /// Delivery states that Meta still knows: of one message, or of all, newest first, in pages. Holds
    /// neither contents nor anything inbound.
    pub async fn message_history(
        &self,
        wamid: Option<&str>,
        after: Option<&str>,
    ) -> Result<HistoryPage, CallError> {
        self.only_meta()?;
        let fields = "id,message_id,events{delivery_status,timestamp,error_description}";
        let mut query = vec![("fields", fields), ("limit", "100")];
        query.extend(wamid.map(|wamid| ("message_id", wamid)));
        query.extend(after.map(|after| ("after", after)));
        let page = self
            .get(&self.number_url("message_history"), &query)
            .await?;
        Ok(HistoryPage {
            events: read::list(&page, "data")
                .iter()
                .flat_map(history_events)
                .collect(),
            next: next_cursor(&page),
        })
    }

    /// Asks about the client's own token.
    pub async fn debug_token(&self) -> Result<TokenInfo, CallError> {
        self.only_meta()?;
        let token = self.config.token.expose_secret();
        let answer = self
            .get(&self.url("debug_token"), &[("input_token", token)])
            .await?;
        let data = part(&answer, "data");
        Ok(TokenInfo {
            is_valid: read::flag(data, "is_valid"),
            app_id: text(data, "app_id"),
            scopes: data
                .get("scopes")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(read::as_text)
                .collect(),
            expires_at: read::moment(data, "expires_at"),
        })
    }

    /// The apps that get webhooks for the account.
    pub async fn subscribed_apps(&self) -> Result<Vec<SubscribedApp>, CallError> {
        self.only_meta()?;
        let answer = self.get(&self.account_url("subscribed_apps"), &[]).await?;
        let apps = read::list(&answer, "data").iter().filter_map(|row| {
            let app = row.get("whatsapp_business_api_data").unwrap_or(row);
            Some(SubscribedApp {
                id: text(app, "id")?,
                name: read::text_or_empty(app, "name"),
            })
        });
        Ok(apps.collect())
    }

    /// Ends the subscription of the token's app.
    pub async fn unsubscribe(&self) -> Result<(), CallError> {
        self.only_meta()?;
        let request = self.http.delete(self.account_url("subscribed_apps"));
        self.once(request).await.map(drop)
    }

    /// Subscribes the token's app to the account. Doing so twice changes nothing.
    pub async fn subscribe(&self) -> Result<(), CallError> {
        self.only_meta()?;
        let request = self.http.post(self.account_url("subscribed_apps"));
        self.once(request).await.map(drop)
    }
}

/// One number; `id` where the row names none.
fn phone_number(row: &Value, id: &str) -> PhoneNumber {
    let health = part(row, "health_status");
    PhoneNumber {
        id: text(row, "id").unwrap_or_else(|| id.to_owned()),
        display_phone_number: read::text_or_empty(row, "display_phone_number"),
        verified_name: text(row, "verified_name"),
        name_status: text(row, "name_status"),
        quality_rating: text(row, "quality_rating")
            .or_else(|| text(part(row, "quality_score"), "score")),
        status: text(row, "status"),
        code_verification_status: text(row, "code_verification_status"),
        throughput: text(part(row, "throughput"), "level"),
        account_mode: text(row, "account_mode"),
        platform_type: text(row, "platform_type"),
        is_on_biz_app: read::flag(row, "is_on_biz_app"),
        is_official_business_account: read::flag(row, "is_official_business_account"),
        messaging_limit: text(row, "whatsapp_business_manager_messaging_limit"),
        health: text(health, "can_send_message").map(|can_send_message| Health {
            can_send_message,
            entities: read::list(health, "entities").to_vec(),
        }),
    }
}

fn history_events(row: &Value) -> Vec<HistoryEvent> {
    let Some(wamid) = text(row, "message_id") else {
        return Vec::new();
    };
    let events = part(row, "events");
    read::list(events, "data")
        .iter()
        .filter_map(|event| {
            let status = text(event, "delivery_status")?;
            Some(HistoryEvent {
                wamid: wamid.clone(),
                kind: StatusKind::named(&status),
                status,
                at: read::moment(event, "timestamp"),
                error: text(event, "error_description"),
            })
        })
        .collect()
}
