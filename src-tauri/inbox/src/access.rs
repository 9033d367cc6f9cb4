//! Can this shop be spoken for, step by step: each with a real call, and each failure with the field it comes from.
//!
//! The findings are keys of sentences in the window's messages; details are Meta's own words, a date, a scope.

use crate::view::{self, AccessCheck, AccessForm, AccessStep, CheckState, FoundNumber};
use cloud_api::{
    client::{
        CallError, Client, Config, FeedClient, FeedError, PhoneNumber, Provider, SelfTest,
        SetupError, self_test,
    },
    error::Action,
};
use secrecy::SecretString;
use std::time::Duration;

/// A token that ends sooner is worth a word.
const SOON: i64 = 30 * 24 * 60 * 60 * 1000;
/// For a small body from the relay's door to its feed.
const SELF_TEST: Duration = Duration::from_secs(15);

/// Where the calls go: the provider's own address, or in tests a practice platform on this machine.
#[derive(Debug, Clone)]
pub struct Place {
    pub base_url: String,
}

impl Place {
    pub fn of(form: &AccessForm) -> Self {
        Self {
            base_url: provider(form.provider).url().to_owned(),
        }
    }
}

/// The provider as the wire knows it.
pub fn provider(chosen: view::Provider) -> Provider {
    match chosen {
        view::Provider::Meta => Provider::Meta,
        view::Provider::Dialog360 => Provider::Dialog360,
    }
}

/// One step. `now` is this machine's time, for tokens that expire; `nonce` tells one self-test from another.
pub async fn check(
    step: AccessStep,
    form: &AccessForm,
    place: &Place,
    now: i64,
    nonce: &str,
) -> AccessCheck {
    let found = match step {
        AccessStep::Token => token(form, place, now).await,
        AccessStep::Number => number(form, place).await,
        AccessStep::Account => return account(form, place).await,
        AccessStep::Subscription => subscription(form, place).await,
        AccessStep::Relay => relay(form).await,
        AccessStep::SelfTest => through_the_relay(form, nonce).await,
    };
    found.unwrap_or_else(|finding| finding).of(step)
}

/// What was found, before it is said of which step.
struct Finding {
    state: CheckState,
    key: &'static str,
    detail: Option<String>,
}

impl Finding {
    fn of(self, step: AccessStep) -> AccessCheck {
        AccessCheck {
            step,
            state: self.state,
            finding: self.key.to_owned(),
            detail: self.detail,
            numbers: Vec::new(),
        }
    }
}

fn found(state: CheckState, key: &'static str) -> Finding {
    Finding {
        state,
        key,
        detail: None,
    }
}

fn passed(key: &'static str) -> Result<Finding, Finding> {
    Ok(found(CheckState::Passed, key))
}

fn failed(key: &'static str) -> Finding {
    found(CheckState::Failed, key)
}

fn client(form: &AccessForm, place: &Place) -> Result<Client, Finding> {
    let plain = |text: &str| text.trim().to_owned();
    let token = SecretString::from(plain(&form.token));
    let config = Config::new(plain(&form.phone_number_id), plain(&form.waba_id), token);
    let config = Config {
        base_url: place.base_url.clone(),
        provider: provider(form.provider),
        ..config
    };
    Client::new(config).map_err(|_| failed("unexpected"))
}

async fn token(form: &AccessForm, place: &Place, now: i64) -> Result<Finding, Finding> {
    let client = client(form, place)?;
    let info = match client.debug_token().await {
        Ok(info) => info,
        // Whoever may not even ask about his own token has none.
        Err(error) if signed_out(&error) => return Err(failed("token_invalid")),
        Err(error) => return Err(of_call(&error, "unexpected")),
    };
    if !info.is_valid {
        return Err(failed("token_invalid"));
    }
    let missing = info.missing_scopes();
    if !missing.is_empty() {
        return Err(Finding {
            detail: Some(missing.join(", ")),
            ..failed("token_scope_missing")
        });
    }
    match info.expires_at.filter(|&at| at > 0) {
        Some(at) if at <= now => Err(failed("token_invalid")),
        Some(at) if at - now < SOON => Ok(Finding {
            detail: Some(at.to_string()),
            ..found(CheckState::Warning, "token_expires")
        }),
        _ => passed("token_ok"),
    }
}

async fn number(form: &AccessForm, place: &Place) -> Result<Finding, Finding> {
    let client = client(form, place)?;
    let number = client.phone_number().await;
    let number = number.map_err(|error| of_call(&error, "number_wrong_id"))?;
    let detail = Some(number.display_phone_number.clone());
    let finding = |state, key| Finding {
        state,
        key,
        detail: detail.clone(),
    };
    let status = number.status.as_deref().unwrap_or("CONNECTED");
    if status != "CONNECTED" {
        return Ok(Finding {
            detail: Some(status.to_owned()),
            ..found(CheckState::Warning, "number_not_connected")
        });
    }
    if number.quality_rating.as_deref() == Some("RED") {
        return Ok(finding(CheckState::Warning, "number_quality_low"));
    }
    Ok(finding(CheckState::Passed, "number_ok"))
}

