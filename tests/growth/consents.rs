//! Consents: what the policy asks before every send, and what an act costs, in a ledger of ten times the entries.

use inbox::{consent::Gate, view::CustomerView};
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
        row("customer panel with consents", |shop| {
            shop.cost(&mut |desk, _| {
                let panel: CustomerView = desk.customer(shop.regular(1)).unwrap();
                assert!(panel.consent.purposes.iter().any(|p| p.usable));
            })
        }),
        row("a stop, recorded", |shop| {
            let who = peer(shop.regulars[2]);
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
    let people: Vec<_> = (0..shop.filled.threads.len()).map(peer).collect();
    let desk = desk(shop.dir.path());
    fill(&desk.store, &people, people.len() * EACH, END - 86_400_000).unwrap();
}
