//! Decides who is heard before anything is read, parsed or stored.
//!
//! Order for a webhook: a header that can prove it, a bounded body, the HMAC over its raw bytes where it is the
//! signature that has to prove it. Only then does anyone else see it. What is refused here leaves no trace but a
//! status code.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderMap, StatusCode, header},
};
use cloud_api::signature::{AppSecrets, SIGNATURE_HEADER};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::config::{Proof, SecretHeader};

/// Why a request is not heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(
        "the request is neither signed exactly once by Meta's app secret nor carries the secret header"
    )]
    Unsigned,
    #[error("the bearer token is missing or wrong")]
    Unauthorized,
    #[error("the body is larger than a webhook may be")]
    TooLarge,
    #[error("the body took too long")]
    TooSlow,
    #[error("the body broke off")]
    Broken,
    #[error("too many bodies are under way")]
    Busy,
}

impl Refusal {
    pub fn status(self) -> StatusCode {
        match self {
            Self::Unsigned | Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken => StatusCode::BAD_REQUEST,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Stable word for machines.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Unauthorized => "unauthorized",
            Self::TooLarge => "too_large",
            Self::TooSlow => "too_slow",
            Self::Broken => "broken_off",
            Self::Busy => "busy",
        }
    }
}

/// What is left to be done before a webhook is believed.
#[derive(Debug, Clone, Copy)]
pub enum Claim<'a> {
    /// The secret header was right; the body need not be looked at.
    Proven,
    /// This signature has to fit the body.
    Signed(&'a AppSecrets, &'a str),
}

/// Looks at the headers alone, so that who can prove nothing need not be listened to.
///
/// Either proof is enough where both are set up: a provider may pass on a signature made with a secret of its own.
pub fn claim<'a>(proof: &'a Proof, headers: &'a HeaderMap) -> Result<Claim<'a>, Refusal> {
    if proof.header().is_some_and(|secret| knows(secret, headers)) {
        return Ok(Claim::Proven);
    }
    let secrets = proof.signature().ok_or(Refusal::Unsigned)?;
    Ok(Claim::Signed(secrets, signature(headers)?))
}

impl Claim<'_> {
    /// Proves that the body, byte by byte, is Meta's.
    pub fn verify(self, body: &[u8]) -> Result<(), Refusal> {
        match self {
            Self::Proven => Ok(()),
            Self::Signed(secrets, signature) => secrets
                .verify(Some(signature), body)
                .map_err(|_| Refusal::Unsigned),
        }
    }
}

/// The one signature. Two headers are refused: which of them a proxy looked at is anyone's guess.
fn signature(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut all = headers.get_all(SIGNATURE_HEADER).iter();
    match (all.next(), all.next()) {
        (Some(one), None) => one.to_str().map_err(|_| Refusal::Unsigned),
        _ => Err(Refusal::Unsigned),
    }
}

/// Once, and right.
fn knows(secret: &SecretHeader, headers: &HeaderMap) -> bool {
    let mut all = headers.get_all(&secret.name).iter();
    match (all.next(), all.next()) {
        (Some(one), None) => one
            .to_str()
            .is_ok_and(|given| same(&secret.value, given.trim())),
        _ => false,
    }
}

/// Any of the tokens in `Authorization: Bearer …`; all of them are compared, whichever fits.
pub fn bearer(tokens: &[SecretString], headers: &HeaderMap) -> Result<(), Refusal> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let given = match (all.next(), all.next()) {
        (Some(one), None) => one.to_str().ok(),
        _ => None,
    };
    let given = given
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map_or("", |(_, token)| token.trim());
    let fits = tokens
        .iter()
        .fold(false, |fits, token| fits | same(token, given));
    if fits {
        Ok(())
    } else {
        Err(Refusal::Unauthorized)
    }
}

/// Takes the same time wherever the two differ and however long they are. An empty secret fits nothing.
pub fn same(secret: &SecretString, given: &str) -> bool {
    let secret = secret.expose_secret();
    let equal = Sha256::digest(secret).ct_eq(&Sha256::digest(given));
    bool::from(equal) && !secret.is_empty()
}

/// Bounds the memory that all bodies together take while they come in.
#[derive(Clone, Debug)]
pub struct Budget(Arc<AtomicUsize>);

/// Part of a [`Budget`], given back when dropped.
#[derive(Debug)]
pub struct Share {
    budget: Budget,
    bytes: usize,
}

impl Budget {
    pub fn new(bytes: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(bytes)))
    }

    fn empty_share(&self) -> Share {
        Share {
            budget: self.clone(),
            bytes: 0,
        }
    }
}

impl Share {
    fn grow(&mut self, bytes: usize) -> Result<(), Refusal> {
        let left = &self.budget.0;
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            left.checked_sub(bytes)
        })
        .map_err(|_| Refusal::Busy)?;
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.0.fetch_add(self.bytes, Ordering::Relaxed);
    }
}

/// Reads a body of at most `limit` bytes within `time`. Bytes count against the budget as they arrive, not as
/// they are announced: an announcement costs nothing.
pub async fn read_body(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
    time: Duration,
    budget: &Budget,
) -> Result<(Bytes, Share), Refusal> {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(Refusal::TooLarge);
    }
    tokio::time::timeout(time, collect(body, limit, budget))
        .await
        .unwrap_or(Err(Refusal::TooSlow))
}

async fn collect(mut body: Body, limit: usize, budget: &Budget) -> Result<(Bytes, Share), Refusal> {
    let mut share = budget.empty_share();
    let mut first = Bytes::new();
    let mut joined = Vec::new();
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(data) = frame.map_err(|_| Refusal::Broken)?.into_data() else {
            continue;
        };
        if share.bytes + data.len() > limit {
            return Err(Refusal::TooLarge);
        }
        share.grow(data.len())?;
        // Nearly every webhook comes in one piece and need not be copied.
        if first.is_empty() {
            first = data;
        } else {
            if joined.is_empty() {
                joined.extend_from_slice(&first);
            }
            joined.extend_from_slice(&data);
        }
    }
    let body = if joined.is_empty() {
        first
    } else {
        joined.into()
    };
    Ok((body, share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[test]
    fn an_empty_secret_fits_nothing() {
        assert!(same(&token("lantern"), "lantern"));
        for (secret, given) in [
            ("", ""),
            ("lantern", ""),
            ("lantern", "lanter"),
            ("lantern", "lanterns"),
        ] {
            assert!(!same(&token(secret), given), "{secret:?} against {given:?}");
        }
    }

    #[tokio::test]
    async fn bodies_share_one_budget_and_give_it_back() {
        let budget = Budget::new(10);
        let read = |text: &'static str| {
            let budget = budget.clone();
            async move {
                let time = Duration::from_secs(5);
                read_body(&HeaderMap::new(), Body::from(text), 8, time, &budget).await
            }
        };
        let (body, share) = read("12345678").await.unwrap();
        assert_eq!(&body[..], b"12345678");
        assert_eq!(read("123").await.unwrap_err(), Refusal::Busy);
        drop(share);
        assert!(read("123").await.is_ok());
        assert_eq!(read("123456789").await.unwrap_err(), Refusal::TooLarge);
    }
}
