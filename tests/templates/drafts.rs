//! What is written here and handed in: explained while it has a fault, found again where the answer was lost.

use inbox::{
    run,
    view::{
        DraftFile, DraftHeader, FindingSeverity, SlotValue, SubmitResult, TemplateActionResult,
        TemplateDraft, TemplateObstacle,
    },
};
use practice::{Fault, Kind, On};
use support::{eventually::eventually, shop::Shop};

use crate::{MINUTE, PNG, closed, found, keep_list, synced};

pub fn draft(name: &str, body: &str) -> TemplateDraft {
    TemplateDraft {
        id: String::new(),
        name: name.into(),
        language: "de".into(),
        category: "UTILITY".into(),
        header: Some(DraftHeader {
            kind: "image".into(),
            text: String::new(),
            file: None,
        }),
        body: body.into(),
        footer: String::new(),
        buttons: Vec::new(),
        cards: Vec::new(),
        offer: None,
        samples: vec![SlotValue {
            key: "body:1".into(),
            text: "Lena".into(),
        }],
        edits: None,
        changed_at: 0,
    }
}

pub fn with_sample(shop: &Shop, draft: TemplateDraft) -> String {
    let id = shop.desk.save_template_draft(&draft).unwrap();
    let file: DraftFile = shop
        .desk
        .attach_sample(&id, "torte.png", "image/png", PNG)
        .unwrap();
    let mut saved = shop.desk.template_drafts().unwrap().remove(0);
    saved.header.as_mut().unwrap().file = Some(file);
    shop.desk.save_template_draft(&saved).unwrap()
}

pub const FINE: &str = "Hallo {{1}}, Ihre Torte ist fertig und wartet bei uns im Laden auf Sie.";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_with_a_fault_is_explained_and_a_good_one_is_in_the_picker_once_meta_approves() {
    let (shop, thread) = closed().await;
    keep_list(&shop);
    let bad = with_sample(&shop, draft("torte_da", "{{1}}, Ihre Torte ist fertig."));
    match run::submit_template(&shop.desk, &shop.client, &bad)
        .await
        .unwrap()
    {
        SubmitResult::Findings { findings } => assert!(
            findings
                .iter()
                .any(|f| f.rule == "variable_at_start" && f.severity == FindingSeverity::Refused),
            "{findings:?}"
        ),
        other => panic!("{other:?}"),
    }
    let mut better = shop.desk.template_drafts().unwrap().remove(0);
    better.body = FINE.into();
    shop.desk.save_template_draft(&better).unwrap();
    let handed_in = run::submit_template(&shop.desk, &shop.client, &bad)
        .await
        .unwrap();
    assert!(
        matches!(&handed_in, SubmitResult::HandedIn { status, .. } if status == "PENDING"),
        "{handed_in:?}"
    );
    assert!(shop.desk.template_drafts().unwrap().is_empty());
    let waits = || {
        let template = found(&shop, Some(thread), "torte_da")?;
        (template.obstacle == Some(TemplateObstacle::InReview)).then_some(())
    };
    eventually("the review", waits).await;
    shop.jump_seconds(2 * MINUTE);
    let approved = eventually("the approval", || {
        found(&shop, Some(thread), "torte_da").filter(|t| t.obstacle.is_none())
    })
    .await;
    assert_eq!(approved.parts.body, FINE);
    assert_eq!(approved.slots.len(), 2);

    // Changed, then deleted: both go by Meta's answer and show in the list.
    let mut edit = shop.desk.edit_template("torte_da", "de").unwrap().unwrap();
    assert_eq!(edit.edits.as_deref(), Some(approved.id.as_str()));
    edit.header = None;
    edit.body = "Hallo {{1}}, Ihre Torte liegt ab sofort bei uns im Laden für Sie bereit.".into();
    let id = shop.desk.save_template_draft(&edit).unwrap();
    let edited = run::submit_template(&shop.desk, &shop.client, &id)
        .await
        .unwrap();
    assert!(
        matches!(edited, SubmitResult::HandedIn { .. }),
        "{edited:?}"
    );
    shop.jump_seconds(2 * MINUTE);
    eventually("the new words", || {
        let template = found(&shop, Some(thread), "torte_da")?;
        (template.parts.body == edit.body && template.obstacle.is_none()).then_some(())
    })
    .await;
    let gone = run::delete_template(&shop.desk, &shop.client, "torte_da", Some("de")).await;
    assert_eq!(gone.unwrap(), TemplateActionResult::Done);
    assert_eq!(found(&shop, Some(thread), "torte_da"), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_whose_answer_was_lost_is_found_in_the_list_and_handed_in_once() {
    let (shop, _) = closed().await;
    let id = with_sample(&shop, draft("torte_da", FINE));
    shop.arm(Fault::once(On::Templates, Kind::ResetAfter));
    let result = run::submit_template(&shop.desk, &shop.client, &id)
        .await
        .unwrap();
    assert!(
        matches!(
            result,
            SubmitResult::HandedIn { .. } | SubmitResult::Doubtful
        ),
        "{result:?}"
    );
    synced(&shop).await;
    assert!(
        shop.desk.template_drafts().unwrap().is_empty(),
        "settled by the list"
    );
    let there = shop.control.templates();
    assert_eq!(there.iter().filter(|t| t.name == "torte_da").count(), 1);
}
