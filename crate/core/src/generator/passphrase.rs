//! A passphrase: words that nobody chose.

use alloc::string::String;

use zeroize::Zeroizing;

use super::draw::{NoRandomness, Random, below, place};
use super::entropy::{Bound, Entropy};
use super::natural::Natural;
use super::words::Words;

/// A passphrase as a person chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passphrase {
    /// Words; fewer than [`Passphrase::FEWEST`] are as many, more than [`Passphrase::MOST`] too.
    pub words: u8,
    /// What stands between them.
    pub separator: Separator,
    /// How they begin.
    pub capital: Capital,
    /// Whether there is a digit.
    pub number: Number,
}

/// What stands between two words. Never nothing: `fin` and `land` would be `finland`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `-`
    Hyphen,
    /// A blank.
    Space,
    /// `.`
    FullStop,
    /// `_`
    Underscore,
    /// `,`
    Comma,
}

/// How words begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capital {
    /// In lower case.
    None,
    /// Each with a capital, for sites that want one; adds no bits.
    Each,
}

/// A digit for sites that want one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// None.
    None,
    /// One, after one of the words.
    One,
}

impl Passphrase {
    /// Fewest words.
    pub const FEWEST: u8 = 3;
    /// Most words.
    pub const MOST: u8 = 12;
    /// Characters of the longest word and what may stand after it.
    const WORD: usize = 11;

    fn words(&self) -> u8 {
        self.words.clamp(Self::FEWEST, Self::MOST)
    }

    /// `log2(list^words)`, and with a digit `log2(list^words · 10 · words)`.
    #[must_use]
    pub fn entropy(&self, list: &Words<'_>) -> Entropy {
        let digits = match self.number {
            Number::None => 1,
            Number::One => 10 * u128::from(self.words()),
        };
        let count = list.texts(self.words()).times(&Natural::of(digits));
        Entropy::of(&count, Bound::Exactly)
    }

    /// One of them, all alike likely.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn draw(
        &self,
        list: &Words<'_>,
        random: &mut Random,
    ) -> Result<Zeroizing<String>, NoRandomness> {
        let words = usize::from(self.words());
        let mut phrase = Zeroizing::new(String::with_capacity(words * Self::WORD));
        let numbered = match self.number {
            Number::None => None,
            Number::One => Some((place(words, random)?, below(10, random)?)),
        };
        for at in 0..words {
            if at > 0 {
                phrase.push(self.separator.character());
            }
            push(&mut phrase, list.draw(random)?, self.capital);
            let digit = numbered.filter(|(after, _)| *after == at);
            phrase.extend(digit.and_then(|(_, digit)| char::from_digit(digit, 10)));
        }
        Ok(phrase)
    }
}

impl Separator {
    const fn character(self) -> char {
        match self {
            Self::Hyphen => '-',
            Self::Space => ' ',
            Self::FullStop => '.',
            Self::Underscore => '_',
            Self::Comma => ',',
        }
    }
}

pub(super) fn push(text: &mut String, word: &str, capital: Capital) {
    let mut letters = word.chars();
    match capital {
        Capital::None => {}
        Capital::Each => text.extend(letters.next().map(|first| first.to_ascii_uppercase())),
    }
    text.extend(letters);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::draw::tests::seeded;
    use crate::generator::words::Language;
    use crate::generator::words::tests::{ENGLISH, SWEDISH};
    use alloc::vec::Vec;

    fn phrase(words: u8, separator: Separator, capital: Capital, number: Number) -> Passphrase {
        Passphrase {
            words,
            separator,
            capital,
            number,
        }
    }

    fn swedish() -> Words<'static> {
        Words::read(Language::Swedish, SWEDISH).unwrap()
    }

    #[test]
    fn six_words_are_77_bits_and_a_digit_adds_where_it_stands() {
        let list = Words::read(Language::English, ENGLISH).unwrap();
        let bits = |number| {
            let wanted = phrase(6, Separator::Hyphen, Capital::None, number);
            wanted.entropy(&list).hundredths()
        };
        // 6 · log2(7776) = 77.54…, log2(60) = 5.90…
        assert_eq!(bits(Number::None), 7_754);
        assert_eq!(bits(Number::One), 8_345);
    }

    #[test]
    fn a_phrase_has_its_words_capitals_separators_and_one_digit() {
        let list = swedish();
        let known: Vec<&str> = core::str::from_utf8(SWEDISH).unwrap().lines().collect();
        for seed in 0..200 {
            let wanted = phrase(5, Separator::Space, Capital::Each, Number::One);
            let phrase = wanted.draw(&list, &mut seeded(seed)).unwrap();
            let words: Vec<&str> = phrase.split(' ').collect();
            assert_eq!(words.len(), 5, "{}", *phrase);
            assert_eq!(phrase.bytes().filter(u8::is_ascii_digit).count(), 1);
            for word in words {
                assert!(word.starts_with(|c: char| c.is_ascii_uppercase()));
                let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
                assert!(known.contains(&word.to_lowercase().as_str()), "{word}");
            }
        }
    }

    #[test]
    fn a_phrase_never_outgrows_what_was_set_aside_for_it() {
        let list = swedish();
        let wanted = phrase(12, Separator::Comma, Capital::Each, Number::One);
        for seed in 0..50 {
            let phrase = wanted.draw(&list, &mut seeded(seed)).unwrap();
            assert_eq!(phrase.capacity(), 12 * Passphrase::WORD);
        }
    }

    #[test]
    fn words_are_three_to_twelve_whatever_is_asked_for() {
        let list = swedish();
        let words = |asked| {
            let wanted = phrase(asked, Separator::Comma, Capital::None, Number::None);
            let phrase = wanted.draw(&list, &mut seeded(1)).unwrap();
            phrase.split(',').count()
        };
        assert_eq!([words(0), words(7), words(255)], [3, 7, 12]);
    }
}
