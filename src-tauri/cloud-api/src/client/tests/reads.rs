use std::sync::{Arc, Mutex};

use secrecy::SecretString;
use serde_json::json;

use super::server::{Play, Server, answer, client_at, deserted, graph_error, json};
use crate::{
    client::{CallError, Client, Config, FeedClient, SetupError},
    error::Action,
    webhook::StatusKind,
};

fn page(names: &[&str], after: Option<&str>) -> Play {
    let rows: Vec<_> = names
        .iter()
        .map(|name| json!({"id": "551", "name": name, "language": "de", "status": "APPROVED", "category": "UTILITY"}))
        .collect();
    let mut body = json!({ "data": rows });
    if let Some(after) = after {
        body["paging"] = json!({"cursors": {"before": "b", "after": after}, "next": "https://elsewhere.example/secret"});
    } else {
        body["paging"] = json!({"cursors": {"before": "b", "after": "last"}});
    }
    json(200, body)
}

async fn names(client: &Client) -> Result<Vec<String>, CallError> {
    let templates = client.templates().await?;
    Ok(templates.into_iter().map(|t| t.name).collect())
}

#[tokio::test]
async fn templates_are_read_to_the_last_page() {
    let parts = vec![
        page(&["a", "b"], Some("c1")),
        page(&["c"], Some("c2")),
        page(&["d"], None),
    ];
    let server = Server::playing(parts).await;
    assert_eq!(
        names(&server.client()).await.expect("a list"),
        ["a", "b", "c", "d"]
    );
    let lines: Vec<String> = server.requests().into_iter().map(|r| r.line).collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[0].starts_with("GET /v25.0/201/message_templates?fields=id%2Cname"),
        "{}",
        lines[0]
    );
    assert!(!lines[0].contains("after="));
    assert!(lines[1].ends_with("&after=c1") && lines[2].ends_with("&after=c2"));
}

