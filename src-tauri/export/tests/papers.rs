//! Papers in three languages, with what makes a layout break: long names, many purposes, letters of other scripts, and
//! people who type markup. `GUICHET_PAPERS=FOLDER` keeps them there, to be looked at.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop here"
)]

mod shared;

use export::{
    Language,
    paper::{
        AccessPaper, ActOnPaper, Evidence, Letterhead, ListPaper, ListRow, MessageOnPaper,
        NoteOnPaper, Person, PersonPaper, SheetBlock, SheetKind, SheetPaper, StateOnPaper,
        WordingOnPaper,
    },
};
use shared::{DAY, NOW, about, seal};

const LANGUAGES: [Language; 3] = [Language::De, Language::PtBr, Language::En];

const LONG_BUSINESS: &str =
    "Fahrradgroßhandelsgesellschaft Kettenöl & Söhne Instandsetzungswerkstätten GmbH & Co. KG";

fn letterhead(language: Language, business: &'static str) -> Letterhead<'static> {
    Letterhead {
        about: about(language),
        business,
        own_number: "+49 30 12345678",
    }
}

fn keep(name: &str, pdf: &[u8]) {
    assert!(pdf.starts_with(b"%PDF-"), "{name}");
    if let Some(folder) = std::env::var_os("GUICHET_PAPERS") {
        std::fs::write(std::path::Path::new(&folder).join(name), pdf).expect("the paper is kept");
    }
}

fn archived(pdf: &[u8]) -> bool {
    String::from_utf8_lossy(pdf).contains("pdfaid")
}

/// As the root of the page tree has it.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    let counts = text.split("/Count ").skip(1).filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    counts.max().unwrap_or(0)
}

fn wording(language: Language, purpose: &str) -> String {
    match (language, purpose) {
        (Language::De, "offers") => format!("Ja, {LONG_BUSINESS} darf mir über WhatsApp Nachrichten mit Angeboten, Neuigkeiten und Einladungen zu Veranstaltungen schicken, höchstens vier im Monat. Ich kann das jederzeit beenden, am einfachsten mit der Antwort STOPP. Wie mit meinen Daten umgegangen wird, steht in der Datenschutzerklärung auf beispiel.invalid/datenschutz."),
        (Language::De, _) => format!("Ja, {LONG_BUSINESS} darf mir über WhatsApp Nachrichten zu meinen Bestellungen, Reparaturen und Terminen schicken. Beenden jederzeit mit STOPP. Datenschutz: beispiel.invalid/datenschutz."),
        (Language::PtBr, _) => "Sim, a Oficina de Bicicletas Corrente & Coroa pode me enviar mensagens pelo WhatsApp sobre pedidos, consertos e horários, e também ofertas, no máximo quatro por mês. Posso parar quando quiser respondendo SAIR. Privacidade: exemplo.invalid/privacidade.".into(),
        (Language::En, _) => "Yes, Chain & Crown Bicycles may send me messages on WhatsApp about orders, repairs and appointments, and offers, four a month at most. I can stop this at any time by answering STOP. Privacy notice: example.invalid/privacy.".into(),
    }
}

/// A stroke, as somebody draws his name.
fn signature() -> Vec<u8> {
    let stroke = |x: u32, y: u32| {
        let at = f64::from(x) / 26.0;
        let height = 80.0 + 46.0 * at.sin() * (at / 2.7).cos();
        let ink = (f64::from(y) - height).abs() < 3.0 && (40..560).contains(&x);
        image::Luma([if ink { 20 } else { 255 }])
    };
    let mut png = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_fn(600, 160, stroke)
        .write_to(&mut png, image::ImageFormat::Png)
        .expect("a PNG");
    png.into_inner()
}

