use super::*;
use NamePlace::{GroupSubject, Label, TemplateName};

#[test]
fn names_that_customers_see_are_looked_at() {
    let lists = &*SUPPLIED;
    for (place, name, expected) in [
        (TemplateName, "order_ready", vec![]),
        (TemplateName, "rechnung_2026_12", vec![]),
        (TemplateName, "rabatt_20_prozent", vec![]),
        (TemplateName, "bestellung_abholbereit_v2", vec![]),
        (TemplateName, "appointment_tomorrow", vec![]),
        (TemplateName, "official_notice", vec!["official"]),
        (TemplateName, "last_warning_1", vec!["last_warning"]),
        (TemplateName, "letzte_warnung", vec!["letzte_warnung"]),
        (TemplateName, "sextoys_new", vec!["sextoys"]),
        (TemplateName, "tee_heilt_alles", vec!["heilt"]),
        (TemplateName, "vape_sale", vec![]),
        (
            TemplateName,
            "disposable_vape_sale",
            vec!["disposable_vape"],
        ),
        (TemplateName, "garantie_verlaengern", vec![]),
        (TemplateName, "police_verlaengern", vec![]),
        (TemplateName, "secretaria_aberta", vec![]),
        (TemplateName, "meta_do_mes", vec![]),
        (TemplateName, "ultimo_aviso", vec!["ultimo_aviso"]),
        (TemplateName, "skandal_preise", vec!["skandal"]),
        (GroupSubject, "Escándalo en la tienda", vec!["Escándalo"]),
        (GroupSubject, "Stammtisch am Freitag", vec![]),
        (GroupSubject, "Keine Ausländer", vec!["Keine Ausländer"]),
        (Label, "Stammkunde", vec![]),
        (Label, "Gewinner der Verlosung", vec![]),
        (Label, "Urgent", vec![]),
        (Label, "Idiot", vec!["Idiot"]),
        (Label, "Arschloch, zahlt nie", vec!["Arschloch"]),
        (Label, "VIP", vec![]),
    ] {
        let found = check_name(place, name, lists);
        assert_eq!(passages(name, &found), expected, "{name}");
    }
}

#[test]
fn what_misleads_is_pointed_out_as_such() {
    let lists = &*SUPPLIED;
    let kinds_of = |name| kinds(&check_name(TemplateName, name, lists));
    assert_eq!(kinds_of("you_won"), [Misleading]);
    assert_eq!(kinds_of("miracle_tea"), [Health]);
    assert_eq!(kinds_of("blowjob_day"), [Sexual]);
}
