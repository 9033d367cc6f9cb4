//! Proof that a webhook body comes from Meta: `X-Hub-Signature-256` over the raw bytes.
//!
//! Meta, "Create a webhook endpoint": HMAC-SHA256 of the body as it came, keyed with the app secret.
//! Re-serialised JSON does not match, so this runs before anything is parsed.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// The request header, in lower case as HTTP/2 writes it.
pub const SIGNATURE_HEADER: &str = "x-hub-signature-256";

const PREFIX: &str = "sha256=";

/// The app secret, and during a rotation the next or previous one as well.
#[derive(Clone, Debug)]
pub struct AppSecrets {
    current: SecretString,
    other: Option<SecretString>,
}

/// Why a body is not believed. None of these says anything about the secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("the request carries no signature")]
    Missing,
    #[error("the signature is not of the kind sha256=…")]
    WrongScheme,
    #[error("the signature is not 64 characters long")]
    WrongLength,
    #[error("the signature is written in capital letters")]
    Uppercase,
    #[error("the signature is not hexadecimal")]
    NotHex,
    #[error("the signature does not fit the body")]
    Mismatch,
}

impl AppSecrets {
    pub fn one(current: SecretString) -> Self {
        Self {
            current,
            other: None,
        }
    }

    /// Both are accepted until the rotation is over.
    pub fn rotating(current: SecretString, other: SecretString) -> Self {
        Self {
            current,
            other: Some(other),
        }
    }

    /// Constant in time over the contents: every secret is tried, whichever fits.
    pub fn verify(&self, header: Option<&str>, body: &[u8]) -> Result<(), SignatureError> {
        let given = read_header(header)?;
        let mut fits = mac(&self.current, body).verify_slice(&given).is_ok();
        if let Some(other) = &self.other {
            fits |= mac(other, body).verify_slice(&given).is_ok();
        }
        if fits {
            Ok(())
        } else {
            Err(SignatureError::Mismatch)
        }
    }
}

/// The header's value for a body, as Meta would write it. Used by the practice platform.
pub fn sign(secret: &SecretString, body: &[u8]) -> String {
    let tag = mac(secret, body).finalize().into_bytes();
    format!("{PREFIX}{}", hex::encode(tag))
}

fn mac(secret: &SecretString, body: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
        .expect("HMAC takes a key of any length");
    mac.update(body);
    mac
}

fn read_header(header: Option<&str>) -> Result<[u8; 32], SignatureError> {
    let text = header
        .filter(|h| !h.is_empty())
        .ok_or(SignatureError::Missing)?;
    let digits = text
        .strip_prefix(PREFIX)
        .ok_or(SignatureError::WrongScheme)?;
    if digits.len() != 64 {
        return Err(SignatureError::WrongLength);
    }
    if digits.bytes().any(|b| matches!(b, b'A'..=b'F')) {
        return Err(SignatureError::Uppercase);
    }
    let mut tag = [0; 32];
    hex::decode_to_slice(digits, &mut tag).map_err(|_| SignatureError::NotHex)?;
    Ok(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[test]
    fn known_answers_of_rfc_4231_hold() {
        let cases = [
            (
                "Jefe",
                "what do ya want for nothing?",
                "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                "\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}\u{b}",
                "Hi There",
                "sha256=b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
        ];
        for (key, body, expected) in cases {
            assert_eq!(sign(&secret(key), body.as_bytes()), expected);
            let secrets = AppSecrets::one(secret(key));
            assert_eq!(secrets.verify(Some(expected), body.as_bytes()), Ok(()));
        }
    }

    #[test]
    fn one_altered_byte_anywhere_is_noticed() {
        let key = secret("a shop's app secret");
        let body = br#"{"object":"whatsapp_business_account","entry":[]}"#;
        let header = sign(&key, body);
        let secrets = AppSecrets::one(key);
        for at in 0..body.len() {
            let mut forged = body.to_vec();
            forged[at] ^= 1;
            assert_eq!(
                secrets.verify(Some(&header), &forged),
                Err(SignatureError::Mismatch),
                "byte {at}"
            );
        }
    }

    #[test]
    fn during_a_rotation_both_secrets_are_good_and_a_third_is_not() {
        let secrets = AppSecrets::rotating(secret("old"), secret("new"));
        for (key, expected) in [
            ("old", Ok(())),
            ("new", Ok(())),
            ("stranger", Err(SignatureError::Mismatch)),
        ] {
            let header = sign(&secret(key), b"body");
            assert_eq!(secrets.verify(Some(&header), b"body"), expected, "{key}");
        }
    }

    #[test]
    fn each_malformed_header_is_named() {
        let good = sign(&secret("k"), b"body");
        let secrets = AppSecrets::one(secret("k"));
        let digits = &good[PREFIX.len()..];
        let cases = [
            (None, SignatureError::Missing),
            (Some(String::new()), SignatureError::Missing),
            (Some(digits.to_owned()), SignatureError::WrongScheme),
            (Some(format!("sha1={digits}")), SignatureError::WrongScheme),
            (
                Some(format!("SHA256={digits}")),
                SignatureError::WrongScheme,
            ),
            (Some("sha256=".to_owned()), SignatureError::WrongLength),
            (
                Some(good[..good.len() - 1].to_owned()),
                SignatureError::WrongLength,
            ),
            (Some(format!("{good}0")), SignatureError::WrongLength),
            (
                Some(format!("{PREFIX}{}", digits.to_uppercase())),
                SignatureError::Uppercase,
            ),
            (
                Some(format!("{PREFIX}{}", "g".repeat(64))),
                SignatureError::NotHex,
            ),
            (
                Some(format!("{PREFIX}{}", "é".repeat(32))),
                SignatureError::NotHex,
            ),
            (
                Some(format!("{PREFIX}{}", "0".repeat(64))),
                SignatureError::Mismatch,
            ),
        ];
        for (header, expected) in cases {
            assert_eq!(
                secrets.verify(header.as_deref(), b"body"),
                Err(expected),
                "{header:?}"
            );
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!(
            "{:?}",
            AppSecrets::rotating(secret("s3cr3t-a"), secret("s3cr3t-b"))
        );
        assert!(!shown.contains("s3cr3t"), "{shown}");
    }
}
