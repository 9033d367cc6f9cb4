//! The words that are pointed out before a send, as the shop keeps them.

use super::Desk;
use crate::{
    content_check::{self, KINDS, LANGUAGES, Lists, starter},
    view::{Change, ContentFinding, ContentKind, NamePlace, WordList},
};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};
use store::{Connection, Result, setting};

const WORDS_MOST: usize = 500;
const WORD_MOST: usize = 60;
/// Before the language and the kind: `word_list:de:insulting`.
const PREFIX: &str = "word_list:";

/// The lists as the latest change left them; none before the first look.
#[derive(Debug, Default)]
pub(super) struct Known {
    lists: Mutex<(u64, Option<Arc<Lists>>)>,
    changes: AtomicU64,
}

impl Desk {
    /// Every list there is, by language: the shop's own where it has one.
    pub fn word_lists(&self) -> Result<Vec<WordList>> {
        let own = self.store.read(own)?;
        let supplied = LANGUAGES.iter().flat_map(|&language| {
            KINDS.map(|kind| WordList {
                language: language.to_owned(),
                kind,
                words: starter(language, kind).to_vec(),
                is_own: false,
            })
        });
        let is_own = |list: &WordList| own.iter().any(|own| same(own, list));
        let mut lists: Vec<WordList> = supplied.filter(|list| !is_own(list)).collect();
        lists.extend(own);
        lists.sort_by(|one, other| (&one.language, one.kind).cmp(&(&other.language, other.kind)));
        Ok(lists)
    }

    /// In place of the list there was. Without words, nothing of that kind is pointed out in that language.
    pub fn save_word_list(
        &self,
        language: &str,
        kind: ContentKind,
        words: &[String],
    ) -> Result<()> {
        let value = serde_json::to_string(&tidied(words))?;
        let key = key(language, kind)?;
        self.change_words(|db| setting::set(db, &key, &value))
    }

    /// The list that came with the app again.
    pub fn reset_word_list(&self, language: &str, kind: ContentKind) -> Result<()> {
        let key = key(language, kind)?;
        self.change_words(|db| setting::forget(db, &key))
    }

    pub fn check_name(&self, place: NamePlace, text: &str) -> Result<Vec<ContentFinding>> {
        let lists = self.store.read(|db| self.content_lists(db))?;
        Ok(content_check::check_name(place, text, &lists))
    }

    /// All lists, ready for [`content_check::look`]; read once per change.
    pub(crate) fn content_lists(&self, db: &Connection) -> Result<Arc<Lists>> {
        let mut known = self.known_words();
        if let Some(lists) = &known.1 {
            return Ok(Arc::clone(lists));
        }
        let lists = Arc::new(Lists::with(&own(db)?));
        known.1 = Some(Arc::clone(&lists));
        Ok(lists)
    }

    fn change_words(&self, change: impl FnOnce(&Connection) -> Result<()>) -> Result<()> {
        let (number, lists) = self.store.write(|db| {
            change(db)?;
            // Writes take turns, so the numbers are in their order; what follows them may not be.
            let number = 1 + self.word_lists.changes.fetch_add(1, Ordering::Relaxed);
            Ok((number, Lists::with(&own(db)?)))
        })?;
        {
            let mut known = self.known_words();
            if number > known.0 {
                *known = (number, Some(Arc::new(lists)));
            }
        }
        self.tell(Change {
            guard: true,
            ..Change::default()
        });
        Ok(())
    }

