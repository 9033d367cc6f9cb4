//! Words, parts of words, and whatever else can be typed.

use crate::{DAY, HOUR, MINUTE, NINE, hits, write};
use cloud_api::webhook::Content;
use inbox::{fact::FactKind, view::SearchQuery};
use support::{
    bodies::{LENA, NUMBER},
    counter::{Counter, phone},
};

const TEXTS: [&str; 13] = [
    "Zwei Brötchen und ein Stück Kuchen, Hauptstraße 5!",
    "Grüße von Frau Mueller",
    "Olá, amanhã às 10h30 está bom? Não esqueça o pão.",
    "Could I pick up the café order at noon?",
    "Yarın sabah geleceğim, teşekkürler",
    "أريد كعكة ليوم الجمعة",
    "我要一个生日蛋糕，谢谢",
    "誕生日ケーキをください",
    "Danke 🎂👩‍🍳!",
    "Спасибо, торт был чудесный",
    "Καλημέρα από την Αθήνα",
    "Ёлка ещё стоит?",
    "50% off? a_b c*d (x) https://beispiel.example/torte?x=1&y=2",
];

#[test]
fn words_and_parts_of_words_are_found_in_every_language() {
    let counter = Counter::open(NINE + DAY);
    for (minute, text) in TEXTS.iter().enumerate() {
        write(&counter, LENA, i64::try_from(minute).unwrap(), text);
    }
    for (typed, found) in [
        (
            "brötchen",
            "Zwei [Brötchen] und ein Stück Kuchen, Hauptstraße 5!",
        ),
        (
            "BROTCHEN",
            "Zwei [Brötchen] und ein Stück Kuchen, Hauptstraße 5!",
        ),
        (
            "tchen",
            "Zwei Brö[tchen] und ein Stück Kuchen, Hauptstraße 5!",
        ),
        (
            "strasse",
            "Zwei Brötchen und ein Stück Kuchen, Haupt[straße] 5!",
        ),
        (
            "stück zwei",
            "[Zwei] Brötchen und ein [Stück] Kuchen, Hauptstraße 5!",
        ),
        ("stück drei", ""),
        (
            "\"ein stück\"",
            "Zwei Brötchen und [ein Stück] Kuchen, Hauptstraße 5!",
        ),
        (
            "zw 5",
            "[Zw]ei Brötchen und ein Stück Kuchen, Hauptstraße [5]!",
        ),
        ("müller", "Grüße von Frau [Mueller]"),
        ("muller", ""),
        ("grusse", "[Grüße] von Frau Mueller"),
        ("gruesse", "[Grüße] von Frau Mueller"),
        (
            "broetchen",
            "Zwei [Brötchen] und ein Stück Kuchen, Hauptstraße 5!",
        ),
        (
            "stuec",
            "Zwei Brötchen und ein [Stüc]k Kuchen, Hauptstraße 5!",
        ),
        (
            "stras",
            "Zwei Brötchen und ein Stück Kuchen, Haupt[straß]e 5!",
        ),
        ("αθηνα", "Καλημέρα από την [Αθήνα]"),
        ("ΚΑΛΗΜΈΡΑ", "[Καλημέρα] από την Αθήνα"),
        ("елка", "[Ёлка] ещё стоит?"),
        ("ещё ёлк", "[Ёлк]а [ещё] стоит?"),
        (
            "amanha",
            "Olá, [amanhã] às 10h30 está bom? Não esqueça o pão.",
        ),
        (
            "10h30",
            "Olá, amanhã às [10h30] está bom? Não esqueça o pão.",
        ),
        ("pa", "Olá, amanhã às 10h30 está bom? Não esqueça o [pã]o."),
        ("cafe", "Could I pick up the [café] order at noon?"),
        ("tesekkur", "Yarın sabah geleceğim, [teşekkür]ler"),
        ("كعكة", "أريد [كعكة] ليوم الجمعة"),
        ("عكة", "أريد ك[عكة] ليوم الجمعة"),
        ("蛋糕", "我要一个生日[蛋糕]，谢谢"),
        ("生日蛋糕", "我要一个[生日蛋糕]，谢谢"),
        ("ケーキ", "誕生日[ケーキ]をください"),
        ("生日", "誕[生日]ケーキをください\n我要一个[生日]蛋糕，谢谢"),
        ("🎂", "Danke [🎂]👩‍🍳!"),
        ("👩‍🍳", "Danke 🎂[👩‍🍳]!"),
        ("ТОРТ", "Спасибо, [торт] был чудесный"),
        (
            "50%",
            "[50]% off? a_b c*d (x) https://beispiel.example/torte?x=1&y=2",
        ),
        (
            "a_b",
            "50% off? [a_b] c*d (x) https://beispiel.example/torte?x=1&y=2",
        ),
        ("%", ""),
        ("nirgends", ""),
    ] {
        assert_eq!(hits(&counter, &SearchQuery::of(typed)), found, "{typed}");
    }
}

