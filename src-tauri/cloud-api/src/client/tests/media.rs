use serde_json::json;

use super::server::{Play, Server, answer, json};
use crate::client::CallError;

const SHA_OF_ABC: &str = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

#[tokio::test]
async fn an_upload_is_a_form_with_product_type_and_file() {
    let server = Server::playing(vec![json(200, json!({"id": "811"}))]).await;
    let id = server
        .client()
        .upload_media(b"abc".to_vec(), "image/png", "torte.png", |_, _| {})
        .await;
    assert_eq!(id.expect("an id"), "811");
    let request = &server.requests()[0];
    assert_eq!(request.line, "POST /v25.0/301/media");
    let form = String::from_utf8_lossy(&request.body);
    for part in [
        "name=\"messaging_product\"\r\n\r\nwhatsapp\r\n",
        "name=\"type\"\r\n\r\nimage/png\r\n",
        "name=\"file\"; filename=\"torte.png\"\r\nContent-Type: image/png\r\n\r\nabc\r\n",
    ] {
        assert!(form.contains(part), "{form}");
    }
}

/// A server cannot know its own address before it listens, so the file's is on a second one.
async fn file_at(files: Vec<Play>, infos: impl Fn(&str) -> Vec<Play>) -> (Server, Server) {
    let store = Server::playing(files).await;
    let graph = Server::playing(infos(&format!("{}/file", store.url()))).await;
    (graph, store)
}

fn info(url: &str, sha256: &str, size: serde_json::Value) -> Play {
    json(
        200,
        json!({"url": url, "mime_type": "image/png", "sha256": sha256, "file_size": size, "id": "811"}),
    )
}

#[tokio::test]
async fn a_file_is_fetched_with_the_token_and_checked() {
    let (graph, store) = file_at(vec![answer(200, &[], "abc")], |url| {
        vec![info(url, SHA_OF_ABC, json!("3"))]
    })
    .await;
    let bytes = graph
        .client()
        .download_media("811", 10)
        .await
        .expect("a file");
    assert_eq!(bytes, b"abc");
    assert_eq!(
        graph.requests()[0].line,
        "GET /v25.0/811?phone_number_id=301"
    );
    assert!(store.requests()[0].head.contains("authorization: bearer"));
}

#[tokio::test]
async fn an_expired_address_is_asked_for_once_more() {
    let (graph, store) = file_at(vec![answer(404, &[], ""), answer(200, &[], "abc")], |url| {
        vec![info(url, SHA_OF_ABC, json!(3))]
    })
    .await;
    assert!(graph.client().download_media("811", 10).await.is_ok());
    assert_eq!((graph.requests().len(), store.requests().len()), (2, 2));

    let (graph, store) = file_at(vec![answer(404, &[], "")], |url| {
        vec![info(url, SHA_OF_ABC, json!(3))]
    })
    .await;
    assert!(graph.client().download_media("811", 10).await.is_err());
    assert_eq!((graph.requests().len(), store.requests().len()), (2, 2));
}

#[tokio::test]
async fn a_file_that_is_damaged_too_large_or_elsewhere_is_refused() {
    let fetch = async |body: &str, sha256: &str, size: serde_json::Value| {
        let (graph, _store) = file_at(vec![answer(200, &[], body)], |url| {
            vec![info(url, sha256, size.clone())]
        })
        .await;
        graph.client().download_media("811", 10).await
    };
    assert_eq!(
        fetch("abd", SHA_OF_ABC, json!(3)).await,
        Err(CallError::Damaged)
    );
    assert_eq!(
        fetch("abc", SHA_OF_ABC, json!(11)).await,
        Err(CallError::TooLarge { max: 10 })
    );
    assert_eq!(
        fetch("eleven byte", SHA_OF_ABC, json!(null)).await,
        Err(CallError::TooLarge { max: 10 }),
        "also where the size was not announced"
    );
    for address in [
        "https://files.example/811",
        "http://lookaside.fbsbx.com/811",
        "https://evilfbsbx.com/1",
        "file:///etc/passwd",
    ] {
        let graph = Server::playing(vec![info(address, SHA_OF_ABC, json!(3))]).await;
        let result = graph.client().download_media("811", 10).await;
        assert_eq!(result, Err(CallError::ForeignServer), "{address}");
    }
}
