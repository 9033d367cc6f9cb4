//! A template goes with every slot filled, or not at all.

use crate::{HOUR, sends};
use inbox::view::{Refusal, SendResult, SlotFault, SlotRefusal, SlotValue, TemplateChoice};
use support::{
    consent::opted_in,
    counter::phone,
    eventually::eventually,
    shop::{LENA, NINE, STAFF, Shop},
    story::Story,
};

fn empty_slot(key: &str) -> SlotRefusal {
    SlotRefusal {
        key: key.to_owned(),
        why: SlotFault::Empty,
    }
}

fn choice(name: &str, values: &[(&str, &str)]) -> TemplateChoice {
    let values = values
        .iter()
        .map(|(key, text)| SlotValue {
            key: (*key).into(),
            text: (*text).into(),
        })
        .collect();
    TemplateChoice {
        name: name.into(),
        language: "de".into(),
        values,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn once_the_window_is_closed_a_template_still_goes_with_every_slot_filled() {
    let shop = Shop::open().await;
    let mut story = Story::default();
    let thread = shop
        .lena_wrote("Ist mein Rad fertig?", NINE - 48 * HOUR * 1000)
        .await;
    opted_in(&shop.desk, &phone(LENA));
    inbox::run::sync_templates(&shop.desk, &shop.client)
        .await
        .unwrap();
    story.step("Two days later", &shop, thread);
    let templates = shop.desk.templates(Some(thread)).unwrap().templates;
    let mut german: Vec<_> = templates
        .iter()
        .filter(|t| t.language == "de" && t.obstacle.is_none() && !t.slots.is_empty())
        .collect();
    german.sort_by(|a, b| a.name.cmp(&b.name));
    let is_named = |t: &&&inbox::view::TemplateView| {
        t.slots
            .iter()
            .any(|s| s.label.parse::<u8>().is_err() && s.key.starts_with("body"))
    };
    let named = german.iter().find(is_named).unwrap();
    let positional = german.iter().find(|t| !is_named(t)).unwrap();

    for template in [positional, named] {
        let before = sends(&shop);
        let empty = shop
            .desk
            .send_template(thread, &choice(&template.name, &[]), STAFF)
            .unwrap();
        let keys: Vec<_> = template.slots.iter().map(|s| s.key.clone()).collect();
        assert_eq!(
            empty,
            SendResult::Refused {
                reasons: vec![Refusal::TemplateValues {
                    slots: keys.iter().map(|key| empty_slot(key)).collect()
                }]
            }
        );
        let first = [(keys[0].as_str(), "zwei\nZeilen")];
        let broken = shop
            .desk
            .send_template(thread, &choice(&template.name, &first), STAFF)
            .unwrap();
        assert!(matches!(broken, SendResult::Refused { .. }), "{broken:?}");
        assert_eq!(
            sends(&shop),
            before,
            "what Meta would refuse with 132000 never reaches the wire"
        );

        let values: Vec<_> = template
            .slots
            .iter()
            .map(|s| (s.key.as_str(), s.example.as_deref().unwrap_or("4711")))
            .collect();
        let sent = shop
            .desk
            .send_template(thread, &choice(&template.name, &values), STAFF)
            .unwrap();
        assert!(matches!(sent, SendResult::Queued { .. }), "{sent:?}");
        let accepted = shop.accepted(before + 1).await.pop().unwrap();
        story.say(&format!("Ada sends {}", template.name));
        story.note(&accepted.body["template"].to_string());
    }
    let unknown = shop
        .desk
        .send_template(thread, &choice("never_heard_of", &[]), STAFF)
        .unwrap();
    assert_eq!(
        unknown,
        SendResult::Refused {
            reasons: vec![Refusal::TemplateUnknown]
        }
    );
    eventually("both answers", || {
        (!shop.picture(thread).contains("sending")).then_some(())
    })
    .await;
    story.step("Both are out", &shop, thread);
    story.compare("templates");
}
