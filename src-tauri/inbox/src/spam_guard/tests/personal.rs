//! What makes the same sentence a message of its own for everybody.

use super::*;

#[test]
fn what_differs_for_each_is_personal() {
    type Words = fn(u64) -> String;
    let personal: [(&str, Words); 4] = [
        ("times", |n| {
            format!("We look forward to seeing you at {}:15.", 8 + n)
        }),
        ("codes", |n| {
            format!("It is ready at the counter, number B-41{n:02}.")
        }),
        ("amounts", |n| {
            format!("We have received {},50 euros, thank you.", 20 + n)
        }),
        ("names of pets", |n| {
            let pet = [
                "Bella", "Rex", "Luna", "Milo", "Nala", "Balu", "Kira", "Simba", "Lola", "Oskar",
                "Maya", "Rocky",
            ][n as usize];
            format!("{pet} was very brave this morning and may go home.")
        }),
    ];
    for (case, words) in personal {
        let mut guard = Guard::default();
        for n in 0..12 {
            let words = words(n);
            assert_eq!(
                go(&mut guard, &text(n as i64 * MINUTE, n, &words)).level,
                Level::Allow,
                "{case} {n}"
            );
        }
    }
    let mut guard = Guard::default();
    assert_eq!(
        first_warned(
            &mut guard,
            "We look forward to seeing you all at 10:15.",
            0,
            9
        ),
        Some(5)
    );
}

#[test]
fn a_file_is_personal_until_somebody_else_gets_it() {
    let mut guard = Guard::default();
    let digests: Vec<String> = (0..12).map(|n| format!("file {n}")).collect();
    for (n, digest) in digests.iter().enumerate() {
        let content = Content::Media {
            digest,
            caption: "Here is the picture of it.",
        };
        assert_eq!(
            go(&mut guard, &send(n as i64, n as u64, content)).level,
            Level::Allow
        );
    }
    let mut guard = Guard::default();
    let first = (1..=9).find(|&n| {
        let caption = ["", "Look at this", "Just in"][n as usize % 3];
        go(
            &mut guard,
            &send(
                n as i64,
                n,
                Content::Media {
                    digest: "one",
                    caption,
                },
            ),
        )
        .says(Code::MassMedia)
    });
    assert_eq!(first, Some(5));
}
