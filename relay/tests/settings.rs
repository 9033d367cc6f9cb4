//! Where a setting comes from when several places name it, and what is said when none does.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::{collections::HashMap, path::Path};

use clap::Parser;
use cloud_api::signature::sign;
use relay::settings::{Flags, LogFormat, Settings, SettingsError};
use secrecy::{ExposeSecret, SecretString};

const COMPLETE: &str = r#"
listen = "127.0.0.1:7003"
database = "from-file.db"
app_secret = "secret from the file"
verify_token = "verify from the file"
bearer_tokens = ["laptop one", "two"]
keep_days = 9
log_format = "json"
"#;

fn gather(flags: &[&str], env: &[(&str, &str)]) -> Result<Settings, SettingsError> {
    let env: HashMap<_, _> = env.iter().copied().collect();
    let flags = Flags::try_parse_from([&["relay"], flags].concat()).unwrap();
    Settings::gather(flags, &|name| env.get(name).map(ToString::to_string))
}

fn write(dir: &Path, name: &str, text: &str) -> String {
    let path = dir.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn believes(settings: &Settings, secret: &str) -> bool {
    let signature = sign(&SecretString::from(secret), b"body");
    let secrets = settings.relay.proof.signature().unwrap();
    secrets.verify(Some(&signature), b"body").is_ok()
}

#[test]
fn flags_win_over_the_environment_and_it_wins_over_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = write(dir.path(), "relay.toml", COMPLETE);
    let env = [
        ("GUICHET_RELAY_CONFIG", file.as_str()),
        ("GUICHET_RELAY_LISTEN", "127.0.0.1:7002"),
        ("GUICHET_RELAY_KEEP_DAYS", "8"),
    ];
    let port = |settings: &Settings| settings.listen.port();

    let settings = gather(&["--listen", "127.0.0.1:7001"], &env).unwrap();
    assert_eq!(port(&settings), 7001);
    assert_eq!(settings.relay.keep_days, 8);

    let settings = gather(&[], &env).unwrap();
    assert_eq!(port(&settings), 7002);

    let settings = gather(&["--config", &file], &[]).unwrap();
    assert_eq!(port(&settings), 7003);
    assert_eq!(settings.relay.keep_days, 9);
    assert_eq!(settings.relay.database, Path::new("from-file.db"));
    assert_eq!(settings.log_format, LogFormat::Json);
}

#[test]
fn a_secret_follows_the_same_order_and_loses_its_line_end() {
    let dir = tempfile::tempdir().unwrap();
    let file = write(dir.path(), "relay.toml", COMPLETE);
    let by_flag = write(dir.path(), "a", "secret from a flag\n");
    let by_env_file = write(dir.path(), "b", "secret from a named file\r\n");
    let env = ("GUICHET_RELAY_APP_SECRET", "secret from the environment");
    let env_file = ("GUICHET_RELAY_APP_SECRET_FILE", by_env_file.as_str());
    let toml = ("GUICHET_RELAY_CONFIG", file.as_str());

    for (flags, env, expected) in [
        (
            vec!["--app-secret-file", &by_flag],
            vec![toml, env_file, env],
            "secret from a flag",
        ),
        (
            vec![],
            vec![toml, env_file, env],
            "secret from the environment",
        ),
        (vec![], vec![toml, env_file], "secret from a named file"),
        (vec![], vec![toml], "secret from the file"),
    ] {
        let settings = gather(&flags, &env).unwrap();
        assert!(believes(&settings, expected), "{expected}");
        assert!(!believes(&settings, "another"), "{expected}");
    }
}

#[test]
fn a_previous_secret_is_believed_as_well() {
    let dir = tempfile::tempdir().unwrap();
    let file = write(dir.path(), "relay.toml", COMPLETE);
    let before = ("GUICHET_RELAY_APP_SECRET_PREVIOUS", "the one before");
    let settings = gather(&["--config", &file], &[before]).unwrap();
    assert!(believes(&settings, "secret from the file"));
    assert!(believes(&settings, "the one before"));
}

#[test]
fn a_secret_header_takes_the_place_of_the_app_secret_or_stands_beside_it() {
    let value = ("GUICHET_RELAY_WEBHOOK_SECRET", "0123456789abcdef");
    let bearer = ("GUICHET_RELAY_BEARER_TOKEN", "c");
    let settings = gather(&[], &[value, bearer]).unwrap();
    let proof = &settings.relay.proof;
    assert!(proof.signature().is_none());
    let header = proof.header().unwrap();
    assert_eq!(header.name, "x-guichet-webhook-secret");
    assert_eq!(header.value.expose_secret(), "0123456789abcdef");
    assert!(settings.relay.verify_token.expose_secret().is_empty());

    let meta = [
        ("GUICHET_RELAY_APP_SECRET", "a"),
        ("GUICHET_RELAY_VERIFY_TOKEN", "b"),
        ("GUICHET_RELAY_WEBHOOK_SECRET_HEADER", "Authorization"),
    ];
    let settings = gather(&[], &[&meta[..], &[value, bearer]].concat()).unwrap();
    assert!(believes(&settings, "a"));
    let header = settings.relay.proof.header().unwrap();
    assert_eq!(header.name, "authorization");
}

