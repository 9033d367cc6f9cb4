use super::*;

const CLAIMS: &[(ContentKind, &[&str])] = &[
    (
        Price,
        &[
            "All scarves [20 %] off.",
            "Now for [€ 19.90] instead of [29,90 EUR].",
            "A second one for [half price].",
            "Alle Schals [zum halben Preis], ist das [kostenlos]?",
            "Der Eintritt ist [gratis].",
            "Todo [a mitad de precio].",
            "La [livraison offerte], et [10 €] de remise.",
            "Tutto [a metà prezzo].",
            "Alles voor de [halve prijs].",
            "Wszystko [za pół ceny].",
            "Tudo [pela metade do preço].",
            "Her şey [yarı fiyatına].",
            "كل شيء [بنصف السعر].",
            "A 1.5 kg bag, fresh.",
        ],
    ),
    (
        Date,
        &[
            "We are open again from [24.12].",
            "Come on [Saturday, 10:00].",
            "The sale ends [tomorrow].",
            "[Nur heute] für Sie offen.",
            "[Heute] ab [18 Uhr] singen wir.",
            "Solo [hasta agotar existencias].",
            "[Aujourd'hui] et [demain] seulement.",
            "[Domani] siamo chiusi.",
            "[Vandaag] zijn we open.",
            "[Dzisiaj] jesteśmy otwarci.",
            "[Amanhã] estamos fechados.",
            "[Bugün] açığız.",
            "[اليوم] نحن مغلقون.",
            "We answer 24/7, and a 1.5 l bottle fits.",
        ],
    ),
    (
        Health,
        &[
            "This balm [heals] everything.",
            "Our tea is [clinically proven].",
            "Weight loss [without side effects].",
            "You will [lose 5 kg] with us.",
            "Diese Salbe [heilt] Rückenschmerzen.",
            "[Wirkung garantiert], und zwar [ohne Nebenwirkungen].",
            "[Stärkt das Immunsystem] und mehr.",
            "Este té es [milagroso] y [sin efectos secundarios].",
            "[Résultats garantis] avec cette crème.",
            "Questa crema è [senza effetti collaterali].",
            "Deze thee is [klinisch bewezen].",
            "Ta herbata [wzmacnia odporność].",
            "Este chá [emagrece] e é [cientificamente comprovado].",
            "Bu çayın [yan etkisi yoktur].",
            "هذا الشاي [بدون آثار جانبية].",
        ],
    ),
];

#[test]
fn what_many_read_had_better_be_true() {
    check(CLAIMS, true);
}

#[test]
fn of_one_customers_message_nobody_asks_whether_it_is_true() {
    let lists = &*SUPPLIED;
    for (_, texts) in CLAIMS {
        for text in *texts {
            assert_eq!(look(&marked(text).0, lists, false), [], "{text}");
        }
    }
}

#[test]
fn figures_that_are_neither_prices_nor_dates_are_left_alone() {
    let lists = &*SUPPLIED;
    for text in [
        "Sugar free and gluten free bread is back.",
        "Feel free to call us.",
        "A tale of 12 eggs and 3 spoons.",
        "Your code is B-4711.",
        "The second edition is here.",
        "Uma segunda opção é a bicicleta azul.",
        "Guten Morgen und gute Fahrt!",
    ] {
        assert_eq!(look(text, lists, true), [], "{text}");
    }
}