    fn known_words(&self) -> MutexGuard<'_, (u64, Option<Arc<Lists>>)> {
        let lists = &self.word_lists.lists;
        lists.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn same(one: &WordList, other: &WordList) -> bool {
    (&one.language, one.kind) == (&other.language, other.kind)
}

/// `pt-BR` is `pt`, as the lists that came with the app are.
fn key(language: &str, kind: ContentKind) -> Result<String> {
    let language = language.trim().to_lowercase();
    let first = language.split('-').next().unwrap_or_default();
    let language = match LANGUAGES.contains(&first) {
        true => first,
        false => &language,
    };
    let kind = serde_json::to_string(&kind)?;
    Ok(format!("{PREFIX}{language}:{}", kind.trim_matches('"')))
}

/// What the shop wrote itself. What cannot be read was never said.
fn own(db: &Connection) -> Result<Vec<WordList>> {
    let rows = setting::beginning_with(db, PREFIX)?;
    Ok(rows
        .iter()
        .filter_map(|(key, words)| list(key, words))
        .collect())
}

fn list(key: &str, words: &str) -> Option<WordList> {
    let (language, kind) = key.strip_prefix(PREFIX)?.rsplit_once(':')?;
    Some(WordList {
        language: language.to_owned(),
        kind: serde_json::from_value(kind.into()).ok()?,
        words: serde_json::from_str(words).ok()?,
        is_own: true,
    })
}

/// Each once, in the order they were written in. A `#` before a word is a habit, no slot.
fn tidied(words: &[String]) -> Vec<String> {
    let mut tidy: Vec<String> = Vec::new();
    for word in words {
        let spaced = word.split_whitespace().map(unhashed);
        let spaced = spaced.collect::<Vec<_>>().join(" ");
        let word: String = spaced.chars().take(WORD_MOST).collect();
        let word = word.trim();
        let is_new = || {
            tidy.iter()
                .all(|known| known.to_lowercase() != word.to_lowercase())
        };
        if word.contains(char::is_alphanumeric) && tidy.len() < WORDS_MOST && is_new() {
            tidy.push(word.to_owned());
        }
    }
    tidy
}

fn unhashed(word: &str) -> &str {
    let is_slot = matches!(word, "#m" | "#%" | "#t" | "#n" | "#c" | "#l");
    if is_slot {
        word
    } else {
        word.trim_start_matches('#')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EventSink, content_check::look, desk::Account, platform_clock::PlatformClock};
    use cloud_api::clock::Clock;
    use std::sync::atomic::AtomicUsize;
    use store::{Store, StoreKey};

    #[derive(Default)]
    struct Told(AtomicUsize);

    impl EventSink for Told {
        fn changed(&self, change: Change) {
            assert!(change.guard);
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn desk(folder: &std::path::Path, told: &Arc<Told>) -> Desk {
        let store = Store::open(folder, &StoreKey::from_bytes([7; 32]), 0).unwrap();
        let clock = Arc::new(PlatformClock::on(Clock::adjustable()));
        let sink = Arc::clone(told);
        Desk::new(Arc::new(store), clock, Account::default(), sink).unwrap()
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn kinds(desk: &Desk, text: &str) -> Vec<ContentKind> {
        let lists = desk.store.read(|db| desk.content_lists(db)).unwrap();
        let found = look(text, &lists, false);
        found.iter().map(|finding| finding.kind).collect()
    }

    #[test]
    fn the_shops_own_list_takes_the_place_of_the_supplied_one_until_it_is_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let told = Arc::new(Told::default());
        let desk = desk(folder.path(), &told);
        let insulting = ContentKind::Insulting;
        assert_eq!(kinds(&desk, "Sie Vollidiot"), [insulting]);
        assert_eq!(kinds(&desk, "Sie Piesepampel"), []);

        desk.save_word_list("de", insulting, &words(&["piesepampel*"]))
            .unwrap();
        assert_eq!(kinds(&desk, "Sie Piesepampel"), [insulting]);
        assert_eq!(kinds(&desk, "Sie Vollidiot"), []);
        assert_eq!(kinds(&desk, "You moronic fool, you asshole").len(), 2);
        let lists = desk.word_lists().unwrap();
        assert_eq!(lists.len(), LANGUAGES.len() * KINDS.len());
        let own: Vec<&WordList> = lists.iter().filter(|list| list.is_own).collect();
        assert_eq!(own.len(), 1);
        assert_eq!(own[0].words, ["piesepampel*"]);

        desk.reset_word_list("de", insulting).unwrap();
        assert_eq!(kinds(&desk, "Sie Vollidiot"), [insulting]);
        assert_eq!(kinds(&desk, "Sie Piesepampel"), []);
        assert!(desk.word_lists().unwrap().iter().all(|list| !list.is_own));
        assert_eq!(told.0.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn a_language_without_a_supplied_list_can_have_one_and_a_region_is_none_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path(), &Arc::default());
        desk.save_word_list("ja", ContentKind::Insulting, &words(&["ばかやろう"]))
            .unwrap();
        desk.save_word_list(
            "pt-BR",
            ContentKind::Violent,
            &words(&["#porrada", "PORRADA"]),
        )
        .unwrap();
        assert_eq!(kinds(&desk, "この、ばかやろう！"), [ContentKind::Insulting]);
        assert_eq!(kinds(&desk, "vai levar porrada"), [ContentKind::Violent]);
        let lists = desk.word_lists().unwrap();
        let own = lists.iter().filter(|list| list.is_own);
        let own: Vec<(&str, &[String])> = own
            .map(|list| (list.language.as_str(), list.words.as_slice()))
            .collect();
        assert_eq!(
            own,
            [
                ("ja", &words(&["ばかやろう"])[..]),
                ("pt", &words(&["porrada"])[..])
            ]
        );
    }

    #[test]
    fn lists_are_kept_tidy() {
        let long = "a".repeat(100);
        let many: Vec<String> = (0..700).map(|n| format!("word{n}")).collect();
        assert_eq!(tidied(&many).len(), 500);
        assert_eq!(
            tidied(&words(&[
                "  gold   rush ",
                "Gold Rush",
                "",
                " * ",
                "über #m",
                &long
            ])),
            ["gold rush", "über #m", &"a".repeat(60)]
        );
    }

    #[test]
    fn a_name_is_looked_at_with_the_same_lists() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path(), &Arc::default());
        let found = desk
            .check_name(NamePlace::TemplateName, "order_ready_asshole")
            .unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].start, found[0].end), (12, 19));
    }
}
