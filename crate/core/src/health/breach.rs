//! Whether a password is among those that leaked, without saying which it is.
//!
//! The look-up is k-anonymous (Have I Been Pwned, "Pwned Passwords", API v3,
//! <https://haveibeenpwned.com/API/v3#PwnedPasswords>): what is asked for is the
//! first 5 of the 40 hexadecimal digits of SHA-1(password), and the answer is
//! all that leaked and begins so, a line each:
//!
//! ```text
//! 0018A45C4D1DEF81644B54AB7F969B88D65:10        the other 35 digits : how often it was seen
//! 00D4F6E8FA6EECAD2A3AA415EEC418D38EC:0         padding, which says nothing
//! ```
//!
//! SHA-1 is what that list is made of; nothing is protected by it.

use alloc::string::String;

use sha1::{Digest, Sha1};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// So many digits are asked for, of 40.
const PREFIX: usize = 5;
const DIGITS: usize = 40;

/// SHA-1 of a password. As secret as that: whoever has it can guess.
#[derive(PartialEq, Eq, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
pub struct Fingerprint([u8; 20]);

impl Fingerprint {
    /// SHA-1(password), in UTF-8.
    #[must_use]
    pub fn of(password: &str) -> Self {
        Self(Sha1::digest(password.as_bytes()).into())
    }

    /// What is asked for: its first 5 digits. One password in a million has the same.
    #[must_use]
    pub fn prefix(&self) -> String {
        self.digits().chars().take(PREFIX).collect()
    }

    fn digits(&self) -> Zeroizing<String> {
        let mut digits = String::with_capacity(DIGITS);
        for byte in self.0 {
            for half in [byte >> 4, byte & 15] {
                let digit = char::from_digit(half.into(), 16).unwrap_or_default();
                digits.push(digit.to_ascii_uppercase());
            }
        }
        Zeroizing::new(digits)
    }
}

/// What was answered about a prefix.
pub struct Range<'a> {
    prefix: &'a str,
    text: &'a str,
}

impl<'a> Range<'a> {
    /// Nothing of a text without a single line as it should be: a page of whoever
    /// stands in between says nothing about passwords. Other lines don't count.
    #[must_use]
    pub fn parse(prefix: &'a str, text: &'a str) -> Option<Self> {
        let range = Self { prefix, text };
        range.lines().next().is_some().then_some(range)
    }

    /// How often a password was seen, 0 for never; nothing of one that was not asked for.
    #[must_use]
    pub fn times(&self, fingerprint: &Fingerprint) -> Option<u32> {
        let digits = fingerprint.digits();
        let rest = digits.strip_prefix(self.prefix)?;
        let mut lines = self
            .lines()
            .filter(|(line, _)| line.eq_ignore_ascii_case(rest));
        Some(lines.next().map_or(0, |(_, times)| times))
    }

    fn lines(&self) -> impl Iterator<Item = (&'a str, u32)> + use<'a> {
        let lines = self.text.lines().filter_map(|line| line.split_once(':'));
        let lines = lines.filter(|(rest, _)| {
            rest.len() == DIGITS - PREFIX && rest.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        lines.filter_map(|(rest, times)| Some((rest, times.trim().parse().ok()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SHA-1("password") = 5BAA6 1E4C9B93F3F0682250B6CF8331B7EE68FD8.
    const REST: &str = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";
    const OTHER: &str = "0018A45C4D1DEF81644B54AB7F969B88D65:10";

    fn times(prefix: &str, text: &str) -> Option<u32> {
        Range::parse(prefix, text)?.times(&Fingerprint::of("password"))
    }

    #[test]
    fn what_is_asked_for_is_five_digits_of_the_published_hash() {
        assert_eq!(Fingerprint::of("password").prefix(), "5BAA6");
        assert_eq!(Fingerprint::of("").prefix(), "DA39A");
    }

    #[test]
    fn what_leaked_is_found_among_the_others_and_padding_is_not() {
        let range = |line: &str| alloc::format!("{OTHER}\r\n{line}\r\n");
        assert_eq!(times("5BAA6", &range(&[REST, ":9"].concat())), Some(9));
        let lower = [REST.to_ascii_lowercase().as_str(), ":9"].concat();
        assert_eq!(times("5BAA6", &range(&lower)), Some(9));
        assert_eq!(times("5BAA6", &range(&[REST, ":0"].concat())), Some(0));
        assert_eq!(times("5BAA6", OTHER), Some(0));
        assert_eq!(times("5BAA7", &range(&[REST, ":9"].concat())), None);
    }

    #[test]
    fn lines_that_are_none_do_not_count_and_a_text_of_them_is_no_answer() {
        let line = [REST, ":9"].concat();
        for odd in [
            ":",
            REST,
            &[REST, ":many"].concat(),
            &[REST, ":-1"].concat(),
            &[REST, ":99999999999999999999"].concat(),
            &[REST, "0:9"].concat(),
            "GE4C9B93F3F0682250B6CF8331B7EE68FD8:9",
            "é:9",
            "<html>:9",
            "",
        ] {
            assert_eq!(times("5BAA6", odd), None, "{odd}");
            let among = alloc::format!("{odd}\n{line}");
            assert_eq!(times("5BAA6", &among), Some(9), "{odd}");
        }
    }
}
