//! The code as a person sees it: drawn, shown, read.

use alloc::string::String;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Digits of a code.
const DIGITS: usize = 8;
/// Codes that there are.
const COUNT: u32 = 100_000_000;

/// The text is not eight digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not eight digits")]
pub struct NotACode;

/// A code, on its way from the courier to the mail or from the person to the judge.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Code(pub(super) [u8; DIGITS]);

impl Code {
    /// Draws a code, uniformly: 32 random bits at a time, those at or above the
    /// last whole multiple of 10^8 (42 · 10^8) rejected.
    #[must_use]
    pub fn draw(mut random: impl FnMut() -> [u8; 4]) -> Self {
        const BOUND: u32 = u32::MAX / COUNT * COUNT;
        loop {
            let drawn = u32::from_be_bytes(random());
            if drawn < BOUND {
                return Self::of_number(drawn % COUNT);
            }
        }
    }

    pub(super) fn of_number(number: u32) -> Self {
        let mut digits = [b'0'; DIGITS];
        let mut rest = number;
        for digit in digits.iter_mut().rev() {
            *digit = b'0'.saturating_add(u8::try_from(rest % 10).unwrap_or(0));
            rest /= 10;
        }
        Self(digits)
    }

    /// Reads what a person typed or pasted: eight decimal digits of any script,
    /// with spaces anywhere.
    ///
    /// # Errors
    /// [`NotACode`].
    pub fn parse(typed: &str) -> Result<Self, NotACode> {
        decimal_digits(typed).map(Self).ok_or(NotACode)
    }

    /// `4821 7730`, for the mail.
    #[must_use]
    pub fn grouped(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(DIGITS + 1));
        for (place, digit) in self.0.iter().enumerate() {
            if place == DIGITS / 2 {
                text.push(' ');
            }
            text.push(char::from(*digit));
        }
        text
    }
}

/// Exactly `N` decimal digits of any script, with spaces anywhere, as ASCII.
pub(in crate::confirmation) fn decimal_digits<const N: usize>(typed: &str) -> Option<[u8; N]> {
    let mut digits = Zeroizing::new([0; N]);
    let mut places = digits.iter_mut();
    for character in typed.chars().filter(|c| !is_blank(*c)) {
        *places.next()? = b'0'.saturating_add(decimal(character)?);
    }
    match places.next() {
        None => Some(*digits),
        Some(_) => None,
    }
}

/// White space, and the invisible marks that come along when text is pasted.
fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// The value of a decimal digit of any script.
fn decimal(character: char) -> Option<u8> {
    ZEROS.iter().find_map(|zero| {
        let distance = u32::from(character).checked_sub(u32::from(*zero))?;
        u8::try_from(distance).ok().filter(|digit| *digit < 10)
    })
}

/// The zeros of every script: Unicode 14, general category Nd, each followed by its 1 to 9.
#[rustfmt::skip]
const ZEROS: &[char] = &[
    '\u{30}', '\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}',
    '\u{B66}', '\u{BE6}', '\u{C66}', '\u{CE6}', '\u{D66}', '\u{DE6}', '\u{E50}', '\u{ED0}',
    '\u{F20}', '\u{1040}', '\u{1090}', '\u{17E0}', '\u{1810}', '\u{1946}', '\u{19D0}', '\u{1A80}',
    '\u{1A90}', '\u{1B50}', '\u{1BB0}', '\u{1C40}', '\u{1C50}', '\u{A620}', '\u{A8D0}', '\u{A900}',
    '\u{A9D0}', '\u{A9F0}', '\u{AA50}', '\u{ABF0}', '\u{FF10}', '\u{104A0}', '\u{10D30}', '\u{11066}',
    '\u{110F0}', '\u{11136}', '\u{111D0}', '\u{112F0}', '\u{11450}', '\u{114D0}', '\u{11650}', '\u{116C0}',
    '\u{11730}', '\u{118E0}', '\u{11950}', '\u{11C50}', '\u{11D50}', '\u{11DA0}', '\u{16A60}', '\u{16AC0}',
    '\u{16B50}', '\u{1D7CE}', '\u{1D7D8}', '\u{1D7E2}', '\u{1D7EC}', '\u{1D7F6}', '\u{1E140}', '\u{1E2F0}',
    '\u{1E950}', '\u{1FBF0}',
];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(code: &Code) -> String {
        code.grouped().as_str().into()
    }

    #[test]
    fn a_code_is_shown_in_two_groups_of_four() {
        assert_eq!(text(&Code::of_number(48_217_730)), "4821 7730");
        assert_eq!(text(&Code::of_number(7)), "0000 0007");
    }

    #[test]
    fn draws_above_the_last_whole_multiple_are_rejected() {
        let mut draws = [u32::MAX, 4_200_000_000, 4_199_999_999, 0].into_iter();
        let code = Code::draw(|| draws.next().unwrap().to_be_bytes());
        assert_eq!(text(&code), "9999 9999");
        assert_eq!(draws.next(), Some(0), "the third draw was taken");
    }

    #[test]
    fn spaces_and_digits_of_any_script_are_read() {
        for typed in [
            "48217730",
            "4821 7730",
            " 4821\u{a0}7730\n",
            "٤٨٢١ ٧٧٣٠",
            "۴۸۲۱۷۷۳۰",
            "४८२१ ७७३०",
            "４８２１　７７３０",
            "\u{200f}4821\u{200e} 7730",
        ] {
            let code = Code::parse(typed).map(|c| text(&c));
            assert_eq!(code.as_deref(), Ok("4821 7730"), "{typed}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for typed in [
            "",
            "4821773",
            "482177300",
            "4821-7730",
            "4821773a",
            "½8217730",
            "Ⅷ8217730",
        ] {
            assert!(Code::parse(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn every_zero_begins_a_run_of_ten_that_no_other_run_touches() {
        assert!(ZEROS.is_sorted_by(|a, b| u32::from(*a) + 10 <= u32::from(*b)));
    }
}
