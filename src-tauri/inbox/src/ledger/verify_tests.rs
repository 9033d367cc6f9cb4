//! A ledger written out and read back; whatever is done to the file in between is found and named.

use super::{
    ALL, Act, Event, LedgerEntry, Misfit, NotVerified, OFFERS, Personal, Public, SERVICE, Verified,
    lines, public_key, record, verify,
};
use crate::view::Strength;
use cloud_api::webhook::Peer;
use store::{Store, StoreKey};

const T0: i64 = 1_795_000_000_000;

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &StoreKey::from_bytes([7; 32]), 0).unwrap();
    (folder, store)
}

fn act(n: i64, event: Event, purpose: &str) -> Act {
    Act {
        purposes: vec![purpose.to_owned()],
        who: Some(Peer {
            wa_id: Some(format!("49151000000{n:02}")),
            ..Peer::default()
        }),
        name: format!("Person {n}"),
        strength: Strength::Strong,
        channel: super::channel::WHATSAPP.to_owned(),
        ..Act::new(event, format!("act:{n}"), T0 + n)
    }
}

/// Five entries of one device, written out.
fn written(store: &Store) -> Vec<String> {
    store
        .write(|db| {
            for n in 1..=4 {
                record(db, &act(n, Event::Granted, OFFERS), T0 + n)?.unwrap();
            }
            let mut exported = Act::new(Event::Exported, "export:1", T0 + 9);
            exported.purposes = vec![ALL.to_owned()];
            record(db, &exported, T0 + 9)?.unwrap();
            public_key(db)
        })
        .unwrap();
    out(store)
}

fn out(store: &Store) -> Vec<String> {
    let mut all = Vec::new();
    let whole = store
        .read(|db| {
            lines(db, "Kette & Kranz", T0 + 10, |line| {
                all.push(line.to_owned());
                true
            })
        })
        .unwrap();
    assert!(whole);
    all
}

fn check(lines: &[String], key: Option<&str>) -> Result<Verified, NotVerified> {
    verify(format!("{}\n", lines.join("\n")).as_bytes(), key)
}