#[test]
fn each_laptop_may_have_its_own_token() {
    let dir = tempfile::tempdir().unwrap();
    let config = write(dir.path(), "relay.toml", COMPLETE);
    let laptops = write(dir.path(), "laptops", "counter\noffice\n");
    let tokens = |settings: Settings| -> Vec<String> {
        let tokens = settings.relay.bearer_tokens.iter();
        tokens.map(|t| t.expose_secret().to_owned()).collect()
    };
    let flags = ["--config", config.as_str(), "--bearer-token-file", &laptops];
    assert_eq!(tokens(gather(&flags, &[]).unwrap()), ["counter", "office"]);
    let env = [("GUICHET_RELAY_BEARER_TOKEN", "only")];
    assert_eq!(tokens(gather(&flags[..2], &env).unwrap()), ["only"]);
}

#[test]
fn what_is_missing_or_wrong_is_said_in_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let typo = write(
        dir.path(),
        "typo.toml",
        "app_secret = \"x\"\nkeep_day = 9\n",
    );
    let blank = write(dir.path(), "blank", " \n");
    let half = [
        ("GUICHET_RELAY_APP_SECRET", "a"),
        ("GUICHET_RELAY_VERIFY_TOKEN", "b"),
    ];
    let full = [&half[..], &[("GUICHET_RELAY_BEARER_TOKEN", "c")]].concat();
    let with = |name, value| [&full[..], &[(name, value)]].concat();

    for (flags, env, said) in [
        (
            vec![],
            vec![],
            "The app secret is missing: pass --app-secret-file FILE, or set GUICHET_RELAY_APP_SECRET, \
             or write app_secret_file into the TOML file.",
        ),
        (
            vec![],
            half.to_vec(),
            "The bearer token for the laptops is missing: pass --bearer-token-file FILE, \
             or set GUICHET_RELAY_BEARER_TOKEN, or write bearer_token_file into the TOML file.",
        ),
        (vec!["--app-secret-file", &blank], full.clone(), "is empty."),
        (
            vec!["--app-secret-file", "/nowhere/at/all"],
            full.clone(),
            "cannot be read: ",
        ),
        (vec!["--config", &typo], full.clone(), "keep_day"),
        (vec!["--config", &typo], full.clone(), "(line 2)"),
        (vec!["--keep-days", "6"], full.clone(), "at least 7 days"),
        (vec!["--body-limit", "0"], full.clone(), "between 1 and"),
        (
            vec!["--webhook-secret-header", "X Secret"],
            with("GUICHET_RELAY_WEBHOOK_SECRET", "0123456789abcdef"),
            "a header name of its own",
        ),
        (
            vec!["--webhook-secret-header", "X-Hub-Signature-256"],
            with("GUICHET_RELAY_WEBHOOK_SECRET", "0123456789abcdef"),
            "a header name of its own",
        ),
        (
            vec!["--webhook-secret-header", "X-Secret"],
            full.clone(),
            "The secret of the webhook header is missing: pass --webhook-secret-file FILE",
        ),
        (
            vec![],
            with("GUICHET_RELAY_WEBHOOK_SECRET", "too short"),
            "at least 16 characters",
        ),
        (
            vec![],
            vec![
                ("GUICHET_RELAY_APP_SECRET", "a"),
                ("GUICHET_RELAY_BEARER_TOKEN", "c"),
            ],
            "The verify token is missing",
        ),
        (
            vec![],
            with("GUICHET_RELAY_LISTEN", "here"),
            "GUICHET_RELAY_LISTEN is not understood",
        ),
    ] {
        let error = gather(&flags, &env).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn a_mistake_in_the_file_does_not_show_the_secrets_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let file = write(
        dir.path(),
        "relay.toml",
        "app_secret = \"canary-4711\" \"\n",
    );
    let error = gather(&["--config", &file], &[]).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
}

#[test]
fn the_settings_can_be_printed_without_giving_a_secret_away() {
    let env = [
        ("GUICHET_RELAY_APP_SECRET", "canary-1"),
        ("GUICHET_RELAY_VERIFY_TOKEN", "canary-2"),
        ("GUICHET_RELAY_BEARER_TOKEN", "canary-3"),
        ("GUICHET_RELAY_WEBHOOK_SECRET", "canary-4-0123456789"),
    ];
    let settings = gather(&[], &env).unwrap();
    assert!(!format!("{settings:?}").contains("canary"));
}
