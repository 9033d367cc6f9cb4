//! P16: the look before a template goes to many, for 10,000 and for 100,000 people: how long it takes, and how much memory.

use std::{fs, path::Path, time::Instant};

use cloud_api::webhook::Content;
use inbox::{
    desk::Desk,
    fact::{By, Fact, FactKind, ListedTemplate, NameField, Said},
    view::{BatchPlan, Segment, SlotValue, TemplateChoice},
};
use serde_json::json;
use support::{consent::fill, counter::phone, generate::END};

use crate::{apply::desk, measure::median};

const DAY: i64 = 86_400_000;
/// What a person waits for without wondering, and what the laptop spares.
const SECONDS: f64 = 1.0;
const MEGABYTES: f64 = 200.0;

pub fn run(folder: &dyn Fn() -> tempfile::TempDir, quick: bool, rounds: usize) {
    let sizes: &[usize] = if quick { &[10_000] } else { &[10_000, 100_000] };
    for &people in sizes {
        let dir = folder();
        made(dir.path(), people);
        let desk = desk(dir.path());
        let plan = plan(&desk);
        // What making the shop took is not the look's.
        fs::write("/proc/self/clear_refs", "5").expect("a peak that begins anew");
        let before = resident();
        let mut took = Vec::new();
        for _ in 0..rounds.max(1) {
            let begun = Instant::now();
            let found = desk.batch_preflight(&plan).expect("a look");
            took.push(begun.elapsed().as_secs_f64());
            assert_eq!((found.people, found.refusals.len()), (people as i64, 0));
            assert_eq!(found.going, people as i64, "{:?}", found.skipped);
        }
        let more = (peak() - before).max(0.0);
        println!(
            "P16 preflight of {people} people: median {:.3} s (goal {SECONDS}), {more:.0} MB more at the peak (goal {MEGABYTES})",
            median(&took)
        );
    }
}

/// Everybody agreed to offers; half of them wrote and are called by a name of theirs.
fn made(dir: &Path, people: usize) {
    let begun = Instant::now();
    let desk = desk(dir);
    let them: Vec<_> = (0..people).map(|n| phone(&format!("4930{n:09}"))).collect();
    fill(&desk.store, &them, people, END - 100 * DAY).expect("a ledger of that size");
    let number = desk.number();
    let mut facts = Vec::new();
    for (n, who) in them.iter().enumerate() {
        let at = END - 90 * DAY + n as i64;
        facts.push(Fact::new(
            &number,
            FactKind::Named {
                peer: who.clone(),
                parent_bsuid: None,
                field: NameField::Book,
                value: format!("Kundin Nummer{n}"),
                at,
            },
        ));
        if n % 2 == 0 {
            facts.push(Fact::new(
                &number,
                FactKind::Said(Said {
                    wamid: format!("wamid.bench-{n}"),
                    peer: who.clone(),
                    by: By::Customer,
                    content: Content::Text {
                        body: "Guten Tag".into(),
                    },
                    at,
                    timed: true,
                    arrived: at * 1000,
                    context: None,
                    referral: None,
                }),
            ));
        }
        if facts.len() > 4_000 {
            inbox::apply(&desk.store, &std::mem::take(&mut facts)).expect("facts that apply");
        }
    }
    inbox::apply(&desk.store, &facts).expect("facts that apply");
    let offer = ListedTemplate {
        id: "1".into(),
        name: "herbst".into(),
        language: "de".into(),
        status: "APPROVED".into(),
        category: "MARKETING".into(),
        quality: "GREEN".into(),
        components: json!([
            { "type": "BODY", "text": "Hallo {{1}}, ab Montag gibt es Kürbisbrot.",
              "example": { "body_text": [["Lena"]] } },
            { "type": "FOOTER", "text": "Mit STOPP ist Schluss." },
        ]),
        format: "POSITIONAL".into(),
        rejected_reason: None,
        correct_category: None,
    };
    desk.take_template_list(vec![offer], None)
        .expect("a list that is kept");
    println!(
        "made a shop of {people} people in {:.1} s",
        begun.elapsed().as_secs_f64()
    );
}

fn plan(desk: &Desk) -> BatchPlan {
    let own = desk.number().phone_number_id;
    let number_id = desk
        .store
        .read(|db| store::number::find(db, &own))
        .expect("a store that answers");
    BatchPlan {
        name: "Herbst".into(),
        number_id: number_id.expect("a number"),
        segment: Segment::default(),
        choice: TemplateChoice {
            name: "herbst".into(),
            language: "de".into(),
            values: vec![SlotValue {
                key: "body:1".into(),
                text: "{{first_name}}".into(),
            }],
        },
    }
}

/// Megabytes of this process in memory now, and at most since that was reset.
fn resident() -> f64 {
    kept("VmRSS:")
}

fn peak() -> f64 {
    kept("VmHWM:")
}

fn kept(field: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
