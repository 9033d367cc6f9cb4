//! What the client says and what the practice platform answers, held against Meta's own OpenAPI file.
//!
//! The file is of v23.0 (2025). Where Meta's newer pages say more, the departure is listed below by name with
//! its page; a departure that is not listed fails the test, and so does a listed one that no longer occurs.

mod examples;
mod file;
mod scenario;
mod template_kinds;

use file::ApiFile;
use std::{collections::BTreeSet, path::Path};

const OPENAPI: &str = "../../shared/data/meta-openapi/business-messaging-api_v23.0.yaml";

/// `(departure, the page of Meta's that documents it)`.
const DEPARTURES: &[(&str, &str)] = &[
    (
        "GET /{Version}/debug_token: not in the file",
        "Graph API, \"Debug token\"; \"Access tokens\": how a token and its scopes are checked",
    ),
    (
        "GET /{Version}/{Media-URL} query: ext",
        "\"Media\": the address comes from Meta whole, with a query of its own",
    ),
    (
        "GET /{Version}/{Media-URL} query: mid",
        "\"Media\": the address comes from Meta whole, with a query of its own",
    ),
    (
        "GET /{Version}/{WABA-ID}/phone_numbers answer: /data/*/status \"CONNECTED\" is not among the values",
        "\"Phone numbers\": the states of a number",
    ),
    (
        "GET /{Version}/{WABA-ID}/message_templates query: after",
        "\"Template management\"; Graph API, \"Paginated results\": cursors",
    ),
    (
        "GET /{Version}/{WABA-ID}/message_templates query: fields",
        "\"Template management\": the fields of a template",
    ),
    (
        "GET /{Version}/{WABA-ID}/message_templates query: summary",
        "Graph API, \"WhatsApp Business Account: message templates\": counts of the edge",
    ),
    (
        "GET /{Version}/{TEMPLATE_ID} query: fields",
        "\"Template management\": the fields of a template",
    ),
    (
        "POST /{Version}/{Phone-Number-ID}/messages request: /template/components/*/type \"carousel\" is not among the values",
        "\"Media card carousel templates\"",
    ),
    (
        "POST /{Version}/{Phone-Number-ID}/messages request: /template/components/*/type \"limited_time_offer\" is not among the values",
        "\"Limited-time offer templates\"",
    ),
    (
        "POST /{Version}/{App-ID}/uploads: not in the file",
        "Graph API, \"Resumable Upload API\": samples of headers",
    ),
    (
        "POST /{Version}/{Upload-ID}: not in the file",
        "Graph API, \"Resumable Upload API\": samples of headers",
    ),
    (
        "POST /{Version}/{TEMPLATE_ID}/unpause: not in the file",
        "\"Template pausing\": letting a template go on",
    ),
    (
        "GET /{Version}/{WABA-ID}/message_templates query: limit",
        "\"Template management\"; Graph API, \"Paginated results\": page size",
    ),
    (
        "POST /{Version}/{Phone-Number-ID}/messages request: /biz_opaque_callback_data is not in the file",
        "\"Send messages\" and the status webhook: comes back in every status",
    ),
    (
        "POST /{Version}/{Phone-Number-ID}/messages request: /recipient in place of /to",
        "\"Business-scoped user IDs\" (2026): a customer without a number",
    ),
    (
        "POST /{Version}/{Phone-Number-ID}/messages request: /template/components/*/index pattern",
        "\"Template components\": 0 to 9, as the file's own text and example say; its pattern is mistyped",
    ),
    (
        "POST /{Version}/{Phone-Number-ID}/messages request: /template/components/*/sub_type \"copy_code\" is not among the values",
        "\"Template components\": copy code buttons",
    ),
    (
        "POST /{Version}/{Phone-Number-ID}/messages request: /template/components/*/sub_type \"flow\" is not among the values",
        "\"Template components\": flow buttons",
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_request_and_every_answer_keeps_to_metas_openapi_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(OPENAPI);
    let (requests, phone_number_id, waba_id) = scenario::run().await;
    let Some(file) = ApiFile::read(&path, &phone_number_id, &waba_id) else {
        println!("skipped: Meta's OpenAPI file is not here");
        return;
    };
    let found: BTreeSet<String> = requests
        .iter()
        .flat_map(|seen| file.departures(seen))
        .collect();
    let listed: BTreeSet<String> = DEPARTURES
        .iter()
        .map(|(what, _)| (*what).to_owned())
        .collect();
    let unlisted: Vec<_> = found.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(
        unlisted.is_empty(),
        "not in the file and not listed: {unlisted:#?}"
    );
    assert!(
        gone.is_empty(),
        "listed, but does not occur any more: {gone:#?}"
    );
    println!(
        "{} requests and answers, {} documented departures",
        requests.len(),
        DEPARTURES.len()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_published_example_of_a_template_is_shown_as_it_is_and_sent_as_the_file_says() {
    let Some(seen) = examples::run().await else {
        println!("skipped: Meta's examples are not here");
        return;
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(OPENAPI);
    let file = ApiFile::read(&path, &seen.phone_number_id, &seen.waba_id);
    let file = file.expect("the file lies beside the examples");
    let unlisted: BTreeSet<String> = seen
        .requests
        .iter()
        .flat_map(|seen| file.departures(seen))
        .filter(|found| !DEPARTURES.iter().any(|(listed, _)| listed == found))
        .collect();
    assert!(unlisted.is_empty(), "{unlisted:#?}");
    println!("{} examples shown, {} of them sent", seen.shown, seen.sent);
    assert!(
        seen.shown >= 13 && seen.sent >= 9,
        "{} and {}",
        seen.shown,
        seen.sent
    );
}
