//! `from:`, `has:`, `label:`, dates, and one thread alone.

use crate::{ANA, DAY, HOUR, MINUTE, NINE, find, hits, name, query, write};
use inbox::{fact::NameField, view::SearchQuery};
use serde_json::{Value, json};
use store::about_person::{self, About};
use support::{
    bodies::{self, LENA, NUMBER},
    counter::{Counter, phone},
};

fn send(counter: &Counter, wa_id: &str, minute: i64, mut content: Value, kind: &str) {
    content = json!({ "type": kind, kind: content });
    let at = NINE + minute * MINUTE;
    let body = bodies::message(NUMBER, wa_id, &format!("wamid.{minute}"), at, content);
    counter.receive(&body, at);
}

/// As the store keeps what staff said of a label.
fn label(counter: &Counter, wa_id: &str, label: &str, value: &str, at: i64) {
    let key = format!("w:{wa_id}");
    let put = |db: &store::Connection| {
        let person = store::customer::ensure(db, &key)?;
        let about = About {
            peer_key: &key,
            person_id: person.id,
            loose_wa: wa_id,
        };
        about_person::observe_profile(db, about, &format!("label:{label}"), value, at)
    };
    counter.desk.store.write(put).unwrap();
}

/// Lena's thread, and Ana's beside it.
fn shop() -> (Counter, i64) {
    let counter = Counter::open(NINE + 2 * HOUR);
    name(&counter, LENA, NameField::Name, "Lena Brandt");
    name(&counter, ANA, NameField::Name, "Ana Conceição");
    name(&counter, ANA, NameField::Username, "ana.doces");
    write(&counter, LENA, 0, "Torte für Samstag?");
    write(&counter, ANA, 1, "Torte, por favor");
    let send = |wa_id, minute, kind, content| send(&counter, wa_id, minute, content, kind);
    send(
        LENA,
        2,
        "image",
        json!({ "id": "1", "caption": "so eine Torte" }),
    );
    send(LENA, 3, "audio", json!({ "id": "2", "voice": true }));
    send(
        ANA,
        4,
        "document",
        json!({ "id": "3", "filename": "Torte.pdf" }),
    );
    send(
        ANA,
        5,
        "location",
        json!({ "latitude": 1.5, "longitude": 2.5, "name": "Café" }),
    );
    send(
        ANA,
        6,
        "contacts",
        json!([{ "name": { "formatted_name": "Rosa Probe" } }]),
    );
    send(ANA, 7, "sticker", json!({ "id": "4" }));
    write(
        &counter,
        LENA,
        8,
        "schau: https://beispiel.example oder www.probe.example",
    );
    let lena = counter.thread(NUMBER, &phone(LENA)).unwrap();
    counter
        .desk
        .send_text(lena, "Torte ist fertig", None, "Ada")
        .unwrap();
    counter
        .desk
        .save_note(lena, None, "Torte ohne Nüsse!")
        .unwrap();
    label(&counter, LENA, "Stammkundin", "1", NINE);
    label(&counter, ANA, "Café", "1", NINE);
    label(&counter, ANA, "Stammkundin", "1", NINE);
    label(&counter, ANA, "Stammkundin", "", NINE + 1);
    (counter, lena)
}

