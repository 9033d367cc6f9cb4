//! A message as words that can be compared: compatibility forms, case, accents, vowel signs and invisible
//! characters gone, letters never doubled, so that `ＳＴＯＰ`, `s.t.o.p`, `Stopppp!` and `إيقــــاف` each are the word
//! their writer meant. Every word knows where it stood, in which clause and in which sentence.

use icu_normalizer::DecomposingNormalizerBorrowed;
use std::ops::Range;

/// Words beyond this many are not looked at: nobody hides an opt-out behind four pages.
const MOST_WORDS: usize = 800;

#[derive(Debug, Clone)]
pub(super) struct Word {
    pub text: String,
    /// Bytes in the message.
    pub place: Range<usize>,
    pub clause: usize,
    pub sentence: usize,
    /// An apostrophe cut it off from the next: `n'y`.
    cut: bool,
}

#[derive(Debug, Default)]
pub(super) struct Words {
    pub words: Vec<Word>,
    /// The sentences that ask, by number.
    questions: Vec<usize>,
}

impl Words {
    pub fn asks(&self, sentence: usize) -> bool {
        self.questions.contains(&sentence)
    }

    pub fn any_question(&self) -> bool {
        !self.questions.is_empty()
    }
}

pub(super) fn words(text: &str) -> Words {
    let mut reader = Reader::default();
    let mut skip_to = 0;
    let mut after_space = true;
    for (at, c) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        if after_space && !c.is_whitespace() {
            let chunk = text[at..].split(char::is_whitespace).next().unwrap_or("");
            if is_address(chunk) {
                skip_to = at + chunk.trim_end_matches(['?', '!', '.']).len();
                reader.end_word(at);
                after_space = false;
                continue;
            }
        }
        after_space = c.is_whitespace();
        let next = text[at + c.len_utf8()..].chars().next();
        reader.take(at, c, next);
        if reader.words.len() >= MOST_WORDS {
            break;
        }
    }
    reader.end_word(text.len());
    reader.join_spelled();
    Words {
        words: reader.words,
        questions: reader.questions,
    }
}

/// One word of a list, as [`words`] would read it; more than one word is joined.
pub(super) fn word(text: &str) -> String {
    words(text)
        .words
        .into_iter()
        .map(|word| word.text)
        .collect()
}

fn is_address(chunk: &str) -> bool {
    chunk.contains("://") || chunk.starts_with("www.") || chunk.chars().skip(1).any(|c| c == '@')
}

#[derive(Default)]
struct Reader {
    words: Vec<Word>,
    questions: Vec<usize>,
    open: String,
    from: usize,
    clause: usize,
    sentence: usize,
    /// A word has been read in the sentence that is open.
    begun: bool,
    /// An apostrophe: how much of `open` is before it, and where it stands in the message.
    apostrophe: Option<(usize, usize)>,
    /// `¿` came before the sentence.
    announced: bool,
}

