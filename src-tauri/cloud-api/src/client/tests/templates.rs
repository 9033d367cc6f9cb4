//! Handing templates in and changing them, where the connection does what it likes.

use serde_json::{Value, json};

use super::server::{Play, Server, answer, graph_error, json as play};
use crate::{
    client::{
        CallError, Client, Config, Provider, TemplateEdit, TemplateError, TemplateRefusal, Unpaused,
    },
    template::Draft,
};

fn draft() -> Draft {
    Draft {
        name: "bike_ready".into(),
        language: "de".into(),
        category: "UTILITY".into(),
        components: vec![json!({"type": "BODY", "text": "Ihr Rad ist fertig."})],
        ..Draft::default()
    }
}

fn listed(body: &str) -> Play {
    play(
        200,
        json!({"data": [
            {"id": "1", "name": "bike_ready_2", "language": "de", "status": "APPROVED", "category": "UTILITY"},
            {"id": "2", "name": "bike_ready", "language": "en", "status": "APPROVED", "category": "UTILITY"},
            {"id": "3", "name": "bike_ready", "language": "de", "status": "PENDING", "category": "UTILITY",
             "components": [{"type": "BODY", "text": body}]},
        ]}),
    )
}

fn lines(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|r| r.line).collect()
}

#[tokio::test]
async fn a_template_is_handed_in_once_as_meta_wants_it() {
    let taken = play(
        200,
        json!({"id": "551", "status": "PENDING", "category": "MARKETING"}),
    );
    let server = Server::playing(vec![taken]).await;
    let created = server
        .client()
        .create_template(&draft())
        .await
        .expect("taken");
    assert_eq!(
        (created.id.as_str(), created.category.as_str()),
        ("551", "MARKETING")
    );
    assert!(!created.found_in_list);
    assert_eq!(lines(&server), ["POST /v25.0/201/message_templates"]);
    assert_eq!(
        server.requests()[0].json(),
        json!({"name": "bike_ready", "language": "de", "category": "UTILITY", "parameter_format": "POSITIONAL",
            "components": [{"type": "BODY", "text": "Ihr Rad ist fertig."}]})
    );
}

#[tokio::test]
async fn without_a_clear_answer_the_list_is_looked_at_and_nothing_is_sent_again() {
    let doubts = [
        Play::HangUp,
        Play::Reset,
        Play::HalfAnAnswer,
        answer(502, &[], "<html/>"),
        graph_error(500, 131_000),
        play(200, json!({"success": true})),
    ];
    for doubt in doubts {
        let shown = format!("{doubt:?}");
        for (list, expected) in [
            (listed("Ihr Rad ist fertig."), Ok("3")),
            (listed("Etwas anderes."), Err(TemplateError::NotTaken)),
            (play(200, json!({"data": []})), Err(TemplateError::NotTaken)),
            (graph_error(401, 190), Err(TemplateError::Unsettled)),
        ] {
            let server = Server::playing(vec![doubt.clone(), list]).await;
            let created = server.client().create_template(&draft()).await;
            let created = created.map(|c| {
                assert!(c.found_in_list, "{shown}");
                c.id
            });
            assert_eq!(created, expected.map(str::to_owned), "{shown}");
            let posts = server
                .requests()
                .iter()
                .filter(|r| !r.line.starts_with("GET"))
                .count();
            assert_eq!(posts, 1, "{shown}");
        }
    }
}

