//! Reading a text: what it says apart from spelling, wording and language, as far as that can be told cheaply and
//! without sending it anywhere.

mod alike;
mod figures;
mod fold;
mod grams;
mod lexicon;
mod link;
mod phrases;
mod placed;
mod slots;

pub(super) use alike::Compared;
pub(super) use grams::Sought;
pub use grams::{BANDS, Grams};
pub(crate) use lexicon::forbidden;
pub(crate) use phrases::{Phrases, without_article};
pub(crate) use placed::Placed;
pub(super) use slots::{Kind, hash};

use alike::{LITTLE, numbered};
use lexicon::{LEXICON, Says};
use slots::slotted;

/// A short line that says nothing new: at most so many words and characters.
const ACK_WORDS: usize = 7;
const ACK_CHARS: usize = 44;
/// Anchors of one text: more says a page and not a message.
const ANCHORS: usize = 32;
/// Set in the anchors that tell enough by themselves: a price, a day with an hour.
pub(super) const TELLS: u64 = 1;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    pub address: String,
    pub own: bool,
    pub shortened: bool,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Reading {
    /// Everything but greetings and names, slots as marks.
    pub words: Vec<String>,
    /// The words without slots, sorted, each once.
    pub vocabulary: Vec<String>,
    /// The same as numbers, for comparing with many.
    numbered: Vec<u64>,
    pub grams: Grams,
    /// Ids of meanings and of telling figures, sorted, each once.
    pub meanings: Vec<u64>,
    /// What was filled in, in order.
    pub values: Vec<(Kind, u64)>,
    pub links: Vec<Link>,
    /// What the text is about, whatever its wording and, for prices and links, whatever its language: hashes, sorted,
    /// each once. Not the reader's own matter: orders and appointments have everybody's in common.
    pub anchors: Vec<u64>,
    /// Words that carry content, by their beginnings, so that inflection does not matter.
    pub subjects: Vec<String>,
    /// What they begin with, as numbers.
    begins: Vec<u64>,
    /// How many marks of advertising it bears.
    pub sells: u32,
    /// An acknowledgement, or nothing but an emoji.
    pub acknowledges: bool,
    pub promises: bool,
    /// Wants to be told.
    pub asks_word: bool,
    pub asks: bool,
    /// Asks for offers or prices.
    pub asks_offers: bool,
    /// A notice about the reader's own matter.
    pub own_matter: bool,
    /// Speaks of an order, an appointment, a payment or their state at all.
    pub of_business: bool,
    /// A price, a percentage, a mark of advertising, or "by the way".
    pub offers: bool,
    pub forbidden: bool,
    pub disguised: bool,
    pub shouting: bool,
    pub chars: usize,
    /// Words as written.
    pub length: usize,
}

impl Reading {
    pub fn is_advertising(&self) -> bool {
        self.sells >= 2
    }

    /// A notice about the reader's own matter. One that bears a mark of advertising needs a figure of their own, too.
    pub fn is_own_matter(&self) -> bool {
        self.own_matter
            && (self.sells == 0 || !self.values.iter().all(|(kind, _)| *kind == Kind::Link))
    }

    /// A content word that the other text has, too.
    pub fn shares_subject(&self, other: &[String]) -> bool {
        let same = |one: &str, two: &str| {
            let begins = one.starts_with(two) || two.starts_with(one);
            begins || one.chars().take(5).eq(two.chars().take(5))
        };
        self.subjects
            .iter()
            .any(|word| other.iter().any(|known| same(word, known)))
    }

    /// Something telling that the other text means, too.
    pub fn shares_meaning(&self, other: &[u64]) -> bool {
        self.meanings
            .iter()
            .any(|&id| id < LITTLE && other.contains(&id))
    }
}

