//! Every paper of a made-up shop in three languages, to be looked at:
//! `GUICHET_PAPERS=DIR cargo test -p guichet --lib exporting::looks -- --ignored`.

use super::{run, sheet};
use cloud_api::{
    clock::Clock,
    webhook::{Content, Peer},
};
use inbox::{
    EventSink,
    desk::{Account, Desk},
    fact::{By, Fact, FactKind, NameField, Said, Trait},
    ledger::{self, Act, Event, Evidence, ShownWording},
    platform_clock::PlatformClock,
    view::{
        Change, ConsentFilter, EvidenceResult, ExportFormat, ExportRequest, Purpose, Sheet,
        Strength,
    },
};
use std::{io::Cursor, path::PathBuf, sync::Arc};
use store::{Store, StoreKey, setting};

struct Nobody;

impl EventSink for Nobody {
    fn changed(&self, _: Change) {}
}

const BUSINESS: &str = "Fahrradgroßhandelsgesellschaft Kettenöl & Söhne, Inhaberin Zoë Bärwinkel";
const DAY: i64 = 24 * 60 * 60 * 1000;
const NUMBER: &str = "4915155501001";

fn picture(width: u32, height: u32, dark: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    let mut png = Cursor::new(Vec::new());
    image::GrayImage::from_fn(width, height, |x, y| image::Luma([dark(x, y)]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    png.into_inner()
}

fn signature() -> Vec<u8> {
    picture(900, 260, |x, y| {
        let at = f64::from(x) / 40.0;
        let height = 130.0 + 80.0 * at.sin() * (at / 2.3).cos();
        let ink = (f64::from(y) - height).abs() < 4.0 && (60..840).contains(&x);
        if ink { 15 } else { 255 }
    })
}

/// A form somebody took a picture of, upright.
fn photo() -> Vec<u8> {
    picture(1_200, 1_600, |x, y| {
        let paper = (150..1_050).contains(&x) && (120..1_480).contains(&y);
        let line = y % 60 < 6 && (220..980).contains(&x) && (200..1_300).contains(&y);
        match (paper, line) {
            (false, _) => 110,
            (true, true) => 70,
            (true, false) => 235,
        }
    })
}

fn kept(desk: &Desk, kind: &str, png: &[u8]) -> Evidence {
    let kept = desk
        .keep_evidence(kind, "bild.png", "image/png", png)
        .unwrap();
    let EvidenceResult::Kept { evidence } = kept else {
        panic!("a picture is kept");
    };
    Evidence {
        sha256: evidence.id,
        kind: kind.to_owned(),
        mime: "image/png".to_owned(),
    }
}

fn shop(folder: &std::path::Path, language: &str) -> Desk {
    let store = Store::open(folder, &StoreKey::from_bytes([7; 32]), 0).unwrap();
    store
        .write(|db| setting::set(db, "shop_name", BUSINESS))
        .unwrap();
    let account = Account {
        phone_number_id: "1".into(),
        display: "+49 30 12345678".into(),
        ..Account::default()
    };
    let clock = Arc::new(PlatformClock::on(Clock::adjustable()));
    let desk = Desk::new(Arc::new(store), clock, account, Arc::new(Nobody)).unwrap();
    desk.save_purpose(&Purpose {
        key: String::new(),
        label: "Vereinsnachrichten".into(),
        advertising: true,
    })
    .unwrap();
    let form = desk.counter_form().unwrap();
    let own = form.purposes.last().unwrap().key.clone();
    let purposes = ["updates".to_owned(), "offers".to_owned()];
    let shown = desk.sheet(Sheet::Poster, language, &purposes).unwrap();
    let now = desk.clock.now();
    let who = Peer {
        wa_id: Some(NUMBER.to_owned()),
        ..Peer::default()
    };
    let (ink, paper) = (
        kept(&desk, "signature", &signature()),
        kept(&desk, "photo", &photo()),
    );
    let act = |event: Event, channel: &str, purposes: &[&str], ago: i64| Act {
        purposes: purposes.iter().map(|key| (*key).to_owned()).collect(),
        who: Some(who.clone()),
        channel: channel.to_owned(),
        strength: Strength::Good,
        name: "Mehmet Çelik-Żółkiewski von und zu Donaudampfschifffahrtsgesellschaft".to_owned(),
        language: language.to_owned(),
        staff: "Ida Mäßiggängerin".to_owned(),
        ..Act::new(event, format!("{}:{ago}", event.name()), now - ago)
    };
    let wordings = |keys: &[&str]| -> Vec<ShownWording> {
        let of = shown
            .wordings
            .iter()
            .filter(|one| keys.contains(&one.purpose.as_str()));
        of.map(|one| ShownWording {
            purpose: one.purpose.clone(),
            id: one.id.clone(),
            version: one.version,
            text: one.text.clone(),
        })
        .collect()
    };
    let mut acts = vec![
        Act {
            wordings: wordings(&["updates", "offers"]),
            evidence: vec![ink],
            ..act(
                Event::Granted,
                "signature",
                &["updates", "offers"],
                90 * DAY,
            )
        },
        Act {
            wordings: wordings(&["offers"]),
            evidence: vec![paper],
            place: "Werkstatt am Gesundbrunnen".to_owned(),
            ..act(Event::Granted, "paper", &["offers"], 60 * DAY)
        },
        Act {
            wamid: "wamid.HBgNNDkxNTEyMzQ1Njc4ORUCABIYFjNFQjBDNDMxQzI4QjdCQjI2RkE0AA==".to_owned(),
            strength: Strength::Strong,
            wordings: wordings(&["updates"]),
            ..act(Event::Confirmed, "counter_qr", &["updates"], 59 * DAY)
        },
        Act {
            note:
                "immer diese Werbung, könnten Sie damit vielleicht bitte bis Weihnachten aufhören?"
                    .to_owned(),
            ..act(Event::Questioned, "whatsapp", &["offers"], 20 * DAY)
        },
        act(Event::Granted, "spoken", &[&own], 30 * DAY),
        Act {
            note: "STOPP".to_owned(),
            strength: Strength::Strong,
            ..act(Event::Withdrawn, "whatsapp", &["offers"], 19 * DAY)
        },
        Act {
            note: "Rief an: keine Werbung, Abholbenachrichtigungen weiterhin".to_owned(),
            strength: Strength::Weak,
            ..act(Event::Withdrawn, "staff", &["calls"], 3 * DAY)
        },
    ];
    acts.extend((0..12).map(|n| Act {
        template: "bestellung_abholbereit_erinnerung/de".to_owned(),
        ..act(Event::Used, "whatsapp", &["updates"], (50 - n) * DAY)
    }));
    desk.store
        .write(|db| {
            for act in &acts {
                ledger::record(db, act, now)?.unwrap();
            }
            for n in 0..70 {
                let other = Act {
                    who: Some(Peer {
                        wa_id: Some(format!("49151555020{n:02}")),
                        ..Peer::default()
                    }),
                    name: [
                        "Jörg Müller",
                        "Şükrü Öztürk",
                        "Żaneta Wąsik",
                        "مريم الحسيني",
                        "João da Conceição",
                    ][n % 5]
                        .to_owned(),
                    wordings: wordings(&["offers"]),
                    ..act(Event::Granted, "spoken", &["offers"], DAY + n as i64)
                };
                ledger::record(db, &other, now)?.unwrap();
            }
            Ok(())
        })
        .unwrap();
    let mut facts = vec![
        FactKind::Described {
            peer: who.clone(),
            what: Trait::Label("Stammkunde".into()),
            value: "1".into(),
            at: now - DAY,
        },
        FactKind::Named {
            peer: who.clone(),
            parent_bsuid: None,
            field: NameField::Name,
            value: "Mehmet Ç. 🚲".into(),
            at: now - DAY,
        },
        FactKind::Noted {
            id: "n1".into(),
            peer: who.clone(),
            staff: "Ida".into(),
            text: "Holt freitags ab, zahlt bar.".into(),
            written_at: now - DAY,
            at: now - DAY,
        },
    ];
    facts.extend((0..90).map(|n| {
        let at = now - DAY + n * 60_000;
        FactKind::Said(Said {
            wamid: format!("wamid.{n}"),
            peer: who.clone(),
            by: if n % 3 == 1 { By::Phone } else { By::Customer },
            content: Content::Text {
                body: match n % 7 {
                    0 => "Guten Tag, ist mein Lastenfahrradersatzhinterradnabenschalthebel schon fertig? #panic() مرحبا 🚲".repeat(3),
                    _ => "Ja, gern.".to_owned(),
                },
            },
            at,
            timed: true,
            arrived: at * 1000,
            context: None,
            referral: None,
        })
    }));
    let facts: Vec<Fact> = facts
        .into_iter()
        .map(|kind| Fact::new(&desk.number(), kind))
        .collect();
    desk.apply(&facts).unwrap();
    desk
}

#[test]
#[ignore = "writes papers to look at"]
fn every_paper_in_three_languages() {
    let target = PathBuf::from(std::env::var_os("GUICHET_PAPERS").expect("GUICHET_PAPERS"));
    for language in ["en", "de", "pt-BR"] {
        let folder = tempfile::tempdir().unwrap();
        let desk = shop(folder.path(), language);
        let person = desk
            .store
            .read(|db| Ok(store::customer::find(db, &format!("w:{NUMBER}"))?.unwrap()));
        for (format, name) in [
            (ExportFormat::PersonPdf, "person.pdf"),
            (ExportFormat::AccessPdf, "access.pdf"),
            (ExportFormat::Pdf, "list.pdf"),
            (ExportFormat::Xlsx, "list.xlsx"),
            (ExportFormat::CsvSemicolon, "list.csv"),
            (ExportFormat::JsonLines, "ledger.jsonl"),
            (ExportFormat::Shopify, "shopify.csv"),
        ] {
            let request = ExportRequest {
                format,
                filter: ConsentFilter::default(),
                customer_id: Some(person.as_ref().unwrap().customer_id),
                language: language.to_owned(),
            };
            let path = target.join(format!("{language}.{name}"));
            run(&desk, &request, &path, &mut |_, _| true).unwrap();
        }
        for (kind, name) in [
            (Sheet::Poster, "poster"),
            (Sheet::Card, "card"),
            (Sheet::Form, "form"),
        ] {
            for (purposes, many) in [
                (&["updates", "offers"][..], ""),
                (&["service", "updates", "offers", "calls"][..], ".all"),
            ] {
                let wanted: Vec<String> = purposes.iter().map(|key| (*key).to_owned()).collect();
                let record = desk.sheet(kind, language, &wanted).unwrap();
                let path = target.join(format!("{language}.{name}{many}.pdf"));
                if let Err(error) = sheet(kind, &record, language, &path) {
                    println!("{language} {name}{many}: {error}");
                }
            }
        }
    }
}