#[tokio::test]
async fn a_lost_cursor_starts_the_list_again_once() {
    let parts = vec![
        page(&["a"], Some("c1")),
        graph_error(400, 131_059),
        page(&["a"], Some("c1")),
        page(&["b"], None),
    ];
    let server = Server::playing(parts).await;
    assert_eq!(names(&server.client()).await.expect("a list"), ["a", "b"]);

    let server = Server::playing(vec![graph_error(400, 131_059)]).await;
    let error = names(&server.client()).await.expect_err("twice is enough");
    assert_eq!(error.rule().map(|r| r.action), Some(Action::RestartList));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_list_that_goes_in_circles_ends() {
    let server = Server::playing(vec![page(&["a"], Some("same"))]).await;
    assert_eq!(names(&server.client()).await, Err(CallError::EndlessList));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_template_keeps_what_the_picker_needs() {
    let row = json!({
        "id": "551", "name": "abholung_bereit", "language": "pt-BR", "status": "PAUSED", "category": "UTILITY",
        "correct_category": "MARKETING", "parameter_format": "NAMED", "rejected_reason": "NONE",
        "quality_score": {"score": "YELLOW", "date": 1_795_000_000},
        "components": [{"type": "BODY", "text": "Ihre Bestellung {{nummer}} liegt bereit."}],
    });
    let server = Server::playing(vec![json(200, json!({"data": [row, {"id": "nameless"}]}))]).await;
    let templates = server.client().templates().await.expect("a list");
    let [template] = &templates[..] else {
        panic!("one template");
    };
    assert_eq!(template.language, "pt_BR");
    assert_eq!(template.quality.as_deref(), Some("YELLOW"));
    assert_eq!(template.correct_category.as_deref(), Some("MARKETING"));
    assert_eq!(template.rejected_reason, None);
    assert_eq!(template.components.len(), 1);
}

#[tokio::test]
async fn a_read_is_repeated_while_the_server_is_at_fault() {
    let ok = json(
        200,
        json!({"id": "301", "display_phone_number": "+49 30 5550 1234"}),
    );
    let troubles = [
        graph_error(503, 131_016),
        answer(502, &[], "<html/>"),
        answer(429, &[("retry-after", "0")], ""),
        Play::HangUp,
    ];
    for trouble in troubles {
        let shown = format!("{trouble:?}");
        let server = Server::playing(vec![trouble, ok.clone()]).await;
        assert!(server.client().phone_number().await.is_ok(), "{shown}");
        assert_eq!(server.requests().len(), 2, "{shown}");
    }
}

#[tokio::test]
async fn a_read_is_not_repeated_where_that_is_no_use() {
    let long_pause = answer(429, &[("retry-after", "3600")], "");
    for part in [
        graph_error(401, 190),
        graph_error(400, 100),
        answer(404, &[], "no"),
        long_pause,
    ] {
        let shown = format!("{part:?}");
        let server = Server::playing(vec![part]).await;
        assert!(server.client().phone_number().await.is_err(), "{shown}");
        assert_eq!(server.requests().len(), 1, "{shown}");
    }
}

#[tokio::test]
async fn the_number_says_what_it_may_do() {
    let server = Server::playing(vec![json(200, json!({
        "id": "301", "display_phone_number": "+49 30 5550 1234", "verified_name": "Bäckerei Winkel",
        "quality_rating": "GREEN", "status": "CONNECTED", "name_status": "APPROVED",
        "throughput": {"level": "STANDARD"}, "account_mode": "LIVE", "platform_type": "CLOUD_API",
        "is_on_biz_app": true, "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "health_status": {"can_send_message": "LIMITED", "entities": [{"entity_type": "WABA", "can_send_message": "LIMITED"}]},
    }))]).await;
    let number = server.client().phone_number().await.expect("a number");
    assert_eq!(number.quality_rating.as_deref(), Some("GREEN"));
    assert_eq!(number.status.as_deref(), Some("CONNECTED"));
    assert_eq!(number.throughput.as_deref(), Some("STANDARD"));
    assert_eq!(number.messaging_limit.as_deref(), Some("TIER_2K"));
    assert!(number.is_on_biz_app);
    let health = number.health.expect("health");
    assert_eq!(
        (health.can_send_message.as_str(), health.entities.len()),
        ("LIMITED", 1)
    );
}

#[tokio::test]
async fn the_delivery_log_is_read_with_its_times() {
    let server = Server::playing(vec![json(200, json!({
        "data": [{"id": "1", "message_id": "wamid.A", "events": {"data": [
            {"id": "2", "delivery_status": "SENT", "timestamp": 1_795_000_000},
            {"id": "3", "delivery_status": "READ", "timestamp": "1795000060"},
            {"id": "4", "delivery_status": "FAILED", "timestamp": 1_795_000_070, "error_description": "gone"},
        ]}}, {"id": "5"}],
        "paging": {"cursors": {"after": "p2"}, "next": "x"},
    }))]).await;
    let page = server
        .client()
        .message_history(Some("wamid.A"), None)
        .await
        .expect("a page");
    let events: Vec<_> = page.events.iter().map(|e| (e.kind, e.at)).collect();
    assert_eq!(
        events,
        [
            (StatusKind::Sent, Some(1_795_000_000_000)),
            (StatusKind::Read, Some(1_795_000_060_000)),
            (StatusKind::Failed, Some(1_795_000_070_000)),
        ]
    );
    assert_eq!(page.next.as_deref(), Some("p2"));
    assert!(server.requests()[0].line.ends_with("&message_id=wamid.A"));
}

#[tokio::test]
async fn the_token_and_the_subscription_can_be_examined() {
    let server = Server::playing(vec![
        json(200, json!({"data": {"app_id": 77, "is_valid": true, "expires_at": 0, "scopes": ["whatsapp_business_messaging"]}})),
        json(200, json!({"data": [{"whatsapp_business_api_data": {"id": "77", "name": "Winkel", "link": "x"}}]})),
        json(200, json!({"success": true})),
    ]).await;
    let client = server.client();
    let token = client.debug_token().await.expect("token info");
    assert!(token.is_valid && token.expires_at.is_none());
    assert_eq!(token.missing_scopes(), ["whatsapp_business_management"]);
    let apps = client.subscribed_apps().await.expect("apps");
    assert_eq!(
        (apps[0].id.as_str(), apps[0].name.as_str()),
        ("77", "Winkel")
    );
    client.subscribe().await.expect("subscribed");
    assert_eq!(server.requests()[2].line, "POST /v25.0/201/subscribed_apps");
}

#[tokio::test]
async fn reading_is_reported_once_and_typing_only_on_request() {
    for typing in [false, true] {
        let server = Server::playing(vec![json(200, json!({"success": true}))]).await;
        server
            .client()
            .mark_read("wamid.A", typing)
            .await
            .expect("marked");
        let mut expected =
            json!({"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A"});
        if typing {
            expected["typing_indicator"] = json!({"type": "text"});
        }
        assert_eq!(server.requests()[0].json(), expected);
    }
    let server = Server::playing(vec![graph_error(500, 131_000)]).await;
    assert!(server.client().mark_read("wamid.A", false).await.is_err());
    assert_eq!(server.requests().len(), 1, "not repeated");
}

#[tokio::test]
async fn every_answer_s_date_feeds_the_platform_clock() {
    let date = ("date", "Fri, 06 Nov 2026 08:00:00 GMT");
    let server = Server::playing(vec![
        answer(200, &[date], "{}"),
        answer(400, &[date], "no"),
        answer(200, &[], "{}"),
        answer(200, &[("date", "teatime")], "{}"),
    ])
    .await;
    let samples = Arc::new(Mutex::new(Vec::new()));
    let mut client = server.client();
    let seen = samples.clone();
    client.on_date(Arc::new(move |sample| {
        seen.lock().expect("unpoisoned").push(sample)
    }));
    for _ in 0..4 {
        let _ = client.mark_read("wamid.A", false).await;
    }
    let samples = samples.lock().expect("unpoisoned");
    assert_eq!(samples.len(), 2);
    for sample in samples.iter() {
        assert_eq!(sample.date_ms, 1_793_952_000_000);
        assert!(sample.sent <= sample.received);
    }
}

#[tokio::test]
async fn an_error_names_neither_token_nor_address() {
    let client = client_at(&deserted().await);
    let error = client.debug_token().await.expect_err("nobody there");
    let shown = format!("{error} {error:?}");
    assert!(
        !shown.contains(super::server::TOKEN) && !shown.contains("127.0.0.1"),
        "{shown}"
    );
}

#[test]
fn only_encrypted_addresses_are_spoken_to_except_on_this_machine() {
    let cases = [
        ("https://graph.facebook.com", None),
        ("http://127.0.0.1:8080", None),
        ("http://[::1]:8080/", None),
        ("http://localhost:8080", None),
        ("http://graph.facebook.com", Some(SetupError::NotEncrypted)),
        (
            "http://127.0.0.1.example.org",
            Some(SetupError::NotEncrypted),
        ),
        ("ftp://example.org", Some(SetupError::BadAddress)),
        ("graph.facebook.com", Some(SetupError::BadAddress)),
        ("", Some(SetupError::BadAddress)),
    ];
    for (base_url, expected) in cases {
        let config = Config {
            base_url: base_url.to_owned(),
            ..Config::new("301".into(), "201".into(), SecretString::from("t"))
        };
        assert_eq!(Client::new(config).err(), expected, "{base_url}");
        assert_eq!(
            FeedClient::new(base_url, SecretString::from("t")).err(),
            expected,
            "{base_url}"
        );
    }
}
