//! A user name: two words and some digits. No secret, but none that tells who it is.

use alloc::string::String;

use super::draw::{NoRandomness, Random, below};
use super::passphrase::{Capital, push};
use super::words::Words;

/// A user name as a person chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserName {
    /// What joins its words.
    pub joint: Joint,
    /// How they begin.
    pub capital: Capital,
    /// Digits after them; above [`UserName::MOST_DIGITS`] there are no more.
    pub digits: u8,
}

/// What joins the words of a user name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// Nothing.
    None,
    /// `.`
    FullStop,
    /// `_`
    Underscore,
    /// `-`
    Hyphen,
}

impl UserName {
    /// Most digits.
    pub const MOST_DIGITS: u8 = 6;

    /// Draws one. Hyphens of the words themselves are left out: sites take letters.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn draw(&self, list: &Words<'_>, random: &mut Random) -> Result<String, NoRandomness> {
        let mut name = String::new();
        for joint in [Joint::None, self.joint] {
            name.extend(joint.character());
            let word = list.draw(random)?.replace('-', "");
            push(&mut name, &word, self.capital);
        }
        for _ in 0..self.digits.min(Self::MOST_DIGITS) {
            name.extend(char::from_digit(below(10, random)?, 10));
        }
        Ok(name)
    }
}

impl Joint {
    const fn character(self) -> Option<char> {
        match self {
            Self::None => None,
            Self::FullStop => Some('.'),
            Self::Underscore => Some('_'),
            Self::Hyphen => Some('-'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::draw::tests::seeded;
    use crate::generator::words::Language;
    use crate::generator::words::tests::ENGLISH;

    #[test]
    fn a_user_name_is_two_words_and_its_digits() {
        let list = Words::read(Language::English, ENGLISH).unwrap();
        let name = UserName {
            joint: Joint::FullStop,
            capital: Capital::None,
            digits: 3,
        };
        for seed in 0..300 {
            let name = name.draw(&list, &mut seeded(seed)).unwrap();
            let (words, digits) = name.split_at(name.len() - 3);
            assert!(digits.bytes().all(|b| b.is_ascii_digit()), "{name}");
            let (one, two) = words.split_once('.').unwrap();
            let is_word = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase());
            assert!(is_word(one) && is_word(two), "{name}");
        }
    }

    #[test]
    fn a_user_name_has_at_most_six_digits_and_may_have_none() {
        let list = Words::read(Language::English, ENGLISH).unwrap();
        let digits = |digits| {
            let (joint, capital) = (Joint::None, Capital::Each);
            let name = UserName {
                joint,
                capital,
                digits,
            };
            let name = name.draw(&list, &mut seeded(5)).unwrap();
            name.bytes().filter(u8::is_ascii_digit).count()
        };
        assert_eq!([digits(0), digits(6), digits(200)], [0, 6, 6]);
    }
}
