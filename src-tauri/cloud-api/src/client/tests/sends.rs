use std::time::Duration;

use serde_json::json;

use super::server::{
    Play, Server, TOKEN, answer, client_at, client_with_patience, deserted, graph_error, json,
};
use crate::{
    client::{Doubt, Hold, NoSend, NotSendable, Outgoing, OutgoingContent, Part, Sent},
    webhook::Peer,
};

fn hello() -> Outgoing {
    Outgoing {
        to: Peer {
            wa_id: Some("4915155501001".into()),
            ..Peer::default()
        },
        content: OutgoingContent::Text {
            body: "Hallo".into(),
            preview_url: false,
        },
        reply_to: None,
        callback_data: Some("0198c0de".into()),
    }
}

fn taken(status: Option<&str>) -> Play {
    let mut body = json!({
        "messaging_product": "whatsapp",
        "contacts": [{"input": "+4915155501001", "wa_id": "4915155501001", "user_id": "DE.7kQm"}],
        "messages": [{"id": "wamid.NEW1"}],
    });
    if let Some(status) = status {
        body["messages"][0]["message_status"] = json!(status);
    }
    json(200, body)
}

#[tokio::test]
async fn a_send_is_one_request_with_the_token_and_the_body() {
    let server = Server::playing(vec![taken(None)]).await;
    let sent = server.client().send(&hello()).await;
    assert_eq!(
        sent,
        Sent::Accepted {
            wamid: "wamid.NEW1".into(),
            wa_id: Some("4915155501001".into()),
            bsuid: Some("DE.7kQm".into()),
            hold: None,
        }
    );
    let requests = server.requests();
    let [request] = &requests[..] else {
        panic!("one request, not {}", requests.len());
    };
    assert_eq!(request.line, "POST /v25.0/301/messages");
    assert!(
        request
            .head
            .contains(&format!("authorization: bearer {}", TOKEN.to_lowercase()))
    );
    assert_eq!(request.json(), hello().to_json());
}

#[tokio::test]
async fn a_held_template_is_taken_and_marked_as_held() {
    let cases = [
        (Some("accepted"), None),
        (
            Some("held_for_quality_assessment"),
            Some(Hold::HeldForQualityAssessment),
        ),
        (Some("paused"), Some(Hold::Paused)),
        (Some("something new"), None),
    ];
    for (status, expected) in cases {
        let server = Server::playing(vec![taken(status)]).await;
        let Sent::Accepted { hold, .. } = server.client().send(&hello()).await else {
            panic!("{status:?}");
        };
        assert_eq!(hold, expected, "{status:?}");
    }
}

/// What each end of an attempt means, and that there is never a second attempt.
#[tokio::test]
async fn only_what_is_certain_is_refused_and_everything_else_is_doubtful() {
    const REFUSED: Option<Doubt> = None;
    let fault = |http_status| Some(Doubt::ServerFault { http_status });
    let unreadable = |http_status| Some(Doubt::Unreadable { http_status });
    let cases: Vec<(&str, Play, Option<Doubt>)> = vec![
        ("400 with an error", graph_error(400, 131_047), REFUSED),
        ("400 with a fault code", graph_error(400, 131_000), REFUSED),
        ("401 with an error", graph_error(401, 190), REFUSED),
        (
            "404 with an unknown code",
            graph_error(404, 999_999),
            REFUSED,
        ),
        ("429 with an error", graph_error(429, 130_429), REFUSED),
        ("429 without a body", answer(429, &[], ""), REFUSED),
        ("500 throttled", graph_error(500, 130_429), REFUSED),
        ("500 pair limit", graph_error(500, 131_056), REFUSED),
        ("503 app limit", graph_error(503, 4), REFUSED),
        ("500 window closed", graph_error(500, 131_047), REFUSED),
        (
            "500 something went wrong",
            graph_error(500, 131_000),
            fault(500),
        ),
        ("503 unavailable", graph_error(503, 131_016), fault(503)),
        ("503 code 2", graph_error(503, 2), fault(503)),
        ("500 code 1", graph_error(500, 1), fault(500)),
        ("500 code 0", graph_error(500, 0), fault(500)),
        ("500 unknown code", graph_error(500, 999_999), fault(500)),
        ("500 without a body", answer(500, &[], ""), fault(500)),
        (
            "502 with a page",
            answer(502, &[], "<html>Bad Gateway</html>"),
            fault(502),
        ),
        (
            "400 with a page",
            answer(400, &[], "<html>Bad Request</html>"),
            unreadable(400),
        ),
        (
            "200 with a page",
            answer(200, &[], "<html>Welcome</html>"),
            unreadable(200),
        ),
        ("200 without a body", answer(200, &[], ""), unreadable(200)),
        (
            "200 without an id",
            json(200, json!({"messages": [{}]})),
            unreadable(200),
        ),
        (
            "200 with an empty id",
            json(200, json!({"messages": [{"id": ""}]})),
            unreadable(200),
        ),
        (
            "200 with an error",
            graph_error(200, 131_047),
            unreadable(200),
        ),
        (
            "200 of half a body",
            Play::HalfAnAnswer,
            Some(Doubt::ConnectionLost),
        ),
        (
            "302 to elsewhere",
            answer(302, &[("location", "/login")], ""),
            unreadable(302),
        ),
        ("hang-up", Play::HangUp, Some(Doubt::ConnectionLost)),
        ("reset", Play::Reset, Some(Doubt::ConnectionLost)),
    ];
    for (name, part, expected) in cases {
        let server = Server::playing(vec![part]).await;
        let sent = server.client().send(&hello()).await;
        match (&sent, expected) {
            (Sent::Refused { .. }, None) => {}
            (Sent::Doubtful { reason }, Some(doubt)) => assert_eq!(*reason, doubt, "{name}"),
            _ => panic!("{name}: {sent:?}"),
        }
        assert_eq!(server.requests().len(), 1, "{name}: one attempt");
    }
}

