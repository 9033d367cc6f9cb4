//! The account around the messages: the number's fields, the token, the webhook subscription.

use std::collections::HashMap;

use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::{platform::Shared, templates::pick};

/// `GET /{phone_number_id}` (Meta, "Phone numbers"; "Health status").
pub fn phone_number(shared: &Shared, id: &str, query: &HashMap<String, String>) -> Value {
    let state = shared.state();
    let config = &shared.config;
    let blocked = state.account.refuses_with;
    let (health, number_status) = match blocked {
        None => ("AVAILABLE", "CONNECTED"),
        Some(368 | 131_031) => ("BLOCKED", "RESTRICTED"),
        Some(131_048) => ("LIMITED", "RATE_LIMITED"),
        Some(_) => ("BLOCKED", "CONNECTED"),
    };
    let mut entity = json!({
        "entity_type": "PHONE_NUMBER",
        "id": id,
        "can_send_message": health,
    });
    if let Some(code) = blocked {
        entity["errors"] = json!([{
            "error_code": code,
            "error_description": "Sending is restricted in this practice account.",
            "possible_solution": "Lift the restriction in the practice settings.",
        }]);
    }
    let defaults = "id,display_phone_number,verified_name,quality_rating,code_verification_status";
    let all = json!({
        "id": id,
        "display_phone_number": config.display_of(id),
        "verified_name": "Guichet practice",
        "name_status": "APPROVED",
        "quality_rating": state.account.quality,
        "quality_score": {"score": state.account.quality},
        "status": number_status,
        "code_verification_status": "VERIFIED",
        "throughput": {"level": "STANDARD"},
        "account_mode": "SANDBOX",
        "platform_type": "CLOUD_API",
        "is_on_biz_app": false,
        "is_official_business_account": false,
        "is_pin_enabled": true,
        "whatsapp_business_manager_messaging_limit": "TIER_250",
        "messaging_limit_tier": "TIER_250",
        "health_status": {"can_send_message": health, "entities": [entity]},
        "webhook_configuration": {"application": shared.webhooks.target()},
    });
    pick(
        all,
        Some(query.get("fields").map_or(defaults, String::as_str)),
    )
}

/// `GET /{waba_id}`.
pub fn business_account(shared: &Shared, query: &HashMap<String, String>) -> Value {
    let all = json!({
        "id": shared.config.waba_id,
        "name": "Guichet practice",
        "currency": "EUR",
        "timezone_id": "1",
        "account_review_status": "APPROVED",
        "message_template_namespace": "guichet_practice",
    });
    pick(
        all,
        Some(query.get("fields").map_or(
            "id,name,timezone_id,message_template_namespace",
            String::as_str,
        )),
    )
}

/// `GET /{waba_id}/phone_numbers`.
pub fn phone_numbers(shared: &Shared, query: &HashMap<String, String>) -> Value {
    let ids = shared.config.numbers();
    let rows: Vec<Value> = ids.map(|id| phone_number(shared, id, query)).collect();
    json!({"data": rows})
}

/// `GET /debug_token?input_token=`.
pub fn debug_token(shared: &Shared, query: &HashMap<String, String>) -> Value {
    let given = query.get("input_token").map_or("", String::as_str);
    if given != shared.state().token.expose_secret() {
        return json!({"data": {
            "is_valid": false,
            "error": {"code": 190, "message": "Invalid OAuth access token.", "subcode": 463},
            "scopes": [],
        }});
    }
    let scopes = [
        "whatsapp_business_management",
        "whatsapp_business_messaging",
    ];
    json!({"data": {
        "app_id": APP_ID,
        "type": "SYSTEM_USER",
        "application": "Guichet practice",
        "data_access_expires_at": 0,
        "expires_at": 0,
        "is_valid": true,
        "issued_at": shared.clock.now() / 1_000,
        "scopes": scopes,
        "granular_scopes": scopes.map(|scope| json!({"scope": scope, "target_ids": [shared.config.waba_id]})),
        "user_id": "122000000000000001",
    }})
}

pub const APP_ID: &str = "120000000000000001";

/// `GET /{waba_id}/subscribed_apps`.
pub fn subscribed_apps(shared: &Shared) -> Value {
    if !shared.state().account.subscribed {
        return json!({"data": []});
    }
    json!({"data": [{"whatsapp_business_api_data": {
        "id": APP_ID,
        "name": "Guichet practice",
        "link": format!("https://www.facebook.com/games/?app_id={APP_ID}"),
    }}]})
}

/// `POST` or `DELETE /{waba_id}/subscribed_apps`.
pub fn subscribe(shared: &Shared, on: bool) -> Value {
    shared.state().account.subscribed = on;
    json!({"success": true})
}
