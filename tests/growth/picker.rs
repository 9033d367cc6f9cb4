//! The template picker: its figures look back on every send of three months, and must not look at each.

use inbox::fact::{FactKind, ListedTemplate};
use serde_json::json;
use support::generate::END;

use crate::{
    actions::Row,
    shop::{Shop, desk},
};

const TEMPLATES: i64 = 40;

pub fn picker() -> Row {
    (
        "the picker, regular",
        1.1,
        Box::new(|shop: &Shop| {
            send_to_everybody(shop);
            shop.cost(&mut |desk, _| {
                let list = desk.templates(Some(shop.regular(0))).unwrap();
                assert_eq!(list.templates.len(), TEMPLATES as usize);
                assert!(list.templates.iter().any(|t| t.figures.sent > 0));
            })
        }),
    )
}

/// One template to each customer, so that ten times the customers are ten times the sends.
fn send_to_everybody(shop: &Shop) {
    let desk = desk(shop.dir.path());
    let templates = (0..TEMPLATES).map(|n| ListedTemplate {
        id: n.to_string(),
        name: format!("t{n}"),
        language: "de".into(),
        status: "APPROVED".into(),
        category: "UTILITY".into(),
        quality: "GREEN".into(),
        components: json!([{ "type": "BODY", "text": "Hallo {{1}}, Ihre Bestellung ist fertig." }]),
        format: "POSITIONAL".into(),
        rejected_reason: None,
        correct_category: None,
    });
    desk.apply_one(FactKind::TemplatesListed {
        waba_id: desk.account.waba_id.clone(),
        templates: templates.collect(),
        total: None,
        at: END,
    })
    .unwrap();
    let sends =
        "SELECT max(outbox_id), thread_id FROM message WHERE outbox_id <> '' GROUP BY thread_id";
    desk.store
        .write(|db| {
            let mut statement = db.prepare(sends)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let rows: Vec<(String, i64)> = rows.collect::<Result<_, _>>()?;
            for (outbox_id, thread) in rows {
                let used = store::template_use::TemplateUse {
                    outbox_id,
                    name: format!("t{}", thread % TEMPLATES),
                    language: "de".into(),
                    at: END - (thread % 80) * 86_400_000,
                    stage: store::template_use::SENT,
                    answered: false,
                    outside: true,
                };
                store::template_use::set(db, &used)?;
            }
            Ok(())
        })
        .unwrap();
}
