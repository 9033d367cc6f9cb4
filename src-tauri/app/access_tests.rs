//! What of the access is kept, where, and for which numbers.

use super::*;
use crate::{
    profile::Profiles,
    secrets::{Memory, Mood},
};
use inbox::view::Profile;
use std::time::Duration;
use store::StoreKey;

fn given(base_url: &str) -> String {
    serde_json::json!({
        "base_url": base_url, "phone_number_id": "1", "display": "+1 555 010 0100", "waba_id": "2",
        "token": "t-secret", "relay_url": "http://127.0.0.1:4000", "relay_token": "r-secret",
    })
    .to_string()
}

#[test]
fn the_environment_connects_to_this_machine_only() {
    for (base_url, taken) in [
        ("http://127.0.0.1:8080", true),
        ("http://127.0.0.1:8080/", true),
        ("http://127.0.0.1", false),
        ("http://127.0.0.1:80@example.org", false),
        ("http://127.0.0.1.example.org:80", false),
        ("https://graph.facebook.com", false),
        ("http://localhost:80", false),
    ] {
        assert_eq!(Access::parse(&given(base_url)).is_ok(), taken, "{base_url}");
    }
    let error = Access::parse("{\"token\": \"t-secret\"}").err().unwrap();
    assert!(!error.contains("t-secret"));
}

#[test]
fn one_more_number_of_the_account_takes_no_others_place() {
    let ids = |access: &Access| -> Vec<String> {
        let numbers = access.account.numbers();
        numbers.map(|n| n.phone_number_id).collect()
    };
    let form = |waba_id: &str, provider| AccessForm {
        provider,
        phone_number_id: "20".into(),
        waba_id: waba_id.into(),
        token: "t-new".into(),
        relay_url: "http://127.0.0.1:4000".into(),
        relay_token: "r-new".into(),
        app_secret: String::new(),
    };
    let mut before = Access::parse(&given("http://127.0.0.1:8080")).unwrap();
    before
        .account
        .others
        .push(number(("3".into(), "+1 555 010 0103".into())));
    for (what, waba_id, provider, chosen, expected) in [
        (
            "one more",
            "2",
            Provider::Meta,
            vec!["20"],
            vec!["1", "3", "20"],
        ),
        (
            "a known one again",
            "2",
            Provider::Meta,
            vec!["3", "20"],
            vec!["1", "3", "20"],
        ),
        (
            "another account",
            "9",
            Provider::Meta,
            vec!["20"],
            vec!["20"],
        ),
        ("no account", "", Provider::Meta, vec!["20"], vec!["20"]),
        (
            "a key for each",
            "2",
            Provider::Dialog360,
            vec!["20"],
            vec!["20"],
        ),
    ] {
        let chosen: Vec<String> = chosen.into_iter().map(str::to_owned).collect();
        let joined = Access::of_form(&form(waba_id, provider), &chosen).beside(&before);
        assert_eq!(ids(&joined), expected, "{what}");
        assert_eq!(joined.token.expose_secret(), "t-new", "{what}");
    }
    let joined = Access::of_form(&form("2", Provider::Meta), &["20".into()]).beside(&before);
    assert_eq!(joined.account.display, "+1 555 010 0100", "known as before");
}

#[test]
fn any_number_but_the_last_one_can_be_taken_away() {
    let mut access = Access::parse(&given("http://127.0.0.1:8080")).unwrap();
    access
        .account
        .others
        .push(number(("3".into(), "+1 555 010 0103".into())));
    for (taken, left) in [("1", vec!["3"]), ("3", vec!["1"]), ("9", vec!["1", "3"])] {
        let numbers = access.clone().without(taken).unwrap();
        let numbers = numbers.account.numbers().map(|n| n.phone_number_id);
        assert_eq!(numbers.collect::<Vec<_>>(), left, "without {taken}");
    }
    let alone = access.without("1").unwrap();
    assert_eq!(alone.account.display, "+1 555 010 0103");
    assert_eq!(alone.account.waba_id, "2", "the account stays");
    assert!(alone.without("3").is_none());
}

#[test]
fn tokens_are_in_the_keyring_or_else_inside_the_encrypted_store() {
    for kept in [Kept::Keyring, Kept::Passphrase] {
        let root = tempfile::tempdir().unwrap();
        let folder = Profiles::new(root.path().into())
            .folder(&Profile::Shop)
            .unwrap();
        let store = Store::open(&folder.path, &StoreKey::from_bytes([7; 32]), 0).unwrap();
        let memory = Memory::new(Mood::Open);
        let secrets = Secrets::new(memory.clone(), Duration::from_secs(5));
        assert!(
            Access::load(&store, kept, &folder, &secrets)
                .unwrap()
                .is_none()
        );
        let access = Access::parse(&given("http://127.0.0.1:8080")).unwrap();
        access.save(&store, kept, &folder, &secrets).unwrap();
        let loaded = Access::load(&store, kept, &folder, &secrets)
            .unwrap()
            .unwrap();
        assert_eq!(loaded.account, access.account);
        assert_eq!(loaded.token.expose_secret(), "t-secret");
        let in_keyring = secrets.get(&folder.secret(ACCESS_TOKEN)).unwrap().is_some();
        assert_eq!(in_keyring, kept == Kept::Keyring);
        let in_store = store
            .read(|db| setting::get(db, ACCESS_TOKEN))
            .unwrap()
            .is_some();
        assert_eq!(in_store, kept == Kept::Passphrase);
    }
}