fn person_paper(language: Language, name: &str, business: &'static str, note: &str) -> Vec<u8> {
    let text = wording(language, "offers");
    let picture = signature();
    let cut_off = &picture[..picture.len() / 2];
    let shown = WordingOnPaper {
        id: "offers",
        version: 3,
        sha256: "3f2a9b1c4d7e0f2a3b5c6d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9f001122",
        text: &text,
        language: language.tag(),
    };
    let act = |event, purpose, days, entry| ActOnPaper {
        event,
        purpose,
        act_at: NOW - days * DAY,
        recorded_at: NOW - days * DAY + 60_000,
        time_source: "platform",
        channel: "counter_qr",
        strength: "strong",
        business,
        staff: "Ida",
        entry,
        hash: "9b1c4d7e0f2a3b5c6d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9f0011223344",
        prev: "00aa4d7e0f2a3b5c6d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9f0011223344",
        ..ActOnPaper::default()
    };
    let mut signed = act("granted", "offers", 40, "7f3a9c/17");
    signed.wording = Some(shown);
    signed.channel = "signature";
    signed.strength = "good";
    signed.evidence = vec![
        Evidence {
            id: shown.sha256,
            kind: "signature",

            bytes: Some(&picture),
        },
        Evidence {
            id: shown.sha256,
            kind: "scan",

            bytes: Some(b"%PDF"),
        },
        Evidence {
            id: shown.sha256,
            kind: "photo",

            bytes: None,
        },
    ];
    signed.evidence.push(Evidence {
        id: shown.sha256,
        kind: "photo",
        bytes: Some(cut_off),
    });
    let mut confirmed = act("confirmed", "updates", 39, "7f3a9c/18");
    confirmed.wording = Some(shown);
    confirmed.wamid = "wamid.HBgNNDkxNTEyMzQ1Njc4ORUCABIYFjNFQjBDNDMxQzI4QjdCQjI2RkE0AA==";
    let mut used = act("used", "updates", 3, "7f3a9c/700");
    used.template = "bestellung_abholbereit";
    let mut stopped = act("withdrawn", "offers", 1, "b2c4d6/9");
    stopped.note = note;
    stopped.channel = "whatsapp";
    let identifiers = [
        ("phone", "+49 1512 3456789".to_owned()),
        ("wa_id", "4915123456789".to_owned()),
        ("bsuid", "DE.1234567890123456789".to_owned()),
        ("username", "@kettenfreund".to_owned()),
    ];
    PersonPaper {
        letterhead: letterhead(language, business),
        person: Person {
            name,
            identifiers: &identifiers,
            language: "de",
            minor: Some(false),
        },
        states: &[
            StateOnPaper {
                purpose: "updates",
                state: "in",
                usable: true,
                since: Some(NOW - 39 * DAY),
                strength: "strong",
                uses: 12,
                last_used_at: Some(NOW - 3 * DAY),
                ..StateOnPaper::default()
            },
            StateOnPaper {
                purpose: "offers",
                state: "out",
                since: Some(NOW - DAY),
                strength: "strong",
                ..StateOnPaper::default()
            },
            StateOnPaper {
                purpose: "calls",
                state: "claimed",
                why_not: "business_not_named",
                since: Some(NOW - 90 * DAY),
                strength: "none",
                ..StateOnPaper::default()
            },
        ],
        acts: &[signed, confirmed, used, stopped],
        seal: &seal(),
    }
    .pdf()
    .expect("the paper is set")
}

#[test]
fn proof_about_a_person_in_three_languages() {
    for language in LANGUAGES {
        let pdf = person_paper(
            language,
            "Mehmet Çelik-Żółkiewski",
            LONG_BUSINESS,
            "„Bitte keine Werbung mehr.“",
        );
        keep(&format!("person.{}.pdf", language.tag()), &pdf);
        assert!(archived(&pdf), "PDF/A");
    }
}

#[test]
fn the_same_paper_twice_is_the_same_file() {
    let pdf = || person_paper(Language::De, "Ada", "Kette & Kranz", "");
    assert_eq!(pdf(), pdf());
}

#[test]
fn a_name_is_text_whatever_it_looks_like() {
    for (n, name) in [
        "#let x = panic() #x *bold* _it_ $x^2$ `raw` <label> @ref // comment",
        "#image(\"/etc/hostname\")[]{}\\ \" ' \u{0}\u{7}",
        "Ada\u{202e}txt.exe\u{2066}\u{2069}",
        "مريم الحسيني",
        "יעל כהן",
        "สมชาย",
        "Ἀριστοτέλης Жанна Đặng",
        "🙂🎂",
        "👩🏽‍🍳 Grete ❤️ 🇩🇪",
        "山田太郎",
        "",
    ]
    .into_iter()
    .enumerate()
    {
        let pdf = person_paper(
            Language::En,
            name,
            "A #let *shop* $1",
            "note #panic() \u{202e}x",
        );
        keep(&format!("name.{n}.pdf"), &pdf);
        assert!(archived(&pdf), "PDF/A with the name {name:?}");
    }
}

#[test]
fn everything_held_about_a_person() {
    for language in LANGUAGES {
        let messages: Vec<MessageOnPaper> = (0..60)
            .map(|n| MessageOnPaper {
                at: NOW - (60 - n) * 3_600_000,
                own: n % 3 == 1,
                kind: "Text",
                text: if n % 7 == 0 {
                    "Guten Tag, ist mein Rad schon fertig? #panic() مرحبا"
                } else {
                    "Ja."
                },
                files: if n % 11 == 0 {
                    vec!["rechnung.pdf (84 kB)".into()]
                } else {
                    Vec::new()
                },
            })
            .collect();
        let pdf = AccessPaper {
            letterhead: letterhead(language, LONG_BUSINESS),
            person: Person {
                name: "Mehmet Çelik",
                identifiers: &[("phone", "+4915123456789".into())],
                language: "de",
                minor: None,
            },
            states: &[StateOnPaper {
                purpose: "updates",
                state: "in",
                usable: true,
                since: Some(NOW),
                ..StateOnPaper::default()
            }],
            acts: &[ActOnPaper {
                event: "granted",
                purpose: "updates",
                act_at: NOW,
                channel: "paper",
                ..ActOnPaper::default()
            }],
            labels: &["Stammkunde".into()],
            other: &[("name".into(), "M. Çelik (WhatsApp)".into())],
            notes: &[NoteOnPaper {
                at: NOW,
                staff: "Ida",
                text: "Holt freitags ab.",
            }],
            messages: &messages,
            left_out: true,
            seal: &seal(),
        }
        .pdf()
        .expect("the paper is set");
        keep(&format!("access.{}.pdf", language.tag()), &pdf);
    }
}