#[tokio::test]
async fn a_refusal_is_named_by_its_subcode() {
    let refused = |subcode: i64| {
        play(
            400,
            json!({"error": {
                "message": "Invalid parameter", "type": "OAuthException", "code": 100,
                "error_subcode": subcode, "error_user_title": "Title", "error_user_msg": "What to do", "fbtrace_id": "A1",
            }}),
        )
    };
    for (answer, expected) in [
        (refused(2_388_299), TemplateRefusal::VariableAtEdge),
        (refused(2_388_024), TemplateRefusal::NameTaken),
        (refused(2_388_023), TemplateRefusal::NameBlocked),
        (refused(2_388_019), TemplateRefusal::LimitReached),
        (refused(33), TemplateRefusal::Other),
        (graph_error(400, 2_388_072), TemplateRefusal::Body),
    ] {
        let server = Server::playing(vec![answer]).await;
        let error = server
            .client()
            .create_template(&draft())
            .await
            .expect_err("refused");
        let TemplateError::Refused { why, error, .. } = &error else {
            panic!("{error:?}");
        };
        assert_eq!(*why, expected);
        assert!(error.details.is_some());
        assert_eq!(server.requests().len(), 1, "a refusal is believed");
    }
    let server = Server::playing(vec![refused(2_388_040)]).await;
    let error = server
        .client()
        .create_template(&draft())
        .await
        .expect_err("refused");
    assert_eq!(
        error.rule().map(|rule| rule.name),
        Some("template_text_too_long")
    );
}

#[tokio::test]
async fn a_doubtful_edit_is_settled_by_a_look_at_the_template() {
    let edit = TemplateEdit {
        category: None,
        components: Some(vec![json!({"type": "BODY", "text": "Neu."})]),
        message_send_ttl_seconds: None,
    };
    let now = |body: &str| {
        play(
            200,
            json!({"id": "3", "name": "bike_ready", "language": "de", "status": "PENDING", "category": "UTILITY",
            "components": [{"type": "BODY", "text": body}]}),
        )
    };
    for (plays, expected) in [
        (vec![play(200, json!({"success": true}))], Ok(())),
        (vec![Play::HangUp, now("Neu.")], Ok(())),
        (
            vec![Play::HangUp, now("Alt.")],
            Err(TemplateError::NotTaken),
        ),
        (
            vec![Play::HangUp, graph_error(400, 100)],
            Err(TemplateError::Unsettled),
        ),
    ] {
        let server = Server::playing(plays).await;
        assert_eq!(server.client().edit_template("3", &edit).await, expected);
        assert_eq!(lines(&server)[0], "POST /v25.0/3");
    }
}

#[tokio::test]
async fn a_template_is_deleted_by_name_or_in_one_language() {
    let done = || play(200, json!({"success": true}));
    let server = Server::playing(vec![done()]).await;
    let client = server.client();
    client.delete_template("bike_ready").await.expect("deleted");
    client
        .delete_template_language("bike_ready", "3")
        .await
        .expect("deleted");
    assert_eq!(
        lines(&server),
        [
            "DELETE /v25.0/201/message_templates?name=bike_ready",
            "DELETE /v25.0/201/message_templates?name=bike_ready&hsm_id=3",
        ]
    );
    for (id, expected) in [("3", Err(TemplateError::NotTaken)), ("9", Ok(()))] {
        let server = Server::playing(vec![Play::HangUp, listed("")]).await;
        assert_eq!(
            server
                .client()
                .delete_template_language("bike_ready", id)
                .await,
            expected
        );
    }
}

#[tokio::test]
async fn unpausing_may_be_refused_with_a_reason() {
    for (body, expected) in [
        (json!({"success": true}), Unpaused::Done),
        (
            json!({"success": false, "reason": "Not paused"}),
            Unpaused::Refused(Some("Not paused".into())),
        ),
    ] {
        let server = Server::playing(vec![play(200, body)]).await;
        assert_eq!(server.client().unpause_template("3").await, Ok(expected));
        assert_eq!(lines(&server), ["POST /v25.0/3/unpause"]);
    }
}

