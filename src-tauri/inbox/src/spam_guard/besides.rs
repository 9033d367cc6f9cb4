//! What alone warns of nothing and explains a warning: links, speed, capitals, a template without a name or a way out.

use super::Guard;
use super::judge::{Judged, Warnings};
use super::person::Key;
use super::send::{Category, Content, Send};
use super::text::{Reading, hash};
use super::verdict::Code;

/// Nobody writes faster: characters per second.
const TYPING: f32 = 15.0;

/// How templates tell how to stop. Meta asks for it in marketing templates, in whatever words.
const STOP_HINTS: [&str; 24] = [
    "stop",
    "abmeld",
    "abbestell",
    "unsubscribe",
    "opt out",
    "opt-out",
    "sair",
    "parar",
    "cancelar",
    "baja",
    "cancella",
    "disiscri",
    "désabonn",
    "desabonn",
    "désinscri",
    "afmeld",
    "uitschrijf",
    "wypisz",
    "rezygn",
    "iptal",
    "ret yaz",
    "çık",
    "إيقاف",
    "الغاء",
];

impl Guard {
    /// What alone would warn of nothing.
    pub(super) fn besides(&self, send: &Send<'_>, judged: &Judged, warnings: &mut Warnings) {
        let reading = &judged.reading;
        for link in &reading.links {
            let people = self
                .crowds
                .people(Key::Link(hash(&link.address)), send.at, send.to)
                + 1;
            if link.shortened {
                warnings.add(72, Code::Shortener, people);
            } else if people >= 2 {
                warnings.add(70, Code::Link, people);
            }
        }
        if judged.disguised {
            warnings.add(60, Code::Obfuscated, 1);
        }
        if let Some(seconds) = self.velocity(send, reading) {
            warnings.add(50, Code::Velocity, seconds);
        }
        if reading.shouting {
            warnings.add(20, Code::Shouting, 0);
        }
        if let Content::Template {
            category: Category::Marketing,
            body,
            footer,
            ..
        } = send.content
        {
            let whole = format!("{body} {footer}").to_lowercase();
            if !send.shop.name.is_empty() && !whole.contains(&send.shop.name.to_lowercase()) {
                warnings.add(15, Code::NoIdentity, 0);
            }
            if !STOP_HINTS.iter().any(|hint| whole.contains(hint)) {
                warnings.add(16, Code::NoOptOutHint, 0);
            }
        }
    }

    /// Three in a row to different people, each faster than it can be written; the seconds they took.
    fn velocity(&self, send: &Send<'_>, reading: &Reading) -> Option<u32> {
        let mut last = self.pace.get(&send.staff)?.iter().rev();
        let (one, two) = (last.next()?, last.next()?);
        let least = |chars: usize| (chars as f32 / TYPING * 1000.0) as i64;
        let different = send.to != one.person && one.person != two.person && send.to != two.person;
        let fast = send.at - one.at < least(reading.chars) && one.at - two.at < least(one.chars);
        (different && fast && reading.chars > 0)
            .then(|| u32::try_from((send.at - two.at) / 1000).unwrap_or(0))
    }
}