#[tokio::test]
async fn silence_after_the_request_is_doubtful() {
    let server = Server::playing(vec![Play::Silence]).await;
    let client = client_with_patience(
        &server.url(),
        Duration::from_secs(2),
        Duration::from_millis(100),
    );
    let sent = client.send(&hello()).await;
    assert_eq!(
        sent,
        Sent::Doubtful {
            reason: Doubt::NoAnswer
        }
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn without_a_connection_it_is_certain_that_nothing_was_sent() {
    let client = client_at(&deserted().await);
    let sent = client.send(&hello()).await;
    assert_eq!(
        sent,
        Sent::NotSent {
            reason: NoSend::NoConnection
        }
    );
}

#[tokio::test]
async fn a_failed_or_endless_encryption_handshake_sends_nothing() {
    let garbling = Server::playing(vec![Play::Reset]).await;
    let client = client_at(&format!("https://{}", garbling.address));
    assert_eq!(
        client.send(&hello()).await,
        Sent::NotSent {
            reason: NoSend::NoConnection
        }
    );

    let silent = Server::playing(vec![Play::Silence]).await;
    let url = format!("https://{}", silent.address);
    let client = client_with_patience(&url, Duration::from_millis(200), Duration::from_secs(10));
    assert_eq!(
        client.send(&hello()).await,
        Sent::NotSent {
            reason: NoSend::ConnectTimeout
        }
    );
}

#[tokio::test]
async fn a_refusal_carries_meta_s_words_and_the_pause() {
    let body = json!({"error": {"message": "(#130429) Rate limit hit", "code": 130_429, "error_subcode": 7,
        "error_data": {"details": "Slow down"}, "fbtrace_id": "A1"}});
    let headers = [("retry-after", "17"), ("content-type", "application/json")];
    let server = Server::playing(vec![answer(429, &headers, body.to_string())]).await;
    let Sent::Refused {
        error,
        http_status,
        retry_after,
    } = server.client().send(&hello()).await
    else {
        panic!("refused");
    };
    assert_eq!(
        (error.code, error.subcode, http_status),
        (130_429, Some(7), 429)
    );
    assert_eq!(error.title, "Rate limit hit");
    assert_eq!(error.details.as_deref(), Some("Slow down"));
    assert_eq!(error.fbtrace_id.as_deref(), Some("A1"));
    assert_eq!(retry_after, Some(Duration::from_secs(17)));
}

#[tokio::test]
async fn a_text_that_is_too_long_never_reaches_the_wire() {
    let server = Server::playing(vec![taken(None)]).await;
    let mut message = hello();
    message.content = OutgoingContent::Text {
        body: "x".repeat(4_097),
        preview_url: false,
    };
    let expected = NotSendable::TooLong {
        part: Part::Text,
        length: 4_097,
        max: 4_096,
    };
    assert_eq!(
        server.client().send(&message).await,
        Sent::Invalid(expected)
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn another_token_is_used_from_then_on() {
    let server = Server::playing(vec![taken(None)]).await;
    let client = server.client().with_token("second-token".to_owned().into());
    client.send(&hello()).await;
    assert!(
        server.requests()[0]
            .head
            .contains("authorization: bearer second-token")
    );
}

#[tokio::test]
async fn debug_shows_no_token() {
    let client = client_at("http://127.0.0.1:9");
    assert!(!format!("{client:?}").contains(TOKEN));
}