#[test]
fn nothing_that_is_typed_is_an_error() {
    let counter = Counter::open(NINE + DAY);
    write(&counter, LENA, 0, "Zwei Brötchen");
    write(&counter, LENA, 1, &"ab\u{301}".repeat(21_000));
    let signs = "\" ' * a* ^a a:b body:x NEAR(a,b) AND OR NOT ( ((( - -- \\ \0 \u{202e} \u{200b} \u{301} ß ẞ İ ﬁ 🇩🇪 \u{2}\u{3} % _ ; \"\"";
    let mut odd: Vec<String> = signs.split(' ').map(str::to_owned).collect();
    odd.extend(
        [
            "",
            " ",
            "NOT x",
            "a AND",
            "\"a\" \"",
            "ab\"cd ef\"gh",
            "; DROP TABLE message",
        ]
        .map(str::to_owned),
    );
    let long = ["x", "ab ", "🎂", "\"", "é", "\"a ", "straße "];
    odd.extend(long.map(|text| text.repeat(65_536 / text.len())));
    for text in &odd {
        let said = || Some(text.clone());
        let base = SearchQuery::default;
        for query in [
            SearchQuery::of(text),
            SearchQuery {
                from: said(),
                ..base()
            },
            SearchQuery {
                has: said(),
                ..base()
            },
            SearchQuery {
                label: said(),
                ..base()
            },
        ] {
            counter.desk.search(&query, None, 50).unwrap();
        }
    }
    for nothing in ["***", "", "  ", "?!", "\"\""] {
        assert_eq!(hits(&counter, &SearchQuery::of(nothing)), "", "{nothing}");
    }
    let long = hits(&counter, &SearchQuery::of("bab"));
    assert!(!long.is_empty() && long.chars().count() < 400);
}

#[test]
fn words_that_are_gone_are_not_found() {
    let counter = Counter::open(NINE + HOUR);
    write(&counter, LENA, 0, "Geheimnis eins");
    write(&counter, LENA, 1, "Geheimnis zwei");
    let apply = |kind| counter.desk.apply_one(kind).unwrap();
    let at = NINE + 2 * MINUTE;
    apply(FactKind::Revoked {
        target: "wamid.0".into(),
        at,
    });
    apply(FactKind::Edited {
        target: "wamid.1".into(),
        content: Content::Text {
            body: "nichts mehr".into(),
        },
        at,
    });
    let found = |typed: &str| hits(&counter, &SearchQuery::of(typed));
    assert_eq!(found("geheimnis"), "");
    assert_eq!(found("ge"), "");
    assert_eq!(found("nichts"), "[nichts] mehr");
    let lena = counter.thread(NUMBER, &phone(LENA)).unwrap();
    let in_thread = SearchQuery {
        thread_id: Some(lena),
        ..SearchQuery::default()
    };
    assert_eq!(hits(&counter, &in_thread), "nichts mehr");
    let note = counter.desk.save_note(lena, None, "Vorsicht").unwrap();
    assert_eq!(found("vorsicht"), "[Vorsicht]");
    counter.desk.save_note(lena, Some(&note), "").unwrap();
    assert_eq!(found("vorsicht"), "");
}