impl Reader {
    fn take(&mut self, at: usize, c: char, next: Option<char>) {
        match c {
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' => {
                if self.open.is_empty() {
                    return;
                }
                self.split_at_apostrophe();
                self.apostrophe = Some((self.open.len(), at));
            }
            '.' | '。' | '…' => {
                let spelled = self.open.chars().count() == 1;
                self.end_word(at);
                if !spelled && next.is_none_or(|next| !next.is_alphanumeric()) {
                    self.end_sentence();
                }
            }
            '!' | '\n' | ';' | '؛' | '！' | '¡' => {
                self.end_word(at);
                self.end_sentence();
            }
            '?' | '؟' | '？' | '❓' | '❔' | '⁉' => {
                self.end_word(at);
                self.ask();
            }
            '¿' => {
                self.end_word(at);
                self.end_sentence();
                self.announced = true;
            }
            ',' | '،' | ':' | '(' | ')' | '"' | '„' | '“' | '”' | '«' | '»' | '–' | '—' | '|' =>
            {
                self.end_word(at);
                self.clause += 1;
            }
            '-' if next == Some(' ') => {
                self.end_word(at);
                self.clause += 1;
            }
            c if is_nothing(c) => {}
            c => self.letters(at, c),
        }
    }

    fn letters(&mut self, at: usize, c: char) {
        if c.is_ascii() {
            return self.letter(at, c.to_ascii_lowercase());
        }
        let parts = DecomposingNormalizerBorrowed::new_nfkd();
        for part in parts.normalize_iter(std::iter::once(c)) {
            for part in part.to_lowercase().filter(|&part| !is_nothing(part)) {
                match part {
                    'ı' => self.letter(at, 'i'),
                    'ł' => self.letter(at, 'l'),
                    'ø' => self.letter(at, 'o'),
                    'đ' => self.letter(at, 'd'),
                    'ß' => self.letter(at, 's'),
                    'æ' => "ae".chars().for_each(|c| self.letter(at, c)),
                    'œ' => "oe".chars().for_each(|c| self.letter(at, c)),
                    'ٱ' => self.letter(at, 'ا'),
                    'ى' | 'ی' => self.letter(at, 'ي'),
                    'ة' => self.letter(at, 'ه'),
                    'ک' => self.letter(at, 'ك'),
                    other => self.letter(at, other),
                }
            }
        }
    }

    fn letter(&mut self, at: usize, c: char) {
        if !c.is_alphanumeric() {
            return self.end_word(at);
        }
        if self.open.is_empty() {
            self.from = at;
        }
        if c.is_alphabetic() && self.open.ends_with(c) {
            return;
        }
        self.open.push(c);
    }

    /// `don't` is one word, `m'envoyez` and `d'attesa` are two.
    fn split_at_apostrophe(&mut self) {
        let Some((inside, cut)) = self.apostrophe.take() else {
            return;
        };
        let tail = &self.open[inside..];
        if tail.is_empty() || matches!(tail, "t" | "s" | "m" | "d" | "l" | "ve" | "re") {
            return;
        }
        let tail = tail.to_owned();
        self.open.truncate(inside);
        let head = std::mem::take(&mut self.open);
        self.push(head, self.from..cut, true);
        self.open = tail;
        self.from = cut;
    }

    fn end_word(&mut self, at: usize) {
        self.split_at_apostrophe();
        if self.open.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.open);
        self.push(text, self.from..at, false);
    }

    fn push(&mut self, text: String, place: Range<usize>, cut: bool) {
        self.begun = true;
        if self.announced {
            self.questions.push(self.sentence);
            self.announced = false;
        }
        self.words.push(Word {
            text,
            place,
            clause: self.clause,
            sentence: self.sentence,
            cut,
        });
    }

    fn end_sentence(&mut self) {
        if self.begun {
            self.sentence += 1;
            self.clause += 1;
            self.begun = false;
        }
    }

    fn ask(&mut self) {
        // `Stop!?` asks although its sentence has ended.
        let sentence = if self.begun || self.sentence == 0 {
            self.sentence
        } else {
            self.sentence - 1
        };
        self.questions.push(sentence);
        self.end_sentence();
    }

    /// `S T O P` and `a.u.b.` are spelled words.
    fn join_spelled(&mut self) {
        let mut joined: Vec<Word> = Vec::with_capacity(self.words.len());
        let mut run = 0;
        let single = |word: &Word| {
            let mut letters = word.text.chars();
            !word.cut && letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        };
        for word in self.words.drain(..) {
            let same = joined
                .last()
                .is_some_and(|last| last.sentence == word.sentence);
            run = match (single(&word), same) {
                (true, true) => run + 1,
                (true, false) => 1,
                (false, _) => 0,
            };
            joined.push(word);
            if run >= 3 {
                let from = joined.len() - if run == 3 { 3 } else { 2 };
                let rest = joined.split_off(from + 1);
                if let Some(first) = joined.last_mut() {
                    for letter in rest {
                        first.text.push_str(&letter.text);
                        first.place.end = letter.place.end;
                    }
                }
            }
        }
        self.words = joined;
    }
}

/// Marks on letters, vowel signs, the tatweel, and characters nobody sees.
fn is_nothing(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61c}' | '\u{640}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{180e}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let words = words(text).words;
        let texts: Vec<_> = words.into_iter().map(|word| word.text).collect();
        texts.join(" ")
    }

    #[test]
    fn a_word_is_the_word_its_writer_meant() {
        for (text, folded) in [
            ("ＳＴＯＰ", "stop"),
            ("S T O P", "stop"),
            ("s.t.o.p", "stop"),
            ("S\u{200c}T\u{200c}O\u{200c}P", "stop"),
            ("𝗦𝗧𝗢𝗣", "stop"),
            ("Stopppp!", "stop"),
            ("a.u.b.", "aub"),
            ("İPTAL ılık", "iptal ilik"),
            ("arrêt Ärger Łódź Straße", "aret arger lodz strase"),
            ("إيقــــاف أُريد آخر", "ايقاف اريد اخر"),
            ("don't I'm", "dont im"),
            ("il n'y a", "il n y a"),
            ("m'envoyez d'attesa", "m envoyez d atesa"),
            ("see https://example.com/stop now", "se now"),
            ("stop.sign@example.com", ""),
            ("🛑✋", ""),
        ] {
            assert_eq!(read(text), folded, "{text}");
        }
    }

    #[test]
    fn sentences_know_whether_they_ask() {
        for (text, asks) in [
            ("Stop?", vec![true]),
            ("Stop!?", vec![true]),
            ("¿Baja", vec![true]),
            ("What is this? Stop", vec![true, false]),
            ("إيقاف؟", vec![true]),
            ("Hi. Stop.", vec![false, false]),
        ] {
            let words = words(text);
            let mut sentences: Vec<_> = words.words.iter().map(|word| word.sentence).collect();
            sentences.dedup();
            let found: Vec<_> = sentences.iter().map(|&at| words.asks(at)).collect();
            assert_eq!(found, asks, "{text}");
        }
    }

    #[test]
    fn places_are_places_of_the_message() {
        let text = "Ça: n'écrivez 𝗦𝗧𝗢𝗣 plus";
        for word in words(text).words {
            assert!(text.get(word.place.clone()).is_some(), "{word:?}");
        }
    }
}
