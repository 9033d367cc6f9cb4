//! Figures in a text: amounts, percentages, times and dates, telephone numbers, codes, IBANs, plain numbers.

use super::slots::{Kind, Reader};

pub(super) const CURRENCY: [char; 10] = ['€', '$', '£', '¥', '₺', '₹', '₽', '₴', '₪', '¢'];
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

/// Two digits behind a comma, or behind a point where they are no minutes: what is written so is a price.
pub(super) fn is_price(value: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let cents = |separator: char| {
        let (whole, cents) = value.rsplit_once(separator)?;
        (digits(whole) && digits(cents) && cents.len() == 2).then(|| cents.parse::<u8>().ok())?
    };
    cents(',').is_some() || cents('.').is_some_and(|cents| cents > 59)
}

/// The digits of a price; `25,00` and `25` are the same.
pub(super) fn without_empty_cents(value: &str) -> String {
    let value = value
        .strip_suffix(",00")
        .or_else(|| value.strip_suffix(".00"))
        .unwrap_or(value);
    value.chars().filter(char::is_ascii_digit).collect()
}

impl Reader<'_> {
    /// Digits with the separators inside them.
    pub(super) fn digits(&mut self) -> String {
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

    pub(super) fn number(&mut self) {
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
    pub(super) fn unit(&self) -> (usize, String) {
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
    pub(super) fn more_groups(&mut self) -> String {
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

    pub(super) fn thousands(&mut self) -> String {
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

    pub(super) fn iban_groups(&mut self) -> String {
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

pub(super) fn is_iban_start(token: &str) -> bool {
    let bytes = token.as_bytes();
    bytes.len() >= 4
        && bytes[..2].iter().all(u8::is_ascii_alphabetic)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
}
