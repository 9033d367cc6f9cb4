//! The template picker: its figures look back on every send of three months, and must not look at each. Nor does the
//! messaging limit, used up here: it counts the customers of one day, of whom there are as many in either shop.

use inbox::{
    desk::Desk,
    fact::FactKind,
    view::{TemplateObstacle, TemplateView},
};
use serde_json::json;
use support::{generate::END, template::listed};

use crate::{
    actions::Row,
    shop::{Shop, desk},
};

const TEMPLATES: i64 = 40;
const LIMIT: usize = 20;

pub fn picker() -> Row {
    (
        "the picker, regular",
        1.1,
        Box::new(|shop: &Shop| {
            send_to_everybody(shop);
            let thread = closed(&desk(shop.dir.path()));
            shop.cost(&mut |desk, _| {
                let list = desk.templates(Some(thread)).unwrap();
                let over = |t: &TemplateView| {
                    matches!(
                        t.obstacle,
                        Some(TemplateObstacle::OverLimit { until: Some(_) })
                    )
                };
                assert!(list.templates.iter().all(over));
                assert_eq!(list.templates.len(), TEMPLATES as usize);
                assert!(list.templates.iter().any(|t| t.figures.sent > 0));
            })
        }),
    )
}

/// Somebody whose window closed long ago, and who was not written to lately.
fn closed(desk: &Desk) -> i64 {
    let oldest = "SELECT id FROM thread WHERE closes_at >= 0 ORDER BY closes_at LIMIT 1";
    let found = desk
        .store
        .read(|db| Ok(db.query_row(oldest, [], |row| row.get(0))?));
    found.unwrap()
}

/// One template to each customer, so that ten times the customers are ten times the sends; those of the last day are
/// as many in either shop, and as many as the limit takes.
fn send_to_everybody(shop: &Shop) {
    let desk = desk(shop.dir.path());
    let words = json!([{ "type": "BODY", "text": "Hallo {{1}}, Ihre Bestellung ist fertig." }]);
    let templates = (0..TEMPLATES).map(|n| listed(&format!("t{n}"), words.clone()));
    desk.apply_one(FactKind::TemplatesListed {
        waba_id: desk.account.waba_id.clone(),
        templates: templates.collect(),
        total: None,
        at: END,
    })
    .unwrap();
    desk.apply_one(FactKind::LimitTold {
        waba_id: desk.account.waba_id.clone(),
        limit: LIMIT.to_string(),
        at: END,
    })
    .unwrap();
    let sends = "SELECT max(m.outbox_id), t.id FROM message m JOIN thread t ON t.id = m.thread_id
         WHERE m.outbox_id <> '' GROUP BY t.id ORDER BY t.closes_at DESC";
    desk.store
        .write(|db| {
            let mut statement = db.prepare(sends)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let rows: Vec<(String, i64)> = rows.collect::<Result<_, _>>()?;
            assert!(rows.len() > 2 * LIMIT, "{} customers", rows.len());
            for (place, (outbox_id, thread)) in rows.into_iter().enumerate() {
                let at = match i64::try_from(place).unwrap_or(i64::MAX) {
                    place if place < LIMIT as i64 => END - place * 60_000,
                    // Each template on a day of its own: figures are kept by day, and as many days are full in either shop.
                    _ => END - (2 + thread % TEMPLATES) * 86_400_000,
                };
                let used = store::template_use::TemplateUse {
                    outbox_id,
                    name: format!("t{}", thread % TEMPLATES),
                    language: "de".into(),
                    at,
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
