//! A word list: handed in, and held to its hash.

use alloc::vec::Vec;
use core::str;

use super::draw::{NoRandomness, Random, place};
use super::natural::Natural;
use crate::id::Hash;

/// A list that Sigill has: a file of 7,776 words, one a line, told apart by `a`…`z` alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// The large list of the Electronic Frontier Foundation, 2016.
    English,
    /// Its like, of everyday Swedish words without å, ä and ö.
    Swedish,
}

/// The bytes are not the list that they are said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the word list is damaged")]
pub struct WordsError;

/// A list, read.
pub struct Words<'a>(Vec<&'a str>);

impl Language {
    const ENGLISH: &'static str =
        "6d557f0693958fb5e650b68b5bee585eb82cf4da32965505c789e924743bc522";
    const SWEDISH: &'static str =
        "3e9985ea3f25758981e3c7c0b0594ca4ea4e465ab6561082760678e6266996fd";

    /// SHA-256 of its file, in hexadecimal.
    const fn hash(self) -> &'static str {
        match self {
            Self::English => Self::ENGLISH,
            Self::Swedish => Self::SWEDISH,
        }
    }
}

impl<'a> Words<'a> {
    /// Reads the file of a list.
    ///
    /// # Errors
    /// [`WordsError`] where a bit of it is another.
    pub fn read(language: Language, file: &'a [u8]) -> Result<Self, WordsError> {
        let known: Hash = language.hash().parse().map_err(|_| WordsError)?;
        if Hash::of(file) != known {
            return Err(WordsError);
        }
        let text = str::from_utf8(file).map_err(|_| WordsError)?;
        Ok(Self(text.lines().collect()))
    }

    /// One of them, all alike likely.
    pub(super) fn draw(&self, random: &mut Random) -> Result<&'a str, NoRandomness> {
        let at = place(self.0.len(), random)?;
        Ok(self.0.get(at).copied().unwrap_or_default())
    }

    /// `words^count`: texts of so many of them.
    pub(super) fn texts(&self, count: u8) -> Natural {
        let words = Natural::of(u128::try_from(self.0.len()).unwrap_or(0));
        (0..count).fold(Natural::of(1), |texts, _| texts.times(&words))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    pub(in crate::generator) const ENGLISH: &[u8] =
        include_bytes!("../../../../extension/words/en.txt");
    pub(in crate::generator) const SWEDISH: &[u8] =
        include_bytes!("../../../../extension/words/sv.txt");

    fn words(language: Language) -> Vec<&'static str> {
        let file = match language {
            Language::English => ENGLISH,
            Language::Swedish => SWEDISH,
        };
        Words::read(language, file).unwrap().0
    }

    #[test]
    fn both_lists_have_7776_different_words_of_three_to_nine_letters() {
        for language in [Language::English, Language::Swedish] {
            let words = words(language);
            assert_eq!(words.len(), 7_776);
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), 7_776);
            for word in words {
                assert!((3..=9).contains(&word.len()), "{word}");
                let hyphen = language == Language::English;
                let is_letter = |b: u8| b.is_ascii_lowercase() || (hyphen && b == b'-');
                assert!(word.bytes().all(is_letter), "{word}");
            }
        }
    }

    #[test]
    fn no_word_with_a_hyphen_is_two_others_so_a_phrase_is_read_one_way_only() {
        let words = words(Language::English);
        let hyphened: Vec<_> = words.iter().filter(|word| word.contains('-')).collect();
        assert_eq!(hyphened.len(), 4);
        for word in hyphened {
            let all_known = word.split('-').all(|part| words.contains(&part));
            assert!(!all_known, "{word}");
        }
    }

    #[test]
    fn a_list_with_any_byte_changed_cut_or_of_another_language_is_refused() {
        assert!(Words::read(Language::Swedish, ENGLISH).is_err());
        assert!(Words::read(Language::English, b"").is_err());
        let (_, cut) = ENGLISH.split_last().unwrap();
        assert!(Words::read(Language::English, cut).is_err());
        for at in [0, 1_000, ENGLISH.len() - 1] {
            let mut changed = ENGLISH.to_vec();
            changed[at] ^= 1;
            assert!(Words::read(Language::English, &changed).is_err());
        }
    }
}
