//! Customers, by whatever is known of them.

use crate::{ANA, DAY, MINUTE, NINE, bracketed, find, name, write, write_all};
use inbox::{fact::NameField, view::SearchQuery};
use support::{bodies::LENA, counter::Counter};

#[test]
fn customers_are_found_by_name_username_and_number() {
    let counter = Counter::open(NINE + 10 * DAY);
    let murat = "905321112233";
    for (minute, (wa_id, called)) in [
        (LENA, "Lena Brandt"),
        (ANA, "Ana Conceição"),
        (murat, "Murat Yıldız"),
        ("4915155501777", "Jürgen Größl"),
        ("8613800001111", "王小明"),
    ]
    .into_iter()
    .enumerate()
    {
        name(&counter, wa_id, NameField::Name, called);
        write(&counter, wa_id, i64::try_from(minute).unwrap(), "Hallo");
    }
    name(&counter, ANA, NameField::Username, "ana.doces");
    name(&counter, murat, NameField::Book, "Murat Bäcker");
    for (typed, found) in [
        ("lena", "Lena Brandt: [Lena] Brandt"),
        ("rand", "Lena Brandt: Lena B[rand]t"),
        ("brandt lena", "Lena Brandt: [Lena] [Brandt]"),
        ("conceicao", "Ana Conceição: Ana [Conceição]"),
        ("ana.do", "Ana Conceição: [ana.do]ces"),
        ("@ana", "Ana Conceição: [Ana] Conceição"),
        ("grossl", "Jürgen Größl: Jürgen [Größl]"),
        ("jürgen", "Jürgen Größl: [Jürgen] Größl"),
        ("juergen", "Jürgen Größl: [Jürgen] Größl"),
        ("groessl", "Jürgen Größl: Jürgen [Größl]"),
        ("baecker", "Murat Bäcker: Murat [Bäcker]"),
        ("bäck", "Murat Bäcker: Murat [Bäck]er"),
        ("yıldız", "Murat Bäcker: Murat [Yıldız]"),
        ("小明", "王小明: 王[小明]"),
        ("le", "Lena Brandt: [Le]na Brandt"),
        ("ra", ""),
        (
            "0151 5550",
            "Jürgen Größl: +49[1515550]1777\nLena Brandt: +49[1515550]1001",
        ),
        ("+49 (151) 555-01001", "Lena Brandt: +[4915155501001]"),
        ("00905321112233", "Murat Bäcker: +[905321112233]"),
        ("niemand", ""),
    ] {
        let people = find(&counter, &SearchQuery::of(typed)).people;
        let people = people
            .iter()
            .map(|p| format!("{}: {}", p.name.text, bracketed(&p.matched)));
        assert_eq!(people.collect::<Vec<_>>().join("\n"), found, "{typed}");
    }
    let lena = SearchQuery::of("lena");
    let second = counter.desk.search(&lena, Some(1), 50).unwrap();
    assert!(second.people.is_empty(), "only on the first page");
    assert_eq!(find(&counter, &lena).people[0].last_at, NINE);
}

#[test]
fn at_most_eight_customers_the_newest_first() {
    let counter = Counter::open(NINE + 10 * DAY);
    let wa_id = |n: i32| format!("49151{n:07}");
    write_all(&counter, (0..300).map(|n| (wa_id(n), "Hallo".to_owned())));
    for n in 0..300 {
        name(
            &counter,
            &wa_id(n),
            NameField::Name,
            &format!("Test Kundin {n}"),
        );
    }
    for typed in ["kundin", "ku", "test kundin", "+49 151"] {
        let people = find(&counter, &SearchQuery::of(typed)).people;
        let minutes: Vec<_> = people.iter().map(|p| (p.last_at - NINE) / MINUTE).collect();
        assert_eq!(minutes, [299, 298, 297, 296, 295, 294, 293, 292], "{typed}");
    }
}
