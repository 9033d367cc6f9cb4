//! The words of a text as phrases are compared with them, each with its place in the text as it was written.

use super::fold::{Place, fold};
use super::lexicon::LEXICON;
use super::slots::{Kind, slotted};

pub(crate) struct Placed {
    /// Folded; what is filled in per customer as a slot (`assets/guard/README.md`).
    pub words: Vec<String>,
    places: Vec<Place>,
    /// The folded text of each word.
    written: Vec<String>,
}

impl Placed {
    pub fn of(text: &str) -> Self {
        let folded = fold(text);
        let slotted = slotted(&folded.text, &[], &LEXICON);
        let chars: Vec<char> = folded.text.chars().collect();
        let mut placed = Self {
            words: Vec::with_capacity(slotted.words.len()),
            places: Vec::with_capacity(slotted.words.len()),
            written: Vec::with_capacity(slotted.words.len()),
        };
        for (word, (from, to)) in slotted.words.into_iter().zip(slotted.reaches) {
            let (Some(first), Some(last)) = (folded.places.get(from), folded.places[..to].last())
            else {
                continue;
            };
            placed.words.push(word);
            placed.places.push(Place {
                start: first.start,
                end: last.end,
            });
            placed.written.push(chars[from..to].iter().collect());
        }
        placed
    }

    /// UTF-16 code units from the beginning of the one word to the end of the other (exclusive).
    pub fn place(&self, from: usize, to: usize) -> (u32, u32) {
        let start = self.places.get(from).map_or(0, |place| place.start);
        let last = to.checked_sub(1).and_then(|last| self.places.get(last));
        (start, last.map_or(start, |place| place.end))
    }

    pub fn is_price(&self, word: usize) -> bool {
        let kinds = [Kind::Amount.mark(), Kind::Percent.mark()];
        self.words
            .get(word)
            .is_some_and(|word| kinds.contains(&word.as_str()))
    }

    /// A day or a time. `1.5` is neither.
    pub fn is_date(&self, word: usize) -> bool {
        let is_time = self
            .words
            .get(word)
            .is_some_and(|word| word == Kind::Time.mark());
        is_time && !is_fraction(&self.written[word])
    }
}

/// One point or slash between digits says a day only where both sides can be a day and a month, and one is written
/// as people write days: `24.12` is one, `1.5` litres and `24/7` are none.
fn is_fraction(written: &str) -> bool {
    let parts: Vec<&str> = written.split(['.', '/']).collect();
    let [one, two] = parts[..] else {
        return false;
    };
    let number = |part: &str| part.parse::<u32>().ok();
    let (Some(one_is), Some(two_is)) = (number(one), number(two)) else {
        return false;
    };
    let day_and_month =
        (1..=31).contains(&one_is.max(two_is)) && (1..=12).contains(&one_is.min(two_is));
    !day_and_month || one.len() + two.len() < 3 || (one_is, two_is) == (24, 7)
}
