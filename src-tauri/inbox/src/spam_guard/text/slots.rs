//! A text as words in which everything that is filled in per customer is a slot: this customer's names (left out),
//! amounts, percentages, times and dates, numbers, codes (also IBANs), links, mail addresses and telephone numbers.
//! What is left is what everybody would get; what was filled in tells a personal notice from a circular.

use super::figures::{self, CURRENCY, is_iban_start};
use super::lexicon::Lexicon;
use std::hash::{DefaultHasher, Hash, Hasher};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Amount,
    Percent,
    Time,
    Number,
    Code,
    Phone,
    Mail,
    Link,
}

impl Kind {
    /// How a slot is written among the words, also in the files of the languages.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Amount => "#m",
            Self::Percent => "#%",
            Self::Time => "#t",
            Self::Number => "#n",
            Self::Code => "#c",
            Self::Phone => "#p",
            Self::Mail => "#e",
            Self::Link => "#l",
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Slotted {
    pub words: Vec<String>,
    /// From which to which character (exclusive) each of the words reaches.
    pub reaches: Vec<(usize, usize)>,
    pub values: Vec<(Kind, u64)>,
    /// Prices and percentages, the same however they are written: `9,99`, `9.99 €`, `25` and `25,00 €`.
    pub prices: Vec<u64>,
    /// Host and path, without scheme, `www.`, query and trailing slash.
    pub links: Vec<String>,
    /// A word was written with digits for letters.
    pub disguised: bool,
    /// How many words were this customer's names.
    pub named: usize,
}

/// `folded`: from [`super::fold::fold`]. `names`: folded, too.
pub(super) fn slotted(folded: &str, names: &[String], lexicon: &Lexicon) -> Slotted {
    let mut reader = Reader {
        chars: folded.chars().collect(),
        at: 0,
        names,
        lexicon,
        out: Slotted::default(),
    };
    while reader.at < reader.chars.len() {
        let from = reader.at;
        reader.step();
        let reach = (from, reader.at.min(reader.chars.len()));
        reader.out.reaches.resize(reader.out.words.len(), reach);
    }
    reader.out
}

pub(crate) fn hash(value: impl Hash) -> u64 {
    // `DefaultHasher::new` has fixed keys: the same everywhere.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

pub(super) struct Reader<'a> {
    pub(super) chars: Vec<char>,
    pub(super) at: usize,
    names: &'a [String],
    pub(super) lexicon: &'a Lexicon,
    pub(super) out: Slotted,
}

impl Reader<'_> {
    fn step(&mut self) {
        let c = self.chars[self.at];
        if c.is_whitespace() {
            self.at += 1;
            return;
        }
        if (self.at == 0 || !self.chars[self.at - 1].is_alphanumeric()) && self.address() {
            return;
        }
        let next = self.chars.get(self.at + 1).copied().unwrap_or(' ');
        if c.is_ascii_digit() || matches!(c, '+' | '#' | '%' | '٪') && next.is_ascii_digit() {
            self.number();
        } else if CURRENCY.contains(&c) {
            let digits = self.chars[self.at + 1..].iter().position(|c| *c != ' ');
            let ahead = digits.and_then(|skip| self.chars.get(self.at + 1 + skip));
            if ahead.is_some_and(char::is_ascii_digit) {
                self.at += 1 + digits.unwrap_or(0);
                let value = self.digits();
                self.slot(Kind::Amount, &value);
            } else {
                self.at += 1;
            }
        } else if c.is_alphabetic() {
            self.word();
        } else {
            self.at += 1;
        }
    }

    pub(super) fn slot(&mut self, kind: Kind, value: &str) {
        self.out.words.push(kind.mark().to_owned());
        let priced = match kind {
            Kind::Amount | Kind::Percent => true,
            Kind::Number | Kind::Time => figures::is_price(value),
            _ => false,
        };
        if priced {
            let whole = figures::without_empty_cents(value);
            self.out.prices.push(hash((kind == Kind::Percent, whole)));
        }
        let value: String = value.chars().filter(|c| c.is_alphanumeric()).collect();
        self.out.values.push((kind, hash((kind, value))));
    }

