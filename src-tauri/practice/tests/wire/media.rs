//! Media in both directions.

use practice::Write;
use serde_json::{Value, json};

use crate::{
    graph::code,
    shop::{LENA, Shop, until},
};

#[tokio::test]
async fn media_go_up_and_come_down_and_the_address_expires_after_five_minutes() {
    let shop = Shop::open().await;
    let bytes = b"\x89PNG pretending".to_vec();
    let form = |mime: &str| {
        reqwest::multipart::Form::new()
            .text("messaging_product", "whatsapp")
            .text("type", mime.to_owned())
            .part(
                "file",
                reqwest::multipart::Part::bytes(bytes.clone())
                    .file_name("a.png")
                    .mime_str(mime)
                    .unwrap(),
            )
    };
    let upload = async |mime: &str| {
        let answer = shop
            .http
            .post(shop.url("318000000000101/media"))
            .bearer_auth("practice-access-token")
            .multipart(form(mime))
            .send()
            .await
            .unwrap();
        (
            answer.status().as_u16(),
            answer.json::<Value>().await.unwrap(),
        )
    };
    let (status, refused) = upload("image/gif").await;
    assert_eq!((status, code(&refused)), (400, 100));
    let (status, answer) = upload("image/png").await;
    assert_eq!(status, 200, "{answer}");
    let id = answer["id"].as_str().unwrap().to_owned();

    let (_, info) = shop.get(&id).await;
    assert_eq!(info["mime_type"], "image/png");
    assert_eq!(info["file_size"], bytes.len().to_string());
    assert_eq!(info["sha256"].as_str().unwrap().len(), 64);
    let url = info["url"].as_str().unwrap().to_owned();
    let fetch = async |token: &str| {
        let answer = shop.http.get(&url).bearer_auth(token).send().await.unwrap();
        (
            answer.status().as_u16(),
            answer.bytes().await.unwrap().to_vec(),
        )
    };
    assert_eq!(fetch("wrong").await.0, 401);
    assert_eq!(fetch("practice-access-token").await, (200, bytes.clone()));
    shop.jump(5 * 60_000 - 1);
    assert_eq!(fetch("practice-access-token").await.0, 200);
    shop.jump(1);
    assert_eq!(fetch("practice-access-token").await.0, 404);
    let (_, fresh) = shop.get(&id).await;
    assert_ne!(
        fresh["url"].as_str().unwrap(),
        url,
        "a new address works again"
    );

    shop.lena_writes();
    let image = json!({"messaging_product": "whatsapp", "to": LENA, "type": "image", "image": {"id": id, "caption": "so"}});
    assert_eq!(shop.post(&image).await.0, 200);
    let deleted = shop
        .http
        .delete(shop.url(&id))
        .bearer_auth("practice-access-token")
        .send()
        .await
        .unwrap();
    assert_eq!(
        deleted.json::<Value>().await.unwrap(),
        json!({"success": true})
    );
    assert_eq!(code(&shop.get(&id).await.1), 100);
    assert_eq!(code(&shop.post(&image).await.1), 131_009);
}

#[tokio::test]
async fn inbound_media_can_be_fetched_and_their_sum_is_right() {
    let shop = Shop::open().await;
    let write = Write {
        wa_id: Some(LENA.into()),
        media: Some(practice::WriteMedia {
            kind: "document".into(),
            mime_type: "application/pdf".into(),
            base64: "JVBERi0=".into(),
            filename: Some("Rechnung.pdf".into()),
            ..Default::default()
        }),
        ..Write::default()
    };
    shop.control.customer_writes(&write).unwrap();
    let message = until("the message", || shop.received.messages().pop()).await;
    assert_eq!(message["document"]["filename"], "Rechnung.pdf");
    let (_, info) = shop.get(message["document"]["id"].as_str().unwrap()).await;
    let bytes = shop
        .http
        .get(info["url"].as_str().unwrap())
        .bearer_auth("practice-access-token")
        .send()
        .await
        .unwrap();
    assert_eq!(&bytes.bytes().await.unwrap()[..], b"%PDF-");
}
