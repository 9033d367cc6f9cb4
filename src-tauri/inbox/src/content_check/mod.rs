//! Looks at a text before it is sent: words that may be unlawful, insult, discriminate, threaten or are about what
//! WhatsApp lets nobody sell; in texts to many also prices, dates and health claims, which had better be true.
//!
//! A hint with the passage marked, never a change and never a refusal: what is said to whom, staff know better. What
//! it knows of languages lies in `assets/content`, and the shop's own lists take the place of those.
//!
//! Texts are read as the guard reads them ([`crate::spam_guard`]), so that a disguise does not help; all languages are
//! tried on every text, since a short one does not tell which it is in and people mix them.

mod lists;
#[cfg(test)]
mod tests;

pub(crate) use lists::KINDS;
pub use lists::{LANGUAGES, Lists, starter};

use crate::{
    spam_guard::{Placed, without_article},
    view::{ContentFinding, ContentKind, NamePlace},
};
use lists::Says;

/// "Is it true?": asked of what many read.
const TO_MANY: [ContentKind; 3] = [ContentKind::Price, ContentKind::Date, ContentKind::Health];

/// Passages of a message that somebody should look at once more, in their order. Of those that overlap the longest is
/// named.
pub fn look(text: &str, lists: &Lists, to_many: bool) -> Vec<ContentFinding> {
    let placed = Placed::of(text);
    let mut hits = said(&placed, lists);
    if to_many {
        hits.extend((0..placed.words.len()).filter_map(|at| {
            let kind = match (placed.is_price(at), placed.is_date(at)) {
                (true, _) => ContentKind::Price,
                (_, true) => ContentKind::Date,
                _ => return None,
            };
            Some(Hit {
                says: Says::Kind(kind),
                from: at,
                to: at + 1,
            })
        }));
    }
    let wanted = |says: Says| match says {
        Says::Kind(ContentKind::Misleading) => false,
        Says::Kind(kind) => to_many || !TO_MANY.contains(&kind),
        Says::Innocent => true,
    };
    hits.retain(|hit| wanted(hit.says));
    findings(&placed, hits)
}

/// The same for a name that customers, or Meta's reviewers, see: `big_sale` is two words. What misleads or makes a
/// scandal is pointed out as well; labels, which sort the shop's own work, may say `official` and `winner`.
pub fn check_name(place: NamePlace, text: &str, lists: &Lists) -> Vec<ContentFinding> {
    // As long as before, so that places stay right.
    let placed = Placed::of(&text.replace('_', " "));
    let mut hits = said(&placed, lists);
    hits.retain(|hit| match hit.says {
        Says::Kind(ContentKind::Price | ContentKind::Date) => false,
        Says::Kind(ContentKind::Misleading) => place != NamePlace::Label,
        Says::Kind(_) | Says::Innocent => true,
    });
    findings(&placed, hits)
}

/// From which word to which (exclusive).
#[derive(Debug, Clone, Copy)]
struct Hit {
    says: Says,
    from: usize,
    to: usize,
}

fn said(placed: &Placed, lists: &Lists) -> Vec<Hit> {
    let mut hits = lists.hits(&placed.words);
    if placed
        .words
        .iter()
        .any(|word| without_article(word) != word)
    {
        let bare: Vec<String> = placed
            .words
            .iter()
            .map(|word| without_article(word).to_owned())
            .collect();
        hits.extend(lists.hits(&bare));
    }
    hits
}

/// Of hits that overlap the longest; what is innocent takes the others along.
fn findings(placed: &Placed, mut hits: Vec<Hit>) -> Vec<ContentFinding> {
    hits.sort_by_key(|hit| {
        let length = hit.to - hit.from;
        (std::cmp::Reverse(length), hit.says, hit.from)
    });
    let mut taken = vec![false; placed.words.len()];
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        let Some(place) = taken.get_mut(hit.from..hit.to) else {
            continue;
        };
        if place.contains(&true) {
            continue;
        }
        place.fill(true);
        kept.push(hit);
    }
    kept.sort_by_key(|hit| hit.from);
    // "Saturday, 10:00" is one date.
    kept.dedup_by(|next, last| {
        let figures = [ContentKind::Price, ContentKind::Date].map(Says::Kind);
        let one = next.says == last.says && last.to == next.from && figures.contains(&next.says);
        if one {
            last.to = next.to;
        }
        one
    });
    kept.into_iter()
        .filter_map(|hit| {
            let Says::Kind(kind) = hit.says else {
                return None;
            };
            let (start, end) = placed.place(hit.from, hit.to);
            Some(ContentFinding {
                kind,
                start: i64::from(start),
                end: i64::from(end),
            })
        })
        .collect()
}
