//! A number as somebody types it, and what line it is. Never decides whether a message may come in: WhatsApp's own
//! ids may be numbers that no plan knows any more.

use crate::{customer::variants, view::NumberProblem};
use rlibphonenumber::{
    NotANumberError, NumberLengthType, PHONE_NUMBER_UTIL, ParseError, PhoneNumberFormat,
    PhoneNumberType, Region, ValidationError,
};
use std::str::FromStr;

/// With the country's code. Shorter ones there are on a few islands, and their plans are known.
const FEWEST: usize = 8;

/// A number that could be somebody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Country code and number, without a plus: as WhatsApp writes it.
    pub digits: String,
    /// As it is written for people abroad.
    pub shown: String,
    /// ISO 3166; empty where a country code has no one country.
    pub country: String,
}

impl Phone {
    pub fn e164(&self) -> String {
        format!("+{}", self.digits)
    }

    /// The other spelling of the same line, where a country changed its plan, with its name in the view.
    pub fn variant(&self) -> Option<(&'static str, String)> {
        let trap = match self.digits.get(..2)? {
            "55" => "brazil_nine",
            "52" => "mexico_one",
            "54" => "argentina_nine",
            _ => return None,
        };
        variants(&self.digits).pop().map(|other| (trap, other))
    }
}

/// Reads a number. `country` (ISO 3166) is that of the shop, for numbers without a country code.
pub fn read(text: &str, country: &str) -> Result<Phone, NumberProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NumberProblem::Empty);
    }
    // What cannot be told from a number that is still being typed.
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if (1..4).contains(&digits) && !text.chars().any(char::is_alphabetic) {
        return Err(NumberProblem::TooShort);
    }
    let region = Region::from_str(&country.to_uppercase()).ok();
    let number = PHONE_NUMBER_UTIL
        .parse(text, region)
        .map_err(|error| problem(&error))?;
    match PHONE_NUMBER_UTIL.is_possible_number_with_reason(&number) {
        Ok(NumberLengthType::IsPossible) => {}
        // Without its area it reaches nobody from elsewhere.
        Ok(NumberLengthType::IsPossibleLocalOnly) => return Err(NumberProblem::TooShort),
        Err(ValidationError::TooShort) => return Err(NumberProblem::TooShort),
        Err(ValidationError::TooLong) => return Err(NumberProblem::TooLong),
        Err(ValidationError::InvalidCountryCode) => return Err(NumberProblem::Country),
        Err(_) => return Err(NumberProblem::NotANumber),
    }
    let kind = PHONE_NUMBER_UTIL.get_number_type(&number);
    let digits: String = PHONE_NUMBER_UTIL
        .format(&number, PhoneNumberFormat::E164)
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    match kind {
        PhoneNumberType::TollFree
        | PhoneNumberType::PremiumRate
        | PhoneNumberType::SharedCost
        | PhoneNumberType::Pager
        | PhoneNumberType::VoiceMail => return Err(NumberProblem::Unlikely),
        // Ranges are given out faster than the plans are printed: what could be a number is one.
        _ => {}
    }
    if digits.len() < FEWEST && !PHONE_NUMBER_UTIL.is_valid_number(&number) {
        return Err(NumberProblem::TooShort);
    }
    let shown = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::International);
    let country = PHONE_NUMBER_UTIL
        .get_region_for_number(&number)
        .or(region.filter(|_| !text.starts_with('+')));
    Ok(Phone {
        shown: shown.into_owned(),
        country: country.map(|region| region.to_string()).unwrap_or_default(),
        digits,
    })
}

/// The country of the shop's own number, as a preset.
pub fn country_of(digits: &str) -> Option<String> {
    read(&format!("+{digits}"), "")
        .ok()
        .map(|phone| phone.country)
}

fn problem(error: &ParseError) -> NumberProblem {
    match error {
        ParseError::InvalidCountryCode => NumberProblem::Country,
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => NumberProblem::TooShort,
        ParseError::TooLongNsn => NumberProblem::TooLong,
        ParseError::NotANumber(NotANumberError::FailedToParseNumberAsInt(_)) => {
            NumberProblem::TooLong
        }
        _ => NumberProblem::NotANumber,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them_at_the_till() {
        for (typed, country, expected) in [
            ("0151 23456789", "DE", "4915123456789"),
            ("+49 (0)151 2345-6789", "DE", "4915123456789"),
            ("0049 151 23456789", "DE", "4915123456789"),
            ("  0151/23456789 ", "de", "4915123456789"),
            ("(11) 98765-4321", "BR", "5511987654321"),
            ("+55 11 98765 4321", "DE", "5511987654321"),
            ("07700 900123", "GB", "447700900123"),
            ("0650 1234567", "AT", "436501234567"),
            ("079 123 45 67", "CH", "41791234567"),
            ("06 12 34 56 78", "FR", "33612345678"),
            ("320 123 4567", "IT", "393201234567"),
            ("٠٥٠١٢٣٤٥٦٧", "SA", "966501234567"),
            // As WhatsApp still calls older lines.
            ("+55 11 8765 4321", "BR", "551187654321"),
        ] {
            assert_eq!(
                read(typed, country).map(|phone| phone.digits),
                Ok(expected.into()),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_no_number_is_told_apart() {
        for (typed, country, expected) in [
            ("", "DE", NumberProblem::Empty),
            ("   ", "DE", NumberProblem::Empty),
            ("Meyer", "DE", NumberProblem::NotANumber),
            ("12", "DE", NumberProblem::TooShort),
            ("030 2", "DE", NumberProblem::TooShort),
            ("0151 23", "DE", NumberProblem::TooShort),
            ("+49 151 234567890123456", "DE", NumberProblem::TooLong),
            ("+999 123 456 789", "DE", NumberProblem::Country),
            ("0151 23456789", "", NumberProblem::Country),
            ("0800 1234567", "DE", NumberProblem::Unlikely),
            ("0900 1 123456", "DE", NumberProblem::Unlikely),
        ] {
            assert_eq!(read(typed, country), Err(expected), "{typed}");
        }
    }

    #[test]
    fn lines_with_two_spellings_are_said_to_have_them() {
        for (typed, trap, other) in [
            ("+55 11 98765-4321", "brazil_nine", "551187654321"),
            ("+52 55 1234 5678", "mexico_one", "5215512345678"),
            ("+54 9 11 2345-6789", "argentina_nine", "541123456789"),
        ] {
            let phone = read(typed, "").expect(typed);
            assert_eq!(phone.variant(), Some((trap, other.to_owned())), "{typed}");
        }
        assert_eq!(
            read("+49 151 23456789", "").expect("a number").variant(),
            None
        );
    }
}