    fn chunk(&self) -> String {
        let rest = &self.chars[self.at..];
        rest.iter().take_while(|c| !c.is_whitespace()).collect()
    }

    /// A link or a mail address that begins here.
    fn address(&mut self) -> bool {
        let chunk = self.chunk();
        let length = chunk.chars().count();
        let chunk = chunk.trim_matches(|c: char| {
            matches!(
                c,
                '.' | ',' | '!' | '?' | ';' | ':' | ')' | '(' | '"' | '\'' | '<' | '>' | '«' | '»'
            )
        });
        let mail = chunk.split_once('@');
        if mail.is_some_and(|(before, host)| !before.is_empty() && host.contains('.')) {
            let value = chunk.to_owned();
            self.slot(Kind::Mail, &value);
            self.at += length;
            return true;
        }
        let Some(link) = super::link::canonical(chunk) else {
            return false;
        };
        self.slot(Kind::Link, &link);
        self.out.links.push(link);
        self.at += length;
        true
    }

    fn word(&mut self) {
        let from = self.at;
        let mut digits = 0;
        while let Some(&c) = self.chars.get(self.at) {
            let next = self.chars.get(self.at + 1).copied().unwrap_or(' ');
            let inner = matches!(c, '-' | '_' | '/') && next.is_ascii_digit();
            if !(c.is_alphanumeric() || inner) {
                break;
            }
            digits += usize::from(c.is_ascii_digit());
            self.at += 1;
        }
        let token: String = self.chars[from..self.at].iter().collect();
        if digits > 0 {
            return self.mixed(&token, digits);
        }
        let apostrophe = self.chars.get(self.at) == Some(&'\'');
        let after = self.chars[self.at..]
            .iter()
            .skip(1)
            .take_while(|c| c.is_alphabetic())
            .count();
        if apostrophe && after > 0 && after < 3 {
            // `we'll` and `don't` are one word; `l'offre` and `d'attesa` are two.
            let tail: String = self.chars[self.at + 1..=self.at + after].iter().collect();
            self.at += after + 1;
            return self.letters(&format!("{token}{tail}"));
        }
        self.letters(&token);
    }

    fn letters(&mut self, word: &str) {
        if self.names.iter().any(|name| name == word) {
            self.out.named += 1;
        } else if self.lexicon.is_day(word) {
            let day = self.lexicon.day(word);
            self.slot(Kind::Time, &day);
        } else if word.chars().any(is_unspaced) {
            // No spaces between words: two characters each are as good as words.
            let from = self.at.saturating_sub(word.chars().count());
            for (at, pair) in pairs(word).into_iter().enumerate() {
                let to = from + at + pair.chars().count();
                self.out.reaches.push((from + at, to));
                self.out.words.push(pair);
            }
        } else {
            self.out.words.push(word.to_owned());
        }
    }

    /// Letters and digits in one: a code, unless it is a word in disguise.
    fn mixed(&mut self, token: &str, digits: usize) {
        let plain: String = token.chars().map(letter).collect();
        if self.lexicon.sells(&plain) {
            self.out.disguised = true;
            return self.letters(&plain);
        }
        if is_iban_start(token) {
            let from = self.at;
            let rest = self.iban_groups();
            if token.len() + rest.len() >= 15 {
                return self.slot(Kind::Code, &format!("{token}{rest}"));
            }
            self.at = from;
        }
        if digits >= 2 || token.contains(['-', '_', '/']) {
            return self.slot(Kind::Code, token);
        }
        let word: String = token.chars().filter(|c| c.is_alphabetic()).collect();
        self.letters(&word);
        self.slot(Kind::Number, token);
    }
}

/// Two characters each, of a word in a script without spaces.
pub(super) fn pairs(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    if chars.len() == 1 {
        return vec![word.to_owned()];
    }
    chars.windows(2).map(|pair| pair.iter().collect()).collect()
}

fn letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        other => other,
    }
}

/// Scripts that are written without spaces.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
