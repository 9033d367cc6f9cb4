//! What is known for a slot before anybody types: the customer, the shop, and what stood there last time. A wrong
//! value is worse than none, so a value is proposed only where the slot's label or the words around it ask for it.

use super::OF_FILE;
use crate::{
    naming::first_name,
    view::{OpeningHours, SlotSource},
};
use cloud_api::template::{Slot, SlotKind, placeholders};
use std::collections::BTreeMap;
use store::search::plain;

/// Everything a slot may be filled from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known<'a> {
    pub customer: Option<&'a str>,
    pub shop: Option<&'a str>,
    /// Opening hours as words, in the template's language.
    pub hours: Option<&'a str>,
    /// What this template was sent with last, by key, the latest send first.
    pub last: Vec<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    FirstName,
    Name,
    Shop,
    Hours,
}

impl Known<'_> {
    /// `text`: the part the slot stands in.
    pub fn value(&self, slot: &Slot, text: &str) -> Option<(String, SlotSource)> {
        let asks = asks(slot, text);
        let said = match asks {
            Some(Asks::FirstName) => self
                .customer
                .map(first_name)
                .filter(|name| !name.is_empty())
                .map(|name| (name, SlotSource::Customer)),
            Some(Asks::Name) => self.customer.map(|n| (n, SlotSource::Customer)),
            Some(Asks::Shop) => self.shop.map(|n| (n, SlotSource::Shop)),
            Some(Asks::Hours) => self.hours.map(|n| (n, SlotSource::Shop)),
            None => None,
        };
        if let Some((value, source)) = said {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            return (!value.is_empty()).then_some((value, source));
        }
        // Whatever names a customer is his alone.
        if matches!(asks, Some(Asks::FirstName | Asks::Name)) {
            return None;
        }
        self.last_time(slot)
            .map(|value| (value, SlotSource::LastTime))
    }

    /// What stays the same from send to send: a place, a picture, or what two sends in a row had in common. An order
    /// number of the customer before must never stand in the message to the next one.
    fn last_time(&self, slot: &Slot) -> Option<String> {
        let value = |n: usize| self.last.get(n)?.get(&slot.key);
        let value = match &slot.kind {
            SlotKind::Expires => return None,
            SlotKind::Latitude | SlotKind::Longitude | SlotKind::Place | SlotKind::Address => {
                value(0)
            }
            SlotKind::Media(kind) if *kind != cloud_api::webhook::MediaKind::Document => value(0),
            _ => value(0).filter(|latest| value(1) == Some(latest)),
        }?;
        let value = value.strip_prefix(OF_FILE).unwrap_or(value);
        (!value.is_empty()).then(|| value.to_owned())
    }
}

fn asks(slot: &Slot, text: &str) -> Option<Asks> {
    if slot.kind != SlotKind::Text {
        return None;
    }
    if slot.label.parse::<u32>().is_err() {
        return by_label(&plain(&slot.label));
    }
    // A number says nothing; a greeting right before it does.
    let before = text.split(&format!("{{{{{}}}}}", slot.label)).next()?;
    let greeting = placeholders(before).is_empty() && is_greeting(&plain(before));
    let words = slot
        .example
        .as_deref()
        .map_or(0, |e| e.split_whitespace().count());
    greeting.then_some(if words == 1 {
        Asks::FirstName
    } else {
        Asks::Name
    })
}

fn by_label(label: &str) -> Option<Asks> {
    Some(match label {
        "first_name" | "firstname" | "vorname" | "primeiro_nome" | "given_name" => Asks::FirstName,
        "name" | "customer" | "customer_name" | "full_name" | "client_name" | "kunde"
        | "kundenname" | "kundin" | "nome" | "cliente" | "nome_cliente" | "nome_do_cliente"
        | "nome_completo" => Asks::Name,
        "shop" | "shop_name" | "business" | "business_name" | "store_name" | "company"
        | "company_name" | "firma" | "firmenname" | "geschaeft" | "laden" | "loja"
        | "nome_da_loja" | "empresa" | "nome_da_empresa" => Asks::Shop,
        "hours"
        | "opening_hours"
        | "opening_times"
        | "oeffnungszeiten"
        | "offnungszeiten"
        | "horario"
        | "horarios"
        | "horario_de_funcionamento" => Asks::Hours,
        _ => return None,
    })
}

/// Words a message greets with, in the languages of the shop, at the very end of what stands before the name.
fn is_greeting(before: &str) -> bool {
    const GREETINGS: [&str; 20] = [
        "hello",
        "hi",
        "hey",
        "dear",
        "good morning",
        "good afternoon",
        "good evening",
        "hallo",
        "guten tag",
        "guten morgen",
        "guten abend",
        "moin",
        "servus",
        "liebe",
        "lieber",
        "ola",
        "oi",
        "bom dia",
        "boa tarde",
        "boa noite",
    ];
    let before = before.trim_end_matches([' ', ',', '*', '_']).trim_start();
    GREETINGS.iter().any(|greeting| {
        before
            .strip_suffix(greeting)
            .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

/// Days one after the other that have the same hours.
type Run = (i64, i64, Vec<(i64, i64)>);

/// Opening hours as one line, e.g. `Mo–Fr 9:00–18:00, Sa 9:00–13:00`.
pub(crate) fn hours_text(hours: &OpeningHours, language: &str) -> Option<String> {
    let days = match language.get(..2) {
        Some("de") => ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
        Some("pt") => ["seg", "ter", "qua", "qui", "sex", "sáb", "dom"],
        _ => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    };
    let clock = |minutes: i64| format!("{}:{:02}", minutes / 60, minutes % 60);
    let mut by_day: BTreeMap<i64, Vec<(i64, i64)>> = BTreeMap::new();
    for span in &hours.days {
        if (1..=7).contains(&span.day) {
            by_day
                .entry(span.day)
                .or_default()
                .push((span.from, span.to));
        }
    }
    let mut runs: Vec<Run> = Vec::new();
    for (day, mut spans) in by_day {
        spans.sort_unstable();
        match runs.last_mut() {
            Some((_, to, known)) if *to + 1 == day && *known == spans => *to = day,
            _ => runs.push((day, day, spans)),
        }
    }
    let day = |n: i64| {
        usize::try_from(n - 1)
            .ok()
            .and_then(|n| days.get(n))
            .copied()
            .unwrap_or_default()
    };
    let parts: Vec<String> = runs
        .into_iter()
        .map(|(from, to, spans)| {
            let spans: Vec<String> = spans
                .into_iter()
                .map(|(from, to)| format!("{}–{}", clock(from), clock(to)))
                .collect();
            let name = if from == to {
                day(from).to_owned()
            } else {
                format!("{}–{}", day(from), day(to))
            };
            format!("{name} {}", spans.join(" + "))
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
