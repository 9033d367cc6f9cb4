//! Carousels, limited-time offers, flows and requests for contact info: written here, taken by Meta, picked, and edited
//! without a loss.

use inbox::{
    run,
    view::{
        DraftButton, DraftCard, DraftHeader, DraftOffer, SlotValue, SubmitResult, TemplateDraft,
    },
};
use serde_json::Value;
use support::{eventually::eventually, shop::Shop};

use crate::{MINUTE, PNG, closed, found, keep_list};

fn button(kind: &str, text: &str, value: &str) -> DraftButton {
    DraftButton {
        kind: kind.into(),
        text: text.into(),
        value: value.into(),
        rest: String::new(),
    }
}

fn plain(name: &str, category: &str, body: &str) -> TemplateDraft {
    TemplateDraft {
        id: String::new(),
        name: name.into(),
        language: "de".into(),
        category: category.into(),
        header: None,
        body: body.into(),
        footer: String::new(),
        buttons: Vec::new(),
        cards: Vec::new(),
        offer: None,
        samples: Vec::new(),
        edits: None,
        changed_at: 0,
    }
}

fn samples(all: &[(&str, &str)]) -> Vec<SlotValue> {
    let all = all.iter().map(|(key, text)| SlotValue {
        key: (*key).into(),
        text: (*text).into(),
    });
    all.collect()
}

fn carousel() -> TemplateDraft {
    let card = |body: &str| DraftCard {
        header: DraftHeader {
            kind: "image".into(),
            text: String::new(),
            file: None,
        },
        body: body.into(),
        buttons: vec![
            button("quick_reply", "Merken", ""),
            button("url", "Ansehen", "https://rad.example/{{1}}"),
        ],
    };
    TemplateDraft {
        cards: vec![
            card("Räder {{1}} für Kinder."),
            card("Helme in allen Farben."),
        ],
        samples: samples(&[
            ("card:0:body:1", "in Rot"),
            ("card:0:button:1", "rad"),
            ("card:1:button:1", "helm"),
        ]),
        ..plain(
            "neu_im_laden",
            "MARKETING",
            "Das ist neu bei uns im Laden. Keine Werbung mehr? Antworten Sie STOPP.",
        )
    }
}

/// A picture of its own for each card.
fn with_pictures(shop: &Shop, draft: TemplateDraft) -> TemplateDraft {
    let id = shop.desk.save_template_draft(&draft).unwrap();
    let mut saved = TemplateDraft { id, ..draft };
    for n in 0..saved.cards.len() {
        let name = format!("karte-{n}.png");
        let file = shop
            .desk
            .attach_sample(&saved.id, &name, "image/png", PNG)
            .unwrap();
        saved.cards[n].header.file = Some(file);
        shop.desk.save_template_draft(&saved).unwrap();
    }
    saved
}

async fn handed_in(shop: &Shop, id: &str) {
    let result = run::submit_template(&shop.desk, &shop.client, id)
        .await
        .unwrap();
    assert!(
        matches!(result, SubmitResult::HandedIn { .. }),
        "{result:?}"
    );
}

/// Its components, as the platform has them.
fn there(shop: &Shop, name: &str) -> Value {
    let all = shop.control.templates();
    let found = all.into_iter().find(|template| template.name == name);
    Value::Array(found.unwrap().components)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_carousel_goes_out_with_a_sample_for_each_card_and_is_edited_without_a_loss() {
    let (shop, thread) = closed().await;
    keep_list(&shop);
    let draft = with_pictures(&shop, carousel());
    for card in &draft.cards {
        let file = card.header.file.as_ref().unwrap();
        let kept = shop.desk.sample(&file.id).unwrap();
        assert_eq!(
            kept.as_deref(),
            Some(PNG),
            "one sample does not put out another"
        );
    }
    handed_in(&shop, &draft.id).await;
    let components = there(&shop, "neu_im_laden");
    let handles: Vec<_> = (0..2)
        .map(|n| components[1]["cards"][n]["components"][0]["example"]["header_handle"][0].clone())
        .collect();
    assert!(
        handles.iter().all(Value::is_string) && handles[0] != handles[1],
        "{handles:?}"
    );

    shop.jump_seconds(2 * MINUTE);
    let approved = eventually("the approval", || {
        found(&shop, Some(thread), "neu_im_laden").filter(|t| t.obstacle.is_none())
    })
    .await;
    assert_eq!(approved.parts.cards.len(), 2);
    let keys: Vec<_> = approved
        .slots
        .iter()
        .map(|slot| slot.key.as_str())
        .collect();
    assert!(
        keys.contains(&"card:0:body:1") && keys.contains(&"card:1:header:media"),
        "{keys:?}"
    );

    let edit = shop
        .desk
        .edit_template("neu_im_laden", "de")
        .unwrap()
        .unwrap();
    let without_files = |draft: &TemplateDraft| {
        let mut cards = draft.cards.clone();
        for card in &mut cards {
            card.header.file = None;
        }
        cards
    };
    assert_eq!(without_files(&edit), without_files(&draft));
    assert_eq!(edit.samples, draft.samples);
    let mut edit = with_pictures(&shop, edit);
    edit.cards.swap(0, 1);
    edit.samples = samples(&[
        ("card:1:body:1", "in Blau"),
        ("card:0:button:1", "helm"),
        ("card:1:button:1", "rad"),
    ]);
    shop.desk.save_template_draft(&edit).unwrap();
    handed_in(&shop, &edit.id).await;
    shop.jump_seconds(2 * MINUTE);
    eventually("the new order", || {
        let template = found(&shop, Some(thread), "neu_im_laden")?;
        let first = template.parts.cards.first()?.body.clone();
        (first == "Helme in allen Farben." && template.obstacle.is_none()).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_and_its_buttons_a_flow_and_a_request_for_contact_info_are_taken_and_come_back() {
    let (shop, _) = closed().await;
    keep_list(&shop);
    let offer = TemplateDraft {
        offer: Some(DraftOffer {
            text: "Nur heute!".into(),
            has_expiration: true,
        }),
        buttons: vec![
            button("copy_code", "", "RAD25"),
            button("url", "Zum Laden", "https://rad.example"),
        ],
        ..plain(
            "nur_heute",
            "MARKETING",
            "Mit dem Code gibt es heute Nachlass auf alle Räder. STOPP genügt.",
        )
    };
    let flow = TemplateDraft {
        buttons: vec![
            button("flow", "Termin wählen", "991"),
            button("request_contact_info", "", ""),
        ],
        ..plain(
            "termin_waehlen",
            "UTILITY",
            "Bitte wählen Sie einen Termin, der Ihnen passt.",
        )
    };
    for draft in [offer, flow] {
        let id = shop.desk.save_template_draft(&draft).unwrap();
        handed_in(&shop, &id).await;
        shop.jump_seconds(2 * MINUTE);
        eventually("the approval", || {
            found(&shop, None, &draft.name).filter(|t| t.obstacle.is_none())
        })
        .await;
        let again = shop.desk.edit_template(&draft.name, "de").unwrap().unwrap();
        assert_eq!(
            (&again.buttons, &again.offer),
            (&draft.buttons, &draft.offer)
        );
        // In another language it begins with the same, the flow too.
        let begun = shop
            .desk
            .translate_template(&draft.name, "de", "pt_BR")
            .unwrap()
            .unwrap();
        assert_eq!(
            (begun.language.as_str(), &begun.edits, &begun.buttons),
            ("pt_BR", &None, &draft.buttons)
        );
    }
    assert_eq!(
        there(&shop, "termin_waehlen")[1]["buttons"][0]["flow_id"],
        "991"
    );
}
