//! `/_practice/templates…`: the calls of [`Control`] about templates over HTTP.

use axum::{Json, Router, extract::State, routing::post};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    control::Control, control_http::done, orders::ControlError, platform::Shared,
    templates::Template,
};

pub fn router() -> Router<Shared> {
    Router::new()
        .route("/", post(put_template))
        .route("/add", post(add_templates))
        .route("/status", post(template_status))
        .route("/complaints", post(complain))
        .route("/pacing", post(pace))
        .route("/pacing/decide", post(decide_pacing))
        .route("/category", post(recategorise))
}

async fn put_template(State(shared): State<Shared>, Json(template): Json<Template>) -> Json<Value> {
    Control::new(shared).put_template(template);
    done()
}

#[derive(Deserialize)]
struct Count {
    count: usize,
}

async fn add_templates(State(shared): State<Shared>, Json(count): Json<Count>) -> Json<Value> {
    Control::new(shared).add_templates(count.count);
    done()
}

#[derive(Deserialize)]
struct TemplateStatus {
    name: String,
    language: String,
    event: String,
    reason: Option<String>,
}

async fn template_status(
    State(shared): State<Shared>,
    Json(change): Json<TemplateStatus>,
) -> Result<Json<Value>, ControlError> {
    Control::new(shared).set_template_status(
        &change.name,
        &change.language,
        &change.event,
        change.reason.as_deref(),
    )?;
    Ok(done())
}

#[derive(Deserialize)]
struct Complaints {
    name: String,
    language: String,
    count: usize,
}

async fn complain(
    State(shared): State<Shared>,
    Json(given): Json<Complaints>,
) -> Result<Json<Value>, ControlError> {
    Control::new(shared).complain(&given.name, &given.language, given.count)?;
    Ok(done())
}

#[derive(Deserialize)]
struct Pace {
    name: String,
    language: String,
    /// So many go out before the rest is held.
    #[serde(default)]
    free: usize,
}

async fn pace(
    State(shared): State<Shared>,
    Json(given): Json<Pace>,
) -> Result<Json<Value>, ControlError> {
    Control::new(shared).pace(&given.name, &given.language, given.free)?;
    Ok(done())
}

#[derive(Deserialize)]
struct Decision {
    name: String,
    language: String,
    good: bool,
}

async fn decide_pacing(
    State(shared): State<Shared>,
    Json(given): Json<Decision>,
) -> Result<Json<Value>, ControlError> {
    Control::new(shared).decide_pacing(&given.name, &given.language, given.good)?;
    Ok(done())
}

#[derive(Deserialize)]
struct Category {
    name: String,
    language: String,
    category: String,
    /// Milliseconds of the platform's clock; default: a day.
    notice_ms: Option<i64>,
}

async fn recategorise(
    State(shared): State<Shared>,
    Json(given): Json<Category>,
) -> Result<Json<Value>, ControlError> {
    let notice = given.notice_ms.unwrap_or(24 * 60 * 60 * 1_000);
    Control::new(shared).recategorise(&given.name, &given.language, &given.category, notice)?;
    Ok(done())
}