#[test]
fn chips_narrow_what_is_found() {
    let (counter, _) = shop();
    let anas = "[Torte].pdf\n[Torte], por favor";
    for (typed, found) in [
        ("torte from:me", "[Torte] ist fertig"),
        ("torte from:lena", "so eine [Torte]\n[Torte] für Samstag?"),
        ("torte from:conceicao", anas),
        ("torte from:@ana.doces", anas),
        ("torte from:+55_11_98765", anas),
        ("torte from:an", anas),
        ("torte from:niemand", ""),
        ("torte from:!", ""),
        ("has:image", "so eine Torte"),
        ("torte has:image", "so eine [Torte]"),
        ("kuchen has:image", ""),
        ("has:audio", ""),
        ("has:Document", "Torte.pdf"),
        ("has:location", "Café"),
        ("has:contact", "Rosa Probe"),
        (
            "has:link",
            "schau: [https://beispiel.example] oder [www.probe.example]",
        ),
        (
            "schau has:link",
            "[schau]: https://beispiel.example oder www.probe.example",
        ),
        ("torte has:link", ""),
        ("has:note", "Torte ohne Nüsse!"),
        ("has:video", ""),
        ("has:hologram", ""),
        ("torte label:café", anas),
        ("label:stammkundin from:me", "Torte ist fertig"),
        ("label:Stammkundin has:document", ""),
        ("label:Niemand", ""),
        ("*** has:image", ""),
    ] {
        let query = query(typed);
        assert_eq!(hits(&counter, &query), found, "{typed}");
        assert!(find(&counter, &query).people.is_empty(), "{typed}");
    }
    for (has, kinds) in [("audio", ["voice"]), ("sticker", ["sticker"])] {
        let page = find(&counter, &query(&format!("has:{has}")));
        let found: Vec<_> = page.hits.iter().map(|hit| hit.kind.as_str()).collect();
        assert_eq!(found, kinds);
    }
}

#[test]
fn a_link_is_what_the_window_makes_a_link_of_and_no_word_with_a_dot() {
    let counter = Counter::open(NINE + 2 * HOUR);
    for (minute, text) in [
        "Siehe blumen-meyer.example/angebot!",
        "Unter padaria.com.br",
        "Danke.Bis morgen",
        "Im Anhang: liste.pdf",
        "HTTPS://Beispiel.example",
        "an anna@beispiel.com",
    ]
    .into_iter()
    .enumerate()
    {
        write(&counter, LENA, minute as i64, text);
    }
    for (typed, found) in [
        (
            "has:link",
            "[HTTPS://Beispiel.example]\nUnter [padaria.com.br]\nSiehe [blumen-meyer.example/angebot]!",
        ),
        ("angebot has:link", "Siehe blumen-meyer.example/[angebot]!"),
        ("si has:link", "[Si]ehe blumen-meyer.example/angebot!"),
        ("danke has:link", ""),
        ("has:link from:lena", ""),
    ] {
        assert_eq!(hits(&counter, &query(typed)), found, "{typed}");
    }
}

#[test]
fn a_thread_and_dates_narrow_it_too() {
    let (counter, lena) = shop();
    let torte = || SearchQuery::of("torte");
    for (query, found) in [
        (
            SearchQuery {
                thread_id: Some(lena),
                ..torte()
            },
            "[Torte] ohne Nüsse!\n[Torte] ist fertig\nso eine [Torte]\n[Torte] für Samstag?",
        ),
        (
            SearchQuery {
                thread_id: Some(0),
                ..torte()
            },
            "",
        ),
        (
            SearchQuery {
                before: Some(NINE + 2 * MINUTE),
                ..torte()
            },
            "[Torte], por favor\n[Torte] für Samstag?",
        ),
        (
            SearchQuery {
                after: Some(NINE + 2 * MINUTE),
                before: Some(NINE + HOUR),
                ..torte()
            },
            "[Torte].pdf\nso eine [Torte]",
        ),
        (
            SearchQuery {
                after: Some(NINE + DAY),
                ..torte()
            },
            "",
        ),
        (
            SearchQuery {
                before: Some(i64::MAX),
                after: Some(i64::MIN),
                has: Some("note".into()),
                ..torte()
            },
            "[Torte] ohne Nüsse!",
        ),
        (
            SearchQuery {
                before: Some(i64::MIN),
                after: Some(i64::MAX),
                ..torte()
            },
            "",
        ),
    ] {
        assert_eq!(hits(&counter, &query), found, "{query:?}");
    }
}

#[test]
fn a_hit_says_whose_it_is_and_what() {
    let (counter, _) = shop();
    let page = find(&counter, &SearchQuery::of("torte"));
    let told = page
        .hits
        .iter()
        .map(|hit| format!("{} {} {}", hit.kind, hit.outgoing, hit.name));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            "note false Lena Brandt",
            "text true Lena Brandt",
            "document false Ana Conceição",
            "image false Lena Brandt",
            "text false Ana Conceição",
            "text false Lena Brandt",
        ]
    );
}
