//! Telephone numbers in their international form (ITU-T E.164).

use alloc::string::String;
use alloc::vec::Vec;

/// A telephone number: `+` and 8 to 15 digits, the first not 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneNumber(String);

/// Why a text is not a telephone number that codes can be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneNumberError {
    /// It does not begin with `+` or `00` and a country's code.
    #[error("a number begins with + and the country's code")]
    NoCountry,
    /// It holds something else than digits, or too few or too many of them.
    #[error("a number has 8 to 15 digits")]
    Digits,
}

impl PhoneNumber {
    /// Parses what a person typed: blanks, dashes, dots and brackets don't matter.
    ///
    /// # Errors
    /// [`PhoneNumberError`].
    pub fn parse(typed: &str) -> Result<Self, PhoneNumberError> {
        let is_between = |c: char| c.is_whitespace() || "-.()/\u{2011}\u{2013}".contains(c);
        let plain: String = typed.chars().filter(|c| !is_between(*c)).collect();
        let digits = plain
            .strip_prefix('+')
            .or_else(|| plain.strip_prefix("00"))
            .ok_or(PhoneNumberError::NoCountry)?;
        if digits.starts_with('0') {
            return Err(PhoneNumberError::NoCountry);
        }
        let is_number = digits.chars().all(|c| c.is_ascii_digit());
        if !is_number || !(8..=15).contains(&digits.len()) {
            return Err(PhoneNumberError::Digits);
        }
        let mut text = String::from("+");
        text.push_str(digits);
        Ok(Self(text))
    }

    /// The number, for sending to: `+46701234567`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `+46 ··· 67`: enough to know which of one's own it is.
    #[must_use]
    pub fn hint(&self) -> String {
        let first = self.0.chars().take(3);
        let last = self.0.chars().skip(self.0.len().saturating_sub(2));
        first.chain(" ··· ".chars()).chain(last).collect()
    }
}

/// The countries that texts are sent to, by their calling codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Countries(Vec<String>);

/// The text is not a list of calling codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a list of calling codes such as 46,47,45")]
pub struct NotCountries;

impl Countries {
    /// Parses calling codes parted by commas, with or without `+`.
    ///
    /// # Errors
    /// [`NotCountries`].
    pub fn parse(text: &str) -> Result<Self, NotCountries> {
        let code = |part: &str| {
            let digits = part.trim();
            let digits = digits.strip_prefix('+').unwrap_or(digits);
            let is_code = (1..=4).contains(&digits.len())
                && digits.chars().all(|c| c.is_ascii_digit())
                && !digits.starts_with('0');
            is_code.then(|| String::from(digits)).ok_or(NotCountries)
        };
        text.split(',')
            .map(code)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether `number` is of one of them.
    #[must_use]
    pub fn hold(&self, number: &PhoneNumber) -> bool {
        let digits = number.0.trim_start_matches('+');
        self.0.iter().any(|code| digits.starts_with(code.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_however_they_are_written() {
        for typed in [
            "+46701234567",
            "0046 70-123 45 67",
            " +46 (70) 123.45.67 ",
            "+46\u{a0}70\u{2011}123 45 67",
        ] {
            let number = PhoneNumber::parse(typed);
            let text = number.as_ref().map(PhoneNumber::as_str);
            assert_eq!(text, Ok("+46701234567"), "{typed}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        use PhoneNumberError::{Digits, NoCountry};
        for (typed, error) in [
            ("", NoCountry),
            ("070-123 45 67", NoCountry),
            ("+0701234567", NoCountry),
            ("46701234567", NoCountry),
            ("+4670123", Digits),
            ("+4670123456789012", Digits),
            ("+46701234567 ext 9", Digits),
            ("+٤٦٧٠١٢٣٤٥٦٧", Digits),
            ("+46701234567\nTo: +1900", Digits),
        ] {
            assert_eq!(PhoneNumber::parse(typed).err(), Some(error), "{typed}");
        }
    }

    #[test]
    fn a_hint_shows_the_country_and_two_digits() {
        let number = PhoneNumber::parse("+46701234567").unwrap();
        assert_eq!(number.hint(), "+46 ··· 67");
    }

    #[test]
    fn only_countries_on_the_list_hold_a_number() {
        let countries = Countries::parse("46, +47,358").unwrap();
        let holds = |number| countries.hold(&PhoneNumber::parse(number).unwrap());
        assert!(holds("+46701234567"));
        assert!(holds("+358401234567"));
        assert!(!holds("+35191234567"));
        assert!(!holds("+19001234567"));
        for bad in ["", "se", "0", "46,,47", "12345"] {
            assert_eq!(Countries::parse(bad), Err(NotCountries), "{bad}");
        }
    }
}