#[tokio::test]
async fn a_cut_upload_goes_on_where_the_session_says() {
    let parts = vec![
        play(200, json!({"id": "upload:MTphd?sig=ARZ"})),
        Play::HangUp,
        play(200, json!({"id": "upload:MTphd?sig=ARZ", "file_offset": 4})),
        play(200, json!({"h": "4::handle"})),
    ];
    let server = Server::playing(parts).await;
    let handle = server
        .client()
        .upload_sample(
            "77",
            b"0123456789".to_vec(),
            "image/png",
            "a b.png",
            |_, _| {},
        )
        .await;
    assert_eq!(handle, Ok("4::handle".to_owned()));
    let seen = server.requests();
    assert_eq!(
        seen[0].line,
        "POST /v25.0/77/uploads?file_length=10&file_type=image%2Fpng&file_name=a+b.png"
    );
    assert!(seen[0].head.contains("authorization: bearer "));
    assert_eq!(seen[1].line, "POST /v25.0/upload:MTphd?sig=ARZ");
    assert_eq!(seen[2].line, "GET /v25.0/upload:MTphd?sig=ARZ");
    for (request, offset, body) in [(&seen[1], "0", "0123456789"), (&seen[3], "4", "456789")] {
        assert_eq!(request.body, body.as_bytes());
        assert!(
            request.head.contains(&format!("file_offset: {offset}")),
            "{}",
            request.head
        );
        assert!(
            request.head.contains("authorization: oauth "),
            "{}",
            request.head
        );
        assert_eq!(request.head.matches("authorization:").count(), 1);
    }
}

#[tokio::test]
async fn an_upload_that_leads_nowhere_ends() {
    let opened = || play(200, json!({"id": "upload:M"}));
    for (plays, expected) in [
        (
            vec![play(200, json!({"id": "551"}))],
            "a session of another kind",
        ),
        (
            vec![
                opened(),
                Play::HangUp,
                play(200, json!({"file_offset": 11})),
            ],
            "beyond the end",
        ),
        (vec![opened(), graph_error(400, 100)], "refused"),
    ] {
        let server = Server::playing(plays).await;
        let handle = server
            .client()
            .upload_sample("77", vec![7; 10], "image/png", "a", |_, _| {})
            .await;
        assert!(handle.is_err(), "{expected}");
        assert!(server.requests().len() <= 3, "{expected}");
    }
}

#[tokio::test]
async fn meta_s_own_count_comes_with_the_list() {
    let page = |total: Value| {
        play(
            200,
            json!({"data": [{"name": "a", "language": "de"}], "summary": {"total_count": total}}),
        )
    };
    for (total, expected) in [
        (json!(251), Some(251)),
        (json!("251"), Some(251)),
        (json!(null), None),
        (json!(-1), None),
    ] {
        let server = Server::playing(vec![page(total)]).await;
        let list = server.client().templates().await.expect("a list");
        assert_eq!((list.len(), list.total), (1, expected));
    }
}

#[tokio::test]
async fn the_other_provider_s_list_comes_in_pages_by_offset() {
    let rows = |from: usize, count: usize| -> Vec<Value> {
        let row = |n| json!({"id": format!("t{n}"), "name": format!("n{n}"), "language": "de", "status": "approved", "category": "UTILITY"});
        (from..from + count).map(row).collect()
    };
    let page = |from, count, total: Value| {
        play(
            200,
            json!({"waba_templates": rows(from, count), "count": count, "total": total}),
        )
    };
    for (plays, names, total) in [
        (vec![page(0, 2, json!(3)), page(2, 1, json!(3))], 3, Some(3)),
        (vec![page(0, 2, json!(null))], 2, None),
        (vec![page(0, 2, json!(9)), page(2, 0, json!(9))], 2, Some(9)),
    ] {
        let requests = plays.len();
        let server = Server::playing(plays).await;
        let config = Config::new("301".into(), "201".into(), "key".to_owned().into());
        let client = Client::new(Config {
            base_url: server.url(),
            provider: Provider::Dialog360,
            ..config
        })
        .expect("a client");
        let told = std::sync::Mutex::new(Vec::new());
        let tell = |count| told.lock().expect("unpoisoned").push(count);
        let list = client.templates_told(&tell).await.expect("a list");
        let told = told.into_inner().expect("unpoisoned");
        assert_eq!((told.len(), told.last()), (requests, Some(&names)));
        assert_eq!((list.len(), list.total), (names, total));
        assert_eq!(list[0].status, "APPROVED");
        let first = &lines(&server)[0];
        assert_eq!(first, "GET /v1/configs/templates?limit=1000&offset=0");
        assert_eq!(
            client.unpause_template("3").await,
            Err(CallError::NotOffered)
        );
    }
}