/// Reads `text` for a customer called `name` by a shop with these domains.
pub(super) fn read(text: &str, name: &str, own_domains: &[String]) -> Reading {
    let lexicon = &*LEXICON;
    let folded = fold::fold(text);
    let names = name_words(name);
    let slotted = slotted(&folded.text, &names, lexicon);
    let links: Vec<Link> = slotted
        .links
        .iter()
        .map(|address| {
            let host = link::host(address);
            Link {
                own: own_domains
                    .iter()
                    .any(|own| link::is_of(host, &own.to_lowercase())),
                shortened: lexicon.is_shortener(host),
                address: address.clone(),
            }
        })
        .collect();
    let hits = lexicon.hits(&slotted.words);
    let said = |says: Says| hits.iter().any(|hit| hit.says == says);
    let mut greeting = vec![false; slotted.words.len()];
    let mut matter = vec![false; slotted.words.len()];
    let mut common = vec![false; slotted.words.len()];
    let mut request = vec![false; slotted.words.len()];
    let mut polite = vec![false; slotted.words.len()];
    for hit in &hits {
        let marks = match hit.says {
            // A greeting stands at the beginning.
            Says::Greets if hit.from <= 2 => &mut greeting,
            Says::Common => &mut common,
            Says::Acknowledges => &mut polite,
            Says::Matter | Says::YourMatter | Says::Status | Says::Promises => &mut matter,
            Says::Requests => &mut request,
            _ => continue,
        };
        marks[hit.from..hit.to].fill(true);
    }
    let is_slot = |word: &String| word.starts_with('#');
    let kept: Vec<usize> = (0..slotted.words.len())
        .filter(|&at| !greeting[at])
        .collect();
    let words: Vec<String> = kept.iter().map(|&at| slotted.words[at].clone()).collect();
    let mut vocabulary: Vec<String> = words
        .iter()
        .filter(|word| !is_slot(word))
        .cloned()
        .collect();
    vocabulary.sort_unstable();
    vocabulary.dedup();
    let mut subjects: Vec<String> = kept
        .iter()
        .filter(|&&at| !common[at] && !polite[at] && !is_slot(&slotted.words[at]))
        .filter_map(|&at| subject(&slotted.words[at]))
        .collect();
    subjects.sort_unstable();
    subjects.dedup();
    let first_five =
        |word: &'_ String| -> usize { word.char_indices().nth(5).map_or(word.len(), |(at, _)| at) };
    let begins = numbered(subjects.iter().map(|word| &word[..first_five(word)]));
    let numbered = numbered(vocabulary.iter().map(String::as_str));
    let mut meant: Vec<Option<u16>> = vec![None; slotted.words.len()];
    for hit in &hits {
        if let Says::Means(id) = hit.says {
            meant[hit.from..hit.to].fill(Some(id));
        }
    }
    let about = |at: usize| match meant[at] {
        Some(id) => Some(hash(("meaning", id))),
        None => {
            subject(&slotted.words[at]).map(|word| hash(word.chars().take(5).collect::<String>()))
        }
    };
    let mut anchors: Vec<u64> = kept
        .iter()
        .filter(|&&at| {
            !common[at]
                && !polite[at]
                && !matter[at]
                && !request[at]
                && !is_slot(&slotted.words[at])
        })
        .filter_map(|&at| about(at))
        .map(|about| about & !TELLS)
        .collect();
    let figures = slotted.prices.iter().copied().chain(times(&slotted.values));
    anchors.extend(figures.map(|figure| figure | TELLS));
    anchors.sort_unstable();
    anchors.dedup();
    anchors.truncate(ANCHORS);
    let mut meanings: Vec<u64> = hits
        .iter()
        .filter_map(|hit| match hit.says {
            Says::Means(id) => Some(u64::from(id)),
            Says::MeansLittle(id) => Some(LITTLE + u64::from(id)),
            _ => None,
        })
        .collect();
    let telling = |kind: Kind| matches!(kind, Kind::Amount | Kind::Percent | Kind::Time);
    meanings.extend(
        slotted
            .values
            .iter()
            .filter(|(kind, _)| telling(*kind))
            .map(|&(_, value)| value),
    );
    let numbers = slotted
        .values
        .iter()
        .filter(|(kind, _)| *kind == Kind::Number);
    meanings.extend(numbers.map(|&(_, value)| LITTLE + LITTLE / 2 + value % (LITTLE / 2)));
    meanings.sort_unstable();
    meanings.dedup();
    let forbidden = said(Says::Forbidden);
    let percent = slotted
        .values
        .iter()
        .any(|&(kind, _)| kind == Kind::Percent);
    let foreign = links.iter().any(|link| !link.own);
    let shortened = links.iter().any(|link| link.shortened);
    let coupon = said(Says::Coupon);
    let sells = stems(&hits)
        + u32::from(percent)
        + u32::from(coupon)
        + u32::from(folded.exclamations >= 2)
        + u32::from(foreign)
        + u32::from(shortened)
        + u32::from(forbidden);
    let chars = text.chars().count();
    let length = slotted.words.len() + slotted.named;
    let spoken = words.iter().filter(|word| !is_slot(word)).count();
    let polite_words = polite.iter().filter(|&&is| is).count();
    let figures = !slotted.values.is_empty();
    let of_business = matter.iter().any(|&is| is);
    Reading {
        grams: Grams::of(&words.join(" ")),
        acknowledges: !figures
            && sells == 0
            && length <= ACK_WORDS
            && chars <= ACK_CHARS
            && (spoken == 0 || polite_words > 0 && polite_words * 2 >= spoken || spoken <= 2),
        promises: said(Says::Promises),
        asks_word: said(Says::AsksWord),
        asks: folded.question,
        asks_offers: said(Says::AsksOffers) || coupon || stems(&hits) > 0 || percent,
        own_matter: own_matter(&hits),
        of_business,
        offers: sells > 0 || !slotted.prices.is_empty() || said(Says::Aside),
        anchors,
        vocabulary,
        numbered,
        subjects,
        begins,
        meanings,
        values: slotted.values,
        links,
        sells,
        forbidden,
        disguised: folded.disguised || slotted.disguised,
        shouting: folded.shouting,
        chars,
        length,
        words,
    }
}