/// The entry and the reason.
fn misfit(lines: &[String]) -> (String, u64, Misfit) {
    match check(lines, None) {
        Err(NotVerified::Broken { line, entry, why }) => (entry, line, why),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_written_fits() {
    let (_folder, store) = store();
    let file = written(&store);
    let found = check(&file, None).unwrap();
    assert_eq!((found.entries, found.erased), (5, 0));
    assert_eq!(found.business, "Kette & Kranz");
    let key = store.read(public_key).unwrap();
    assert_eq!(check(&file, Some(&key)).unwrap(), found);
    // An editor of another system changes the ends of lines and nothing else.
    assert!(verify(file.join("\r\n").as_bytes(), None).is_ok());
}

#[test]
fn any_byte_that_is_changed_is_found() {
    let (_folder, store) = store();
    let file = written(&store);
    let text = file.join("\n").into_bytes();
    for at in 0..text.len() {
        let mut changed = text.clone();
        changed[at] ^= 1;
        // Other ends of lines are no change, and neither is the case of a hexadecimal digit.
        if text[at] == b'\n' && changed[at] == b'\r' {
            continue;
        }
        assert!(verify(changed.as_slice(), None).is_err(), "byte {at}");
    }
}

#[test]
fn the_entry_that_was_changed_is_named() {
    let (_folder, store) = store();
    let file = written(&store);
    let name = |seq: i64| {
        let device = store.read(super::device).unwrap();
        super::entry_name(&device, seq)
    };
    for (from, to, why) in [
        (
            "\\\"event\\\":\\\"granted\\\"",
            "\\\"event\\\":\\\"claimed\\\"",
            Misfit::Changed,
        ),
        ("\\\"seq\\\":3", "\\\"seq\\\":7", Misfit::Changed),
        ("Person 3", "Person 4", Misfit::PersonalChanged),
        ("\"salt\":\"", "\"salt\":\"00", Misfit::PersonalChanged),
        ("\"public\"", "\"publik\"", Misfit::Changed),
    ] {
        let mut changed = file.clone();
        assert!(changed[3].contains(from), "{from}");
        changed[3] = changed[3].replace(from, to);
        assert_eq!(misfit(&changed), (name(3), 4, why), "{from}");
    }
    let mut shorter = file.clone();
    shorter.remove(2);
    assert_eq!(misfit(&shorter), (name(3), 3, Misfit::Missing));
    let mut turned = file.clone();
    turned.swap(2, 3);
    assert_eq!(misfit(&turned), (name(3), 3, Misfit::Missing));
    let mut twice = file.clone();
    twice.insert(3, file[2].clone());
    assert_eq!(misfit(&twice), (name(2), 4, Misfit::OutOfPlace));
}

#[test]
fn a_personal_part_may_only_be_gone_where_an_erasure_says_so() {
    let (_folder, store) = store();
    let mut file = written(&store);
    let mut entry: serde_json::Value = serde_json::from_str(&file[2]).unwrap();
    entry.as_object_mut().unwrap().remove("salt");
    entry.as_object_mut().unwrap().remove("personal");
    file[2] = entry.to_string();
    assert!(matches!(misfit(&file), (_, 3, Misfit::PersonalMissing)));

    let second = store
        .read(|db| store::ledger::by_place(db, &super::device(db)?, 2))
        .unwrap()
        .remove(0);
    store
        .write(|db| {
            let mut erased = Act::new(Event::Erased, "erase:1", T0 + 20);
            erased.purposes = vec![ALL.to_owned()];
            erased.erases = vec![second.hash];
            record(db, &erased, T0 + 20)
        })
        .unwrap()
        .unwrap();
    let found = check(&out(&store), None).unwrap();
    assert_eq!((found.entries, found.erased), (6, 1));
    assert!(!out(&store)[2].contains("Person 2"));
}

#[test]
fn a_file_that_ends_early_or_goes_on_is_no_whole_ledger() {
    let (_folder, store) = store();
    let file = written(&store);
    assert!(matches!(check(&file[..5], None), Err(NotVerified::CutOff)));
    // The last entries taken away, the head left: it speaks of others.
    let mut cut = file.clone();
    cut.remove(5);
    assert!(matches!(
        check(&cut, None),
        Err(NotVerified::OtherHead { .. })
    ));
    let mut longer = file.clone();
    longer.push(file[1].clone());
    assert!(matches!(
        check(&longer, None),
        Err(NotVerified::Trailing { line: 8 })
    ));
}

#[test]
fn a_chain_made_anew_is_signed_by_another_key() {
    let (_one, mine) = store();
    let (_two, theirs) = store();
    let file = written(&theirs);
    written(&mine);
    let mine = mine.read(public_key).unwrap();
    assert!(matches!(
        check(&file, Some(&mine)),
        Err(NotVerified::OtherKey)
    ));
    assert!(matches!(check(&file, Some("12")), Err(NotVerified::NoKey)));
    // With the other's key put into the header, its digest under the signature no longer fits.
    let theirs = theirs.read(public_key).unwrap();
    let mut forged = file.clone();
    forged[0] = forged[0].replace(&theirs, &mine);
    assert!(matches!(
        check(&forged, Some(&mine)),
        Err(NotVerified::Signature)
    ));
}

#[test]
fn other_files_are_told_apart_from_ledgers() {
    for text in [
        "",
        "\n",
        "{}",
        "hello",
        "{\"format\":\"other\",\"version\":1}",
        "\u{feff}",
    ] {
        assert!(
            matches!(verify(text.as_bytes(), None), Err(NotVerified::NoLedger)),
            "{text}"
        );
    }
    assert!(matches!(
        verify(&[0xff, 0xfe, 0][..], None),
        Err(NotVerified::NoLedger)
    ));
    let later = "{\"format\":\"guichet-ledger\",\"version\":2,\"business\":\"\",\"device\":\"\",\"made_at\":0,\"public_key\":\"\"}";
    assert!(matches!(
        verify(later.as_bytes(), None),
        Err(NotVerified::TooNew)
    ));
}

#[test]
fn an_entry_is_hashed_over_its_texts_as_they_stand() {
    let public = Public {
        v: 1,
        device: "d".into(),
        seq: 1,
        purpose: SERVICE.into(),
        ..Public::default()
    };
    let entry = LedgerEntry::new([0; 32], [1; 32], &public, &Personal::default()).unwrap();
    assert!(entry.is_sound());
    let mut spaced = entry.clone();
    spaced.public = spaced.public.replace("\":", "\": ");
    assert!(!spaced.is_sound(), "the same JSON, written otherwise");
}