#[test]
fn sheets_for_the_shop() {
    for language in LANGUAGES {
        let business = match language {
            Language::De => LONG_BUSINESS,
            Language::PtBr => "Oficina de Bicicletas Corrente & Coroa",
            Language::En => "Chain & Crown",
        };
        let (offers, updates) = (wording(language, "offers"), wording(language, "updates"));
        let block = |purpose, text| SheetBlock {
            purpose,
            text,
            wording_id: purpose,
            version: 3,
            sha256: "3f2a9b1c4d7e0f2a3b5c6d8e9fa0b1c2",
        };
        let two = [
            block("updates", updates.as_str()),
            block("offers", offers.as_str()),
        ];
        let five = [
            two[0],
            two[1],
            block("service", &offers),
            block("calls", &offers),
            block("Vereinsnachrichten", &offers),
        ];
        for (kind, name) in [
            (SheetKind::Poster, "poster"),
            (SheetKind::Card, "card"),
            (SheetKind::Form, "form"),
        ] {
            for (blocks, many) in [(&two[..], ""), (&five[..], ".many")] {
                // Setting many wordings is slow without optimisation, and German has the longest.
                if !many.is_empty() && language != Language::De {
                    continue;
                }
                let sheet = SheetPaper {
                    kind,
                    letterhead: letterhead(language, business),
                    blocks,
                    qr_url: (many.is_empty())
                        .then_some("https://wa.me/493012345678?text=Ja%2C%20ich%20m%C3%B6chte%20Nachrichten%20zu%20Bestellungen%20und%20Terminen%20sowie%20Angebote%20von%20Fahrradgro%C3%9Fhandelsgesellschaft%20auf%20WhatsApp.%20%23K7Q2MX"),
                    qr_text: "Ja, ich möchte Nachrichten zu Bestellungen und Terminen sowie Angebote von Fahrradgroßhandelsgesellschaft Kettenöl & Söhne auf WhatsApp. #K7Q2MX",
                    form_number: if many.is_empty() { "F-0042" } else { "" },
                };
                // Five long wordings are more than the front of a small card holds: it has a back.
                let pdf = sheet.pdf();
                let pdf = pdf.unwrap_or_else(|error| panic!("{name}{many} {language:?}: {error}"));
                let sides = if name == "card" && !many.is_empty() {
                    2
                } else {
                    1
                };
                assert_eq!(pages(&pdf), sides, "{name}{many} {language:?}");
                keep(&format!("{name}{many}.{}.pdf", language.tag()), &pdf);
            }
        }
    }
}

#[test]
fn a_sheet_never_cuts_off_what_people_agree_to() {
    let text = wording(Language::De, "offers").repeat(4);
    let blocks = vec![
        SheetBlock {
            purpose: "offers",
            text: &text,
            ..SheetBlock::default()
        };
        12
    ];
    let sheet = SheetPaper {
        kind: SheetKind::Card,
        letterhead: letterhead(Language::De, LONG_BUSINESS),
        blocks: &blocks,
        qr_url: None,
        qr_text: "",
        form_number: "",
    };
    assert!(matches!(sheet.pdf(), Err(export::ExportError::TooMuchText)));
}

#[test]
fn a_list_says_when_it_is_too_long_for_paper() {
    let row = ListRow {
        name: "Mehmet Çelik",
        address: "+4915123456789",
        purpose: "offers",
        state: "in",
        since: Some(NOW),
        channel: "counter_qr",
        strength: "strong",
        wording: "offers v3",
        ..ListRow::default()
    };
    let list = |rows: &[ListRow<'_>]| {
        ListPaper {
            letterhead: letterhead(Language::De, LONG_BUSINESS),
            filter: "Angebote",
            rows,
            seal: &seal(),
        }
        .pdf()
    };
    keep(
        "list.de.pdf",
        &list(&vec![row; 300]).expect("the list is set"),
    );
    assert!(matches!(
        list(&vec![row; 20_001]),
        Err(export::ExportError::TooLong { rows: 20_001, .. })
    ));
}