async fn account(form: &AccessForm, place: &Place) -> AccessCheck {
    let step = AccessStep::Account;
    let numbers = match client(form, place) {
        Ok(client) => client.phone_numbers().await,
        Err(finding) => return finding.of(step),
    };
    let numbers = match numbers {
        Ok(numbers) => numbers,
        Err(error) => return of_call(&error, "account_wrong_id").of(step),
    };
    let wanted = form.phone_number_id.trim();
    let belongs = wanted.is_empty() || numbers.iter().any(|number| number.id == wanted);
    let finding = if belongs {
        found(CheckState::Passed, "account_ok")
    } else {
        failed("number_other_account")
    };
    AccessCheck {
        numbers: numbers.into_iter().map(of_account).collect(),
        ..finding.of(step)
    }
}

fn of_account(number: PhoneNumber) -> FoundNumber {
    FoundNumber {
        phone_number_id: number.id,
        display: number.display_phone_number,
        verified_name: number.verified_name,
        quality: number.quality_rating,
        status: number.status,
    }
}

async fn subscription(form: &AccessForm, place: &Place) -> Result<Finding, Finding> {
    let apps = client(form, place)?.subscribed_apps().await;
    let apps = apps.map_err(|error| of_call(&error, "account_wrong_id"))?;
    if apps.is_empty() {
        // Connecting subscribes, so this stops nobody.
        return Ok(found(CheckState::Warning, "subscription_missing"));
    }
    passed("subscription_ok")
}

fn feed(form: &AccessForm) -> Result<FeedClient, Finding> {
    let token = SecretString::from(form.relay_token.trim().to_owned());
    FeedClient::new(form.relay_url.trim(), token).map_err(|error| match error {
        SetupError::NotEncrypted => failed("relay_insecure"),
        SetupError::BadAddress => failed("relay_not_a_relay"),
        SetupError::NoTls => failed("unexpected"),
    })
}

async fn relay(form: &AccessForm) -> Result<Finding, Finding> {
    let feed = feed(form)?;
    feed.greet().await.map_err(of_feed)?;
    match feed.page(0, Duration::ZERO, 1).await {
        Ok(_) | Err(FeedError::CursorAhead { .. }) => passed("relay_ok"),
        Err(error) => Err(of_feed(error)),
    }
}

fn of_feed(error: FeedError) -> Finding {
    match error {
        FeedError::Unauthorized => failed("relay_refused"),
        FeedError::Bad { .. } => failed("relay_not_a_relay"),
        FeedError::Unreachable | FeedError::CursorAhead { .. } => failed("relay_down"),
    }
}

async fn through_the_relay(form: &AccessForm, nonce: &str) -> Result<Finding, Finding> {
    let secret = form.app_secret.trim();
    if secret.is_empty() {
        return Ok(found(CheckState::Skipped, "not_checked"));
    }
    let (feed, secret) = (feed(form)?, SecretString::from(secret.to_owned()));
    let url = form.relay_url.trim();
    match self_test(url, &secret, &feed, nonce, SELF_TEST).await {
        Ok(SelfTest::Seen { ms }) => Ok(Finding {
            detail: Some(ms.to_string()),
            ..found(CheckState::Passed, "self_test_ok")
        }),
        Ok(SelfTest::BadSecret) => Err(failed("self_test_bad_secret")),
        Ok(SelfTest::NotSeen) => Err(failed("self_test_not_seen")),
        Ok(SelfTest::Feed(error)) => Err(of_feed(error)),
        Ok(SelfTest::Door { http_status: None }) => Err(failed("relay_down")),
        Ok(SelfTest::Door {
            http_status: Some(404 | 405),
        }) => Err(failed("relay_not_a_relay")),
        Ok(SelfTest::Door { .. }) => Err(failed("relay_down")),
        Err(_) => Err(failed("relay_not_a_relay")),
    }
}

fn signed_out(error: &CallError) -> bool {
    error
        .rule()
        .is_some_and(|rule| rule.action == Action::SignIn)
}

/// `wrong`: what a plain refusal means here, e.g. an id that Meta does not know.
fn of_call(error: &CallError, wrong: &'static str) -> Finding {
    match error {
        CallError::NotOffered => found(CheckState::Skipped, "not_checked"),
        CallError::Unreachable => failed("no_network"),
        CallError::NoAnswer => failed("meta_down"),
        CallError::Unreadable { http_status, .. } if *http_status >= 500 => failed("meta_down"),
        CallError::Refused { http_status, .. } if *http_status >= 500 => failed("meta_down"),
        error if signed_out(error) => failed("token_invalid"),
        CallError::Refused { error, .. } => Finding {
            detail: Some(error.title.clone()),
            ..failed(wrong)
        },
        _ => failed("unexpected"),
    }
}
