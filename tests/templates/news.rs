//! What Meta tells of templates, and what it would refuse: told beforehand, with its date, and nothing is dropped.

use inbox::{
    run,
    view::{DraftFile, SubmitResult, TemplateFinding, TemplateObstacle},
};
use practice::{Fault, Kind, On};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use support::{
    eventually::eventually,
    shop::{NINE, Shop},
};

use crate::{
    HOUR, MINUTE, PNG, approved, closed,
    drafts::{FINE, draft, with_sample},
    found, keep_list, synced, with_a_picture,
};

const DAY: i64 = 24 * HOUR;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_of_category_is_told_with_its_date_before_it_comes() {
    let (shop, thread) = closed().await;
    shop.control.put_template(with_a_picture());
    keep_list(&shop);
    eventually("the list", || found(&shop, None, "torte_fertig")).await;
    shop.control
        .recategorise("torte_fertig", "de", "MARKETING", DAY * 1000)
        .unwrap();
    let moves = eventually("the announcement", || {
        found(&shop, Some(thread), "torte_fertig")?.moves_to
    })
    .await;
    assert_eq!(
        (moves.to.as_str(), moves.at),
        ("MARKETING", Some(NINE + DAY * 1000))
    );
    let before = found(&shop, None, "torte_fertig").unwrap();
    assert_eq!(
        before.category, "UTILITY",
        "until then it costs what it costs"
    );
    // A list that names the category to come does not take the date away.
    synced(&shop).await;
    let listed = found(&shop, None, "torte_fertig").unwrap();
    assert_eq!(listed.moves_to, Some(moves));
    let told: i64 = shop
        .desk
        .store
        .read(|db| {
            let told = "SELECT count(*) FROM notice WHERE kind = 'template_category_impending'";
            Ok(db.query_row(told, [], |row| row.get(0))?)
        })
        .unwrap();
    assert_eq!(told, 1, "also where nobody looks at templates");

    shop.jump_seconds(DAY + 1);
    eventually("the change", || {
        let now = found(&shop, Some(thread), "torte_fertig")?;
        (now.category == "MARKETING" && now.moves_to.is_none()).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cursor_that_meta_no_longer_knows_starts_the_list_anew() {
    let (shop, _) = closed().await;
    shop.control.add_templates(300);
    // The first page comes, and the second is asked for with a cursor that is none any more.
    let (control, armed) = (shop.control.clone(), AtomicBool::new(false));
    let forget = move |_| {
        if !armed.swap(true, Ordering::Relaxed) {
            control.arm_fault(Fault {
                status: Some(400),
                code: Some(131_059),
                ..Fault::once(On::Templates, Kind::Status)
            });
        }
    };
    let listed = shop.client.templates_told(&forget).await.unwrap();
    assert!(shop.control.faults().is_empty(), "the cursor was refused");
    let mut names: Vec<_> = listed.iter().map(|t| (&t.name, &t.language)).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), shop.control.templates().len(), "each once");

    // Where it is refused twice, what there was stays, and the reason is told.
    synced(&shop).await;
    let before = shop.desk.templates(None).unwrap().templates.len();
    shop.arm(Fault {
        status: Some(400),
        code: Some(131_059),
        count: Some(2),
        ..Fault::new(On::Templates, Kind::Status)
    });
    let refused = run::sync_templates(&shop.desk, &shop.client).await;
    assert!(refused.is_err());
    let after = shop.desk.templates(None).unwrap();
    assert_eq!(after.templates.len(), before);
    assert_eq!(after.sync.failed.and_then(|f| f.code), Some(131_059));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_never_seen_before_is_shown_and_only_keeps_its_template_from_being_sent() {
    let (shop, thread) = closed().await;
    let body = json!({ "type": "BODY", "text": "Guten Tag, hier ist etwas ganz Neues." });
    for (name, part) in [
        ("neuer_teil", json!({ "type": "HOLOGRAM", "depth": 3 })),
        ("neuer_kopf", json!({ "type": "HEADER", "format": "SMELL" })),
        (
            "neue_taste",
            json!({ "type": "BUTTONS", "buttons": [{ "type": "TELEPORT", "text": "Hin" }] }),
        ),
    ] {
        shop.control
            .put_template(approved(name, json!([body, part])));
    }
    shop.control.put_template(with_a_picture());
    synced(&shop).await;
    for (name, named) in [
        ("neuer_teil", "hologram"),
        ("neuer_kopf", "header:smell"),
        ("neue_taste", "button:teleport"),
    ] {
        let view = found(&shop, Some(thread), name).unwrap();
        let parts = vec![named.to_owned()];
        assert_eq!(view.obstacle, Some(TemplateObstacle::Parts { parts }));
        assert_eq!(view.parts.body, "Guten Tag, hier ist etwas ganz Neues.");
    }
    assert_eq!(
        found(&shop, Some(thread), "neuer_teil")
            .unwrap()
            .parts
            .unknown,
        ["hologram"]
    );
    assert_eq!(
        found(&shop, Some(thread), "torte_fertig").unwrap().obstacle,
        None,
        "the others are as they were"
    );
}

fn rules(findings: &[TemplateFinding]) -> Vec<(&str, Vec<&str>)> {
    fn one(finding: &TemplateFinding) -> (&str, Vec<&str>) {
        let values = finding.values.iter().map(String::as_str);
        (finding.rule.as_str(), values.collect())
    }
    findings.iter().map(one).collect()
}

async fn edit(shop: &Shop, body: &str) -> SubmitResult {
    let mut draft = shop.desk.edit_template("torte_da", "de").unwrap().unwrap();
    draft.header = None;
    draft.body = body.into();
    let id = shop.desk.save_template_draft(&draft).unwrap();
    run::submit_template(&shop.desk, &shop.client, &id)
        .await
        .unwrap()
}

async fn until_approved(shop: &Shop, body: &str) {
    shop.jump_seconds(2 * MINUTE);
    eventually("the approval", || {
        let view = found(shop, None, "torte_da")?;
        (view.obstacle.is_none() && view.parts.body == body).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_next_edit_of_an_approved_template_is_possible_in_a_day_and_that_is_said_before() {
    const FIRST: &str = "Hallo {{1}}, Ihre Torte liegt ab sofort bei uns im Laden für Sie bereit.";
    const SECOND: &str =
        "Hallo {{1}}, Ihre Torte liegt schon jetzt bei uns im Laden für Sie bereit.";
    let (shop, _) = closed().await;
    keep_list(&shop);
    let id = with_sample(&shop, draft("torte_da", FINE));
    let handed_in = run::submit_template(&shop.desk, &shop.client, &id).await;
    assert!(matches!(handed_in, Ok(SubmitResult::HandedIn { .. })));
    until_approved(&shop, FINE).await;
    let edited = edit(&shop, FIRST).await;
    assert!(
        matches!(edited, SubmitResult::HandedIn { .. }),
        "{edited:?}"
    );

    // In review it takes none at all.
    eventually("the review", || {
        let view = found(&shop, None, "torte_da")?;
        (view.obstacle == Some(TemplateObstacle::InReview)).then_some(())
    })
    .await;
    match edit(&shop, SECOND).await {
        SubmitResult::Findings { findings } => {
            assert_eq!(rules(&findings), [("not_editable", vec!["PENDING"])]);
        }
        other => panic!("{other:?}"),
    }
    until_approved(&shop, FIRST).await;
    let asked = shop.control.requests().len();
    let SubmitResult::Findings { findings } = edit(&shop, SECOND).await else {
        panic!("Meta would have refused it");
    };
    let [(rule, values)] = &rules(&findings)[..] else {
        panic!("{findings:?}");
    };
    let until: i64 = values[0].parse().unwrap();
    assert_eq!(*rule, "edited_lately");
    let edited_at = until - DAY * 1000;
    assert!(
        (edited_at - NINE - 2 * MINUTE * 1000).abs() < 5_000,
        "{until}"
    );
    let posts = shop.control.requests();
    assert!(
        posts[asked..].iter().all(|seen| seen.method == "GET"),
        "nothing was handed in"
    );
    shop.jump_seconds(DAY);
    let edited = edit(&shop, SECOND).await;
    assert!(
        matches!(edited, SubmitResult::HandedIn { .. }),
        "{edited:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sample_tells_how_far_it_is_on_its_way_to_meta() {
    let (shop, _) = closed().await;
    let id = shop
        .desk
        .save_template_draft(&draft("torte_da", FINE))
        .unwrap();
    let mut large = PNG.to_vec();
    large.resize(1 << 20, 0);
    let file: DraftFile = shop
        .desk
        .attach_sample(&id, "torte.png", "image/png", &large)
        .unwrap();
    let mut saved = shop.desk.template_drafts().unwrap().remove(0);
    saved.header.as_mut().unwrap().file = Some(file);
    shop.desk.save_template_draft(&saved).unwrap();
    let handed_in = run::submit_template(&shop.desk, &shop.client, &id)
        .await
        .unwrap();
    assert!(
        matches!(handed_in, SubmitResult::HandedIn { .. }),
        "{handed_in:?}"
    );
    let told = shop.doorbell.uploads();
    let of_draft: Vec<_> = told.iter().filter(|told| told.outbox_id == id).collect();
    assert!(of_draft.len() > 2, "{told:?}");
    assert!(of_draft.windows(2).all(|two| two[0].sent <= two[1].sent));
    let last = of_draft.last().unwrap();
    assert_eq!((last.sent, last.total), (1 << 20, 1 << 20));
}
