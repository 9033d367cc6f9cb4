use std::time::Duration;

use secrecy::SecretString;
use serde_json::json;

use super::server::{Play, Server, answer, deserted, json};
use crate::client::{FeedClient, FeedError};

#[tokio::test]
async fn a_page_of_the_feed_comes_with_its_cursor() {
    let body = json!({"events": [{"cursor": 5, "received_at": 7, "body": "{}"}], "next": 5, "more": false, "now": 9});
    let server = Server::playing(vec![json(200, body)]).await;
    let feed = FeedClient::new(&server.url(), SecretString::from("laptop")).expect("a client");
    let page = feed
        .page(4, Duration::from_secs(20), 200)
        .await
        .expect("a page");
    assert_eq!((page.next, page.events[0].cursor), (5, 5));
    let request = &server.requests()[0];
    assert_eq!(request.line, "GET /v1/events?after=4&wait=20&limit=200");
    assert!(request.head.contains("authorization: bearer laptop"));
}

#[tokio::test]
async fn each_trouble_with_the_feed_has_its_name() {
    let cases = [
        (answer(401, &[], ""), FeedError::Unauthorized),
        (answer(403, &[], ""), FeedError::Unauthorized),
        (answer(503, &[], ""), FeedError::Unreachable),
        (answer(429, &[], ""), FeedError::Unreachable),
        (Play::HangUp, FeedError::Unreachable),
        (Play::HalfAnAnswer, FeedError::Unreachable),
        (answer(404, &[], ""), FeedError::Bad { http_status: 404 }),
        (
            answer(200, &[], "<html/>"),
            FeedError::Bad { http_status: 200 },
        ),
    ];
    let ask = async |url: &str| {
        let feed = FeedClient::new(url, SecretString::from("laptop")).expect("a client");
        feed.page(0, Duration::ZERO, 10).await
    };
    for (part, expected) in cases {
        let server = Server::playing(vec![part]).await;
        assert_eq!(ask(&server.url()).await, Err(expected));
    }
    assert_eq!(ask(&deserted().await).await, Err(FeedError::Unreachable));
}
