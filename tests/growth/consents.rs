//! Consents: what the policy asks before every send, and what an act costs, in a ledger of ten times the entries.

use inbox::{
    consent::{Gate, state_of},
    view::ConsentFilter,
};
use std::sync::Mutex;
use support::{
    consent::{fill, withdrawn},
    generate::{END, peer},
};

use crate::{
    actions::Row,
    shop::{Cost, Shop, desk},
};

/// Entries about each customer of the shop, as customers and uses grow together.
const EACH: usize = 10;

pub fn actions() -> Vec<Row> {
    vec![
        row("gate look-up, regular", |shop| {
            let customer = customer(shop, 0);
            shop.cost(&mut |desk, _| {
                let gate = desk.store.read(|db| Gate::of(db, customer)).unwrap();
                assert_eq!(gate.template("MARKETING"), None);
            })
        }),
        row("where a customer stands", |shop| {
            let customer = customer(shop, 1);
            shop.cost(&mut |desk, _| {
                let state = desk.store.read(|db| state_of(db, customer, END)).unwrap();
                assert!(state.purposes.iter().any(|p| p.usable && p.uses > 0));
            })
        }),
        row("a page of the consents", |shop| page(shop, "")),
        row("a page of those in for offers", |shop| {
            page(shop, "offers_today")
        }),
        row("a page of the unconfirmed", |shop| {
            page(shop, "unconfirmed")
        }),
        row("a stop, recorded", |shop| {
            let who = peer(shop.filled.customers[shop.regulars[2]]);
            shop.cost(&mut |desk, n| {
                let stop = withdrawn(&format!("stop:{n}"), &who, "offers", END + n as i64);
                desk.record(&stop).unwrap().unwrap();
            })
        }),
    ]
}

fn customer(shop: &Shop, n: usize) -> i64 {
    let thread = shop.regular(n);
    let desk = desk(shop.dir.path());
    let found = desk.store.read(|db| store::thread::get(db, thread));
    found.unwrap().unwrap().customer_id
}

fn page(shop: &Shop, list: &str) -> Cost {
    let filter = ConsentFilter {
        list: list.to_owned(),
        ..ConsentFilter::default()
    };
    shop.cost(&mut |desk, _| {
        let page = desk.consents(&filter, None, 50).unwrap();
        assert!(page.rows.len() <= 50);
    })
}

fn row(name: &'static str, action: fn(&Shop) -> Cost) -> Row {
    (
        name,
        1.1,
        Box::new(move |shop: &Shop| {
            recorded(shop);
            action(shop)
        }),
    )
}

/// Once for each shop.
fn recorded(shop: &Shop) {
    static DONE: Mutex<Vec<std::path::PathBuf>> = Mutex::new(Vec::new());
    let mut done = DONE.lock().unwrap();
    if done.iter().any(|dir| dir == shop.dir.path()) {
        return;
    }
    done.push(shop.dir.path().to_owned());
    let people: Vec<_> = shop.filled.customers.iter().map(|n| peer(*n)).collect();
    let desk = desk(shop.dir.path());
    fill(&desk.store, &people, people.len() * EACH, END - 86_400_000).unwrap();
}