/// A day and an hour together, as one: each alone is in half of what a shop writes.
fn times(values: &[(Kind, u64)]) -> Option<u64> {
    let mut times: Vec<u64> = values
        .iter()
        .filter(|(kind, _)| *kind == Kind::Time)
        .map(|&(_, value)| value)
        .collect();
    times.sort_unstable();
    times.dedup();
    (times.len() >= 2).then(|| hash(("times", times)))
}

/// Different stems of advertising in the language that has most of them.
fn stems(hits: &[lexicon::Hit]) -> u32 {
    let mut seen: Vec<(u8, usize)> = hits
        .iter()
        .filter(|hit| hit.says == Says::Advertising)
        .map(|hit| (hit.language, hit.entry))
        .collect();
    seen.sort_unstable();
    seen.dedup();
    let count = |language: u8| seen.iter().filter(|(of, _)| *of == language).count();
    let most = seen
        .iter()
        .map(|&(language, _)| count(language))
        .max()
        .unwrap_or(0);
    u32::try_from(most).unwrap_or(u32::MAX)
}

fn own_matter(hits: &[lexicon::Hit]) -> bool {
    let of = |says: Says| hits.iter().filter(move |hit| hit.says == says);
    let near = of(Says::Yours).any(|yours| {
        of(Says::Matter).any(|matter| {
            matter.language == yours.language
                && matter.from >= yours.to
                && matter.from - yours.to <= 2
        })
    });
    (near || of(Says::YourMatter).next().is_some()) && of(Says::Status).next().is_some()
}

/// The beginning of a word that carries content, in which inflections of it agree.
fn subject(word: &str) -> Option<String> {
    let word = ["وال", "بال", "ال"]
        .iter()
        .find_map(|article| word.strip_prefix(article))
        .unwrap_or(word);
    let length = word.chars().count();
    let cased = word.chars().any(|c| c.is_ascii_alphabetic());
    let least = if cased { 4 } else { 2 };
    (length >= least).then(|| word.chars().take(6).collect())
}

/// Folded words of a contact's name.
fn name_words(name: &str) -> Vec<String> {
    let folded = fold::fold(name).text;
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 2)
        .map(str::to_owned)
        .collect()
}
