//! A text as words in which everything that is filled in per customer is a slot: this customer's names (left out),
//! amounts, percentages, times and dates, numbers, codes (also IBANs), links, mail addresses and telephone numbers.
//! What is left is what everybody would get; what was filled in tells a personal notice from a circular.

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
    pub values: Vec<(Kind, u64)>,
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
        reader.step();
    }
    reader.out
}

pub(crate) fn hash(value: impl Hash) -> u64 {
    // `DefaultHasher::new` has fixed keys: the same everywhere.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

struct Reader<'a> {
    chars: Vec<char>,
    at: usize,
    names: &'a [String],
    lexicon: &'a Lexicon,
    out: Slotted,
}

const CURRENCY: [char; 10] = ['€', '$', '£', '¥', '₺', '₹', '₽', '₴', '₪', '¢'];
const CURRENCIES: [&str; 40] = [
    "eur",
    "euro",
    "euros",
    "€",
    "usd",
    "dollar",
    "dollars",
    "dolares",
    "gbp",
    "pound",
    "pounds",
    "chf",
    "franken",
    "tl",
    "lira",
    "try",
    "zl",
    "zlotych",
    "zloty",
    "zlote",
    "pln",
    "kc",
    "kr",
    "sek",
    "dkk",
    "nok",
    "reais",
    "real",
    "brl",
    "rs",
    "درهم",
    "ريال",
    "دينار",
    "جنيه",
    "ليره",
    "يورو",
    "دولار",
    "руб",
    "грн",
    "pesos",
];
const PERCENTS: [&str; 12] = [
    "percent",
    "prozent",
    "procent",
    "procenten",
    "pct",
    "percento",
    "porciento",
    "porcento",
    "pourcent",
    "yuzde",
    "بالميه",
    "بالمئه",
];
const HOURS: [&str; 11] = [
    "uhr", "am", "pm", "h", "hs", "hrs", "hod", "uur", "oclock", "godz", "std",
];

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

    fn slot(&mut self, kind: Kind, value: &str) {
        self.out.words.push(kind.mark().to_owned());
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

    /// Digits with the separators inside them.
    fn digits(&mut self) -> String {
        let from = self.at;
        while let Some(&c) = self.chars.get(self.at) {
            let next = self
                .chars
                .get(self.at + 1)
                .is_some_and(char::is_ascii_digit);
            if c.is_ascii_digit()
                || matches!(c, '.' | ',' | ':' | '/' | '-' | '\'' | 'h') && next && self.at > from
            {
                self.at += 1;
            } else {
                break;
            }
        }
        self.chars[from..self.at].iter().collect()
    }

    fn number(&mut self) {
        let first = self.chars[self.at];
        if !first.is_ascii_digit() {
            self.at += 1;
        }
        let mut value = self.digits();
        let count = |value: &str| value.chars().filter(char::is_ascii_digit).count();
        if matches!(first, '%' | '٪') {
            return self.slot(Kind::Percent, &value);
        }
        if first == '+' || value.starts_with('0') && count(&value) >= 3 {
            value.push_str(&self.more_groups());
        }
        if count(&value) >= 8 && (first == '+' || value.starts_with('0')) {
            return self.slot(Kind::Phone, &value);
        }
        if first == '#' {
            return self.slot(Kind::Code, &value);
        }
        // `100 000` and `1 250` are one number.
        if count(&value) <= 3 {
            value.push_str(&self.thousands());
        }
        let glued: String = self.chars[self.at..]
            .iter()
            .take_while(|c| c.is_alphanumeric())
            .collect();
        let (skip, unit) = self.unit();
        if unit == "%" || unit == "٪" || PERCENTS.contains(&unit.as_str()) {
            self.at += skip;
            return self.slot(Kind::Percent, &value);
        }
        if CURRENCIES.contains(&unit.as_str())
            || unit.chars().count() == 1 && unit.chars().all(|c| CURRENCY.contains(&c))
        {
            self.at += skip;
            return self.slot(Kind::Amount, &value);
        }
        if !glued.is_empty() && !HOURS.contains(&glued.as_str()) {
            let digits = count(&value) + count(&glued);
            if digits >= 2
                && digits + glued.chars().count() >= 5
                && glued.chars().any(|c| c.is_ascii_digit())
            {
                self.at += glued.chars().count();
                return self.slot(Kind::Code, &format!("{value}{glued}"));
            }
            // `0ff`: a letter after all.
            if value == "0" && self.lexicon.sells(&format!("o{glued}")) {
                self.at += glued.chars().count();
                self.out.disguised = true;
                self.out.words.push(format!("o{glued}"));
                return;
            }
        }
        if HOURS.contains(&unit.as_str()) {
            self.at += skip;
            return self.slot(Kind::Time, &value);
        }
        let parts: Vec<&str> = value.split(['.', '/', '-', ':', 'h']).collect();
        let date = parts.len() >= 2 && parts.iter().all(|part| part.len() <= 4 && !part.is_empty());
        if value.contains([':', 'h']) || date && !value.contains(',') {
            return self.slot(Kind::Time, &value);
        }
        if count(&value) >= 5 {
            return self.slot(Kind::Code, &value);
        }
        self.slot(Kind::Number, &value);
    }

    /// The unit right behind a number, and how far it reaches.
    fn unit(&self) -> (usize, String) {
        let rest = &self.chars[self.at..];
        let blanks = rest
            .iter()
            .take_while(|c| matches!(c, ' ' | '\u{a0}'))
            .count();
        let sign = rest
            .get(blanks)
            .filter(|c| matches!(c, '%' | '٪') || CURRENCY.contains(c));
        if let Some(sign) = sign {
            return (blanks + 1, sign.to_string());
        }
        let word: String = rest[blanks..]
            .iter()
            .take_while(|c| c.is_alphabetic())
            .collect();
        if word == "por" || word == "per" || word == "pour" {
            let whole: String = rest[blanks..]
                .iter()
                .take(word.len() + 7)
                .filter(|c| c.is_alphabetic())
                .collect();
            if let Some(found) = PERCENTS.iter().find(|percent| whole.starts_with(**percent)) {
                return (blanks + found.len() + 1, (*found).to_owned());
            }
        }
        (blanks + word.chars().count(), word)
    }

    /// Further groups of a telephone number.
    fn more_groups(&mut self) -> String {
        let mut all = String::new();
        loop {
            let rest = &self.chars[self.at..];
            let skip = rest
                .iter()
                .take_while(|c| matches!(c, ' ' | '-' | '/' | '(' | ')' | '.'))
                .count();
            if skip > 2 || !rest.get(skip).is_some_and(char::is_ascii_digit) {
                return all;
            }
            self.at += skip;
            all.push_str(&self.digits());
        }
    }

    fn thousands(&mut self) -> String {
        let mut all = String::new();
        loop {
            let rest = &self.chars[self.at..];
            let group = rest.len() >= 4
                && matches!(rest[0], ' ' | '\u{a0}')
                && rest[1..4].iter().all(char::is_ascii_digit)
                && rest.get(4).is_none_or(|c| !c.is_alphanumeric());
            if !group {
                return all;
            }
            all.extend(&rest[1..4]);
            self.at += 4;
        }
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
            let chars: Vec<char> = word.chars().collect();
            if chars.len() == 1 {
                self.out.words.push(word.to_owned());
            }
            for pair in chars.windows(2) {
                self.out.words.push(pair.iter().collect());
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

    fn iban_groups(&mut self) -> String {
        let mut all = String::new();
        loop {
            let rest = &self.chars[self.at..];
            let group: String = rest
                .iter()
                .skip(1)
                .take_while(|c| c.is_ascii_alphanumeric())
                .collect();
            let fits = rest.first() == Some(&' ')
                && (1..=4).contains(&group.len())
                && group.contains(|c: char| c.is_ascii_digit());
            if !fits {
                return all;
            }
            self.at += 1 + group.len();
            all.push_str(&group);
        }
    }
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

fn is_iban_start(token: &str) -> bool {
    let bytes = token.as_bytes();
    bytes.len() >= 4
        && bytes[..2].iter().all(u8::is_ascii_alphabetic)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
}

/// Scripts that are written without spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
